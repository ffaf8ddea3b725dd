"""The components of every page. In a template: `{% load santai_ui %}`, then

    {% field form.name %}                      label, help, error (joined by aria-describedby), the value kept
    {% form_faults form %}                     box on top that lists every fault and links to its field
    {% refusal refused %}                      a casework.refusals.Refused: title, problems, what to do next
    {% notice "warning" "text" %}              info, success, warning or error
    {% state_chip case %}                      state in words, with icon and colour
    {% due case %} / {% due_at moment %}       days left, date, icon; overdue, soon, paused and 暂定 are told in words
    {{ moment|china_date }} / |china_time      12月3日(周四) / 12月3日(周四) 09:30
    {{ code|grouped }}                         230102 01 2026 000123 4
    {% timeline lines %} / {% timeline lines staff=True %}
    {% progress_stages case %}                 the stages of its procedure
    {% progress_stages names=screens at=1 %}   the screens of a wizard
    {% empty_state "title" "text" url=... action="..." icon="inbox" %}
    {% pager page %}                           page.before and page.after are cursors or None (web/paging.py)
    {% qr text %}                              QR code as inline SVG
    {% safe_contact case.applicant %}          in red, how this person may be reached; nothing without a rule
    {% icon "phone" %}                         from static/web/icons.svg; always beside a word
    {% rail %}                                 the desk's rooms; lit by context `room`, else by the address
    {% url_or_home "desk_search" "desk" %}     the first of these names that has an address

Classes in components.css and desk.css: stack, row, grid-2, grid-3, with-side, card, panel, btn (btn-main, btn-danger,
btn-quiet, btn-small, btn-big, btn-wide), facts (dl), opens (list of links), notice, chip, tabs, filters, page-head,
sheet + table.worklist (rows with one a.whole), beside (list | detail), case-head, clocks, clock, console (hotline,
three columns), call-bar, figures + a.figure, kiosk, board-number, details.opens-form (a button that opens its form).

Behaviour, by attribute (static/web/page.js, live.js, desk.js):
    data-live-url, data-poll-url, data-fragment-url   on an element with an id: kept up to date (see live.js)
    data-autosave="key" on a form; data-autosave-clear="key" on the page that says it was sent
    data-once on a form: a second press of the button sends nothing
    data-dialog-open="id", data-print, data-focus
    data-row on a table row with one link: j, k and Enter walk and open
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

import segno
from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from santai.casework import codes, worklist
from santai.casework.access import procedure_of
from santai.casework.kernel import Procedure
from santai.casework.models import Case
from santai.casework.state_words import state_words
from santai.people.models import Party
from santai.people.safe_contact import rule_of
from santai.trust.actors import Channel
from santai.trust.roles import Role
from santai.web import dates
from santai.web.choosing import start_empty

register = template.Library()

WORK_ORDER = "work_order"
NOTICE_ICONS = {"error": "alert", "warning": "alert", "success": "check"}
CHANNEL_ICONS = {
    Channel.WEB: "globe",
    Channel.HOTLINE: "headset",
    Channel.COUNTER: "counter",
    Channel.API: "plug",
    Channel.SYSTEM: "gear",
}
CHANNEL_ICONS_BY_WORD = {str(channel.label): picture for channel, picture in CHANNEL_ICONS.items()}
TOLD_WHO = {str(Role.APPLICANT.label): "您", str(Role.SYSTEM.label): "平台"}
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("web/icons.svg"), name)


@register.inclusion_tag("web/parts/safe_contact.html")
def safe_contact(party: Party) -> dict[str, Any]:
    """In red, how this person may be reached without being endangered; nothing when there is no rule."""
    return {"rule": rule_of(party)}


@register.filter
def why_first(case: Case) -> str:
    """Why it goes before others."""
    return worklist.why_first(case)


@register.filter
def channel_icon(channel: str) -> str:
    """For a channel's value or its Chinese word."""
    if channel in CHANNEL_ICONS_BY_WORD:
        return CHANNEL_ICONS_BY_WORD[channel]
    return CHANNEL_ICONS.get(Channel(channel), "gear") if channel in Channel.values else "gear"


@register.filter
def channel_word(channel: str) -> str:
    return str(Channel(channel).label) if channel in Channel.values else channel


@register.filter
def told_who(who: str) -> str:
    """Who acted, as the citizen is told."""
    return TOLD_WHO.get(who, who)


@register.filter
def china_date(moment: date | datetime | None) -> str:
    return dates.in_words(moment) if moment else ""


@register.filter
def china_time(moment: datetime | None) -> str:
    return dates.with_clock(moment) if moment else ""


