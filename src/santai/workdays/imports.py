"""Writing published holidays into the table: all rows or none, again and again with the same result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import transaction

from santai.workdays.calendar import forget
from santai.workdays.models import Day, KnownYear
from santai.workdays.package import SOURCE, package_rows, package_version, package_years
from santai.workdays.sheet import SheetRow, read_sheet
from santai.workdays.signals import calendar_changed
from santai.workdays.table import FIXED_HOLIDAYS, SATURDAY

# 全国年节及纪念日放假办法 (2024) art. 2: days off beside the weekends, which art. 6 keeps whole by compensation.
HOLIDAYS_A_YEAR = 13


class NotPublished(Exception):
    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year}年的放假安排还没有随软件发布")


@dataclass
class Outcome:
    """What an import did: days by number, years by name, and how many time limits were computed anew."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    years: list[int] = field(default_factory=list)
    left_alone: list[int] = field(default_factory=list)
    incomplete: dict[int, int] = field(default_factory=dict)
    recomputed: int = 0


def import_package_years(years: Iterable[int] | None = None, *, apps: Apps | None = None) -> Outcome:
    """Bring the table to what the package knows. A year taken from an official file stays as it is unless it is named.

    A data migration passes its `apps`; then no signal is sent, as the later tables may not exist yet.
    Raises NotPublished for a year the package does not know.
    """
    named = sorted(years) if years is not None else None
    for year in named or ():
        if year not in package_years():
            raise NotPublished(year)
    writer = _Writer(apps or installed)
    with transaction.atomic():
        for year in package_years() if named is None else named:
            if named is None and writer.is_official(year):
                writer.outcome.left_alone.append(year)
                continue
            rows = package_rows(year)
            writer.write(rows)
            writer.remove_strays(year, rows, all_sources=named is not None)
            writer.mark_known(year, f"{SOURCE} {package_version()}")
    return writer.finish(announce=apps is None)


def import_file(path: Path, *, is_complete: bool = False) -> Outcome:
    """A CSV of days. A year becomes known when its national holidays are complete, or when the caller says they are.

    FaultySheet: nothing was written.
    """
    rows = read_sheet(path)
    writer = _Writer(installed)
    with transaction.atomic():
        writer.write(rows)
        national = [row for row in rows if not row.region]
        for year in sorted({row.day.year for row in national}):
            source = next(row.source for row in national if row.day.year == year)
            if is_complete or writer.is_complete(year):
                writer.mark_known(year, source)
            else:
                writer.note_incomplete(year)
    return writer.finish(announce=True)


class _Writer:
    def __init__(self, apps: Apps) -> None:
        self.days: type[Day] = apps.get_model("workdays", "Day")
        self.years: type[KnownYear] = apps.get_model("workdays", "KnownYear")
        self.outcome = Outcome()
        self.touched: list[date] = []

    def is_official(self, year: int) -> bool:
        known = self.years.objects.filter(year=year).first()
        return known is not None and not known.source.startswith(SOURCE)

    def write(self, rows: list[SheetRow]) -> None:
        wanted = {(row.day, row.region): row for row in rows}
        kept = {
            (day.date, day.region): day
            for day in self.days.objects.filter(date__range=(min(rows).day, max(rows).day))
            if (day.date, day.region) in wanted
        }
        changed = [day for key, day in kept.items() if _differs(day, wanted[key])]
        new = [row for key, row in wanted.items() if key not in kept]
        # Changed days are written anew, so that the newest key tells every process of the change.
        self.days.objects.filter(pk__in=[day.pk for day in changed]).delete()
        self._create([*new, *(wanted[day.date, day.region] for day in changed)])
        self.outcome.added += len(new)
        self.outcome.changed += len(changed)
        self.outcome.unchanged += len(kept) - len(changed)

    def _create(self, rows: list[SheetRow]) -> None:
        self.days.objects.bulk_create(
            self.days(date=r.day, region=r.region, is_workday=r.is_workday, name=r.name, source=r.source) for r in rows
        )
        self.touched += [row.day for row in rows]

    def remove_strays(self, year: int, rows: list[SheetRow], *, all_sources: bool) -> None:
        """National days of a year that its arrangement no longer has."""
        strays = self.days.objects.filter(date__year=year, region="").exclude(date__in=[row.day for row in rows])
        if not all_sources:
            strays = strays.filter(source=SOURCE)
        self.touched += strays.values_list("date", flat=True)
        self.outcome.removed += strays.delete()[0]

    def is_complete(self, year: int) -> bool:
        return self._days_off(year) >= HOLIDAYS_A_YEAR and self._has_fixed_holidays(year)

    def note_incomplete(self, year: int) -> None:
        if not self.years.objects.filter(year=year).exists():
            self.outcome.incomplete[year] = self._days_off(year)

    def mark_known(self, year: int, source: str) -> None:
        known = self.years.objects.filter(year=year).first()
        if known is None:
            self.outcome.years.append(year)
            self.touched += [date(year, 1, 1), date(year, 12, 31)]
        if known is None or known.source != source:
            self.years(year=year, source=source).save()

    def _days_off(self, year: int) -> int:
        """Rest days beyond the weekends: weekdays off less weekend days worked."""
        national = self.days.objects.filter(date__year=year, region="").values_list("date", "is_workday")
        off = sum(1 for day, works in national if not works and day.weekday() < SATURDAY)
        return off - sum(1 for day, works in national if works and day.weekday() >= SATURDAY)

    def _has_fixed_holidays(self, year: int) -> bool:
        fixed = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
        needed = {day for day in fixed if day.weekday() < SATURDAY}
        off = self.days.objects.filter(date__in=fixed, region="", is_workday=False)
        return needed <= set(off.values_list("date", flat=True))

    def finish(self, *, announce: bool) -> Outcome:
        forget()
        if announce and self.touched:
            answers = calendar_changed.send(Day, first=min(self.touched), last=max(self.touched))
            self.outcome.recomputed = sum(int(number or 0) for _, number in answers)
        return self.outcome


def _differs(day: Day, row: SheetRow) -> bool:
    return (day.is_workday, day.name, day.source) != (row.is_workday, row.name, row.source)
