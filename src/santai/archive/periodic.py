"""What the archive does by itself: rated orders are archived when their period is over."""

from __future__ import annotations

from datetime import datetime

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.notices.periodic import every
from santai.trust.actors import SYSTEM

AT_ONCE = 200


@every(minutes=60)
def archive_rated(*, at: datetime) -> int:
    """Archive work orders whose archive clock has run out."""
    due = Case.objects.filter(procedure="work_order", state="rated", due_at__lt=at).order_by("due_at")
    archived = 0
    for case in due.select_related("applicant", "organisation", "handler")[:AT_ONCE]:
        try:
            take_step(case, "archive", actor=SYSTEM, at=at)
        except Refused:
            continue
        archived += 1
    return archived
