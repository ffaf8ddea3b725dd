"""The licensed people at the organisation that holds a case, for forms that ask for one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.registry.models import Practitioner
from santai.registry.standing import practising

MOST = 30


def colleagues(case: Case, kind: str, *, at: datetime) -> list[Any]:
    """Those of a kind who can take it, the least busy first; each with `load`, their open cases."""
    held = Practitioner.objects.filter(
        practising(localdate(at)), organisation=case.organisation_id, kind=kind, user__is_active=True
    ).exclude(user=case.handler_id)
    open_now = Count("user__cases", filter=Q(user__cases__closed_at__isnull=True))
    return list(held.select_related("organisation").annotate(load=open_now).order_by("load", "pk")[:MOST])


def name_of(person: Practitioner) -> str:
    """What a form takes for this person."""
    return person.licence or str(person.pk)


def with_colleagues(form: forms.Form | None, case: Case, *, at: datetime) -> forms.Form | None:
    """A citizen cannot know who works there: the names become a list."""
    for field in form.fields.values() if form else ():
        kind = getattr(field, "colleague", "")
        people = colleagues(case, kind, at=at) if kind else []
        if people:
            names = [(name_of(person), person.name) for person in sorted(people, key=lambda one: one.pk)]
            field.widget = forms.Select(choices=[("", "请选择"), *names])
    return form
