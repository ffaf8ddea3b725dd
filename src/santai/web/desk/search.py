"""The search box on top: a code, phone, ID number or full name; posted, so that none of it stays in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from santai.casework.access import cases_for
from santai.casework.codes import LENGTH, code_fault, tidy
from santai.casework.models import Case
from santai.people.models import Party
from santai.people.parties import find_by_id_number, find_by_name, find_by_phone
from santai.trust.actors import Actor
from santai.trust.memberships import roles_of
from santai.trust.roles import FRONT_LINE
from santai.web.guard import actor_of, roles_required

MOST = 50
LONGEST = 120


@roles_required()
def search(request: HttpRequest) -> HttpResponse:
    typed = " ".join(request.POST.get("q", "").split())[:LONGEST]
    actor = actor_of(request)
    if not typed:
        return render(request, "web/desk/search.html", {"q": "", "found": None})
    code = tidy(typed)
    is_code = _looks_like_code(typed, code)
    if is_code and cases_for(actor).filter(code=code).exists():
        return redirect("desk_case", code=code)
    found = [] if is_code else cases_of(actor, parties_named(typed))
    context = {
        "q": typed,
        "found": found,
        "now": timezone.now(),
        "fault": code_fault(code) if is_code else "",
        "is_code": is_code,
        "meets_people": bool(roles_of(request.user) & FRONT_LINE),
    }
    return render(request, "web/desk/search.html", context)


def _looks_like_code(typed: str, code: str) -> bool:
    """19 digits, grouped or not. An ID number has 18, and may end in X."""
    only_digits = all(char.isdigit() or char in " -－—" for char in typed)
    return only_digits and len(code) >= LENGTH


def parties_named(typed: str) -> list[Party]:
    """Exact values only: the indexes know no beginnings."""
    found = {party.pk: party for find in (find_by_phone, find_by_id_number, find_by_name) for party in find(typed)}
    return list(found.values())


def cases_of(actor: Actor, parties: list[Party]) -> list[Case]:
    if not parties:
        return []
    rows = cases_for(actor).filter(applicant__in=parties).select_related("applicant", "organisation", "handler")
    return list(rows.order_by("-opened_at", "-pk")[:MOST])
