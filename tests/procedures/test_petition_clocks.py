"""PT01 to PT04 over holidays, make-up days, pauses and extensions."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.petition import PROCEDURE
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.adviser_story import (
    APPLICANT,
    CLERK,
    REASON,
    on,
)
from tests.procedures.petition_story import REPLY, Petition

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Petition:
    return Petition(town, monday)


# --- PT01, PT02 ---------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> Petition:
    """Thursday 24 September 2026; 25 to 27 September and 1 to 7 October off, Saturday 10 October works."""
    import_package_years([2026])
    return Petition(town, on(9, 24))


def test_the_office_has_fifteen_days_from_its_own_receipt_and_not_from_ours(autumn: Petition) -> None:
    autumn.register().hand_over()
    assert autumn.clock("hand_over").condition == "met"
    autumn.received(on(9, 28, 10))
    # 15 days after 28 September is 13 October.
    assert autumn.due("office") == date(2026, 10, 13)
    assert autumn.case.opened_at == on(9, 24)


def test_nobody_waits_for_a_receipt_unasked(autumn: Petition) -> None:
    autumn.register().hand_over()
    # 28, 29 and 30 September.
    assert autumn.due("chase") == date(2026, 9, 30)
    autumn.received(autumn.at)
    autumn.take("office_passes_on", CLERK, {"kind": "sent", "unit": "某镇人民政府", "passed_on": autumn.today})
    assert autumn.due("chase_unit") == date(2026, 10, 9)
    autumn.received(on(10, 8), "unit_received")
    assert autumn.clock("chase_unit").condition == "met"


def test_fifteen_days_that_end_in_the_holidays_end_after_them(town: Town) -> None:
    import_package_years([2026])
    story = Petition(town, on(9, 15)).register().hand_over().received(on(9, 16, 9))
    # 15 days after 16 September is Thursday 1 October, a holiday: Thursday 8 October is the first working day.
    assert story.due("office") == date(2026, 10, 8)
    # The Spring Festival of 2026 is off from 15 to 23 February.
    again = Petition(town, on(2, 2)).register().hand_over().received(on(2, 2, 9))
    assert again.due("office") == date(2026, 2, 24)


def test_the_unit_answers_within_fifteen_days_and_objects_within_five_working_days(autumn: Petition) -> None:
    autumn.with_unit()
    autumn.received(autumn.at, "unit_received")
    assert autumn.due("unit_answer") == date(2026, 10, 9)
    # 28, 29, 30 September, 8 and 9 October.
    assert autumn.due("objection") == date(2026, 10, 9)
    autumn.take("unit_objects", CLERK, {"objected_on": date(2026, 10, 9), **REASON}, on=on(10, 13))
    assert autumn.clock("objection").condition == "met"
    assert autumn.clock("office_again").due_on == date(2026, 10, 26)


def test_an_objection_after_the_five_days_is_late_on_the_record(autumn: Petition) -> None:
    autumn.with_unit()
    autumn.received(autumn.at, "unit_received")
    autumn.take("unit_objects", CLERK, {"objected_on": date(2026, 10, 12), **REASON}, on=on(10, 13))
    assert autumn.clock("objection").condition == "missed"


def test_the_unit_answers_in_time_when_it_accepts_on_the_last_day(autumn: Petition) -> None:
    autumn.with_unit()
    autumn.received(autumn.at, "unit_received")
    autumn.take("unit_accepts", CLERK, {"accepted_on": date(2026, 10, 9)}, on=on(10, 20))
    assert autumn.clock("unit_answer").condition == "met"
    # 60 days after 9 October is Tuesday 8 December.
    assert autumn.due("handling") == date(2026, 12, 8)


# --- PT03 ---------------------------------------------------------------------------------------------------------


def test_the_answer_takes_sixty_days_and_up_to_thirty_more(autumn: Petition) -> None:
    autumn.handling(accepted_on=date(2026, 9, 28))
    # 60 days after 28 September is Friday 27 November.
    assert autumn.due("handling") == date(2026, 11, 27)
    autumn.take("extend", CLERK, {"amount": 30, "approved_by": "镇长", **REASON}, on=on(11, 20))
    # 30 more: 27 December is a Sunday.
    assert autumn.due("handling") == date(2026, 12, 28)
    assert autumn.clock("handling", on(12, 28, 23)).is_overdue is False


def test_an_extension_after_the_limit_has_run_out_is_refused(autumn: Petition) -> None:
    autumn.handling(accepted_on=date(2026, 9, 28))
    with pytest.raises(Missing, match="已经届满"):
        autumn.take("extend", CLERK, {"amount": 30, "approved_by": "镇长", **REASON}, on=on(12, 1))


def test_the_answer_counts_from_its_own_date(autumn: Petition) -> None:
    autumn.handling(accepted_on=date(2026, 9, 28))
    autumn.take("reply", CLERK, {**REPLY, "replied_on": date(2026, 11, 26), "served_on": date(2026, 11, 27)},
                on=on(12, 5))  # fmt: skip
    assert autumn.clock("handling").condition == "met"
    # 30 days after 27 November is Sunday 27 December.
    assert autumn.due("review_window") == date(2026, 12, 28)


# --- PT04 ---------------------------------------------------------------------------------------------------------


def test_review_is_asked_and_answered_within_thirty_days(autumn: Petition) -> None:
    autumn.handling(accepted_on=date(2026, 9, 28))
    autumn.take("reply", CLERK, {**REPLY, "replied_on": date(2026, 10, 10), "served_on": date(2026, 10, 10)},
                on=on(10, 10))  # fmt: skip
    assert autumn.due("review_window") == date(2026, 11, 9)
    autumn.take("ask_review", APPLICANT, {"filed_on": date(2026, 11, 9), **REASON}, on=on(11, 9))
    autumn.received(on(11, 10, 10), "review_received")
    assert autumn.due("review") == date(2026, 12, 10)


def test_a_hearing_stops_the_thirty_days_of_the_recheck(autumn: Petition) -> None:
    autumn.handling(accepted_on=date(2026, 9, 28))
    autumn.take("reply", CLERK, {**REPLY, "replied_on": date(2026, 10, 10), "served_on": date(2026, 10, 10)},
                on=on(10, 10))  # fmt: skip
    autumn.take("ask_review", APPLICANT, {"filed_on": date(2026, 10, 12), **REASON}, on=on(10, 12))
    autumn.received(on(10, 12, 10), "review_received")
    autumn.take("review_reply", CLERK, {**REPLY, "outcome": "explained", "replied_on": date(2026, 10, 20),
                                        "served_on": date(2026, 10, 20)}, on=on(10, 20))  # fmt: skip
    autumn.take("ask_recheck", APPLICANT, {"filed_on": date(2026, 10, 26), **REASON}, on=on(10, 26))
    autumn.received(on(10, 26, 10), "recheck_received")
    assert autumn.due("recheck") == date(2026, 11, 25)
    autumn.take("hold_hearing", CLERK, {"held_on": date(2026, 11, 5), "note": ""}, on=on(11, 5))
    assert autumn.clock("recheck").condition == "paused"
    with pytest.raises(NotFromHere, match="听证还没有结束"):
        autumn.take("hold_hearing", CLERK, {"held_on": date(2026, 11, 5), "note": ""})
    autumn.take("hearing_over", CLERK, {"text": "听证已结束。"}, on=on(11, 12))
    # 27 October to 5 November are ten days; twenty follow 12 November.
    assert autumn.due("recheck") == date(2026, 12, 2)


def test_every_clock_of_the_catalogue_is_there() -> None:
    assert {clock.id for clock in PROCEDURE.clocks} >= {"PT01", "PT02", "PT03", "PT04"}
    assert {clock.confidence for clock in PROCEDURE.clocks if clock.id in {"PT01", "PT02", "PT03", "PT04"}} == {"S"}
