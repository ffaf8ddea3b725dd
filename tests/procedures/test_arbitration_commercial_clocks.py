"""Which version of the law a case is under, what they differ in, and every limit of commercial arbitration."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from santai.casework.access import procedure_of, steps_open_to
from santai.casework.kernel import procedure_in_force
from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.arbitration_story import APPLICANT, REASON, SECRETARY, Commercial, on

pytestmark = pytest.mark.django_db
OLD, NEW = (procedure_in_force("arbitration_commercial", day) for day in (date(2026, 2, 28), date(2026, 3, 1)))


@pytest.fixture(autouse=True)
def _holidays(db: None) -> None:
    """2026: 15 to 23 February and 1 to 7 October are holidays; 14 and 28 February, 20 September and 10 October are
    working days on a weekend."""
    import_package_years([2026])


@pytest.fixture
def autumn(town: Town) -> Commercial:
    """Thursday 24 September 2026, under the law of 2025."""
    return Commercial(town, on(9, 24))


@pytest.fixture
def spring(town: Town) -> Commercial:
    """Wednesday 11 February 2026, under the law of 2017."""
    return Commercial(town, on(2, 11))


def awarded(town: Town, at: datetime) -> Commercial:
    return Commercial(town, at).apply().accept().pay().form().announce().hear().award()


# --- the version in force -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "version"),
    [(on(2, 28, 23), "2018-01-01"), (on(3, 1, 0), "2026-03-01"), (on(1, 1, year=2018), "2018-01-01")],
)
def test_a_case_is_under_the_law_of_the_day_it_was_opened(town: Town, opened: datetime, version: str) -> None:
    assert Commercial(town, opened).case.procedure_version == version


def test_both_versions_are_one_service_to_the_outside() -> None:
    assert (OLD.name, OLD.label, OLD.kind) == (NEW.name, NEW.label, NEW.kind)
    assert (OLD.until, NEW.in_force, NEW.until) == (date(2026, 2, 28), date(2026, 3, 1), None)
    assert set(OLD.states.values) == set(NEW.states.values)


def test_six_months_become_three() -> None:
    assert [str(table.clock("set_aside").limit) for table in (OLD, NEW)] == ["6个月", "3个月"]
    assert [table.clock("set_aside").confidence for table in (OLD, NEW)] == ["S", "S"]


def test_a_case_keeps_its_law_for_life(town: Town) -> None:
    story = awarded(town, on(2, 26))
    assert procedure_of(story.case) is OLD
    assert "自收到之日起6个月内" in story.letter("arbitration_award")


def test_only_the_new_law_knows_online_hearings(town: Town) -> None:
    old = Commercial(town, on(2, 2)).apply().accept().pay().form()
    with pytest.raises(Missing, match="怎样开庭"):
        old.announce(mode="online")
    assert "object_online" not in {step.name for step in OLD.steps}


def test_a_party_that_objects_is_heard_in_person(town: Town) -> None:
    new = Commercial(town, on(3, 2)).apply().accept().pay().form().announce(mode="online")
    assert "网上开庭" in new.letter("arbitration_hearing")
    new.take("object_online", data={"side": "respondent", **REASON})
    with pytest.raises(NotFromHere):
        new.take("object_online", data={"side": "respondent", **REASON})
    held = {"held_on": new.today, "present": "both"}
    with pytest.raises(Missing, match="开庭通知"):
        new.take("hold_hearing", SECRETARY, held, Doc.HEARING_RECORD)
    with pytest.raises(Missing, match="不同意网上"):
        new.announce(mode="online")
    new.announce().hear()


def test_under_the_old_law_an_agreement_cannot_be_claimed(town: Town) -> None:
    old = Commercial(town, on(2, 2)).apply(Doc.IDENTITY, claims_agreement=True)
    with pytest.raises(Missing, match="仲裁协议"):
        old.accept()


def test_under_the_new_law_a_claimed_agreement_holds_when_nobody_denies_it(town: Town) -> None:
    new = Commercial(town, on(3, 2)).apply(
        Doc.IDENTITY, claims_agreement=True, agrees_to_arbitrate=False, agreed_matters="", institution=""
    )
    new.accept().pay().form().announce().hear()
    with pytest.raises(Missing, match="提示"):
        new.award()
    confirmed = {"was_prompted": True, "not_denied": True, "note": "笔录第三页记录了提示和答复。"}
    new.take("confirm_agreement", data=confirmed)
    with pytest.raises(NotFromHere):
        new.take("confirm_agreement", data=confirmed)
    new.award()


def test_an_agreement_on_paper_needs_no_confirmation(town: Town) -> None:
    new = Commercial(town, on(3, 2)).apply().accept().pay().form()
    offered = {step.name for step in steps_open_to(new.case, new.actor(SECRETARY), at=new.at)}
    assert "confirm_agreement" not in offered


# --- old cases under the new law ----------------------------------------------------------------------------------


def test_an_old_case_served_before_the_change_has_its_six_months(town: Town) -> None:
    story = awarded(town, on(1, 26)).serve()
    assert story.due("set_aside") == date(2026, 8, 10)
    with pytest.raises(NotFromHere, match="还没有施行"):
        story.take("apply_new_limit", data={"served_on": story.today, "respondent_served_on": story.today, **REASON})


def test_an_old_case_served_after_the_change_is_checked_by_a_person(town: Town) -> None:
    story = awarded(town, on(2, 26))
    with pytest.raises(Missing, match="核对撤销期限"):
        story.serve()
    story.serve_old()
    assert story.due("set_aside") == date(2026, 9, 14)


def test_a_person_may_find_that_three_months_apply(town: Town) -> None:
    story = awarded(town, on(2, 26)).serve_old()
    served = {"served_on": story.today, "respondent_served_on": date(2026, 3, 20), **REASON}
    story.take("apply_new_limit", data=served, on=on(3, 20))
    assert story.due("set_aside_new") == date(2026, 6, 12)
    assert story.due("set_aside_new_respondent") == date(2026, 6, 22)
    with pytest.raises(NotFromHere, match="2026-06-22"):
        story.take("close", Role.SYSTEM, on=on(6, 22))
    story.take("close", Role.SYSTEM, on=on(6, 23))
    assert story.state == "closed"


# --- AR01 acceptance ----------------------------------------------------------------------------------------------


def test_five_days_of_acceptance_roll_over_the_spring_festival(spring: Commercial) -> None:
    spring.apply()
    assert spring.due("acceptance") == date(2026, 2, 24)


def test_five_days_that_end_on_a_make_up_saturday_end_there(town: Town) -> None:
    assert Commercial(town, on(2, 9)).apply().due("acceptance") == date(2026, 2, 14)
    assert Commercial(town, on(10, 5)).apply().due("acceptance") == date(2026, 10, 10)


def test_the_same_five_days_run_over_the_national_holidays(autumn: Commercial) -> None:
    autumn.apply(on=on(9, 28))
    assert autumn.due("acceptance") == date(2026, 10, 8)


def test_waiting_for_papers_does_not_count(autumn: Commercial) -> None:
    autumn.apply()
    autumn.take("ask_for_more", data={"items": "双方的补充仲裁协议", "by": date(2026, 10, 12)}, on=on(9, 26))
    assert autumn.clock("acceptance").condition == "paused"
    autumn.take("supplement", APPLICANT, {}, on=on(10, 12))
    assert autumn.due("acceptance") == date(2026, 10, 15)


def test_an_acceptance_on_the_day_after_is_late(autumn: Commercial) -> None:
    autumn.apply(on=on(9, 28))
    assert not autumn.clock("acceptance", on(10, 8, 23)).is_overdue
    assert autumn.clock("acceptance", on(10, 9, 0)).is_overdue
    autumn.accept(on=on(10, 9))
    assert autumn.clock("acceptance").condition == "missed"


# --- fee, service, answer -----------------------------------------------------------------------------------------


def test_fifteen_days_to_pay_end_after_the_holidays(autumn: Commercial) -> None:
    autumn.apply().accept(on=on(9, 25))
    assert autumn.due("fee") == date(2026, 10, 10)
    autumn.pay(on=on(10, 10))
    assert autumn.clock("fee").condition == "met"


def test_the_days_in_which_a_deferral_is_looked_at_do_not_count(autumn: Commercial) -> None:
    autumn.apply().accept()
    autumn.take("ask_deferral", APPLICANT, REASON, on=on(9, 29))
    autumn.take("refuse_deferral", data=REASON, on=on(10, 9))
    assert autumn.due("fee") == date(2026, 10, 19)


def test_answer_counts_from_the_day_the_copy_was_received(autumn: Commercial) -> None:
    autumn.apply().accept().pay()
    assert autumn.due("send_copy") == date(2026, 10, 9)
    autumn.take("send_copy", data={"served_on": date(2026, 9, 25), "way": "post", "tracking": "EMS1"}, on=on(9, 28))
    assert autumn.due("answer") == date(2026, 10, 10)
    with pytest.raises(NotFromHere):
        autumn.take("no_answer", Role.SYSTEM, on=on(10, 10))
    autumn.take("no_answer", Role.SYSTEM, on=on(10, 11))
    with pytest.raises(NotFromHere):
        autumn.take("no_answer", Role.SYSTEM, on=on(10, 12))


# --- the award by the rules of the institution --------------------------------------------------------------------


def test_the_time_of_the_award_is_paused_by_suspension_and_by_an_objection(autumn: Commercial) -> None:
    autumn.apply().accept().pay().form()
    assert autumn.due("award_by_rules") == date(2027, 1, 25)
    autumn.suspend(on=on(10, 12))
    autumn.take("object_to_agreement", data={"side": "respondent", **REASON}, on=on(10, 14))
    autumn.take("resume", data={}, on=on(10, 20))
    assert autumn.clock("award_by_rules").condition == "paused"
    autumn.take("agreement_stands", data={"decided_by": "institution", **REASON}, on=on(10, 22))
    # Ten days in which one ground or the other held, counted once.
    assert autumn.due("award_by_rules") == date(2027, 2, 3)


def test_the_time_of_the_award_is_extended_once_by_the_head(autumn: Commercial) -> None:
    autumn.apply().accept().pay().form()
    extend = {"amount": "2", **REASON}
    with pytest.raises(NotYou, match="负责人"):
        autumn.take("extend", SECRETARY, extend)
    with pytest.raises(Missing):
        autumn.take("extend", data={**extend, "amount": "3"})
    autumn.take("extend", data=extend)
    assert autumn.due("award_by_rules") == date(2027, 3, 24)
    assert "延长2个月" in autumn.letter("arbitration_extended")
    with pytest.raises(NotFromHere):
        autumn.take("extend", data=extend)


def test_a_limit_that_ran_out_is_not_extended(autumn: Commercial) -> None:
    autumn.apply().accept().pay().form()
    extend = {"amount": "2", **REASON}
    with pytest.raises(Missing, match="不能再延长"):
        autumn.take("extend", data=extend, on=on(2, 1, year=2027))


# --- AR02 set-aside, correction, court ----------------------------------------------------------------------------


def test_three_months_to_set_aside_count_from_receipt_and_roll_over_the_holidays(town: Town) -> None:
    story = awarded(town, on(6, 16))
    story.take("serve_award", data={"served_on": date(2026, 7, 2), "way": "post", "tracking": "EMS1"}, on=on(7, 6))
    story.take(
        "serve_respondent", data={"served_on": date(2026, 7, 10), "way": "post", "tracking": "EMS1"}, on=on(7, 13)
    )
    assert story.due("set_aside") == date(2026, 10, 8)
    assert story.due("set_aside_respondent") == date(2026, 10, 10)


def test_thirty_days_for_a_correction_count_from_receipt(town: Town) -> None:
    story = awarded(town, on(8, 20))
    story.take("serve_award", data={"served_on": date(2026, 9, 3), "way": "in_person"}, on=on(9, 4))
    assert story.due("correction") == date(2026, 10, 8)


def test_the_court_has_two_months(town: Town) -> None:
    story = awarded(town, on(6, 16)).serve()
    suit = {"side": "applicant", "court": "哈尔滨市中级人民法院", "filed_on": date(2026, 8, 3)}
    story.take("report_court", APPLICANT, suit, on=on(8, 3))
    assert story.due("court_review") == date(2026, 10, 8)


def test_the_other_side_keeps_its_window_while_the_court_looks_at_the_first(town: Town) -> None:
    story = awarded(town, on(6, 16)).serve().serve("serve_respondent")
    suit = {"side": "applicant", "court": "哈尔滨市中级人民法院", "filed_on": story.today}
    story.take("report_court", APPLICANT, suit)
    assert story.clock("set_aside_respondent").condition == "running"


# --- all ----------------------------------------------------------------------------------------------------------


def test_a_province_may_replace_a_limit_and_the_notice_says_so(town: Town) -> None:
    for key, count in (("clock.AR01F", 10), ("clock.AR01H", 5)):
        value = {"count": count, "unit": "CD"}
        Parameter.objects.create(key=key, region="23", value=value, since="2025-01-01", basis="本会仲裁规则")
    story = Commercial(town, on(3, 2)).apply().accept()
    assert "自收到本通知之日起10日内交清" in story.letter("arbitration_accepted")
    story.pay().form().announce(date(2026, 3, 9))


def test_a_case_of_a_year_without_published_holidays_has_provisional_dates(town: Town) -> None:
    assert Commercial(town, on(9, 26, year=2031)).apply().clock("acceptance").is_provisional


def test_no_clock_runs_on_in_a_closed_case(town: Town) -> None:
    story = awarded(town, on(6, 16)).serve().serve("serve_respondent")
    story.take("close", Role.SYSTEM, on=on(12, 1))
    assert {clock.condition for clock in story.case.clocks.all()} <= {"met", "missed"}
