"""Rating (评价) on every channel: satisfied closes the loop, dissatisfied opens a revisit."""

from __future__ import annotations

from datetime import datetime

from santai.casework.actions import take_step
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing
from santai.trust.actors import Actor

LOWEST_SATISFIED = 3


def rate(
    case: Case,
    score: int,
    *,
    actor: Actor,
    comment: str = "",
    at: datetime | None = None,
    version: int | None = None,
) -> LogEntry:
    """Record 1 to 5. Raises Missing for another score, or a low one without a word why."""
    if not 1 <= score <= 5:
        raise Missing("评分应为1到5", todo="请选择一个评价。")
    step = "rate" if score >= LOWEST_SATISFIED else "rate_poor"
    return take_step(case, step, actor=actor, data={"score": score, "comment": comment}, at=at, version=version)
