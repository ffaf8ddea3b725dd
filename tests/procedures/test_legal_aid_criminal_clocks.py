"""Every time limit of criminal legal aid and of the duty lawyers: hours to the minute, days over the holidays of 2026.

The holidays run from 1 to 7 October; Sunday 20 September and Saturday 10 October are working days.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.kernel import Procedure, all_procedures
from santai.casework.models import Parameter
from santai.documents.models import DocumentKind as Doc
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.legal_aid_criminal_story import (
    CRIMINAL_APPLICATION,
    MET,
    PAPERS,
    WHY,
    Criminal,
    Duty,
    Notice,
    another_lawyer,
    on,
)
from tests.procedures.legal_aid_story import LAWYER, OFFICER, keep_standard

pytestmark = pytest.mark.django_db
TABLES = [table for table in all_procedures() if table.name.startswith("legal_aid") or table.name == "duty_lawyer"]


@pytest.fixture(autouse=True)
def _calendar(db: None) -> None:
    import_package_years([2026])


@pytest.fixture
def criminal(town: Town) -> Criminal:
    keep_standard()
    return Criminal(town, on(9, 24))


@pytest.fixture
def notice(town: Town) -> Notice:
    return Notice(town, on(9, 24))


@pytest.fixture
def duty(town: Town) -> Duty:
    return Duty(town, on(9, 24))


def received(story: Criminal, at: datetime) -> None:
    data = {"receiver": "detention", "receiver_name": "道里区看守所", "received_at": at.isoformat()}
    story.take("receive_in_custody", data=data, on=at)


def handed_over(story: Criminal, at: datetime, on: datetime | None = None) -> None:
    data = {**CRIMINAL_APPLICATION, "handed_over_at": at.isoformat()}
    story.take("hand_over", OFFICER, data, *PAPERS, on=on or at)


# --- LA01 custody transfer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "condition"), [(24 * 60, "met"), (24 * 60 + 1, "missed")])
def test_an_application_leaves_detention_within_24_hours_to_the_minute(
    criminal: Criminal, minutes: int, condition: str
) -> None:
    received(criminal, on(9, 24, 16, 37))
    handed_over(criminal, on(9, 24, 16, 37) + timedelta(minutes=minutes))
    assert criminal.clock("transfer").condition == condition


def test_hours_run_on_over_the_holidays(criminal: Criminal) -> None:
    received(criminal, on(9, 30, 20, 15))
    assert criminal.clock("transfer").due_at == on(10, 1, 20, 15)


def test_the_transfer_counts_from_receipt_and_to_the_hand_over_whenever_both_are_written_down(
    criminal: Criminal,
) -> None:
    data = {"receiver": "duty_lawyer", "receiver_name": "李律师", "received_at": on(9, 24, 10, 0).isoformat()}
    criminal.take("receive_in_custody", data=data, on=on(9, 26, 9, 0))
    handed_over(criminal, on(9, 25, 9, 59), on=on(9, 26, 9, 5))
    assert criminal.clock("transfer").condition == "met"


def test_the_police_have_three_days_to_ask_the_family_for_papers(criminal: Criminal) -> None:
    received(criminal, on(9, 29))
    assert criminal.clock("family").due_on == date(2026, 10, 8)
    criminal.take("family_told", data={"told_on": date(2026, 9, 30)}, on=on(10, 9))
    assert criminal.clock("family").condition == "met"


@pytest.mark.parametrize(("minutes", "condition"), [(24 * 60, "met"), (24 * 60 + 1, "missed")])
def test_a_duty_lawyer_passes_an_application_on_within_24_hours(duty: Duty, minutes: int, condition: str) -> None:
    duty.request().tell().help()
    asked = on(9, 24, 11, 11)
    duty.take("take_application", LAWYER, {"received_at": asked.isoformat()}, on=asked)
    assert duty.clock("transfer").due_at == on(9, 25, 11, 11)
    done = asked + timedelta(minutes=minutes)
    duty.take("transfer_application", LAWYER, {"handed_over_at": done.isoformat()}, on=done)
    assert duty.clock("transfer").condition == condition


# --- LA04, LA05 on application ------------------------------------------------------------------------------------


def test_the_seven_days_of_review_begin_when_the_office_has_the_application(criminal: Criminal) -> None:
    received(criminal, on(9, 24, 18, 0))
    handed_over(criminal, on(9, 25, 9, 0), on=on(9, 28))
    assert criminal.clock("review").due_on == date(2026, 10, 8)
    late = Criminal(criminal.town, on(9, 30, 8))
    received(late, on(9, 30, 9, 0))
    handed_over(late, on(10, 1, 8, 0), on=on(10, 9))
    assert late.clock("review").due_on == date(2026, 10, 8)


def test_a_review_may_end_on_a_make_up_saturday_and_stands_still_while_papers_are_missing(criminal: Criminal) -> None:
    criminal.apply(on=on(10, 3))
    assert criminal.clock("review").due_on == date(2026, 10, 10)
    criminal.take("ask_for_more", data={"items": "户口簿复印件", "by": date(2026, 10, 20)}, on=on(10, 5))
    assert criminal.clock("review").condition == "paused"
    criminal.take("supplement", Role.APPLICANT, {}, on=on(10, 12))
    # 4 and 5 October are two days, 13 to 17 October the other five; Saturday 17 moves to Monday.
    assert criminal.clock("review").due_on == date(2026, 10, 19)


def test_a_grant_is_followed_by_an_assignment_within_three_days(criminal: Criminal) -> None:
    criminal.apply().accept()
    criminal.take("grant", on=on(9, 29))
    assert criminal.clock("assign").due_on == date(2026, 10, 8)
    criminal.assign()
    assert criminal.clock("assign").condition == "met"


# --- LA02, LA03 on notice -----------------------------------------------------------------------------------------


def reminded(story: Notice, found: date) -> None:
    data = {"organ": "道里区公安分局", "ground": "minor", "discovered_on": found, **WHY}
    story.take("remind_organ", data=data)


def test_an_organ_has_three_days_from_what_it_found(notice: Notice) -> None:
    notice.at = on(9, 29)
    reminded(notice, date(2026, 9, 29))
    assert notice.clock("organ_notice").due_on == date(2026, 10, 8)


@pytest.mark.parametrize(("notified", "condition"), [(date(2026, 10, 10), "met"), (date(2026, 10, 11), "missed")])
def test_the_day_on_the_notice_counts_not_the_day_it_arrived(notice: Notice, notified: date, condition: str) -> None:
    """Found on Wednesday 7 October: due on Saturday 10 October, a make-up working day."""
    notice.at = on(10, 7)
    reminded(notice, date(2026, 10, 7))
    dates = {"discovered_on": date(2026, 10, 7), "notified_on": notified, "received_on": date(2026, 10, 13)}
    notice.register(on=on(10, 13), **dates)
    assert notice.clock("organ_notice").condition == condition


def test_a_lawyer_is_appointed_within_three_days_of_the_notice(notice: Notice) -> None:
    notice.register(on=on(9, 29))
    assert notice.clock("assign").due_on == date(2026, 10, 8)
    notice.assign()
    assert notice.clock("assign").condition == "met"


def test_a_notice_that_was_registered_later_still_counts_from_its_receipt(notice: Notice) -> None:
    received_on = date(2026, 10, 12)
    dates = {"discovered_on": received_on, "notified_on": received_on, "received_on": received_on}
    notice.register(on=on(10, 16), **dates)
    assert notice.clock("assign").due_on == date(2026, 10, 15)
    assert notice.clock("assign").is_overdue


def test_another_appointment_has_three_days_of_its_own(notice: Notice) -> None:
    notice.register().assign()
    notice.begin().refuse()
    notice.take("refusal_allowed", data={**WHY, "decided_on": date(2026, 9, 25)}, on=on(9, 28))
    # Five days from Friday 25 September end on the 30th, a working day.
    assert notice.clock("own_counsel").due_on == date(2026, 9, 30)
    again = {"notified_on": date(2026, 10, 8), "received_on": date(2026, 10, 8), "document_number": "法援通2号"}
    notice.take("notified_again", data=again, on=on(10, 8))
    assert notice.clock("own_counsel").condition == "missed"
    assert notice.clock("assign").due_on == date(2026, 10, 12)


# --- LA17, LA18 visit and papers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "condition"), [(48, "met"), (49, "missed")])
def test_a_detention_centre_arranges_a_visit_within_48_hours(notice: Notice, hours: int, condition: str) -> None:
    notice.register().assign()
    notice.take("ask_visit", LAWYER, {"asked_at": on(9, 30, 15, 20).isoformat()}, on=on(9, 30, 15, 30))
    assert notice.clock("visit").due_at == on(10, 2, 15, 20)
    met = on(9, 30, 15, 20) + timedelta(hours=hours)
    notice.take("first_meeting", LAWYER, {**MET, "met_on": met.date()}, Doc.MEETING_RECORD, on=met)
    assert notice.clock("visit").condition == condition


@pytest.mark.parametrize("kind", [Criminal, Notice])
def test_papers_are_with_the_court_three_days_after_the_assignment(town: Town, kind: type[Criminal]) -> None:
    keep_standard()
    story = kind(town, on(9, 29))
    if isinstance(story, Notice):
        story.register().assign()
    else:
        story.apply().accept().grant()
        story.assign()
    assert story.clock("court_papers").due_on == date(2026, 10, 8)
    story.take("submit_papers", LAWYER, {"submitted_on": date(2026, 10, 8)}, on=on(10, 9))
    assert story.clock("court_papers").condition == "met"


def test_a_new_lawyer_has_three_days_of_their_own_for_the_court(notice: Notice) -> None:
    notice.register().assign()
    data = {"practitioner": another_lawyer(notice.town).pk, "reason": "unable", "handover": "材料已经移交。", **WHY}
    notice.take("replace_at_trial", data=data, on=on(10, 7))
    assert notice.clock("court_papers").due_on == date(2026, 10, 10)


def test_before_the_trial_nobody_waits_for_papers_to_a_court(notice: Notice) -> None:
    notice.register(stage="investigation", ground="limited").assign()
    assert "court_papers" not in {one.name for one in notice.case.clocks.all()}


# --- LA14, LA15 duty lawyer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "condition"), [(24 * 60, "met"), (24 * 60 + 1, "missed")])
def test_a_duty_lawyer_is_told_within_24_hours_of_the_request(duty: Duty, minutes: int, condition: str) -> None:
    asked = on(9, 30, 22, 45)
    duty.request(on=asked + timedelta(minutes=20), requested_at=asked.isoformat())
    assert duty.clock("tell_lawyer").due_at == on(10, 1, 22, 45)
    told = asked + timedelta(minutes=minutes)
    duty.at = told + timedelta(hours=3)
    duty.tell(told_at=told.isoformat(), off_rota="夜间没有排班，电话通知。")
    assert duty.clock("tell_lawyer").condition == condition


def test_a_lawyer_is_named_within_two_working_days_of_the_organs_notice(duty: Duty) -> None:
    duty.at = on(9, 30)
    duty.notice()
    assert duty.clock("name_lawyer").due_on == date(2026, 10, 9)
    assert duty.clock("name_lawyer").clock.confidence == "U"


def test_a_make_up_saturday_is_one_of_the_two(duty: Duty) -> None:
    duty.at = on(10, 8)
    duty.notice()
    assert duty.clock("name_lawyer").due_on == date(2026, 10, 10)


def test_notice_three_working_days_ahead_is_counted_back_over_the_holidays(duty: Duty) -> None:
    """For help on Monday 12 October notice is due by the 8th: the 10th, the 9th and the 8th are working days."""
    duty.at = on(9, 29)
    duty.notice(help_on=date(2026, 10, 12))
    assert duty.case.facts["duty"]["notice_due"] == "2026-10-08"
    reading = duty.clock("help_notice")
    assert (reading.due_on, reading.condition) == (date(2026, 10, 8), "met")
    assert "10月10日（周六）因国庆节调休上班，算工作日。" in reading.explain()


@pytest.mark.parametrize(("step", "condition"), [("register_notice", "missed"), ("register_urgent_notice", None)])
def test_short_notice_of_help_is_on_the_record_unless_it_is_exempt(
    duty: Duty, step: str, condition: str | None
) -> None:
    duty.at = on(10, 9)
    exempt = {"reason": "fast_track"} if step == "register_urgent_notice" else {}
    duty.notice(step, help_on=date(2026, 10, 12), **exempt)
    assert {one.name: one.condition for one in duty.case.clocks.all()}.get("help_notice") == condition


# --- LA06 to LA12 as in civil aid ---------------------------------------------------------------------------------


def test_a_termination_is_served_in_three_days_and_open_to_objection_for_fifteen(notice: Notice) -> None:
    notice.register().assign()
    notice.take("terminate", data={"ground": "other", "explanation": "受援人拒不配合，无法办理。"}, on=on(10, 12))
    assert notice.clock("termination_service").due_on == date(2026, 10, 15)
    notice.take("serve_termination", data={"served_on": date(2026, 10, 12), "way": "in_person"})
    assert notice.clock("objection_window").due_on == date(2026, 10, 27)
    notice.take("object_termination", Role.APPLICANT, WHY, on=on(10, 14))
    assert notice.clock("objection_review").due_on == date(2026, 10, 19)


def test_the_file_is_due_thirty_days_after_the_paper_that_ended_the_stage(notice: Notice) -> None:
    notice.register().assign()
    notice.begin()
    notice.at = on(10, 20)
    notice.finish(closed_on=date(2026, 10, 12))
    assert notice.clock("hand_in_file").due_on == date(2026, 11, 11)
    notice.at = on(10, 21)
    notice.hand_in()
    assert notice.clock("file_review").due_on == date(2026, 11, 20)
    assert notice.clock("payment").due_on == date(2026, 11, 20)


def test_a_request_for_another_lawyer_is_answered_within_five_days(notice: Notice) -> None:
    notice.register().assign()
    notice.take("ask_replacement", Role.APPLICANT, WHY, on=on(9, 28))
    assert notice.clock("replacement").due_on == date(2026, 10, 8)


def test_an_agreement_on_application_is_signed_within_five_days_not_counting_the_persons_own_delay(
    criminal: Criminal,
) -> None:
    criminal.apply().accept().grant()
    criminal.assign()
    criminal.take("await_recipient", LAWYER, {"explanation": "受援人在押，等待安排会见。"}, on=on(9, 26))
    criminal.take("recipient_ready", LAWYER, on=on(10, 12))
    assert criminal.clock("agreement").due_on == date(2026, 10, 15)


# --- all ----------------------------------------------------------------------------------------------------------


def test_every_clock_of_the_catalogue_is_in_a_table() -> None:
    """LA16 is the complaint's own table."""
    ids = {clock.id for table in TABLES for clock in table.clocks}
    assert ids >= {f"LA{number:02d}" for number in range(1, 16)}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_unconfirmed_limit_says_so_and_every_limit_can_be_replaced(table: Procedure) -> None:
    for clock in table.clocks:
        assert clock.id, clock.name
        if clock.confidence == "S":
            assert "待核" not in clock.basis, clock.name
            assert "默认值" not in clock.basis, clock.name


def test_a_province_may_replace_the_unconfirmed_days_of_naming(duty: Duty) -> None:
    Parameter.objects.create(
        key="clock.LA15", region="23", value={"count": 1, "unit": "WD"}, since="2025-01-01", basis="本省实施办法"
    )
    duty.at = on(10, 8)
    duty.notice()
    assert duty.clock("name_lawyer").due_on == date(2026, 10, 9)


def test_civil_aid_knows_no_court_papers() -> None:
    civil = next(table for table in TABLES if table.name == "legal_aid_civil")
    assert "LA18" not in {clock.id for clock in civil.clocks}
