"""One page of an interview as a form: every answer may be “I do not know”, every fault says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from santai.guidance.flow import Page
from santai.guidance.interview import CHOSEN, NONE_OF_THEM, UNSURE, Question
from santai.people.validation import normalise_phone

LONGEST_TEXT, LONGEST_STORY = 200, 1500
MOST_MONEY = Decimal("1000000000")
TEN_THOUSAND = Decimal(10000)
FIRST_YEAR, LAST_YEAR = 1900, 2100
DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D?|(\d{4})(\d{2})(\d{2})")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
MISSING = {
    "yesno": "请选一项；不知道的选“不清楚”。",
    "choice": "请选一项；不知道的选“不清楚”。",
    "choices": "请勾选；都没有的勾“以上都没有”。",
    "date": "请填日期；不记得就勾“不清楚”。",
    "money": "请填金额；不知道就勾“不清楚”。",
    "number": "请填数字；不知道就勾“不清楚”。",
    "place": "请选择市和县（区）；不知道就勾“不清楚”。",
}
Choices = list[Any]


class PageForm(forms.Form):
    """The questions of one page. `answers()` is what is stored."""

    def __init__(self, page: Page, *args: Any, places: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.today = page, today
        for question in page.questions:
            self.fields[question.id] = _field(question, places)
            if question.kind not in CHOSEN:
                self.fields[unsure_name(question)] = forms.BooleanField(
                    label="不清楚", required=False, help_text=question.unsure
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for question in self.page.questions:
            try:
                cleaned[question.id] = self._stored(question)
            except forms.ValidationError as fault:
                self.add_error(question.id, fault)
        return cleaned

    def answers(self) -> dict[str, Any]:
        return {question.id: self.cleaned_data[question.id] for question in self.page.questions}

    def _stored(self, question: Question) -> Any:
        given = self.cleaned_data.get(question.id)
        if self.cleaned_data.get(unsure_name(question)) or given == UNSURE:
            # Whoever does not know need not fill it in, however it was filled in.
            self.errors.pop(question.id, None)
            return None
        if question.id in self.errors or given in ("", None, []):
            return ""
        return CHECKS.get(question.kind, _as_given)(question, given, self.today)

    @property
    def asked(self) -> list[tuple[Question, forms.BoundField, forms.BoundField | None]]:
        """Each question with its field and its tick for “I do not know”."""
        return [
            (each, self[each.id], self[unsure_name(each)] if unsure_name(each) in self.fields else None)
            for each in self.page.questions
        ]


def unsure_name(question: Question) -> str:
    return f"{question.id}-unsure"


def initial_of(page: Page, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered before, as the form shows it."""
    found: dict[str, Any] = {}
    for question in page.questions:
        if question.id in answers:
            stored = answers[question.id]
            is_choice = question.kind in CHOSEN
            found[question.id] = UNSURE if stored is None and is_choice else stored
            found[unsure_name(question)] = stored is None
    return found


def _field(question: Question, places: Choices) -> forms.Field:
    told = MISSING.get(question.kind, "请填写；不知道的可以勾“不清楚”。")
    faults = {"required": told, "invalid_choice": "没有这一项，请从列出的里面选。"}
    more: dict[str, Any] = {"label": question.ask, "help_text": question.why, "required": question.required}
    more["error_messages"] = faults
    match question.kind:
        case "choice" | "yesno":
            choices = [*question.options, (UNSURE, "不清楚")]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more)
        case "choices":
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=question.options, widget=widget, **more)
        case "place":
            select = forms.Select(attrs={"data-places": "", "class": "field-middle"})
            choices = [("", "请选择"), *places]
            return forms.ChoiceField(choices=choices, widget=select, **more)
    return forms.CharField(widget=_widget(question), strip=True, max_length=LONGEST_STORY * 2, **more)


def _widget(question: Question) -> forms.Widget:
    attrs: dict[str, Any] = {"class": "field-middle", "autocomplete": "off"}
    if question.private:
        attrs["data-private"] = ""
    match question.kind:
        case "date":
            return forms.DateInput(attrs={**attrs, "type": "date"})
        case "money":
            return forms.TextInput(attrs={**attrs, "inputmode": "decimal"})
        case "number":
            return forms.TextInput(attrs={**attrs, "inputmode": "numeric"})
        case "phone":
            return forms.TextInput(attrs={**attrs, "inputmode": "tel"})
    return forms.Textarea(attrs={"rows": 5, **attrs}) if question.long else forms.TextInput(attrs=attrs)


# --- what was typed, as it is stored ------------------------------------------------------------------------------


def _as_given(question: Question, given: Any, today: date) -> Any:
    return given


def _several(question: Question, given: list[str], today: date) -> list[str]:
    none = NONE_OF_THEM[0]
    if none in given and len(given) > 1:
        raise forms.ValidationError("又勾了“以上都没有”，又勾了别的，请去掉一边。")
    return given


def _text(question: Question, given: str, today: date) -> str:
    plain = CONTROL.sub("", given).strip()
    most = LONGEST_STORY if question.long else LONGEST_TEXT
    if len(plain) > most:
        raise forms.ValidationError(f"写得太长了（{len(plain)} 字），最多 {most} 字，请写主要的。")
    if not plain:
        raise forms.ValidationError(MISSING.get(question.kind, "请填写文字；不知道的可以勾“不清楚”。"))
    return plain


def _phone(question: Question, given: str, today: date) -> str:
    return normalise_phone(given)


def _day(question: Question, given: str, today: date) -> str:
    found = DAY.fullmatch(unicodedata.normalize("NFKC", given).strip())
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        moment = date(year, month, day)
    except ValueError as fault:
        raise forms.ValidationError("这个日期认不出来，请写成 2026-03-01 这样。") from fault
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise forms.ValidationError(f"年份 {moment.year} 不对，请再看一遍。")
    if moment > today and not question.future:
        raise forms.ValidationError("这一天还没有到，请再看一遍是不是写错了年份。")
    return moment.isoformat()


def _amount(typed: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace("，", "").replace(" ", "").strip("¥￥元")
    factor = Decimal(1)
    if plain.endswith("万"):
        plain, factor = plain[:-1], TEN_THOUSAND
    if not re.fullmatch(r"\d{1,12}(\.\d{1,4})?", plain):
        raise InvalidOperation
    return Decimal(plain) * factor


def _money(question: Question, given: str, today: date) -> str:
    try:
        amount = _amount(given)
    except InvalidOperation as fault:
        raise forms.ValidationError("金额只写数字，例如 6500 或者 1.2万。") from fault
    if amount > MOST_MONEY:
        raise forms.ValidationError("金额太大了，请再看一遍是不是多写了几个 0（单位是元）。")
    return str(amount.quantize(Decimal("0.01")))


def _number(question: Question, given: str, today: date) -> str:
    try:
        amount = _amount(given)
    except InvalidOperation as fault:
        raise forms.ValidationError("这里只写数字，例如 3。") from fault
    if amount < question.at_least or (question.at_most and amount > question.at_most):
        raise forms.ValidationError(f"应当在 {question.at_least} 到 {question.at_most} 之间，请再看一遍。")
    return str(amount)


CHECKS: dict[str, Any] = {
    "choices": _several,
    "text": _text,
    "phone": _phone,
    "date": _day,
    "money": _money,
    "number": _number,
}
