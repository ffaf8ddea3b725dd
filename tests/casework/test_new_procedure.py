"""A new procedure is one new file: laid into the folder, it is found, run, timed, told, documented and checked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import santai.procedures
from santai.casework import kernel
from santai.casework.access import case_for, cases_for, steps_open_to
from santai.casework.actions import take_step
from santai.casework.audit import broken_chains
from santai.casework.kernel import FaultyProcedure, all_procedures, procedure_in_force
from santai.casework.models import Case
from santai.casework.periodic import take_timed_steps
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotYou
from santai.casework.timeline import citizen_timeline, missing_from_citizen, staff_timeline, summary
from santai.documents.models import DocumentKind
from santai.notices.models import Notice
from santai.procedures.rules.work_order import statutory_procedures
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.casework import test_kernel
from tests.casework.filling import Filler
from tests.casework.test_attack_walks import run_walks
from tests.factories import Town, make_case, make_file

pytestmark = pytest.mark.django_db

SOURCE = '''
"""Consultation by appointment (预约咨询)."""

from datetime import date

from django import forms
from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.refusals import NotFromHere
from santai.casework.terms import Clock, Confidence, days, hours, workdays
from santai.documents.models import DocumentKind as Doc
from santai.trust.roles import Role


class S(TextChoices):
    ASKED = "asked", "待预约"
    BOOKED = "booked", "已预约"
    WAITING = "waiting", "待补材料"
    ADVISED = "advised", "已答复"
    MISSED = "missed", "未到场"


class Advice(forms.Form):
    advice = forms.CharField(label="答复", min_length=5, max_length=500)


def day_is_over(attempt):
    if attempt.at <= attempt.case.due_at:
        raise NotFromHere("还没有到期", todo="请再等等。")


def keep_handler(attempt):
    return {"handler": attempt.actor.user}


PERSON = frozenset({Role.APPLICANT, Role.COUNTER_CLERK})
PROCEDURE = Procedure(
    label="预约咨询", kind="97", applied_for="预约咨询", states=S, initial=S.ASKED,
    final=frozenset({S.ADVISED, S.MISSED}), in_force=date(2024, 1, 1), basis="试行办法", body="law_firm",
    opening_letter="acceptance",
    stages={"预约": frozenset({S.ASKED, S.BOOKED, S.WAITING}), "办结": frozenset({S.ADVISED, S.MISSED})},
    steps=(
        Step("book", "约定时间", S.ASKED, S.BOOKED, Role.LAWYER, changes=keep_handler,
             tells=frozenset({Tell.APPLICANT}), says="{handler}已与您约好时间。"),
        Step("ask", "请补材料", S.BOOKED, S.WAITING, Role.LAWYER, says="请补交材料。"),
        Step("bring", "补交材料", S.WAITING, S.BOOKED, PERSON, needs=frozenset({Doc.MATTER_PROOF}),
             says="材料已收到。"),
        Step("advise", "答复", S.BOOKED, S.ADVISED, Role.LAWYER, form=Advice, says="已答复：{advice}"),
        Step("miss", "未到场", S.BOOKED, S.MISSED, frozenset({Role.LAWYER, Role.SYSTEM}), when=day_is_over,
             says="您没有到场，可以重新预约。"),
    ),
    clocks=(
        Clock("booking", "约定时间", hours(24), "试行办法第2条", id="T1", runs_from=frozenset({S.ASKED}),
              until=frozenset({S.BOOKED}), confidence=Confidence.U),
        Clock("advice", "答复", workdays(3), "试行办法第3条", id="T2", runs_from=frozenset({S.BOOKED}),
              until=frozenset({S.ADVISED}), paused_in=frozenset({S.WAITING})),
    ),
)
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second folder of procedures, scanned like the first."""
    added = tmp_path / "procedures"
    added.mkdir()
    monkeypatch.setattr(santai.procedures, "__path__", [*santai.procedures.__path__, str(added)])
    kernel._scan.cache_clear()
    yield added
    for path in added.glob("*.py"):
        sys.modules.pop(f"santai.procedures.{path.stem}", None)
        santai.procedures.__dict__.pop(path.stem, None)
    kernel._scan.cache_clear()


@pytest.fixture
def booking(folder: Path) -> kernel.Procedure:
    (folder / "trial_booking.py").write_text(SOURCE, encoding="utf-8")
    return procedure_in_force("trial_booking", date(2026, 3, 2))


def test_the_file_is_found_and_its_name_is_the_procedures(booking: kernel.Procedure) -> None:
    assert booking in all_procedures()
    assert (booking.name, booking.version, booking.label) == ("trial_booking", "2024-01-01", "预约咨询")
    assert ("trial_booking", "预约咨询") in statutory_procedures()


