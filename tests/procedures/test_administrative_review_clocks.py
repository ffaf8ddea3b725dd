"""RV02 and RV03 over holidays, make-up days, pauses and extensions."""

from __future__ import annotations

from datetime import date

import pytest

from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.administrative_review import PROCEDURE
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.adviser_story import APPLICANT, HEAD, REASON, REVIEWER, SUPERVISOR, on
from tests.procedures.review_story import SERVED, Review

pytestmark = pytest.mark.django_db

# --- RV02, RV03 over the calendar ---------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> Review:
    """Thursday 24 September 2026; 25 to 27 September and 1 to 7 October off, Saturday 10 October works."""
    import_package_years([2026])
    return Review(town, on(9, 24))


def test_the_review_of_acceptance_leaves_out_the_holidays_and_starts_anew_after_the_papers(autumn: Review) -> None:
    autumn.apply()
    assert autumn.due("acceptance") == date(2026, 10, 9)
    autumn.take("ask_for_more", SUPERVISOR, {"items": "缺处罚决定书", "by": date(2026, 10, 26)}, on=on(9, 28))
    autumn.take("supplement", APPLICANT, {}, on=on(10, 12))
    assert autumn.due("acceptance") == date(2026, 10, 19)


def test_sixty_days_are_paused_by_a_suspension_and_extended_once_by_up_to_thirty(autumn: Review) -> None:
    autumn.apply().accept()
    # 60 days after 24 September is Monday 23 November.
    assert autumn.due("decision") == date(2026, 11, 23)
    autumn.take("suspend", REVIEWER, {"ground": "norm", **REASON}, on=on(10, 4))
    assert autumn.clock("decision").condition == "paused"
    autumn.take("resume", REVIEWER, {}, on=on(10, 14))
    # Ten days were used; fifty follow 14 October.
    assert autumn.due("decision") == date(2026, 12, 3)
    extend = {"amount": 30, **REASON}
    with pytest.raises(Missing, match="最多延长30日"):
        autumn.take("extend", HEAD, {**extend, "amount": 31}, on=on(12, 1))
    autumn.take("extend", HEAD, extend, on=on(12, 1))
    # 3 December plus 30 days is 2 January 2027, a Saturday of the New Year holidays; Monday the 4th follows.
    assert autumn.due("decision") == date(2027, 1, 4)
    with pytest.raises(NotFromHere, match="已经延长过"):
        autumn.take("extend", HEAD, extend)
    assert autumn.letters[-1] == "review_extended"


def test_an_extension_after_the_end_is_refused(autumn: Review) -> None:
    autumn.apply().accept()
    with pytest.raises(Missing, match="已经届满"):
        autumn.take("extend", HEAD, {"amount": 10, **REASON}, on=on(11, 24))


def test_the_simple_procedure_takes_thirty_days_and_the_copy_three(autumn: Review) -> None:
    autumn.apply(agrees_simple=True).accept_simple()
    assert autumn.due("decision_simple") == date(2026, 10, 26)
    # 28, 29, 30 September.
    assert autumn.due("copy_simple") == date(2026, 9, 30)
    autumn.copy(date(2026, 9, 24), "send_copy_simple")
    # 28, 29, 30 September, 8 and 9 October.
    assert autumn.due("answer_simple") == date(2026, 10, 9)


def test_the_ordinary_copy_takes_seven_working_days_and_the_answer_ten(autumn: Review) -> None:
    autumn.apply().accept()
    # 28, 29, 30 September, 8, 9, Saturday 10 and 12 October.
    assert autumn.due("copy") == date(2026, 10, 12)
    autumn.take("send_copy", REVIEWER, {"served_on": date(2026, 9, 28), **SERVED}, on=on(9, 30))
    assert autumn.clock("copy").condition == "met"
    # 29, 30 September, 8, 9, Saturday 10, 12 to 16 October.
    assert autumn.due("answer") == date(2026, 10, 16)


def test_fifteen_days_to_sue_run_from_service_over_the_holidays(town: Town) -> None:
    import_package_years([2026])
    story = Review(town, on(9, 16)).apply().accept().served()
    # 15 days after 16 September is 1 October, a holiday.
    assert story.due("sue") == date(2026, 10, 8)


def test_an_obstacle_stops_the_window_to_apply(autumn: Review) -> None:
    autumn.take("note_decision", APPLICANT, {"known_on": date(2026, 9, 24), "act": "penalty"})
    assert autumn.due("apply_window") == date(2026, 11, 23)
    autumn.take("obstacle", APPLICANT, REASON, on=on(10, 4))
    autumn.take("obstacle_over", APPLICANT, {}, on=on(10, 14))
    assert autumn.due("apply_window") == date(2026, 12, 3)


def test_a_province_may_ask_for_a_longer_notice_of_a_hearing(autumn: Review) -> None:
    Parameter.objects.create(
        key="clock.RV05", region="23", value={"count": 7, "unit": "WD"}, since=date(2020, 1, 1), basis="本省规定"
    )
    autumn.apply().accept(is_major=True).heard()
    with pytest.raises(Missing, match="7个工作日前通知"):
        autumn.take("set_hearing", REVIEWER, {"hearing_on": date(2026, 10, 10), "hour": "上午9:00", "place": "会议室",
                                              "topic": "程序是否合法"})  # fmt: skip


def test_every_clock_of_the_catalogue_is_there() -> None:
    assert {clock.id for clock in PROCEDURE.clocks} >= {"RV01", "RV02", "RV03"}
    assert {clock.id for clock in PROCEDURE.clocks if clock.confidence != "S"} == {"RV0S"}
