"""The agent's console: caller and history, conversation and form, what to ask; all on one screen."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import procedure_of
from santai.casework.family import family
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.timeline import missing_from_citizen, staff_timeline
from santai.evaluation.rate import rate as rate_case
from santai.people.models import Party
from santai.people.parties import find_by_phone
from santai.trust.actors import Actor, Channel
from santai.web.desk.offers import offers_for, open_step
from santai.web.desk.suggest import fill_in
from santai.web.guard import actor_of, roles_required, user_of, visible_case
from santai.web.hotline import call as calls
from santai.web.hotline.guidance import ALWAYS, guidance_for, preview_of
from santai.web.navigation import CALLS
from santai.web.portal.promises import promises_of
from santai.web.reception import (
    NeedForm,
    RateForm,
    about,
    covered,
    find_people,
    history_of,
    person_of,
    take_in,
    ticket_for,
)
from santai.web.steps import Attempted, attempt, version_seen

agent_only = roles_required(*CALLS)
LOOKUPS = [("phone", "电话"), ("name", "姓名"), ("id_number", "证件号"), ("code", "案码")]


@agent_only
@require_GET
def console(request: HttpRequest) -> HttpResponse:
    """A call that rings opens this page with ?phone=; the number does not stay in the address."""
    if "phone" in request.GET:
        return _new_call(request, request.GET["phone"], is_ringing=True)
    chosen, done = request.GET.get("case", ""), request.GET.get("done", "")
    actor = _actor(request)
    case = visible_case(actor, chosen) if chosen else None
    taken_in = visible_case(actor, done) if done else None
    return shown(request, case=case, taken_in=taken_in, step=request.GET.get("step", ""))


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request, Channel.HOTLINE)


def _new_call(request: HttpRequest, phone: str, *, is_ringing: bool) -> HttpResponse:
    user = user_of(request)
    if not calls.is_under_way(request, user, phone):
        calls.begin(request, user, phone, is_ringing=is_ringing)
    return redirect("hotline")


@agent_only
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """The agent answers the call that rings, or types the number of one that did not open the page by itself."""
    if "phone" in request.POST:
        return _new_call(request, request.POST["phone"], is_ringing=False)
    _speaking(request)
    return redirect("hotline")


def _speaking(request: HttpRequest) -> None:
    if not calls.pick_up(request, user_of(request)):
        messages.warning(request, "这通电话已经由同事接起，您可以等下一个。")


@agent_only
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    by, typed = request.POST.get("by", "phone"), request.POST.get("q", "").strip()[:120]
    people, fault = find_people(by, typed) if typed else ([], "请先写下要找的电话、姓名、证件号或案码。")
    fault = fault or ("" if people else "没有找到这个人。第一次来电的，直接登记新诉求就行。")
    found = [(party, ticket_for(party, by)) for party in people]
    return shown(request, found=found, fault=fault, typed=typed, by=by)


@agent_only
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    chosen = person_of(request.POST.get("person", ""))
    if chosen is None:
        messages.error(request, "没有看清选的是谁，请再找一次。")
    else:
        _speaking(request)
        calls.speak_with(request, user_of(request), *chosen)
    return redirect("hotline")


@agent_only
@require_POST
def hang_up(request: HttpRequest) -> HttpResponse:
    calls.end(request, user_of(request))
    messages.success(request, "通话已结束，可以接下一个。")
    return redirect("hotline")


@agent_only
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What triage makes of it so far; with a script only its part of the page, without one the whole page."""
    made = preview_of(
        request.POST.get("text", ""),
        region=request.POST.get("region", ""),
        groups=tuple(request.POST.getlist("groups")),
    )
    if request.headers.get("HX-Request"):
        matter = made.finding.matter if made else ""
        context = {"preview": made, "guidance": guidance_for(matter), "always": ALWAYS}
        return render(request, "web/hotline/parts/knowledge.html", context)
    return shown(request, form=_unchecked(request), made=made)


def _unchecked(request: HttpRequest) -> NeedForm:
    """What was typed so far, without complaining about what is still missing."""
    form = NeedForm(initial={name: request.POST.get(name, "") for name in request.POST})
    form.initial["groups"] = request.POST.getlist("groups")
    return form


