"""Administrative penalties after the decision: payment, urging, the court, remedies, correction."""

from __future__ import annotations

import pytest

from santai.casework.refusals import Missing, NotFromHere
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.enforcement_story import HEAD, OFFICER, REASON, REASONS, SMALL, Enforcement, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town) -> Enforcement:
    return Enforcement(town, on(3, 2))


# --- execution ----------------------------------------------------------------------------------------------------


def test_three_per_cent_a_day_is_added_until_it_is_paid(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10))
    assert story.case.facts["pay_by"] == "2026-03-25"
    story.pay("2000", on=on(4, 4))
    with pytest.raises(Missing, match="600.00元"):
        story.perform()
    story.pay("600").perform()
    assert story.state == "performed"


def test_only_the_additional_fine_may_be_remitted_and_with_a_reason(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10)).pay("2000", on=on(4, 4))
    with pytest.raises(Missing, match="执行协议"):
        story.perform(remitted="600")
    with pytest.raises(Missing, match="执行协议"):
        story.perform(remitted="700", explanation="已达成执行协议，分阶段履行。")
    story.perform(remitted="600", explanation="已达成执行协议，分阶段履行。")
    assert story.state == "performed"


def test_instalments_move_the_last_day_and_a_refusal_says_why(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10))
    story.take("ask_instalment", Role.APPLICANT, {"text": "家里有人生病，请允许分三个月缴。"})
    story.take("refuse_instalment", HEAD, {"reason": "unproven", **REASON})
    assert "百分之三" in story.letter("enforcement_instalment_refused")
    story.take("ask_instalment", Role.APPLICANT, {"text": "补交了困难证明，请再考虑。"})
    story.take("grant_instalment", HEAD, {"by": "2026-06-10", "plan": "分三次，每月十日前缴清。"})
    story.pay("2000", on=on(6, 10)).perform()
    assert story.state == "performed"


def test_court_execution_waits_for_urging_and_for_the_end_of_remedies(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10))
    with pytest.raises(NotFromHere, match="还没有届满"):
        story.take("urge", OFFICER, on=on(3, 25))
    story.take("urge", OFFICER, on=on(4, 1))
    assert "10日内" in story.letter("enforcement_urge")
    court = {"court": "道里区人民法院", **REASON}
    with pytest.raises(Missing, match="催告期"):
        story.take("apply_court", HEAD, court, on=on(4, 10))
    with pytest.raises(Missing, match="复议、提起诉讼"):
        story.take("apply_court", HEAD, court, on=on(5, 10))
    story.take("remedy_over", Role.SYSTEM, on=on(9, 11))
    assert story.clock("court_window").due_on is not None
    story.take("apply_court", HEAD, court, on=on(9, 14))
    assert "强制执行" in story.letter("enforcement_court")
    story.take("perform", OFFICER, {"done_on": story.day(), "ending": "court", **REASON})
    assert story.state == "performed"


def test_while_a_remedy_is_pending_the_court_is_not_asked_and_the_case_does_not_end(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10)).take(
        "record_remedy", OFFICER, {"kind": "lawsuit", "filed_on": "2026-03-12", "body": "道里区人民法院"}, on=on(3, 12)
    )
    story.take("urge", OFFICER, on=on(4, 1))
    # The lawsuit began before the last day to pay: nothing was added.
    assert story.case.facts["outstanding"] == "2,000.00"
    with pytest.raises(Missing, match="还没有结果"):
        story.take("apply_court", HEAD, {"court": "道里区人民法院", **REASON}, on=on(10, 12))
    story.take("end_remedy", OFFICER, {"received_on": "2026-10-10", "explanation": "判决驳回诉讼请求。"})
    story.take("remedy_over", Role.SYSTEM)
    story.take("apply_court", HEAD, {"court": "道里区人民法院", **REASON})
    assert story.state == "court"


# --- correction ---------------------------------------------------------------------------------------------------


def test_a_revoked_decision_ends_the_case_and_tells_of_refund(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10)).revoke()
    assert story.state == "revoked"
    assert "退还" in story.letter("enforcement_revoked")


def test_a_court_ruling_is_recorded_with_its_paper(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10))
    data = {"ground": "court", "document": "1号", "public_reason": "法院判决撤销原决定。", "received_on": story.day()}
    with pytest.raises(Missing, match="裁判"):
        story.take("revoke", HEAD, data)


def test_a_case_that_is_to_be_decided_anew_begins_again_with_a_new_period(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10))
    story.at = on(6, 1)
    story.revoke("order_redo")
    assert story.state == "investigating"
    assert story.clock("decision").started_at == story.at
    assert story.case.facts["earlier_decision"]["fine"] == "2000"
    story.proposed().take("notify")
    assert story.state == "defence"


def test_a_change_of_its_own_is_never_heavier_and_is_served_again(story: Enforcement) -> None:
    story.punished().served(on=on(3, 10))
    data = {**SMALL, "ground": "own", "document": "道司〔2026〕9号", "public_reason": "计算有误，予以变更。"}
    data |= {"received_on": story.day(), **REASONS}
    with pytest.raises(Missing, match="不得加重"):
        story.take("change_decision", HEAD, {**data, "fine": "3000"})
    story.take("change_decision", HEAD, {**data, "fine": "1600"})
    assert story.state == "decided"
    assert "1,600.00" in story.letter("enforcement_changed")
    story.served()
    assert story.case.facts["pay_by"] == "2026-03-25"
