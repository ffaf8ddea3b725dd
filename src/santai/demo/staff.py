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
# Arbitrators sit in cases; only a commission's two secretaries work on the platform.
SECRETARIES = 2
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
            if self._works_here(person, rank):
                person.user = self._employ(person.name, _role_of(person, rank), person.organisation)

    def save(self) -> None:
        User.objects.bulk_create(self.users, batch_size=500)
        Membership.objects.bulk_create(self.memberships, batch_size=500)

    def _works_here(self, person: Practitioner, rank: int) -> bool:
        if person.kind == Practitioner.Kind.ARBITRATOR and rank >= SECRETARIES:
            return False
        return person.standing == Practitioner.Standing.ACTIVE

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
                yield Role.SUPERVISOR, organisation
                if level == Region.Level.PROVINCE:
                    yield from ((role, organisation) for role in PROVINCE_DUTIES)

    def _employ(self, name: str, role: Role, organisation: Organisation) -> User:
        user = User(
            username=self._username(role, organisation),
            display_name=name,
            # Nobody logs in with this: see DemoBackend for the few who may.
            password=f"{UNUSABLE_PASSWORD_PREFIX}{self.rng.getrandbits(160):040x}",
        )
        self.users.append(user)
        self.memberships.append(Membership(user=user, role=role, organisation=organisation, since=SINCE))
        return user

    def _username(self, role: Role, organisation: Organisation) -> str:
        place = (role, Kind(organisation.kind), organisation.region_id)
        if place in self.wanted:
            return self.wanted.pop(place)
        self.serials[role] += 1
        return f"{role.value}-{self.serials[role]:05d}"


def _role_of(person: Practitioner, rank: int) -> Role:
    kind = Practitioner.Kind(person.kind)
    return HEAD_OF[kind] if rank == 0 and kind in HEAD_OF else ROLE_OF[kind]
