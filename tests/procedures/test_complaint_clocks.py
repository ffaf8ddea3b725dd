"""Every limit of the three complaints over the holidays of autumn 2026, a make-up Saturday, pauses and extensions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from santai.procedures.complaint_appraisal import PROCEDURE as APPRAISAL
from santai.procedures.complaint_legal_aid import PROCEDURE as AID
from santai.procedures.complaint_notary import PROCEDURE as NOTARY
from tests.procedures.service_story import on, read

TABLES = [AID, NOTARY, APPRAISAL]
SUBMIT = ("complain", on(9, 24), {"knew_on": "2026-09-24"})
ACCEPT = ("accept", on(9, 24, 10), {"filed_on": "2026-09-24"})
REPORT = ("report", on(9, 24, 11))


@pytest.mark.parametrize(
    ("table", "clock", "due_on"),
    [
        # 25 to 27 September and 1 to 7 October are holidays; Saturday 10 October is worked.
        (AID, "acceptance", date(2026, 10, 9)),
        (NOTARY, "acceptance", date(2026, 10, 9)),
        (APPRAISAL, "acceptance", date(2026, 10, 12)),
    ],
)
def test_acceptance_steps_over_the_holidays(table: Any, clock: str, due_on: date) -> None:
    assert read(table, clock, SUBMIT).due_on == due_on


@pytest.mark.parametrize("table", TABLES)
def test_acceptance_counts_a_make_up_saturday_and_waits_for_what_is_missing(table: Any) -> None:
    ask, back = ("ask_for_more", on(9, 28)), ("supplement", on(10, 9))
    paused = read(table, "acceptance", SUBMIT, ask)
    assert (paused.condition, paused.due_on) == ("paused", None)
    left = {"complaint_appraisal": date(2026, 10, 16)}.get(table.name, date(2026, 10, 14))
    assert read(table, "acceptance", SUBMIT, ask, back).due_on == left


@pytest.mark.parametrize(
    ("table", "due_on", "longer"),
    [
        (AID, date(2026, 11, 9), date(2026, 12, 8)),
        (NOTARY, date(2026, 11, 9), date(2026, 12, 8)),
        (APPRAISAL, date(2026, 11, 23), date(2026, 12, 23)),
    ],
)
def test_the_investigation_runs_in_calendar_days_and_is_lengthened_once(table: Any, due_on: date, longer: date) -> None:
    extend = ("extend", on(10, 20), {"amount": 30})
    assert read(table, "investigation", SUBMIT, ACCEPT).due_on == due_on
    assert read(table, "investigation", SUBMIT, ACCEPT, extend).due_on == longer
    assert read(table, "investigation", SUBMIT, ACCEPT, extend, ("extend", on(10, 21), {"amount": 30})).due_on == longer


@pytest.mark.parametrize(("table", "due_on"), [(AID, date(2026, 10, 9)), (APPRAISAL, date(2026, 10, 12))])
def test_the_answer_follows_the_decision(table: Any, due_on: date) -> None:
    decided = ("find_unfounded", on(9, 24, 12))
    assert read(table, "reply", SUBMIT, ACCEPT, REPORT, decided).due_on == due_on
    replied = ("reply", on(10, 10))
    verdict = "missed" if table is AID else "met"
    assert read(table, "reply", SUBMIT, ACCEPT, REPORT, decided, replied).condition == verdict


def test_the_three_years_end_on_the_corresponding_day_and_roll_over_the_national_holiday() -> None:
    told = ("complain", on(9, 24), {"knew_on": "2023-10-03"})
    assert read(APPRAISAL, "window", told).due_on == date(2026, 10, 8)
    late = ("refuse", on(10, 9), {"filed_on": "2026-10-09"})
    assert read(APPRAISAL, "window", told, late).condition == "missed"
    by_post = ("accept", on(10, 12), {"filed_on": "2026-10-08"})
    assert read(APPRAISAL, "window", told, by_post).condition == "met"


def test_the_window_for_a_recheck_is_one_year_from_knowing_and_a_decision_ends_its_display() -> None:
    told = ("complain", on(9, 24), {"knew_on": "2025-10-10"})
    assert read(NOTARY, "recheck_window", told).due_on == date(2026, 10, 10)
    told = ("complain", on(9, 24), {"knew_on": "2025-10-02"})
    assert read(NOTARY, "recheck_window", told).due_on == date(2026, 10, 8)


def test_a_recusal_is_decided_in_three_working_days_each_time_anew() -> None:
    first, answered = ("ask_recusal", on(9, 24, 11)), ("refuse_recusal", on(9, 28))
    assert read(AID, "recusal", SUBMIT, ACCEPT, first).due_on == date(2026, 9, 30)
    again = ("ask_recusal", on(10, 9))
    assert read(AID, "recusal", SUBMIT, ACCEPT, first, answered, again).due_on == date(2026, 10, 13)


def test_a_complaint_to_another_body_starts_its_five_days_anew() -> None:
    assert read(AID, "acceptance", SUBMIT, ("hand_up", on(9, 30))).due_on == date(2026, 10, 13)
