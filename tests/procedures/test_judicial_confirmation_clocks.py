"""Every time limit of judicial confirmation: holidays, make-up days, the court's pause and its extension."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.judicial_confirmation import PROCEDURE
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.mediation_story import (
    AGREEMENT,
    CITIZEN,
    COURT_PAPER,
    MEDIATOR,
    REASON,
    Confirmation,
    agreed,
    on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calendar(town: Town) -> None:
    """2026: spring festival 15 to 23 February with working Saturdays on 14 and 28 February; national days 1 to 7
    October with a working Sunday on 20 September and a working Saturday on 10 October."""
    import_package_years([2025, 2026])


def begun(town: Town, at: datetime) -> Confirmation:
    return Confirmation(agreed(town, at)).check()


def confirmed(town: Town, at: datetime, **changes: object) -> Confirmation:
    return begun(town, at).submit().filed().confirm(**changes)


# --- MD02 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effective", "due"),
    [
        (on(9, 2), date(2026, 10, 8)),  # 2 October is a holiday until the 7th
        (on(9, 10), date(2026, 10, 10)),  # a Saturday on which people work
        (on(1, 16), date(2026, 2, 24)),  # 15 February, the first day of the spring festival
        (on(1, 15), date(2026, 2, 14)),  # a Saturday on which people work
    ],
)
def test_the_thirty_days_run_from_the_effect_and_move_over_holidays(town: Town, effective: datetime, due: date) -> None:
    story = Confirmation(agreed(town, effective))
    # Whoever looks at it only days later does not win time.
    story.take("check_agreement", data={**AGREEMENT, "effective_on": story.effective_on}, after=5)
    assert story.clock("window").due_on == due
    story.at = datetime.combine(due, story.at.timetz())
    story.submit()
    assert story.clock("window").condition == "met"


def test_an_application_on_the_day_after_the_window_is_turned_away(town: Town) -> None:
    story = begun(town, on(9, 2))
    story.at = on(10, 9)
    with pytest.raises(Missing, match="2026-10-08"):
        story.submit()


# --- MD03 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "due"),
    [(on(9, 28), date(2026, 10, 8)), (on(10, 7), date(2026, 10, 10)), (on(2, 12), date(2026, 2, 24))],
)
def test_the_court_has_three_days_to_take_the_case(town: Town, filed: datetime, due: date) -> None:
    assert begun(town, filed).submit().clock("filing").due_on == due


def test_the_three_days_run_from_the_day_the_court_received_the_post(town: Town) -> None:
    story = begun(town, on(3, 9))
    story.at = on(3, 12)
    story.submit(filed_on=date(2026, 3, 9), received_on=date(2026, 3, 11), way="post")
    assert story.clock("filing").due_on == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [(on(9, 18), date(2026, 10, 8)), (on(9, 25), date(2026, 10, 10)), (on(2, 3), date(2026, 2, 24))],
)
def test_the_court_rules_within_fifteen_days(town: Town, accepted: datetime, due: date) -> None:
    story = begun(town, accepted).submit().filed()
    assert story.clock("decision").due_on == due
    story.confirm()
    assert story.clock("decision").condition == "met"


def test_what_the_court_asks_for_stops_its_days(town: Town) -> None:
    story = begun(town, on(9, 18)).submit().filed()
    story.take("court_asks_more", data={"items": "房屋产权证明", "by": date(2026, 10, 12)}, on=on(9, 22))
    assert story.clock("decision").condition == "paused"
    story.take("supplement", CITIZEN, {}, on=on(10, 9))
    # Four days before the pause, the other eleven from 10 October.
    assert story.clock("decision").due_on == date(2026, 10, 20)


def test_the_president_may_give_ten_days_more_once(town: Town) -> None:
    story = begun(town, on(9, 18)).submit().filed()
    more = {"amount": 10, "approved": True}
    with pytest.raises(Missing):
        story.take("court_extends", data={**more, "amount": 11})
    story.take("court_extends", data=more, on=on(9, 30))
    assert story.clock("decision").due_on == date(2026, 10, 13)
    with pytest.raises(NotFromHere, match="已经延长过一次"):
        story.take("court_extends", data=more)


# --- after the ruling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("served", "due"), [(on(9, 21), date(2026, 10, 8)), (on(9, 25), date(2026, 10, 10)), (on(2, 4), date(2026, 2, 24))]
)
def test_a_party_has_fifteen_days_from_receipt(town: Town, served: datetime, due: date) -> None:
    story = confirmed(town, served)
    assert story.clock("party_objection").due_on == due
    story.at = datetime.combine(due, served.timetz()) + timedelta(days=1)
    with pytest.raises(Missing, match=due.isoformat()):
        story.take("object", CITIZEN, {"filed_on": story.today, **REASON})
    story.take("object", CITIZEN, {"filed_on": due, **REASON})
    assert story.state == "objection"


@pytest.mark.parametrize(
    ("knew", "due"), [(date(2026, 4, 1), date(2026, 10, 8)), (date(2026, 4, 10), date(2026, 10, 10))]
)
def test_a_third_party_has_six_months_from_knowing(town: Town, knew: date, due: date) -> None:
    story = confirmed(town, on(3, 10))
    story.take("note_third_party", data={"name": "王老五", "knew_on": knew, **REASON}, on=on(4, 12))
    assert story.clock("third_objection").due_on == due
    story.at = datetime.combine(due, story.at.timetz()) + timedelta(days=1)
    with pytest.raises(Missing, match=due.isoformat()):
        story.take("third_party_objects", data={"filed_on": story.today, **REASON})


def test_windows_nobody_used_close_by_themselves_and_leave_the_case_without_a_reproach(town: Town) -> None:
    story = confirmed(town, on(3, 10), due_on=date(2026, 6, 30))
    story.take("note_third_party", data={"name": "王老五", "knew_on": date(2026, 3, 10), **REASON})
    assert take_timed_steps(at=on(3, 25)) == 0
    assert take_timed_steps(at=on(3, 26)) == 1
    assert take_timed_steps(at=on(3, 27)) == 0
    assert take_timed_steps(at=on(9, 11)) == 1
    story.case.refresh_from_db()
    assert (story.case.state, story.case.due_clock) == ("confirmed", "execution")


def test_execution_is_open_for_two_years_from_the_last_day_of_performance(town: Town) -> None:
    story = confirmed(town, on(9, 1), due_on=date(2026, 10, 1))
    execution = story.clock("execution")
    assert (execution.due_on, execution.is_provisional) == (date(2028, 10, 1) + timedelta(days=3), True)
    late = on(10, 20, year=2028)
    data = {"filed_on": late.date(), "owed": "围墙还没有拆。"}
    with pytest.raises(Missing) as refusal:
        story.take("apply_execution", CITIZEN, data, on=late)
    assert set(refusal.value.fields) == {"why_late"}
    story.take("apply_execution", CITIZEN, {**data, "why_late": "对方2027年部分履行，时效中断。"})
    assert story.state == "execution"


def test_the_two_years_of_a_day_in_a_published_year_move_over_the_holidays(town: Town) -> None:
    story = confirmed(town, on(9, 2, year=2024), due_on=date(2024, 10, 3))
    assert story.clock("execution").due_on == date(2026, 10, 8)
    other = confirmed(town, on(9, 2, year=2024), due_on=date(2024, 10, 10))
    assert other.clock("execution").due_on == date(2026, 10, 10)


def test_an_objection_does_not_stop_the_two_years(town: Town) -> None:
    story = confirmed(town, on(9, 1))
    before = story.clock("execution").due_on
    story.take("object", CITIZEN, {"filed_on": story.today, **REASON})
    story.take("objection_fails", MEDIATOR, {"decided_on": date(2026, 9, 20), **REASON}, *COURT_PAPER, on=on(9, 21))
    assert story.clock("execution").due_on == before


def test_every_clock_of_the_catalogue_is_there() -> None:
    ids = [clock.id for clock in PROCEDURE.clocks]
    assert {"MD02", "MD03", "MD03A"} <= set(ids)
    assert len(set(ids)) == len(ids)


def test_no_clock_runs_on_in_a_closed_case(town: Town) -> None:
    story = confirmed(town, on(3, 10))
    story.take("performed", data={"performed_on": story.today, "finding": "已经付清。"})
    assert {clock.condition for clock in story.case.clocks.all()} <= {"met", "missed"}
