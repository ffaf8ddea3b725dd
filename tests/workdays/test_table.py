"""Counting over a table of days: pure, and the same as counting one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday as package_says
from hypothesis import given, settings
from hypothesis import strategies as st

from santai.workdays.package import package_rows, package_years
from santai.workdays.table import Calendar, Row, Table

ROWS = [Row(r.day, r.region, r.is_workday, r.name) for year in package_years() for r in package_rows(year)]
NATION = Table(ROWS, package_years()).of("")
known_days = st.dates(date(2004, 1, 1), date(2026, 6, 30))


def test_every_published_day_is_what_the_package_says() -> None:
    day, wrong = date(2004, 1, 1), []
    while day <= date(2026, 12, 31):
        if NATION.is_workday(day) != package_says(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@settings(max_examples=200, deadline=None)
@given(known_days, st.integers(1, 90))
def test_adding_working_days_agrees_with_counting_one_by_one(start: date, number: int) -> None:
    day, left = start, number
    while left:
        day += timedelta(days=1)
        left -= package_says(day)
    assert NATION.add_workdays(start, number) == day


@settings(max_examples=200, deadline=None)
@given(known_days, st.integers(1, 90))
def test_adding_and_counting_are_each_others_reverse(start: date, number: int) -> None:
    end = NATION.add_workdays(start, number)
    assert NATION.working_days_between(start, end) == number
    assert NATION.working_days_between(start, end - timedelta(days=1)) == number - 1


@settings(max_examples=100, deadline=None)
@given(known_days, st.integers(1, 60))
def test_subtracting_working_days_counts_back_one_by_one(end: date, number: int) -> None:
    start = NATION.add_workdays(end, -number)
    assert NATION.is_workday(start)
    assert NATION.working_days_between(start, end - timedelta(days=1)) == number - 1


@settings(max_examples=100, deadline=None)
@given(known_days)
def test_a_roll_over_ends_on_the_first_working_day_not_before_the_day(day: date) -> None:
    rolled = NATION.roll_over(day)
    assert NATION.is_workday(rolled)
    assert not any(NATION.is_workday(day + timedelta(days=n)) for n in range((rolled - day).days))


def test_adding_no_working_days_stays_where_it_is() -> None:
    assert NATION.add_workdays(date(2026, 2, 17), 0) == date(2026, 2, 17)


def test_nothing_lies_between_days_in_the_wrong_order() -> None:
    assert NATION.working_days_between(date(2026, 3, 9), date(2026, 3, 2)) == 0


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 2, 14), True, "春节"),
        (date(2026, 10, 10), True, "国庆节"),
        (date(2026, 3, 7), False, ""),
        (date(2026, 3, 9), True, ""),
    ],
)
def test_a_day_has_the_name_of_its_holiday(day: date, works: bool, name: str) -> None:
    assert (NATION.is_workday(day), NATION.name_of(day)) == (works, name)


def test_an_unknown_year_is_guessed_from_the_week_and_the_fixed_holidays() -> None:
    assert not NATION.is_known(date(2027, 3, 1))
    assert [NATION.is_workday(date(2027, 10, day)) for day in (1, 4, 5, 8, 9)] == [False, True, True, True, False]
    assert [NATION.is_workday(date(2028, 5, day)) for day in (1, 2, 3)] == [False, False, True]
    assert not NATION.is_workday(date(2029, 1, 1))
    assert NATION.name_of(date(2029, 1, 1)) == "元旦"


def test_the_most_specific_area_wins() -> None:
    table = Table(
        [
            Row(date(2026, 9, 3), "22", False, "全省"),
            Row(date(2026, 9, 3), "2224", True, "州里上班"),
            Row(date(2026, 9, 3), "222401", False, "市庆"),
        ],
        [2026],
    )
    works = {region: table.of(region).is_workday(date(2026, 9, 3)) for region in ("", "22", "2224", "222401", "2301")}
    assert works == {"": True, "22": False, "2224": True, "222401": False, "2301": True}


def test_areas_without_rows_of_their_own_share_one_calendar() -> None:
    table = Table(ROWS, package_years())
    assert table.of("230102") is table.of("110101")


def test_a_stretch_is_known_only_when_each_of_its_years_is() -> None:
    calendar = Calendar({}, {2025, 2026})
    assert calendar.knows_all(date(2025, 1, 1), date(2026, 12, 31))
    assert not calendar.knows_all(date(2026, 12, 1), date(2027, 1, 1))
