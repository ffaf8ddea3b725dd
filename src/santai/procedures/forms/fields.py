"""Form fields that name an organisation or a person the way people write them: by number, by login or by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from santai.casework.models import CaseParty
from santai.casework.other_parties import names_in
from santai.registry.models import Organisation, Practitioner
from santai.trust.crypto import encrypt
from santai.trust.models import User
from santai.trust.roles import HANDLERS, Role

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


class SealedNameField(SealedTextField):
    """Who stands on another side of the case: kept sealed, and written down as a party of the case.

    `contact` and `id_number` name the sealed fields of the same form that belong to the person. Several names are
    written one after another, with 、 or ， between them.
    """

    def __init__(
        self, *, side: CaseParty.Side, contact: str = "", id_number: str = "", max_length: int = 120, **kwargs: Any
    ) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.side, self.contact, self.id_number = side, contact, id_number

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if typed and not names_in(typed):
            raise ValidationError("请填写姓名或名称，不能只有标点。")
        return super().clean(typed)


class HandlerField(forms.CharField):
    """A member of staff by number, login or full name; colleagues of these roles are suggested."""

    widget = forms.TextInput(attrs={"data-lookup": "handler", "autocomplete": "off"})

    def __init__(self, *, roles: frozenset[Role] = HANDLERS, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.roles = roles

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
    """A licensed person by number, licence or full name. With `colleague` it is somebody of that kind at the
    organisation that holds the case, and those are offered; else whoever dispatch proposes."""

    widget = forms.TextInput(attrs={"data-lookup": "practitioner", "autocomplete": "off"})

    def __init__(self, *, colleague: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.colleague = colleague

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
