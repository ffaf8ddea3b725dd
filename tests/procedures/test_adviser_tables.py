"""What holds for every table of advisers, filings, check-ups and hand-offs: letters, reasons, remedies, limits."""

from __future__ import annotations

import pytest
from django import forms

from santai.casework.kernel import Procedure, Step
from santai.casework.periodic import is_timed
from santai.documents.letters import kinds, template_of
from santai.procedures import (
    administrative_review,
    enterprise_checkup,
    government_counsel,
    petition,
    public_lawyer,
    village_adviser,
    village_service,
)
from santai.trust.roles import Role

TABLES = [
    module.PROCEDURE
    for module in (
        village_adviser,
        village_service,
        government_counsel,
        public_lawyer,
        enterprise_checkup,
        petition,
        administrative_review,
    )
]
PREFIXES = ("village_", "counsel_", "public_lawyer_", "checkup_", "petition_", "review_")
# What ends a case against what somebody wanted, by the state it leads to.
AGAINST = {"declined", "not_accepted", "ended", "cancelled", "stopped", "terminated"}
# The person's own exit, or a decision of an organ outside whose reason stands in its own paper.
WITHOUT_CHOICE = {"recheck_reply", "allow_withdraw"}
REMEDIES = ("复议", "起诉", "反映", "申请", "12348", "诉讼", "复核")

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)


def test_every_letter_has_a_template_and_every_template_a_step() -> None:
    issued = {step.letter for table in TABLES for step in table.steps if step.letter}
    assert issued <= set(kinds())
    assert {kind for kind in kinds() if kind.startswith(PREFIXES)} <= issued


@every_table
def test_every_ending_against_somebody_has_a_reason_code_a_letter_and_a_remedy(table: Procedure) -> None:
    ends = [step for step in table.steps if step.target in AGAINST and Role.SYSTEM not in step.allowed_roles]
    assert ends
    for step in ends:
        assert step.name in WITHOUT_CHOICE or _has_choice(step), step.name
        assert step.letter, step.name
        assert any(word in template_of(step.letter).body for word in REMEDIES) or "remedy" in _body(step), step.name


def _has_choice(step: Step) -> bool:
    fields = step.form.base_fields if step.form else {}
    return any(isinstance(fields.get(name), forms.ChoiceField) for name in ("reason", "ground", "outcome"))


def _body(step: Step) -> str:
    return template_of(step.letter).body


@every_table
def test_every_public_step_of_the_table_tells_the_citizen_something(table: Procedure) -> None:
    assert [step.name for step in table.steps if step.public and not step.says] == []


@every_table
def test_every_limit_has_an_id_of_its_own_family_and_a_basis(table: Procedure) -> None:
    families = {clock.id[:2] for clock in table.clocks}
    assert len(families) == 1
    assert all(clock.basis for clock in table.clocks)


@every_table
def test_what_nobody_asked_for_can_be_closed_by_the_desk(table: Procedure) -> None:
    closing = [step for step in table.steps if table.initial in step.sources and step.target in table.final]
    assert closing


def test_what_comes_due_while_limits_run_is_looked_for_every_day() -> None:
    daily = {(table.kind, step.name) for table in TABLES for step in table.steps if step.daily}
    assert daily == {
        ("40", "mark_met"),
        ("40", "mark_missed"),
        ("40", "remind_renewal"),
        ("40", "expire"),
        ("42", "expire"),
    }
    assert all(is_timed(step) for table in TABLES for step in table.steps if step.daily)


def test_acceptance_by_silence_is_the_only_step_the_platform_fills_in_itself() -> None:
    filled = [step for table in TABLES for step in table.steps if step.fills]
    assert [step.name for step in filled] == ["deem_accepted"]
    assert all(step.form and is_timed(step) for step in filled)
