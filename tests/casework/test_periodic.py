"""A step whose time has come is taken by the worker; one whose time has not come is left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.kernel import all_procedures
from santai.casework.periodic import is_timed, take_timed_steps
from tests.factories import Town
from tests.procedures.legal_aid_story import Story, keep_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(town: Town, monday: datetime) -> Story:
    keep_standard()
    story = Story(town, monday).apply()
    story.take("ask_for_more", data={"items": "工资条或考勤表", "by": story.today + timedelta(days=7)})
    return story


def test_papers_that_never_came_close_the_case_on_the_day_after(waiting: Story) -> None:
    assert take_timed_steps(at=waiting.at + timedelta(days=7)) == 0
    assert waiting.state == "supplement"
    assert take_timed_steps(at=waiting.at + timedelta(days=8)) == 1
    assert waiting.state == "deemed_withdrawn"


def test_running_twice_takes_nothing_twice(waiting: Story) -> None:
    late = waiting.at + timedelta(days=8)
    assert [take_timed_steps(at=late), take_timed_steps(at=late)] == [1, 0]


def test_a_served_refusal_stands_when_the_window_is_over(town: Town, monday: datetime) -> None:
    keep_standard()
    story = Story(town, monday).apply().accept().decline().serve()
    assert take_timed_steps(at=monday + timedelta(days=15)) == 0
    assert take_timed_steps(at=monday + timedelta(days=16)) == 1
    assert story.state == "refused"


def test_only_steps_that_ask_for_nothing_are_timed() -> None:
    timed = {(table.name, step.name) for table in all_procedures() for step in table.steps if is_timed(step)}
    assert ("legal_aid_civil", "lapse") in timed
    assert not [name for name in timed if name[1] in {"dispatch", "archive", "child_closed"}]
