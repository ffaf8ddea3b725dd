"""Filters a person keeps under a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from santai.casework.worklist import SCOPES
from santai.web.desk.filters import KEYS, TABS, query_of
from santai.web.guard import roles_required, user_of
from santai.web.models import SavedFilter

MOST = 20
LONGEST_NAME = 20


@roles_required()
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Under a name that is taken already, the new filter takes the place of the old."""
    user, scope = user_of(request), request.POST.get("scope", "")
    scope = scope if scope in SCOPES else "mine"
    query, name = _known_part(request.POST.get("query", "")), _tidy(request.POST.get("name", ""))
    if not name:
        messages.error(request, "请给这个筛选起个名字，例如“快到期的劳动纠纷”。")
    elif _is_full(request, name):
        messages.error(request, f"最多保存 {MOST} 个筛选，请先删掉不用的。")
    else:
        SavedFilter.objects.update_or_create(user=user, name=name, defaults={"scope": scope, "query": query})
        messages.success(request, f"已保存筛选“{name}”。")
    return _back(scope, query)


@roles_required()
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own filter another name, or delete it."""
    held = get_object_or_404(SavedFilter, pk=pk, user=user_of(request))
    name = _tidy(request.POST.get("name", ""))
    if "delete" in request.POST:
        held.delete()
        messages.success(request, f"已删除筛选“{held.name}”。")
    elif not name:
        messages.error(request, "名字不能空着，请再填一次。")
    elif SavedFilter.objects.filter(user=held.user, name=name).exclude(pk=held.pk).exists():
        messages.error(request, f"您已经有一个叫“{name}”的筛选，请换个名字。")
    else:
        held.name = name
        held.save(update_fields=["name"])
        messages.success(request, f"已改名为“{name}”。")
    return _back(held.scope, held.query)


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _is_full(request: HttpRequest, name: str) -> bool:
    held = SavedFilter.objects.filter(user=user_of(request))
    return not held.filter(name=name).exists() and held.count() >= MOST


def _known_part(query: str) -> str:
    given = QueryDict(query)
    return query_of({key: given.get(key, "") for key in KEYS})[:500]


def _back(scope: str, query: str) -> HttpResponse:
    return redirect(f"{reverse(TABS[scope])}?{query}" if query else reverse(TABS[scope]))
