"""Random walks through every procedure, with permitted and forbidden steps, at random times: what must always hold."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from santai.casework.access import procedure_of, roles_on, steps_open_to
from santai.casework.actions import take_step
from santai.casework.audit import broken_chains
from santai.casework.kernel import OPENING, all_procedures
from santai.casework.models import Case, CaseClock
from santai.casework.reading import clocks_of
from santai.casework.refusals import Refused
from santai.casework.timeline import citizen_timeline, missing_from_citizen, staff_timeline, summary
from santai.documents.models import DocumentKind
from santai.trust.actors import SYSTEM, Actor
from santai.trust.roles import ROLES, Role
from tests.casework.filling import Filler
from tests.factories import Town, make_case, make_file, make_party, make_staff
from tests.procedures.legal_aid_story import keep_standard

pytestmark = pytest.mark.django_db
# A few are enough to notice that something broke; WALKS=40 WALK_STEPS=60 goes hunting, differently every time.
EXAMPLES, STEPS = int(os.environ.get("WALKS", "3")), int(os.environ.get("WALK_STEPS", "25"))
SEEDS = st.integers(0, 2**32)
# How much likelier a step is that leads to another open state, so that a walk gets far before it ends.
LEADS_ON = 12
MINUTES = st.one_of(st.integers(0, 90), st.integers(0, 3 * 24 * 60), st.integers(0, 45 * 24 * 60))


class Walk(RuleBasedStateMachine):
    """One family of cases. Each example is undone by a rollback."""

    def __init__(self, town: Town, procedure: str, start: datetime, filler: Filler) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.town, self.procedure, self.now, self.filler, self.turn = town, procedure, start, filler, 0
        self.names = sorted({step.name for table in all_procedures() for step in table.steps})
        self.files = [(make_file(), kind) for kind in DocumentKind.values]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize()
    def open(self) -> None:
        self.root = make_case(self.now, procedure=self.procedure)
        self.actors = [
            Actor.applicant(self.root.applicant_id),
            SYSTEM,
            Actor.applicant(make_party().pk),
            Actor.staff(make_staff(Role.LAWYER, self.town.firm)),
            *(self.town.actor(role) for role in self.town.staff),
        ]

    def family(self) -> list[Case]:
        related = Case.objects.select_related("applicant", "organisation", "handler")
        return list(related.filter(pk=self.root.pk) | related.filter(parent=self.root))

    @rule(seed=SEEDS, minutes=MINUTES)
    def somebody_does_what_is_offered(self, seed: int, minutes: int) -> None:
        random, case = self._turn(seed, minutes)
        offers = [(who, step) for who in self.actors for step in steps_open_to(case, who, at=self.now)]
        if offers:
            final = procedure_of(case).final
            weights = [LEADS_ON if step.target and step.target not in final else 1 for _, step in offers]
            who, step = random.choices(offers, weights)[0]
            self._try(case, step.name, who, random)

    @rule(seed=SEEDS, minutes=MINUTES, backwards=st.booleans())
    def somebody_tries_anything(self, seed: int, minutes: int, backwards: bool) -> None:
        random, case = self._turn(seed, minutes)
        at = self.now - timedelta(days=random.randrange(60)) if backwards else self.now
        self._try(case, random.choice(self.names), random.choice(self.actors), random, at=at)

    def _turn(self, seed: int, minutes: int) -> tuple[Random, Case]:
        """The same seed means something else at every turn: small seeds are drawn often."""
        self.turn += 1
        random = Random(f"{seed}:{self.turn}")
        self.now += timedelta(minutes=minutes)
        if all(case.closed_at for case in self.family()):
            self.open()
        return random, random.choice(self.family())

    def _try(self, case: Case, name: str, who: Actor, random: Random, *, at: datetime | None = None) -> None:
        table, before, moment = procedure_of(case), (case.state, case.version), at or self.now
        step = next((one for one in table.steps if one.name == name), None)
        data = self.filler.fill(step.form if step else None, random, moment)
        papers = random.sample(self.files, k=random.choice((0, 1, len(self.files), len(self.files))))
        roles, last = roles_on(case, who, at=moment), case.log.latest("number").at
        refusal = None
        try:
            entry = take_step(case, name, actor=who, data=data, documents=papers, at=moment)
        except Refused as caught:
            refusal = caught
        if refusal is not None:
            assert (case.state, case.version) == before
            assert refusal.problems
            assert refusal.status in {403, 409, 422}
            return
        assert step is not None
        assert before[0] in step.sources
        assert entry.role in step.allowed_roles & roles
        assert not ROLES[Role(entry.role)].read_only
        assert moment >= last
        assert (entry.from_state, entry.to_state) == (before[0], step.target or before[0])
        assert (case.version, entry.number) == (before[1] + 1, before[1] + 1)
        assert (case.state, case.due_at, case.is_paused) == self._stored(case, "state", "due_at", "is_paused")

    def _stored(self, case: Case, *fields: str) -> tuple[Any, ...]:
        return Case.objects.values_list(*fields).get(pk=case.pk)

    @invariant()
    def the_record_is_what_the_log_says(self) -> None:
        for case in self.family():
            table, log = procedure_of(case), list(case.log.order_by("number"))
            assert (case.version, case.state) == (len(log), log[-1].to_state)
            assert all(b.from_state == a.to_state and b.at >= a.at for a, b in zip(log, log[1:], strict=False))
            assert all(e.step == OPENING or e.to_state == (table.step(e.step).target or e.from_state) for e in log)
            assert (case.closed_at is not None) == (case.state in table.final)
            assert case.closed_at in (None, log[-1].at)
        assert dict(broken_chains(Case.objects.all())) == {}

    @invariant()
    def the_clocks_are_what_the_log_says(self) -> None:
        for case in self.family():
            found = clocks_of(case, now=self.now)
            stored = {
                one.name: (one.condition, one.due_at, one.stopped_at) for one in CaseClock.objects.filter(case=case)
            }
            assert stored == {r.clock.name: (r.condition.value, r.due_at, r.stopped_at) for r in found}
            running = [r for r in found if r.condition == CaseClock.Condition.RUNNING]
            assert case.due_at == min((r.due_at for r in running), default=None)
            assert case.is_paused == (not running and any(r.condition == CaseClock.Condition.PAUSED for r in found))
            assert not (case.closed_at and (running or case.is_paused))
            for reading in found:
                assert all(line.strip() and "None" not in line for line in reading.explain())
                assert reading.due_at is None or reading.due_at > reading.started_at

    @invariant()
    def the_story_can_be_told(self) -> None:
        for case in self.family():
            assert len(staff_timeline(case)) == case.version
            assert all(line.sentence.strip() for line in citizen_timeline(case))
            assert summary(case)["stage"]
            missing_from_citizen(case)

    @invariant()
    def nobody_is_offered_what_the_table_forbids(self) -> None:
        for case in self.family():
            for who in self.actors[:6]:
                roles = roles_on(case, who, at=self.now)
                for step in steps_open_to(case, who, at=self.now):
                    assert case.state in step.sources
                    assert step.allowed_roles & roles

    @invariant()
    def a_parent_waits_only_while_a_child_is_open(self) -> None:
        root, *children = sorted(self.family(), key=lambda case: case.pk)
        if root.state == "referred":
            assert any(not procedure_of(child).has_answered(child.state) for child in children)


def run_walks(town: Town, procedure: str, filler: Filler, *, examples: int = EXAMPLES, steps: int = STEPS) -> None:
    # The week before the Spring Festival of 2026: holidays and make-up days lie ahead.
    start = datetime.fromisoformat("2026-02-09T09:00+08:00")
    first = min(table.in_force for table in all_procedures() if table.name == procedure)
    start = max(start, datetime.combine(first, start.timetz()))
    run_state_machine_as_test(
        lambda: Walk(town, procedure, start, filler),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize="WALKS" not in os.environ,
            database=None,
            # Shrinking takes minutes; whoever hunts waits for it.
            phases=tuple(Phase) if "WALKS" in os.environ else (Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("procedure", sorted({table.name for table in all_procedures()}))
def test_whatever_anybody_does_record_log_and_clocks_agree(town: Town, procedure: str) -> None:
    keep_standard()
    run_walks(town, procedure, Filler())
