"""Every time limit of a case, computed from its log: nothing is counted down, everything can be explained again.

Pure over the procedure table, the log, the place, the moment and the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from santai.casework import clock_count, clock_explain
from santai.casework.clock_count import Counted, count_run, each
from santai.casework.clock_runs import Run, china_day, runs_of
from santai.casework.kernel import Procedure
from santai.casework.models import CaseClock, LogEntry
from santai.casework.terms import EXACT, Amount, Clock, Unit
from santai.workdays.calendar import calendar_for
from santai.workdays.table import Calendar

Condition = CaseClock.Condition


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One clock at one moment. `limit` is the one applied; it differs from the table's when `is_replaced`.

    `missed_before` is how many earlier runs of a restarted clock ran out.
    """

    procedure: Procedure
    clock: Clock
    limit: Amount
    is_replaced: bool
    run: Run
    counted: Counted
    promised: Counted | None
    calendar: Calendar
    now: datetime
    missed_before: int = 0

    @property
    def started_at(self) -> datetime:
        return self.run.started_at

    @property
    def stopped_at(self) -> datetime | None:
        return self.run.stopped_at

    @property
    def due_at(self) -> datetime | None:
        """The last instant in time, UTC; None while paused."""
        return self.counted.due_at

    @property
    def due_on(self) -> date | None:
        return self.counted.due_on

    @property
    def last_day(self) -> date | None:
        """The day before any roll-over: the internal warning date of clocks that touch liberty; None for hours."""
        return self.counted.last_day

    @property
    def promise_due_on(self) -> date | None:
        """The day of the shorter local promise, never after the legal one."""
        promised = self.promised.due_on if self.promised else None
        return min(promised, self.due_on) if promised and self.due_on else None

    @property
    def is_provisional(self) -> bool:
        return not self.counted.is_certain

    @property
    def condition(self) -> Condition:
        if self.stopped_at is not None:
            return Condition.MET if _in_time(self.run, self.counted) else Condition.MISSED
        return Condition.PAUSED if self.due_at is None else Condition.RUNNING

    @property
    def is_overdue(self) -> bool:
        """Still running past its end. Stored as running; it becomes missed when it stops."""
        return self.condition is Condition.RUNNING and self.due_at is not None and self.now > self.due_at

    @property
    def remaining(self) -> Amount | None:
        """What is left: at the pause while paused, else from now (months and years in days); None once stopped."""
        if self.stopped_at is not None:
            return None
        if self.due_at is None:
            return self.counted.left
        if self.limit.unit in EXACT:
            return Amount(max((self.due_at - self.now) // each(self.limit.unit), 0), self.limit.unit)
        today, due_on = china_day(self.now), china_day(self.due_at)
        if self.limit.unit is Unit.WORKING_DAYS:
            return Amount(self.calendar.working_days_between(today, due_on), Unit.WORKING_DAYS)
        return Amount(max((due_on - today).days, 0), Unit.CALENDAR_DAYS)

    def explain(self) -> list[str]:
        """How the date came about, in Chinese sentences a clerk can read to a caller."""
        return clock_explain.explain(self)


def _in_time(run: Run, counted: Counted) -> bool:
    return run.stopped_at is None or counted.due_at is None or run.stopped_at <= counted.due_at


class ClockRow(TypedDict):
    """The columns of a CaseClock besides its case."""

    name: str
    condition: str
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    is_provisional: bool
    missed_before: int


def readings(
    procedure: Procedure,
    log: Sequence[LogEntry],
    *,
    region: str,
    now: datetime,
    parameters: Mapping[str, Amount] | None = None,
    calendar: Calendar | None = None,
) -> list[Reading]:
    """A reading of each clock that has started, in the order of the table. `log` is in order.

    `parameters` replaces limits by clock id or name, and promises by the same followed by ".promise".
    """
    days = calendar or calendar_for(region)
    moving = {step.name for step in procedure.steps if step.target is not None}
    found = ((clock, runs_of(clock, log, final=procedure.final, moving=moving)) for clock in procedure.clocks)
    return [_read(procedure, clock, runs, parameters or {}, days, now) for clock, runs in found if runs]


def _read(
    procedure: Procedure,
    clock: Clock,
    runs: list[Run],
    parameters: Mapping[str, Amount],
    calendar: Calendar,
    now: datetime,
) -> Reading:
    replacement = _parameter(parameters, clock)
    limit = replacement or clock.limit
    *earlier, run = runs
    promise = _parameter(parameters, clock, ".promise") or clock.promise
    return Reading(
        procedure=procedure,
        clock=clock,
        limit=_agreed(run, limit),
        is_replaced=replacement is not None,
        run=run,
        counted=count_run(run, clock, _agreed(run, limit), calendar),
        promised=count_run(run, clock, promise, calendar) if promise else None,
        calendar=calendar,
        now=now,
        missed_before=sum(not _in_time(one, count_run(one, clock, _agreed(one, limit), calendar)) for one in earlier),
    )


def _agreed(run: Run, limit: Amount) -> Amount:
    return Amount(run.agreed, limit.unit) if run.agreed > 0 else limit


def _parameter(parameters: Mapping[str, Amount], clock: Clock, suffix: str = "") -> Amount | None:
    by_id = parameters.get(clock.id + suffix) if clock.id else None
    return by_id or parameters.get(clock.name + suffix)


def next_due(found: Iterable[Reading]) -> Reading | None:
    """The running clock that ends first; None when none runs."""
    running = [r for r in found if r.condition is Condition.RUNNING]
    return min(running, key=_due, default=None)


def _due(reading: Reading) -> datetime:
    return reading.due_at or datetime.max.replace(tzinfo=reading.now.tzinfo)


def stored_rows(found: Iterable[Reading]) -> list[ClockRow]:
    return [
        ClockRow(
            name=reading.clock.name,
            condition=reading.condition.value,
            started_at=reading.started_at,
            due_at=reading.due_at,
            stopped_at=reading.stopped_at,
            is_provisional=reading.is_provisional,
            missed_before=reading.missed_before,
        )
        for reading in found
    ]


def latest_day_before(event_day: date, amount: Amount, region: str = "") -> date:
    """The last working day on which something due at least `amount` before an event can be done, such as serving papers
    15 days before a hearing. The day of the event is not counted; rest days move it back. ValueError for hours."""
    return clock_count.latest_day_before(event_day, amount, calendar_for(region))
