"""The work list: one table for mine, my organisation's and my region's, the nearest date first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.worklist import DUE, SCOPES, worklist
from santai.trust.actors import Actor
from santai.web.context import rooms_of
from santai.web.desk.filters import TABS, Filters, first_tab, prefixes_of, query_of, tabs_of
from santai.web.guard import actor_of
from santai.web.models import SavedFilter

TITLES = {"mine": "我手上的事", "organisation": "本单位的事", "region": "辖区里的事"}
EMPTY = {
    "mine": ("您手上没有要办的事", "签收的、指派给您的事会列在这里，最急的在最上面。"),
    "organisation": ("本单位没有在办的事", "分派到本单位的事会列在这里，签收以后就归签收的人。"),
    "region": ("辖区里没有在办的事", "群众从网上、热线、窗口提出的事，都会列在这里。"),
}


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The first tab of the person's roles; whoever sees no cases goes to the room they do have."""
    actor = actor_of(request)
    scope = first_tab(actor)
    if scope:
        return _list(request, actor, scope)
    rooms = [room for room in rooms_of(request) if room["key"] not in ("desk", "notices")]
    return redirect(rooms[0]["url"]) if rooms else render(request, "web/desk/no_room.html")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return _list(request, actor_of(request), "mine")


@require_GET
def ours(request: HttpRequest) -> HttpResponse:
    return _list(request, actor_of(request), "organisation")


@require_GET
def region(request: HttpRequest) -> HttpResponse:
    return _list(request, actor_of(request), "region")


def _list(request: HttpRequest, actor: Actor, scope: str) -> HttpResponse:
    tabs = tabs_of(actor)
    if scope not in tabs:
        raise Http404
    now = timezone.now()
    form = Filters(request.GET, prefixes=prefixes_of(actor) if scope == "region" else [])
    wanted = form.wanted()
    cursor = request.GET.get("cursor", "")
    page = worklist(actor, scope, filters=wanted, cursor=cursor, at=now)
    title, text = EMPTY[scope]
    context = {
        "now": now,
        "scope": scope,
        "heading": TITLES[scope],
        "tabs": [(each, SCOPES[each], reverse(TABS[each])) for each in tabs],
        "form": form,
        "wanted": wanted,
        "is_narrowed": bool(set(wanted) - {"due"}),
        "query": query_of(wanted),
        "dues": _due_links(wanted),
        "page": page,
        "next": _next_link(wanted, page.next_cursor),
        "is_later_page": bool(cursor),
        "saved": list(SavedFilter.objects.filter(user=actor.user)),
        "empty_title": title,
        "empty_text": text,
    }
    return render(request, "web/desk/list.html", context, status=422 if form.errors else 200)


def _next_link(wanted: dict[str, str], cursor: str) -> str:
    query = query_of(wanted)
    return f"?{query}{'&' if query else ''}cursor={cursor}" if cursor else ""


def _due_links(wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Each kind of date as a link that turns it on or off and keeps the other filters."""
    chosen = wanted.get("due", "")
    return [
        {
            "key": key,
            "label": label,
            "is_on": key == chosen,
            "href": "?" + query_of({**wanted, "due": "" if key == chosen else key}),
        }
        for key, label in DUE.items()
    ]
