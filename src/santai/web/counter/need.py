"""A new need at the counter, one question a screen: what, who, where, check."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from santai.people.models import Party, SpecialGroup
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.trust.actors import Channel
from santai.web.counter import card, visit
from santai.web.counter.people import clerk_only, screen
from santai.web.guard import actor_of, user_of
from santai.web.portal.forms import region_name
from santai.web.reception import NeedForm, about, covered, take_in
from santai.web.safe_contact import typed_in, wish_in

SCREENS = ("什么事", "什么人", "在哪里", "核对")
# The fields of each screen; the last one shows what was said and asks nothing.
FIELDS: dict[str, tuple[str, ...]] = {
    "what": ("text", "procedure"),
    "who": ("name", "phone", "id_number", "kind"),
    "where": ("region", "groups", "no_sms", "is_neutral", "safe_phone"),
    "check": (),
}
ORDER = list(FIELDS)
MANY = frozenset({"groups"})


@clerk_only
def ask(request: HttpRequest, part: str) -> HttpResponse:
    if part not in FIELDS:
        return redirect("counter_need", part=ORDER[0])
    if part == "check":
        return _check(request)
    if request.method != "POST":
        return _question(request, part, NeedForm(initial=_said(request)))
    answers = _answers(request.POST, part)
    visit.keep_draft(request, answers)
    form = _form_of(request)[0]
    if any(form.errors.get(name) for name in FIELDS[part]):
        return _question(request, part, form, status=422)
    return redirect("counter_need", part=_after(request, part))


def _answers(posted: QueryDict, part: str) -> dict[str, Any]:
    return {name: posted.getlist(name) if name in MANY else posted.get(name, "") for name in FIELDS[part]}


def _after(request: HttpRequest, part: str) -> str:
    """Who they are is known already when they were found."""
    following = ORDER[ORDER.index(part) + 1]
    return "where" if following == "who" and _visitor(request) else following


def _visitor(request: HttpRequest) -> Party | None:
    return visit.visitor(request, user_of(request))


def _said(request: HttpRequest) -> dict[str, Any]:
    visitor = _visitor(request)
    return {"kind": "person", "groups": visitor.groups if visitor else [], **visit.draft_of(request)}


def _form_of(request: HttpRequest) -> tuple[NeedForm, bool]:
    """What was said so far as one form, and whether it is the visitor's own need."""
    data = QueryDict(mutable=True)
    for name, value in _said(request).items():
        if name in MANY:
            data.setlist(name, value)
        else:
            data[name] = value
    return about(_visitor(request), data)


def _question(request: HttpRequest, part: str, form: NeedForm, *, status: int = 200) -> HttpResponse:
    # Before the fields are drawn: it adds to what stands beside them.
    read = card.shown(request, form) if part == "who" else None
    context = {
        "form": form,
        "fields": [form[name] for name in FIELDS[part]],
        "faults": [fault for name in FIELDS[part] for fault in form.errors.get(name, [])],
        "part": part,
        "screens": SCREENS,
        "at": ORDER.index(part),
        "back": _before(request, part),
        "card": read,
    }
    return screen(request, "web/counter/question.html", context, status=status)


def _before(request: HttpRequest, part: str) -> str:
    at = ORDER.index(part)
    if at == 0:
        return reverse("counter_person" if _visitor(request) else "counter")
    earlier = ORDER[at - 1]
    return reverse("counter_need", args=["what" if earlier == "who" and _visitor(request) else earlier])


def _check(request: HttpRequest) -> HttpResponse:
    draft = visit.draft_of(request)
    if not draft.get("text"):
        return redirect("counter_need", part="what")
    if not draft.get("key"):
        visit.keep_draft(request, {"key": secrets.token_urlsafe(18)})
    form, is_own = _form_of(request)
    if request.method != "POST":
        return _check_screen(request, is_own=is_own)
    received = take_in(form, Channel.COUNTER, actor_of(request, Channel.COUNTER)) if form.is_valid() else None
    if received is None:
        faults = [str(fault) for told in form.errors.values() for fault in told]
        covered(form)
        return _check_screen(request, is_own=is_own, faults=faults, status=422)
    card.hand_in(request, received.case, actor_of(request, Channel.COUNTER))
    visit.drop_draft(request)
    if not is_own:
        visit.begin(request, user_of(request), received.case.applicant, "phone")
    if received.is_duplicate:
        messages.warning(request, "十分钟内登记过同样的内容，没有重复登记。这是原来那一件的回执。")
    return redirect(f"{reverse('counter_receipt', args=[received.case.code])}?new")


def _check_screen(
    request: HttpRequest, *, is_own: bool, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    said = _said(request)
    context = {
        "said": said,
        "is_own": is_own,
        "applied_for": dict(procedures_to_apply_for()).get(said.get("procedure", ""), ""),
        "region": region_name(said.get("region", "")),
        "groups": [str(SpecialGroup(group).label) for group in said["groups"] if group in SpecialGroup.values],
        "safe": wish_in(typed_in(said)),
        "faults": faults or [],
        "screens": SCREENS,
        "at": ORDER.index("check"),
        "back": _before(request, "check"),
    }
    return screen(request, "web/counter/check.html", context, status=status)
