"""Cases of every procedure in the demo: staged once, looked at, and undone; and how a showing is cut and played."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils.timezone import localdate

from santai.casework.access import cases_for, steps_open_to
from santai.casework.audit import broken_chains
from santai.casework.kernel import procedures_in_force
from santai.casework.models import Case, LogEntry
from santai.demo.cast import Cast
from santai.demo.logins import LOGINS
from santai.demo.parameters import set_parameters
from santai.demo.province import build_province
from santai.demo.rehearsal.plays.script import Script, read
from santai.demo.staged.choice import Showing, showings, taken_in, up_to
from santai.demo.staged.fill import stage_all
from santai.demo.staged.stage import Papers, Stage, working_time
from santai.demo.staged.troupe import Troupe
from santai.registry.duty import DutyShift
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import CASEWORKERS, FRONT_LINE, Role
from santai.workdays.calendar import forget
from santai.workdays.imports import import_package_years
from tests import factories

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 3, 15, 0, tzinfo=CHINA)
TODAY = NOW.date()
WORKING = CASEWORKERS | FRONT_LINE | {Role.DISPATCHER, Role.SUPERVISOR}
pytestmark = pytest.mark.django_db


@dataclass
class Seen:
    stopped: list[str]
    cases: list[dict]
    log: list[dict]
    broken: list
    to_do: Counter
    on_duty: set[date]
    reported: int


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory) -> Seen:
    media = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        import_package_years()
        forget()
        build_province(on=TODAY)
        set_parameters()
        reports: list[int] = []
        stopped: list[str] = []
        with listening(stopped):
            stage_all(Cast(Random(1), TODAY), now=NOW, report=reports.append)
        found = looked_at(stopped, sum(reports))
        transaction.set_rollback(True)
    forget()
    return found


class listening:
    """Hears what the staging has to say."""

    def __init__(self, heard: list[str]) -> None:
        self.handler = logging.Handler(logging.WARNING)
        self.handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]

    def __enter__(self) -> None:
        logging.getLogger("santai.demo.staged").addHandler(self.handler)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("santai.demo.staged").removeHandler(self.handler)


def looked_at(stopped: list[str], reported: int) -> Seen:
    lawyer = DutyShift.objects.filter(practitioner__user__username="lawyer")
    return Seen(
        stopped=stopped,
        cases=list(Case.objects.values()),
        log=list(LogEntry.objects.order_by("case", "number").values("case_id", "at")),
        broken=list(broken_chains(Case.objects.all())),
        to_do=Counter({login.username: to_do(login.username) for login in LOGINS}),
        on_duty={localdate(shift.starts_at) for shift in lawyer},
        reported=reported,
    )


def to_do(username: str) -> int:
    actor = Actor.staff(User.objects.get(username=username))
    found = cases_for(actor).filter(closed_at=None).select_related("applicant", "organisation", "handler")
    return sum(bool(steps_open_to(case, actor, at=NOW)) for case in found)


def test_every_procedure_has_cases_under_way_and_cases_that_are_over(seen: Seen) -> None:
    is_open = Counter(case["procedure"] for case in seen.cases if case["closed_at"] is None)
    is_over = Counter(case["procedure"] for case in seen.cases if case["closed_at"])
    for table in procedures_in_force(TODAY):
        assert is_open[table.name], table.name
        # A request is over when the person has rated it: the requests themselves are walked elsewhere.
        assert is_over[table.name] or table.name == "work_order", table.name


def test_every_login_that_works_on_cases_has_something_to_do(seen: Seen) -> None:
    idle = {login.username for login in LOGINS if login.role in WORKING and not seen.to_do[login.username]}
    assert idle == set()


def test_nearly_every_play_goes_as_it_is_written(seen: Seen) -> None:
    assert len(seen.stopped) <= len(showings(TODAY)) / 20, seen.stopped


def test_each_showing_is_reported_once(seen: Seen) -> None:
    assert seen.reported == len(showings(TODAY))


def test_every_chain_verifies(seen: Seen) -> None:
    assert seen.broken == []


def test_nothing_happens_in_the_future_or_before_its_time(seen: Seen) -> None:
    latest: dict[int, datetime] = {}
    for entry in seen.log:
        assert latest.get(entry["case_id"], entry["at"]) <= entry["at"] <= NOW
        latest[entry["case_id"]] = entry["at"]


def test_all_of_it_is_in_the_county_of_the_demo_logins(seen: Seen) -> None:
    assert {case["region"] for case in seen.cases} == {"230102"}


def test_the_rota_of_duty_lawyers_has_past_and_coming_shifts(seen: Seen) -> None:
    assert {TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=7)} <= seen.on_duty


# --- how a showing is cut -----------------------------------------------------------------------------------------

WRITTEN = """procedure data_share
usual open: as=supervisor; kind=company; name=演练区统计局
usual request_conditional: item=公证事项办理信息
play 同意
  request_conditional
  wait 2 days
  refused supervisor correct
  supervisor agree
  maybe supervisor request_conditional
  supervisor provide
  wait 900 days
  supervisor close
