"""What every table of arbitration keeps to."""

from __future__ import annotations

import pytest

from santai.casework.describe import page
from santai.casework.kernel import Procedure, all_procedures
from santai.documents import letters
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role

TABLES = [table for table in all_procedures() if table.name.startswith("arbitration_")]
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.name}-{table.version}")
# Steps that end a case against somebody's will or hope.
ENDINGS = {"decline", "transfer", "absent", "agreement_fails", "court_sets_aside", "end", "keep_arbitrator"}
BY_ITSELF = {"lapse", "fee_lapse"}


def test_there_are_three_procedures_and_one_of_them_in_two_versions() -> None:
    assert {(table.name, table.kind) for table in TABLES} == {
        ("arbitration_commercial", "30"),
        ("arbitration_labour", "31"),
        ("arbitration_rural_land", "32"),
    }
    assert len(TABLES) == 4
    assert {table.body for table in TABLES} == {OrganisationKind.ARBITRATION}


def test_every_clock_of_the_catalogue_is_there() -> None:
    ids = {clock.id for table in TABLES for clock in table.clocks}
    assert ids >= {f"AR{number:02d}" for number in range(1, 7)}


def test_every_letter_has_a_template_and_every_template_a_step() -> None:
    named = {step.letter for table in TABLES for step in table.steps} - {""}
    assert named == {kind for kind in letters.kinds() if kind.startswith("arbitration")}


@each_table
def test_every_refusal_and_termination_has_a_person_a_reason_and_a_letter(table: Procedure) -> None:
    endings = [step for step in table.steps if step.name in ENDINGS]
    assert len(endings) >= 4
    for step in endings:
        assert step.letter, step.name
        assert Role.SYSTEM not in step.allowed_roles
        assert step.form
        assert step.form.base_fields["explanation"].required


@each_table
def test_what_ends_by_itself_sends_a_letter_too(table: Procedure) -> None:
    steps = [step for step in table.steps if step.name in BY_ITSELF]
    assert steps
    assert all(step.letter and step.when for step in steps)


@each_table
def test_every_state_belongs_to_one_stage(table: Procedure) -> None:
    members = [state for states in table.stages.values() for state in states]
    assert sorted(members) == sorted(table.states.values)


@each_table
def test_every_unconfirmed_limit_is_marked_and_every_limit_can_be_replaced(table: Procedure) -> None:
    for clock in table.clocks:
        assert clock.id, clock.name
        assert ("待核" in clock.basis or "默认值" in clock.basis) == (clock.confidence == "U"), clock.name


@each_table
def test_everything_the_system_does_by_itself_the_secretary_may_do_too(table: Procedure) -> None:
    for step in table.steps:
        assert Role.SYSTEM not in step.allowed_roles or Role.ARBITRATION_SECRETARY in step.allowed_roles


@each_table
def test_every_step_but_closing_an_empty_case_names_its_article(table: Procedure) -> None:
    assert [step.name for step in table.steps if not step.basis] in (
        ["not_applied"],
        ["not_applied", "close"],
        ["not_applied", "not_sued"],
    )


@each_table
def test_the_page_of_the_table_renders(table: Procedure) -> None:
    text = page(table)
    assert all(step.label in text for step in table.steps)
    assert all(clock.basis in text for clock in table.clocks)
