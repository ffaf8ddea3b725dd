"""Complaints about legal services, of three kinds: the whole way, every ending, and who may not look into it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.periodic import take_daily_steps, take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.rules.complaint import body_over
from santai.registry.models import Organisation, OrganisationKind
from santai.trust.models import Membership, User
from santai.trust.roles import Role
from tests.factories import LONG_AGO, Town, make_case, make_organisation, make_party, make_practitioner, make_staff
from tests.procedures.service_story import APPLICANT, HEAD, OFFICER, SUPERVISOR, WORDS, Told

pytestmark = pytest.mark.django_db
KINDS = {
    "complaint_legal_aid": OrganisationKind.LEGAL_AID,
    "complaint_notary": OrganisationKind.NOTARY,
    "complaint_appraisal": OrganisationKind.APPRAISAL,
}
GROUNDS = {"complaint_legal_aid": "no_progress", "complaint_notary": "overdue", "complaint_appraisal": "procedure"}
REASON = {"explanation": WORDS}
FOUND = {"facts": "承办人三个月没有告知进展。", "opinion": "投诉成立，应当改正。"}


class Complaint(Told):
    def __init__(self, town: Town, kind: str, at: datetime) -> None:
        super().__init__(town, kind, at)
        self.target = make_organisation(KINDS[kind])

    def complain(self, **changes: Any) -> Complaint:
        data = {"target": self.target.pk, "ground": GROUNDS[self.case.procedure], "story": WORDS, **changes}
        if self.case.procedure != "complaint_legal_aid":
            data.setdefault("knew_on", self.today)
        self.take("complain", APPLICANT, data)
        return self

    def accept(self) -> Complaint:
        self.take("accept", OFFICER, {"filed_on": self.today})
        return self

    def investigate(self) -> Complaint:
        self.take("assign", HEAD, {"handler": self.town.staff[OFFICER].pk})
        return self

    def report(self) -> Complaint:
        self.take("report", OFFICER, {"findings": WORDS, "proposal": WORDS})
        return self

    def find(self, step: str = "find_substantiated") -> Complaint:
        self.complain().accept().investigate().report().take(step, HEAD, FOUND)
        return self

    def reply(self) -> Complaint:
        self.take("reply", HEAD, {"told_on": self.today, "way": "letter"})
        return self


@pytest.fixture(params=sorted(KINDS))
def story(request: pytest.FixtureRequest, town: Town, monday: datetime) -> Complaint:
    return Complaint(town, request.param, monday)


@pytest.fixture
def aid(town: Town, monday: datetime) -> Complaint:
    return Complaint(town, "complaint_legal_aid", monday)


@pytest.fixture
def appraisal(town: Town, monday: datetime) -> Complaint:
    return Complaint(town, "complaint_appraisal", monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_complaint_walks_from_complaint_to_correction_and_closes_by_itself(story: Complaint) -> None:
    story.complain().accept().investigate()
    by = story.today + timedelta(days=5)
    story.take("notify_target", OFFICER, {"content": "请说明为什么没有告知进展。", "by": by})
    story.take("record_defence", OFFICER, {"answer": WORDS}, after=3)
    story.take("inquire", OFFICER, {"way": "files", "record": WORDS})
    story.report().take("find_substantiated", HEAD, FOUND)
    story.take("order_correction", HEAD, {"items": "每周告知进展。", "by": by})
    story.take("admonish", HEAD, REASON)
    story.reply()
    assert story.state == "following"
    story.take("record_result", OFFICER, {"result": "已经改正，当面道歉。"}, after=2)
    assert take_timed_steps(at=story.at) == 1
    assert story.state == "closed"
    assert story.letters == [
        "complaint_received",
        "complaint_accepted",
        "complaint_notice",
        "complaint_correction",
        "complaint_reply",
    ]
    reply = story.letter("complaint_reply")
    assert "投诉属实" in reply
    assert "责令改正、约谈、批评教育" in reply
    assert "行政复议" in reply


def test_the_body_complained_of_is_told_the_facts_and_not_who_complained(story: Complaint) -> None:
    story.complain().accept().investigate()
    by, name = story.today + timedelta(days=5), story.case.applicant.name
    with pytest.raises(Missing) as refusal:
        story.take("notify_target", OFFICER, {"content": f"{name}反映你单位没有告知进展。", "by": by})
    assert refusal.value.fields == {"content": ["内容里有投诉人的姓名。"]}
    story.take("notify_target", OFFICER, {"content": "请说明为什么没有告知进展。", "by": by})
    assert name not in story.letter("complaint_notice")
    assert story.case.applicant.phone not in story.letter("complaint_notice")


def test_an_oral_complaint_is_written_down_by_whoever_hears_it(story: Complaint) -> None:
    for role in (Role.HOTLINE_AGENT, Role.COUNTER_CLERK, SUPERVISOR):
        assert "complain" in story.offered(role)


def test_found_right_with_nothing_done_about_it_is_no_answer(story: Complaint) -> None:
    story.find()
    with pytest.raises(Missing, match="还没有采取处理措施"):
        story.reply()
    assert "reply" in story.offered(HEAD)


def test_found_wrong_it_is_answered_without_measures_and_closed(story: Complaint) -> None:
    story.find("find_unfounded")
    assert not {"order_correction", "transfer_penalty"} & story.offered(HEAD)
    story.reply()
    assert "投诉不属实" in story.letter("complaint_reply")
    assert take_timed_steps(at=story.at) == 1
    assert story.state == "closed"


def test_found_partly_right_it_may_lead_to_replacement_and_discipline(story: Complaint) -> None:
    story.find("find_partly")
    story.take("order_replacement", HEAD, REASON)
    story.take("refer_discipline", HEAD, {"to": "lawyers", "explanation": WORDS})
    story.reply()
    assert story.state == "following"


def test_a_penalty_is_checked_as_a_clue_of_its_own_and_holds_the_complaint_open(story: Complaint) -> None:
    story.find()
    story.take("transfer_penalty", HEAD, REASON)
    clue = story.case.children.get()
    assert (clue.procedure, clue.organisation) == ("enforcement_clue", story.town.bureau)
    assert FOUND["facts"] in clue.text
    story.reply()
    assert take_timed_steps(at=story.at) == 0
    assert story.state == "following"


def test_the_complaint_waits_for_the_result_of_a_correction(aid: Complaint) -> None:
    aid.find()
    aid.take("order_correction", HEAD, {"items": "改正。写清楚。", "by": aid.today + timedelta(days=3)})
    aid.reply()
    with pytest.raises(NotFromHere, match="结果还没有记录"):
        aid.take("close", OFFICER)


# --- who may look into it -----------------------------------------------------------------------------------------


def test_nobody_of_the_body_complained_of_looks_into_it(story: Complaint) -> None:
    story.complain()
    double = story.town.staff[OFFICER]
    Membership.objects.create(user=double, role=Role.LEGAL_AID_OFFICER, organisation=story.target, since=LONG_AGO)
    double = User.objects.get(pk=double.pk)
    with pytest.raises(NotYou, match="回避"):
        story.take("accept", double, {"filed_on": story.today})


def test_whoever_handled_the_case_complained_of_does_not_investigate(aid: Complaint) -> None:
    officer = aid.town.staff[OFFICER]
    old = make_case(aid.at, procedure="legal_aid_civil", applicant=aid.case.applicant, handler=officer)
    aid.complain(about=old.code)
    with pytest.raises(NotYou, match="回避"):
        aid.take("accept", OFFICER)
    aid.take("accept", SUPERVISOR)
    with pytest.raises(Missing) as refusal:
        aid.take("assign", HEAD, {"handler": officer.pk})
    assert "应当回避" in refusal.value.fields["handler"][0]


def test_a_bureau_complained_of_is_looked_at_by_the_one_above_it(aid: Complaint) -> None:
    above = make_organisation(OrganisationKind.BUREAU, region="2301")
    assert body_over(aid.town.bureau) == above
    aid.complain(target=aid.town.bureau.pk)
    assert aid.case.organisation == above


def test_a_complaint_that_lies_with_the_body_complained_of_can_only_be_handed_up(aid: Complaint) -> None:
    aid.complain()
    above = make_organisation(OrganisationKind.BUREAU, region="2301")
    aid.case.facts["complaint"]["target"] = aid.town.bureau.pk
    aid.case.save(update_fields=["facts"])
    with pytest.raises(NotYou, match="不能调查自己"):
        aid.take("accept", SUPERVISOR)
    with pytest.raises(Missing) as refusal:
        aid.take("hand_up", SUPERVISOR, {"body": aid.town.bureau.pk, **REASON})
    assert refusal.value.fields == {"body": ["不能移送给被投诉的单位。"]}
    aid.take("hand_up", SUPERVISOR, {"body": above.pk, **REASON})
    assert (aid.case.organisation, aid.state) == (above, "submitted")
    assert above.name in aid.letter("complaint_handed_up")


@pytest.mark.parametrize(("kind", "told"), [("law_firm", "不是司法行政机关"), ("own", "已经在这个机关办理")])
def test_handing_up_goes_to_another_judicial_administration(aid: Complaint, kind: str, told: str) -> None:
    aid.complain()
    body = aid.town.bureau if kind == "own" else aid.town.firm
    with pytest.raises(Missing, match=told):
        aid.take("hand_up", SUPERVISOR, {"body": body.pk, **REASON})


def test_whoever_investigated_does_not_decide(aid: Complaint) -> None:
    head = aid.town.staff[HEAD]
    Membership.objects.create(user=head, role=OFFICER, organisation=aid.town.bureau, since=LONG_AGO)
    head = User.objects.get(pk=head.pk)
    aid.complain().accept().take("assign", HEAD, {"handler": head.pk})
    aid.take("report", head, {"findings": WORDS, "proposal": WORDS})
    with pytest.raises(NotYou, match="不能自己作出处理决定"):
        aid.take("find_substantiated", head, FOUND)


def test_only_the_one_named_investigates(aid: Complaint) -> None:
    aid.complain().accept()
    with pytest.raises(NotFromHere, match="还没有指定调查人员"):
        aid.take("inquire", OFFICER, {"way": "ask", "record": WORDS})
    aid.investigate()
    with pytest.raises(NotYou, match="指定的调查人员"):
        aid.take("inquire", SUPERVISOR, {"way": "ask", "record": WORDS})
    with pytest.raises(Missing, match="不是本机关负责调查的人员"):
        aid.take("assign", HEAD, {"handler": aid.town.staff[Role.LAWYER].pk})


def test_a_recusal_that_is_asked_for_stops_the_report_until_the_head_decides(aid: Complaint) -> None:
    aid.complain().accept().investigate()
    aid.take("ask_recusal", APPLICANT, REASON)
    assert "ask_recusal" not in aid.offered(APPLICANT)
    with pytest.raises(NotFromHere, match="回避申请还没有决定"):
        aid.report()
    with pytest.raises(Missing, match="换一位"):
        aid.take("recuse", HEAD, {"handler": aid.town.staff[OFFICER].pk, **REASON})
    aid.take("recuse", HEAD, {"handler": aid.town.staff[SUPERVISOR].pk, **REASON})
    assert aid.case.handler == aid.town.staff[SUPERVISOR]
    aid.take("ask_recusal", APPLICANT, REASON)
    aid.take("refuse_recusal", HEAD, {"reason": "no_ground", **REASON})
    assert "没有应当回避的情形" in aid.letter("complaint_recusal_refused")
    assert "复核" in aid.letter("complaint_recusal_refused")


# --- the case complained of, and whom -----------------------------------------------------------------------------


def test_only_ones_own_case_can_be_complained_of_and_others_are_not_told_to_exist(story: Complaint) -> None:
    foreign = make_case(story.at, applicant=make_party("李四"))
    for code in (foreign.code, "2301020120260000019", "随便写的"):
        with pytest.raises(Missing) as refusal:
            story.complain(about=code)
        assert refusal.value.fields == {"about": ["您名下没有这个案码的案件。"]}
    own = make_case(story.at, applicant=story.case.applicant)
    story.complain(about=own.code)
    assert story.case.facts["complaint"]["about"] == own.code
    assert own.code in story.letter("complaint_received")


def test_the_body_must_be_of_the_kind_and_the_person_must_work_there(story: Complaint) -> None:
    hotline = Organisation.objects.get(pk=story.town.hotline.pk)
    with pytest.raises(Missing) as refusal:
        story.complain(target=hotline.pk)
    assert "不属于这类投诉的对象" in refusal.value.fields["target"][0]
    elsewhere = make_practitioner(make_staff(Role.LAWYER, story.town.other_firm), story.town.other_firm)
    with pytest.raises(Missing) as refusal:
        story.complain(person=elsewhere.licence)
    assert "不在" in refusal.value.fields["person"][0]


# --- endings ------------------------------------------------------------------------------------------------------

REFUSALS = {"complaint_legal_aid": "settled", "complaint_notary": "content", "complaint_appraisal": "opinion"}


def test_a_refusal_has_a_reason_a_letter_and_a_way_on(story: Complaint) -> None:
    story.complain()
    reason = REFUSALS[story.case.procedure]
    story.take("refuse", OFFICER, {"reason": reason, "filed_on": story.today, **REASON})
    assert story.state == "refused"
    assert story.case.facts["reason_label"] in story.letter("complaint_refused")
    assert "人民法院提起行政诉讼" in story.letter("complaint_refused")
    assert WORDS in story.told


def test_a_notary_complaint_about_content_is_shown_the_way_to_a_recheck(town: Town, monday: datetime) -> None:
    told = Complaint(town, "complaint_notary", monday).complain().accept().investigate()
    told.take("refer_recheck", OFFICER, REASON)
    assert "申请复查" in told.letter("complaint_recheck")
    assert told.state == "investigating"


def test_what_is_missing_is_asked_for_once_and_lapses_by_itself(story: Complaint) -> None:
    story.complain()
    asked = {"items": "请补充委托合同。", "by": story.today + timedelta(days=4)}
    story.take("ask_for_more", OFFICER, asked)
    story.take("supplement", APPLICANT, {"note": "补好了。"}, after=1)
    assert "ask_for_more" not in story.offered(OFFICER)


def test_a_complaint_nobody_supplements_is_taken_as_given_up(story: Complaint) -> None:
    story.complain()
    story.take("ask_for_more", OFFICER, {"items": "请补充委托合同。", "by": story.today + timedelta(days=3)})
    assert take_daily_steps(at=story.at + timedelta(days=3)) == 0
    assert take_daily_steps(at=story.at + timedelta(days=4)) == 1
    assert story.state == "deemed_withdrawn"
    assert "重新投诉" in story.letter("complaint_lapsed")


def test_a_matter_of_another_organ_is_transferred_with_its_reason(story: Complaint) -> None:
    story.complain()
    story.take("transfer", OFFICER, {"reason": "crime", "to": "道里区公安分局", **REASON})
    assert story.state == "transferred"
    assert "道里区公安分局" in story.letter("complaint_transferred")


def test_a_repeated_complaint_goes_into_the_first_and_a_strangers_does_not(aid: Complaint) -> None:
    aid.complain()
    again = Complaint(aid.town, "complaint_legal_aid", aid.at)
    again.target = aid.target
    again.complain()
    with pytest.raises(Missing, match="没有找到"):
        again.take("merge", OFFICER, {"main": aid.case.code, **REASON})
    again.case = make_case(aid.at, procedure="complaint_legal_aid", applicant=aid.case.applicant)
    again.complain().take("merge", OFFICER, {"main": aid.case.code, **REASON})
    assert again.state == "merged"
    assert aid.case.code in again.letter("complaint_merged")


def test_an_investigation_that_cannot_go_on_is_ended_by_the_head(story: Complaint) -> None:
    story.complain().accept()
    story.take("terminate", HEAD, {"reason": "in_court", **REASON})
    assert story.state == "terminated"
    assert "人民法院提起行政诉讼" in story.letter("complaint_terminated")


def test_the_complainant_may_withdraw_until_there_is_a_decision(story: Complaint) -> None:
    story.find("find_unfounded")
    assert "withdraw" not in story.offered(APPLICANT)
    other = Complaint(story.town, story.case.procedure, story.at).complain()
    other.take("withdraw", APPLICANT, {})
    assert other.state == "withdrawn"


def test_a_complaint_nobody_fills_in_is_closed_with_a_word(story: Complaint) -> None:
    story.take("not_complained", SUPERVISOR, REASON)
    assert story.state == "withdrawn"


def test_the_head_may_send_the_report_back(aid: Complaint) -> None:
    aid.complain().accept().investigate().report().take("return_report", HEAD, REASON)
    assert aid.state == "investigating"


# --- the three years of an appraisal complaint --------------------------------------------------------------------


def test_after_three_years_an_appraisal_complaint_is_not_accepted_but_by_postmark(appraisal: Complaint) -> None:
    appraisal.complain(knew_on=date(2023, 2, 27))
    with pytest.raises(Missing, match="超过三年"):
        appraisal.take("accept", OFFICER, {"filed_on": date(2026, 3, 2)})
    appraisal.take("accept", OFFICER, {"filed_on": date(2026, 2, 27)})
    assert appraisal.clock("window").condition == "met"


def test_too_late_is_a_reason_only_when_it_is_true(appraisal: Complaint) -> None:
    appraisal.complain(knew_on=date(2025, 1, 1))
    late = {"reason": "too_late", "filed_on": appraisal.today, **REASON}
    with pytest.raises(Missing) as refusal:
        appraisal.take("refuse", OFFICER, late)
    assert refusal.value.fields == {"reason": ["投诉没有超过三年的投诉时效。"]}


def test_the_day_of_filing_is_not_after_the_day_it_was_taken_down(appraisal: Complaint) -> None:
    appraisal.complain()
    with pytest.raises(Missing, match="不能晚于投诉登记"):
        appraisal.take("accept", OFFICER, {"filed_on": appraisal.today + timedelta(days=1)}, after=2)


def test_an_extension_after_the_end_is_refused(aid: Complaint) -> None:
    aid.complain().accept()
    with pytest.raises(Missing, match="已经超过办理期限"):
        aid.take("extend", HEAD, {"amount": 30, **REASON}, after=60)
