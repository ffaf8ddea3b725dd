"""A procedure is a table: steps and clocks as rows a lawyer can read. This file gives the rows their meaning.

A procedure is one file in `santai.procedures` that defines `PROCEDURE`; it is found by folder scan.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import TextChoices

from santai.casework.faults import faults_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import Clock
from santai.documents.models import MADE_BY_OFFICES, DocumentKind
from santai.trust.roles import Role

if TYPE_CHECKING:
    from santai.casework.models import Case, LogEntry
    from santai.trust.actors import Actor

OPENING = "open"


class Tell(TextChoices):
    """Who hears of a step."""

    APPLICANT = "applicant", "当事人"
    HANDLER = "handler", "承办人"
    ORGANISATION = "organisation", "承办单位"
    DISPATCHER = "dispatcher", "分派员"
    SUPERVISOR = "supervisor", "监督员"


@dataclass(frozen=True)
class Attempt:
    """What a guard or a rule sees: the case as it stands, its log, who acts, what they filled in, and when."""

    case: Case
    log: list[LogEntry]
    step: Step
    actor: Actor
    role: Role
    data: dict[str, Any]
    at: datetime


Guard = Callable[[Attempt], None]
Changes = Callable[[Attempt], dict[str, Any]]
States = str | frozenset[str]


@dataclass(frozen=True)
class Step:
    """One row: a step named `name` leads from `source` to `target` when one of `roles` takes it.

    `target=None` keeps the state. `needs` are documents that must be on the case, `takes` those that
    may be handed in with the step. `form` validates what is filled in.
    `when` raises `NotFromHere` when the history forbids the step; such a step is not offered. `guard` raises a
    `Refused` when a further condition fails once the form is filled in. `changes` returns holder or fact changes,
    written in the same statement as the state (organisation, handler, region, matter, urgency, rating, facts). `opens`
    names the procedure of the child case the step opens, or "chosen" when the form's field `procedure` names it;
    `child` returns what differs in that case (applicant, text, region, organisation, facts).
    `letter` is the kind of letter issued, `serves` the kind or kinds that the step serves (送达). `says` is the
    citizen's sentence; it may use {organisation}, {handler}, form fields and what the step has written
    down as facts, {facts[adviser][firm]}.
    `public=False` keeps the step out of the citizen's view. `daily=True` is for a step that comes due by itself while
    limits are still running, such as the end of a term: every case where it leads on is asked once a day. `fills`
    returns what the system fills in when it takes a step with a form by itself. `part=True` is one part of a
    questionnaire: once filled in it stands behind the others, and its form shows what was filled in. `begins_with`
    names the fact with which the form is filled in beforehand: what was proposed, for whoever decides. `either=True`:
    staff who take it act for themselves, as the applicant would; else they take down what the applicant does.
    """

    name: str
    label: str
    source: States
    target: str | None
    roles: Role | frozenset[Role]
    needs: frozenset[DocumentKind] = frozenset()
    takes: frozenset[DocumentKind] = frozenset()
    form: type[forms.Form] | None = None
    when: Guard | None = None
    guard: Guard | None = None
    changes: Changes | None = None
    opens: str = ""
    child: Changes | None = None
    letter: str = ""
    serves: str | frozenset[str] = ""
    tells: frozenset[Tell] = frozenset()
    says: str = ""
    public: bool = True
    basis: str = ""
    daily: bool = False
    fills: Changes | None = None
    part: bool = False
    begins_with: str = ""
    either: bool = False

    @property
    def sources(self) -> frozenset[str]:
        return frozenset({self.source}) if isinstance(self.source, str) else self.source

    @property
    def served_kinds(self) -> frozenset[str]:
        if isinstance(self.serves, str):
            return frozenset({self.serves}) if self.serves else frozenset()
        return self.serves

    @property
    def allowed_roles(self) -> frozenset[Role]:
        return frozenset({self.roles}) if isinstance(self.roles, Role) else self.roles


class FaultyProcedure(Exception):
    """Every fault of a table, named at once."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"procedure {name}: " + "; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Procedure:
    """A statutory procedure. `kind` is the two digits it has in a case code; `stages` groups states for the citizen's
    progress bar, in order; `version` is the day its text came into force and stays with a case for life; `body` is the
    kind of organisation that is responsible when a child case is opened; in a state of `answered` (and in a final one)
    the person has what they came for, and the parent case goes on while the file is still being closed. `applied_for`
    is what a citizen asks for in their own words ("申请法律援助"); without it nobody can apply by themselves.
    `opened_by` are the roles that may open such a case at their desk without a citizen's request before it.
    `sealed_for` makes every file of the procedure a sealed one (密卷): only the applicant, the handler and these roles
    at the office that holds it reach it."""

    label: str
    kind: str
    states: type[TextChoices]
    initial: str
    final: frozenset[str]
    in_force: date
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    stages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    until: date | None = None
    basis: str = ""
    body: str = ""
    applied_for: str = ""
    opened_by: frozenset[Role] = frozenset()
    answered: frozenset[str] = frozenset()
    sealed_for: frozenset[Role] = frozenset()
    says_opening: str = "您的诉求已经收到。"
    opening_letter: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            raise FaultyProcedure(self.label, faults)

    @property
    def version(self) -> str:
        return self.in_force.isoformat()

    def has_answered(self, state: str) -> bool:
        return state in self.answered or state in self.final

    @property
    def open_states(self) -> frozenset[str]:
        return frozenset(self.states.values) - self.final

    def step(self, name: str) -> Step:
        for step in self.steps:
            if step.name == name:
                return step
        raise NotFromHere(f"“{self.label}”没有“{name}”这一步", todo="请刷新页面，从列出的步骤中选择。")

    def clock(self, name: str) -> Clock:
        return next(clock for clock in self.clocks if clock.name == name)

    def state_label(self, state: str) -> str:
        return str(self.states(state).label)

    def stage_of(self, state: str) -> str:
        return next((stage for stage, members in self.stages.items() if state in members), self.state_label(state))

    def check(self, name: str, *, state: str, roles: Iterable[Role], documents: Iterable[str] = ()) -> Step:
        """The only gate: the step, or NotFromHere (409), NotYou (403) or Missing (422), in this order."""
        step = self.step(name)
        if state not in step.sources:
            raise NotFromHere(
                f"“{step.label}”不能在“{self.state_label(state)}”时办理",
                todo="请刷新页面查看最新进展，再选择列出的步骤。",
            )
        if not step.allowed_roles & frozenset(roles):
            who = "、".join(sorted(str(role.label) for role in step.allowed_roles))
            raise NotYou(f"“{step.label}”由{who}办理", todo="如需办理，请联系上述人员。")
        lacking = step.needs - frozenset(DocumentKind(kind) for kind in documents)
        if lacking:
            raise Missing(
                *sorted(f"缺少材料：{kind.label}" for kind in lacking), todo="请先上传上述材料，再办理这一步。"
            )
        return step

    def handed_in_with(self, step: Step) -> frozenset[DocumentKind]:
        """What a form offers to upload: the step's own papers, and for a person those that staff will need next."""
        next_steps = (one for one in self.steps if step.target in one.sources)
        ahead = (one.needs for one in next_steps if Role.APPLICANT not in one.allowed_roles)
        is_theirs = Role.APPLICANT in step.allowed_roles
        theirs = frozenset[DocumentKind]().union(*ahead) - MADE_BY_OFFICES if is_theirs else frozenset()
        return step.needs | step.takes | theirs

    def open_to(self, state: str, roles: Iterable[Role]) -> list[Step]:
        """The steps these roles may take from this state, whatever documents are still missing."""
        held = frozenset(roles)
        return [step for step in self.steps if state in step.sources and step.allowed_roles & held]


