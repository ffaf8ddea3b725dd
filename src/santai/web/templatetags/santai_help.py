"""For the pages of guided help: an article as a link into the library where it has it."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def law_link(laws: Mapping[str, tuple[str, str]], citation: str) -> str:
    """`laws` are the addresses of guidance.laws.addresses."""
    if citation not in laws:
        return citation
    law, article = laws[citation]
    return format_html('<a href="{}">{}</a>', reverse("law_article", args=[law, article]), citation)


@register.filter
def add_number(text: str, number: int) -> str:
    return f"{text}{number}"
