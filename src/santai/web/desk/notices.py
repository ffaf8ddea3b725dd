"""Messages to the person at this desk."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import cases_for
from santai.notices.models import Notice
from santai.notices.queue import mark_read
from santai.trust.models import User
from santai.web.guard import actor_of, user_of

PAGE = 30


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """All of them, the latest first; ?unread=1 leaves out what was read."""
    mine = _mine(user_of(request))
    only_unread = request.GET.get("unread") == "1"
    rows = mine.filter(read_at__isnull=True) if only_unread else mine
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 16:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "before": found[PAGE - 1].pk if len(found) > PAGE else None,
        "only_unread": only_unread,
        "is_later_page": bool(before),
    }
    return render(request, "web/desk/notices.html", context)


def _mine(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user, way=Notice.Way.DESK).order_by("-pk")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    number = mark_read(user_of(request))
    messages.success(request, f"{number} 条消息已标为已读。" if number else "没有未读的消息。")
    return redirect("desk_notices")


@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it and go to its case."""
    notice = get_object_or_404(_mine(user_of(request)), pk=pk)
    mark_read(user_of(request), [notice.pk])
    if notice.case_code and cases_for(actor_of(request)).filter(code=notice.case_code).exists():
        return redirect("desk_case", code=notice.case_code)
    if notice.case_code:
        messages.info(request, "这条消息说的那件事已经不归您办了，所以打不开。")
    return redirect("desk_notices")
