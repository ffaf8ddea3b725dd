"""A case with everything that came of it: its child cases, and theirs, as far as somebody may know of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from santai.casework.access import roles_on
from santai.casework.models import Case
from santai.casework.sealed import is_sealed
from santai.people.models import Party
from santai.trust.actors import Actor


def family(case: Case, actor: Actor | None = None) -> list[Case]:
    """The case first, then its descendants generation by generation, one query each.

    Sealed ones are left out unless `actor` may open them; a person sees only what is theirs.
    """
    members, generation = [case], [case]
    while generation:
        born = Case.objects.filter(parent__in=generation).select_related("applicant", "organisation", "handler")
        generation = [one for one in born.order_by("pk") if _may_know(one, actor)]
        members += generation
    return members


def _may_know(case: Case, actor: Actor | None) -> bool:
    if actor is not None and actor.party_id is not None:
        return case.applicant_id == actor.party_id
    return not is_sealed(case) or (actor is not None and bool(roles_on(case, actor)))


def begun_by(parties: Iterable[Party]) -> QuerySet[Case]:
    """The cases in which needs of these people were raised: by themselves, or for them by others (a screening)."""
    raised = Q(parent__isnull=True) | ~Q(parent__applicant=F("applicant"))
    return Case.objects.filter(raised, applicant__in=list(parties))


def root_of(case: Case) -> Case:
    """The case in which this person's need was raised."""
    while case.parent is not None and case.parent.applicant_id == case.applicant_id:
        case = case.parent
    return case