@agent_only
@require_POST
def need(request: HttpRequest) -> HttpResponse:
    actor, user = _actor(request), user_of(request)
    _speaking(request)
    contact = calls.contact_of(calls.call_of(request), user)
    form, is_own = about(contact.party if contact else None, request.POST)
    received = take_in(form, Channel.HOTLINE, actor) if form.is_valid() else None
    if received is None:
        made = preview_of(request.POST.get("text", ""))
        return shown(request, form=covered(form) if is_own else form, made=made, status=422)
    if not is_own:
        calls.speak_with(request, user, received.case.applicant, "phone")
    calls.is_about(received.case, user)
    if received.is_duplicate:
        messages.warning(request, "十分钟内登记过同样的内容，没有重复登记，下面是原来那一件。")
    return redirect(f"{reverse('hotline')}?done={received.case.code}")


@agent_only
def take(request: HttpRequest, code: str, step: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(f"{reverse('hotline')}?case={code}&step={step}")
    _speaking(request)
    actor, now = _actor(request), timezone.now()
    case = visible_case(actor, code)
    refused = attempt(request, case, step, actor, prepare=partial(fill_in, user=user_of(request), at=now))
    if refused:
        fresh = visible_case(actor, code)
        return shown(request, case=fresh, step=step, attempted=refused, status=refused.refused.status)
    messages.success(request, f"已办理：{procedure_of(case).step(step).label}")
    return redirect(f"{reverse('hotline')}?case={code}")


@agent_only
@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """What the caller says of an answer they were given."""
    _speaking(request)
    actor = _actor(request)
    case, form = visible_case(actor, code), RateForm(request.POST)
    if form.is_valid():
        try:
            rate_case(case, **form.cleaned_data, actor=actor, version=version_seen(request))
        except Refused as refused:
            return shown(request, case=visible_case(actor, code), refused=refused, rating=form, status=refused.status)
        messages.success(request, "评价已记下，谢谢来电人。")
        return redirect(f"{reverse('hotline')}?case={code}")
    return shown(request, case=case, rating=form, status=422)


def shown(
    request: HttpRequest,
    *,
    case: Case | None = None,
    taken_in: Case | None = None,
    step: str = "",
    attempted: Attempted | None = None,
    form: NeedForm | None = None,
    made: Any = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    user, call = user_of(request), calls.call_of(request)
    contact = calls.contact_of(call, user)
    party = contact.party if contact else None
    history = history_of(party) if party else []
    subject = case or taken_in
    matter = made.finding.matter if made else subject.matter if subject else ""
    context = {
        "call": call,
        "party": party,
        "contact": contact,
        "known": _known(call) if call and not party else [],
        "history": history,
        "unrated": [one for one in history if one.state == "finished"],
        "form": form or NeedForm(initial=_known_of_caller(call, party, history)),
        "preview": made,
        "guidance": guidance_for(matter),
        "always": ALWAYS,
        "lookups": LOOKUPS,
        "now": timezone.now(),
        "rating": RateForm(),
        **(_told(case, _actor(request), step, attempted) if case else {}),
        **(_result(taken_in) if taken_in else {}),
        **more,
    }
    return render(request, "web/hotline/console.html", context, status=status)


def _known(call: calls.Call) -> list[tuple[Party, str]]:
    """Several people may share a phone: the agent asks whom they speak with."""
    return [(party, ticket_for(party, "phone")) for party in find_by_phone(call.phone)]


def _known_of_caller(call: calls.Call | None, party: Party | None, history: list[Case]) -> dict[str, Any]:
    """What need not be asked again; the key makes a second press of the button harmless."""
    known: dict[str, Any] = {"kind": "person", "key": secrets.token_urlsafe(18)}
    if party:
        return {**known, "groups": party.groups, "region": history[0].region[:6] if history else ""}
    return {**known, "phone": call.storable_phone if call else ""}


def _told(case: Case, actor: Actor, step: str, attempted: Attempted | None) -> dict[str, Any]:
    now, members = timezone.now(), family(case)
    action = reverse("hotline_step", args=[case.code, step]) if step else ""
    return {
        "case": case,
        "lines": staff_timeline(case),
        "missing": missing_from_citizen(case),
        "offers": offers_for(case, actor, opened=step, at=now),
        "opened": open_step(case, step, actor, action=action, at=now, attempted=attempted) if step else None,
        "refused": attempted.refused if attempted else None,
        "promises": promises_of(*members),
        "children": [(child, procedure_of(child)) for child in members[1:]],
    }


def _result(case: Case) -> dict[str, Any]:
    return {
        "taken_in": case,
        "at_once": case.facts.get("at_once", []),
        "promises": promises_of(case),
        "reasons": [text for _, text in case.facts.get("reasons", [])],
    }
