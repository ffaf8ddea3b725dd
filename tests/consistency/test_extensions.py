"""What the law lets be lengthened so and so often is not lengthened once more, in any table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from santai.casework.access import history_allows
from santai.casework.extensions import may_lengthen
from santai.casework.kernel import Attempt, Procedure, all_procedures
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import NotFromHere
from santai.casework.terms import Clock
from santai.trust.actors import SYSTEM

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LENGTHENED = [
    pytest.param(table, clock, id=f"{table.name}-{table.version}-{clock.name}")
    for table in all_procedures()
    for clock in table.clocks
    if clock.extension
]


def entry(log: list[LogEntry], step: str, before: str, after: str, data: dict[str, Any] | None = None) -> None:
    at = BEGIN + timedelta(minutes=len(log))
    number = len(log) + 1
    log.append(LogEntry(step=step, from_state=before, to_state=after, at=at, data=data or {}, number=number))


def begun(table: Procedure, clock: Clock) -> tuple[list[LogEntry], str]:
    """A log in which the clock runs and the case is where it may be lengthened, and that state."""
    assert clock.extension
    wanted = table.step(clock.extension.step).sources
    log: list[LogEntry] = []
    entry(log, "open", "", table.initial)
    starts = [table.step(name) for name in clock.runs_from_steps if name != "open"]
    starts += [step for step in table.steps if step.target in clock.runs_from and table.initial not in clock.runs_from]
    state = table.initial
    if starts:
        start = min(starts, key=lambda step: step.target not in wanted)
        state = start.target or min(start.sources)
        entry(log, start.name, min(start.sources), state)
    if state not in wanted:
        running = wanted - clock.until - clock.paused_in
        moved = min(running or wanted)
        entry(log, "moved on", state, moved)
        state = moved
    return log, state


@pytest.mark.parametrize(("table", "clock"), LENGTHENED)
def test_a_clock_is_lengthened_as_often_as_its_table_says_and_no_more(table: Procedure, clock: Clock) -> None:
    assert clock.extension
    step = table.step(clock.extension.step)
    log, state = begun(table, clock)
    given = {clock.extension.field: 1} if clock.extension.field else {}
    for _ in range(clock.extension.times):
        may_lengthen(table, step, log)
        entry(log, step.name, state, state, given)
    with pytest.raises(NotFromHere, match="已经延长过"):
        may_lengthen(table, step, log)
    case = Case(procedure=table.name, procedure_version=table.version, state=state, region="230102", opened_at=BEGIN)
    role = min(step.allowed_roles)
    with pytest.raises(NotFromHere):
        history_allows(Attempt(case, log, step, SYSTEM, role, {}, BEGIN + timedelta(days=1)))


def test_there_are_clocks_to_be_asked() -> None:
    assert len(LENGTHENED) > 20
