"""Commercial arbitration before the tribunal: hearing, mediation, award, and what the court may say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from tests.factories import Town
from tests.procedures.arbitration_story import (
    APPLICANT,
    AWARD,
    REASON,
    SECRETARY,
    Commercial,
    on,
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


# --- hearing ------------------------------------------------------------------------------------------------------


def test_a_hearing_is_announced_in_time(formed: Commercial) -> None:
    with pytest.raises(Missing, match="最晚应在") as refusal:
        formed.announce(formed.today + timedelta(days=9))
    assert "hearing_on" in refusal.value.fields
    formed.announce(formed.today + timedelta(days=10))


def test_a_hearing_is_not_held_before_its_day_nor_without_a_record(formed: Commercial) -> None:
    formed.announce()
    held = {"held_on": formed.today, "present": "both"}
    with pytest.raises(Missing, match="庭审笔录"):
        formed.take("hold_hearing", data=held)
    with pytest.raises(Missing, match="早于通知"):
        formed.take("hold_hearing", SECRETARY, held, Doc.HEARING_RECORD)


def test_a_claimant_who_stays_away_withdraws(formed: Commercial) -> None:
    formed.announce()
    data = {"was_notified": True, "explanation": "经书面通知没有到庭，也没有说明理由。"}
    with pytest.raises(NotFromHere, match="开庭日期"):
        formed.take("absent", data=data)
    with pytest.raises(Missing, match="通知已送达"):
        formed.take("absent", data={**data, "was_notified": False}, after=14)
    formed.take("absent", data=data, after=14)
    assert (formed.state, formed.letters[-1]) == ("deemed_withdrawn", "arbitration_absent")
    assert "重新申请仲裁" in formed.letter("arbitration_absent")


def test_a_respondent_who_stays_away_is_decided_upon_in_absence(formed: Commercial) -> None:
    formed.announce().hear(present="respondent_absent").award(kind="default")
    assert "缺席裁决" in formed.letter("arbitration_award")


def test_no_award_without_a_hearing_unless_both_agreed_on_documents(formed: Commercial) -> None:
    formed.announce()
    with pytest.raises(Missing, match="还没有开庭"):
        formed.award()
    with pytest.raises(Missing, match="没有协议不开庭"):
        formed.award(kind="documents")
    formed.announce(mode="documents").award(kind="documents")
    assert formed.state == "awarded"


def test_a_suspended_case_is_not_heard(formed: Commercial) -> None:
    formed.announce().suspend()
    with pytest.raises(NotFromHere, match="中止"):
        formed.hear()
    with pytest.raises(NotFromHere):
        formed.suspend()
    formed.take("resume", data={})
    formed.hear()


def test_a_postponement_is_asked_for_and_answered(formed: Commercial) -> None:
    formed.announce()
    with pytest.raises(NotFromHere, match="延期请求"):
        formed.take("refuse_postponement", data=REASON)
    formed.take("ask_postponement", APPLICANT, {"side": "applicant", **REASON})
    formed.take("refuse_postponement", data=REASON)
    formed.take("ask_postponement", data={"side": "respondent", **REASON})
    formed.announce(formed.today + timedelta(days=30))
    with pytest.raises(NotFromHere):
        formed.take("refuse_postponement", data=REASON)


def test_a_withdrawal_that_is_not_allowed_lets_the_case_go_on(formed: Commercial) -> None:
    with pytest.raises(NotFromHere, match="撤回请求"):
        formed.take("refuse_withdrawal", data=REASON)
    formed.take("ask_withdrawal", APPLICANT, REASON)
    formed.take("refuse_withdrawal", data=REASON)
    assert formed.state == "formed"


# --- mediation ----------------------------------------------------------------------------------------------------


def test_a_mediated_case_ends_when_both_have_signed(heard: Commercial) -> None:
    heard.take("mediate", data={"both_agree": True})
    heard.take("mediated", data={"text": "对方分三期付清货款，每月十日前付。"})
    heard.take("sign_mediation", data={"served_on": heard.today, "way": "in_person"})
    assert heard.state == "settled"
    assert "分三期付清" in heard.letter("arbitration_mediated")


def test_a_mediation_that_fails_or_is_repudiated_leads_back_to_the_award(heard: Commercial) -> None:
    with pytest.raises(Missing):
        heard.take("mediate", data={})
    heard.take("mediate", data={"both_agree": True})
    heard.take("mediation_failed", data=REASON)
    heard.take("mediate", data={"both_agree": True})
    heard.take("mediated", data={"text": "对方分三期付清货款，每月十日前付。"})
    heard.take("repudiate", APPLICANT, {"side": "applicant", **REASON})
    heard.award()
    assert heard.state == "awarded"


def test_what_the_parties_agreed_becomes_an_award_without_a_hearing(formed: Commercial) -> None:
    formed.announce()
    agreed = {**AWARD, "decided_on": formed.today, "fee_burden": "双方各承担一半。"}
    with pytest.raises(Missing, match="还没有开庭"):
        formed.award(fee_burden="双方各承担一半。")
    with pytest.raises(Missing):
        formed.take("award_agreed", data=agreed)
    formed.take("award_agreed", data={**agreed, "kind": "agreed"})
    assert formed.state == "awarded"
    assert "依据当事人的和解或调解协议作出" in formed.letter("arbitration_award")
    formed.serve()
    with pytest.raises(NotFromHere, match="已经记录过"):
        formed.serve()


# --- award and after ----------------------------------------------------------------------------------------------


def test_an_award_says_what_can_be_done_against_it_and_until_when(heard: Commercial) -> None:
    heard.award()
    body = heard.letter("arbitration_award")
    assert "自收到之日起3个月内，向仲裁机构所在地的中级人民法院申请撤销" in body
    assert "自收到之日起30日内请求补正" in body
    assert "仲裁费4000元由被申请人承担" in body


def test_a_part_may_be_awarded_first(heard: Commercial) -> None:
    data = {"kind": "merits", "opinion": "majority", "decided_on": heard.today, "fee_burden": "待最终裁决确定。"}
    heard.take("award_part", data={**data, "reasons": "货款部分事实已经查清。", "decision": "先行支付无争议的货款。"})
    assert heard.state == "hearing"
    heard.award()


def test_an_award_is_corrected_or_not_within_thirty_days_of_receipt(heard: Commercial) -> None:
    heard.award().serve()
    ask = {"side": "applicant", "explanation": "第二项金额的小数点写错了。"}
    heard.take("ask_correction", APPLICANT, ask, after=10)
    with pytest.raises(NotFromHere):
        heard.take("ask_correction", APPLICANT, ask)
    heard.take("correct", data={"text": "第二项改为4000.50元。"})
    heard.take("ask_correction", APPLICANT, ask)
    heard.take("refuse_correction", data=REASON)
    assert heard.letters[-2:] == ["arbitration_corrected", "arbitration_correction_refused"]
    with pytest.raises(Missing, match="补正的期限"):
        heard.take("ask_correction", APPLICANT, ask, after=40)


def test_service_is_recorded_once_and_not_before_the_award(heard: Commercial) -> None:
    heard.award()
    with pytest.raises(Missing, match="早于裁决日期"):
        heard.serve(served_on=heard.today - timedelta(days=1))
    heard.serve()
    with pytest.raises(NotFromHere):
        heard.serve()


def test_the_file_closes_only_when_both_windows_are_over(heard: Commercial) -> None:
    heard.award()
    with pytest.raises(NotFromHere, match="还没有送达申请人"):
        heard.take("close")
    heard.serve()
    with pytest.raises(NotFromHere, match="还没有届满"):
        heard.take("close", after=30)
    with pytest.raises(NotFromHere, match="还没有送达被申请人"):
        heard.take("close", after=100)
    heard.serve("serve_respondent")
    assert take_timed_steps(at=heard.at + timedelta(days=100)) == 1
    assert heard.state == "closed"


@pytest.mark.parametrize(
    ("ruling", "state"), [("court_upholds", "awarded"), ("renew", "hearing"), ("court_sets_aside", "set_aside")]
)
def test_what_the_court_says_decides_how_it_goes_on(heard: Commercial, ruling: str, state: str) -> None:
    heard.award().serve()
    suit = {"side": "applicant", "court": "哈尔滨市中级人民法院", "filed_on": heard.today}
    heard.take("report_court", APPLICANT, suit)
    number = {"court": "哈尔滨市中级人民法院", "number": "（2026）黑01民特1号", "served_on": heard.today}
    heard.take(ruling, data={**number, **REASON})
    assert heard.state == state


def test_an_award_set_aside_leaves_the_court_or_a_new_agreement(heard: Commercial) -> None:
    heard.award().serve()
    heard.take("report_court", data={"side": "respondent", "court": "哈尔滨市中级人民法院", "filed_on": heard.today})
    number = {"court": "哈尔滨市中级人民法院", "number": "（2026）黑01民特1号", "served_on": heard.today}
    heard.take("court_sets_aside", data={**number, **REASON})
    body = heard.letter("arbitration_set_aside")
    assert "重新达成仲裁协议" in body
    assert "向人民法院起诉" in body


def test_an_application_to_set_aside_that_comes_late_is_marked_and_left_to_the_court(heard: Commercial) -> None:
    heard.award().serve()
    suit = {"side": "applicant", "court": "哈尔滨市中级人民法院", "filed_on": on(9, 1).date()}
    heard.take("report_court", APPLICANT, suit, on=on(9, 1))
    assert heard.case.facts["set_aside_is_late"] is True


def test_an_award_made_anew_is_served_anew(heard: Commercial) -> None:
    heard.award().serve()
    heard.take("report_court", data={"side": "respondent", "court": "中级人民法院", "filed_on": heard.today})
    number = {"court": "中级人民法院", "number": "（2026）黑01民特1号", "served_on": heard.today}
    heard.take("renew", data={**number, **REASON}, after=30)
    heard.award().serve()
    assert heard.clock("set_aside").started_at.date() >= heard.today - timedelta(days=1)
