"""What can be wrong with a procedure table. Every fault is found, none is fatal before the others are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from santai.casework.terms import EXACT
from santai.documents.models import DocumentKind
from santai.trust.roles import Role

if TYPE_CHECKING:
    from santai.casework.kernel import Procedure
    from santai.casework.terms import Clock


def faults_of(procedure: Procedure) -> list[str]:
    return [
        *_identity_faults(procedure),
        *_step_faults(procedure),
        *_state_faults(procedure),
        *(fault for clock in procedure.clocks for fault in _clock_faults(procedure, clock)),
    ]


def _identity_faults(procedure: Procedure) -> list[str]:
    faults = [f"step {name} is defined twice" for name in _twice(step.name for step in procedure.steps)]
    faults += [f"clock {name} is defined twice" for name in _twice(clock.name for clock in procedure.clocks)]
    if not (len(procedure.kind) == 2 and procedure.kind.isdigit()):
        faults.append(f"kind {procedure.kind!r} is not two digits")
    if procedure.until and procedure.until < procedure.in_force:
        faults.append("goes out of force before it comes into force")
    return faults


def _step_faults(procedure: Procedure) -> list[str]:
    known = set(procedure.states.values)
    faults = []
    for step in procedure.steps:
        targets = {step.target} if step.target is not None else set()
        faults += [f"step {step.name}: unknown state {state}" for state in sorted((step.sources | targets) - known)]
        faults += [
            f"step {step.name}: a way out of the final state {s}" for s in sorted(step.sources & procedure.final)
        ]
        faults += [f"step {step.name}: unknown role {role}" for role in step.allowed_roles if role not in set(Role)]
        faults += [f"step {step.name}: unknown document {doc}" for doc in step.needs if doc not in set(DocumentKind)]
        issued = {procedure.opening_letter, *(one.letter for one in procedure.steps)}
        faults += [f"step {step.name}: serves {kind}, which no step issues" for kind in step.served_kinds - issued]
        if not step.allowed_roles:
            faults.append(f"step {step.name}: nobody may take it")
        if not step.sources:
            faults.append(f"step {step.name}: leads from nowhere")
    return faults


def _state_faults(procedure: Procedure) -> list[str]:
    known = set(procedure.states.values)
    staged = (state for members in procedure.stages.values() for state in members)
    named = {procedure.initial, *procedure.final, *procedure.answered, *staged}
    faults = [f"unknown state {state}" for state in sorted(named - known)]
    reached = _reached(procedure, {procedure.initial})
    faults += [f"state {state} cannot be reached" for state in sorted(known - reached)]
    faults += [
        f"state {state} is a dead end"
        for state in sorted((reached & known) - procedure.final)
        if not _reached(procedure, {state}) & procedure.final
    ]
    return faults


def _reached(procedure: Procedure, start: set[str]) -> set[str]:
    reached = set(start)
    grew = True
    while grew:
        new = {s.target for s in procedure.steps if s.target is not None and s.sources & reached} - reached
        reached |= new
        grew = bool(new)
    return reached


def _clock_faults(procedure: Procedure, clock: Clock) -> list[str]:
    states = set(procedure.states.values)
    steps = {"open", *(step.name for step in procedure.steps)}
    named_states = clock.runs_from | clock.until | clock.paused_in
    pairs = {name for pair in clock.paused_between for name in pair}
    named_steps = clock.runs_from_steps | clock.until_steps | pairs
    if clock.extension:
        named_steps = named_steps | {clock.extension.step}
    faults = [f"clock {clock.name}: unknown state {state}" for state in sorted(named_states - states)]
    faults += [f"clock {clock.name}: unknown step {step}" for step in sorted(named_steps - steps)]
    faults += _field_faults(procedure, clock)
    if not clock.basis.strip():
        faults.append(f"clock {clock.name} has no legal basis")
    if not (clock.runs_from or clock.runs_from_steps):
        faults.append(f"clock {clock.name} never starts")
    if not (clock.until or clock.until_steps):
        faults.append(f"clock {clock.name} never stops")
    if clock.limit.count <= 0:
        faults.append(f"clock {clock.name} has no length")
    if clock.before and (clock.extension or clock.paused_in or clock.paused_between or clock.limit.unit in EXACT):
        faults.append(f"clock {clock.name} is counted back in days: nothing pauses or lengthens it")
    return faults


def _field_faults(procedure: Procedure, clock: Clock) -> list[str]:
    """A field that no form of the steps concerned has would silently never count."""
    starts = [s for s in procedure.steps if s.name in clock.runs_from_steps or s.target in clock.runs_from]
    stops = [s for s in procedure.steps if s.name in clock.until_steps or s.target in clock.until | procedure.final]
    asked = (
        *((name, starts) for name in (clock.start_field, clock.limit_field, clock.before)),
        (clock.stop_field, stops),
    )
    return [
        f"clock {clock.name}: no form has the field {field}"
        for field, steps in asked
        if field and not any(step.form and field in step.form.base_fields for step in steps)
    ]


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)
