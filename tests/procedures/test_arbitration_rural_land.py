"""Arbitration on rural land contracts: every way it goes, and every time limit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.chain import fault_in
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.procedures.arbitration_rural_land import PROCEDURE
from santai.procedures.rules.arbitration_rural_land import limitation_note
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_region
from tests.procedures.arbitration_story import APPLICANT, DECLINE, REASON, SECRETARY, RuralLand, on

pytestmark = pytest.mark.django_db
EXTEND = {"amount": "30", **REASON}


@pytest.fixture
def story(town: Town, monday: datetime) -> RuralLand:
    return RuralLand(town, monday)


@pytest.fixture
def formed(story: RuralLand) -> RuralLand:
    return story.apply().accept().form()


@pytest.fixture
def heard(formed: RuralLand) -> RuralLand:
    return formed.announce(where="seat").hear().mediate()


@pytest.fixture
def autumn(town: Town) -> RuralLand:
    """Thursday 24 September 2026. Friday 25 to Sunday 27 and 1 to 7 October are holidays; Saturday 10 October is a
    working day."""
    import_package_years([2026])
    return RuralLand(town, on(9, 24))


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_dispute_over_a_lease_walks_to_an_award_in_force(story: RuralLand) -> None:
    story.apply().accept()
    story.take("send_copy", data={"served_on": story.today, "way": "in_person"}, after=1)
    story.take("answer", data={"received_on": story.today, "text": "租期没有到，不同意交回。"}, after=5)
    story.take("send_answer", data={"served_on": story.today, "way": "in_person"})
    story.form()
    story.take("tell_parties", data={"served_on": story.today, "way": "in_person"})
    story.announce(where="town").hear().mediate().award().serve().serve("serve_respondent")
    assert take_timed_steps(at=story.at + timedelta(days=30)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=33)) == 1
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at) == ("closed", None)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == [
        "arbitration_rural_accepted",
        "arbitration_tribunal",
        "arbitration_hearing",
        "arbitration_rural_award",
    ]


def test_the_citizen_reads_the_story_in_plain_words(heard: RuralLand) -> None:
    heard.award()
    told = [line.sentence for line in citizen_timeline(heard.case)]
    assert any("可以自收到裁决书之日起30日内向人民法院起诉" in sentence for sentence in told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_nobody_is_asked_for_money() -> None:
    labels = [str(field.label) for step in PROCEDURE.steps if step.form for field in step.form.base_fields.values()]
    assert [label for label in labels if "费" in label or "元" in label] == []


# --- acceptance and endings ---------------------------------------------------------------------------------------


def test_compensation_for_land_that_was_taken_is_not_accepted(story: RuralLand) -> None:
    story.apply(kind="compensation")
    with pytest.raises(Missing, match="行政复议"):
        story.accept()
    story.take("decline", data={"reason": "compensation", **DECLINE})
    assert story.state == "declined"
    assert "征收集体土地及其补偿" in story.letter("arbitration_declined")


def test_land_elsewhere_is_not_accepted(story: RuralLand) -> None:
    make_region("230103", "南岗区", "黑龙江省哈尔滨市南岗区")
    story.apply(place="230103")
    with pytest.raises(Missing, match="不在本仲裁委员会的辖区"):
        story.accept()


def test_papers_of_identity_and_matter_are_needed(story: RuralLand) -> None:
    story.apply(Doc.OTHER)
    with pytest.raises(Missing) as refusal:
        story.accept()
    assert len(refusal.value.problems) == 2


@pytest.mark.parametrize("role", [Role.LAWYER, Role.SUPERVISOR, Role.VILLAGE_ADVISER, Role.COUNTER_CLERK])
def test_nobody_but_the_secretary_of_the_body_decides(story: RuralLand, role: Role) -> None:
    story.apply()
    if role == Role.VILLAGE_ADVISER:
        story.town.staff[role] = story.town.staff[Role.LAWYER]
    with pytest.raises(NotYou):
        story.take("decline", role, {})


def test_a_case_found_not_to_belong_here_is_ended_with_a_way_on(formed: RuralLand) -> None:
    with pytest.raises(Missing):
        formed.take("end", data={"reason": "party_gone"})
    formed.take("end", data={"reason": "found_out_of_scope", **DECLINE})
    body = formed.letter("arbitration_rural_ended")
    assert formed.state == "ended"
    assert "受理后发现不符合受理条件" in body
    assert "向人民法院起诉" in body


def test_papers_that_do_not_come_count_as_a_withdrawal(story: RuralLand) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "承包合同或权证", "by": story.today + timedelta(days=3)})
    assert take_timed_steps(at=story.at + timedelta(days=4)) == 1
    assert story.state == "deemed_withdrawn"


def test_withdrawal_and_applications_never_made(story: RuralLand, town: Town) -> None:
    story.apply().accept().take("withdraw", APPLICANT, {})
    other = RuralLand(town, story.at)
    other.secretary = story.secretary
    other.take("not_applied", data=REASON)
    assert (story.state, other.state) == ("withdrawn", "withdrawn")


def test_the_two_years_to_apply_are_pointed_out() -> None:
    assert "没有超过" in limitation_note(date(2024, 3, 2), date(2026, 3, 2))
    assert "已过二年" in limitation_note(date(2024, 3, 1), date(2026, 3, 2))


# --- hearing ------------------------------------------------------------------------------------------------------


def test_a_hearing_is_in_the_village_when_both_ask_for_it(formed: RuralLand) -> None:
    formed.take("ask_village", APPLICANT, {"side": "applicant", "where": "village"})
    formed.announce(where="seat")
    formed.take("ask_village", data={"side": "respondent", "where": "village"})
    with pytest.raises(Missing, match="土地所在的村") as refusal:
        formed.announce(where="seat")
    assert "where" in refusal.value.fields
    formed.announce(where="village", place="东风村村委会")
    assert "东风村村委会" in formed.letter("arbitration_hearing")


def test_the_respondents_wish_is_not_the_applicants_to_tell(formed: RuralLand) -> None:
    with pytest.raises(Missing, match="只能代表申请人"):
        formed.take("ask_village", APPLICANT, {"side": "respondent", "where": "village"})


def test_a_preliminary_ruling_keeps_the_fields_going(formed: RuralLand) -> None:
    with pytest.raises(Missing):
        formed.take("preliminary_ruling", data={"order": "farm", **REASON})
    formed.take("preliminary_ruling", data={"order": "farm", "clear": True, **REASON})
    assert "恢复农业生产" in formed.letter("arbitration_rural_preliminary")


def test_a_claimant_who_stays_away_withdraws(formed: RuralLand) -> None:
    formed.announce(where="seat")
    formed.take("absent", data={"was_notified": True, "explanation": "经书面通知没有到庭。"}, after=14)
    assert formed.state == "deemed_withdrawn"
    assert "二年的时效内重新申请" in formed.letter("arbitration_absent")


def test_recusal_is_decided_before_the_hearing_goes_on(formed: RuralLand) -> None:
    ask = {"side": "applicant", "arbitrator": "张仲裁", "ground": "relation", "known_on": formed.today, **REASON}
    formed.take("ask_recusal", APPLICANT, ask)
    with pytest.raises(NotFromHere, match="回避"):
        formed.announce(where="seat")
    formed.take("keep_arbitrator", data=REASON)
    formed.take("ask_recusal", APPLICANT, ask)
    data = {"leaving": "张仲裁", "presiding": "李仲裁", **REASON}
    formed.take("replace_arbitrator", data=data)
    formed.announce(where="seat")


# --- mediation, award, court --------------------------------------------------------------------------------------


def test_no_award_without_mediation_and_a_hearing(formed: RuralLand) -> None:
    formed.announce(where="seat")
    with pytest.raises(Missing, match="应当开庭"):
        formed.award(kind="documents")
    formed.hear()
    with pytest.raises(Missing, match="调解"):
        formed.award()
    formed.mediate().award()


def test_a_mediated_case_ends_when_both_have_signed(heard: RuralLand) -> None:
    heard.take("mediated", data={"text": "秋收后交回三亩旱地。"})
    heard.take("repudiate", APPLICANT, {"side": "applicant", **REASON})
    heard.take("mediated", data={"text": "秋收后交回三亩旱地。"})
    heard.take("sign_mediation", data={"served_on": heard.today, "way": "in_person"})
    assert heard.state == "settled"


def test_either_side_may_sue_within_thirty_days_of_its_own_receipt(heard: RuralLand) -> None:
    heard.award().serve()
    suit = {"side": "applicant", "court": "道里区人民法院", "filed_on": heard.today + timedelta(days=33)}
    with pytest.raises(Missing, match="裁决已经生效"):
        heard.take("sue", APPLICANT, suit, after=33)
    heard.serve("serve_respondent")
    heard.take("sue", data={**suit, "side": "respondent", "filed_on": heard.today}, after=33)
    assert heard.state == "court"


def test_a_suit_the_court_has_taken_counts_though_late(heard: RuralLand) -> None:
    heard.award().serve()
    suit = {"side": "applicant", "court": "道里区人民法院", "filed_on": heard.today + timedelta(days=33)}
    heard.take("sue", APPLICANT, {**suit, "court_accepted": True}, after=33)
    assert heard.state == "court"


def test_an_award_takes_effect_only_when_both_were_served(heard: RuralLand) -> None:
    heard.award()
    with pytest.raises(NotFromHere, match="申请人"):
        heard.take("close")
    heard.serve()
    with pytest.raises(NotFromHere, match="被申请人"):
        heard.take("close", after=33)


def test_an_award_is_corrected_or_not(heard: RuralLand) -> None:
    heard.award()
    ask = {"side": "applicant", "explanation": "地块的面积写错了。"}
    heard.take("ask_correction", APPLICANT, ask)
    with pytest.raises(NotFromHere, match="补正请求"):
        heard.take("close", after=90)
    heard.take("refuse_correction", data=REASON)
    heard.take("correct", data={"text": "面积改为三亩二分。"})
    assert heard.letters[-2:] == ["arbitration_correction_refused", "arbitration_corrected"]


# --- clocks -------------------------------------------------------------------------------------------------------


def test_five_working_days_of_acceptance_leave_out_the_holidays_and_the_wait_for_papers(autumn: RuralLand) -> None:
    autumn.apply()
    assert autumn.due("acceptance") == date(2026, 10, 9)
    autumn.take("ask_for_more", data={"items": "承包合同或权证", "by": date(2026, 10, 12)}, on=on(9, 28))
    assert autumn.clock("acceptance").condition == "paused"
    autumn.take("supplement", APPLICANT, {}, on=on(10, 9))
    assert autumn.due("acceptance") == date(2026, 10, 14)


def test_service_answer_and_its_copy(autumn: RuralLand) -> None:
    autumn.apply().accept()
    assert autumn.due("send_copy") == date(2026, 10, 9)
    autumn.take("send_copy", data={"served_on": date(2026, 9, 25), "way": "post", "tracking": "EMS1"}, on=on(9, 28))
    assert autumn.due("answer") == date(2026, 10, 8)
    with pytest.raises(NotFromHere):
        autumn.take("no_answer", Role.SYSTEM, on=on(10, 8))
    autumn.take("answer", data={"received_on": date(2026, 10, 8), "text": "租期没有到，不同意交回。"}, on=on(10, 8))
    assert autumn.due("send_answer") == date(2026, 10, 14)


def test_both_sides_hear_of_the_tribunal_within_two_working_days(autumn: RuralLand) -> None:
    autumn.apply().accept().form(on=on(9, 30))
    assert autumn.due("tribunal_notice") == date(2026, 10, 9)
    autumn.take("tell_parties", data={"served_on": date(2026, 10, 8), "way": "post", "tracking": "EMS1"}, on=on(10, 8))
    assert autumn.clock("tribunal_notice").condition == "met"


def test_a_hearing_is_announced_five_working_days_before(autumn: RuralLand) -> None:
    autumn.apply().accept().form(on=on(9, 29))
    with pytest.raises(Missing, match="2026-09-28"):
        autumn.announce(date(2026, 10, 10), where="seat")
    autumn.announce(date(2026, 10, 12), where="seat")


def test_sixty_days_may_end_on_a_make_up_saturday_or_after_the_holidays(town: Town) -> None:
    import_package_years([2026])
    story = RuralLand(town, on(8, 11)).apply().accept()
    assert story.due("award") == date(2026, 10, 10)


def test_sixty_days_over_the_spring_festival(town: Town) -> None:
    import_package_years([2026])
    story = RuralLand(town, on(12, 19, year=2025)).apply().accept()
    assert story.due("award") == date(2026, 2, 24)


def test_sixty_days_are_paused_and_extended_once_by_up_to_thirty(autumn: RuralLand) -> None:
    autumn.apply().accept()
    assert autumn.due("award") == date(2026, 11, 23)
    autumn.suspend(on=on(10, 4))
    autumn.take("resume", data={}, on=on(10, 14))
    assert autumn.due("award") == date(2026, 12, 3)
    with pytest.raises(NotYou, match="负责人"):
        autumn.take("extend", SECRETARY, EXTEND)
    autumn.take("extend", data=EXTEND)
    assert autumn.due("award") == date(2027, 1, 4)
    with pytest.raises(NotFromHere):
        autumn.take("extend", data=EXTEND)


def test_the_award_is_served_within_three_working_days_and_sued_upon_within_thirty(autumn: RuralLand) -> None:
    autumn.apply().accept(on=on(9, 28)).form(on=on(9, 29)).announce(date(2026, 10, 12), where="seat").hear().mediate()
    autumn.award()
    assert autumn.due("service") == autumn.due("service_respondent") == date(2026, 10, 15)
    autumn.take("serve_award", data={"served_on": date(2026, 10, 14), "way": "in_person"}, on=on(10, 15))
    assert autumn.clock("service").condition == "met"
    assert autumn.due("sue") == date(2026, 11, 13)


def test_thirty_days_to_sue_roll_over_the_national_holidays(town: Town) -> None:
    import_package_years([2026])
    story = RuralLand(town, on(8, 13)).apply().accept().form().announce(date(2026, 8, 27), where="seat").hear()
    story.mediate().award()
    story.take("serve_award", data={"served_on": date(2026, 9, 1), "way": "in_person"}, on=on(9, 1))
    story.take(
        "serve_respondent", data={"served_on": date(2026, 9, 10), "way": "post", "tracking": "EMS1"}, on=on(9, 11)
    )
    assert (story.due("sue"), story.due("sue_respondent")) == (date(2026, 10, 8), date(2026, 10, 10))
