"""How to reach somebody safely, as fields of a form: at intake, by the person and by whoever speaks with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from santai.people.models import ContactRule
from santai.people.safe_contact import Wish, checked

NAMES = ("no_sms", "is_neutral", "safe_phone", "safe_from", "safe_until", "contact_note")
TIME = {"type": "time", "class": "field-short"}


class SafeContact(forms.Form):
    """Mixed into the forms of intake; every field may be left empty."""

    no_sms = forms.BooleanField(label="不要往这个电话发短信", required=False)
    is_neutral = forms.BooleanField(
        label="可以发，但不要提法律服务",
        required=False,
        help_text="短信里不写单位、热线和案码，别人看到也不知道是什么事。",
    )
    safe_phone = forms.CharField(
        label="另一个安全的电话",
        required=False,
        max_length=30,
        help_text="填了就只往这个电话发短信、打电话。",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "data-private": ""}),
    )
    safe_from = forms.TimeField(label="方便的时间从", required=False, widget=forms.TimeInput(attrs=TIME))
    safe_until = forms.TimeField(label="到", required=False, widget=forms.TimeInput(attrs=TIME))
    contact_note = forms.CharField(
        label="打电话时要注意", required=False, max_length=200, help_text="例如：接电话的不是本人就挂断。"
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            checked(self.wish())
        except ValidationError as fault:
            for name, told in fault.message_dict.items():
                self.add_error(name, told)
        return given

    def wish(self, former: ContactRule | None = None) -> Wish:
        """The safe phone is shown to nobody: left empty, the former one stays, unless everything is empty."""
        wanted = self._typed()
        if wanted and former and not wanted.safe_phone:
            return replace(wanted, safe_phone=former.safe_phone)
        return wanted

    def _typed(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            no_sms=bool(given.get("no_sms")),
            is_neutral=bool(given.get("is_neutral")),
            safe_phone=given.get("safe_phone") or "",
            safe_from=given.get("safe_from"),
            safe_until=given.get("safe_until"),
            note=given.get("contact_note") or "",
        )


def typed_in(posted: Mapping[str, Any]) -> dict[str, str]:
    """The fields of this form as they were typed, for a draft."""
    return {name: str(posted[name]) for name in NAMES if posted.get(name)}


def wish_in(typed: Mapping[str, str]) -> Wish:
    form = SafeContact(typed)
    return form.wish() if form.is_valid() else Wish()


def known(rule: ContactRule | None) -> dict[str, Any]:
    """What the form begins with; the safe phone is shown to nobody."""
    if rule is None:
        return {}
    times = {"safe_from": rule.safe_from, "safe_until": rule.safe_until}
    return {"no_sms": rule.no_sms, "is_neutral": rule.is_neutral, "contact_note": rule.note, **times}
