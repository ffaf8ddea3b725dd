"""Filters that letters use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def day(value: Any) -> str:
    """A date, a moment or an ISO text as 2026年12月3日; empty stays empty."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = localtime(value).date()
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: Any) -> str:
    """A moment or an ISO text to the minute: 2026年12月3日9时05分; empty stays empty."""
    if not value:
        return ""
    at = localtime(datetime.fromisoformat(value) if isinstance(value, str) else value)
    return f"{day(at)}{at.hour}时{at.minute:02d}分"
