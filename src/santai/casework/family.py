"""A case with everything that came of it: its child cases, and theirs."""

from __future__ import annotations

from santai.casework.models import Case


def family(case: Case) -> list[Case]:
    """The case first, then its descendants generation by generation, one query each."""
    members, generation = [case], [case]
    while generation:
        born = Case.objects.filter(parent__in=generation).select_related("applicant", "organisation", "handler")
        generation = list(born.order_by("pk"))
        members += generation
    return members


def root_of(case: Case) -> Case:
    """The case in which the need was raised."""
    while case.parent is not None:
        case = case.parent
    return case
