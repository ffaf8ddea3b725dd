"""First-asked consultation: whoever is asked first answers, promises or hands on, and follows up to the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.models import Parameter
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import Amount, Unit
from santai.procedures.consultation import PROCEDURE
from santai.procedures.forms.consultation import Convert
from santai.procedures.rules.consultation import PROMISE_KEY, SAMPLE_KEY
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_staff
from tests.procedures.service_story import APPLICANT, SUPERVISOR, SYSTEM_ROLE, WORDS, Told, on, read

pytestmark = pytest.mark.django_db
AGENT, LEAD, LAWYER = Role.HOTLINE_AGENT, Role.HOTLINE_LEAD, Role.LAWYER
REASON = {"explanation": WORDS}
ANSWER = {"answer": "可以申请劳动仲裁，时效是一年。", "basis": "劳动争议调解仲裁法第二十七条"}
SCORE = {"points": 55, "opinion": "没有说清时效。"}
OPINION = {
    "facts_told": WORDS,
    "question": "能不能要回工资？",
    "opinion": WORDS,
    "basis": "劳动法第五十条",
    "no_conflict": True,
}


class Asked(Told):
    def __init__(self, town: Town, at: datetime) -> None:
        super().__init__(town, "consultation", at)

    def hand_on(self) -> Asked:
        self.take("take_charge", AGENT)
        self.take("hand_on", AGENT, {"organisation": self.town.firm.pk, "reason": WORDS})
        return self


def sample(per_hundred: int) -> None:
    Parameter.objects.create(key=SAMPLE_KEY, region="23", value=per_hundred, since=date(2024, 1, 1), basis="本省规定")


@pytest.fixture
def story(town: Town, monday: datetime) -> Asked:
    return Asked(town, monday)


# --- at once, promised, handed on ---------------------------------------------------------------------------------


def test_an_answer_at_once_cites_the_law_and_keeps_who_was_asked_first(story: Asked) -> None:
    sample(0)
    story.take("answer_now", AGENT, ANSWER)
    assert story.case.facts["first_asked"]["id"] == story.town.staff[AGENT].pk
    assert story.told == "已答复您：可以申请劳动仲裁，时效是一年。（依据：劳动争议调解仲裁法第二十七条）"
    assert take_timed_steps(at=story.at + timedelta(days=6)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=9)) == 1
    assert story.state == "closed"


def test_an_answer_without_the_law_it_rests_on_is_not_taken(story: Asked) -> None:
    with pytest.raises(Missing) as refusal:
        story.take("answer_now", AGENT, {"answer": "可以。应该可以。"})
    assert "basis" in refusal.value.fields


def test_a_promise_names_days_within_the_setting(story: Asked) -> None:
    story.take("take_charge", AGENT)
    with pytest.raises(Missing, match="最多承诺5个工作日"):
        story.take("promise", AGENT, {"within": 6, "reason": WORDS})
    Parameter.objects.create(key=PROMISE_KEY, region="2301", value=2, since=date(2024, 1, 1), basis="本市规定")
    with pytest.raises(Missing, match="最多承诺2个工作日"):
        story.take("promise", AGENT, {"within": 3, "reason": WORDS})
    story.take("promise", AGENT, {"within": 2, "reason": WORDS})
    assert "会在2个工作日内答复您" in story.told
    assert story.clock("promise").due_on == date(2026, 3, 4)
    story.take("answer", AGENT, ANSWER, after=2)
    assert story.clock("promise").condition == "met"


def test_handing_on_leaves_the_first_asked_responsible_until_there_is_an_answer(story: Asked) -> None:
    sample(0)
    story.hand_on()
    assert (story.case.organisation, story.case.handler) == (story.town.firm, None)
    assert "follow_up" in story.offered(AGENT)
    story.take("follow_up", AGENT, {"note": "已经打电话问过，律师今天看。"}, after=1)
    story.take("claim", LAWYER)
    with pytest.raises(NotYou, match="别人负责答复"):
        story.take("answer", AGENT, ANSWER)
    story.take("answer", LAWYER, ANSWER)
    assert take_timed_steps(at=story.at + timedelta(days=10)) == 0
    with pytest.raises(NotYou, match="首问人"):
        story.take("confirm_answered", Role.DISPATCHER, {"note": "已经清楚。"})
    story.take("confirm_answered", AGENT, {"note": "已经清楚。"}, after=1)
    assert take_timed_steps(at=story.at + timedelta(days=10)) == 1
    assert story.state == "closed"


def test_only_the_first_asked_follows_up(story: Asked) -> None:
    story.hand_on()
    other = make_staff(Role.COUNTER_CLERK, story.town.centre)
    with pytest.raises(NotYou, match=story.town.staff[AGENT].display_name):
        story.take("follow_up", other, {"note": "我来问问。好的。"})


def test_what_comes_back_lies_with_the_first_asked_again(story: Asked) -> None:
    story.hand_on().take("pass_back", LAWYER, {"reason": "conflict", **REASON})
    assert (story.state, story.case.handler) == ("in_charge", story.town.staff[AGENT])
    assert story.case.organisation == story.town.hotline


def test_nobody_hands_a_question_to_their_own_office_or_to_a_stranger_there(story: Asked) -> None:
    story.take("take_charge", AGENT)
    with pytest.raises(Missing, match="首问人自己的单位"):
        story.take("hand_on", AGENT, {"organisation": story.town.hotline.pk, "reason": WORDS})
    stranger = {"organisation": story.town.firm.pk, "handler": story.town.staff[Role.MEDIATOR].pk, "reason": WORDS}
    with pytest.raises(Missing, match="不是"):
        story.take("hand_on", AGENT, stranger)


def test_a_lawyer_who_was_asked_first_promises_and_does_not_hand_on(story: Asked, town: Town) -> None:
    mine = make_case(story.at, procedure="consultation", organisation=town.firm)
    story.case = mine
    story.take("take_charge", LAWYER)
    assert {"promise", "answer", "give_opinion"} <= story.offered(LAWYER)
    assert "hand_on" not in story.offered(LAWYER)


# --- opinion letter, further questions, conversion ----------------------------------------------------------------


def test_a_written_opinion_names_facts_question_law_and_its_limits(story: Asked) -> None:
    story.hand_on().take("give_opinion", LAWYER, OPINION)
    letter = story.letter("consultation_opinion")
    for told in ("能不能要回工资？", "劳动法第五十条", "没有另行调查", story.town.staff[LAWYER].display_name):
        assert told in letter


def test_an_opinion_is_written_by_the_licensed_alone(story: Asked) -> None:
    story.take("take_charge", AGENT)
    with pytest.raises(NotYou):
        story.take("give_opinion", AGENT, OPINION)


def test_a_further_question_goes_to_the_first_asked_and_is_answered_within_a_day(story: Asked) -> None:
    story.hand_on().take("claim", LAWYER)
    story.take("answer", LAWYER, ANSWER)
    story.take("ask_again", APPLICANT, {"question": "时效从哪天算？"}, after=1)
    assert (story.state, story.case.handler) == ("in_charge", story.town.staff[AGENT])
    assert story.clock("decide").due_on == date(2026, 3, 4)


def test_a_question_that_is_a_case_becomes_one_and_ends_with_it(story: Asked) -> None:
    story.take("convert", AGENT, {"procedure": "legal_aid_civil"})
    child = story.case.children.get()
    assert (story.state, child.procedure) == ("converted", "legal_aid_civil")
    assert "consultation" not in dict(Convert().fields["procedure"].choices)  # type: ignore[attr-defined]


def test_the_request_above_is_answered_when_the_consultation_is(town: Town, monday: datetime) -> None:
    told = Asked(town, monday)
    told.case = make_case(monday)
    told.take("refer", Role.DISPATCHER, {"procedure": "consultation"})
    root, told.case = told.case, told.case.children.get()
    told.take("answer_now", AGENT, ANSWER)
    root.refresh_from_db()
    assert root.state == "finished"


def test_a_question_that_cannot_be_answered_here_is_declined_with_a_way_on(story: Asked) -> None:
    story.take("decline", AGENT, {"reason": "not_legal", "route": "12345热线", **REASON})
    letter = story.letter("consultation_declined")
    assert "不是法律方面的问题" in letter
    assert "12345热线" in letter
    assert story.town.hotline.name in letter


def test_the_person_may_withdraw_and_add(story: Asked) -> None:
    story.take("add", APPLICANT, REASON)
    story.take("withdraw", APPLICANT, {})
    assert story.state == "withdrawn"


# --- quality ------------------------------------------------------------------------------------------------------


def test_a_sampled_answer_is_scored_by_somebody_else_before_it_closes(story: Asked) -> None:
    sample(100)
    story.take("answer_now", LEAD, ANSWER)
    with pytest.raises(NotYou, match="不能给自己的答复打分"):
        story.take("score", LEAD, {**SCORE, "points": 90})
    assert take_timed_steps(at=story.at + timedelta(days=10)) == 0
    story.take("score", SUPERVISOR, {**SCORE, "points": 90, "good": ["right", "clear"]})
    assert "score" not in story.offered(SUPERVISOR)
    assert take_timed_steps(at=story.at + timedelta(days=10)) == 1


def test_a_poor_answer_is_given_anew_and_scored_anew(story: Asked) -> None:
    sample(100)
    story.take("answer_now", AGENT, ANSWER)
    story.take("score_poor", LEAD, SCORE)
    assert (story.state, story.case.facts["quality"]) == ("in_charge", 55)
    assert "重新答复您" in story.told
    story.take("answer", AGENT, ANSWER)
    assert "score" in story.offered(LEAD)


def test_a_picked_answer_found_poor_is_looked_at_again_and_a_good_one_is_not(story: Asked) -> None:
    sample(0)
    story.take("answer_now", AGENT, ANSWER)
    story.take("pick_sample", LEAD, {"reason": "有人投诉过。"})
    story.take("ask_again", APPLICANT, {"question": "时效从哪天算？"})
    story.take("answer", AGENT, ANSWER)
    story.take("score_poor", LEAD, SCORE)
    story.take("answer", AGENT, ANSWER)
    assert "score" in story.offered(LEAD)
    story.take("score", LEAD, {**SCORE, "points": 90})
    story.take("ask_again", APPLICANT, {"question": "还要带什么？"})
    story.take("answer", AGENT, ANSWER)
    assert "score" not in story.offered(LEAD)


def test_whose_answer_is_looked_at_is_drawn_from_the_code_and_a_lead_may_pick_one_more(story: Asked) -> None:
    sample(0)
    story.take("answer_now", AGENT, ANSWER)
    assert not story.case.facts["is_sampled"]
    story.take("pick_sample", LEAD, {"reason": "有人投诉过。"})
    assert story.case.facts["is_sampled"]
    with pytest.raises(NotFromHere, match="已经在抽查之列"):
        story.take("pick_sample", LEAD, {"reason": "再抽一次。"})


# --- fifteen seconds and the other clocks -------------------------------------------------------------------------


def rang(second: int = 0) -> dict[str, Any]:
    return {"rang_at": f"2026-10-01T03:15:{second:02d}+08:00"}


def picked(second: int) -> dict[str, Any]:
    return {"answered_at": f"2026-10-01T03:15:{second:02d}+08:00"}


def test_a_call_is_picked_up_within_fifteen_seconds_also_at_night_on_a_holiday() -> None:
    ring = ("ring", on(10, 1, 3, 15), rang(0))
    assert read(PROCEDURE, "pick_up", ring).due_at == datetime(2026, 9, 30, 19, 15, 15, tzinfo=UTC)
    for second, verdict in ((15, "met"), (16, "missed")):
        answer = ("pick_up", on(10, 1, 3, 16), picked(second))
        assert read(PROCEDURE, "pick_up", ring, answer).condition == verdict


def test_the_seconds_are_explained_in_words() -> None:
    ring, answer = ("ring", on(10, 1, 3, 15), rang(5)), ("pick_up", on(10, 1, 3, 16), picked(41))
    told = read(PROCEDURE, "pick_up", ring, answer).explain()
    assert told[0] == "接听来电的期限是15秒，依据：GB/T 33358-2016（政府热线服务规范）。"
    assert "03:15:05“来电振铃”起算，按秒连续计算。" in told[1]
    assert told[-1].endswith("03:15:41“接听来电”，已超期21秒。")
    waiting = read(PROCEDURE, "pick_up", ring, now=on(10, 1, 3, 15, 12))
    assert waiting.remaining == Amount(8, Unit.SECONDS)
    assert "现在还剩8秒。" in waiting.explain()


def test_a_call_is_logged_once_and_in_order(story: Asked) -> None:
    with pytest.raises(NotFromHere, match="没有等待接听的来电"):
        story.take("pick_up", SYSTEM_ROLE, {"answered_at": story.at.isoformat()})
    with pytest.raises(Missing, match="时间还没有到"):
        story.take("ring", SYSTEM_ROLE, {"rang_at": (story.at + timedelta(seconds=1)).isoformat()})
    story.take("ring", SYSTEM_ROLE, {"rang_at": (story.at - timedelta(seconds=20)).isoformat()})
    with pytest.raises(NotFromHere, match="已经记录过"):
        story.take("ring", SYSTEM_ROLE, {"rang_at": story.at.isoformat()})
    assert not {"ring", "pick_up"} & story.offered(AGENT)
    story.take("pick_up", SYSTEM_ROLE, {"answered_at": (story.at - timedelta(seconds=6)).isoformat()})
    assert story.clock("pick_up").condition == "met"
    assert story.told == ""


CHARGE, DECIDE = ("take_charge", on(9, 24, 10)), ("promise", on(9, 30), {"within": 3})
HAND = ("hand_on", on(9, 30))


@pytest.mark.parametrize(
    ("clock", "steps", "due_on"),
    [
        ("take_charge", (("add", on(9, 30)),), date(2026, 10, 8)),
        ("decide", (("take_charge", on(10, 9)),), date(2026, 10, 10)),
        ("promise", (CHARGE, DECIDE), date(2026, 10, 10)),
        ("handed", (CHARGE, HAND), date(2026, 10, 13)),
        ("follow_up", (CHARGE, HAND), date(2026, 10, 9)),
        ("follow_up", (CHARGE, HAND, ("follow_up", on(10, 9))), date(2026, 10, 12)),
        ("ask_again", (CHARGE, ("answer", on(9, 28))), date(2026, 10, 8)),
    ],
)
def test_working_days_step_over_the_holidays_and_count_the_make_up_saturday(
    clock: str, steps: tuple[Any, ...], due_on: date
) -> None:
    assert read(PROCEDURE, clock, *steps).due_on == due_on
