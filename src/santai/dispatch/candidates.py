"""Who could take a case: at most five queries, whatever the size of the province."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.casework.other_parties import against
from santai.dispatch.models import Reservation, Rota
from santai.dispatch.needs import Need
from santai.dispatch.rota import at_work, is_on_duty
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.registry.regions import within
from santai.registry.standing import practising
from santai.trust.crypto import blind_index
from santai.trust.memberships import held_on
from santai.trust.models import Membership, User
from santai.trust.roles import HANDLERS

# Nobody may take work in these without a licence.
LICENSED = frozenset(
    {OrganisationKind.LAW_FIRM, OrganisationKind.NOTARY, OrganisationKind.APPRAISAL, OrganisationKind.GRASSROOTS}
)
# These act for one side: they may not act for both.
PARTISAN = frozenset({OrganisationKind.LAW_FIRM, OrganisationKind.GRASSROOTS})


@dataclass
class Body:
    """An organisation that could take the case. `people` practise there today; `load` is its open cases; `is_on_duty`:
    somebody there is."""

    organisation: Organisation
    people: int
    has_desk: bool
    is_on_duty: bool = False
    load: int = 0

    @property
    def pk(self) -> int:
        return self.organisation.pk

    @property
    def is_manned(self) -> bool:
        return self.people > 0 or (self.has_desk and self.organisation.kind not in LICENSED)

    @property
    def load_each(self) -> float:
        return self.load / max(1, self.people)


@dataclass
class Person:
    """A practising person of a body. `has_desk`: can be the handler of a case on the platform."""

    practitioner: Practitioner
    has_desk: bool
    is_on_duty: bool
    is_reserved: bool
    load: int = 0


@dataclass
class Loads:
    """Open cases by organisation and by handler, from one aggregate."""

    of_organisation: dict[int, int]
    of_handler: dict[int, int]


def bodies(need: Need, kinds: Collection[str], *, at: datetime) -> list[Body]:
    """Active organisations of the kinds in the city, with those of the province itself; the whole province when the
    city has nobody. A better owner that was named is always among them."""
    named = [one.better for one in need.returned if one.better]
    around = within(need.region[:4], "region")
    for place in (around | Q(region=need.region[:2]), within(need.region[:2], "region")):
        found = _read_bodies(Q(pk__in=named) | (Q(kind__in=kinds) & place), at=at)
        if any(body.is_manned for body in found):
            return found
    return found


def _read_bodies(wanted: Q, *, at: datetime) -> list[Body]:
    day = localdate(at)
    people = (
        Practitioner.objects.filter(practising(day), organisation=OuterRef("pk"))
        .order_by()
        .values("organisation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    desks = Membership.objects.filter(
        held_on(day), organisation=OuterRef("pk"), role__in=HANDLERS, user__is_active=True
    )
    rows = (
        Organisation.objects.filter(wanted, is_active=True)
        .annotate(
            people=Coalesce(Subquery(people, output_field=IntegerField()), 0),
            has_desk=Exists(desks),
            is_on_duty=Exists(Rota.objects.filter(at_work(at), organisation=OuterRef("pk"))),
        )
        .order_by("pk")
    )
    return [Body(row, row.people, row.has_desk, row.is_on_duty) for row in rows]


def loads(organisations: Iterable[int]) -> Loads:
    rows = (
        Case.objects.filter(closed_at__isnull=True, organisation__in=list(organisations))
        .order_by()
        .values_list("organisation", "handler")
        .annotate(number=Count("pk"))
    )
    found = Loads({}, {})
    for organisation, handler, number in rows:
        if organisation is not None:
            found.of_organisation[organisation] = found.of_organisation.get(organisation, 0) + number
        if handler is not None:
            found.of_handler[handler] = found.of_handler.get(handler, 0) + number
    return found


def people(organisations: Iterable[int], *, at: datetime, viewer: User | None) -> dict[int, list[Person]]:
    """Practising people by organisation, each with duty, desk and reservation."""
    day = localdate(at)
    desks = Membership.objects.filter(
        held_on(day),
        organisation=OuterRef("organisation"),
        user=OuterRef("user"),
        role__in=HANDLERS,
        user__is_active=True,
    )
    reserved = Reservation.objects.filter(practitioner=OuterRef("pk"), until__gt=at)
    rows = (
        Practitioner.objects.filter(practising(day), organisation__in=list(organisations))
        .annotate(
            has_desk=Exists(desks),
            is_on_duty=is_on_duty(at, user="user", organisation="organisation"),
            is_reserved=Exists(reserved.exclude(user=viewer) if viewer else reserved),
        )
        .order_by("pk")
    )
    found: dict[int, list[Person]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(Person(row, row.has_desk, row.is_on_duty, row.is_reserved))
    return found


def conflicts(case: Case, need: Need, organisations: Iterable[int]) -> set[tuple[int | None, int | None]]:
    """(organisation, handler) of every case in which the other side is the client: named in the need, or in a step of
    this case or of one that came of it."""
    named = [blind_index(name, "name") for name in need.adverse]
    recorded = against(case).values("name_index")
    is_theirs = Q(applicant__name_index__in=named) | Q(applicant__name_index__in=recorded)
    acted = Case.objects.filter(is_theirs, organisation__in=list(organisations))
    return set(acted.values_list(F("organisation"), F("handler")).distinct())
