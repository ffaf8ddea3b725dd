"""What the person reads about time: whose turn it is, by when, and what happens when nobody acts."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.web.portal.promises import Promise, promises_of
from tests.factories import Town, make_case
from tests.procedures.legal_aid_story import DECLINE, Story

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
    assert (promise.is_yours, promise.then) == (True, "异议期满")
