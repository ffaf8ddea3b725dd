"""How the person of a case may be reached, and which of their circumstances were seen on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from santai.casework.models import Case
from santai.people.groups import standings, verify, withdraw
from santai.people.models import GroupMembership, SpecialGroup
from santai.people.safe_contact import rule_of, set_rule
from santai.trust.looks import write_look
from santai.web.desk.person import only_reads
from santai.web.guard import actor_of, roles_required, user_of, visible_case
from santai.web.safe_contact import SafeContact, known


class Verify(forms.Form):
    """A document of the case that shows the group."""

    group = forms.ChoiceField(label="哪一项", choices=SpecialGroup.choices)
    document = forms.ChoiceField(label="看的是哪份材料", error_messages={"required": "请先上传证明材料，再来核实。"})
    valid_until = forms.DateField(
        label="证明有效期至",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="长期有效的不填。",
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = case.documents.select_related("file")
        chosen: Any = self.fields["document"]
        chosen.choices = [(str(one.file_id), f"{one.get_kind_display()}：{one.file.name}") for one in papers]


def _case(request: HttpRequest, code: str) -> Case:
    case = visible_case(actor_of(request), code)
    if only_reads(user_of(request)):
        raise PermissionDenied
    return case


@roles_required()
def contact(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    rule = rule_of(case.applicant)
    form = SafeContact(request.POST if request.method == "POST" else None, initial=known(rule))
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        write_look(case.applicant_id, user=user, what=["phone"], reason="登记怎样联系才安全", case_code=case.code)
        set_rule(case.applicant, form.wish(rule), user=user)
        messages.success(request, "已记下。从现在起，短信照这个发，办理的人都会看到。")
        return redirect("desk_case", code=case.code)
    context = {"case": case, "form": form, "rule": rule}
    return render(request, "web/desk/contact.html", context, status=422 if form.errors else 200)


@roles_required()
def groups(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    if "withdraw" in request.POST:
        return _withdraw(request, case)
    form = Verify(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verify(
                case.applicant,
                given["group"],
                document_id=int(given["document"]),
                user=user_of(request),
                valid_until=given["valid_until"],
            )
        except ValidationError as fault:
            for name, told in fault.message_dict.items():
                form.add_error(name, told)
        else:
            messages.success(request, f"已核实：{SpecialGroup(given['group']).label}。")
            return redirect("desk_groups", code=case.code)
    return _groups_page(request, case, form)


def _withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    number = request.POST["withdraw"]
    held = get_object_or_404(
        GroupMembership, pk=int(number) if number.isdecimal() and len(number) < 16 else 0, party=case.applicant
    )
    try:
        withdraw(held, user=user_of(request), reason=request.POST.get("reason", ""))
    except ValidationError as fault:
        messages.error(request, "；".join(fault.messages))
    else:
        messages.success(request, "已记下，不再按这一项办理。")
    return redirect("desk_groups", code=case.code)


def _groups_page(request: HttpRequest, case: Case, form: Verify) -> HttpResponse:
    context = {"case": case, "form": form, "standings": standings(case.applicant)}
    return render(request, "web/desk/groups.html", context, status=422 if form.errors else 200)
