"""What every surface does with a letter: hand it out as PDF, take a signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse

from santai.documents.copies import as_pdf, pdf_answer
from santai.documents.files import tidy_name
from santai.documents.models import Letter, Signature
from santai.documents.signing import APPLICANT, sheet_bytes, signers_of, still_to_sign


class SignForm(forms.Form):
    """The name as on the identity card, with or without a drawing of it."""

    name = forms.CharField(
        label="您的姓名",
        max_length=60,
        help_text="要和文书上写的一样。",
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field-middle"}),
        error_messages={"required": "请写下您的姓名。"},
    )
    drawing = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300_000)
    confirmed = forms.BooleanField(
        label="我看过了全文，内容是我的真实意思，同意签名",
        error_messages={"required": "请先看完全文，同意的再勾选；不同意的不要签，可以告诉承办人或打12348。"},
    )

    def __init__(self, *args: Any, expected: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        typed = "".join(self.cleaned_data["name"].split())
        if self._name_is_known() and typed != "".join(self.expected.split()):
            raise forms.ValidationError("和文书上的姓名不一样，请对照后再写一遍。")
        return typed

    def _name_is_known(self) -> bool:
        return bool(self.expected)


class WitnessedForm(SignForm):
    """Signed by hand on the tablet, with a member of staff watching."""

    capacity = forms.ChoiceField(label="谁在签", error_messages={"required": "请选择谁在签。"})
    field_order = ("capacity", "name", "drawing", "confirmed")

    def __init__(self, *args: Any, capacities: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["capacity"]
        choice.choices = [(capacity, capacity) for capacity in capacities]
        self.fields["name"].help_text = "请核对证件。"

    def _name_is_known(self) -> bool:
        """The other side is not a person of the platform: the clerk compares the card."""
        return self.cleaned_data.get("capacity") == APPLICANT

    def clean_drawing(self) -> str:
        drawing: str = self.cleaned_data["drawing"]
        if not drawing:
            raise forms.ValidationError("请当事人在签名框里手写姓名。")
        return drawing


def shown_with(letter: Letter) -> dict[str, Any]:
    """What a page about a letter tells besides its text."""
    return {
        "signatures": [(one, Signature.How(one.how).label) for one in letter.signatures.all()],
        "is_signed_by_people": bool(signers_of(letter)),
        "still_to_sign": still_to_sign(letter),
        "deliveries": list(letter.deliveries.select_related("proof")),
    }


def letter_pdf(letter: Letter) -> HttpResponse:
    return as_pdf(letter)


def sheet_pdf(letter: Letter) -> HttpResponse:
    return pdf_answer(sheet_bytes(letter), tidy_name(f"电子签名页（{letter.number}）.pdf"))
