"""Limits counted back from an event: papers so long before a hearing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from santai.casework.kernel import FaultyProcedure
from santai.casework.models import CaseClock
from santai.casework.terms import Amount, Clock, Extension, days, hours, months, workdays
from tests.casework.clock_stories import PROCEDURE, clock, read_all, story

Condition = CaseClock.Condition


def counted_back(limit: Amount, **fields: Any) -> Clock:
    none = {"paused_in": frozenset(), "paused_between": (), "extension": None}
    return clock(
        limit, runs_from=frozenset(), runs_from_steps=frozenset({"accept"}), before="served_on", **none, **fields
    )


def test_a_limit_before_an_event_runs_once_the_day_is_known() -> None:
    lead = counted_back(days(15))
    assert read_all(lead, log=story(("accept", "2026-03-02"))) == []
    log = story(("accept", "2026-03-02", {"served_on": "2026-03-31"}), ("suspend", "2026-03-03"))
    reading = read_all(lead, log=log, now="2026-03-17")[0]
    assert (reading.due_on, reading.condition, reading.is_overdue) == (date(2026, 3, 16), Condition.RUNNING, True)


@pytest.mark.parametrize(
    ("event", "limit", "due_on"),
    [
        ("2026-03-09", days(15), date(2026, 2, 14)),  # back over the Spring Festival to a make-up Saturday
        ("2026-02-25", workdays(3), date(2026, 2, 13)),  # the 24th, the make-up 14th, the 13th
        ("2026-05-31", months(1), date(2026, 4, 30)),
    ],
)
def test_a_limit_before_an_event_moves_back_over_rest_days(event: str, limit: Amount, due_on: date) -> None:
    reading = read_all(counted_back(limit), log=story(("accept", "2026-01-05", {"served_on": event})))[0]
    assert reading.due_on == due_on


def test_an_event_put_off_moves_the_end_of_what_is_due_before_it() -> None:
    log = story(
        ("accept", "2026-03-02", {"served_on": "2026-03-31"}),
        ("finish", "2026-03-20"),
        ("redo", "2026-03-20"),
        ("ask", "2026-03-20"),
    )
    moved = replace(counted_back(days(15)), runs_from_steps=frozenset({"accept", "ask"}))
    log[-1].data = {"served_on": "2026-04-10"}
    for until, condition, due_on in ((3, Condition.MISSED, date(2026, 3, 16)), (5, Condition.MET, date(2026, 3, 26))):
        reading = read_all(moved, log=log[:until], now="2026-03-25")[0]
        assert (reading.condition, reading.due_on, reading.missed_before) == (condition, due_on, 0)


def test_a_limit_before_an_event_in_an_unpublished_year_is_provisional() -> None:
    reading = read_all(counted_back(workdays(3)), log=story(("accept", "2026-12-01", {"served_on": "2031-01-10"})))[0]
    assert reading.is_provisional


@pytest.mark.parametrize(
    "fields", [{"extension": Extension("extend", at_most=5)}, {"limit": hours(24)}, {"before": "heard_on"}]
)
def test_what_cannot_be_counted_back_is_a_fault_of_the_table(fields: dict[str, Any]) -> None:
    with pytest.raises(FaultyProcedure):
        replace(PROCEDURE, clocks=(replace(counted_back(days(15)), **fields),))
