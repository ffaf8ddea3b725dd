"""Who takes a step of a script, what they fill in and which papers they bring; through which door, others say."""

from __future__ import annotations

from datetime import date
from typing import Any

from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.demo.rehearsal.people import Citizen
from santai.demo.rehearsal.plays.cast import Members, fact_of, values_for
from santai.demo.rehearsal.plays.filling import STORY, usual_filling
from santai.demo.rehearsal.plays.script import Line, Script
from santai.documents.models import DocumentKind
from santai.people.models import Party
from santai.procedures.forms.fields import HandlerField, OrganisationField, PractitionerField
from santai.registry.models import Practitioner
from santai.trust.models import Membership, User
from santai.trust.roles import ROLES, Reach, Role

# What a line says besides the fields of its form.
NO_FIELDS = frozenset({"papers", "taker"})


class NotAsPlayed(Exception):
    """The platform did something else than the script says."""


class Acting:
    """A script under way: the case it is about now, the people who may act, and the citizen's counterpart."""

    script: Script
    cast: Members
    case: Case
    second: Citizen
    words = STORY

    def _joins(self, user: User) -> User:
        return user

    def is_the_citizens(self, step: Step) -> bool:
        """A body that a desk has entered acts by itself where the script says so: `applicant STEP`."""
        is_person = self.case.applicant.kind == Party.Kind.PERSON
        has_asked = "as" not in self.script.usual.get("open", {})
        return Role.APPLICANT in step.allowed_roles and (is_person or has_asked)

    def somebody(self, line: Line, step: Step) -> User:
        if "taker" in line.filling:
            return self._joins(User.objects.get(pk=fact_of(self.case, line.filling["taker"])))
        if line.who:
            role = Role(line.who.rstrip("0123456789"))
            return self.cast.member(role, int(line.who[len(role.value) :] or 1), self.case)
        handler = self.case.handler
        if handler and {Role(m.role) for m in Membership.objects.filter(user=handler)} & step.allowed_roles:
            return self._joins(handler)
        roles = [role for role in Role if role in step.allowed_roles - {Role.APPLICANT, Role.SYSTEM}]
        inside = [role for role in roles if ROLES[role].reach is not Reach.REGION]
        if not roles:
            raise NotAsPlayed("only the platform itself takes this step: tick")
        return self.cast.member((inside or roles)[0], 1, self.case)

    # --- what is filled in ----------------------------------------------------------------------------------------

    def filled(self, line: Line, step: Step, user: User | None, *, on: date) -> dict[str, Any]:
        told = values_for(self.cast, self.case, on)
        usual = {**usual_filling(step, on, self.words), **self.script.usual.get(step.name, {}), **line.filling}
        fields = _fields_of(step)
        # Some forms ask for a day under one of these names.
        filled = {name: value for name, value in usual.items() if name in fields or name not in NO_FIELDS}
        return {
            name: self._person(fields.get(name), value, user)
            or (told(value, fields.get(name)) if isinstance(value, str) else value)
            for name, value in filled.items()
        }

    def _person(self, asked: Any, value: Any, user: User | None) -> str:
        """The usual person or body for a field the script leaves open."""
        if isinstance(value, str) and value.startswith("@second:"):
            return str(getattr(self.second, value.removeprefix("@second:")))
        if value == "@practitioner" and isinstance(asked, PractitionerField):
            return self._practitioner()
        if value == "@handler" and isinstance(asked, HandlerField):
            return user.username if user else ""
        if value == "@org" and isinstance(asked, OrganisationField):
            return str(self.case.organisation_id or "")
        return ""

    def _practitioner(self) -> str:
        held = self.case.organisation
        kinds = {"notary": Role.NOTARY, "appraisal": Role.APPRAISER, "mediation": Role.MEDIATOR}
        role = kinds.get(held.kind if held else "", Role.LAWYER)
        return Practitioner.objects.get(user=self.cast.member(role, 1, self.case)).licence

    def papers(self, line: Line, step: Step) -> list[DocumentKind]:
        told = line.filling.get("papers", self.script.usual.get(step.name, {}).get("papers", ""))
        wanted = {DocumentKind(kind) for kind in told.split("|") if kind}
        there = set(self.case.documents.values_list("kind", flat=True))
        return sorted(wanted | {kind for kind in step.needs if kind not in there})


def _fields_of(step: Step) -> dict[str, Any]:
    return dict(step.form().fields) if step.form else {}
