"""Whom the platform proposes when a step asks for an organisation or a person, each with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.timezone import localdate

from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import Stale
from santai.dispatch.propose import PassedOver, Proposal
from santai.dispatch.reserve import reserved_by_another, show
from santai.registry.models import Practitioner
from santai.trust.memberships import held_on
from santai.trust.models import Membership, User
from santai.trust.roles import HANDLERS, Role
from santai.web.colleagues import colleagues, name_of

# Without a timestamp: a proposal keeps its value when the page comes back.
SIGNER = signing.Signer(salt="proposal")
MOST = 5
MOST_COLLEAGUES = 30
NAMED = frozenset({"organisation", "handler", "practitioner"})


@dataclass(frozen=True)
class Suggestion:
    """`value` is what the form sends back: sealed, so that the log keeps the reasons that were shown."""

    value: str
    title: str
    person: str
    reasons: list[str]
    is_clear: bool = False


@dataclass(frozen=True)
class Suggested:
    choices: list[Suggestion]
    passed_over: list[PassedOver]


def takes_suggestions(step: Step) -> bool:
    return step.form is not None and bool(NAMED & set(step.form.base_fields))


def suggested_for(case: Case, step: Step, *, user: User, at: datetime) -> Suggested:
    fields = step.form.base_fields if step.form else {}
    if "organisation" in fields:
        seen = show(case, user=user, limit=MOST, at=at)
        others = [p for p in seen.proposals if p.organisation.pk != case.organisation_id]
        return Suggested([of_proposal(proposal) for proposal in others], seen.passed_over)
    if colleague := getattr(fields.get("practitioner"), "colleague", ""):
        found = [_of_colleague(case, person) for person in colleagues(case, colleague, at=at)]
        return Suggested(sorted(found, key=lambda one: not one.is_clear), [])
    if "practitioner" in fields:
        seen = show(case, user=user, limit=MOST, at=at)
        return Suggested([_of_person(p, p.practitioner) for p in seen.proposals if p.practitioner], [])
    asked = fields.get("handler")
    return Suggested(_colleagues(case, getattr(asked, "roles", HANDLERS), at) if asked else [], [])


def of_proposal(proposal: Proposal) -> Suggestion:
    person = proposal.practitioner
    values = {
        "organisation": str(proposal.organisation.pk),
        "handler": str(proposal.handler_id or ""),
        "reasons": "；".join(proposal.reasons),
        "person": person.pk if person else None,
    }
    named = person.name if person and proposal.handler_id else ""
    return Suggestion(_sealed(values), proposal.organisation.name, named, proposal.reasons, proposal.is_clear)


def _of_person(proposal: Proposal, person: Practitioner) -> Suggestion:
    values = {"practitioner": name_of(person), "person": person.pk}
    return Suggestion(_sealed(values), proposal.organisation.name, person.name, proposal.reasons)


def _of_colleague(case: Case, person: Any) -> Suggestion:
    wished = case.facts.get("wished_mediator", {}).get("id") == person.pk
    reasons = [*(["双方希望由这一位调解"] if wished else []), _load(person.load)]
    values = {"practitioner": name_of(person), "person": person.pk}
    return Suggestion(_sealed(values), person.name, person.get_kind_display(), reasons, wished)


def _load(load: int) -> str:
    return f"在办 {load} 件" if load else "手上没有在办件"


def _colleagues(case: Case, roles: frozenset[Role], at: datetime) -> list[Suggestion]:
    held = Membership.objects.filter(
        held_on(localdate(at)), organisation=case.organisation_id, role__in=roles, user__is_active=True
    ).exclude(user=case.handler_id)
    open_now = Count("user__cases", filter=Q(user__cases__closed_at__isnull=True))
    rows = held.select_related("user").annotate(load=open_now).order_by("load", "pk")[:MOST_COLLEAGUES]
    return [
        Suggestion(
            _sealed({"handler": str(row.user_id)}),
            row.user.display_name,
            str(Role(row.role).label),
            [_load(row.load)],
        )
        for row in rows
    ]


def _sealed(values: dict[str, Any]) -> str:
    return SIGNER.sign_object(values, compress=True)


def chosen(data: QueryDict) -> dict[str, Any]:
    """What the chosen suggestion stands for; empty when none was chosen, or one nobody made."""
    try:
        values: dict[str, Any] = SIGNER.unsign_object(data.get("proposal", ""))
    except signing.BadSignature:
        return {}
    return values


def fill_in(data: QueryDict, *, user: User, at: datetime) -> None:
    """Put the chosen suggestion into the step's fields. Raises Stale when a colleague is just choosing that person."""
    values = chosen(data)
    if not values:
        return
    refuse_reserved(values.get("person"), user=user, at=at)
    for name in NAMED & set(values):
        data[name] = values[name]
    if not data.get("reasons", "").strip() and values.get("reasons"):
        data["reasons"] = values["reasons"]


def refuse_reserved(person: int | None, *, user: User, at: datetime) -> None:
    practitioner = Practitioner.objects.filter(pk=person).first() if person else None
    rival = reserved_by_another(practitioner, user=user, at=at) if practitioner else None
    if practitioner and rival:
        raise Stale(
            f"{rival.display_name}正在选派{practitioner.name}，先不要重复派给同一个人",
            todo="请改选其他人员，或一分钟后再试；您填写的内容都还在。",
        )
