"""A day a person fills in, with a year that can be meant: limits are counted from it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from santai.procedures.forms.legal_aid import day as plain_day

FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
CHECK_YEAR = "请核对年份。"


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    field = plain_day(label, required=required, help_text=help_text)
    field.validators += [MinValueValidator(FIRST, CHECK_YEAR), MaxValueValidator(LAST, CHECK_YEAR)]
    return field
