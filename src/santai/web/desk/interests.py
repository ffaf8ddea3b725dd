"""Ties a practitioner tells of, so that they are not given the matters of their own relatives and clients."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from santai.casework.models import DeclaredInterest
from santai.people.validation import folded_name
from santai.registry.models import Practitioner
from santai.trust.models import User
from santai.web.guard import roles_required, user_of

MOST = 100


class Declare(forms.Form):
    name = forms.CharField(label="谁（个人姓名或单位名称）", max_length=60, min_length=2)
    relation = forms.ChoiceField(label="和您是什么关系", choices=DeclaredInterest.Relation.choices)
    note = forms.CharField(label="说明", required=False, max_length=200)

    def clean_name(self) -> str:
        return folded_name(self.cleaned_data["name"])


@roles_required()
def interests(request: HttpRequest) -> HttpResponse:
    own = _practitioner(user_of(request))
    form = Declare(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        DeclaredInterest.objects.create(
            practitioner=own, **form.cleaned_data, declared_by=user_of(request), declared_at=timezone.now()
        )
        messages.success(request, "已申报。涉及这个人（单位）的事不会再派给您。")
        return redirect("desk_interests")
    rows = DeclaredInterest.objects.filter(practitioner=own).order_by("ended_on", "-declared_at")[:MOST]
    context = {"form": form, "rows": rows, "practitioner": own}
    return render(request, "web/desk/interests.html", context, status=422 if form.errors else 200)


@roles_required()
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The tie is over from today; that it was there stays written."""
    held = get_object_or_404(DeclaredInterest, pk=pk, practitioner=_practitioner(user_of(request)))
    DeclaredInterest.objects.filter(pk=held.pk, ended_on__isnull=True).update(ended_on=timezone.localdate())
    messages.success(request, "已记下，这个关系到今天为止。")
    return redirect("desk_interests")


def _practitioner(user: User) -> Practitioner:
    """Whoever holds no licence has nothing to declare here."""
    own = Practitioner.objects.filter(user=user).first()
    if own is None:
        raise PermissionDenied
    return own
