from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from santai.guidance.saving import forget_old
from santai.notices.periodic import every


@every(hours=6)
def forget_interviews(*, at: datetime) -> int:
    return forget_old(on=localdate(at))
