"""The demo province: real divisions, invented institutions, people and accounts; the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction

from santai.demo.logins import PROVINCE, issue_tokens
from santai.demo.organisations import OrganisationMaker
from santai.demo.practitioners import PractitionerMaker
from santai.demo.staff import StaffMaker
from santai.registry.models import Organisation, Practitioner, Region
from santai.registry.regions import load_regions, within

SEED = 2302
BATCH = 500


@dataclass(frozen=True)
class ProvinceSummary:
    divisions: int
    organisations: int
    practitioners: int
    accounts: int


def province_exists() -> bool:
    return Organisation.objects.exists()


@transaction.atomic
def build_province(*, on: date, seed: int = SEED) -> ProvinceSummary:
    """Fill an empty registry as of a day. Call `province_exists` first: a second build would double everything."""
    rng = Random(seed)
    divisions = load_regions(PROVINCE)
    regions = list(Region.objects.filter(within(PROVINCE)).select_related("parent").order_by("code"))
    organisations = OrganisationMaker(regions, rng).all()
    practitioners = PractitionerMaker(organisations, rng, on).all()
    staff = StaffMaker(rng)
    staff.hire(organisations, practitioners)
    _name_matters(organisations, practitioners)
    Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    staff.save()
    Practitioner.objects.bulk_create(practitioners, batch_size=BATCH)
    issue_tokens()
    return ProvinceSummary(divisions, len(organisations), len(practitioners), len(staff.users))


def _name_matters(organisations: list[Organisation], practitioners: list[Practitioner]) -> None:
    """An institution handles what its people handle."""
    known: dict[str, set[str]] = {}
    for person in practitioners:
        if person.standing == Practitioner.Standing.ACTIVE:
            known.setdefault(person.organisation.uscc, set()).update(person.matters)
    for organisation in organisations:
        organisation.matters = sorted(known.get(organisation.uscc, ()))
