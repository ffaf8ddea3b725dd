"""Commercial arbitration from application to the tribunal, and every way it can end before the award."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.actions import take_step
from santai.casework.chain import fault_in
from santai.casework.kernel import procedure_in_force
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline, missing_from_citizen
from santai.documents.models import DocumentKind as Doc
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_organisation, make_staff
from tests.procedures.arbitration_story import (
    APPLICANT,
    DECLINE,
    REASON,
    SECRETARY,
    THREE,
    Commercial,
    commission,
    keep_scale,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Commercial:
    return Commercial(town, monday)


@pytest.fixture
def accepted(story: Commercial) -> Commercial:
    return story.apply().accept()


@pytest.fixture
def formed(accepted: Commercial) -> Commercial:
    return accepted.pay().form()


@pytest.fixture
def heard(formed: Commercial) -> Commercial:
    return formed.announce().hear()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_contract_claim_walks_from_application_to_the_closed_file(story: Commercial) -> None:
    story.apply().accept().pay()
    story.take("send_copy", data={"served_on": story.today, "way": "post", "tracking": "EMS1"}, after=1)
    story.take("answer", data={"received_on": story.today, "text": "货物有质量问题，不同意付款。"}, after=5)
    story.form(THREE).announce().hear(is_last=True).award()
    story.serve().serve("serve_respondent")
    story.take("close", Role.SYSTEM, after=95)
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at, story.case.closed_at) == ("closed", None, story.at)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == [
        "arbitration_accepted",
        "arbitration_tribunal",
        "arbitration_hearing",
        "arbitration_award",
    ]


def test_the_person_has_what_they_came_for_with_the_award(heard: Commercial) -> None:
    table = procedure_in_force("arbitration_commercial", date(2026, 3, 2))
    assert not table.has_answered("hearing")
    heard.award()
    assert table.has_answered(heard.state)


def test_the_case_goes_to_the_institution_the_parties_chose(town: Town, monday: datetime) -> None:
    far = commission("哈尔滨仲裁委员会", region="2301")
    story = Commercial(town, monday).apply(institution="哈尔滨仲裁委员会")
    assert story.case.organisation == far


def test_the_citizen_reads_the_story_in_plain_words(heard: Commercial) -> None:
    heard.award().serve()
    told = [line.sentence for line in citizen_timeline(heard.case)]
    assert "仲裁庭已组成，首席或独任仲裁员是张仲裁。认为应当回避的，请在首次开庭前提出。" in told
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_the_citizen_is_told_when_papers_are_missing(story: Commercial) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "双方的补充仲裁协议", "by": story.today + timedelta(days=9)})
    assert "补充仲裁协议" in missing_from_citizen(story.case)[0].sentence
    story.take("supplement", APPLICANT, {}, Doc.ARBITRATION_AGREEMENT)
    assert missing_from_citizen(story.case) == []


# --- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LAWYER, Role.SUPERVISOR, Role.AUDITOR, Role.DISPATCHER, Role.COUNTER_CLERK])
def test_nobody_but_the_secretary_of_the_body_accepts(story: Commercial, role: Role) -> None:
    story.apply()
    with pytest.raises(NotYou):
        story.take("accept", role, {})


def test_the_secretary_of_another_body_does_not_see_the_case(story: Commercial) -> None:
    story.apply()
    stranger = make_staff(SECRETARY, make_organisation("arbitration", region="230103"))
    assert steps_open_to(story.case, Actor.staff(stranger), at=story.at) == []
    with pytest.raises(NotYou):
        take_step(story.case, "decline", actor=Actor.staff(stranger), data={}, at=story.at)


def test_the_applicant_decides_nothing(heard: Commercial) -> None:
    for step in ("award", "replace_arbitrator", "suspend", "mediate"):
        with pytest.raises(NotYou):
            heard.take(step, APPLICANT, {})


def test_the_applicant_speaks_only_for_the_own_side(formed: Commercial) -> None:
    with pytest.raises(Missing) as refusal:
        formed.take("object_to_agreement", APPLICANT, {**REASON, "side": "respondent"})
    assert "side" in refusal.value.fields
    formed.take("object_to_agreement", SECRETARY, {**REASON, "side": "respondent"})


# --- acceptance ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("marriage", "婚姻"),
        ("adoption", "收养"),
        ("guardianship", "监护"),
        ("support", "扶养"),
        ("inheritance", "继承"),
        ("administrative", "行政复议"),
        ("labour", "劳动人事争议仲裁委员会"),
        ("rural_land", "农村土地承包仲裁委员会"),
    ],
)
def test_what_cannot_be_arbitrated_is_not_accepted_but_shown_where_to_go(
    story: Commercial, kind: str, words: str
) -> None:
    story.apply(kind=kind)
    with pytest.raises(Missing, match=words):
        story.accept()
    story.take("decline", data={"reason": "out_of_scope", **DECLINE})
    assert story.state == "declined"


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"agrees_to_arbitrate": False}, "请求仲裁的意思表示"),
        ({"agreed_matters": ""}, "仲裁事项"),
        ({"institution": ""}, "没有选定仲裁机构"),
        ({"institution": "别处仲裁委员会"}, "别处仲裁委员会"),
    ],
)
def test_an_agreement_that_lacks_an_element_is_not_accepted(story: Commercial, change: dict, gap: str) -> None:
    story.apply(**change)
    with pytest.raises(Missing, match=gap) as refusal:
        story.accept()
    assert "补充协议" in refusal.value.todo


def test_every_gap_of_an_agreement_is_named_at_once(story: Commercial) -> None:
    story.apply(Doc.IDENTITY, agrees_to_arbitrate=False, agreed_matters="", institution="", agent="钱律师")
    with pytest.raises(Missing) as refusal:
        story.accept()
    assert len(refusal.value.problems) == 5


def test_an_application_without_identity_is_not_accepted(story: Commercial) -> None:
    story.apply(Doc.ARBITRATION_AGREEMENT)
    with pytest.raises(Missing, match="身份证明"):
        story.accept()


def test_a_refusal_names_its_reason_and_the_way_to_the_court(story: Commercial) -> None:
    story.apply()
    with pytest.raises(Missing):
        story.take("decline", data={"reason": "void_agreement"})
    story.take("decline", data={"reason": "void_agreement", **DECLINE})
    body = story.letter("arbitration_declined")
    assert "仲裁协议无效或不明确" in body
    assert "向人民法院起诉" in body
    assert "道里区人民法院" in body


def test_papers_that_do_not_come_count_as_a_withdrawal(story: Commercial) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "双方的补充仲裁协议", "by": story.today + timedelta(days=3)})
    with pytest.raises(NotFromHere):
        story.take("lapse", Role.SYSTEM, after=3)
    assert take_timed_steps(at=story.at + timedelta(days=4)) == 1
    assert (story.state, story.letters[-1]) == ("deemed_withdrawn", "arbitration_lapsed")


def test_a_case_without_an_application_can_be_closed(story: Commercial) -> None:
    story.take("not_applied", data=REASON)
    assert story.state == "withdrawn"


# --- fee ----------------------------------------------------------------------------------------------------------


def test_the_notice_shows_how_the_fee_was_calculated_and_by_when_it_is_due(accepted: Commercial) -> None:
    body = accepted.letter("arbitration_accepted")
    assert "应交仲裁受理费4000元，自收到本通知之日起15日内交清" in body
    assert "超过50000元至100000元的部分：50000元×3%至4%＝1500至2000元" in body
    assert "确定为4000元" in body


def test_a_fee_outside_the_range_is_turned_away_with_the_calculation(story: Commercial) -> None:
    story.apply()
    for fee in ("3499.99", "4550.01"):
        with pytest.raises(Missing) as refusal:
            story.accept(fee=fee)
        assert "合计：3500至4550元" in refusal.value.problems[-1]


def test_a_fee_within_the_range_needs_a_reason(story: Commercial) -> None:
    story.apply()
    with pytest.raises(Missing, match="怎样确定"):
        story.accept(reason="")


def test_where_the_province_set_its_figures_the_fee_calculates_itself(story: Commercial) -> None:
    keep_scale()
    story.apply().accept(fee="", reason="")
    assert story.case.facts["fee"] == "4550"


def test_a_mistyped_scale_falls_back_to_the_range_of_the_law(story: Commercial) -> None:
    keep_scale({"flat": "1", "rates": []})
    story.apply()
    with pytest.raises(Missing, match="3500至4550"):
        story.accept(fee="")


def test_a_dispute_without_an_amount_has_the_fee_the_institution_decides(story: Commercial) -> None:
    story.apply(amount="")
    with pytest.raises(Missing, match="没有争议金额"):
        story.accept(fee="")
    story.accept(fee="500", reason="按争议所涉权益确定。")
    assert story.case.facts["fee"] == "500"


def test_a_fee_is_paid_in_full_or_not_at_all(accepted: Commercial) -> None:
    with pytest.raises(Missing, match="应交受理费4000元"):
        accepted.take("pay_fee", data={"amount": "3999", "paid_on": accepted.today})
    accepted.pay()
    assert accepted.state == "accepted"


def test_an_unpaid_fee_counts_as_a_withdrawal_after_fifteen_days(accepted: Commercial) -> None:
    assert take_timed_steps(at=accepted.at + timedelta(days=15)) == 0
    assert take_timed_steps(at=accepted.at + timedelta(days=16)) == 1
    assert (accepted.state, accepted.letters[-1]) == ("deemed_withdrawn", "arbitration_fee_lapsed")


def test_nothing_lapses_while_a_deferral_is_asked_for(accepted: Commercial) -> None:
    accepted.take("ask_deferral", APPLICANT, REASON)
    with pytest.raises(NotFromHere):
        accepted.take("ask_deferral", APPLICANT, REASON)
    with pytest.raises(NotFromHere, match="缓交"):
        accepted.take("fee_lapse", after=30)
    accepted.take("refuse_deferral", data=REASON, after=30)
    assert "审查缓交申请的时间不计入" in accepted.letter("arbitration_deferral_refused")


def test_a_deferred_fee_lets_the_case_go_on_but_is_paid_before_the_award(accepted: Commercial) -> None:
    accepted.take("defer_fee", data={**REASON, "by": accepted.today + timedelta(days=60)})
    accepted.form().announce().hear()
    with pytest.raises(Missing, match="受理费还没有交"):
        accepted.award()
    accepted.take("pay_deferred_fee", data={"amount": "4000", "paid_on": accepted.today})
    with pytest.raises(NotFromHere):
        accepted.take("pay_deferred_fee", data={"amount": "4000", "paid_on": accepted.today})
    accepted.award()
    assert accepted.state == "awarded"


# --- withdrawal ---------------------------------------------------------------------------------------------------


def test_withdrawing_before_the_tribunal_is_formed_brings_all_the_money_back(accepted: Commercial) -> None:
    accepted.pay().take("withdraw", APPLICANT, {})
    assert accepted.state == "withdrawn"
    assert "退还受理费4000元" in accepted.letter("arbitration_withdrawn")


def test_withdrawing_before_anything_was_paid_speaks_of_no_money(story: Commercial) -> None:
    story.apply().take("withdraw", APPLICANT, {})
    assert "退还受理费" not in story.letter("arbitration_withdrawn")


def test_after_the_tribunal_is_formed_the_withdrawal_is_asked_for(formed: Commercial) -> None:
    with pytest.raises(NotFromHere):
        formed.take("withdraw", APPLICANT, {})
    formed.take("ask_withdrawal", APPLICANT, REASON)
    with pytest.raises(Missing, match="多于"):
        formed.take("allow_withdrawal", data={"refund": "4001", **REASON})
    formed.take("allow_withdrawal", data={"refund": "1500", **REASON})
    assert "退还受理费1500元" in formed.letter("arbitration_withdrawn")
