"""Who works here and as what: the system administrator gives roles and ends them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.procedures.forms.fields import HandlerField
from santai.registry.models import Organisation
from santai.trust.memberships import end, grant
from santai.trust.models import Membership
from santai.trust.roles import Role
from santai.web.guard import roles_required

MOST = 40
admin_only = roles_required(Role.SYSTEM_ADMIN)
GIVEN = [(role.value, role.label) for role in Role if role not in (Role.APPLICANT, Role.SYSTEM)]


class Grant(forms.Form):
    person = HandlerField(label="人员", max_length=60, help_text="登录名或姓名。")
    role = forms.ChoiceField(label="角色", choices=GIVEN)
    since = forms.DateField(label="从哪天起", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label="到哪天止", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="不填就是一直有效。"
    )


@admin_only
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    typed = " ".join(request.GET.get("q", "").split())[:60]
    found = Organisation.objects.filter(name__contains=typed).select_related("region").order_by("region", "name")
    context = {"typed": typed, "organisations": found[:MOST] if typed else found.filter(kind="bureau")[:MOST]}
    return render(request, "web/desk/people.html", context)


@admin_only
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of one organisation; posted, somebody gets a role there."""
    where = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    if request.method != "POST":
        return _members(request, where, Grant(initial={"since": timezone.localdate().isoformat()}))
    form = Grant(request.POST)
    if not form.is_valid():
        return _members(request, where, form, status=422)
    given = form.cleaned_data
    try:
        held = grant(given["person"], given["role"], where, given["since"], given["until"])
    except ValidationError as fault:
        _tell(form, fault)
        return _members(request, where, form, status=422)
    messages.success(request, f"已授予{held.user.display_name}“{Role(held.role).label}”。")
    return redirect("desk_organisation", pk=pk)


def _tell(form: Grant, fault: ValidationError) -> None:
    faults: dict[str, list[str]] = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
    for name, told in faults.items():
        form.add_error(name if name in form.fields else None, told)


def _members(request: HttpRequest, where: Organisation, form: Grant, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    rows = Membership.objects.filter(organisation=where).select_related("user").order_by("role", "pk")
    members: list[dict[str, Any]] = [
        {
            "held": row,
            "role": Role(row.role).label,
            "is_over": bool(row.until and row.until < today),
            "is_ahead": row.since > today,
        }
        for row in rows
    ]
    context = {"organisation": where, "members": members, "form": form, "today": today}
    return render(request, "web/desk/organisation.html", context, status=status)


@admin_only
@require_POST
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """From tomorrow on the role is gone; what the person did in it stays written."""
    held = get_object_or_404(Membership.objects.select_related("user", "organisation"), pk=pk)
    try:
        end(held, on=timezone.localdate())
    except ValidationError as fault:
        messages.error(request, "；".join(fault.messages))
    else:
        messages.success(request, f"{held.user.display_name}的“{Role(held.role).label}”到今天为止。")
    return redirect(reverse("desk_organisation", args=[held.organisation_id]))
