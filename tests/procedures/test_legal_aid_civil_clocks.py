"""Every time limit of civil legal aid, in the log of a real case: holidays, make-up days, pauses, later starts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from santai.casework.models import Parameter
from santai.documents.models import DocumentKind as Doc
from santai.procedures.legal_aid_civil import PROCEDURE
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_practitioner, make_staff
from tests.procedures.legal_aid_story import FINISH, KEPT, LAWYER, REASON, Story, keep_standard

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def on(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def story(town: Town) -> Story:
    """Thursday 24 September 2026. The holidays run from 1 to 7 October; Sunday 20 September and Saturday 10 October
    are working days."""
    import_package_years([2026])
    keep_standard()
    return Story(town, on(9, 24))


# --- LA04 review --------------------------------------------------------------------------------------------------


def test_the_seven_days_of_review_run_from_the_application_over_the_national_holidays(story: Story) -> None:
    story.apply()
    assert story.clock("review").due_on == date(2026, 10, 8)


def test_a_review_that_would_end_on_a_make_up_saturday_ends_there(story: Story) -> None:
    story.apply(on=on(10, 3))
    assert story.clock("review").due_on == date(2026, 10, 10)


def test_waiting_for_papers_over_the_holidays_moves_the_review_by_the_days_waited(story: Story) -> None:
    story.apply()
    ask = {"items": "工资条或考勤表", "by": date(2026, 10, 12)}
    story.take("ask_for_more", data=ask, on=on(9, 28))
    paused = story.clock("review")
    assert (paused.condition, paused.due_on) == ("paused", None)
    story.take("supplement", Role.APPLICANT, {}, Doc.MATTER_PROOF, on=on(10, 9))
    # 25 to 28 September are four days, 10 to 12 October the other three.
    assert story.clock("review").due_on == date(2026, 10, 12)


def test_a_pause_that_ends_before_a_make_up_saturday_lets_the_review_end_on_it(story: Story) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "工资条或考勤表", "by": date(2026, 10, 12)}, on=on(9, 29))
    story.take("supplement", Role.APPLICANT, {}, Doc.MATTER_PROOF, on=on(10, 8))
    assert story.clock("review").due_on == date(2026, 10, 10)


def test_checking_elsewhere_stops_the_review_as_well(story: Story) -> None:
    story.apply().accept()
    question = {"office": "呼兰区法律援助中心", "question": "请核查家庭收入情况。"}
    story.take("ask_other_office", data=question, on=on(9, 25))
    assert story.clock("review").condition == "paused"
    story.take("other_office_replied", data={"answer": "情况属实，收入一致。"}, on=on(10, 14))
    assert story.clock("review").due_on == date(2026, 10, 20)


def test_two_pauses_add_up(story: Story) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "工资条或考勤表", "by": date(2026, 9, 29)}, on=on(9, 25))
    story.take("supplement", Role.APPLICANT, {}, Doc.MATTER_PROOF, on=on(9, 27))
    question = {"office": "呼兰区法律援助中心", "question": "请核查家庭收入情况。"}
    story.take("ask_other_office", data=question, on=on(9, 28))
    story.take("other_office_replied", data={"answer": "情况属实，收入一致。"}, on=on(10, 12))
    # One day before the first pause, one between the two, five after the second: Saturday 17 moves to Monday.
    assert story.clock("review").due_on == date(2026, 10, 19)


def test_a_decision_on_the_ninth_of_october_comes_a_day_late(story: Story) -> None:
    story.apply().accept()
    assert not story.clock("review", on(10, 8, 23)).is_overdue
    assert story.clock("review", on(10, 9)).is_overdue
    story.take("grant", on=on(10, 9))
    assert story.clock("review").condition == "missed"


# --- LA05 assignment ----------------------------------------------------------------------------------------------


def test_the_three_days_of_assignment_run_from_the_decision(story: Story) -> None:
    story.apply().accept()
    story.take("grant", on=on(9, 29))
    assert story.clock("assign").due_on == date(2026, 10, 8)


def test_an_ordered_grant_starts_the_assignment_again(story: Story) -> None:
    story.apply().accept().decline()
    story.take("object", Role.APPLICANT, REASON, on=on(10, 12))
    story.take("order_grant", Role.SUPERVISOR, REASON, on=on(10, 13))
    assert story.clock("assign").due_on == date(2026, 10, 16)


# --- LA06, LA07, LA10 objection and service -----------------------------------------------------------------------


def test_an_objection_may_be_filed_until_fifteen_days_after_the_paper_was_received(story: Story) -> None:
    story.apply().accept().decline()
    story.take("serve_decision", data={"served_on": date(2026, 9, 25), "way": "post", "tracking": "EMS1"}, on=on(9, 28))
    window = story.clock("objection_window")
    assert window.due_on == date(2026, 10, 10)
    assert window.clock.confidence == "U"


def test_the_bureau_has_five_days_for_an_objection(story: Story) -> None:
    story.apply().accept().decline()
    story.take("object", Role.APPLICANT, REASON, on=on(9, 27))
    assert story.clock("objection_review").due_on == date(2026, 10, 8)


def test_a_second_objection_in_one_case_has_its_own_five_days(handled: Story) -> None:
    for day in (12, 22):
        handled.take("terminate", data={"ground": "other", "explanation": "没有按约定配合办理案件。"}, on=on(10, day))
        handled.take("object_termination", Role.APPLICANT, REASON, on=on(10, day + 1))
        assert handled.clock("objection_review").due_on == date(2026, 10, day + 7 if day == 12 else 28)
        handled.take("order_resumption", Role.SUPERVISOR, REASON, on=on(10, day + 2))
        handled.assign().begin_handling()


@pytest.mark.parametrize(
    ("decide", "clock", "serve"),
    [("decline", "decline_service", "serve_decision"), ("terminate", "termination_service", "serve_termination")],
)
def test_a_decision_is_served_within_three_days(story: Story, decide: str, clock: str, serve: str) -> None:
    story.apply().accept()
    if decide == "decline":
        story.decline()
    else:
        story.grant().take("terminate", data={"ground": "asked", "explanation": "受援人不再需要法律援助。"})
    assert story.clock(clock).due_on == date(2026, 9, 27) + timedelta(days=1)
    story.serve(serve)
    assert story.clock(clock).condition == "met"


# --- LA08, LA09 agreement and replacement -------------------------------------------------------------------------


def test_the_agreement_is_signed_within_five_days_not_counting_the_recipients_own_delay(story: Story) -> None:
    story.apply().accept().grant().assign()
    assert story.clock("agreement").due_on == date(2026, 9, 29)
    story.take("await_recipient", LAWYER, {"explanation": "受援人在外地，节后回来。"}, on=on(9, 26))
    assert story.clock("agreement").condition == "paused"
    story.take("recipient_ready", LAWYER, on=on(10, 12))
    assert story.clock("agreement").due_on == date(2026, 10, 15)


def test_a_new_practitioner_has_five_days_of_their_own(handled: Story) -> None:
    firm = handled.town.other_firm
    newcomer = make_practitioner(make_staff(LAWYER, firm), firm)
    data = {"practitioner": newcomer.pk, "reason": "unable", "handover": "材料已经全部移交。", **REASON}
    handled.take("replace", data=data, on=on(10, 12))
    assert handled.clock("agreement").due_on == date(2026, 10, 19)


def test_a_request_for_replacement_is_answered_within_five_days(handled: Story) -> None:
    handled.take("ask_replacement", Role.APPLICANT, REASON, on=on(9, 28))
    assert handled.clock("replacement").due_on == date(2026, 10, 8)
    handled.take("keep_practitioner", data=KEPT, on=on(9, 30))
    assert handled.clock("replacement").condition == "met"


# --- LA11, LA12 file and payment ----------------------------------------------------------------------------------


def finished(story: Story, closed_on: date, told: datetime) -> Story:
    story.take("finish", LAWYER, {**FINISH, "closed_on": closed_on}, Doc.COURT_PAPER, Doc.MEETING_RECORD, on=told)
    return story


def test_the_file_is_due_thirty_days_after_the_closing_day_not_after_the_report(handled: Story) -> None:
    finished(handled, date(2026, 10, 12), on(10, 20))
    assert handled.clock("hand_in_file").due_on == date(2026, 11, 11)


def test_the_file_of_a_terminated_case_is_due_from_the_day_the_termination_stands(handled: Story) -> None:
    handled.take("terminate", data={"ground": "own_counsel", "explanation": "受援人自己请了律师办理。"})
    handled.take("object_termination", Role.APPLICANT, REASON)
    handled.take("uphold_termination", Role.SUPERVISOR, REASON, on=on(10, 12))
    assert handled.clock("hand_in_file").due_on == date(2026, 11, 11)


def test_review_of_the_file_begins_anew_when_it_comes_back_and_payment_follows(handled: Story) -> None:
    finished(handled, date(2026, 10, 12), on(10, 12))
    handled.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT, on=on(10, 13))
    assert handled.clock("file_review").due_on == date(2026, 11, 12)
    handled.take("return_file", data={"items": "缺少庭审笔录", "by": date(2026, 10, 30)}, on=on(10, 14))
    handled.take("hand_in_file", LAWYER, {}, on=on(10, 26))
    assert handled.clock("file_review").due_on == date(2026, 11, 25)
    handled.take("accept_file", data={"grade": "good"}, on=on(10, 27))
    assert handled.clock("payment").due_on == date(2026, 11, 26)


# --- all ----------------------------------------------------------------------------------------------------------


def test_a_province_may_replace_an_unconfirmed_limit(story: Story) -> None:
    Parameter.objects.create(
        key="clock.LA07", region="23", value={"count": 30, "unit": "CD"}, since="2025-01-01", basis="本省实施办法"
    )
    story.apply().accept().decline().serve()
    assert story.clock("objection_window").due_on == date(2026, 10, 26)
    assert "收到本决定书之日起30日内" in story.letter("legal_aid_declined")


def test_a_case_of_a_year_without_published_holidays_has_provisional_dates(town: Town) -> None:
    keep_standard()
    story = Story(town, on(9, 26, year=2031)).apply()
    assert story.clock("review").is_provisional
    story.case.refresh_from_db()
    assert story.case.is_provisional


def test_the_worklist_shows_the_nearest_limit_and_none_while_waiting(story: Story) -> None:
    story.apply()
    assert (story.case.due_clock, story.case.is_paused) == ("review", False)
    story.take("ask_for_more", data={"items": "工资条或考勤表", "by": date(2026, 10, 12)})
    assert (story.case.due_at, story.case.is_paused) == (None, True)


def test_every_clock_of_the_catalogue_is_there() -> None:
    ids = {clock.id for clock in PROCEDURE.clocks}
    assert ids >= {f"LA{number:02d}" for number in range(4, 13)}


def test_no_clock_runs_on_in_a_closed_case(handled: Story) -> None:
    finished(handled, date(2026, 10, 12), on(10, 12))
    handled.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)
    handled.take("accept_file", data={"grade": "good"})
    handled.pay()
    assert {clock.condition for clock in handled.case.clocks.all()} <= {"met", "missed"}
