"""LA13: the court's papers come fifteen days before the hearing, counted back over the holidays of 2026.

The holidays run from 1 to 7 October; Saturday 10 October is a working day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from santai.casework.clocks import Reading
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.legal_aid_criminal_story import Notice, on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calendar(db: None) -> None:
    import_package_years([2026])


@pytest.fixture
def notice(town: Town) -> Notice:
    return Notice(town, on(9, 24))


@pytest.fixture
def at_trial(notice: Notice) -> Notice:
    return notice.register(stage="first_instance").assign()


def hearing(story: Notice, day: date, **data: Any) -> Reading:
    story.take("set_hearing", data={"hearing_on": day, **data})
    return story.clock("charge_papers")


def test_the_courts_papers_are_due_fifteen_days_before_the_hearing(at_trial: Notice) -> None:
    reading = hearing(at_trial, date(2026, 11, 3))
    assert (reading.due_on, reading.condition) == (date(2026, 10, 19), "running")
    assert reading.explain()[1] == "从11月3日（周二）往前数，当天不计，周末和节假日也计入。"


def test_a_holiday_moves_the_last_day_back_and_a_make_up_day_does_not(at_trial: Notice) -> None:
    """15 days before 20 October is within the National Day holidays, before the 25th is Saturday the 10th, a working
    day."""
    reading = hearing(at_trial, date(2026, 10, 20))
    assert reading.due_on == date(2026, 9, 30)
    assert "10月5日（周一）是国庆节放假，提前到之前最后一个工作日9月30日（周三）。" in reading.explain()
    assert hearing(at_trial, date(2026, 10, 25)).due_on == date(2026, 10, 10)


def test_a_hearing_put_off_moves_the_last_day_and_keeps_what_has_come(at_trial: Notice) -> None:
    assert hearing(at_trial, date(2026, 11, 3)).due_on == date(2026, 10, 19)
    at_trial.at = on(10, 21)
    assert at_trial.clock("charge_papers").is_overdue
    moved = hearing(at_trial, date(2026, 11, 10))
    assert (moved.due_on, moved.is_overdue, moved.missed_before) == (date(2026, 10, 26), False, 0)
    at_trial.take("papers_came", data={"papers_on": date(2026, 10, 20)})
    assert at_trial.clock("charge_papers").condition == "met"
    assert hearing(at_trial, date(2026, 11, 3)).condition == "missed"
    assert at_trial.case.facts["hearing"]["papers_on"] == "2026-10-20"


def test_papers_that_came_before_the_hearing_was_set_count_from_their_day(at_trial: Notice) -> None:
    at_trial.at = on(10, 23)
    reading = hearing(at_trial, date(2026, 11, 3), papers_on=date(2026, 10, 16))
    assert (reading.condition, reading.stopped_at) == ("met", on(10, 16, 0))
    assert hearing(at_trial, date(2026, 10, 30)).condition == "missed"


def test_a_summary_trial_has_no_last_day_for_papers(at_trial: Notice) -> None:
    at_trial.take("set_summary_hearing", data={"hearing_on": date(2026, 10, 15)})
    assert "charge_papers" not in {one.name for one in at_trial.case.clocks.all()}
