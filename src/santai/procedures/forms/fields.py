"""Form fields that name an organisation or a person the way people write them: by number, by login or by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from santai.registry.models import Organisation, Practitioner
from santai.trust.crypto import encrypt
from santai.trust.models import User

# Longer digits are a licence, and would not fit the database's numbers.
LONGEST_NUMBER = 15


class OrganisationField(forms.CharField):
    """An organisation by its number or its full name; a part of a name counts when only one organisation has it."""

    widget = forms.TextInput(attrs={"data-lookup": "organisation", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        known = Organisation.objects.filter(is_active=True)
        if text.isdecimal():
            found = list(known.filter(pk=int(text))[:1])
        else:
            found = list(known.filter(name=text)[:1]) or list(known.filter(name__contains=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(f"有不止一家单位的名称含“{text}”，请写全称。")
        raise ValidationError(f"没有找到“{text}”，请从列表中选择在业的单位。")


class SealedTextField(forms.CharField):
    """How to reach somebody who is not a party here: kept sealed in facts and log, read on the case page."""

    is_sealed = True

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return encrypt(text) if text else ""


class HandlerField(forms.CharField):
    """A member of staff by number, login or full name."""

    widget = forms.TextInput(attrs={"data-lookup": "handler", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        people = User.objects.filter(is_active=True)
        found = list((people.filter(pk=int(text)) if text.isdecimal() else people.filter(username=text))[:1])
        found = found or list(people.filter(display_name=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(f"有不止一位“{text}”，请填登录名。")
        raise ValidationError(f"没有找到“{text}”，请从列表中选择在岗人员。")


class PractitionerField(forms.CharField):
    """A licensed person by number, licence or full name."""

    widget = forms.TextInput(attrs={"data-lookup": "practitioner", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        people = Practitioner.objects.select_related("organisation", "user")
        found = list(people.filter(licence=text)[:1])
        if not found and text.isdecimal() and len(text) <= LONGEST_NUMBER:
            found = list(people.filter(pk=int(text)))
        found = found or list(people.filter(name=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(f"有不止一位“{text}”，请填执业证号。")
        raise ValidationError(f"没有找到“{text}”，请从列表中选择承办人。")
