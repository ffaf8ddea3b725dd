"""What the archive does by itself: rated orders are archived when their period is over, and all records are signed."""

from __future__ import annotations

from datetime import datetime

from santai.archive.bound_files import bind_closed
from santai.archive.transparency.growing import grow, take_checkpoint
from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.notices.periodic import every
from santai.trust.actors import SYSTEM

AT_ONCE = 200
FILES_AT_ONCE = 20


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


@every(minutes=5)
def bind_closed_files(*, at: datetime) -> int:
    """Whoever opens the file of a closed case does not wait until it is bound."""
    return bind_closed(at=at, most=FILES_AT_ONCE)


@every(hours=1)
def sign_what_is_new(*, at: datetime) -> int:
    """Steps, letters and deposited files of the last hour go into the tree, and the tree is signed."""
    signed = take_checkpoint(at=at)
    return signed.size if signed else 0


@every(days=1)
def find_what_was_passed_over(*, at: datetime) -> int:
    """The hourly job looks back a little; once a day every record without a leaf is found."""
    return grow(everything=True)
