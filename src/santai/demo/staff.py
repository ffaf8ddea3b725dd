"""Accounts of the demo province: who works on the platform, in which role, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from santai.demo.logins import LOGINS
from santai.demo.names import people
from santai.registry.models import Organisation, Practitioner, Region
from santai.registry.models import OrganisationKind as Kind
from santai.trust.models import Membership, User
from santai.trust.roles import Role

ROLE_OF = {
    Practitioner.Kind.LAWYER: Role.LAWYER,
    Practitioner.Kind.LEGAL_AID: Role.LEGAL_AID_OFFICER,
    Practitioner.Kind.GRASSROOTS: Role.VILLAGE_ADVISER,
    Practitioner.Kind.NOTARY: Role.NOTARY,
    Practitioner.Kind.APPRAISER: Role.APPRAISER,
    Practitioner.Kind.ARBITRATOR: Role.ARBITRATION_SECRETARY,
    Practitioner.Kind.MEDIATOR: Role.MEDIATOR,
}
# The first of a team leads it.
HEAD_OF = {Practitioner.Kind.LEGAL_AID: Role.LEGAL_AID_DIRECTOR, Practitioner.Kind.NOTARY: Role.NOTARY_DIRECTOR}
# Whoever leads these does not take cases themselves.
LED_BY = {
    Kind.APPRAISAL: Role.APPRAISAL_DIRECTOR,
    Kind.ARBITRATION: Role.ARBITRATION_DIRECTOR,
    Kind.MEDIATION: Role.COMMITTEE_HEAD,
}
# The first two of an arbitration commission are its secretaries, the others sit in cases.
SECRETARIES = 2
AT_A_BUREAU = (
    Role.SUPERVISOR,
    Role.SUPERVISOR,
    # Two act together, and one can take the place of either.
    Role.ENFORCEMENT_OFFICER,
    Role.ENFORCEMENT_OFFICER,
    Role.ENFORCEMENT_OFFICER,
    Role.LEGALITY_REVIEWER,
    Role.BUREAU_HEAD,
)
HOTLINE_STAFF = ((Role.HOTLINE_AGENT, 20), (Role.HOTLINE_LEAD, 2))
CLERKS = 2
PROVINCE_DUTIES = (Role.AUDITOR, Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN)
SINCE = date(2023, 1, 3)


class StaffMaker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.serials: Counter[str] = Counter()
        self.wanted = {(login.role, login.kind, login.region): login.username for login in LOGINS}
        self.users: list[User] = []
        self.memberships: list[Membership] = []

    def hire(self, organisations: list[Organisation], practitioners: list[Practitioner]) -> None:
        for role, organisation in self._posts(organisations):
            ((name, _),) = people(self.rng, 1)
            self._employ(name, role, organisation)
        seen: Counter[str] = Counter()
        for person in practitioners:
            rank = seen[person.organisation.uscc]
            seen[person.organisation.uscc] += 1
            if person.standing == Practitioner.Standing.ACTIVE:
                role = _role_of(person, rank)
                person.user = self._employ(person.name, role, person.organisation)
                if role == Role.NOTARY_DIRECTOR:
                    # Whoever leads a notary office is one of its notaries (公证法第十条).
                    self._appoint(person.user, Role.NOTARY, person.organisation)

    def save(self) -> None:
        User.objects.bulk_create(self.users, batch_size=500)
        Membership.objects.bulk_create(self.memberships, batch_size=500)

    def _posts(self, organisations: list[Organisation]) -> Iterator[tuple[Role, Organisation]]:
        for organisation in organisations:
            level = organisation.region.level
            if organisation.kind == Kind.HOTLINE:
                yield from ((role, organisation) for role, count in HOTLINE_STAFF for _ in range(count))
            elif organisation.kind == Kind.CENTRE:
                yield from ((Role.COUNTER_CLERK, organisation) for _ in range(CLERKS))
                if level != Region.Level.COUNTY:
                    yield Role.DISPATCHER, organisation
            elif organisation.kind == Kind.BUREAU:
                yield from ((role, organisation) for role in AT_A_BUREAU)
                if level == Region.Level.PROVINCE:
                    yield from ((role, organisation) for role in PROVINCE_DUTIES)
            elif organisation.kind in LED_BY:
                yield LED_BY[Kind(organisation.kind)], organisation

    def _employ(self, name: str, role: Role, organisation: Organisation) -> User:
        user = User(
            username=self._username(role, organisation),
            display_name=name,
            # Nobody logs in with this: see DemoBackend for the few who may.
            password=f"{UNUSABLE_PASSWORD_PREFIX}{self.rng.getrandbits(160):040x}",
        )
        self.users.append(user)
        self._appoint(user, role, organisation)
        return user

    def _appoint(self, user: User, role: Role, organisation: Organisation) -> None:
        self.memberships.append(Membership(user=user, role=role, organisation=organisation, since=SINCE))

    def _username(self, role: Role, organisation: Organisation) -> str:
        place = (role, Kind(organisation.kind), organisation.region_id)
        if place in self.wanted:
            return self.wanted.pop(place)
        self.serials[role] += 1
        return f"{role.value}-{self.serials[role]:05d}"


def _role_of(person: Practitioner, rank: int) -> Role:
    kind = Practitioner.Kind(person.kind)
    if kind is Practitioner.Kind.ARBITRATOR and rank >= SECRETARIES:
        return Role.ARBITRATOR
    return HEAD_OF[kind] if rank == 0 and kind in HEAD_OF else ROLE_OF[kind]
