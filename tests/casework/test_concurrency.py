"""Two at once: one moves the case, the other is told so, and the log has neither a gap nor a fork."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from santai.casework.actions import open_case, take_step
from santai.casework.chain import fault_in
from santai.casework.models import Case, CaseClock, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.recompute import recompute_provisional
from santai.casework.refusals import Stale
from santai.notices.models import Notice
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.roles import Role
from santai.workdays.calendar import forget
from santai.workdays.models import Day
from tests.at_once import at_the_same_instant
from tests.casework.race import RACERS, race
from tests.factories import Town, make_case

ANSWER = {"answer": "可以向劳动监察投诉，也可以申请劳动仲裁。"}

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's test database has one connection")


def claimed(town: Town, at: datetime) -> Case:
    case = make_case(at)
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=at)
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=at)
    return case


def page_of(case: Case) -> Case:
    """The case as another request reads it."""
    return Case.objects.select_related("applicant", "organisation", "handler").get(pk=case.pk)


def is_sound(case: Case) -> bool:
    stored = page_of(case)
    log = list(LogEntry.objects.filter(case=stored).order_by("number"))
    return fault_in(log, code=stored.code, version=stored.version) == "" and log[-1].to_state == stored.state


def check(outcome: dict) -> None:
    assert outcome["won"] == 1
    assert outcome["lost"] == ["Stale"] * (RACERS - 1)
    assert outcome["numbers"] == [1, 2, 3]
    assert outcome["chain"] == ""
    assert outcome["handler_won"]
    # Whoever lost still holds the page they saw; only the winner's moved on.
    assert [list(page) for page in outcome["pages"]] == [["dispatched", 2], ["handling", 3]]
    assert (outcome["codes"], outcome["failed"]) == (RACERS, [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@on_postgres
def test_of_many_who_claim_at_once_on_postgresql_exactly_one_wins() -> None:
    check(race())


def test_of_many_who_claim_at_once_on_a_sqlite_file_exactly_one_wins(tmp_path: Path) -> None:
    script = Path(__file__).with_name("race.py")
    environment = {**os.environ, "SANTAI_HOME": str(tmp_path), "SANTAI_DATABASE_URL": "", "PYTHONPATH": "src"}
    ran = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    check(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@on_postgres
def test_two_different_steps_at_once_are_told_apart_and_neither_is_lost(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    later = monday + timedelta(hours=1)
    steps = [
        ("add", Actor.applicant(case.applicant_id), {"text": "补充：我有工资条"}),
        ("finish", town.actor(Role.LAWYER), ANSWER),
    ]
    taking = [partial(take_step, page_of(case), name, actor=who, data=data, at=later) for name, who, data in steps]
    won, lost = at_the_same_instant(*taking)
    assert [len(won), [type(fault) for fault in lost]] == [1, [Stale]]
    (name, who, data) = next(step for step in steps if step[0] != won[0].step)
    take_step(page_of(case), name, actor=who, data=data, at=later)
    assert {entry.step for entry in case.log.all()} >= {"add", "finish"}
    assert is_sound(case)
    assert Notice.objects.filter(case_code=case.code, once__endswith=":party").count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@on_postgres
def test_when_the_last_two_children_end_at_once_the_parent_moves_on_once(town: Town, monday: datetime) -> None:
    parent = claimed(town, monday)
    take_step(parent, "refer", actor=town.actor(Role.LAWYER), data={"procedure": "legal_aid_civil"}, at=monday)
    citizen = Actor.applicant(parent.applicant_id)
    second = {"applicant": parent.applicant, "region": parent.region, "text": parent.text, "channel": Channel.WEB}
    open_case("legal_aid_civil", **second, actor=citizen, parent=parent, at=monday)
    children = list(parent.children.order_by("pk"))
    ending = [partial(take_step, page_of(child), "withdraw", actor=citizen, at=monday) for child in children]
    won, lost = at_the_same_instant(*ending)
    assert (len(won), lost) == (2, [])
    assert page_of(parent).state == "finished"
    assert parent.log.filter(step="child_closed").count() == 1
    assert is_sound(parent)


def shut(day: str) -> None:
    """The county closes on a day; other processes notice."""
    Day.objects.create(date=day, region="230102", is_workday=False, name="暴雪停工", source="县政府公告")
    forget()


@pytest.mark.django_db
def test_a_step_does_not_write_an_old_due_date_over_a_recomputed_one(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    page = page_of(case)
    shut("2026-03-05")
    assert recompute_provisional(first=monday.date(), last=monday.date() + timedelta(days=30), now=monday) == 1
    recomputed = page_of(case).due_at
    with pytest.raises(Stale):
        take_step(page, "progress", actor=town.actor(Role.LAWYER), data={"text": "正在联系单位"}, at=monday)
    again = page_of(case)
    take_step(again, "progress", actor=town.actor(Role.LAWYER), data={"text": "正在联系单位"}, at=monday)
    assert page_of(case).due_at == recomputed
    assert recomputed > case.due_at


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@on_postgres
def test_a_step_and_a_recomputation_at_once_end_with_the_date_of_the_log(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    span = {"first": monday.date(), "last": monday.date() + timedelta(days=30), "now": monday}
    asking = {"data": {"what": "请交来工资条", "by": "2026-03-20"}, "actor": town.actor(Role.LAWYER), "at": monday}
    step = partial(take_step, page_of(case), "ask_for_more", **asking)
    shut("2026-03-05")
    _, lost = at_the_same_instant(step, *[partial(recompute_provisional, **span)] * 2)
    assert [type(fault) for fault in lost] in ([], [Stale])
    stored = page_of(case)
    found = {reading.clock.name: (reading.condition.value, reading.due_at) for reading in clocks_of(stored, now=monday)}
    assert {one.name: (one.condition, one.due_at) for one in CaseClock.objects.filter(case=case)} == found
    assert stored.is_paused == (stored.state == "waiting")
    assert is_sound(case)


@pytest.mark.django_db
def test_a_page_read_before_somebody_elses_step_is_stale_whatever_it_asks_for(town: Town, monday: datetime) -> None:
    """Not "from another state", not "too early": the person must hear that somebody was quicker."""
    case = claimed(town, monday)
    page = page_of(case)
    take_step(case, "finish", actor=town.actor(Role.LAWYER), data=ANSWER, at=monday + timedelta(minutes=5))
    for name, data in (("finish", ANSWER), ("archive", {}), ("contact", {"way": "phone", "text": "已联系"})):
        with pytest.raises(Stale):
            take_step(page, name, actor=town.actor(Role.LAWYER), data=data, at=monday + timedelta(minutes=1))
    assert (page.state, page.version) == ("handling", 3)
