"""What the person reads about time: whose turn it is, by when, and what happens when nobody acts."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.kernel import Procedure, all_procedures
from santai.casework.periodic import is_timed
from santai.trust.roles import Role
from santai.web.portal.promise_words import AFTERWARDS
from santai.web.portal.promises import Promise, promises_of
from tests.factories import Town, make_case
from tests.procedures.legal_aid_story import DECLINE, Story
from tests.web.staff_pages import answered_case

pytestmark = pytest.mark.django_db


def promise_of(story: Story, word: str) -> Promise:
    return next(promise for promise in promises_of(story.case) if word in promise.sentence)


def test_what_the_office_must_do_is_not_asked_of_the_person(town: Town, monday: datetime) -> None:
    (promise,) = promises_of(make_case(monday))
    assert (promise.is_yours, promise.then) == (False, "")
    story = Story(town, monday).apply()
    assert not promise_of(story, "审查申请").is_yours


def test_an_application_still_to_be_written_is_the_persons_turn(town: Town, monday: datetime) -> None:
    assert promise_of(Story(town, monday), "提交申请").is_yours


def test_a_window_that_closes_says_what_then(town: Town, monday: datetime) -> None:
    story = Story(town, monday).apply().accept()
    story.take("decline", data=DECLINE)
    story.take("serve_decision", data={"served_on": monday.date(), "way": "in_person"})
    promise = promise_of(story, "提出异议")
    assert (promise.is_yours, promise.then) == (True, "过了这一天没有提出异议，就按原来的决定办。")


def test_an_order_to_be_rated_says_plainly_what_becomes_of_it(town: Town) -> None:
    (promise,) = promises_of(answered_case(town))
    assert (promise.is_yours, promise.then) == (True, "过了这一天还没有评价，就按未评价结束。")


def closing_labels(table: Procedure) -> set[str]:
    """Labels of the steps that are taken by themselves where it was the person's turn before a limit ran out."""
    found = set()
    for clock in table.clocks:
        ends = [step for step in table.steps if step.name in clock.until_steps or step.target in clock.until]
        for state in table.open_states:
            here = [step for step in ends if state in step.sources]
            asked = [step for step in here if not is_timed(step)]
            onward = [step for step in asked if step.target not in table.final] or asked
            if onward and all(Role.APPLICANT in step.allowed_roles for step in onward):
                found |= {step.label for step in here if is_timed(step)}
    return found


@pytest.mark.parametrize("table", all_procedures(), ids=lambda table: f"{table.name}-{table.version}")
def test_whatever_becomes_of_a_limit_has_a_sentence_of_its_own(table: Procedure) -> None:
    assert closing_labels(table) - set(AFTERWARDS) == set()
