"""The scripts of `santai rehearse --all`: they can be read, fit their tables, and leave no row out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from santai.casework.kernel import all_procedures
from santai.demo.rehearsal.plays import clocked
from santai.demo.rehearsal.plays.filling import usual_filling
from santai.demo.rehearsal.plays.script import BadScript, Play, Script, read, scripts
from santai.trust.roles import Role

SCRIPTS = {(script.procedure.name, script.procedure.version): script for script in scripts()}
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("table", all_procedures(), ids=lambda table: f"{table.name}-{table.version}")
def test_every_row_of_every_procedure_is_played_or_excused(table):
    script = SCRIPTS[table.name, table.version]
    # What the platform takes by itself follows a tick or the end of a child; whether it did, the rehearsal says.
    by_itself = {step.name for step in table.steps if Role.SYSTEM in step.allowed_roles and script.lets_time_pass}
    rows = {step.name for step in table.steps} - by_itself
    assert rows - script.rows - set(script.never) == set()
    assert not script.rows & set(script.never)
    assert all(script.never.values()), "a row is left out for a reason"


@pytest.mark.parametrize(
    "script", SCRIPTS.values(), ids=lambda script: f"{script.procedure.name}-{script.procedure.version}"
)
def test_what_a_script_fills_in_is_asked_for(script: Script):
    family = {table.name: table for table in all_procedures()}
    asked: dict[str, set[str]] = {}
    for table in (*family.values(), script.procedure):
        for step in table.steps:
            asked.setdefault(step.name, {"papers", "taker"}).update(step.form().fields if step.form else ())
    for name, filling in script.usual.items():
        assert name == "open" or set(filling) <= asked[name], name
    for play in (Play("begins", script.begins), *script.plays):
        for line in play.lines:
            assert not line.is_step or set(line.filling) <= asked[line.word], (play.name, line.word)


@pytest.mark.parametrize("table", all_procedures(), ids=lambda table: f"{table.name}-{table.version}")
def test_the_usual_filling_answers_every_required_field(table):
    for step in table.steps:
        required = {name for name, field in (step.form().fields.items() if step.form else ()) if field.required}
        filled = usual_filling(step, TODAY)
        assert set(filled) == required
        assert all(value not in ("", None, []) for value in filled.values()), step.name


def test_a_script_tells_where_it_cannot_be_read(tmp_path: Path):
    for text, told in (
        ("play x\n", "begins with its procedure"),
        ("procedure no_such\n", "no such procedure"),
        ("procedure work_order\nplay x\n  wait long\n", ":3:"),
        ("procedure work_order\nplay x\n  dispatch: organisation\n", "not name=value"),
        ("procedure work_order\nplay x\n  nobody dispatch\n", ":3:"),
        ("", "empty"),
    ):
        path = tmp_path / "x.txt"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadScript, match=told):
            read(path)


def test_a_line_says_who_what_and_what_must_be_refused(tmp_path: Path):
    path = tmp_path / "x.txt"
    path.write_text(
        "procedure work_order  # a comment\nstarts 2026-05-06\nusual rate: score=5\nplay 一场\n"
        "  refused lawyer2 finish: answer=办好了; basis=民法典\n  wait 3 days\n  tick\n  maybe urge\n  again\n",
        encoding="utf-8",
    )
    script = read(path)
    first, wait, tick, urge, again = script.plays[0].lines
    assert (first.word, first.who, first.must_be_refused) == ("finish", f"{Role.LAWYER}2", True)
    assert first.filling == {"answer": "办好了", "basis": "民法典"}
    assert (wait.wait.days, tick.word, script.starts) == (3, "tick", date(2026, 5, 6))
    assert (urge.may_be_refused, urge.must_be_refused, again.is_step) == (True, False, False)


def test_a_line_may_fill_in_a_form_of_another_page(tmp_path: Path):
    path = tmp_path / "x.txt"
    path.write_text(
        "procedure work_order\nplay 一场\n  supervisor page /desk/money?show=waiting /@payment/refuse: reason=重算\n",
        encoding="utf-8",
    )
    (line,) = read(path).plays[0].lines
    assert (line.word, line.who, line.is_step) == ("page", "supervisor", False)
    assert (line.url, line.action, line.filling) == ("/desk/money?show=waiting", "/@payment/refuse", {"reason": "重算"})


def test_the_clock_can_be_set_in_a_rehearsals_own_province_only(settings, monkeypatch):
    monkeypatch.setenv(clocked.OWN_HOME, "1")
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        clocked.make_application()
    monkeypatch.delenv(clocked.OWN_HOME)
    settings.DEMO = True
    with pytest.raises(RuntimeError):
        clocked.make_application()
