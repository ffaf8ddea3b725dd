"""A "search for me" request: three working days, one question back, sources with citations, rating."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.special_collection import PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town, make_staff
from tests.procedures.service_story import APPLICANT, SUPERVISOR, WORDS, Told, on, read

pytestmark = pytest.mark.django_db
CLERK, DISPATCHER = Role.COUNTER_CLERK, Role.DISPATCHER
REASON = {"explanation": WORDS}
SOURCES = "工伤保险条例｜国务院令第586号 第十四条｜哪些情形算工伤\n\n关于灵活就业人员参保的意见|人社部发〔2021〕56号"


class Search(Told):
    def __init__(self, town: Town, at: datetime) -> None:
        super().__init__(town, "special_collection", at)

    def request(self) -> Search:
        self.take("request", APPLICANT, {"topic": "灵活就业人员的工伤保险", "wanted": ["law", "policy"]})
        return self

    def accept(self) -> Search:
        self.take("accept", CLERK)
        return self

    def collect(self, sources: str = SOURCES) -> Search:
        self.take("collect", CLERK, {"kind": "law", "sources": sources})
        return self

    def deliver(self) -> Search:
        self.request().accept().collect().take("deliver", CLERK, {"summary": "第一条是主要依据，请先看。"})
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Search:
    return Search(town, monday)


def test_what_was_found_is_delivered_with_its_citations_and_confirmed(story: Search) -> None:
    story.deliver()
    letter = story.letter("collection_delivered")
    for told in (
        "1. 〔法律法规规章〕工伤保险条例",
        "国务院令第586号 第十四条",
        "要点：哪些情形算工伤",
        "人社部发〔2021〕56号",
    ):
        assert told in letter
    story.take("confirm", APPLICANT, {})
    assert story.state == "closed"


def test_a_source_without_a_citation_is_named_by_its_line(story: Search) -> None:
    story.request().accept()
    with pytest.raises(Missing, match="第2条没有写出处"):
        story.collect("工伤保险条例｜国务院令第586号\n某个意见")
    with pytest.raises(Missing, match="请至少写一条资料"):
        story.collect("  \n ")
    with pytest.raises(Missing, match="一次最多50条"):
        story.collect("标题｜出处\n" * 51)


def test_the_same_source_twice_is_listed_once(story: Search) -> None:
    story.request().accept().collect().collect()
    assert len(story.case.facts["sources"]) == 2


def test_nothing_found_says_where_it_was_looked_for(story: Search) -> None:
    story.request().accept()
    with pytest.raises(Missing, match="还没有登记任何资料"):
        story.take("deliver", CLERK, {"summary": WORDS})
    story.take("deliver_none", CLERK, {"where": "国家法律法规数据库，3月2日。", "advice": "可以申请信息公开。"})
    assert "国家法律法规数据库" in story.letter("collection_none")


def test_somebody_asks_back_once(story: Search) -> None:
    story.request().accept()
    ask = {"question": "您说的灵活就业是指平台配送吗？", "by": story.today + timedelta(days=3)}
    story.take("ask_to_clarify", CLERK, ask)
    story.take("clarify", APPLICANT, {"answer": "是的，送外卖。"}, after=1)
    assert "ask_to_clarify" not in story.offered(CLERK)


def test_no_answer_to_the_question_closes_the_request_by_itself(story: Search) -> None:
    story.request().take("ask_to_clarify", CLERK, {"question": WORDS, "by": story.today + timedelta(days=3)})
    assert take_timed_steps(at=story.at + timedelta(days=3)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=4)) == 1
    assert (story.state, story.letters) == ("lapsed", ["collection_clarify", "collection_lapsed"])


def test_a_refusal_has_its_reason_letter_and_way_on(story: Search) -> None:
    story.request().take("refuse", CLERK, {"reason": "not_public", "route": "申请政府信息公开", **REASON})
    letter = story.letter("collection_refused")
    assert "属于依申请公开的政府信息" in letter
    assert "申请政府信息公开" in letter


def test_whoever_collects_does_not_lengthen_their_own_time(story: Search) -> None:
    story.request().take("accept", DISPATCHER)
    with pytest.raises(NotYou, match="不能给自己延期"):
        story.take("extend", DISPATCHER, {"amount": 3, **REASON})
    story.take("extend", SUPERVISOR, {"amount": 2, **REASON})
    assert story.clock("collection").due_on == date(2026, 3, 9)
    assert "extend" not in story.offered(SUPERVISOR)


def test_an_extension_after_the_end_is_refused(story: Search) -> None:
    story.request().accept()
    with pytest.raises(Missing, match="已经超过期限"):
        story.take("extend", SUPERVISOR, {"amount": 3, **REASON}, after=10)


def test_another_colleague_does_not_deliver_in_ones_place(story: Search) -> None:
    story.request().accept().collect()
    other = make_staff(CLERK, story.town.centre)
    with pytest.raises(NotYou, match="别的同事"):
        story.take("deliver", other, {"summary": WORDS})


def test_what_is_not_enough_is_looked_for_again_once(story: Search) -> None:
    story.deliver()
    story.take("look_again", APPLICANT, {"lacking": "没有本省的规定。"})
    assert story.state == "collecting"
    assert story.told == "正在重新为您查找：没有本省的规定。"
    story.take("deliver", CLERK, {"summary": WORDS + WORDS})
    with pytest.raises(NotFromHere, match="已经重新搜集过一次"):
        story.take("look_again", APPLICANT, {"lacking": "还不够。"})


def test_without_a_word_it_closes_after_the_window(story: Search) -> None:
    story.deliver()
    assert take_timed_steps(at=story.at + timedelta(days=15)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=16)) == 1
    assert story.state == "closed"


@pytest.mark.parametrize(("step", "who"), [("not_requested", CLERK), ("withdraw", APPLICANT)])
def test_it_can_be_dropped(story: Search, step: str, who: Role) -> None:
    story.take(step, who, REASON)
    assert story.state == "withdrawn"


REQUEST = ("request", on(9, 30))


@pytest.mark.parametrize(
    ("steps", "due_on"),
    [
        ((REQUEST,), date(2026, 10, 10)),
        ((REQUEST, ("extend", on(10, 8), {"amount": 3})), date(2026, 10, 14)),
        ((REQUEST, ("ask_to_clarify", on(10, 8)), ("clarify", on(10, 10))), date(2026, 10, 13)),
    ],
)
def test_three_working_days_over_holidays_make_up_day_pause_and_extension(steps: Any, due_on: date) -> None:
    assert read(PROCEDURE, "collection", *steps).due_on == due_on


def test_looked_for_again_it_takes_three_days_again() -> None:
    steps = (REQUEST, ("accept", on(9, 30)), ("deliver", on(10, 8)), ("look_again", on(10, 9)))
    reading = read(PROCEDURE, "collection", *steps)
    assert (reading.due_on, reading.missed_before) == (date(2026, 10, 13), 0)
