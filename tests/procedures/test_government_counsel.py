"""An organ's legal counsel: filed, asked before decisions, followed or not with a reason, assessed, removed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.chain import fault_in
from santai.casework.periodic import take_daily_steps, take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.people.models import Party
from santai.procedures.government_counsel import PROCEDURE
from santai.trust.models import Membership, User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import LONG_AGO, Town
from tests.procedures.adviser_story import APPLICANT, DECLINE, LAWYER, REASON, SUPERVISOR, Story, on

pytestmark = pytest.mark.django_db
PAPERS = (Doc.SERVICE_CONTRACT, Doc.APPROVAL)
ASK = {"title": "某片区改造补偿方案", "kind": "major", "question": "补偿标准和程序是否合法，有没有风险。"}
OPINION = {
    "conclusion": "after_changes",
    "opinion": "方案应当先公开征求意见并经合法性审查，再提请集体讨论决定。",
    "basis": "重大行政决策程序暂行条例",
}
REMOVE = {"ground": "agreed", **REASON}


class Counsel(Story):
    procedure = "government_counsel"
    name = "道里区某局"

    def file(self, **changes: Any) -> Counsel:
        data = {
            "level": "county",
            "practitioner": self.lawyer.pk,
            "chosen_by": "open",
            "decided_on": self.today,
            "begins_on": date(2026, 1, 1),
            "ends_on": date(2026, 12, 31),
            "scope": "重大决策、规范性文件、合同和纠纷。",
            "declared": True,
            **changes,
        }
        self.take("file", APPLICANT, data, *PAPERS)
        return self

    def accepted(self, **changes: Any) -> Counsel:
        self.file(**changes)
        self.take("accept_filing", SUPERVISOR)
        return self

    def ask(self, on: datetime | None = None, **changes: Any) -> Counsel:
        step = "ask_another" if self.state == "asked" else "ask_opinion"
        data = {**ASK, "by": (on or self.at).date() + timedelta(days=7), **changes}
        self.take(step, APPLICANT, data, on=on)
        return self

    def answer(self, number: int, name: str = "give_opinion") -> Counsel:
        self.take(name, LAWYER, {**OPINION, "question_number": number})
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Counsel:
    return Counsel(town, monday)


@pytest.fixture
def counsel(story: Counsel) -> Counsel:
    return story.accepted()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_an_organ_files_asks_decides_and_the_term_runs_out(counsel: Counsel) -> None:
    assert (counsel.state, counsel.case.handler) == ("in_force", counsel.town.staff[LAWYER])
    counsel.ask().answer(1)
    counsel.take("adopt_partly", APPLICANT, {"question_number": 1, "decided_on": counsel.today,
                                             "explanation": "工期要求紧，公开征求意见的期限缩短。"})  # fmt: skip
    assert take_daily_steps(at=on(1, 4, year=2027)) == 1
    assert counsel.refresh().state == "expired"
    assert counsel.letters == ["counsel_filed", "counsel_opinion"]
    assert fault_in(counsel.case.log.order_by("number"), code=counsel.case.code, version=counsel.case.version) == ""


def test_the_organ_reads_it_in_plain_words(counsel: Counsel) -> None:
    counsel.ask().answer(1)
    told = [line.sentence for line in citizen_timeline(counsel.case)]
    assert any("应当先公开征求意见" in sentence for sentence in told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


# --- filing -------------------------------------------------------------------------------------------------------


def test_a_filing_needs_the_contract_and_the_decision(story: Counsel) -> None:
    with pytest.raises(Missing) as refusal:
        story.take("file", APPLICANT, {})
    assert "缺少材料" in refusal.value.problems[0]


def test_a_person_files_nobody(town: Town, monday: datetime) -> None:
    story = Counsel(town, monday)
    Party.objects.filter(pk=story.case.applicant_id).update(kind=Party.Kind.PERSON)
    story.refresh()
    with pytest.raises(Missing, match="不能以个人名义"):
        story.file()


def test_whoever_may_not_practise_is_not_filed(story: Counsel) -> None:
    story.lawyer.last_assessment = "不称职"
    story.lawyer.save()
    with pytest.raises(Missing, match="不称职"):
        story.file()


def test_a_term_has_an_end_not_too_far_away(story: Counsel) -> None:
    with pytest.raises(Missing, match="晚于开始日"):
        story.file(ends_on=date(2025, 12, 31))
    with pytest.raises(Missing, match="聘期一次最长5年"):
        story.file(ends_on=date(2040, 1, 1))


def test_papers_are_asked_for_once_and_then_it_is_decided(story: Counsel) -> None:
    story.file()
    ask = {"items": "缺集体决定的会议纪要", "by": story.today + timedelta(days=5)}
    story.take("ask_for_more", SUPERVISOR, ask)
    story.take("supplement", APPLICANT, {}, Doc.APPROVAL)
    with pytest.raises(NotFromHere, match="已经一次性"):
        story.take("ask_for_more", SUPERVISOR, ask)
    story.take("decline", SUPERVISOR, {"reason": "unfit", **DECLINE})
    assert (story.state, story.letters[-1]) == ("declined", "counsel_not_filed")


def test_papers_that_never_come_end_the_filing(story: Counsel) -> None:
    story.file()
    story.take("ask_for_more", SUPERVISOR, {"items": "缺集体决定的会议纪要", "by": story.today + timedelta(days=7)})
    assert take_timed_steps(at=story.at + timedelta(days=8)) == 1
    assert story.refresh().state == "withdrawn"


@pytest.mark.parametrize("role", [Role.LAWYER, Role.MEDIATOR, Role.DISPATCHER])
def test_nobody_but_the_bureau_accepts_a_filing(story: Counsel, role: Role) -> None:
    story.file()
    with pytest.raises(NotYou):
        story.take("accept_filing", role)


# --- opinions -----------------------------------------------------------------------------------------------------


def test_two_questions_are_numbered_answered_and_followed_up_apart(counsel: Counsel) -> None:
    counsel.ask().ask(title="采购合同")
    offered = {step.name for step in steps_open_to(counsel.case, counsel.town.actor(LAWYER), at=counsel.at)}
    assert "give_one_opinion" in offered
    assert "give_opinion" not in offered
    counsel.answer(2, "give_one_opinion")
    assert counsel.state == "asked"
    counsel.answer(1)
    assert counsel.state == "in_force"
    counsel.take("adopt", APPLICANT, {"question_number": 2, "decided_on": counsel.today})
    counsel.take("not_adopt", APPLICANT, {"question_number": 1, "decided_on": counsel.today, **REASON})
    assert [one["status"] for one in counsel.facts["questions"].values()] == ["not_adopted", "adopted"]


def test_an_answer_is_of_a_question_that_was_asked(counsel: Counsel) -> None:
    with pytest.raises(NotFromHere, match="不能在"):
        counsel.answer(1)
    counsel.ask()
    with pytest.raises(Missing, match="没有这一号"):
        counsel.answer(2)
    counsel.answer(1)
    counsel.ask(title="另一件合同")
    with pytest.raises(Missing, match="没有这一号"):
        counsel.answer(1)


def test_a_question_may_be_taken_back(counsel: Counsel) -> None:
    counsel.ask()
    counsel.take("take_back", APPLICANT, {"question_number": 1, **REASON})
    assert (counsel.state, counsel.facts["questions"]["1"]["status"]) == ("in_force", "taken_back")


def test_a_decision_before_the_opinion_is_not_a_decision_after_hearing_counsel(counsel: Counsel) -> None:
    counsel.ask().answer(1)
    with pytest.raises(Missing, match="早于法律意见的日期"):
        counsel.take("adopt", APPLICANT, {"question_number": 1, "decided_on": counsel.today - timedelta(days=1)})


def test_not_following_counsel_is_told_to_the_supervisor_with_the_reason(counsel: Counsel) -> None:
    counsel.ask().answer(1)
    with pytest.raises(Missing):
        counsel.take("not_adopt", APPLICANT, {"question_number": 1, "decided_on": counsel.today})
    entry = counsel.take("not_adopt", APPLICANT, {"question_number": 1, "decided_on": counsel.today, **REASON})
    assert REASON["explanation"] in entry.told


def test_nobody_asks_outside_the_term(counsel: Counsel) -> None:
    with pytest.raises(Missing, match="不在聘期内"):
        counsel.ask(on=on(1, 2, year=2027))


# --- assessment and end -------------------------------------------------------------------------------------------


def test_counsel_does_not_assess_themselves_and_not_before_the_year_is_over(counsel: Counsel) -> None:
    assess = {"year": 2026, "grade": "excellent", "opinion": "全年出具意见及时，质量较好。"}
    with pytest.raises(Missing, match="还没有结束"):
        counsel.take("assess", SUPERVISOR, assess)
    lawyer = User.objects.get(pk=counsel.town.staff[LAWYER].pk)
    Membership.objects.create(user=lawyer, role=SUPERVISOR, organisation=counsel.town.bureau, since=LONG_AGO)
    with pytest.raises(NotYou, match="不能考核自己"):
        counsel.take("assess", user=lawyer, data=assess, on=on(1, 4, year=2027))
    counsel.take("assess", SUPERVISOR, assess, on=on(1, 4, year=2027))
    with pytest.raises(Missing, match="已经考核过"):
        counsel.take("assess", SUPERVISOR, assess)


def test_removal_names_a_ground_and_a_remedy(counsel: Counsel) -> None:
    with pytest.raises(Missing, match="早于聘期开始日"):
        counsel.take("remove", APPLICANT, {**REMOVE, "ended_on": date(2025, 1, 1)})
    counsel.take("remove", APPLICANT, {**REMOVE, "ended_on": counsel.today})
    assert counsel.state == "ended"
    assert "申请仲裁或者向人民法院起诉" in counsel.letter("counsel_removed")


def test_the_bureau_may_strike_a_filing_off(counsel: Counsel) -> None:
    counsel.take("strike_off", SUPERVISOR, {"ground": "lost_licence", "ended_on": counsel.today, **REASON})
    assert (counsel.state, counsel.letters[-1]) == ("ended", "counsel_removed")


def test_a_filing_may_be_withdrawn(story: Counsel) -> None:
    story.file()
    story.take("withdraw", APPLICANT, {})
    assert story.state == "withdrawn"


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> Counsel:
    """Thursday 24 September 2026; Mid-Autumn to the 27th, 1 to 7 October off, Saturday 10 October works."""
    import_package_years([2026])
    return Counsel(town, on(9, 24))


def test_the_filing_is_decided_within_fifteen_working_days_without_the_wait_for_papers(autumn: Counsel) -> None:
    autumn.file()
    assert autumn.due("review") == date(2026, 10, 22)
    autumn.take("ask_for_more", SUPERVISOR, {"items": "缺会议纪要", "by": date(2026, 10, 20)}, on=on(9, 28))
    assert autumn.clock("review").condition == "paused"
    autumn.take("supplement", APPLICANT, {}, on=on(10, 12))
    # One day was used before the pause (28 September); fourteen follow 12 October.
    assert autumn.due("review") == date(2026, 10, 30)


def test_the_opinion_runs_from_the_oldest_open_question(autumn: Counsel) -> None:
    autumn.accepted(ends_on=date(2027, 12, 31))
    autumn.ask(on=on(9, 29))
    assert autumn.due("opinion") == date(2026, 10, 14)
    autumn.ask(on=on(10, 9), title="另一件")
    assert autumn.due("opinion") == date(2026, 10, 14)
    autumn.take("give_one_opinion", LAWYER, {**OPINION, "question_number": 1}, on=on(10, 9))
    assert autumn.clock("opinion").condition == "running"
    autumn.take("give_opinion", LAWYER, {**OPINION, "question_number": 2}, on=on(10, 12, 17))
    assert autumn.clock("opinion").condition == "met"
    assert autumn.due("feedback") == date(2026, 11, 11)


def test_no_limit_of_a_filing_pretends_to_be_law() -> None:
    assert {clock.confidence for clock in PROCEDURE.clocks} == {"U"}
