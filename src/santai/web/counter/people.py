"""Whoever comes to the counter: found by what they can show, met, and seen off again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from santai.trust.roles import Role
from santai.web.counter import visit
from santai.web.guard import roles_required, user_of
from santai.web.reception import find_people, history_of, person_of, ticket_for

clerk_only = roles_required(Role.COUNTER_CLERK)
# By what, the question, its icon, and how it is typed.
WAYS: dict[str, dict[str, str]] = {
    "id_number": {"label": "带了身份证", "ask": "身份证号是多少？", "icon": "person", "mode": "text"},
    "phone": {"label": "报手机号", "ask": "手机号是多少？", "icon": "phone", "mode": "tel"},
    "code": {"label": "有案码、回执", "ask": "回执上的案码是多少？", "icon": "document", "mode": "numeric"},
    "name": {"label": "只报姓名", "ask": "姓名是什么？", "icon": "people", "mode": "text"},
}


@clerk_only
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    visitor = visit.visitor(request, user_of(request))
    return screen(request, "web/counter/start.html", {"ways": WAYS, "visitor": visitor})


@clerk_only
def find(request: HttpRequest, by: str) -> HttpResponse:
    """One question; the answer lists who it can be, so that the clerk compares before anything is opened."""
    if by not in WAYS:
        raise Http404
    context: dict[str, Any] = {"by": by, "way": WAYS[by], "ways": WAYS}
    if request.method != "POST":
        return screen(request, "web/counter/find.html", context)
    typed = request.POST.get("q", "").strip()[:120]
    if not typed:
        context["fault"] = f"{WAYS[by]['ask']}请先填上，再查找。"
        return screen(request, "web/counter/find.html", context, status=422)
    people, fault = find_people(by, typed)
    context.update({"typed": typed, "fault": fault, "found": [(party, ticket_for(party, by)) for party in people]})
    if fault:
        return screen(request, "web/counter/find.html", context, status=422)
    return screen(request, "web/counter/found.html", context)


@clerk_only
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """The person stands at the counter: from now on the clerk may see and continue their cases."""
    chosen = person_of(request.POST.get("person", ""))
    if chosen is None:
        messages.error(request, "没有看清选的是谁，请再找一次。")
        return redirect("counter")
    visit.begin(request, user_of(request), *chosen)
    return redirect("counter_person")


@clerk_only
@require_GET
def person(request: HttpRequest) -> HttpResponse:
    visitor = visit.visitor(request, user_of(request))
    if visitor is None:
        return redirect("counter")
    return screen(request, "web/counter/person.html", {"visitor": visitor, "history": history_of(visitor)})


@clerk_only
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    visit.end(request, user_of(request))
    messages.success(request, "已结束接待，上一位的信息不再显示。")
    return redirect("counter")


def screen(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """What every screen knows: who is being served, and when to go back to the start by itself."""
    user = user_of(request)
    shared = {
        "room": "counter",
        "serving": context.get("visitor") or visit.visitor(request, user),
        "idle": visit.IDLE_SECONDS,
        "countdown": visit.COUNTDOWN_SECONDS,
    }
    return render(request, template, {**shared, **context}, status=status)
