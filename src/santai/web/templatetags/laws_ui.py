"""Tags of the pages about laws."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from santai.knowledge.models import LawVersion
from santai.web.laws import TONES
from santai.web.templatetags.santai_ui import icon

register = template.Library()


@register.simple_tag
def law_status(version: LawVersion) -> SafeString:
    tone, picture = TONES[LawVersion.Status(version.status)]
    return format_html('<span class="chip {}">{}{}</span>', tone, icon(picture), version.get_status_display())


@register.simple_tag
def querystring_of(**given: Any) -> str:
    return urlencode(given)