@cache
def _scan() -> dict[str, dict[str, Procedure]]:
    import santai.procedures as folder

    found: dict[str, dict[str, Procedure]] = {}
    for module_info in pkgutil.iter_modules(folder.__path__):
        module = importlib.import_module(f"{folder.__name__}.{module_info.name}")
        procedure = getattr(module, "PROCEDURE", None)
        if isinstance(procedure, Procedure):
            name = procedure.name or module_info.name
            object.__setattr__(procedure, "name", name)
            if procedure.version in found.setdefault(name, {}):
                raise FaultyProcedure(name, [f"version {procedure.version} is defined twice"])
            found[name][procedure.version] = procedure
    return found


def all_procedures() -> list[Procedure]:
    return [procedure for versions in _scan().values() for procedure in versions.values()]


def procedures_in_force(on: date) -> list[Procedure]:
    """The version in force of each procedure that has one, in the order of their kinds."""
    found = []
    for name in _scan():
        try:
            found.append(procedure_in_force(name, on))
        except KeyError:
            continue
    return sorted(found, key=lambda procedure: procedure.kind)


def get_procedure(name: str, version: str) -> Procedure:
    """The table a case began under. KeyError when there is none."""
    return _scan()[name][version]


def procedure_in_force(name: str, on: date) -> Procedure:
    """The version in force on a date. KeyError when there is none."""
    candidates = [p for p in _scan()[name].values() if p.in_force <= on and (p.until is None or on <= p.until)]
    if not candidates:
        raise KeyError(f"no version of {name} is in force on {on}")
    return max(candidates, key=lambda procedure: procedure.in_force)
