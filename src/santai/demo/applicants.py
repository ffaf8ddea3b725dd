"""Invented people with a need. Names come from lists, numbers from ranges that are easy to tell as invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from santai.demo.names import person
from santai.demo.numbers import birthday, id_number, phone
from santai.people.models import Party, SpecialGroup

# Some people come more than once.
PEOPLE_PER_REQUEST = 0.8
OLD_AGE = 60


@dataclass(frozen=True)
class Applicants:
    """People by county, so that somebody who comes again comes from the same place."""

    by_county: dict[str, list[Party]]
    everyone: list[Party]


def make_applicants(rng: Random, counties: list[str], *, now: datetime, since: datetime) -> Applicants:
    """`counties` has one entry for each request; four people stand for five of them."""
    made: dict[str, list[Party]] = {}
    for serial, county in enumerate(counties):
        if county in made and rng.random() > PEOPLE_PER_REQUEST:
            continue
        made.setdefault(county, []).append(_applicant(rng, county, serial, now.date(), since))
    everyone = [party for parties in made.values() for party in parties]
    Party.objects.bulk_create(everyone, batch_size=500)
    return Applicants(made, everyone)


def _applicant(rng: Random, county: str, serial: int, today: date, since: datetime) -> Party:
    name, is_woman = person(rng)
    born = birthday(rng, today, 18, 84)
    has_number = rng.random() < 0.85
    party = Party(
        name=name,
        phone=phone(serial),
        id_number=id_number(rng, county.ljust(6, "0"), born, is_woman=is_woman) if has_number else "",
        groups=_groups(rng, today, born, is_woman=is_woman),
        created_at=since,
        phone_verified_at=since if rng.random() < 0.6 else None,
    )
    party.refresh_indexes()
    return party


def _groups(rng: Random, today: date, born: date, *, is_woman: bool) -> list[str]:
    groups = [SpecialGroup.ELDERLY] if today - born > timedelta(days=OLD_AGE * 365.25) else []
    chances = {
        SpecialGroup.DISABLED: 0.04,
        SpecialGroup.MIGRANT_WORKER: 0.14 if not groups else 0.0,
        SpecialGroup.WOMAN: 0.05 if is_woman else 0.0,
        SpecialGroup.VETERAN: 0.03,
        SpecialGroup.LOW_INCOME: 0.07,
    }
    return [str(group) for group in groups] + [str(group) for group, chance in chances.items() if rng.random() < chance]
