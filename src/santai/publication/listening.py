"""What is published by itself: decisions of the bureau as they are made, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from santai.casework.kernel import Procedure
from santai.casework.models import Case, LogEntry
from santai.casework.signals import step_taken
from santai.publication import entries

Telling = Callable[[Case, LogEntry], dict[str, Any]]
BEGIN: dict[tuple[str, str], Telling] = {
    ("enforcement", "decide_penalty"): entries.penalty,
    ("enforcement", "punish_on_spot"): entries.penalty,
    ("enforcement", "warn_on_spot"): entries.penalty,
    ("enforcement", "change_decision"): entries.penalty,
    ("enforcement", "call_hearing"): entries.hearing,
    ("administrative_licence", "grant"): entries.licence,
    ("enforcement_inspection", "finish"): entries.inspection,
}
WITHDRAW = frozenset({("enforcement", "revoke"), ("enforcement", "order_redo"), ("enforcement", "change_decision")})
HIDING = frozenset({"cancel", "withdraw", "withhold", "expire"})


def listen() -> None:
    step_taken.connect(follow, dispatch_uid="santai.publication")


def follow(*, case: Case, entry: LogEntry, procedure: Procedure, **_: Any) -> None:
    """In the transaction of the step: a decision without its publication cannot exist."""
    key = (procedure.name, entry.step)
    if procedure.name == entries.PROCEDURE:
        _mirror(case, entry.step, at=entry.at)
    if key in WITHDRAW:
        entries.withdraw_all(case, entry)
    if key in BEGIN and not entry.data.get("is_closed"):
        entries.take_in(case, entry, BEGIN[key](case, entry))


def _mirror(case: Case, step: str, *, at: datetime) -> None:
    if step in {"take_in", "take_in_decision"}:
        entries.begin(case)
    elif step == "approve":
        entries.publish(case, at=at)
    elif step in HIDING:
        entries.hide(case, at=at)
    elif step == "take_down":
        entries.take_down(case, at=at)
