"""Working days of the installation: the imported table, kept in memory and looked at again when somebody changed it.

`region` is a division code of any length; the empty string is the whole country. A year that has not been imported
(`is_known` is false) is guessed from the plain week and the holidays of fixed date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Any

from django.db.models import Count, Max
from django.utils.timezone import localdate

from santai.workdays.models import Day, KnownYear
from santai.workdays.table import Calendar, Row, Table

# Another process may import a year; this one notices after so many seconds.
LOOK_AGAIN_SECONDS = 3.0

Stamp = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    table: Table
    stamp: Stamp
    looked_at: float


_kept: _Kept | None = None


def calendar_for(region: str = "") -> Calendar:
    """The calendar of one area; take it once for a computation of many days."""
    return _table().of(region)


def is_workday(day: date, region: str = "") -> bool:
    return calendar_for(region).is_workday(_plain(day))


def is_known(day: date) -> bool:
    return calendar_for().is_known(_plain(day))


def next_workday(day: date, region: str = "") -> date:
    """The first working day after `day`."""
    return calendar_for(region).next_workday(_plain(day))


def roll_over(day: date, region: str = "") -> date:
    """`day`, or the first working day after it when it is a rest day (民法典 203)."""
    return calendar_for(region).roll_over(_plain(day))


def add_workdays(start: date, n: int, region: str = "") -> date:
    """The n-th working day after `start` (not counted itself); before it when n is negative."""
    return calendar_for(region).add_workdays(_plain(start), n)


def working_days_between(after: date, until: date, region: str = "") -> int:
    """Working days after `after`, up to and including `until`."""
    return calendar_for(region).working_days_between(_plain(after), _plain(until))


def forget(**_signal: object) -> None:
    """Read the table again at the next question."""
    global _kept
    _kept = None


def _plain(day: date) -> date:
    if isinstance(day, datetime):
        return localdate(day) if day.tzinfo else day.date()
    return day


def _table() -> Table:
    global _kept
    kept, now = _kept, monotonic()
    if kept is not None and now - kept.looked_at < LOOK_AGAIN_SECONDS:
        return kept.table
    # The stamp is read before the table: a change in between is noticed at the next look.
    stamp = _stamp()
    table = kept.table if kept is not None and kept.stamp == stamp else _read_table()
    _kept = _Kept(table, stamp, now)
    return table


def _stamp() -> Stamp:
    """Differs after every import: changed days get new keys (see imports.py)."""
    days = Day.objects.aggregate(number=Count("pk"), newest=Max("pk"))
    years = KnownYear.objects.aggregate(number=Count("pk"), newest=Max("imported_at"))
    return (*days.values(), *years.values())


def _read_table() -> Table:
    rows = Day.objects.order_by().values_list("date", "region", "is_workday", "name")
    return Table((Row(*row) for row in rows), KnownYear.objects.values_list("year", flat=True))