def test_a_case_walks_through_it_with_clocks_letters_notices_and_an_unbroken_log(
    booking: kernel.Procedure, town: Town, monday: datetime
) -> None:
    case = make_case(monday, procedure="trial_booking")
    lawyer, citizen, hour = town.actor(Role.LAWYER), Actor.applicant(case.applicant_id), timedelta(hours=1)
    assert case.code.startswith("230102972026")
    assert (case.organisation, case.due_clock) == (town.firm, "booking")
    assert [step.name for step in steps_open_to(case, lawyer, at=monday)] == ["book"]
    with pytest.raises(NotYou):
        take_step(case, "book", actor=citizen, at=monday)
    take_step(case, "book", actor=lawyer, at=monday + hour)
    take_step(case, "ask", actor=lawyer, at=monday + 2 * hour)
    assert (case.is_paused, [line.sentence for line in missing_from_citizen(case)]) == (True, ["请补交材料。"])
    with pytest.raises(Missing, match="与申请事项有关的材料"):
        take_step(case, "bring", actor=citizen, at=monday + 3 * hour)
    paper = (make_file(), DocumentKind.MATTER_PROOF)
    take_step(case, "bring", actor=citizen, documents=[paper], at=monday + timedelta(days=7))
    take_step(case, "advise", actor=lawyer, data={"advice": "可以申请仲裁。"}, at=monday + timedelta(days=8))
    assert (case.state, case.closed_at) == ("advised", monday + timedelta(days=8))
    assert {one.clock.name: one.condition for one in clocks_of(case, now=monday)} == {"booking": "met", "advice": "met"}
    assert [line.sentence for line in citizen_timeline(case)][-1] == "已答复：可以申请仲裁。"
    assert len(staff_timeline(case)) == 5
    assert Notice.objects.filter(case_code=case.code, way="sms").count() == 1
    assert dict(broken_chains(Case.objects.all())) == {}


def test_the_api_and_the_work_list_speak_of_it_in_its_own_words(
    booking: kernel.Procedure, town: Town, monday: datetime
) -> None:
    case = make_case(monday, procedure="trial_booking")
    told = summary(case)
    assert (told["procedure"], told["procedure_label"]) == ("trial_booking", "预约咨询")
    assert (told["stage"], told["state_label"]) == ("预约", "待预约")
    assert case in cases_for(town.actor(Role.LAWYER))
    assert case_for(Actor.applicant(case.applicant_id), case.code) == case


def test_a_work_order_is_referred_to_it_and_answered_by_its_end(
    booking: kernel.Procedure, town: Town, monday: datetime
) -> None:
    order = make_case(monday)
    refer = {"procedure": "trial_booking"}
    take_step(order, "refer", actor=town.actor(Role.DISPATCHER), data=refer, at=monday)
    child = order.children.get()
    take_step(child, "book", actor=town.actor(Role.LAWYER), at=monday)
    take_step(child, "advise", actor=town.actor(Role.LAWYER), data={"advice": "可以申请仲裁。"}, at=monday)
    order.refresh_from_db()
    assert order.state == "finished"
    assert "预约咨询：已答复" in order.log.latest("number").told


def test_its_timed_step_is_taken_when_the_time_has_come(
    booking: kernel.Procedure, town: Town, monday: datetime
) -> None:
    case = make_case(monday, procedure="trial_booking")
    take_step(case, "book", actor=town.actor(Role.LAWYER), at=monday)
    assert take_timed_steps(at=monday + timedelta(days=1)) == 0
    assert take_timed_steps(at=monday + timedelta(days=6)) == 1
    case.refresh_from_db()
    assert case.state == "missed"


def test_its_page_is_written_and_missed_when_it_is_not(booking: kernel.Procedure, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    call_command("docs", folder=pages, stdout=StringIO())
    page = (pages / "trial_booking-2024-01-01.md").read_text(encoding="utf-8")
    for expected in ("# 预约咨询", "asked --> booked : 约定时间", "试行办法第3条", "待核实", "与申请事项有关的材料"):
        assert expected in page
    (pages / "trial_booking-2024-01-01.md").unlink()
    with pytest.raises(CommandError, match="trial_booking"):
        call_command("docs", folder=pages, check=True, stdout=StringIO())


def test_every_general_test_of_procedures_applies_to_it(booking: kernel.Procedure) -> None:
    test_kernel.test_only_the_declared_cell_opens(booking)
    test_kernel.test_every_open_state_offers_somebody_a_step(booking)
    test_kernel.test_every_child_procedure_exists_and_every_form_builds(booking)
    test_kernel.test_what_the_citizen_is_told_names_only_known_fields(booking)


def test_random_walks_through_it_hold_what_must_always_hold(booking: kernel.Procedure, town: Town) -> None:
    run_walks(town, "trial_booking", Filler(), examples=3, steps=15)


def test_a_faulty_file_is_named_with_all_its_faults(folder: Path) -> None:
    faulty = SOURCE.replace('kind="97"', 'kind="9"').replace('"试行办法第2条"', '""')
    (folder / "trial_faulty.py").write_text(faulty, encoding="utf-8")
    with pytest.raises(
        FaultyProcedure, match=r"预约咨询: kind '9' is not two digits; clock booking has no legal basis"
    ):
        all_procedures()
