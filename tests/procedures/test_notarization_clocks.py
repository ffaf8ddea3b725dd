"""Every time limit of a notarization, in the log of a real case: holidays, make-up days, pauses."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.notarization import NOT_COUNTED, PROCEDURE
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.notarization_story import (
    ASK,
    DECLINE,
    DIRECTOR,
    FILED,
    NOTARY,
    REASON,
    RECHECK,
    REPORT,
    SHANGHAI,
    Notarization,
    on,
)

pytestmark = pytest.mark.django_db
VERIFY = {"asked": "呼兰区公证处", "question": "请核实户籍情况是否属实。"}
FOUND = {"finding": "档案记载与申请一致。"}


@pytest.fixture
def story(town: Town) -> Notarization:
    """Thursday 5 February 2026. Spring Festival is 15 to 23 February, Mid-Autumn 25 to 27 September, the National Day
    holidays 1 to 7 October; 14 and 28 February, 20 September and 10 October are working days."""
    import_package_years([2025, 2026])
    return Notarization(town, on(2, 5))


# --- NT01 fifteen working days ------------------------------------------------------------------------------------


def test_fifteen_working_days_over_spring_festival_count_the_make_up_saturdays(story: Notarization) -> None:
    story.accepted()
    assert story.clock("certificate").due_on == date(2026, 3, 4)


def test_fifteen_working_days_over_mid_autumn_and_national_day(story: Notarization) -> None:
    story.apply().accept(on=on(9, 24))
    assert story.clock("certificate").due_on == date(2026, 10, 22)


def test_the_fifteenth_day_may_be_a_make_up_saturday(story: Notarization) -> None:
    story.apply().accept(on=on(9, 14))
    assert story.clock("certificate").due_on == date(2026, 10, 10)


def test_waiting_for_proof_over_the_holidays_is_not_counted(story: Notarization) -> None:
    story.apply().accept(on=on(9, 24))
    story.take("ask_for_more", NOTARY, ASK, on=on(9, 29))
    paused = story.clock("certificate")
    assert (paused.condition, paused.due_on) == ("paused", None)
    story.take("supplement", Role.APPLICANT, {}, Doc.MATTER_PROOF, on=on(10, 9))
    # Two days were used up to 29 September; thirteen follow 9 October, the make-up Saturday first.
    assert story.clock("certificate").due_on == date(2026, 10, 27)


@pytest.mark.parametrize(
    ("stop", "data", "go_on", "reply"),
    [("verify", VERIFY, "verified", FOUND), ("halt", REASON, "resume", {}), ("ask_for_more", ASK, "supplement", {})],
)
def test_only_the_three_reasons_of_the_law_stop_the_clock(
    story: Notarization, stop: str, data: dict[str, str], go_on: str, reply: dict[str, str]
) -> None:
    story.accepted().take(stop, NOTARY, data, on=on(2, 10))
    assert (story.clock("certificate").condition, story.state in NOT_COUNTED) == ("paused", True)
    story.take(go_on, NOTARY, reply, on=on(2, 24))
    # 6, 9 and 10 February are three; twelve follow 24 February.
    assert story.clock("certificate").due_on == date(2026, 3, 11)


def test_approval_and_recusal_do_not_stop_the_clock(story: Notarization) -> None:
    story.accepted().take("ask_recusal", Role.APPLICANT, REASON)
    story.take("keep_notary", DIRECTOR, REASON, on=on(2, 10))
    story.submit()
    assert story.clock("certificate").due_on == date(2026, 3, 4)


@pytest.mark.parametrize(("day", "condition"), [(4, "met"), (5, "missed")])
def test_a_certificate_of_the_sixteenth_day_comes_too_late(story: Notarization, day: int, condition: str) -> None:
    story.accepted().submit().issue(on=on(3, day, 23))
    assert story.clock("certificate").condition == condition


def test_papers_asked_for_before_acceptance_stop_the_answer_not_the_certificate(story: Notarization) -> None:
    story.apply(Doc.IDENTITY)
    assert story.clock("acceptance").due_on == date(2026, 2, 10)
    story.take("ask_papers", NOTARY, ASK, on=on(2, 6))
    story.take("hand_in", Role.APPLICANT, {}, Doc.MATTER_PROOF, on=on(2, 13))
    # One day was used; 14 February is a working Saturday, then the festival.
    assert story.clock("acceptance").due_on == date(2026, 2, 24)
    assert "certificate" not in {clock.name for clock in story.case.clocks.all()}


# --- NT01V, NT02 --------------------------------------------------------------------------------------------------


def test_the_other_office_answers_within_a_month_moved_over_national_day(story: Notarization) -> None:
    story.accepted().take("verify", NOTARY, VERIFY, on=on(9, 3))
    assert story.clock("verification").due_on == date(2026, 10, 8)


def test_a_case_is_ended_for_the_partys_delay_only_when_six_months_are_over(story: Notarization) -> None:
    story.accepted().take("ask_for_more", NOTARY, ASK, on=on(4, 3))
    assert story.clock("party_delay").due_on == date(2026, 10, 8)
    delay = {**DECLINE, "ground": "party_delay"}
    with pytest.raises(Missing, match="2026-10-08"):
        story.take("terminate", DIRECTOR, delay, on=on(10, 8, 23))
    story.take("terminate", DIRECTOR, delay, on=on(10, 9, 0))
    assert story.state == "terminated"


def test_nobody_is_late_who_was_not_asked(story: Notarization) -> None:
    story.accepted()
    delay = {**DECLINE, "ground": "party_delay"}
    with pytest.raises(Missing, match="不是在等当事人"):
        story.take("terminate", DIRECTOR, delay, on=on(12, 1))
    story.take("ask_for_more", NOTARY, ASK)
    story.take("supplement", Role.APPLICANT, {})
    with pytest.raises(Missing, match="不是在等当事人"):
        story.take("terminate", DIRECTOR, delay, on=on(12, 2))


# --- NT03 to NT06 re-check ----------------------------------------------------------------------------------------


def rechecked(story: Notarization, at: datetime) -> Notarization:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK, on=at)
    return story


def test_a_re_check_takes_thirty_days_moved_over_national_day(story: Notarization) -> None:
    assert rechecked(story, on(9, 3)).clock("recheck").due_on == date(2026, 10, 8)


def test_a_re_check_that_would_end_on_a_make_up_saturday_ends_there(story: Notarization) -> None:
    assert rechecked(story, on(9, 10)).clock("recheck").due_on == date(2026, 10, 10)


def test_waiting_for_proof_stops_the_re_check_for_six_months_at_most(story: Notarization) -> None:
    rechecked(story, on(3, 3)).take("assign_recheck", DIRECTOR, {"handler": story.colleague.pk})
    story.take("ask_recheck_proof", story.colleague, ASK, on=on(3, 13))
    assert story.clock("recheck").condition == "paused"
    assert story.clock("recheck_proof").due_on == date(2026, 9, 14)
    story.take("recheck_supplement", Role.APPLICANT, {}, on=on(3, 23))
    # Ten days were used; twenty follow 23 March: Sunday 12 April moves to Monday.
    assert story.clock("recheck").due_on == date(2026, 4, 13)


def test_a_correction_is_made_within_ten_days(story: Notarization) -> None:
    rechecked(story, on(9, 21)).take("assign_recheck", DIRECTOR, {"handler": story.colleague.pk})
    story.take("report_recheck", story.colleague, {"result": "correct", "opinion": "核对档案，确有笔误。"})
    story.at = on(9, 24)
    story.decide("correct")
    assert story.clock("fix").due_on == date(2026, 10, 8)


def test_the_association_hears_on_the_very_day_to_midnight_even_on_a_holiday(story: Notarization) -> None:
    rechecked(story, on(9, 21)).take("assign_recheck", DIRECTOR, {"handler": story.colleague.pk})
    story.take("report_recheck", story.colleague, {"result": "revoke", "opinion": "基本事实不符，建议撤销。"})
    story.at = on(10, 1, 15)
    story.decide("revoke")
    assert story.clock("report").due_at == datetime(2026, 10, 2, 0, 0, tzinfo=SHANGHAI)
    story.take("report_result", story.colleague, REPORT, on=datetime(2026, 10, 2, 0, 1, tzinfo=SHANGHAI))
    assert story.clock("report").condition == "missed"


def test_the_window_of_a_year_moves_over_spring_festival(town: Town) -> None:
    import_package_years([2025, 2026])
    story = Notarization(town, on(2, 13, year=2025))
    story.accepted().submit().issue().deliver(after=4)
    window = story.clock("recheck_window")
    assert (window.started_at.astimezone(SHANGHAI).date(), window.due_on) == (date(2025, 2, 17), date(2026, 2, 24))
    with pytest.raises(NotFromHere):
        story.take("settle", Role.SYSTEM, on=on(2, 24))
    story.take("archive", NOTARY, FILED, Doc.CASE_FILE)
    with pytest.raises(NotFromHere, match="2026-02-24"):
        story.take("settle", Role.SYSTEM)
    story.take("settle", Role.SYSTEM, on=on(2, 25))
    assert story.state == "closed"


def test_twenty_years_are_counted_from_the_certificate_not_from_receipt(story: Notarization) -> None:
    story.delivered()
    assert story.clock("recheck_longest").due_on == date(2046, 2, 5)
    assert story.clock("recheck_longest").is_provisional


# --- NT05 and all -------------------------------------------------------------------------------------------------


def test_the_file_is_archived_within_three_months_of_delivery_or_refusal(story: Notarization) -> None:
    story.accepted().take("decline", DIRECTOR, DECLINE, on=on(7, 1))
    archive = story.clock("archive")
    assert (archive.due_on, archive.clock.confidence) == (date(2026, 10, 8), "U")


def test_a_province_may_replace_an_unconfirmed_limit(story: Notarization) -> None:
    Parameter.objects.create(
        key="clock.NT05", region="23", value={"count": 1, "unit": "M"}, since="2025-01-01", basis="本省规定"
    )
    story.accepted().take("decline", DIRECTOR, DECLINE, on=on(6, 1))
    assert story.clock("archive").due_on == date(2026, 7, 1)


def test_a_year_without_published_holidays_gives_a_provisional_date(town: Town) -> None:
    story = Notarization(town, on(9, 24, year=2031)).accepted()
    assert story.clock("certificate").is_provisional


def test_every_clock_of_the_catalogue_is_there_and_unconfirmed_ones_are_marked() -> None:
    found = {clock.id: clock.confidence.value for clock in PROCEDURE.clocks}
    catalogue = {"NT01": "S", "NT02": "U", "NT03": "U", "NT04": "S2"}
    assert {key: found[key] for key in catalogue} == catalogue
