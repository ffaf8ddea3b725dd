"""A small demo is built once, looked at, and undone; the claims are about what was seen."""

import logging
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

from santai.casework.audit import broken_chains
from santai.casework.kernel import all_procedures
from santai.casework.models import Case, CaseClock, LogEntry
from santai.demo.logins import LOGINS
from santai.demo.parameters import set_parameters
from santai.demo.province import build_province
from santai.demo.requests import PATHS, build_requests
from santai.intake.models import Arrival
from santai.notices.models import Notice
from santai.people.models import Party
from santai.registry.models import Region
from santai.trust.roles import HANDLERS, Role
from santai.workdays.calendar import forget
from santai.workdays.imports import import_package_years

NOW = datetime(2026, 6, 3, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
REQUESTS = 150
pytestmark = pytest.mark.django_db


@dataclass
class Seen:
    refusals: list[str]
    cases: list[dict]
    log: list[dict]
    clocks: Counter
    broken: list
    unsent: int
    arrivals: set
    parties: list
    counties: set
    ours: Counter


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        import_package_years()
        forget()
        build_province(on=NOW.date())
        set_parameters()
        batches: list[int] = []
        with _noted_refusals() as refusals:
            build_requests(REQUESTS, now=NOW, on_batch=batches.append)
        assert sum(batches) == REQUESTS
        found = _looked_at(refusals)
        transaction.set_rollback(True)
    forget()
    return found


@contextmanager
def _noted_refusals():
    noted: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: noted.append(record.getMessage())
    logging.getLogger("santai.demo.walk").addHandler(handler)
    yield noted
    logging.getLogger("santai.demo.walk").removeHandler(handler)


def _looked_at(refusals: list[str]) -> Seen:
    usernames = [login.username for login in LOGINS]
    return Seen(
        refusals=refusals,
        cases=list(Case.objects.values()),
        log=list(LogEntry.objects.values("case_id", "number", "step", "role", "channel", "at")),
        clocks=Counter(CaseClock.objects.values_list("condition", flat=True)),
        broken=list(broken_chains(Case.objects.all())),
        unsent=Notice.objects.filter(sent_at__isnull=True).count(),
        arrivals=set(Arrival.objects.values_list("case_id", flat=True)),
        parties=list(Party.objects.all()),
        counties=set(Region.objects.filter(level=Region.Level.COUNTY).values_list("code", flat=True)),
        ours=Counter(
            Case.objects.filter(handler__username__in=usernames, closed_at=None).values_list(
                "handler__username", flat=True
            )
        ),
    )


def roots(seen: Seen) -> list[dict]:
    return [case for case in seen.cases if case["parent_id"] is None]


def test_no_step_of_a_script_was_refused(seen):
    assert seen.refusals == []


def test_every_request_is_there_once_and_has_arrived(seen):
    assert len(roots(seen)) == REQUESTS
    assert seen.arrivals == {case["id"] for case in roots(seen)}


@pytest.mark.parametrize("name", ["work_order", "legal_aid_civil"])
def test_every_state_is_populated(seen, name):
    table = next(table for table in all_procedures() if table.name == name)
    found = {case["state"] for case in seen.cases if case["procedure"] == name}
    assert found == set(table.states.values)


def test_every_chain_verifies(seen):
    assert seen.broken == []


def test_nothing_happens_in_the_future_or_before_its_time(seen):
    opened = {case["id"]: case["opened_at"] for case in seen.cases}
    latest: dict[int, datetime] = {}
    for entry in sorted(seen.log, key=lambda entry: (entry["case_id"], entry["number"])):
        assert latest.get(entry["case_id"], opened[entry["case_id"]]) <= entry["at"] <= NOW
        latest[entry["case_id"]] = entry["at"]


def test_it_reaches_back_eighteen_months_and_to_this_day(seen):
    opened = [case["opened_at"] for case in roots(seen)]
    assert NOW - min(opened) > timedelta(days=400)
    assert NOW - max(opened) < timedelta(days=2)


def test_needs_come_through_every_channel(seen):
    assert {case["channel"] for case in roots(seen)} == {"web", "hotline", "counter", "api"}


def test_stories_go_on_through_another_channel(seen):
    channels: dict[int, set[str]] = {}
    for entry in seen.log:
        channels.setdefault(entry["case_id"], set()).add(entry["channel"])
    citizen_doors = {"web", "hotline", "counter"}
    assert sum(len(found & citizen_doors) > 1 for found in channels.values()) > REQUESTS / 5


def test_some_are_overdue_and_some_paused_and_most_in_time(seen):
    now_open = [case for case in seen.cases if case["closed_at"] is None]
    overdue = [case for case in now_open if case["due_at"] and case["due_at"] < NOW]
    assert 3 <= len(overdue) <= len(now_open) / 2
    assert any(case["is_paused"] for case in now_open)
    assert seen.clocks["met"] > seen.clocks["missed"] > 0


def test_some_were_returned_twice_urged_supervised_extended_and_redone(seen):
    taken = Counter(entry["step"] for entry in seen.log)
    for step in ("return_order", "contest", "rule_owner", "urge", "supervise", "extend", "order_redo", "transfer"):
        assert taken[step] >= 1, step


def test_every_score_is_given(seen):
    assert {case["rating"] for case in seen.cases} >= {1, 2, 3, 4, 5}


def test_every_demo_login_that_handles_orders_has_some_at_work(seen):
    handling = {login.username for login in LOGINS if login.role in HANDLERS}
    assert handling <= set(seen.ours)


def test_every_request_is_in_a_county_of_the_province(seen):
    assert {case["region"] for case in seen.cases} <= seen.counties


def test_no_two_people_share_a_phone_or_an_id_number(seen):
    phones = [party.phone for party in seen.parties]
    numbers = [party.id_number for party in seen.parties if party.id_number]
    assert len(set(phones)) == len(phones)
    assert len(set(numbers)) == len(numbers)
    assert len(phones) < REQUESTS


def test_a_worker_that_starts_now_sends_no_old_message(seen):
    assert seen.unsent == 0


def test_every_role_took_a_step(seen):
    took = {entry["role"] for entry in seen.log}
    assert took >= {
        *(Role.APPLICANT, Role.SYSTEM, Role.HOTLINE_AGENT, Role.COUNTER_CLERK, Role.DISPATCHER),
        *(Role.LAWYER, Role.MEDIATOR, Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.SUPERVISOR),
    }


def test_a_small_demo_begins_with_every_path():
    assert len(PATHS) <= REQUESTS
    assert len({path.name for path in PATHS}) == len(PATHS)
