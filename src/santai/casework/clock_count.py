"""Counting a limit: when it ends, given what happened on the way (民法典 200-204; 0 is never counted twice).

Three ways of counting share one protocol: days (calendar or working), months and years, hours and seconds.
- The day of the start is not counted. The last day moves over rest days, except for custody.
- On a pause the day of the pause is counted, the days after it up to and including the day of resumption are not; what
  was left goes on the day after. A limit never ends inside a pause: when its last day was the day of the pause, one day
  is left. Hours are paused to the instant.
- Months and years end on the corresponding day; pauses push that day by the number of days not counted.
What must be done so long before an event is counted back from the event, and moves back over rest days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from santai.casework.clock_runs import Lengthening, Pause, Run, china_day, end_of
from santai.casework.terms import EXACT, Amount, Clock, Unit
from santai.workdays.table import ONE_DAY, Calendar

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


class Count(Protocol):
    def last_day(self) -> date | None:
        """The day before any roll-over; None for hours."""
        ...

    def due_at(self) -> datetime:
        """The last instant that is in time."""
        ...

    def leave_out(self, start: datetime, end: datetime) -> None:
        """Do not count what lies between a pause and its resumption."""
        ...

    def lengthen(self, count: int) -> None: ...

    def left_at(self, moment: datetime) -> Amount:
        """What is still to be counted after a moment."""
        ...

    def is_certain(self, paused_at: datetime | None = None) -> bool:
        """Whether every day the result (or what was left at a pause) rests on lies in a published year."""
        ...


@dataclass(slots=True)
class DayCount:
    """Calendar or working days: `left` of them after `anchor`."""

    calendar: Calendar
    unit: Unit
    rolls_over: bool
    anchor: date
    left: int
    first: date = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.anchor + ONE_DAY

    def last_day(self) -> date:
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.add_workdays(self.anchor, max(self.left, 1))
        return self.anchor + timedelta(days=max(self.left, 1))

    def due_on(self) -> date:
        return self.calendar.roll_over(self.last_day()) if self.rolls_over else self.last_day()

    def due_at(self) -> datetime:
        return end_of(self.due_on())

    def leave_out(self, start: datetime, end: datetime) -> None:
        paused, resumed = max(china_day(start), self.anchor), china_day(end)
        if resumed > paused:
            self.left = max(self.left - self._counted(paused), 0)
            self.anchor = resumed

    def lengthen(self, count: int) -> None:
        self.left += count

    def left_at(self, moment: datetime) -> Amount:
        return Amount(max(self.left - self._counted(max(china_day(moment), self.anchor)), 1), self.unit)

    def is_certain(self, paused_at: datetime | None = None) -> bool:
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.knows_all(self.first, china_day(paused_at) if paused_at else self.due_on())
        return bool(paused_at) or not self.rolls_over or self.calendar.knows_all(self.last_day(), self.due_on())

    def _counted(self, until: date) -> int:
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.working_days_between(self.anchor, until)
        return (until - self.anchor).days


@dataclass(slots=True)
class MonthCount:
    """Months to the corresponding day of `start`, pushed by `pushed` days, and after the last resumption (`anchor`)."""

    calendar: Calendar
    rolls_over: bool
    start: date
    months: int
    months_each: int
    pushed: int = 0
    anchor: date = field(init=False)

    def __post_init__(self) -> None:
        self.anchor = self.start

    def last_day(self) -> date:
        corresponding = add_months(self.start, self.months) + timedelta(days=self.pushed)
        return max(corresponding, self.anchor + ONE_DAY)

    def due_on(self) -> date:
        return self.calendar.roll_over(self.last_day()) if self.rolls_over else self.last_day()

    def due_at(self) -> datetime:
        return end_of(self.due_on())

    def leave_out(self, start: datetime, end: datetime) -> None:
        paused, resumed = max(china_day(start), self.anchor), china_day(end)
        if resumed > paused:
            self.pushed += (resumed - paused).days
            self.anchor = resumed

    def lengthen(self, count: int) -> None:
        self.months += count * self.months_each

    def left_at(self, moment: datetime) -> Amount:
        return Amount(max((self.last_day() - china_day(moment)).days, 1), Unit.CALENDAR_DAYS)

    def is_certain(self, paused_at: datetime | None = None) -> bool:
        return bool(paused_at) or not self.rolls_over or self.calendar.knows_all(self.last_day(), self.due_on())


@dataclass(slots=True)
class HourCount:
    """Exact durations; hours and seconds never roll over rest days."""

    anchor: datetime
    left: timedelta
    unit: Unit = Unit.HOURS

    def last_day(self) -> None:
        return None

    def due_at(self) -> datetime:
        return self.anchor + self.left

    def leave_out(self, start: datetime, end: datetime) -> None:
        self.left -= max(start - self.anchor, timedelta())
        self.anchor = max(end, self.anchor)

    def lengthen(self, count: int) -> None:
        self.left += count * each(self.unit)

    def left_at(self, moment: datetime) -> Amount:
        left = self.left - max(moment - self.anchor, timedelta())
        return Amount(left // each(self.unit), self.unit)

    def is_certain(self, paused_at: datetime | None = None) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Counted:
    """The result. While the run is paused `due_at` is None and `left` is what remains. `last_day` is the day before any
    roll-over, None for hours. `ignored` are changes made after the limit had run out."""

    due_at: datetime | None
    last_day: date | None
    left: Amount | None
    is_certain: bool
    ignored: Sequence[Pause | Lengthening] = ()

    @property
    def due_on(self) -> date | None:
        return china_day(self.due_at) if self.due_at else None


def count_run(run: Run, clock: Clock, limit: Amount, calendar: Calendar) -> Counted:
    """Where a run leads under a limit. Once the limit has run out nothing that happens later revives it."""
    if run.target is not None:
        return _count_back(run.target, limit, calendar)
    count = start_count(run.started_at, clock, limit, calendar)
    open_pause: Pause | None = None
    ignored: list[Pause | Lengthening] = []
    for number, change in enumerate(run.changes):
        if open_pause is None and change.at > count.due_at():
            ignored = run.changes[number:]
            break
        if isinstance(change, Lengthening):
            count.lengthen(change.count)
        elif change.resumed_at is None:
            open_pause = change
        else:
            count.leave_out(change.at, change.resumed_at)
    if open_pause is not None:
        return Counted(None, None, count.left_at(open_pause.at), count.is_certain(open_pause.at))
    return Counted(count.due_at().astimezone(UTC), count.last_day(), None, count.is_certain(), ignored)


def _count_back(target: date, limit: Amount, calendar: Calendar) -> Counted:
    last, by_date = latest_day_before(target, limit, calendar), _same_day_before(target, limit)
    is_certain = calendar.knows_all(last, target if by_date is None else by_date)
    return Counted(end_of(last).astimezone(UTC), by_date or last, None, is_certain)


def start_count(start: datetime, clock: Clock, limit: Amount, calendar: Calendar) -> Count:
    if limit.unit in EXACT:
        anchor = next_full_hour(start) if clock.from_next_hour else start
        return HourCount(anchor, limit.count * each(limit.unit), limit.unit)
    day = china_day(start)
    if limit.unit in (Unit.MONTHS, Unit.YEARS):
        months = 12 if limit.unit is Unit.YEARS else 1
        return MonthCount(calendar, clock.rolls_over, day, limit.count * months, months)
    return DayCount(calendar, limit.unit, clock.rolls_over, day, limit.count)


def each(unit: Unit) -> timedelta:
    return SECOND if unit is Unit.SECONDS else HOUR


def next_full_hour(moment: datetime) -> datetime:
    """The hour in which something happens is not counted (民诉法 85, 民诉法解释 125)."""
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def add_months(start: date, months: int) -> date:
    """The corresponding day, or the last day of a month that has none (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def latest_day_before(event_day: date, amount: Amount, calendar: Calendar) -> date:
    """The last working day on which something due at least `amount` before an event can be done.

    The day of the event is not counted. It moves back, not forward, over rest days: rolling over would shorten the
    time the law keeps free. ValueError for hours, which have no day.
    """
    if amount.unit in EXACT:
        raise ValueError("hours before an event have a moment, not a day")
    by_date = _same_day_before(event_day, amount)
    return calendar.add_workdays(event_day, -amount.count) if by_date is None else calendar.roll_back(by_date)


def _same_day_before(event_day: date, amount: Amount) -> date | None:
    """Before any rest days; None for working days."""
    if amount.unit is Unit.WORKING_DAYS:
        return None
    if amount.unit is Unit.CALENDAR_DAYS:
        return event_day - timedelta(days=amount.count)
    return add_months(event_day, -amount.count * (12 if amount.unit is Unit.YEARS else 1))
