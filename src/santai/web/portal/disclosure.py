"""行政执法公示 for everybody: what the bureau published, by place, phase, subject and year, and its correction.

Only approved copies are read here (`publication.Entry`); no case is opened and no login is known.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.actions import take_step
from santai.casework.refusals import Refused
from santai.procedures.forms.publication import AskCorrection, Phase, Subject
from santai.procedures.rules import enforcement_discretion
from santai.publication.models import Entry
from santai.trust.actors import SYSTEM
from santai.web.context import province_name
from santai.web.paging import page_of
from santai.web.portal.limits import public
from santai.web.portal.places import NO_PLACE, city_choices

FIRST_YEAR = 2018


class Filters(forms.Form):
    """What a reader narrows the list by; an unknown value is told and left out."""

    region = forms.ChoiceField(label="地区", required=False, error_messages={"invalid_choice": NO_PLACE})
    phase = forms.ChoiceField(label="环节", required=False, choices=[("", "全部环节"), *Phase.choices])
    subject = forms.ChoiceField(label="事项", required=False, choices=[("", "全部事项"), *Subject.choices])
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region, year = self.fields["region"], self.fields["year"]
        region.choices = [("", "全省"), *city_choices()]  # type: ignore[attr-defined]
        years = [(str(one), f"{one}年") for one in range(today.year, FIRST_YEAR - 1, -1)]
        year.choices = [("", "全部年份"), *years]  # type: ignore[attr-defined]


@public
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = Filters(request.GET, today=today, auto_id="filter_%s")
    form.is_valid()
    wanted = form.cleaned_data
    found = Entry.objects.shown(today).select_related("region", "organisation").matching(**wanted)
    gone = Entry.objects.explained().select_related("organisation")
    context = {
        "form": form,
        "page": page_of(found, cursor=request.GET.get("cursor", ""), newest_first=True),
        "gone": list(gone.order_by("-taken_down_at", "-pk")[:5]) if not request.GET.get("cursor") else [],
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "web/portal/disclosure.html", context, status=422 if form.errors else 200)


@public
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not shown any more is 404, or 410 with the reason where the law wants the reason to be public."""
    found = _shown(pk)
    if found:
        return render(request, "web/portal/disclosed.html", {"entry": found})
    gone = get_object_or_404(Entry.objects.explained().select_related("organisation"), pk=_number(pk))
    return render(request, "web/portal/disclosed.html", {"entry": gone, "is_gone": True}, status=410)


@public
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = _shown(pk)
    if found is None:
        raise Http404
    form = AskCorrection(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_step(found.case, "ask_correction", actor=SYSTEM, data=request.POST, at=timezone.now())
        except Refused as refused:
            context = {"entry": found, "form": form, "refused": refused}
            return render(request, "web/portal/disclosure_correct.html", context, status=refused.status)
        messages.success(request, "更正申请已收到，我们会核实。留了电话的，会给您答复；也可以拨打12348询问。")
        return redirect("disclosed", pk=found.pk)
    status = 422 if form.errors else 200
    return render(request, "web/portal/disclosure_correct.html", {"entry": found, "form": form}, status=status)


@public
@require_GET
def discretion(request: HttpRequest) -> HttpResponse:
    """The discretion table as it is applied, with its version."""
    today = timezone.localdate()
    rows = enforcement_discretion.printed(settings.ENV.province, today)
    context = {"rows": rows, "version": enforcement_discretion.version(), "place": province_name()}
    return render(request, "web/portal/discretion.html", context)


def _shown(pk: int) -> Entry | None:
    rows = Entry.objects.shown(timezone.localdate()).select_related("region", "organisation", "case")
    found: Entry | None = rows.filter(pk=_number(pk)).first()
    return found


def _number(pk: int) -> int:
    """A longer number than the database has is nobody's."""
    return pk if pk < 2**63 else 0
