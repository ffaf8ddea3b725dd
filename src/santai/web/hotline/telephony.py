"""What the telephone system tells: a call has begun to ring. It proves itself with a secret of the installation."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from santai.intake import calls
from santai.registry.models import Organisation, OrganisationKind

SCHEME = "Bearer "
# Clocks of two machines are never quite the same; further apart, the seconds mean nothing.
CLOCKS_DIFFER, OLDEST = timedelta(minutes=1), timedelta(minutes=10)


class Ring(forms.Form):
    """`hotline` may be left out where there is one hotline only; `rang_at` is now when left out."""

    call = forms.CharField(max_length=80, error_messages={"required": "请给这通电话一个编号。"})
    number = forms.CharField(max_length=30, required=False)
    line = forms.CharField(max_length=60, required=False)
    rang_at = forms.DateTimeField(
        required=False, error_messages={"invalid": "时间请写成2026-12-03T09:30:05+08:00这样。"}
    )
    hotline = forms.ModelChoiceField(
        Organisation.objects.filter(kind=OrganisationKind.HOTLINE, is_active=True),
        required=False,
        error_messages={"invalid_choice": "没有这个热线机构。"},
    )

    def clean_hotline(self) -> Organisation:
        named: Organisation | None = self.cleaned_data["hotline"]
        there = list(Organisation.objects.filter(kind=OrganisationKind.HOTLINE, is_active=True)[:2])
        if named is None and len(there) != 1:
            raise forms.ValidationError("热线机构不止一家，请写明是哪一家的编号。")
        return named or there[0]

    def clean_rang_at(self) -> datetime:
        now = timezone.now()
        told: datetime = self.cleaned_data["rang_at"] or now
        if not now - OLDEST <= told <= now + CLOCKS_DIFFER:
            raise forms.ValidationError("振铃时间与现在相差太多，请核对电话系统的时钟。")
        return min(told, now)


@login_not_required
@csrf_exempt
@require_POST
def ring(request: HttpRequest) -> JsonResponse:
    """404 where no secret is set: nobody tells of calls here."""
    secret = settings.ENV.hotline_ring_secret
    if not secret:
        raise Http404("没有接电话系统。")
    given = request.headers.get("Authorization", "")
    if not secrets.compare_digest(given.encode(), f"{SCHEME}{secret}".encode()):
        return JsonResponse({"title": "密钥不对"}, status=401)
    form = Ring(_told(request))
    if not form.is_valid():
        return JsonResponse({"title": "没有记下这通来电", "fields": form.errors}, status=422)
    given_data = form.cleaned_data
    calls.ring(
        given_data["hotline"],
        given_data["number"],
        at=given_data["rang_at"],
        line=given_data["line"],
        reference=given_data["call"],
    )
    return JsonResponse({"call": given_data["call"]}, status=201)


def _told(request: HttpRequest) -> dict[str, Any]:
    """Empty for what is no JSON object: the form then names what is missing."""
    try:
        told = json.loads(request.body)
    except (ValueError, UnicodeDecodeError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
