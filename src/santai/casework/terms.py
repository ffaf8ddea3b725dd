"""The vocabulary of time limits: amounts, clocks, and the confidence we have in them.

Limit (法定期限), promise (承诺期限), pause (中止) and extension (延长) are four different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    CALENDAR_DAYS = "CD"
    WORKING_DAYS = "WD"
    HOURS = "H"
    SECONDS = "SEC"
    MONTHS = "M"
    YEARS = "Y"


UNIT_LABELS = {
    Unit.CALENDAR_DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.HOURS: "小时",
    Unit.SECONDS: "秒",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}


@dataclass(frozen=True)
class Amount:
    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count}{UNIT_LABELS[self.unit]}"


def days(count: int) -> Amount:
    return Amount(count, Unit.CALENDAR_DAYS)


def workdays(count: int) -> Amount:
    return Amount(count, Unit.WORKING_DAYS)


def seconds(count: int) -> Amount:
    return Amount(count, Unit.SECONDS)


def hours(count: int) -> Amount:
    return Amount(count, Unit.HOURS)


def months(count: int) -> Amount:
    return Amount(count, Unit.MONTHS)


def years(count: int) -> Amount:
    return Amount(count, Unit.YEARS)


# Exact durations: counted from the instant, over nights and holidays, never rolled over.
EXACT = frozenset({Unit.SECONDS, Unit.HOURS})


class Confidence(StrEnum):
    """S: the primary text was read. S2: a secondary source. U: unsourced, a default to be confirmed."""

    S = "S"
    S2 = "S2"
    U = "U"


@dataclass(frozen=True)
class Extension:
    """A step that lengthens a clock by its form field `field`, in the clock's unit, up to `at_most`, `times` times.

    An empty `field` grants `at_most`. An extension after the limit has run out lengthens nothing.
    """

    step: str
    at_most: int
    times: int = 1
    field: str = "amount"


@dataclass(frozen=True)
class Clock:
    """A time limit of a procedure.

    It starts when the case enters a state of `runs_from`, or when a step of `runs_from_steps` is taken (the opening
    counts as the step "open"); each new start begins afresh when `restarts` is true, else only the first counts.
    It stops when the case enters a state of `until` or a step of `until_steps` is taken. It is paused while the case is
    in a state of `paused_in`, and between the pairs of steps in `paused_between` (pause step → resume step); pauses may
    overlap and count once. `id` is the key in the clock catalogue and the name of the setting that may replace
    `limit`. `rolls_over=False` is for custody clocks, which end on the exact day. `from_next_hour` is for hour clocks
    under civil procedure, which begin with the hour after the start. `promise` is a shorter local service promise.
    `start_field` names the form field of the starting step that holds the day the law counts from (service, receipt,
    postmark), where that is not the moment the step was recorded; `stop_field` likewise names the day on which the act
    that stops the clock was done. `limit_field` names the form field of the starting step that holds another count, in
    the limit's unit, which the law lets the parties agree.
    `before` makes a clock that is counted back: it names the form field of the starting step that holds the day of an
    event (a hearing), and the last day is the last working day at least `limit` before it. It runs once that day is
    known; when the event is put off, a later start with the field moves its end. Nothing pauses or lengthens it, and a
    start that already holds `stop_field` ends it on that day.
    """

    name: str
    label: str
    limit: Amount
    basis: str
    id: str = ""
    runs_from: frozenset[str] = frozenset()
    runs_from_steps: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()
    until_steps: frozenset[str] = frozenset()
    paused_in: frozenset[str] = frozenset()
    paused_between: tuple[tuple[str, str], ...] = ()
    extension: Extension | None = None
    restarts: bool = False
    rolls_over: bool = True
    from_next_hour: bool = False
    promise: Amount | None = None
    start_field: str = ""
    stop_field: str = ""
    limit_field: str = ""
    before: str = ""
    confidence: Confidence = Confidence.S
