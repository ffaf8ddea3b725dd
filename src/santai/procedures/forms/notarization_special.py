"""What the applications for the special kinds of notarization have in common."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import long_text
from santai.procedures.forms.notarization import Application
from santai.registry.models import Region


def sealed(label: str, *, required: bool = True, help_text: str = "", most: int = 120) -> SealedTextField:
    """A name or a way to reach somebody who is not the applicant."""
    return SealedTextField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        error_messages={"required": f"请填写{label}。"},
    )


def sealed_text(label: str, *, required: bool = True, help_text: str = "", most: int = 5000) -> SealedTextField:
    """Words that nobody but those who open the file may read."""
    field = sealed(label, required=required, help_text=help_text, most=most)
    field.widget = forms.Textarea(attrs={"rows": 4})
    return field


class PrivateApplication(forms.Form):
    """An application for the item `ITEM`. What the common course asks about and this kind leaves no choice in is filled
    in here, so that its rows and letters read the same facts."""

    ITEM, PURPOSE = "", ""

    place = forms.CharField(
        label="住所地、行为地或者事情发生在哪里",
        required=False,
        max_length=12,
        help_text="不选就是您提交时选的县（区）。",
    )

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"].strip()
        if place and not Region.objects.filter(code=place).exists():
            raise forms.ValidationError("没有这个区划，请从列表中选择县（市、区）。")
        return place

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return {**_UNASKED, "item": self.ITEM, "purpose": self.PURPOSE, **given}


class SpecialApplication(PrivateApplication):
    """The same, and what for."""

    purpose = long_text("办公证做什么用", least=4)


_UNASKED: dict[str, Any] = {
    name: "paper" if name == "medium" else False if isinstance(field, forms.BooleanField) else ""
    for name, field in Application.base_fields.items()
    if name not in {"purpose", "place"}
}
