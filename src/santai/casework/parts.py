"""What somebody does in a case: acts for a side, mediates, notarizes, appraises or arbitrates. Read from the facts the
procedures keep under the same names everywhere (assignment, mediator, tribunal, experts) and from who handles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from santai.casework.access import procedure_of
from santai.casework.models import Case
from santai.registry.models import OrganisationKind, Practitioner
from santai.trust.models import User


class Duty(TextChoices):
    ACT = "act", "代理"
    MEDIATE = "mediate", "调解"
    NOTARIZE = "notarize", "公证"
    APPRAISE = "appraise", "鉴定"
    ARBITRATE = "arbitrate", "仲裁"


BY_LICENCE = {
    Practitioner.Kind.LAWYER: Duty.ACT,
    Practitioner.Kind.GRASSROOTS: Duty.ACT,
    Practitioner.Kind.LEGAL_AID: Duty.ACT,
    Practitioner.Kind.MEDIATOR: Duty.MEDIATE,
    Practitioner.Kind.NOTARY: Duty.NOTARIZE,
    Practitioner.Kind.APPRAISER: Duty.APPRAISE,
    Practitioner.Kind.ARBITRATOR: Duty.ARBITRATE,
}
BY_BODY: dict[str, Duty] = {
    OrganisationKind.MEDIATION: Duty.MEDIATE,
    OrganisationKind.NOTARY: Duty.NOTARIZE,
    OrganisationKind.APPRAISAL: Duty.APPRAISE,
    OrganisationKind.ARBITRATION: Duty.ARBITRATE,
}
# Colleagues here share their clients.
FIRMS = frozenset({OrganisationKind.LAW_FIRM, OrganisationKind.GRASSROOTS})


def is_partisan(duty: Duty) -> bool:
    return duty is Duty.ACT


def seats_of(case: Case) -> dict[int, Duty]:
    """Practitioner number → what they do or did in this case."""
    seats = dict(_by_handler(case))
    seats.update(_by_facts(case.facts))
    return seats


def _by_handler(case: Case) -> Iterator[tuple[int, Duty]]:
    """Whoever handles a need advises the one who raised it, unless the procedure is of a body that decides."""
    practitioner = getattr(case.handler, "practitioner", None) if case.handler_id else None
    if practitioner:
        yield practitioner.pk, BY_BODY.get(procedure_of(case).body, Duty.ACT)


def _by_facts(facts: dict[str, Any]) -> Iterator[tuple[int, Duty]]:
    for key in ("assignment", "earlier_assignments"):
        yield from ((pk, Duty.ACT) for pk in _numbers(facts.get(key)))
    yield from ((pk, Duty.MEDIATE) for pk in _numbers(facts.get("mediator")))
    yield from ((pk, Duty.ARBITRATE) for pk in _numbers((facts.get("tribunal") or {}).get("members")))
    for key in ("experts", "earlier_experts"):
        yield from ((pk, Duty.APPRAISE) for pk in _numbers(facts.get(key)))


def _numbers(kept: Any) -> list[int]:
    """{"practitioner": 7, …} or {"id": 7, …}, one or several."""
    rows = kept if isinstance(kept, list) else [kept]
    found = (row.get("practitioner", row.get("id")) for row in rows if isinstance(row, dict))
    return [number for number in found if isinstance(number, int)]


@dataclass(frozen=True)
class Held:
    """Whoever is to take part, and as what. Without a licence on record only the name and the account speak."""

    practitioner: Practitioner | None
    user: User | None
    wanted: Duty | None = None

    @property
    def pk(self) -> int:
        return self.practitioner.pk if self.practitioner else 0

    @property
    def name(self) -> str:
        if self.practitioner:
            return self.practitioner.name
        return self.user.display_name if self.user else ""

    @property
    def duty(self) -> Duty:
        if self.wanted:
            return self.wanted
        return BY_LICENCE[Practitioner.Kind(self.practitioner.kind)] if self.practitioner else Duty.ACT

    @property
    def firm_name(self) -> str:
        return self.practitioner.organisation.name if self.practitioner else self.name

    @property
    def is_in_a_firm(self) -> bool:
        return bool(self.practitioner and self.practitioner.organisation.kind in FIRMS)

    @property
    def actor_name(self) -> str:
        return self.firm_name if self.is_in_a_firm else self.name

    def is_among(self, kept: Iterable[Any]) -> bool:
        """Recused people are kept as account numbers or as experts."""
        rows = list(kept)
        return self.pk in _numbers(rows) or (self.user is not None and self.user.pk in rows)

    def firm_acts_in(self, case: Case) -> bool:
        """Acts for the client of this case: the person, or anybody of the same office."""
        if self.acts_in_person(case):
            return True
        office = self.practitioner.organisation_id if self.practitioner else None
        return office is not None and office in _offices_acting(case)

    def has_acted_in(self, case: Case) -> bool:
        return self.firm_acts_in(case) if self.is_in_a_firm else self.acts_in_person(case)

    def acts_in_person(self, case: Case) -> bool:
        if self.practitioner is None:
            return self.user is not None and case.handler_id == self.user.pk
        return seats_of(case).get(self.pk) is Duty.ACT


def _offices_acting(case: Case) -> set[int]:
    handler: Practitioner | None = getattr(case.handler, "practitioner", None) if case.handler_id else None
    acting = {handler.organisation_id} if handler and seats_of(case).get(handler.pk) is Duty.ACT else set()
    assigned = case.facts.get("assignment") or {}
    if isinstance(assigned.get("firm"), int):
        acting.add(assigned["firm"])
    if case.organisation and case.organisation.kind in FIRMS and Duty.MEDIATE not in seats_of(case).values():
        acting.add(case.organisation.pk)
    return acting
