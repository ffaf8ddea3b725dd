"""Fills in any step's form with something that may pass, so that random walks get far."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django import forms

from santai.procedures.forms.fields import HandlerField, OrganisationField, PractitionerField
from santai.registry.models import Organisation, Practitioner
from santai.trust.models import Membership, User
from santai.trust.roles import HANDLERS

WORDS = "这里写明了情况，足够清楚，可以继续办理。"
NONSENSE = ("", "x", "\x00", "999999999999999999999999", "0001-01-01", "9999-12-31", "🙂", None, -1, True, ["a"])


class Filler:
    """Who and what there is, is read once: it does not change during a walk."""

    def __init__(self) -> None:
        self.organisations = list(Organisation.objects.values_list("pk", flat=True))
        self.users = list(User.objects.values_list("pk", flat=True))
        self.practitioners = list(Practitioner.objects.values_list("pk", flat=True))
        self.handlers = list(Membership.objects.filter(role__in=HANDLERS).values_list("organisation", "user"))

    def fill(self, form: type[forms.Form] | None, random: Random, at: datetime) -> dict[str, Any]:
        if form is None:
            return {}
        fields = form().fields
        filled = {name: self._value(field, random, at) for name, field in fields.items()}
        if "organisation" in fields and random.random() < 0.8:
            filled["organisation"], handler = random.choice(self.handlers)
            filled |= {"handler": handler} if "handler" in fields else {}
        if random.random() < 0.15:
            filled[random.choice(sorted(fields))] = random.choice(NONSENSE)
        return {name: value for name, value in filled.items() if fields[name].required or random.random() < 0.6}

    def _value(self, field: forms.Field, random: Random, at: datetime) -> Any:
        pools = ((OrganisationField, self.organisations), (HandlerField, self.users))
        for kind, pool in (*pools, (PractitionerField, self.practitioners)):
            if isinstance(field, kind):
                return random.choice(pool)
        if isinstance(field, forms.MultipleChoiceField):
            return [random.choice(_keys(field))]
        if isinstance(field, forms.ChoiceField):
            return random.choice(_keys(field))
        if isinstance(field, forms.BooleanField):
            return random.random() < 0.9
        if isinstance(field, forms.DateField):
            return (at + timedelta(days=random.choice((-1, 0, 0, 1, 5, 30)))).date().isoformat()
        if isinstance(field, forms.DateTimeField):
            return (at + timedelta(minutes=random.choice((-90, -30, 0, 60)))).isoformat()
        if isinstance(field, forms.TimeField):
            return random.choice(("09:00", "10:30", "14:00", "16:30"))
        if isinstance(field, (forms.IntegerField, forms.DecimalField)):
            return random.choice((1, 2, 3, 5, 800))
        return WORDS[: getattr(field, "max_length", None) or 100]


def _keys(field: Any) -> list[Any]:
    keys = []
    for key, label in field.choices:
        keys += [inner for inner, _ in label] if isinstance(label, (list, tuple)) else [key]
    return [key for key in keys if key != ""] or [""]
