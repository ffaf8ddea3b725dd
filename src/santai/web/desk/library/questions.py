"""What people ask: the hot questions, and those that found no good answer, most asked first."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.models import AskedQuestion
from santai.triage.matters import matters
from santai.web.desk.library.rights import writers

MOST = 50
TABS = (("gaps", "没有好答案的"), ("hot", "问得最多的"), ("aside", "不再列出的"))
PERIODS = ((7, "近 7 天"), (30, "近 30 天"), (365, "近一年"))


@writers
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", "gaps")
    days = next((days for days, _ in PERIODS if str(days) == request.GET.get("days")), 30)
    matter = request.GET.get("matter", "")
    rows = _rows(show, timezone.now() - timedelta(days=days))
    rows = rows.filter(matter=matter) if matter in matters() else rows
    context = {
        "rows": rows.select_related("answered_by")[:MOST],
        "tabs": [(key, label, key == show) for key, label in TABS],
        "periods": PERIODS,
        "days": days,
        "show": show,
        "matter": matter,
        "matters": matters(),
        "room": "knowledge",
    }
    return render(request, "web/desk/library/questions.html", context)


def _rows(show: str, since: object) -> QuerySet[AskedQuestion]:
    rows = AskedQuestion.objects.filter(last_asked_at__gte=since)
    if show == "aside":
        return rows.filter(set_aside=True).order_by("-times", "pk")
    rows = rows.filter(set_aside=False)
    if show == "hot":
        return rows.order_by("-times", "pk")
    return rows.filter(unanswered__gt=0, answered_by=None).order_by(F("unanswered").desc(), "pk")


@writers
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Not worth an answer, or worth one after all."""
    row = get_object_or_404(AskedQuestion, pk=pk)
    row.set_aside = not row.set_aside
    row.save(update_fields=["set_aside"])
    messages.success(request, "不再列出；在“不再列出的”里可以找回。" if row.set_aside else "已重新列出。")
    return redirect("desk_questions")
