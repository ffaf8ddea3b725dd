"""What an expression of an interview can call. An argument that is not known gives an answer that is not known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any

from santai.casework.clock_count import add_months as _add_months

HALF, ONE = Decimal("0.5"), Decimal(1)
HALF_A_YEAR = 6
MOST_MONTHS, MOST_DAYS = 1200, 36600


def _if_known(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def answer(*given: Any) -> Any:
        try:
            return None if any(each is None for each in given) else function(*given)
        except (TypeError, ValueError, AttributeError, OverflowError):
            return None

    return answer


def known(answer: Any) -> bool:
    return answer not in (None, "", "unsure", ())


@_if_known
def add_months(day: date, count: Decimal) -> date | None:
    return _add_months(day, int(count)) if abs(count) <= MOST_MONTHS else None


@_if_known
def add_days(day: date, count: Decimal) -> date | None:
    return day + timedelta(days=int(count)) if abs(count) <= MOST_DAYS else None


@_if_known
def days_between(start: date, end: date) -> Decimal:
    return Decimal((end - start).days)


@_if_known
def whole_months(start: date, end: date) -> Decimal:
    """Full months from one day to another; 0 when the second comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return Decimal(max(months - (_add_months(start, months) > end), 0)) if end >= start else Decimal(0)


@_if_known
def whole_years(start: date, end: date) -> Decimal:
    months: Decimal = whole_months(start, end)
    return months // 12


@_if_known
def severance_months(start: date, end: date) -> Decimal:
    """Months of pay for the years served (劳动合同法 47): one for each full year and for a rest of six months or more,
    half a one for a shorter rest. Both days were worked."""
    after = end + timedelta(days=1)
    months = int(whole_months(start, after))
    years, rest = divmod(months, 12)
    if rest >= HALF_A_YEAR:
        return Decimal(years + 1)
    has_rest = rest > 0 or _add_months(start, months) < after
    return Decimal(years) + (HALF if has_rest else Decimal(0))


@_if_known
def least(*numbers: Decimal) -> Decimal:
    return min(numbers)


@_if_known
def most(*numbers: Decimal) -> Decimal:
    return max(numbers)


def sum_known(*numbers: Any) -> Decimal | None:
    """The sum of those that are known; not known when none is."""
    there = [each for each in numbers if isinstance(each, Decimal)]
    return sum(there, Decimal(0)) if there else None


def earliest(*days: Any) -> date | None:
    return min((day for day in days if isinstance(day, date)), default=None)


def first_known(*given: Any) -> Any:
    return next((each for each in given if known(each)), None)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        known, add_months, add_days, days_between, whole_months, whole_years, severance_months, least, most, sum_known,
        earliest, first_known,
    )
}  # fmt: skip
