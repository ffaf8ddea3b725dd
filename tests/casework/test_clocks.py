"""Time limits by the calendar: what the law says a day, a month and an hour are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from santai.casework.clocks import latest_day_before, next_due, readings, stored_rows
from santai.casework.models import CaseClock
from santai.casework.terms import Amount, Extension, days, hours, months, workdays, years
from santai.workdays.table import Row, Table
from tests.casework.clock_stories import PROCEDURE, clock, moment, national_rows, published, read, read_all, story

Condition = CaseClock.Condition


def due(limit: Amount, start: str, **fields: object) -> date | None:
    return read(clock(limit, **fields), ("accept", start)).due_on


def test_the_first_day_is_not_counted() -> None:
    assert due(workdays(1), "2026-03-02") == date(2026, 3, 3)
    assert due(days(3), "2026-03-02") == date(2026, 3, 5)


def test_a_day_limit_lasts_to_midnight_in_china_and_is_kept_in_utc() -> None:
    reading = read(clock(days(1)), ("accept", "2026-03-02 00:10"))
    assert reading.due_at == datetime(2026, 3, 3, 15, 59, 59, 999999, tzinfo=UTC)
    assert reading.due_at.tzinfo is UTC


def test_a_start_late_on_a_utc_evening_counts_as_the_next_chinese_day() -> None:
    log = story(("accept", "2026-03-02"))
    log[-1].at = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert read_all(clock(days(1)), log=log)[0].due_on == date(2026, 3, 4)


def test_working_days_step_over_spring_festival_and_count_its_make_up_days() -> None:
    # 14 and 28 February 2026 are Saturdays worked for the nine days from 15 to 23 February.
    assert due(workdays(5), "2026-02-10") == date(2026, 2, 24)
    assert due(workdays(9), "2026-02-10") == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-10-09", date(2026, 10, 10)),
        ("2026-09-18", date(2026, 9, 20)),
        ("2026-05-08", date(2026, 5, 9)),
        ("2025-01-24", date(2025, 1, 26)),
        ("2024-09-27", date(2024, 9, 29)),
    ],
)
def test_a_make_up_day_is_a_working_day(start: str, end: date) -> None:
    assert due(workdays(1), start) == end


def test_a_last_day_on_a_holiday_rolls_over_to_the_first_working_day() -> None:
    assert due(days(7), "2026-02-10") == date(2026, 2, 24)
    assert due(days(5), "2026-03-02") == date(2026, 3, 9)
    assert due(days(3), "2026-09-30") == date(2026, 10, 8)


def test_a_last_day_on_a_make_up_saturday_does_not_roll_over() -> None:
    assert due(days(1), "2026-10-09") == date(2026, 10, 10)


def test_a_custody_clock_ends_on_the_exact_day() -> None:
    assert due(days(7), "2026-02-10", rolls_over=False) == date(2026, 2, 17)
    assert due(months(1), "2026-01-17", rolls_over=False) == date(2026, 2, 17)


def test_the_day_before_roll_over_is_kept_as_warning_day() -> None:
    reading = read(clock(days(7)), ("accept", "2026-02-10"))
    assert (reading.last_day, reading.due_on) == (date(2026, 2, 17), date(2026, 2, 24))


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        (months(1), "2026-03-16", date(2026, 4, 16)),
        (months(1), "2025-03-31", date(2025, 4, 30)),
        (months(1), "2024-01-31", date(2024, 2, 29)),
        (months(1), "2023-01-31", date(2023, 2, 28)),
        (months(1), "2026-01-31", date(2026, 2, 28)),
        (months(6), "2025-08-31", date(2026, 2, 28)),
        (months(3), "2025-11-14", date(2026, 2, 14)),
        (years(1), "2024-02-29", date(2025, 2, 28)),
        (years(1), "2025-06-09", date(2026, 6, 9)),
        (years(20), "2006-03-02", date(2026, 3, 2)),
        (months(12), "2025-12-31", date(2026, 12, 31)),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_end_of_the_month(
    limit: Amount, start: str, end: date
) -> None:
    assert due(limit, start) == end


def test_a_month_that_ends_on_a_holiday_rolls_over() -> None:
    assert due(months(1), "2026-01-17") == date(2026, 2, 24)


def test_hours_run_to_the_minute_across_midnight_and_holidays() -> None:
    reading = read(clock(hours(24)), ("accept", "2026-02-17 23:50"))
    assert reading.due_at == moment("2026-02-18 23:50")
    assert reading.due_on == date(2026, 2, 18)
    assert not reading.is_provisional


def test_hours_under_civil_procedure_begin_with_the_next_full_hour() -> None:
    assert read(clock(hours(48), from_next_hour=True), ("accept", "2026-03-02 10:20")).due_at == moment(
        "2026-03-04 11:00"
    )
    assert read(clock(hours(1), from_next_hour=True), ("accept", "2026-03-02 10:00")).due_at == moment(
        "2026-03-02 12:00"
    )
    assert read(clock(hours(1), from_next_hour=True), ("accept", "2026-03-02 23:59")).due_at == moment(
        "2026-03-03 01:00"
    )


def test_the_exact_end_is_in_time_and_the_next_instant_is_not() -> None:
    at_the_end = story(("accept", "2026-03-02"), ("finish", "2026-03-03"))
    at_the_end[-1].at = datetime(2026, 3, 3, 15, 59, 59, 999999, tzinfo=UTC)
    assert read_all(clock(workdays(1)), log=at_the_end)[0].condition == Condition.MET
    at_the_end[-1].at += timedelta(microseconds=1)
    assert read_all(clock(workdays(1)), log=at_the_end)[0].condition == Condition.MISSED
    on_the_minute = (("accept", "2026-03-02 10:00"), ("finish", "2026-03-03 10:00"))
    assert read(clock(hours(24)), *on_the_minute).condition == Condition.MET


def test_a_running_clock_past_its_end_is_overdue_but_still_running() -> None:
    reading = read(clock(workdays(1)), ("accept", "2026-03-02"), now="2026-03-04 00:00")
    assert (reading.condition, reading.is_overdue) == (Condition.RUNNING, True)
    in_time = read(clock(workdays(1)), ("accept", "2026-03-02"), now="2026-03-03 23:59")
    assert not in_time.is_overdue


def test_what_remains_is_told_in_the_unit_of_the_clock() -> None:
    def left(limit: Amount, now: str) -> Amount | None:
        return read(clock(limit), ("accept", "2026-02-10 10:00"), now=now).remaining

    assert left(workdays(9), "2026-02-13") == workdays(6)
    assert left(days(7), "2026-02-13") == days(11)
    assert left(months(1), "2026-02-28") == days(10)
    assert left(hours(24), "2026-02-11 08:30") == hours(1)
    assert left(workdays(1), "2026-03-01") == workdays(0)


def test_a_clock_that_has_not_started_has_no_reading() -> None:
    assert read_all(clock(days(1)), log=story(("note", "2026-03-02"))) == []


def test_the_opening_can_start_a_clock() -> None:
    from_opening = clock(workdays(2), runs_from=frozenset(), runs_from_steps=frozenset({"open"}))
    assert read(from_opening, ("note", "2026-03-02")).due_on == date(2026, 3, 4)


def test_only_the_first_start_counts_unless_the_clock_restarts() -> None:
    steps = (("accept", "2026-03-02"), ("finish", "2026-03-03"), ("redo", "2026-03-10"))
    first = read(clock(workdays(5)), *steps)
    assert (first.condition, first.due_on) == (Condition.MET, date(2026, 3, 9))
    again = read(clock(workdays(5), restarts=True), *steps)
    assert (again.condition, again.due_on) == (Condition.RUNNING, date(2026, 3, 17))


def test_coming_back_from_a_pause_is_not_a_restart() -> None:
    steps = (("accept", "2026-03-02"), ("ask", "2026-03-03"), ("supply", "2026-03-04"))
    assert read(clock(workdays(5), restarts=True), *steps).due_on == date(2026, 3, 10)


def test_handing_a_case_on_within_the_same_state_restarts_a_restarting_clock() -> None:
    steps = (("accept", "2026-03-02"), ("note", "2026-03-03"), ("hand_on", "2026-03-04"))
    assert read(clock(workdays(5), restarts=True), *steps).due_on == date(2026, 3, 11)
    assert read(clock(workdays(5)), *steps).due_on == date(2026, 3, 9)


def test_a_restart_forgets_pauses_and_extensions_of_the_run_before() -> None:
    steps = (
        ("accept", "2026-03-02"),
        ("extend", "2026-03-02", {"amount": 5}),
        ("ask", "2026-03-03"),
        ("supply", "2026-03-05"),
        ("finish", "2026-03-06"),
        ("redo", "2026-03-09"),
        ("extend", "2026-03-10", {"amount": 1}),
    )
    restarting = clock(workdays(5), restarts=True, extension=Extension("extend", at_most=5))
    assert read(restarting, *steps).due_on == date(2026, 3, 17)


def test_a_final_state_stops_every_clock() -> None:
    reading = read(clock(workdays(5)), ("accept", "2026-03-02"), ("close", "2026-03-03"))
    assert (reading.condition, reading.stopped_at) == (Condition.MET, moment("2026-03-03"))


def test_the_day_of_service_that_was_filled_in_starts_the_clock() -> None:
    served = clock(days(15), start_field="served_on")
    assert read(served, ("accept", "2026-03-09", {"served_on": "2026-03-02"})).due_on == date(2026, 3, 17)
    assert read(served, ("accept", "2026-03-09", {"served_on": "上周"})).due_on == date(2026, 3, 24)
    assert read(served, ("accept", "2026-03-09")).due_on == date(2026, 3, 24)


def test_a_year_without_published_holidays_is_provisional_only_where_the_calendar_matters() -> None:
    # 1 January is guessed as a holiday, the rest of 2027 from the plain week.
    working = read(clock(workdays(5)), ("accept", "2026-12-29"))
    assert (working.due_on, working.is_provisional) == (date(2027, 1, 6), True)
    assert read(clock(days(5)), ("accept", "2026-12-29")).is_provisional
    assert not read(clock(days(1)), ("accept", "2026-12-29")).is_provisional
    assert not read(clock(days(5), rolls_over=False), ("accept", "2026-12-29")).is_provisional
    assert not read(clock(hours(96)), ("accept", "2026-12-29")).is_provisional


def test_a_roll_over_from_a_known_into_an_unknown_year_is_provisional() -> None:
    until_2025 = Table([row for row in national_rows() if row.day.year < 2026], range(2004, 2026)).of("")
    reading = read(clock(days(1), rolls_over=True), ("accept", "2022-12-30"), calendar=until_2025)
    assert not reading.is_provisional
    until_2021 = Table([row for row in national_rows() if row.day.year < 2022], range(2004, 2022)).of("")
    # 31 December 2022 is a Saturday of an unknown year.
    assert read(clock(days(1)), ("accept", "2022-12-30"), calendar=until_2021).is_provisional


def test_a_local_holiday_moves_only_clocks_of_its_area() -> None:
    rows = [*national_rows(), Row(date(2026, 9, 3), "2224", False, "州庆")]
    table = Table(rows, range(2004, 2027))
    start = ("accept", "2026-09-02")
    assert read(clock(workdays(1)), start, calendar=table.of("222401")).due_on == date(2026, 9, 4)
    assert read(clock(workdays(1)), start, calendar=table.of("220102")).due_on == date(2026, 9, 3)


def test_a_parameter_replaces_the_limit_by_id_before_name() -> None:
    sourced = clock(days(15), id="LA07")
    by_name = read(sourced, ("accept", "2026-03-02"), parameters={"work": days(1)})
    assert by_name.due_on == date(2026, 3, 3)
    by_id = read(sourced, ("accept", "2026-03-02"), parameters={"LA07": workdays(2), "work": days(1)})
    assert (by_id.due_on, by_id.limit, by_id.is_replaced) == (date(2026, 3, 4), workdays(2), True)


def test_a_promise_is_an_earlier_day_beside_the_limit() -> None:
    promising = clock(days(30), promise=workdays(5))
    assert read(promising, ("accept", "2026-03-02")).promise_due_on == date(2026, 3, 9)
    local = read(promising, ("accept", "2026-03-02"), parameters={"work.promise": workdays(2)})
    assert local.promise_due_on == date(2026, 3, 4)
    assert local.due_on == date(2026, 4, 1)


def test_a_promise_never_lies_after_the_limit() -> None:
    assert read(clock(days(3), promise=workdays(30)), ("accept", "2026-03-02")).promise_due_on == date(2026, 3, 5)


def test_the_next_due_clock_is_the_running_one_that_ends_first() -> None:
    late, soon = clock(days(30), name="late"), clock(days(3), name="soon")
    stopped = clock(days(1), name="stopped", until_steps=frozenset({"note"}))
    nearest = next_due(read_all(late, stopped, soon, log=story(("accept", "2026-03-02"), ("note", "2026-03-03"))))
    assert nearest is not None
    assert nearest.clock.name == "soon"
    assert next_due([]) is None


def test_a_paused_clock_is_never_the_next_due() -> None:
    found = read_all(clock(days(3)), log=story(("accept", "2026-03-02"), ("ask", "2026-03-03")))
    assert next_due(found) is None


def test_stored_rows_hold_what_lists_and_sweeps_need() -> None:
    (row,) = stored_rows(read_all(clock(days(3)), log=story(("accept", "2026-03-02"), ("finish", "2026-03-03"))))
    assert row == {
        "name": "work",
        "condition": "met",
        "started_at": moment("2026-03-02"),
        "due_at": datetime(2026, 3, 5, 15, 59, 59, 999999, tzinfo=UTC),
        "stopped_at": moment("2026-03-03"),
        "is_provisional": False,
        "missed_before": 0,
    }


def test_a_new_start_does_not_undo_a_missed_limit() -> None:
    again = clock(days(3), restarts=True)
    late = ("hand_on", "2026-03-09")
    reading = read_all(again, log=story(("accept", "2026-03-02"), late, ("finish", "2026-03-10")))[0]
    assert (reading.condition, reading.missed_before) == (Condition.MET, 1)
    assert "此前还有1次没有在期限内完成，已经记录在案。" in reading.explain()
    in_time = ("hand_on", "2026-03-04")
    reading = read_all(again, log=story(("accept", "2026-03-02"), in_time, ("finish", "2026-03-10")))[0]
    assert (reading.condition, reading.missed_before) == (Condition.MISSED, 0)


def test_what_was_done_in_time_and_recorded_late_is_in_time() -> None:
    filed = clock(days(3), stop_field="filed_on")
    for filed_on, condition in (
        ("2026-03-05", Condition.MET),
        ("2026-03-06", Condition.MISSED),
        ("", Condition.MISSED),
    ):
        told = story(("accept", "2026-03-02"), ("finish", "2026-03-09", {"filed_on": filed_on}))
        assert read_all(filed, log=told)[0].condition == condition


def test_a_clock_is_never_stopped_before_it_started_nor_after_the_step() -> None:
    filed = clock(days(3), stop_field="filed_on")
    for filed_on, stopped in (("2026-01-01", "2026-03-02"), ("2026-12-31", "2026-03-04")):
        told = story(("accept", "2026-03-02"), ("finish", "2026-03-04", {"filed_on": filed_on}))
        assert read_all(filed, log=told)[0].stopped_at == moment(stopped)


def test_a_limit_the_parties_agree_takes_the_place_of_the_usual_one() -> None:
    agreed = clock(days(3), limit_field="days")
    for count, due_on in ((17, date(2026, 3, 19)), (0, date(2026, 3, 5)), ("many", date(2026, 3, 5))):
        reading = read_all(agreed, log=story(("accept", "2026-03-02", {"days": count})))[0]
        assert reading.due_on == due_on
        assert ("约定" in reading.explain()[0]) is (count == 17)


def test_papers_due_before_a_hearing_move_back_over_rest_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("santai.casework.clocks.calendar_for", lambda region: published(region))
    assert latest_day_before(date(2026, 3, 31), days(15)) == date(2026, 3, 16)
    assert latest_day_before(date(2026, 3, 9), days(15)) == date(2026, 2, 14)
    assert latest_day_before(date(2026, 2, 25), workdays(3)) == date(2026, 2, 13)
    assert latest_day_before(date(2026, 5, 31), months(1)) == date(2026, 4, 30)
    assert latest_day_before(date(2026, 6, 9), years(1)) == date(2025, 6, 9)
    with pytest.raises(ValueError, match="moment"):
        latest_day_before(date(2026, 3, 31), hours(24))


def test_a_procedure_without_clocks_reads_nothing() -> None:
    log = story(("accept", "2026-03-02"))
    assert readings(PROCEDURE, log, region="23", now=moment("2026-03-02"), calendar=published()) == []
