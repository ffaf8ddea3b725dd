"""Looking at what identifies a person: with a reason, written down, shown once."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from santai.people.safe_contact import with_safe_phone
from santai.trust.looks import LONGEST_REASON, look
from santai.trust.memberships import roles_of
from santai.trust.models import User
from santai.trust.roles import ROLES
from santai.web.guard import actor_of, roles_required, user_of, visible_case

FIELDS = [("name", "姓名"), ("phone", "电话"), ("id_number", "证件号码")]

SHOWN = [FIELDS[0], ("safe_phone", "安全的电话（只联系这个）"), *FIELDS[1:]]


class Look(forms.Form):
    fields_wanted = forms.MultipleChoiceField(
        label="看什么",
        choices=FIELDS,
        initial=["name", "phone"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选要看的内容。"},
    )
    reason = forms.CharField(
        label="为什么要看",
        max_length=LONGEST_REASON,
        help_text="当事人能查到谁、什么时候、为什么看过，例如“联系当事人约见面时间”。",
        error_messages={"required": "请写明查看理由，例如“联系当事人约见面时间”。"},
    )


def only_reads(user: User) -> bool:
    """Whoever may act on nothing sees masked values only."""
    return all(ROLES[role].read_only for role in roles_of(user))


@roles_required()
def person(request: HttpRequest, code: str) -> HttpResponse:
    """Never kept and never redirected to: to see it again takes another reason."""
    case = visible_case(actor_of(request), code)
    if only_reads(user_of(request)):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("desk_case", code=case.code)
    form = Look(request.POST)
    shown: list[tuple[str, str]] = []
    if form.is_valid():
        try:
            plain = look(
                case.applicant,
                user=user_of(request),
                fields=form.cleaned_data["fields_wanted"],
                reason=form.cleaned_data["reason"],
                case_code=case.code,
            )
            plain = with_safe_phone(plain, case.applicant)
            shown = [(label, plain[name] or "没有登记") for name, label in SHOWN if name in plain]
        except ValidationError as fault:
            form.add_error("reason", fault.message_dict.get("reason", fault.messages))
    status = 422 if form.errors else 200
    response = render(request, "web/desk/person.html", {"case": case, "form": form, "shown": shown}, status=status)
    response["Cache-Control"] = "no-store"
    return response
