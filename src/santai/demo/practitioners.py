"""The people of the demo province: who practises where, with which licence and for which matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

from santai.demo import names
from santai.demo.matters import DISCIPLINES, SPECIALTIES
from santai.demo.numbers import licence
from santai.demo.proportions import LEGAL_AID_STAFF, SHARES, apportion, people_of
from santai.registry.models import Organisation, Practitioner
from santai.registry.models import OrganisationKind as Kind

FEWEST = 2
Standing = Practitioner.Standing


class PractitionerMaker:
    def __init__(self, organisations: list[Organisation], rng: Random, on: date) -> None:
        self.organisations = organisations
        self.rng = rng
        self.on = on
        self.serials = count(1)

    def all(self) -> list[Practitioner]:
        aid = self._of_kind(Kind.LEGAL_AID)
        made = [p for body in aid for p in self._staff(body, Practitioner.Kind.LEGAL_AID, LEGAL_AID_STAFF)]
        for share in SHARES:
            bodies = self._of_kind(share.kind)
            for body, size in self._sizes(bodies, people_of(share.people, len(aid))):
                made += self._staff(body, share.people, size)
        return made

    def _of_kind(self, kind: Kind) -> list[Organisation]:
        return [organisation for organisation in self.organisations if organisation.kind == kind]

    def _sizes(self, bodies: list[Organisation], people: int) -> Iterator[tuple[Organisation, int]]:
        """Everybody has at least two colleagues' worth of staff, so that work can be claimed and handed over."""
        weights = {str(i): 0.4 + self.rng.random() for i in range(len(bodies))}
        extra = apportion(people - FEWEST * len(bodies), weights)
        for i, body in enumerate(bodies):
            yield body, FEWEST + extra[str(i)]

    def _staff(self, body: Organisation, kind: Practitioner.Kind, size: int) -> list[Practitioner]:
        team = names.people(self.rng, size)
        licensed_for = self._disciplines(kind)
        return [
            self._person(body, kind, name, licensed_for, is_woman=is_woman, rank=rank)
            for rank, (name, is_woman) in enumerate(team)
        ]

    def _person(
        self,
        body: Organisation,
        kind: Practitioner.Kind,
        name: str,
        licensed_for: list[str],
        *,
        is_woman: bool,
        rank: int,
    ) -> Practitioner:
        licensed_on = self._licensed_on(is_senior=rank < FEWEST)
        matters = [*licensed_for, *self._matters(kind)]
        return Practitioner(
            name=name,
            kind=kind,
            organisation=body,
            licence=licence(kind, body.region_id, licensed_on, next(self.serials), is_woman=is_woman),
            # The first two of every team always practise: there is somebody to claim what arrives.
            standing=Standing.ACTIVE if rank < FEWEST else self._standing(),
            licensed_on=licensed_on,
            criminal_defence_since=self._criminal_defence_since(kind, matters, licensed_on),
            knows_minors=self.rng.random() < (0.35 if is_woman else 0.2),
            last_assessment="称职" if rank < FEWEST else self._assessment(licensed_on),
            matters=matters,
        )

    def _licensed_on(self, *, is_senior: bool) -> date:
        years = self.rng.triangular(6, 30, 12) if is_senior else self.rng.triangular(0.2, 32, 7)
        return self.on - timedelta(days=int(years * 365.25))

    def _disciplines(self, kind: Practitioner.Kind) -> list[str]:
        """An opinion has two experts of its discipline, so all of an institution share what it is registered for."""
        if kind is not Practitioner.Kind.APPRAISER:
            return []
        usual, *others = DISCIPLINES
        return [usual, self.rng.choice(others)]

    def _matters(self, kind: Practitioner.Kind) -> list[str]:
        known = SPECIALTIES[kind]
        return self.rng.sample(known, min(len(known), self.rng.randint(2, 5)))

    def _standing(self) -> Standing:
        return self.rng.choices((Standing.ACTIVE, Standing.SUSPENDED, Standing.ENDED), (95, 2, 3))[0]

    def _assessment(self, licensed_on: date) -> str:
        """Whoever was licensed in the last year has not been assessed yet."""
        if licensed_on.year >= self.on.year - 1:
            return ""
        return self.rng.choices(("称职", "基本称职", "不称职"), (95, 4, 1))[0]

    def _criminal_defence_since(self, kind: Practitioner.Kind, matters: list[str], licensed_on: date) -> date | None:
        if kind not in (Practitioner.Kind.LAWYER, Practitioner.Kind.LEGAL_AID):
            return None
        if "刑事辩护" not in matters and self.rng.random() > 0.4:
            return None
        since = licensed_on + timedelta(days=self.rng.randint(0, 1200))
        return since if since <= self.on else None
