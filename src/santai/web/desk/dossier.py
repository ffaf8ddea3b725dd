"""Somebody's whole dossier: opened with a right and a reason, written down, shown for half an hour."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.archive.dossier.exporting import FORMS, export_for_staff
from santai.archive.dossier.opening import (
    LONGEST_WORDS,
    OPENERS,
    NotYours,
    OpenedTooLongAgo,
    Purpose,
    open_dossier,
    opened,
)
from santai.archive.dossier.reading import staff_scope
from santai.people.models import Party
from santai.people.parties import open_contacts
from santai.trust.models import SensitiveLook
from santai.web.dossier import as_download, never_kept, shown
from santai.web.guard import actor_of, roles_required, user_of, visible_case


class WhyOpen(forms.Form):
    purpose = forms.ChoiceField(
        label="为什么要看",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择为什么要看。", "invalid_choice": "请从列出的理由里选一个。"},
    )
    words = forms.CharField(
        label="具体说一句",
        max_length=LONGEST_WORDS,
        help_text="当事人能查到谁、什么时候、为什么看过，例如“来电询问去年的援助案，核对经过”。",
        error_messages={"required": "请写明具体理由，例如“来电询问去年的援助案，核对经过”。"},
    )


@roles_required(*sorted(OPENERS))
def of_case(request: HttpRequest, code: str) -> HttpResponse:
    """The person of a case one can see."""
    case = visible_case(actor_of(request), code)
    back = reverse("desk_case", args=[case.code])
    return _ask(request, case.applicant, case_code=case.code, back=back)


@roles_required(*sorted(OPENERS))
def of_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The person one is speaking with, who may have no case yet."""
    contact = open_contacts(user_of(request)).filter(pk=pk).first()
    if contact is None:
        raise Http404("没有这次接待，或者已经结束。")
    return _ask(request, contact.party, case_code="", back=reverse("desk"))


def _ask(request: HttpRequest, party: Party, *, case_code: str, back: str) -> HttpResponse:
    form = WhyOpen(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ticket = open_dossier(party, actor=actor_of(request), case_code=case_code, **form.cleaned_data)
            return redirect("desk_dossier", ticket=ticket)
        except NotYours as fault:
            raise PermissionDenied from fault
        except ValidationError as fault:
            for name, told in fault.message_dict.items():
                form.add_error(name, told)
    context = {"form": form, "masked_name": party.masked_name, "back": back}
    return render(request, "web/desk/dossier_why.html", context, status=422 if form.errors else 200)


@roles_required(*sorted(OPENERS))
@require_GET
def dossier(request: HttpRequest, ticket: str) -> HttpResponse:
    try:
        look = _look(request, ticket)
    except OpenedTooLongAgo as late:
        return _ask_again(request, late.look)
    scope = staff_scope(look.party, actor_of(request))
    context: dict[str, Any] = {"look": look, "ticket": ticket, **shown(scope, request.GET)}
    return never_kept(render(request, "web/desk/dossier.html", context))


@roles_required(*sorted(OPENERS))
@require_POST
def export(request: HttpRequest, ticket: str, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    try:
        look = _look(request, ticket)
    except OpenedTooLongAgo as late:
        return _ask_again(request, late.look)
    scope = staff_scope(look.party, actor_of(request))
    return as_download(export_for_staff(scope, form, look=look, user=user_of(request), at=timezone.now()))


def _look(request: HttpRequest, ticket: str) -> SensitiveLook:
    try:
        return opened(ticket, actor=actor_of(request))
    except NotYours as fault:
        raise Http404("没有这份档案，或者它不归您查看。") from fault


def _ask_again(request: HttpRequest, look: SensitiveLook) -> HttpResponse:
    messages.info(request, "打开档案已经超过半小时。还要看的话，请再说明一次理由。")
    return redirect("desk_case_dossier", code=look.case_code) if look.case_code else redirect("desk")
