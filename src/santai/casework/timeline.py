"""The story of a case in order: for staff every entry, for the citizen what they were told, children woven in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from santai.casework.access import log_of, procedure_of
from santai.casework.family import family
from santai.casework.kernel import OPENING, Procedure, Step
from santai.casework.models import Case, LogEntry
from santai.casework.state_words import state_words
from santai.casework.veiled import open_sentence
from santai.casework.wording import described
from santai.trust.actors import Actor, Channel
from santai.trust.roles import Role


@dataclass(frozen=True)
class Line:
    at: datetime
    label: str
    sentence: str
    who: str
    channel: str
    state: str
    number: int
    code: str
    details: list[tuple[str, str]]
    is_part: bool = False


def staff_timeline(case: Case) -> list[Line]:
    table = procedure_of(case)
    return [_line(case, table, entry, details=described(table, entry)) for entry in log_of(case)]


def citizen_timeline(case: Case, actor: Actor | None = None) -> list[Line]:
    """Only what concerns the citizen, with the story of child cases in its place."""
    told = []
    for member in family(case, actor):
        table = procedure_of(member)
        told += [(entry, member, table) for entry in log_of(member) if _is_public(table, entry)]
    # Of what happened at one moment, the cause was written down before what it brought about in another case.
    told.sort(key=lambda line: (line[0].at, line[0].pk))
    return [_line(member, table, entry, details=[]) for entry, member, table in told]


def _is_public(table: Procedure, entry: LogEntry) -> bool:
    return entry.step == OPENING or (bool(entry.told) and table.step(entry.step).public)


def _line(case: Case, table: Procedure, entry: LogEntry, *, details: list[tuple[str, str]]) -> Line:
    label = "受理登记" if entry.step == OPENING else table.step(entry.step).label
    return Line(
        at=entry.at,
        label=label,
        sentence=open_sentence(entry.told) or label,
        who=f"{entry.actor_name}（{Role(entry.role).label}）" if entry.actor_id else str(Role(entry.role).label),
        channel=str(Channel(entry.channel).label),
        state=table.state_label(entry.to_state),
        number=entry.number,
        code=case.code,
        details=details,
        is_part=entry.step != OPENING and table.step(entry.step).part,
    )


def missing_from_citizen(case: Case, actor: Actor | None = None) -> list[Line]:
    """Where the case waits for the citizen: an application to be made, papers or explanations to be sent."""
    waiting = []
    for member in family(case, actor):
        table = procedure_of(member)
        if _waits_for_citizen(table, member.state):
            entry = next((e for e in reversed(log_of(member)) if e.to_state == member.state != e.from_state), None)
            if entry:
                waiting.append(_line(member, table, entry, details=described(table, entry)))
    return waiting


def _waits_for_citizen(table: Procedure, state: str) -> bool:
    """Nothing has begun or a limit is paused, and the citizen can move the case on (not only end it)."""
    return any(is_waited_for(table, state, step) for step in table.open_to(state, [Role.APPLICANT]))


def is_waited_for(table: Procedure, state: str, step: Step) -> bool:
    """Whether this step of the citizen is what the case stands still for."""
    halted = {table.initial, *(paused for clock in table.clocks for paused in clock.paused_in)}
    return state in halted and step.target is not None and step.target not in table.final


def summary(case: Case) -> dict[str, Any]:
    """The case as the API and receipts tell it."""
    table = procedure_of(case)
    return {
        "code": case.code,
        "procedure": case.procedure,
        "procedure_label": table.label,
        "stage": table.stage_of(case.state),
        "state": case.state,
        "state_label": state_words(case),
        "version": case.version,
    }
