"""The calendar of the installation: kept in memory, never stale for long."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from santai.workdays import calendar
from santai.workdays.models import Day, KnownYear

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
CLOCK = "santai.workdays.calendar.monotonic"


def test_the_questions_of_the_house_are_answered_from_the_table() -> None:
    assert calendar.is_workday(date(2026, 10, 10))
    assert not calendar.is_workday(date(2026, 2, 17))
    assert calendar.is_known(date(2026, 12, 31))
    assert not calendar.is_known(date(2027, 1, 1))
    assert calendar.next_workday(date(2026, 2, 14)) == date(2026, 2, 24)
    assert calendar.roll_over(date(2026, 2, 14)) == date(2026, 2, 14)
    assert calendar.roll_over(date(2026, 2, 15)) == date(2026, 2, 24)
    assert calendar.add_workdays(date(2026, 2, 10), 5) == date(2026, 2, 24)
    assert calendar.working_days_between(date(2026, 2, 10), date(2026, 2, 28)) == 9


def test_a_moment_is_taken_as_its_day_in_china() -> None:
    assert not calendar.is_workday(datetime(2026, 2, 14, 17, 0, tzinfo=UTC))
    assert calendar.is_workday(datetime(2026, 2, 14, 15, 0, tzinfo=UTC))


def test_many_questions_ask_the_database_once() -> None:
    calendar.forget()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        for day in range(1, 28):
            calendar.is_workday(date(2026, 2, day), "230102")
    assert len(captured) == 4


def test_a_saved_or_deleted_day_is_seen_at_once() -> None:
    day = Day.objects.create(date=date(2026, 9, 3), region="2224", is_workday=False, name="州庆", source="试验")
    assert not calendar.is_workday(date(2026, 9, 3), "222401")
    assert calendar.is_workday(date(2026, 9, 3), "220102")
    day.delete()
    assert calendar.is_workday(date(2026, 9, 3), "222401")


@pytest.mark.parametrize("change", ["day", "year"])
def test_a_change_by_another_process_is_seen_at_the_next_look(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    now = 1000.0
    monkeypatch.setattr(CLOCK, lambda: now)
    assert calendar.is_workday(date(2027, 3, 1))
    # bulk_create sends no signal, as another process would not.
    if change == "day":
        Day.objects.bulk_create([Day(date=date(2027, 3, 1), is_workday=False, name="试验", source="试验")])
    KnownYear.objects.bulk_create([KnownYear(year=2027, source="试验")])
    assert not calendar.is_known(date(2027, 3, 1))
    now += calendar.LOOK_AGAIN_SECONDS
    assert calendar.is_known(date(2027, 3, 1))
    assert calendar.is_workday(date(2027, 3, 1)) is (change == "year")


def test_an_unchanged_table_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(CLOCK, lambda: now)
    before = calendar.calendar_for("23")
    now += calendar.LOOK_AGAIN_SECONDS
    assert calendar.calendar_for("23") is before
