"""The published years that come with the `chinesecalendar` package."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from chinese_calendar import constants

from santai.workdays.sheet import SheetRow

SOURCE = "国务院办公厅节假日安排通知（chinesecalendar 软件包）"


def package_version() -> str:
    return version("chinesecalendar")


def package_years() -> list[int]:
    years = {day.year for day in constants.holidays}
    return list(range(min(years), max(years) + 1))


def package_rows(year: int) -> list[SheetRow]:
    """Every rest day and make-up day the package knows of a year, for the whole country."""
    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    found: list[tuple[date, bool, str]] = [
        *((day, False, name) for day, name in constants.holidays.items() if day.year == year),
        *((day, True, name) for day, name in constants.workdays.items() if day.year == year),
    ]
    return [SheetRow(day, "", works, names.get(name, name), SOURCE) for day, works, name in sorted(found)]
