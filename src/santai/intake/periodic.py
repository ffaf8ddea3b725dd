from __future__ import annotations

from datetime import datetime

from santai.intake.codes import forget_old_codes
from santai.intake.screening import open_rounds
from santai.notices.periodic import every


@every(hours=6)
def forget_codes(*, at: datetime) -> None:
    forget_old_codes(at=at)


@every(hours=1)
def open_screening_rounds(*, at: datetime) -> int:
    """Rounds are due by the day; by the hour, so that a committee or a key period of today is not missed."""
    return open_rounds(at=at)
