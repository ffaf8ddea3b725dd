"""Who looked at what identifies a person, and why: for those who watch over it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.archive.dossier.reading import LOOKED_AT
from santai.casework.codes import tidy
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from santai.web.guard import roles_required

PAGE = 50


class LookFilters(forms.Form):
    who = forms.CharField(label="谁看的", required=False, max_length=60, help_text="姓名或登录名。")
    reason = forms.CharField(label="理由里有", required=False, max_length=60)
    code = forms.CharField(label="案码", required=False, max_length=40)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))


@roles_required(Role.AUDITOR, Role.SECURITY_ADMIN)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    form = LookFilters(request.GET, auto_id="filter_%s")
    form.is_valid()
    rows = filtered(form.cleaned_data)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 16:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    query = request.GET.copy()
    query["before"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    context = {
        "form": form,
        "rows": [(row, "、".join(LOOKED_AT.get(name, name) for name in row.fields.split(","))) for row in found[:PAGE]],
        "next": f"?{query.urlencode()}" if query["before"] else "",
        "is_later_page": bool(before),
    }
    return render(request, "web/desk/looks.html", context, status=422 if form.errors else 200)


def filtered(wanted: dict[str, Any]) -> QuerySet[SensitiveLook]:
    rows = SensitiveLook.objects.select_related("user", "party").order_by("-pk")
    if who := wanted.get("who"):
        rows = rows.filter(Q(user__display_name__contains=who) | Q(user__username=who))
    if reason := wanted.get("reason"):
        rows = rows.filter(reason__contains=reason)
    if code := wanted.get("code"):
        rows = rows.filter(case_code=tidy(code))
    if since := wanted.get("since"):
        rows = rows.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        rows = rows.filter(at__lt=_midnight(until) + timedelta(days=1))
    return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
