"""The table kernel: every fault is named, every cell but the declared ones is closed."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db.models import TextChoices

from santai.casework.kernel import FaultyProcedure, Procedure, Step, all_procedures, get_procedure, procedure_in_force
from santai.casework.refusals import Missing, NotFromHere, NotYou, Refused
from santai.casework.telling import Facts
from santai.casework.terms import Clock, days
from santai.documents.models import DocumentKind
from santai.trust.roles import Role

PROCEDURES = all_procedures()


class S(TextChoices):
    NEW = "new", "新"
    DONE = "done", "完"
    LOST = "lost", "失"


def table(**changes: Any) -> Procedure:
    values: dict[str, Any] = {
        "label": "试",
        "kind": "99",
        "states": S,
        "initial": S.NEW,
        "final": frozenset({S.DONE, S.LOST}),
        "in_force": date(2020, 1, 1),
        "steps": (
            Step("finish", "办结", S.NEW, S.DONE, Role.LAWYER, needs=frozenset({DocumentKind.IDENTITY})),
            Step("lose", "丢失", S.NEW, S.LOST, Role.LAWYER),
        ),
    }
    return Procedure(**{**values, **changes})


def test_every_fault_of_a_table_is_named_at_once() -> None:
    bad_clock = Clock("c", "钟", days(3), "", runs_from=frozenset({"nowhere"}), start_field="served_on")
    with pytest.raises(FaultyProcedure) as caught:
        table(
            kind="x",
            steps=(
                Step("finish", "办结", S.NEW, S.DONE, Role.LAWYER),
                Step("finish", "办结", S.DONE, "nirvana", frozenset()),
            ),
            clocks=(bad_clock,),
        )
    faults = "; ".join(caught.value.faults)
    for expected in (
        "two digits",
        "defined twice",
        "way out of the final state done",
        "unknown state nirvana",
        "nobody may take it",
        "lost cannot be reached",
        "no legal basis",
        "unknown state nowhere",
        "never stops",
        "no form has the field served_on",
    ):
        assert expected in faults


def test_a_dead_end_is_a_fault() -> None:
    with pytest.raises(FaultyProcedure, match="lost is a dead end"):
        table(final=frozenset({S.DONE}))


def test_the_gate_tells_not_from_here_from_not_you_from_missing() -> None:
    one = table()
    with pytest.raises(NotFromHere) as here:
        one.check("finish", state=S.DONE, roles=[Role.LAWYER])
    with pytest.raises(NotYou) as you:
        one.check("finish", state=S.NEW, roles=[Role.NOTARY])
    with pytest.raises(Missing) as missing:
        one.check("finish", state=S.NEW, roles=[Role.LAWYER])
    assert [fault.value.status for fault in (here, you, missing)] == [409, 403, 422]
    assert missing.value.problems == ["缺少材料：身份证明"]


def test_an_unknown_step_is_a_conflict_not_a_crash() -> None:
    with pytest.raises(NotFromHere):
        table().check("dance", state=S.NEW, roles=[Role.LAWYER])


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: f"{p.name}-{p.version}")
def test_only_the_declared_cell_opens(procedure: Procedure) -> None:
    everything = list(DocumentKind)
    for step, state, role in product(procedure.steps, procedure.states.values, Role):
        declared = state in step.sources and role in step.allowed_roles
        try:
            procedure.check(step.name, state=state, roles=[role], documents=everything)
            opened = True
        except Refused:
            opened = False
        assert opened == declared, (step.name, state, role)
        assert (step in procedure.open_to(state, [role])) == declared


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.name)
def test_every_open_state_offers_somebody_a_step(procedure: Procedure) -> None:
    for state in procedure.open_states:
        assert procedure.open_to(state, list(Role)), state


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.name)
def test_every_child_procedure_exists_and_every_form_builds(procedure: Procedure) -> None:
    for step in procedure.steps:
        if step.opens and step.opens != "chosen":
            assert procedure_in_force(step.opens, date(2026, 6, 1))
        if step.form:
            assert not step.form({}).is_bound or step.form({}).errors is not None


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.name)
def test_what_the_citizen_is_told_names_only_known_fields(procedure: Procedure) -> None:
    for step in procedure.steps:
        fields = set(step.form.base_fields) if step.form else set()
        words = {**{key: "x" for key in fields | {"organisation", "handler"}}, "facts": Facts()}
        assert step.says.format_map(words) or not step.says


def test_kinds_in_case_codes_are_not_shared() -> None:
    kinds = {}
    for procedure in PROCEDURES:
        assert kinds.setdefault(procedure.kind, procedure.name) == procedure.name


def test_a_case_keeps_the_version_it_began_under(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = table(until=date(2025, 12, 31)), table(in_force=date(2026, 1, 1))
    scan = {"trial": {old.version: old, new.version: new}}
    monkeypatch.setattr("santai.casework.kernel._scan", lambda: scan)
    assert procedure_in_force("trial", date(2025, 12, 31)) is old
    assert procedure_in_force("trial", date(2026, 1, 1)) is new
    assert get_procedure("trial", old.version) is old
    with pytest.raises(KeyError):
        procedure_in_force("trial", date(2019, 1, 1))
