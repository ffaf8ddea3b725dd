"""A day or a moment a person fills in, with a year that can be meant: limits are counted from it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from santai.procedures.forms.legal_aid import day as plain_day

FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
CHECK_YEAR = "请核对年份。"
CHINA = ZoneInfo("Asia/Shanghai")


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    field = plain_day(label, required=required, help_text=help_text)
    field.validators += [MinValueValidator(FIRST, CHECK_YEAR), MaxValueValidator(LAST, CHECK_YEAR)]
    return field


def moment(label: str, *, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """To the minute (to the second where a program fills it in), in Chinese time when no zone is given."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        validators=[
            MinValueValidator(datetime.combine(FIRST, time(), CHINA), CHECK_YEAR),
            MaxValueValidator(datetime.combine(LAST, time.max, CHINA), CHECK_YEAR),
        ],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": f"请填写{label}。", "invalid": "时间请写成2026-12-03 09:30这样。"},
    )