play 另一页
  request_conditional
  supervisor page /desk/money /refuse
  supervisor agree
"""


@pytest.fixture
def script(tmp_path: Path) -> Script:
    path = tmp_path / "data_share.txt"
    path.write_text(WRITTEN, encoding="utf-8")
    return read(path)


def test_what_is_refused_or_takes_years_or_happens_on_other_pages_is_left_out(script: Script) -> None:
    words = [[line.word for line in taken_in(script, play)] for play in script.plays]
    assert words == [
        ["request_conditional", "wait", "agree", "request_conditional", "provide"],
        ["request_conditional"],
    ]


def test_a_showing_stops_after_its_share_of_the_steps(script: Script) -> None:
    lines = taken_in(script, script.plays[0])
    assert [len(up_to(lines, share)) for share in (0.0, 0.5, 1.0)] == [1, 3, 5]
    assert up_to((), 0.5) == ()


def test_every_current_procedure_is_shown_two_to_six_times() -> None:
    shown = Counter(one.procedure for one in showings(TODAY))
    assert all(2 <= number <= 6 for number in shown.values())
    apart = {
        "work_order",
        "legal_aid_civil",
        "legal_aid_peer_review",
        "legal_aid_commitment_check",
        "dispute_screening",
    }
    assert {table.name for table in procedures_in_force(TODAY)} - set(shown) == apart


# --- how it is played ---------------------------------------------------------------------------------------------


@pytest.fixture
def stage(script: Script, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    factories.build_town()

    def begin(lines, number: int = 3, rests: float = 1.0) -> Stage:
        showing = Showing(script, "试演", tuple(lines), rests)
        return Stage(showing, Troupe(Cast(Random(1), TODAY)), Papers(), number=number, now=NOW)

    return begin


def test_a_case_that_cannot_go_on_rests_where_it_is_and_says_so(stage, script: Script) -> None:
    first, _, agree, _, provide = taken_in(script, script.plays[0])
    stopped: list[str] = []
    with listening(stopped):
        stage([first, provide, agree]).show()
    case = Case.objects.get(procedure="data_share")
    assert [entry.step for entry in case.log.order_by("number")] == ["open", "request_conditional"]
    assert case.code in stopped[0]
    assert case.applicant.name == "道里区统计局"


def test_a_play_that_cannot_begin_leaves_the_demo_alone(stage, script: Script) -> None:
    User.objects.update(is_active=False)
    stopped: list[str] = []
    with listening(stopped):
        stage(taken_in(script, script.plays[0])).show()
    assert len(stopped) == 1
    assert not Case.objects.exists()


def test_the_same_number_makes_the_same_showing(stage, script: Script) -> None:
    lines = taken_in(script, script.plays[0])
    one, again, other = stage(lines), stage(lines), stage(lines, number=4)
    assert (one.citizen, one.second, one.at) == (again.citizen, again.second, again.at)
    assert len({citizen.phone for citizen in (one.citizen, one.second, other.citizen, other.second)}) == 4


def test_the_last_step_lies_as_long_ago_as_was_asked_for(stage, script: Script) -> None:
    stage(taken_in(script, script.plays[0]), rests=5.0).show()
    last = Case.objects.get(procedure="data_share").log.latest("number")
    assert timedelta(days=3) < NOW - last.at < timedelta(days=8)


@pytest.mark.parametrize(
    ("at", "works"),
    [
        ("2026-06-03T10:20", "2026-06-03T10:20"),
        ("2026-06-03T07:30", "2026-06-03T09"),
        ("2026-06-03T17:40", "2026-06-04T09"),
        ("2026-06-05T18:00", "2026-06-08T09"),
        ("2026-06-06T11:00", "2026-06-08T09"),
    ],
)
def test_staff_work_in_office_hours(at: str, works: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=CHINA)
    assert working_time(moment).isoformat().startswith(works)
