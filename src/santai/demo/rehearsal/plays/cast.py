"""Who plays: staff with every role at every body a play needs, and the values a script names them by.

They are hired in the rehearsal's own province, which is thrown away afterwards; what they do there they do over HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Protocol

from santai.casework.models import Case
from santai.demo.logins import token_of
from santai.demo.matters import DISCIPLINES, SPECIALTIES
from santai.demo.names import people
from santai.demo.rehearsal.office import sample
from santai.documents.models import DocumentKind
from santai.evaluation.samples import Quarter
from santai.procedures.forms.fields import HandlerField, PractitionerField
from santai.registry.models import Organisation, Practitioner
from santai.registry.models import OrganisationKind as Kind
from santai.registry.regions import nearest
from santai.trust.crypto import keyed_hash
from santai.trust.models import ApiToken, Membership, User
from santai.trust.roles import ROLES, Reach, Role

COUNTY = "230102"
SINCE = date(2010, 1, 4)
PASSWORD = "santai-rehearsal"  # noqa: S105 - opens nothing but a province that lives for one rehearsal
# Where somebody with a role works when the case does not say it.
HOMES = {
    Role.HOTLINE_AGENT: Kind.HOTLINE,
    Role.HOTLINE_LEAD: Kind.HOTLINE,
    Role.COUNTER_CLERK: Kind.CENTRE,
    Role.DISPATCHER: Kind.CENTRE,
    Role.LEGAL_AID_OFFICER: Kind.LEGAL_AID,
    Role.LEGAL_AID_DIRECTOR: Kind.LEGAL_AID,
    Role.LAWYER: Kind.LAW_FIRM,
    Role.VILLAGE_ADVISER: Kind.GRASSROOTS,
    Role.MEDIATOR: Kind.MEDIATION,
    Role.COMMITTEE_HEAD: Kind.MEDIATION,
    Role.NOTARY: Kind.NOTARY,
    Role.NOTARY_DIRECTOR: Kind.NOTARY,
    Role.APPRAISER: Kind.APPRAISAL,
    Role.APPRAISAL_DIRECTOR: Kind.APPRAISAL,
    Role.ARBITRATION_SECRETARY: Kind.ARBITRATION,
    Role.ARBITRATOR: Kind.ARBITRATION,
    Role.ARBITRATION_DIRECTOR: Kind.ARBITRATION,
}
LICENSED = {
    Role.LAWYER: Practitioner.Kind.LAWYER,
    Role.LEGAL_AID_OFFICER: Practitioner.Kind.LEGAL_AID,
    Role.VILLAGE_ADVISER: Practitioner.Kind.GRASSROOTS,
    Role.MEDIATOR: Practitioner.Kind.MEDIATOR,
    Role.NOTARY: Practitioner.Kind.NOTARY,
    Role.APPRAISER: Practitioner.Kind.APPRAISER,
    Role.ARBITRATOR: Practitioner.Kind.ARBITRATOR,
}
# A lawyer acts from the firm, whoever holds the case.
KEEPS_HOME = frozenset({Role.LAWYER, Role.VILLAGE_ADVISER})
ELSEWHERE = 3
DAY = re.compile(r"today([+-]\d+)?(T\d\d:\d\d)?$")


class NotHired(LookupError):
    """Nobody there holds the role."""


class Members(Protocol):
    """Staff by role, as `Cast` has them."""

    def member(self, role: Role, number: int = 1, case: Case | None = None) -> User: ...

    def body(self, role: Role, number: int, case: Case | None) -> Organisation: ...


class Cast:
    """The first and second of a role are colleagues, the third and later ones work at another body of the kind."""

    def __init__(self, rng: Any) -> None:
        self.names = iter(people(rng, 600))
        self.adopted: set[int] = set()
        self.hired: dict[tuple[Role, int, int], User] = {}

    def member(self, role: Role, number: int = 1, case: Case | None = None) -> User:
        body = self.body(role, number, case)
        key = (role, number, body.pk)
        if key not in self.hired:
            self.hired[key] = self._hire(role, number, body)
        return self.hired[key]

    def adopt(self, user: User) -> None:
        """Somebody of the demo province joins in: they get a password and a token."""
        if user.pk not in self.adopted:
            self.adopted.add(user.pk)
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            digest = keyed_hash(token_of(user.username), "token")
            ApiToken.objects.get_or_create(digest=digest, defaults={"user": user, "name": "演练"})

    def body(self, role: Role, number: int, case: Case | None) -> Organisation:
        return body_for(role, number, case)

    def _hire(self, role: Role, number: int, body: Organisation) -> User:
        name, _ = next(self.names)
        user = User(username=f"play-{role.value}-{number}-{body.pk}", display_name=name)
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(user=user, role=role, organisation=body, since=SINCE)
        ApiToken.objects.create(user=user, name="演练", digest=keyed_hash(token_of(user.username), "token"))
        if role in LICENSED:
            self._license(user, role, body)
        return user

    def _license(self, user: User, role: Role, body: Organisation) -> None:
        kind = LICENSED[role]
        Practitioner.objects.create(
            user=user,
            name=user.display_name,
            kind=kind,
            organisation=body,
            licence=f"9{user.pk:016d}",
            licensed_on=SINCE,
            criminal_defence_since=SINCE,
            knows_minors=True,
            last_assessment="称职",
            matters=[*SPECIALTIES[kind], *(DISCIPLINES if role is Role.APPRAISER else ())],
        )


def _near(kind: str) -> list[Organisation]:
    return nearest(kind, COUNTY)


def body_for(
    role: Role, number: int, case: Case | None, near: Callable[[str], list[Organisation]] = _near
) -> Organisation:
    """Where this member of a role works: with whoever holds the case, at home, or elsewhere."""
    held = case.organisation if case else None
    home = HOMES.get(role, Kind.BUREAU)
    at_home = held is None or ROLES[role].reach is Reach.REGION or (role in KEEPS_HOME and held.kind != home)
    if held is not None and not at_home and number < ELSEWHERE:
        return held
    bodies = near(home if at_home or held is None else held.kind)
    own = [body for body in bodies if held is None or body != held] if number >= ELSEWHERE else bodies
    return own[min(len(own) - 1, 1)] if number >= ELSEWHERE and at_home else own[0]


def fact_of(case: Case, path: str) -> Any:
    """`places.0.name`: keys and positions with dots between them."""
    found: Any = case.facts
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


def values_for(cast: Members, case: Case, today: date) -> Callable[[str, Any], Any]:
    """Turns a value of a script into what is sent in a field."""

    def one(value: str, asked: Any) -> Any:
        if day := DAY.match(value):
            return (today + timedelta(days=int(day[1] or 0))).isoformat() + (day[2] or "")
        if value == "@quarter":
            return Quarter.of(today).before.name
        return _named(value[1:], cast, case, asked) if value.startswith("@") else value

    def told(value: str, asked: Any) -> Any:
        return [one(part, asked) for part in value.split("|")] if "|" in value else one(value, asked)

    return told


def _another(kind: str, case: Case) -> Organisation:
    """A body of the kind that does not hold the case, the nearer the better."""
    bodies = [*nearest(kind, COUNTY), *Organisation.objects.filter(kind=kind, is_active=True).order_by("region", "pk")]
    return next(body for body in bodies if body.pk != case.organisation_id)


def _code(name: str, case: Case) -> str:
    if name == "parent":
        return case.parent.code if case.parent else ""
    if name == "first":
        return Case.objects.filter(applicant=case.applicant_id, procedure=case.procedure).earliest("pk").code
    if name.startswith("open:"):
        return Case.objects.filter(procedure=name[5:], closed_at=None).latest("pk").code
    return case.code


def _named(name: str, cast: Members, case: Case, asked: Any) -> str:
    if name in ("case", "parent", "first") or name.startswith("open:"):
        return _code(name, case)
    if name.startswith("fact:"):
        found = fact_of(case, name[5:])
        return User.objects.get(pk=found).username if isinstance(asked, HandlerField) else str(found)
    if name.startswith("above:"):
        return str(fact_of(case.parent, name[6:])) if case.parent else ""
    if name.startswith("digest:"):
        return sha256(sample(DocumentKind(name[7:]))).hexdigest()
    if name == "org":
        return str(case.organisation_id or "")
    if name.startswith("org:"):
        return str(nearest(name[4:], COUNTY)[0].pk)
    if name.startswith("other:"):
        return str(_another(name[6:], case).pk)
    role = Role(name.rstrip("0123456789"))
    user = cast.member(role, int(name[len(role.value) :] or 1), case)
    if isinstance(asked, PractitionerField):
        return Practitioner.objects.get(user=user).licence
    return user.username if isinstance(asked, HandlerField) else user.display_name
