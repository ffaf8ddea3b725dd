from __future__ import annotations

from datetime import datetime

from santai.intake.codes import forget_old_codes
from santai.notices.periodic import every


@every(hours=6)
def forget_codes(*, at: datetime) -> None:
    forget_old_codes(at=at)
