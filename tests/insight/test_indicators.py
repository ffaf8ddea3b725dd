"""The first figures: counted from what happened, and honest about nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from santai.casework.actions import take_step
from santai.evaluation.rate import rate
from santai.insight.indicators import indicators
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.roles import Role
from tests.factories import make_case, make_region

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def answered(town, at, *, after=HOUR, score=0, **fields):
    """A case given to the firm at once, answered `after` its receipt and, with a score, rated."""
    case = make_case(at, **fields)
    lawyer = town.actor(Role.LAWYER)
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": str(town.firm.pk)}, at=at)
    take_step(case, "claim", actor=lawyer, at=at)
    take_step(case, "finish", actor=lawyer, data={"answer": "可以申请劳动仲裁。"}, at=at + after)
    if score:
        owner = Actor.applicant(case.applicant_id, Channel.WEB)
        rate(case, score, comment="没有说清楚", actor=owner, at=at + after + HOUR)
    return case


def figures(*args, **kwargs):
    return {one.code: one for one in indicators(*args, **kwargs)}


def test_a_share_of_nothing_is_not_zero(db):
    found = figures()
    assert found["received.all"].value == 0
    assert {code for code, one in found.items() if one.value is None} == {
        code for code in found if not code.startswith("received.")
    }


def test_each_platform_is_counted_by_itself_and_all_together(town, monday):
    answered(town, monday, channel=Channel.HOTLINE, score=5)
    answered(town, monday, channel=Channel.HOTLINE, score=2)
    make_case(monday, channel=Channel.WEB)
    found = figures()
    assert [found[f"received.{name}"].value for name in ("all", "hotline", "web", "counter")] == [3, 2, 1, 0]
    assert found["finished.web"].value == 0
    assert (found["rating.hotline"].numerator, found["rating.hotline"].value) == (7, 3.5)
    assert (found["satisfied.all"].numerator, found["satisfied.all"].denominator) == (1, 2)


def test_a_late_answer_is_finished_but_not_in_time(town, monday):
    answered(town, monday)
    answered(town, monday, after=WEEK + WEEK)
    found = figures()
    assert (found["finished.all"].numerator, found["in_time.all"].numerator) == (2, 1)
    assert found["in_time.all"].value == 0.5
    assert found["days.all"].value == pytest.approx((1 / 24 + 14) / 2, abs=0.01)


def test_an_answer_given_at_once_is_in_time(town, monday):
    case = make_case(monday)
    clerk = town.actor(Role.COUNTER_CLERK, Channel.COUNTER)
    take_step(case, "answer_now", actor=clerk, data={"answer": "请带身份证来办理。"}, at=monday + HOUR)
    assert figures()["in_time.all"].value == 1


def test_a_need_that_was_declined_or_withdrawn_is_not_finished(town, monday):
    case = make_case(monday)
    take_step(case, "withdraw", actor=Actor.applicant(case.applicant_id), at=monday + HOUR)
    assert figures()["finished.all"].value == 0


def test_only_the_division_and_the_days_asked_for_are_counted(town, monday):
    make_region("230202", "龙沙区", "黑龙江省齐齐哈尔市龙沙区")
    make_case(monday)
    make_case(monday, region="230202")
    make_case(monday + WEEK)
    day = monday.date()
    counts = [
        figures("2301")["received.all"].value,
        figures("230202")["received.all"].value,
        figures(since=day, until=day)["received.all"].value,
        figures(since=day + timedelta(days=1))["received.all"].value,
    ]
    assert counts == [2, 1, 2, 1]


def test_two_questions_to_the_database_however_many_cases(town, monday, django_assert_num_queries):
    for _ in range(3):
        answered(town, monday)
    with django_assert_num_queries(2):
        indicators("23")
