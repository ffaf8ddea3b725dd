"""Every time limit of labour arbitration, in the log of a real case."""

from __future__ import annotations

from datetime import date

import pytest

from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.arbitration_labour import PROCEDURE
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.arbitration_story import APPLICANT, REASON, SECRETARY, Labour, keep_minimum_wage, on

pytestmark = pytest.mark.django_db
EXTEND = {"amount": "15", **REASON}


@pytest.fixture
def story(town: Town) -> Labour:
    """Thursday 24 September 2026. Friday 25 to Sunday 27 and 1 to 7 October are holidays; Saturday 10 October is a
    working day."""
    import_package_years([2026])
    keep_minimum_wage()
    return Labour(town, on(9, 24))


def spring(town: Town) -> Labour:
    """Wednesday 11 February 2026; the holidays run from 15 to 23, Saturdays 14 and 28 are working days."""
    import_package_years([2026])
    return Labour(town, on(2, 11))


# --- AR03 -----------------------------------------------------------------------------------------------------------


def test_five_working_days_of_acceptance_leave_out_the_holidays(story: Labour) -> None:
    story.apply()
    assert story.due("acceptance") == date(2026, 10, 9)
    assert story.clock("acceptance").clock.confidence == "U"


def test_make_up_saturdays_around_the_spring_festival_count_as_working_days(town: Town) -> None:
    story = spring(town).apply()
    assert story.due("acceptance") == date(2026, 2, 25)


def test_waiting_for_papers_does_not_count(story: Labour) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "劳动合同或工资条", "by": date(2026, 10, 12)}, on=on(9, 28))
    assert story.clock("acceptance").condition == "paused"
    story.take("supplement", APPLICANT, {}, on=on(10, 9))
    assert story.due("acceptance") == date(2026, 10, 14)


def test_the_copy_the_answer_and_its_copy_have_their_working_days(story: Labour) -> None:
    story.apply().accept()
    assert story.due("send_copy") == date(2026, 10, 9)
    assert story.due("tribunal") == date(2026, 10, 9)
    story.take("send_copy", data={"served_on": date(2026, 9, 28), "way": "post", "tracking": "EMS1"}, on=on(9, 30))
    assert story.due("answer") == date(2026, 10, 16)
    story.take("answer", data={"received_on": date(2026, 10, 9), "text": "不欠工资，有转账记录。"}, on=on(10, 10))
    assert story.due("send_answer") == date(2026, 10, 15)
    story.take("send_answer", data={"served_on": date(2026, 10, 12), "way": "in_person"}, on=on(10, 12))
    assert story.clock("send_answer").condition == "met"


def test_an_answer_that_does_not_come_stops_the_clock_by_itself(story: Labour) -> None:
    story.apply().accept()
    story.take("send_copy", data={"served_on": date(2026, 9, 28), "way": "post", "tracking": "EMS1"}, on=on(9, 30))
    with pytest.raises(NotFromHere, match="2026-10-16"):
        story.take("no_answer", Role.SYSTEM, on=on(10, 16))
    story.take("no_answer", Role.SYSTEM, on=on(10, 17))
    assert story.clock("answer").stopped_at is not None


def test_the_notice_of_a_hearing_after_the_holidays_goes_out_before_them(story: Labour) -> None:
    story.apply().accept(on=on(9, 28)).form(on=on(9, 29))
    # Back from Monday 12: Saturday 10, Friday 9, Thursday 8 October, Wednesday 30 and Tuesday 29 September.
    story.announce(date(2026, 10, 12))
    story.at = on(9, 30)
    with pytest.raises(Missing, match="2026-09-29"):
        story.announce(date(2026, 10, 12))


# --- AR04 -----------------------------------------------------------------------------------------------------------


def test_forty_five_days_run_from_acceptance_and_roll_over(story: Labour) -> None:
    story.apply().accept()
    assert story.due("award") == date(2026, 11, 9)


def test_forty_five_days_that_end_in_the_holidays_end_after_them(town: Town) -> None:
    import_package_years([2026])
    story = Labour(town, on(8, 20)).apply().accept()
    assert story.due("award") == date(2026, 10, 8)


def test_forty_five_days_may_end_on_a_make_up_saturday(town: Town) -> None:
    import_package_years([2026])
    story = Labour(town, on(1, 14)).apply().accept()
    assert story.due("award") == date(2026, 2, 28)


