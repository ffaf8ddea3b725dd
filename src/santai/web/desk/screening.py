"""Rounds of screening for disputes (排查), by committee: done, due, missed. For heads of committees and supervisors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.access import in_region
from santai.casework.models import Case
from santai.intake.screening import PROCEDURE
from santai.trust.memberships import current_memberships, regions_of
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.guard import roles_required, user_of

COUNTED_OVER = timedelta(days=90)
MOST_COMMITTEES, MOST_ROUNDS = 200, 60
CLOCKS = ("report", "daily_report")


@dataclass(frozen=True)
class Committee:
    """The rounds of one committee over the last months."""

    organisation_id: int
    name: str
    in_time: int
    late: int
    due: int
    missed: int


@dataclass(frozen=True)
class Row:
    """One round: its name, how it stands (a tone of the chips, an icon, a word), and what it found."""

    case: Case
    name: str
    tone: str
    icon: str
    label: str
    found: int | None


@roles_required(Role.COMMITTEE_HEAD, Role.SUPERVISOR)
@require_GET
def screening(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    rounds = rounds_for(user, since=now - COUNTED_OVER)
    committees = by_committee(rounds, now)
    context = {
        "now": now,
        "days": COUNTED_OVER.days,
        "committees": committees,
        "is_cut": len(committees) == MOST_COMMITTEES,
        "sums": summed(rounds, now),
        "rounds": [row_of(case, now) for case in waiting_first(rounds)],
        "sees_region": bool(regions_of(user, Role.SUPERVISOR)),
    }
    return render(request, "web/desk/screening.html", context)


def rounds_for(user: User, *, since: datetime) -> QuerySet[Case]:
    """Of the committees the user heads, and of the divisions the user supervises."""
    mine = [one.organisation_id for one in current_memberships(user) if one.role == Role.COMMITTEE_HEAD]
    reach = Q(organisation__in=mine)
    for prefix in regions_of(user, Role.SUPERVISOR):
        reach |= in_region(prefix)
    return Case.objects.filter(reach, procedure=PROCEDURE, opened_at__gte=since)


def _conditions(now: datetime) -> dict[str, Q]:
    """What became of a round. One that was reported after its day is late, not missed."""
    of_report = Q(clocks__name__in=CLOCKS)
    return {
        "in_time": Q(state="reported", clocks__condition="met") & of_report,
        "late": Q(state="reported", clocks__condition="missed") & of_report,
        "due": Q(state="due", clocks__due_at__gte=now) & of_report,
        "missed": (Q(state="missed") | Q(state="due", clocks__due_at__lt=now)) & of_report,
    }


def by_committee(rounds: QuerySet[Case], now: datetime) -> list[Committee]:
    """Those furthest behind first."""
    rows: Any = rounds.order_by().values("organisation_id", "organisation__name").annotate(**_counts(now))
    found = rows.order_by("-missed", "-due", "organisation__name")[:MOST_COMMITTEES]
    return [
        Committee(row["organisation_id"], row["organisation__name"], *(row[name] for name in _conditions(now)))
        for row in found
    ]


def _counts(now: datetime) -> dict[str, Count]:
    return {name: Count("pk", filter=condition, distinct=True) for name, condition in _conditions(now).items()}


def summed(rounds: QuerySet[Case], now: datetime) -> dict[str, int]:
    """All committees together, and how many disputes were found."""
    sums: dict[str, int] = rounds.aggregate(**_counts(now))
    found = Case.objects.filter(parent__in=rounds.order_by().values("pk"))
    return {**sums, "mediations": found.count()}


def waiting_first(rounds: QuerySet[Case]) -> list[Case]:
    waiting = rounds.filter(state="due").order_by("due_at", "pk").select_related("organisation")[:MOST_ROUNDS]
    first = list(waiting)
    rest = rounds.exclude(state__in=("due", "planned")).order_by("-opened_at", "-pk").select_related("organisation")
    return [*first, *rest[: MOST_ROUNDS - len(first)]]


def row_of(case: Case, now: datetime) -> Row:
    standing = _standing(case, now)
    return Row(case, case.facts["round"]["name"], *standing, case.facts.get("report", {}).get("disputes_found"))


def _standing(case: Case, now: datetime) -> tuple[str, str, str]:
    if case.state == "reported":
        return "done", "check", "已报告"
    if case.state == "missed" or (case.due_at and case.due_at < now):
        return "late", "alert", "没有按期"
    return "soon", "clock", "待报告"
