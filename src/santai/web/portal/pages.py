"""Public pages without a story of their own: home, directory, verification, how the page is shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import procedure_of
from santai.casework.codes import code_fault, tidy
from santai.casework.models import Case
from santai.documents.copies import letter_marked, mark_of
from santai.registry.models import Organisation, Practitioner
from santai.registry.regions import within
from santai.web.context import CONTRAST_COOKIE, SIZE_COOKIE
from santai.web.paging import page_of
from santai.web.portal.forms import Find, FindPerson, Verify, WhatHappened
from santai.web.portal.limits import public
from santai.web.portal.services import EXAMPLES, groups_on_offer

A_YEAR = 365 * 24 * 3600
SHOWN = {"size": (SIZE_COOKIE, {"large", "normal"}), "contrast": (CONTRAST_COOKIE, {"high", "normal"})}


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/portal/home.html", {"form": WhatHappened(), "examples": EXAMPLES})


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/portal/about.html")


@public
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    return render(request, "web/portal/services.html", {"groups": groups_on_offer()})


@public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Large type, high contrast and language, without a script."""
    response = HttpResponseRedirect(_back_to(request))
    for name, (cookie, allowed) in SHOWN.items():
        if (value := request.POST.get(name)) in allowed:
            response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.ENV.secure)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
    return response


def _back_to(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if is_ours else reverse("home")


@public
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """The form; a code typed into it leads to its own page."""
    if "code" not in request.GET:
        return render(request, "web/portal/verify.html", {"form": Verify()})
    form = Verify(request.GET)
    if letter := letter_marked(request.GET["code"]):
        return redirect("verify_letter", mark=mark_of(letter))
    if form.is_valid():
        return redirect("verify_case", code=form.cleaned_data["code"])
    return render(request, "web/portal/verify.html", {"form": form}, status=422)


@public
@require_GET
def verify_case(request: HttpRequest, code: str) -> HttpResponse:
    """That such a case exists, its kind, state and date. Nothing that says whose it is."""
    plain = tidy(code)
    if code_fault(plain):
        form = Verify({"code": code[:40]})
        return render(request, "web/portal/verify.html", {"form": form}, status=422)
    case = Case.objects.filter(code=plain).first()
    if case is None:
        context = {"form": Verify({"code": plain}), "unknown": plain}
        return render(request, "web/portal/verify.html", context, status=404)
    table = procedure_of(case)
    facts = {"case": case, "kind": table.label, "stage": table.stage_of(case.state)}
    return render(request, "web/portal/verified.html", facts)


@public
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Organisations, or people with ?what=people, by division, kind and part of the name."""
    people = request.GET.get("what") == "people"
    form = (FindPerson if people else Find)(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    rows: QuerySet[Any] = _people(wanted) if people else _organisations(wanted)
    page = page_of(rows, cursor=request.GET.get("cursor", ""))
    status = 422 if form.errors else 200
    return render(request, "web/portal/find.html", {"form": form, "page": page, "people": people}, status=status)


def _organisations(wanted: dict[str, Any]) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(is_active=True).select_related("region")
    rows = rows.filter(within(wanted["region"], "region")) if wanted.get("region") else rows
    rows = rows.filter(kind=wanted["kind"]) if wanted.get("kind") else rows
    return rows.filter(name__contains=wanted["name"]) if wanted.get("name") else rows


def _people(wanted: dict[str, Any]) -> QuerySet[Practitioner]:
    rows = Practitioner.objects.exclude(standing=Practitioner.Standing.ENDED).select_related("organisation__region")
    rows = rows.filter(within(wanted["region"], "organisation__region")) if wanted.get("region") else rows
    rows = rows.filter(kind=wanted["kind"]) if wanted.get("kind") else rows
    return rows.filter(name__contains=wanted["name"]) if wanted.get("name") else rows