@register.filter
def grouped(code: str) -> SafeString:
    """The code in groups of digits that can be read over the phone."""
    parts = codes.grouped(codes.tidy(code)).split()
    spans = format_html_join("", "<span>{}</span>", ((part,) for part in parts))
    return format_html('<span class="code big-code">{}</span>', spans)


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """`attrs` go to the widget: {% field form.phone inputmode="tel" %}; write - as _ (data_x becomes data-x)."""
    described = [
        f"{bound.auto_id}_{part}" for part, there in (("help", bound.help_text), ("fault", bound.errors)) if there
    ]
    own: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    if looks_up := bound.field.widget.attrs.get("data-lookup"):
        own.setdefault("list", f"lookup-{looks_up}")
    if described:
        own["aria-describedby"] = " ".join(described)
    if bound.errors:
        own["aria-invalid"] = "true"
    start_empty(bound)
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=own),
        "described": " ".join(described),
        "as_group": isinstance(bound.field.widget, GROUPS),
        "as_tick": isinstance(bound.field.widget, forms.CheckboxInput),
    }


@register.inclusion_tag("web/parts/form_faults.html")
def form_faults(form: forms.BaseForm) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("web/parts/refusal.html")
def refusal(refused: Any) -> dict[str, Any]:
    return {"refusal": refused}


@register.inclusion_tag("web/parts/notice.html")
def notice(tone: str, text: Any) -> dict[str, Any]:
    tone = tone.split()[-1] if tone else "info"
    return {"tone": tone, "picture": NOTICE_ICONS.get(tone, "info"), "text": text}


@register.filter
def about(case: Case) -> str:
    """Its matter; of a procedure that has none, which procedure it is."""
    return case.matter or (gettext("未归类") if case.procedure == WORK_ORDER else procedure_of(case).label)


@register.filter
def is_told_by_them(table: Procedure) -> bool:
    """What such a case says are the words of its applicant, not of an authority about them."""
    return bool(table.applied_for) or table.name == WORK_ORDER


@register.simple_tag
def state_chip(case: Case) -> SafeString:
    table = procedure_of(case)
    tone, picture = _state_tone(case, initial=table.initial)
    return format_html('<span class="chip tone-{}">{}{}</span>', tone, icon(picture), state_words(case))


def _state_tone(case: Case, *, initial: str) -> tuple[str, str]:
    if case.closed_at:
        return "closed", "check"
    if case.is_paused:
        return "paused", "pause"
    return ("new", "inbox") if case.state == initial else ("doing", "right")


@register.inclusion_tag("web/parts/due.html", takes_context=True)
def due(context: Mapping[str, Any], case: Case) -> dict[str, Any]:
    return {"due": dates.due_of(case, now=_now(context))}


@register.inclusion_tag("web/parts/due.html", takes_context=True)
def due_at(context: Mapping[str, Any], moment: datetime, provisional: bool = False) -> dict[str, Any]:
    return {"due": dates.due_on(moment, now=_now(context), provisional=provisional)}


def _now(context: Mapping[str, Any]) -> datetime:
    """A page may say what time it is (`now` in its context), so that a test needs no clock."""
    given = context.get("now")
    return given if isinstance(given, datetime) else timezone.now()


@register.inclusion_tag("web/parts/timeline.html")
def timeline(lines: Any, staff: bool = False) -> dict[str, Any]:
    return {"lines": lines, "staff": staff}


@register.inclusion_tag("web/parts/stages.html")
def progress_stages(case: Case | None = None, names: Any = None, at: int = 0) -> dict[str, Any]:
    if case is not None:
        return {"stages": stages_of(case), "label": "办理进度"}
    return {"stages": _placed([str(name) for name in names or ()], at), "label": "填写步骤"}


def stages_of(case: Case) -> list[dict[str, str]]:
    """Stages in order, each past, current or ahead; a closed case has only past ones."""
    table = procedure_of(case)
    labels = list(table.stages) or [table.state_label(case.state)]
    current = table.stage_of(case.state)
    if current not in labels:
        return _placed(labels, len(labels) if case.closed_at else 0)
    is_over = case.closed_at and current == labels[-1]
    return _placed(labels, len(labels) if is_over else labels.index(current))


def _placed(labels: list[str], at: int) -> list[dict[str, str]]:
    def place(number: int) -> str:
        return "current" if number == at else "past" if number < at else "ahead"

    return [{"label": label, "place": place(number)} for number, label in enumerate(labels)]


@register.inclusion_tag("web/parts/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "", icon: str = "inbox") -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "action": action, "picture": icon}


@register.inclusion_tag("web/parts/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    return {"before": _page_link(context, page.before), "after": _page_link(context, page.after)}


def _page_link(context: Mapping[str, Any], cursor: str | None) -> str:
    if not cursor:
        return ""
    query = context["request"].GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


@register.simple_tag
def qr(text: str) -> SafeString:
    drawing = BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    return format_html('<span class="qr">{}</span>', mark_safe(drawing.getvalue().decode()))  # noqa: S308 (drawn by segno)


@register.inclusion_tag("web/parts/rail.html", takes_context=True)
def rail(context: Mapping[str, Any]) -> dict[str, Any]:
    rooms = list(context["shell"]["rooms"])
    return {"rooms": rooms, "current": context.get("room") or _room_at(rooms, context["request"].path)}


def _room_at(rooms: list[dict[str, str]], path: str) -> str:
    around = [room for room in rooms if path.startswith(room["url"])]
    return max(around, key=lambda room: len(room["url"]))["key"] if around else ""


@register.simple_tag
def url_or_home(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/"
