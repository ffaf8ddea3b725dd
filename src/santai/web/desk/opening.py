"""New cases that begin at this desk: choose what it is, say whom it is about, go on with the first step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from santai.casework.kernel import Procedure
from santai.casework.refusals import Refused
from santai.intake.opening import Opening, open_at_desk, procedures_open_to
from santai.intake.receive import Applicant
from santai.people.models import Party
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.web.divisions import choices_under
from santai.web.guard import actor_of, roles_required, user_of
from santai.web.navigation import OPENS_CASES

COUNTY_DIGITS = 6
LONG = forms.Textarea(attrs={"rows": 4})


class NewCase(forms.Form):
    kind = forms.ChoiceField(
        label="个人还是单位", choices=Party.Kind.choices, widget=forms.RadioSelect, initial="person"
    )
    name = forms.CharField(label="姓名（单位填全称）", max_length=60)
    phone = forms.CharField(label="联系电话", max_length=30)
    id_number = forms.CharField(label="身份证号或统一社会信用代码", required=False, max_length=40)
    region = forms.ChoiceField(label="在哪里")
    text = forms.CharField(label="来由和经过", widget=LONG)

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]


@roles_required(*OPENS_CASES)
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    return render(request, "web/desk/open.html", {"procedures": procedures_open_to(user_of(request))})


@roles_required(*OPENS_CASES)
def open_one(request: HttpRequest, name: str) -> HttpResponse:
    table = _table(request, name)
    places = _places(user_of(request))
    if request.method != "POST":
        return _page(request, table, NewCase(places=places))
    form = NewCase(request.POST, places=places)
    if not form.is_valid():
        return _page(request, table, form, status=422)
    given = form.cleaned_data
    applicant = Applicant(given["name"], given["phone"], given["id_number"], given["kind"])
    try:
        case = open_at_desk(Opening(name, given["text"], given["region"], applicant), actor=actor_of(request))
    except Refused as refused:
        for field, told in (refused.fields or {"": refused.problems}).items():
            form.add_error(field if field in form.fields else None, told)
        return _page(request, table, form, status=refused.status)
    return redirect("desk_case", code=case.code)


def _table(request: HttpRequest, name: str) -> Procedure:
    found = next((table for table in procedures_open_to(user_of(request)) if table.name == name), None)
    if found is None:
        raise Http404("没有这类案件，或者不由您立案。")
    return found


def _places(user: User) -> list[tuple[str, Any]]:
    """The divisions of the person's organisations; a township or village stands for itself."""
    regions = {
        membership.organisation.region_id: membership.organisation.region for membership in current_memberships(user)
    }
    small = [(code, region.full_name) for code, region in regions.items() if len(code) > COUNTY_DIGITS]
    return [*choices_under([code for code in regions if len(code) <= COUNTY_DIGITS]), *small]


def _page(request: HttpRequest, table: Procedure, form: NewCase, *, status: int = 200) -> HttpResponse:
    return render(request, "web/desk/open_one.html", {"table": table, "form": form}, status=status)
