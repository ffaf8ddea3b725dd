"""Pure arithmetic over a table of holidays and make-up days; knows nothing of the database.

Rest days are the 法定休假日 of 民法典 203: weekends and holidays as the State Council arranges them each year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# 全国年节及纪念日放假办法 (2024) art. 2: the holidays whose date is the same every year.
FIXED_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}


class Mark(NamedTuple):
    """What the table says of one day, against or in confirmation of the plain week."""

    is_workday: bool
    name: str


class Row(NamedTuple):
    day: date
    region: str
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days of one area. Beyond the `known` years it guesses: plain week and holidays of fixed date."""

    marks: Mapping[date, Mark]
    known: Collection[int]

    def is_known(self, day: date) -> bool:
        return day.year in self.known

    def is_workday(self, day: date) -> bool:
        mark = self.marks.get(day)
        if mark is not None:
            return mark.is_workday
        if day.weekday() >= SATURDAY:
            return False
        return day.year in self.known or (day.month, day.day) not in FIXED_HOLIDAYS

    def name_of(self, day: date) -> str:
        """The holiday a day belongs to, as rest or as make-up day; empty for an ordinary day."""
        mark = self.marks.get(day)
        if mark is not None:
            return mark.name
        return "" if day.year in self.known else FIXED_HOLIDAYS.get((day.month, day.day), "")

    def roll_over(self, day: date) -> date:
        """The day itself when it is a working day, else the first working day after it (民法典 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def roll_back(self, day: date) -> date:
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def next_workday(self, day: date) -> date:
        return self.roll_over(day + ONE_DAY)

    def add_workdays(self, start: date, count: int) -> date:
        """The count-th working day after `start`, which is not counted; before it when count is negative."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until`; 0 when `until` is earlier."""
        return sum(self.is_workday(day) for day in days_after(after, until))

    def knows_all(self, first: date, last: date) -> bool:
        return all(year in self.known for year in range(first.year, last.year + 1))


class Table:
    """All rows of all areas. An area is a prefix of a division code; the most specific row for a day wins."""

    def __init__(self, rows: Iterable[Row], known: Iterable[int]) -> None:
        self.known = frozenset(known)
        self._by_area: dict[str, dict[date, Mark]] = {"": {}}
        for row in rows:
            self._by_area.setdefault(row.region, {})[row.day] = Mark(row.is_workday, row.name)
        self._areas = sorted(self._by_area, key=len)
        self._calendars: dict[tuple[str, ...], Calendar] = {}

    def of(self, region: str) -> Calendar:
        areas = tuple(area for area in self._areas if region.startswith(area))
        calendar = self._calendars.get(areas)
        if calendar is None:
            marks = {day: mark for area in areas for day, mark in self._by_area[area].items()}
            calendar = self._calendars[areas] = Calendar(marks, self.known)
        return calendar


def days_after(after: date, until: date) -> Iterator[date]:
    """Each day after `after`, up to and including `until`."""
    day = after
    while day < until:
        day += ONE_DAY
        yield day
