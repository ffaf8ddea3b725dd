"""Who plays which part when requests are walked through: found by role and division, kept in memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from santai.demo.logins import LOGINS
from santai.demo.matters import SPECIALTIES
from santai.registry.models import Organisation, Practitioner
from santai.registry.models import OrganisationKind as Kind
from santai.registry.regions import scopes
from santai.registry.standing import practising
from santai.trust.memberships import remember
from santai.trust.models import Membership, User
from santai.trust.roles import HANDLERS, Role

# Who is asked first: half of all needs end with a lawyer, a quarter with a mediator.
RECEIVERS = {
    Kind.LAW_FIRM: 45,
    Kind.MEDIATION: 24,
    Kind.LEGAL_AID: 14,
    Kind.GRASSROOTS: 8,
    Kind.NOTARY: 5,
    Kind.APPRAISAL: 2,
    Kind.ARBITRATION: 2,
}
PROFESSION = {
    Kind.LAW_FIRM: Practitioner.Kind.LAWYER,
    Kind.MEDIATION: Practitioner.Kind.MEDIATOR,
    Kind.LEGAL_AID: Practitioner.Kind.LEGAL_AID,
    Kind.GRASSROOTS: Practitioner.Kind.GRASSROOTS,
    Kind.NOTARY: Practitioner.Kind.NOTARY,
    Kind.APPRAISAL: Practitioner.Kind.APPRAISER,
    Kind.ARBITRATION: Practitioner.Kind.ARBITRATOR,
}
DEMO_USERNAMES = frozenset(login.username for login in LOGINS)


@dataclass(frozen=True)
class Post:
    """A demo login that handles cases, with the organisation it does so for."""

    user: User
    organisation: Organisation
    kind: Kind


class Cast:
    def __init__(self, rng: Random, today: date) -> None:
        self.rng = rng
        self.users: dict[int, User] = {}
        self.posts: dict[str, Post] = {}
        self.handlers: dict[int, list[User]] = defaultdict(list)
        self.staff: dict[tuple[Role, int], list[User]] = defaultdict(list)
        self.holders: dict[tuple[Role, str], list[User]] = defaultdict(list)
        self.bodies: dict[tuple[str, str], list[Organisation]] = defaultdict(list)
        held: dict[int, list[Membership]] = defaultdict(list)
        for membership in Membership.objects.select_related("user", "organisation").order_by("pk"):
            # One object for each person, whatever they hold.
            membership.user = self.users.setdefault(membership.user_id, membership.user)
            held[membership.user_id].append(membership)
            self.holders[Role(membership.role), membership.organisation.region_id].append(membership.user)
            self.staff[Role(membership.role), membership.organisation_id].append(membership.user)
            if membership.role in HANDLERS:
                self._add_handler(membership)
        for user_id, memberships in held.items():
            remember(self.users[user_id], memberships, today)
        for organisation in Organisation.objects.filter(kind__in=RECEIVERS).order_by("pk"):
            self.bodies[organisation.kind, organisation.region_id].append(organisation)
            if organisation.region_id[:4] != organisation.region_id:
                self.bodies[organisation.kind, organisation.region_id[:4]].append(organisation)

        self.lawyers: dict[str, list[Practitioner]] = defaultdict(list)
        # Whoever takes a case of eighteen months ago was licensed by then.
        able = Practitioner.objects.filter(
            practising(today - timedelta(days=730)), kind=Practitioner.Kind.LAWYER, user__isnull=False
        )
        for lawyer in able.select_related("organisation", "user").order_by("pk"):
            for scope in scopes(lawyer.organisation.region_id):
                self.lawyers[scope].append(lawyer)

    def _add_handler(self, membership: Membership) -> None:
        user, organisation = membership.user, membership.organisation
        if user not in self.handlers[organisation.pk]:
            self.handlers[organisation.pk].append(user)
        if user.username in DEMO_USERNAMES:
            self.posts[user.username] = Post(user, organisation, Kind(organisation.kind))

    def holder(self, role: Role, region: str) -> User:
        """Somebody with this role at the county, else at the city, else at the province."""
        found = next(users for scope in scopes(region) if (users := self.holders.get((role, scope))))
        return self.favoured(found)

    def favoured(self, users: list[User]) -> User:
        """The demo logins get more to do than others, so that each of them has something to show."""
        known = [user for user in users if user.username in DEMO_USERNAMES]
        return known[0] if known and self.rng.random() < 0.4 else self.rng.choice(users)

    def receiver(self, matter: str, region: str, *, other_than: Organisation | None = None) -> Organisation:
        """An organisation near the applicant whose people know the matter."""
        kinds = [kind for kind in RECEIVERS if matter in SPECIALTIES[PROFESSION[kind]]]
        kind = self.rng.choices(kinds, [RECEIVERS[kind] for kind in kinds])[0]
        near = self._near(kind, region) or self._near(Kind.LAW_FIRM, region[:4])
        able = [body for body in near if matter in body.matters and body != other_than]
        able = able or [body for body in near if body != other_than] or self._near(Kind.MEDIATION, region[:4])
        known = [body for body in able if any(user.username in DEMO_USERNAMES for user in self.handlers[body.pk])]
        return known[0] if known and self.rng.random() < 0.5 else self.rng.choice(able)

    def _near(self, kind: str, region: str) -> list[Organisation]:
        return self.bodies.get((kind, region)) or self.bodies.get((kind, region[:4])) or []

    def worker(self, organisation: Organisation) -> User:
        return self.favoured(self.handlers[organisation.pk])

    def aid_worker(self, region: str, *, other_than: int = 0) -> Practitioner:
        """A lawyer near the applicant; where a county has none, one of the city."""
        near = next(found for scope in scopes(region) if (found := self.lawyers.get(scope)))
        near = near if len(near) > 1 else self.lawyers[region[:4]]
        able = [lawyer for lawyer in near if lawyer.pk != other_than]
        known = [lawyer for lawyer in able if lawyer.user and lawyer.user.username in DEMO_USERNAMES]
        return known[0] if known and self.rng.random() < 0.4 else self.rng.choice(able)
