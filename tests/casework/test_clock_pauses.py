"""Pauses and extensions: what was left goes on the day after, nothing counts twice, nothing revives a limit gone by."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from santai.casework.models import CaseClock
from santai.casework.terms import Extension, days, hours, months, workdays, years
from tests.casework.clock_stories import clock, moment, read

Condition = CaseClock.Condition
START = ("accept", "2026-03-02")


def test_the_day_of_the_pause_counts_and_the_day_of_resumption_does_not() -> None:
    # 3 and 4 March are counted, 5 to 9 March are not, the remaining three days are 10 to 12 March.
    pause = (("ask", "2026-03-04"), ("supply", "2026-03-09"))
    assert read(clock(days(5)), START, *pause).due_on == date(2026, 3, 12)
    assert read(clock(workdays(5)), START, *pause).due_on == date(2026, 3, 12)


def test_a_pause_within_one_day_changes_nothing() -> None:
    pause = (("ask", "2026-03-04 09:00"), ("supply", "2026-03-04 17:00"))
    for limit in (days(5), workdays(5), months(1)):
        assert read(clock(limit), START, *pause).due_on == read(clock(limit), START).due_on


def test_a_pause_within_the_last_day_changes_nothing() -> None:
    pause = (("ask", "2026-03-06 09:00"), ("supply", "2026-03-06 17:00"))
    assert read(clock(workdays(4)), START, *pause).due_on == date(2026, 3, 6)


def test_a_pause_on_the_day_of_the_start_leaves_the_whole_limit() -> None:
    pause = (("ask", "2026-03-02 10:00"), ("supply", "2026-03-04"))
    assert read(clock(workdays(2)), START, *pause).due_on == date(2026, 3, 6)


def test_a_pause_inside_a_pause_counts_once() -> None:
    outer = (("ask", "2026-03-03"), ("supply", "2026-03-10"))
    nested = (("ask", "2026-03-03"), ("suspend", "2026-03-04"), ("resume", "2026-03-06"), ("supply", "2026-03-10"))
    assert read(clock(days(20)), START, *nested).due_on == read(clock(days(20)), START, *outer).due_on
    assert read(clock(days(20)), START, *nested).due_on == date(2026, 3, 30)


def test_overlapping_pauses_count_as_their_union() -> None:
    overlapping = (("suspend", "2026-03-03"), ("ask", "2026-03-05"), ("resume", "2026-03-06"), ("supply", "2026-03-10"))
    one = (("suspend", "2026-03-03"), ("resume", "2026-03-10"))
    assert read(clock(workdays(20)), START, *overlapping).due_on == read(clock(workdays(20)), START, *one).due_on


def test_moving_between_two_pausing_states_is_one_pause() -> None:
    both = frozenset({"waiting", "working"})
    reading = read(clock(days(9), paused_in=both, runs_from_steps=frozenset({"open"})), START, ("ask", "2026-03-04"))
    assert [change.at for change in reading.run.changes] == [moment("2026-03-02")]


def test_two_pauses_that_touch_leave_no_day_between() -> None:
    touching = (
        ("ask", "2026-03-03"),
        ("supply", "2026-03-05 09:00"),
        ("check", "2026-03-05 10:00"),
        ("checked", "2026-03-06"),
    )
    assert read(clock(days(5)), START, *touching).due_on == date(2026, 3, 10)


def test_a_pause_across_spring_festival_takes_no_working_day_twice() -> None:
    start = ("accept", "2026-02-10")
    pause = (("ask", "2026-02-12"), ("supply", "2026-02-25"))
    # Counted: 11 and 12 February; the remaining three are 26, 27 and the make-up Saturday 28 February.
    assert read(clock(workdays(5)), start, *pause).due_on == date(2026, 2, 28)


def test_a_pause_that_lies_in_the_holidays_costs_no_working_day() -> None:
    start = ("accept", "2026-02-10")
    pause = (("ask", "2026-02-16"), ("supply", "2026-02-20"))
    assert read(clock(workdays(5)), start, *pause).due_on == read(clock(workdays(5)), start).due_on


def test_months_and_years_are_pushed_by_the_days_of_the_pause() -> None:
    pause = (("ask", "2026-03-04"), ("supply", "2026-03-09"))
    assert read(clock(months(1)), START, *pause).due_on == date(2026, 4, 7)
    assert read(clock(years(1)), START, *pause).last_day == date(2027, 3, 7)


def test_hours_are_paused_to_the_instant() -> None:
    steps = (("accept", "2026-03-02 22:00"), ("ask", "2026-03-02 23:30"), ("supply", "2026-03-03 01:45"))
    assert read(clock(hours(24)), *steps).due_at == moment("2026-03-04 00:15")


def test_a_pause_within_the_hour_that_is_not_counted_costs_nothing() -> None:
    steps = (("accept", "2026-03-02 10:05"), ("ask", "2026-03-02 10:20"), ("supply", "2026-03-02 10:40"))
    assert read(clock(hours(2), from_next_hour=True), *steps).due_at == moment("2026-03-02 13:00")


@pytest.mark.parametrize(
    ("limit", "left"),
    [(workdays(5), workdays(3)), (days(5), days(3)), (months(1), days(29)), (hours(72), hours(24))],
)
def test_an_open_pause_has_no_end_and_says_what_is_left(limit: Any, left: Any) -> None:
    reading = read(clock(limit), START, ("ask", "2026-03-04"), now="2026-08-01")
    assert (reading.condition, reading.due_on, reading.due_at) == (Condition.PAUSED, None, None)
    assert (reading.remaining, reading.is_overdue) == (left, False)


def test_a_limit_never_ends_inside_a_pause() -> None:
    # Paused on its last day, resumed days later: one day is left, the day after the resumption.
    on_the_last_day = (("ask", "2026-03-06"), ("supply", "2026-03-11"))
    for limit in (days(4), workdays(4)):
        open_pause = read(clock(limit), START, on_the_last_day[0])
        assert open_pause.remaining is not None
        assert open_pause.remaining.count == 1
        assert read(clock(limit), START, *on_the_last_day).due_on == date(2026, 3, 12)


def test_a_limit_paused_on_the_rest_days_it_rolls_over_goes_on_after_the_pause() -> None:
    # The last day, Saturday 7 March, has rolled over to Monday; the case is paused on Sunday.
    steps = (("ask", "2026-03-08"), ("supply", "2026-03-11"))
    assert read(clock(days(5)), START, *steps).due_on == date(2026, 3, 12)
    assert read(clock(months(1)), ("accept", "2026-02-07"), *steps).due_on == date(2026, 3, 12)


def test_a_clock_that_was_overdue_when_it_was_paused_stays_overdue() -> None:
    reading = read(clock(workdays(2)), START, ("ask", "2026-03-05"), now="2026-03-06")
    assert (reading.condition, reading.due_on, reading.is_overdue) == (Condition.RUNNING, date(2026, 3, 4), True)
    resumed = read(clock(workdays(2)), START, ("ask", "2026-03-05"), ("supply", "2026-03-09"), now="2026-03-09")
    assert resumed.due_on == date(2026, 3, 4)


def test_a_stop_after_an_overdue_pause_is_missed() -> None:
    steps = (("ask", "2026-03-05"), ("drop", "2026-03-06"))
    assert read(clock(workdays(2)), START, *steps).condition == Condition.MISSED


def test_a_stop_during_a_pause_in_time_is_met() -> None:
    reading = read(clock(workdays(2)), START, ("ask", "2026-03-03"), ("drop", "2026-03-20"))
    assert (reading.condition, reading.due_at, reading.remaining) == (Condition.MET, None, None)


def test_a_pause_opened_before_the_start_holds_from_the_start() -> None:
    steps = (("suspend", "2026-03-01"), ("accept", "2026-03-02"), ("resume", "2026-03-04"))
    assert read(clock(workdays(2)), *steps).due_on == date(2026, 3, 6)
    assert read(clock(workdays(2)), *steps[:2]).condition == Condition.PAUSED


def test_a_pause_over_before_the_start_costs_nothing() -> None:
    steps = (("suspend", "2026-02-24"), ("resume", "2026-02-26"), START)
    assert read(clock(workdays(2)), *steps).due_on == date(2026, 3, 4)


def test_an_extension_adds_in_the_unit_of_the_clock() -> None:
    extended = ("extend", "2026-03-03", {"amount": 2})
    assert read(clock(workdays(5)), START, extended).due_on == date(2026, 3, 11)
    assert read(clock(days(5)), START, extended).due_on == date(2026, 3, 9)
    assert read(clock(months(1)), START, extended).due_on == date(2026, 6, 2)
    assert read(clock(hours(5)), START, ("extend", "2026-03-02 10:00", {"amount": 2})).due_at == moment(
        "2026-03-02 16:00"
    )


def test_an_extension_is_bounded_by_its_most_and_its_times() -> None:
    bounded = clock(days(60), extension=Extension("extend", at_most=30))
    greedy = (("extend", "2026-03-10", {"amount": 90}), ("extend", "2026-03-11", {"amount": 30}))
    assert read(bounded, START, *greedy).due_on == read(clock(days(90)), START).due_on


@pytest.mark.parametrize("amount", [None, "", "很多", 0, -5, True, [3], {"count": 3}])
def test_an_extension_by_no_number_adds_nothing(amount: object) -> None:
    assert read(clock(days(5)), START, ("extend", "2026-03-03", {"amount": amount})).due_on == date(2026, 3, 9)


def test_an_extension_without_a_field_grants_what_the_law_fixes() -> None:
    fixed = clock(days(45), extension=Extension("extend", at_most=15, field=""))
    assert read(fixed, START, ("extend", "2026-03-03")).due_on == read(clock(days(60)), START).due_on


def test_an_extension_during_a_pause_lengthens_what_is_left() -> None:
    paused = (("ask", "2026-03-04"), ("extend", "2026-03-05", {"amount": 2}))
    assert read(clock(days(5)), START, *paused).remaining == days(5)
    assert read(clock(days(5)), START, *paused, ("supply", "2026-03-09")).due_on == date(2026, 3, 16)


def test_an_extension_after_the_limit_has_run_out_revives_nothing() -> None:
    late = (("extend", "2026-03-10", {"amount": 30}), ("finish", "2026-03-11"))
    reading = read(clock(days(5)), START, *late)
    assert (reading.due_on, reading.condition) == (date(2026, 3, 9), Condition.MISSED)


def test_legal_aid_review_waits_for_papers_and_inquiries_elsewhere() -> None:
    """法律援助法 43: seven days, paused while papers are supplied and while another place checks."""
    steps = (
        ("accept", "2026-02-09"),
        ("ask", "2026-02-11"),
        ("supply", "2026-02-25"),
        ("check", "2026-02-27"),
        ("checked", "2026-03-04"),
    )
    # Counted: 10, 11, 26, 27 February, then 5 to 7 March; 7 March is a Saturday.
    assert read(clock(days(7)), *steps).due_on == date(2026, 3, 9)
