"""Time limits of an interview, counted as the clocks of cases are (民法典 200-203), with the working-day calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from santai.casework.clock_count import DayCount, MonthCount
from santai.casework.terms import Amount, Unit
from santai.workdays.calendar import calendar_for

UNITS = {
    "年": Unit.YEARS,
    "个月": Unit.MONTHS,
    "日": Unit.CALENDAR_DAYS,
    "个工作日": Unit.WORKING_DAYS,
}
PERIOD = re.compile(rf"(\d{{1,4}})({'|'.join(UNITS)})")
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Ends:
    """`is_certain` false: the holidays of that year are not published yet."""

    on: date
    is_certain: bool


def amount_of(period: str) -> Amount:
    """1年, 6个月, 60日 or 15个工作日. ValueError for anything else."""
    found = PERIOD.fullmatch(period)
    if not found:
        raise ValueError(f"{period!r} is no period")
    return Amount(int(found[1]), UNITS[found[2]])


def end_of(start: date, period: str, *, region: str = "") -> Ends:
    """The last day that is in time; a rest day moves it on."""
    amount, calendar = amount_of(period), calendar_for(region)
    if amount.unit in (Unit.YEARS, Unit.MONTHS):
        months = amount.count * (MONTHS_A_YEAR if amount.unit is Unit.YEARS else 1)
        by_months = MonthCount(calendar, True, start, months, 1)
        return Ends(by_months.due_on(), by_months.is_certain())
    by_days = DayCount(calendar, amount.unit, True, start, amount.count)
    return Ends(by_days.due_on(), by_days.is_certain())