def test_an_extension_adds_up_to_fifteen_days_once_by_the_head_with_a_letter(story: Labour) -> None:
    story.apply().accept()
    with pytest.raises(NotYou, match="负责人"):
        story.take("extend", SECRETARY, EXTEND)
    with pytest.raises(Missing):
        story.take("extend", data={**EXTEND, "amount": "16"})
    story.take("extend", data=EXTEND)
    assert story.due("award") == date(2026, 11, 23)
    assert "延长15日" in story.letter("arbitration_extended")
    with pytest.raises(NotFromHere, match="已经延长过一次"):
        story.take("extend", data=EXTEND)


def test_nothing_is_extended_after_the_end(story: Labour) -> None:
    story.apply().accept()
    with pytest.raises(Missing, match="不能再延长"):
        story.take("extend", data=EXTEND, on=on(11, 10))


def test_a_suspension_stops_the_award_and_an_extension_still_counts(story: Labour) -> None:
    story.apply().accept().suspend(on=on(10, 4))
    assert story.clock("award").condition == "paused"
    story.take("resume", data={}, on=on(10, 14))
    assert story.due("award") == date(2026, 11, 18)
    story.take("extend", data={**EXTEND, "amount": "5"})
    assert story.due("award") == date(2026, 11, 23)


def test_an_award_made_in_time_meets_its_clock(story: Labour) -> None:
    story.apply().accept().form().announce(date(2026, 10, 12)).hear().mediate().award(wages="12000")
    assert story.clock("award").condition == "met"


# --- AR05 -----------------------------------------------------------------------------------------------------------


def awarded(story: Labour, wages: str) -> Labour:
    return story.apply().accept().form().announce(date(2026, 10, 12)).hear().mediate().award(wages=wages)


def test_fifteen_days_to_sue_count_from_each_sides_receipt(story: Labour) -> None:
    awarded(story, "50000")
    story.take("serve_worker", data={"served_on": date(2026, 10, 14), "way": "in_person"}, on=on(10, 20))
    story.take(
        "serve_employer", data={"served_on": date(2026, 10, 17), "way": "post", "tracking": "EMS1"}, on=on(10, 20)
    )
    assert story.due("sue_worker") == date(2026, 10, 29)
    assert story.due("sue_employer") == date(2026, 11, 2)


def test_fifteen_days_to_sue_roll_over_the_national_holidays(town: Town) -> None:
    import_package_years([2026])
    keep_minimum_wage()
    story = Labour(town, on(8, 26)).apply().accept().form().announce(date(2026, 9, 9)).hear().mediate()
    story.award(wages="50000")
    story.take("serve_worker", data={"served_on": date(2026, 9, 17), "way": "in_person"}, on=on(9, 18))
    assert story.due("sue_worker") == date(2026, 10, 8)
    story.take("serve_employer", data={"served_on": date(2026, 9, 25), "way": "post", "tracking": "EMS1"}, on=on(9, 28))
    assert story.due("sue_employer") == date(2026, 10, 10)


def test_the_employer_has_thirty_days_against_a_final_award_and_fifteen_after_it_was_set_aside(story: Labour) -> None:
    awarded(story, "12000")
    story.take(
        "serve_employer_final", data={"served_on": date(2026, 10, 13), "way": "post", "tracking": "EMS1"}, on=on(10, 14)
    )
    assert story.due("set_aside_employer") == date(2026, 11, 12)
    suit = {"party": "employer", "court": "哈尔滨市中级人民法院", "filed_on": date(2026, 11, 12)}
    # Filed on the last day, recorded a week later: it was in time.
    story.take("report_court", data=suit, on=on(11, 19))
    assert story.clock("set_aside_employer").condition == "met"
    ruling = {"court": "哈尔滨市中级人民法院", "number": "1号", "served_on": date(2026, 12, 1), **REASON}
    story.take("court_sets_aside", data=ruling, on=on(12, 3))
    assert story.due("sue_after_set_aside") == date(2026, 12, 16)


# --- all ------------------------------------------------------------------------------------------------------------


def test_a_province_may_count_the_five_days_otherwise(story: Labour) -> None:
    Parameter.objects.create(
        key="clock.AR03", region="23", value={"count": 5, "unit": "CD"}, since="2025-01-01", basis="本省办案规定"
    )
    story.apply()
    assert story.due("acceptance") == date(2026, 9, 29)


def test_every_clock_of_the_catalogue_is_there() -> None:
    assert {clock.id for clock in PROCEDURE.clocks} >= {"AR03", "AR04", "AR05"}
