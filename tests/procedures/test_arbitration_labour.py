"""Labour arbitration from application to an award in force, and every other way it can end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.chain import fault_in
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.procedures.arbitration_labour import PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town, make_region
from tests.procedures.arbitration_story import (
    APPLICANT,
    DECLINE,
    REASON,
    Labour,
    keep_minimum_wage,
)

pytestmark = pytest.mark.django_db
COURT = {"court": "道里区人民法院"}


@pytest.fixture
def story(town: Town, monday: datetime) -> Labour:
    keep_minimum_wage()
    return Labour(town, monday)


@pytest.fixture
def formed(story: Labour) -> Labour:
    return story.apply().accept().form()


@pytest.fixture
def heard(formed: Labour) -> Labour:
    return formed.announce().hear().mediate()


def suit(story: Labour, party: str, **changes: object) -> dict[str, object]:
    return {**COURT, "party": party, "filed_on": story.today, **changes}


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_wage_claim_walks_from_application_to_an_award_in_force(story: Labour) -> None:
    story.apply().accept()
    story.take("send_copy", data={"served_on": story.today, "way": "post", "tracking": "EMS1"}, after=1)
    story.take("answer", data={"received_on": story.today, "text": "不欠工资，有转账记录。"}, after=3)
    story.take("send_answer", data={"served_on": story.today, "way": "in_person"}, after=1)
    story.form().announce().hear().mediate().award(wages="12000")
    story.serve("serve_worker").serve("serve_employer_final")
    story.take("close", Role.SYSTEM, after=35)
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at, story.case.closed_at) == ("closed", None, story.at)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == [
        "arbitration_labour_accepted",
        "arbitration_tribunal",
        "arbitration_hearing",
        "arbitration_labour_award",
    ]


def test_an_answer_that_has_not_come_is_not_passed_on(story: Labour) -> None:
    story.apply().accept()
    with pytest.raises(NotFromHere, match="没有待送达"):
        story.take("send_answer", data={"served_on": story.today, "way": "in_person"})


def test_the_citizen_reads_the_story_in_plain_words(heard: Labour) -> None:
    heard.award(wages="12000")
    told = [line.sentence for line in citizen_timeline(heard.case)]
    assert "仲裁申请已提交（免费），仲裁委员会应当在5个工作日内决定是否受理。" in told
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_nobody_is_asked_for_money() -> None:
    fields = [
        f"{name} {field.label}"
        for step in PROCEDURE.steps
        if step.form
        for name, field in step.form.base_fields.items()
    ]
    asked = ("fee", "受理费", "仲裁费", "交费", "处理费")
    assert [one for one in fields if any(word in one for word in asked)] == []


# --- acceptance ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "words"), [("service", "劳务"), ("administrative", "行政复议")])
def test_what_is_no_labour_dispute_is_not_accepted(story: Labour, kind: str, words: str) -> None:
    story.apply(kind=kind)
    with pytest.raises(Missing, match=words):
        story.accept()
    story.take("decline", data={"reason": "out_of_scope", **DECLINE})
    body = story.letter("arbitration_labour_declined")
    assert "不属于劳动争议" in body
    assert "向人民法院起诉" in body


def test_papers_of_identity_and_matter_are_needed(story: Labour) -> None:
    story.apply(Doc.OTHER)
    with pytest.raises(Missing) as refusal:
        story.accept()
    assert len(refusal.value.problems) == 2


@pytest.mark.parametrize(("workers", "is_group"), [(9, False), (10, True)])
def test_from_ten_workers_on_representatives_are_named(story: Labour, workers: int, is_group: bool) -> None:
    story.apply(workers=workers)
    if not is_group:
        story.accept()
        return
    with pytest.raises(Missing, match="推举代表"):
        story.accept()
    story.take("ask_for_more", data={"items": "请推举三至五名代表", "by": story.today + timedelta(days=5)})
    story.take("supplement", APPLICANT, {"representatives": "张一、李二、王三"})
    story.accept()
    assert "张一、李二、王三" in story.letter("arbitration_labour_accepted")


def test_another_district_gets_the_case(story: Labour) -> None:
    make_region("230103", "南岗区", "黑龙江省哈尔滨市南岗区")
    story.apply(contract_place="230103")
    with pytest.raises(Missing, match="不在本辖区"):
        story.accept()
    story.take("transfer", data={"to": "南岗区劳动人事争议仲裁委员会，电话0451-2", **REASON})
    assert (story.state, story.letters[-1]) == ("transferred", "arbitration_transferred")


def test_the_place_of_the_employer_is_enough(story: Labour) -> None:
    make_region("230103", "南岗区", "黑龙江省哈尔滨市南岗区")
    story.apply(contract_place="230103", employer_place="230102").accept()


def test_an_unknown_place_is_turned_away_by_its_field(story: Labour) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(contract_place="999999")
    assert "没有这个区划" in refusal.value.fields["contract_place"][0]


def test_a_claim_older_than_a_year_is_pointed_out_and_not_turned_away(story: Labour) -> None:
    story.apply(known_on="2024-01-01").accept()
    assert "已过一年" in story.case.facts["limitation"]


def test_an_agent_shows_an_authorisation(story: Labour) -> None:
    story.apply(agent="钱律师")
    with pytest.raises(Missing, match="代理权证明"):
        story.accept()


@pytest.mark.parametrize("role", [Role.LAWYER, Role.SUPERVISOR, Role.COUNTER_CLERK, Role.DISPATCHER])
def test_nobody_but_the_secretary_of_the_body_decides(story: Labour, role: Role) -> None:
    story.apply()
    with pytest.raises(NotYou):
        story.take("decline", role, {})


def test_withdrawal_is_open_until_the_award(story: Labour, town: Town) -> None:
    story.apply().accept().form().announce()
    story.take("withdraw", APPLICANT, {"explanation": "单位已经付清。"})
    assert (story.state, story.letters[-1]) == ("withdrawn", "arbitration_withdrawn")


def test_papers_that_do_not_come_and_applications_never_made(story: Labour, town: Town) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "劳动合同或工资条", "by": story.today + timedelta(days=3)})
    assert take_timed_steps(at=story.at + timedelta(days=4)) == 1
    assert (story.state, story.letters[-1]) == ("deemed_withdrawn", "arbitration_lapsed")


def test_an_application_never_made_is_closed(story: Labour) -> None:
    story.take("not_applied", data=REASON)
    assert story.state == "withdrawn"


# --- overdue ------------------------------------------------------------------------------------------------------


def test_no_decision_in_five_working_days_opens_the_court(story: Labour) -> None:
    story.apply()
    with pytest.raises(NotFromHere, match="2026-03-09"):
        story.take("go_to_court", APPLICANT, {}, after=7)
    story.take("go_to_court", APPLICANT, {}, after=8)
    assert story.state == "court"
    assert "向人民法院起诉" in story.letter("arbitration_labour_overdue")


def test_no_award_in_forty_five_days_opens_the_court(formed: Labour) -> None:
    formed.announce()
    with pytest.raises(NotFromHere, match="2026-04-16"):
        formed.take("go_to_court", APPLICANT, {}, after=45)
    formed.take("go_to_court", APPLICANT, {}, after=46)
    assert formed.state == "court"


# --- hearing ------------------------------------------------------------------------------------------------------


def test_a_hearing_is_announced_five_working_days_before(formed: Labour) -> None:
    with pytest.raises(Missing, match="开庭5个工作日前"):
        formed.announce(formed.today + timedelta(days=4))
    formed.announce(formed.today + timedelta(days=7))


def test_a_postponement_is_asked_for_three_working_days_before(formed: Labour) -> None:
    formed.announce(date(2026, 3, 16))
    ask = {"side": "applicant", "explanation": "当天要住院做手术。"}
    with pytest.raises(Missing, match="3个工作日前"):
        formed.take("ask_postponement", APPLICANT, ask, after=10)
    formed.take("ask_postponement", APPLICANT, ask, after=9)
    formed.take("refuse_postponement", data=REASON)
    formed.announce(date(2026, 3, 30))
    assert formed.case.facts["hearing"]["hearing_on"] == "2026-03-30"


def test_a_claimant_who_stays_away_withdraws(formed: Labour) -> None:
    formed.announce()
    formed.take("absent", data={"was_notified": True, "explanation": "经书面通知没有到庭。"}, after=14)
    assert formed.state == "deemed_withdrawn"
    assert "12348" in formed.letter("arbitration_absent")


def test_a_worker_may_be_paid_first_without_security(formed: Labour) -> None:
    data = {"amount": "3000", "clear": True, "urgent": True, "court": "道里区人民法院", **REASON}
    formed.take("first_execution", data=data)
    assert "可以不提供担保" in formed.letter("arbitration_labour_first_execution")


def test_an_employer_is_not_paid_first(story: Labour) -> None:
    story.apply(applicant_is="employer").accept().form()
    data = {"amount": "3000", "clear": True, "urgent": True, "court": "道里区人民法院", **REASON}
    with pytest.raises(Missing, match="由劳动者申请"):
        story.take("first_execution", data=data)


def test_recusal_is_decided_before_the_hearing_goes_on(formed: Labour) -> None:
    ask = {"side": "applicant", "arbitrator": "张仲裁", "ground": "interest", "known_on": formed.today, **REASON}
    formed.take("ask_recusal", APPLICANT, ask)
    with pytest.raises(NotFromHere, match="回避"):
        formed.announce()
    formed.take("keep_arbitrator", data=REASON)
    formed.take("ask_recusal", data={**ask, "side": "respondent"})
    data = {"leaving": "张仲裁", "presiding": "李仲裁", **REASON}
    formed.take("replace_arbitrator", data=data)
    formed.announce()
    assert {"arbitration_recusal_refused", "arbitration_replaced"} <= set(formed.letters)


# --- mediation ----------------------------------------------------------------------------------------------------


def test_no_award_without_an_attempt_at_mediation(formed: Labour) -> None:
    formed.announce().hear()
    with pytest.raises(Missing, match="先行调解"):
        formed.award(wages="12000")
    formed.mediate().award(wages="12000")


def test_a_mediated_case_ends_when_both_have_signed(heard: Labour) -> None:
    heard.take("mediated", data={"text": "单位三日内付清工资一万元。"})
    heard.take("repudiate", data={"side": "respondent", **REASON})
    heard.take("mediated", data={"text": "单位三日内付清工资一万元。"})
    heard.take("sign_mediation", data={"served_on": heard.today, "way": "in_person"})
    assert (heard.state, heard.letters[-1]) == ("settled", "arbitration_mediated")


# --- award --------------------------------------------------------------------------------------------------------


def test_a_final_award_says_who_may_do_what(heard: Labour) -> None:
    heard.award(wages="24000")
    body = heard.letter("arbitration_labour_award")
    assert "本裁决是终局裁决" in body
    assert "用人单位有证据证明" in body
    assert "劳动报酬24000元，不超过24000元" in body


def test_an_award_above_the_line_is_not_final(heard: Labour) -> None:
    heard.award(wages="24001")
    assert "任何一方不服的" in heard.letter("arbitration_labour_award")


def test_the_tribunal_may_find_otherwise_with_a_reason(heard: Labour) -> None:
    with pytest.raises(Missing) as refusal:
        heard.award(wages="12000", found_final="not_final")
    assert "found_because" in refusal.value.fields
    heard.award(wages="12000", found_final="not_final", found_because="同时确认劳动关系，不可分。")
    assert heard.case.facts["is_final"] is False


def test_without_a_minimum_wage_the_tribunal_says_it(town: Town, monday: datetime) -> None:
    story = Labour(town, monday).apply().accept().form().announce().hear().mediate()
    with pytest.raises(Missing, match="最低工资标准还没有录入"):
        story.award(wages="12000")
    story.award(wages="12000", found_final="final", found_because="市里公布的标准是每月2080元。")
    assert story.case.facts["is_final"] is True


def test_the_employer_is_served_in_the_way_the_award_calls_for(heard: Labour) -> None:
    heard.award(wages="12000")
    with pytest.raises(NotFromHere, match="是终局裁决"):
        heard.serve("serve_employer")
    heard.serve("serve_employer_final")
    with pytest.raises(NotFromHere):
        heard.serve("serve_employer_final")


def test_a_non_final_award_has_no_service_of_a_final_one(heard: Labour) -> None:
    heard.award(wages="50000")
    with pytest.raises(NotFromHere, match="不是终局裁决"):
        heard.serve("serve_employer_final")
    heard.serve("serve_employer")
