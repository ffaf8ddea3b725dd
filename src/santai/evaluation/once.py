"""Who has rated the procedure and was content is not asked again for the request that led to it."""

from __future__ import annotations

from typing import Any

from santai.casework.actions import CHILD_CLOSED
from santai.casework.models import Case, LogEntry
from santai.evaluation.rate import LOWEST_SATISFIED, rate
from santai.trust.actors import Actor, Channel


def take_over_rating(case: Case, entry: LogEntry, **_: Any) -> None:
    """In the transaction of the step. A bad rating is asked about once more, after what was done about it."""
    if entry.step != CHILD_CLOSED:
        return
    child = Case.objects.filter(parent=case, code=entry.data.get("child", "")).first()
    if child is None or child.rating is None or child.rating < LOWEST_SATISFIED:
        return
    channel = Channel(child.log.latest("number").channel)
    rate(case, child.rating, actor=Actor.applicant(case.applicant_id, channel), at=entry.at)
