"""What the bureau has to publish, check, correct and take down, and what of it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.access import cases_for
from santai.casework.models import Case, CaseClock
from santai.procedures.publication import S
from santai.publication.entries import PROCEDURE
from santai.web.guard import actor_of, roles_required
from santai.web.navigation import PUBLISHES
from santai.web.paging import page_of

Condition = CaseClock.Condition


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    states: frozenset[str] = frozenset()


TABS = (
    Tab("late", "超期的"),
    Tab("prepare", "待整理", frozenset({S.NEW, S.DRAFT, S.REVISING})),
    Tab("check", "待审核", frozenset({S.CHECKING})),
    Tab("withdraw", "待撤下", frozenset({S.WITHDRAWING})),
    Tab("correct", "有人申请更正"),
    Tab("shown", "公示中", frozenset({S.PUBLISHED, S.REVISING})),
    Tab("ended", "已停止", frozenset({S.TAKEN_DOWN, S.EXPIRED, S.WITHHELD, S.CANCELLED})),
)


@dataclass(frozen=True)
class InTime:
    """How many periods ended in time this year; `share` is None when none has ended."""

    met: int
    ended: int

    @property
    def share(self) -> str:
        return f"{self.met / self.ended:.0%}" if self.ended else "—"


@roles_required(*PUBLISHES)
@require_GET
def publication(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    seen = cases_for(actor_of(request), at=now).filter(procedure=PROCEDURE)
    counts = {tab.key: _of(tab, seen, now).count() for tab in TABS if tab.key not in {"shown", "ended"}}
    given = request.GET.get("tab", "")
    first = next((tab for tab in TABS if counts.get(tab.key)), TABS[1])
    chosen = next((tab for tab in TABS if tab.key == given), first)
    rows = _of(chosen, seen, now).select_related("applicant", "organisation", "entry")
    context: dict[str, Any] = {
        "now": now,
        "tabs": [(tab, counts.get(tab.key)) for tab in TABS],
        "chosen": chosen,
        "page": page_of(rows, cursor=request.GET.get("cursor", ""), newest_first=True),
        "in_time": in_time(seen, now),
        "room": "publication",
    }
    return render(request, "web/desk/publication.html", context)


def _of(tab: Tab, seen: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    if tab.key == "late":
        return seen.filter(closed_at__isnull=True, due_at__lt=now)
    if tab.key == "correct":
        asked = CaseClock.objects.filter(case=OuterRef("pk"), name="correction", condition=Condition.RUNNING)
        return seen.filter(Exists(asked))
    return seen.filter(state__in=tab.states)


def in_time(seen: QuerySet[Case], now: datetime) -> InTime:
    """Of the periods of publishing and taking down that ended this year."""
    wanted = Q(name__in=("general", "decision", "withdrawal"), stopped_at__year=now.year, stopped_at__isnull=False)
    found = CaseClock.objects.filter(wanted, case__in=seen)
    figures = found.aggregate(ended=Count("pk"), met=Count("pk", filter=Q(condition=Condition.MET)))
    return InTime(figures["met"], figures["ended"])
