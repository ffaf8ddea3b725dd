"""Names for the boxes where an organisation or a person is typed: a few that contain what was typed so far."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.registry.models import Organisation, Practitioner
from santai.registry.standing import practising
from santai.trust.memberships import held_on
from santai.trust.models import Membership
from santai.trust.roles import CASEWORKERS
from santai.web.guard import roles_required

MOST = 12
LONGEST = 60


@roles_required()
@require_GET
def organisations(request: HttpRequest) -> JsonResponse:
    rows = Organisation.objects.filter(is_active=True, name__contains=_typed(request)).select_related("region")
    found = rows.order_by("name")[:MOST] if _typed(request) else []
    return _answer([(row.name, f"{row.get_kind_display()} · {row.region.full_name}") for row in found])


@roles_required()
@require_GET
def handlers(request: HttpRequest) -> JsonResponse:
    """People who may be given a case: of one organisation, by number or full name, else everywhere."""
    typed, where = _typed(request), request.GET.get("organisation", "").strip()[:120]
    if not typed and not where:
        return _answer([])
    held = Membership.objects.filter(held_on(timezone.localdate()), role__in=CASEWORKERS, user__is_active=True)
    if where:
        held = held.filter(organisation=int(where)) if _is_number(where) else held.filter(organisation__name=where)
    if typed:
        held = held.filter(Q(user__display_name__contains=typed) | Q(user__username__startswith=typed))
    exact = ExpressionWrapper(Q(user__username=typed) | Q(user__display_name=typed), output_field=BooleanField())
    nearest_first = held.annotate(exact=exact).order_by("-exact", "user__display_name", "pk")
    rows = nearest_first.select_related("user", "organisation")[:MOST]
    return _answer([(row.user.username, f"{row.user.display_name} · {row.organisation.name}") for row in rows])


@roles_required()
@require_GET
def practitioners(request: HttpRequest) -> JsonResponse:
    typed = _typed(request)
    rows = Practitioner.objects.filter(practising(timezone.localdate()), name__contains=typed)
    found = rows.select_related("organisation").order_by("name", "pk")[:MOST] if typed else []
    return _answer([(row.licence or str(row.pk), f"{row.name} · {row.organisation.name}") for row in found])


def _typed(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:LONGEST]


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 16


def _answer(rows: list[tuple[str, str]]) -> JsonResponse:
    return JsonResponse({"options": [{"value": value, "label": label} for value, label in rows]})
