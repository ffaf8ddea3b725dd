"""Time limits of an interview are counted as the clocks of cases are."""

from __future__ import annotations

from datetime import date

import pytest

from santai.guidance.periods import amount_of, end_of
from santai.guidance.sheets import calendar_of, told_of
from santai.workdays.imports import import_package_years
from tests.guidance.stories import told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "period", "ends"),
    [
        (date(2026, 3, 2), "7日", date(2026, 3, 9)),
        # 1 to 5 May are holidays in 2026.
        (date(2026, 4, 24), "7日", date(2026, 5, 6)),
        (date(2026, 2, 27), "1个月", date(2026, 3, 27)),
        # A Saturday on which people work.
        (date(2026, 1, 31), "1个月", date(2026, 2, 28)),
        (date(2025, 3, 2), "1年", date(2026, 3, 2)),
        # A Friday: the weekend is not counted.
        (date(2026, 3, 6), "3个工作日", date(2026, 3, 11)),
    ],
)
def test_the_first_day_is_not_counted_and_a_rest_day_moves_the_last(start: date, period: str, ends: date) -> None:
    import_package_years()
    assert end_of(start, period).on == ends


@pytest.mark.parametrize("wrong", ["三年", "60", "60天", "日", "99999日", "1周"])
def test_what_is_no_period_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        amount_of(wrong)


def test_a_day_in_a_year_without_a_calendar_is_told_to_be_provisional() -> None:
    assert not end_of(date(2026, 11, 2), "3年").is_certain
    found = told("neighbours", hurt="yes", since="2026-11-02")
    assert "放假安排还没公布" in told_of(found.deadlines[0])


def test_a_limit_without_its_first_day_still_tells_the_rule() -> None:
    due = told("loan", has_due="yes").deadlines[0]
    assert due.on is None
    assert told_of(due).startswith("从约定还款日起3年内")


def test_the_calendar_of_a_dangerous_matter_says_nothing_of_it(monday) -> None:
    entries = calendar_of(told("divorce", violence="yes", agree="yes"), at=monday)
    assert "BEGIN:VEVENT" in entries
    assert "离婚" not in entries
    assert all(len(line.encode()) <= 75 for line in entries.split("\r\n"))
