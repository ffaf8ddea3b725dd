"""What a supervisor needs to see today: what is late and where, what waits for a ruling, who is not satisfied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from santai.casework.access import in_region
from santai.casework.models import Case
from santai.casework.sealed import open_files
from santai.insight.indicators import CHANNELS, Indicator, indicators
from santai.trust.actors import Actor
from santai.trust.memberships import regions_of
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.offers import offers_for
from santai.web.guard import actor_of, roles_required, user_of

MOST = 20
FIGURES_OVER = timedelta(days=90)
COLUMNS = ("received", "finished", "in_time", "rated", "satisfied")


@dataclass(frozen=True)
class LateAt:
    """An organisation with something overdue; none stands for what nobody holds."""

    organisation_id: int | None
    name: str
    number: int
    oldest: datetime


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[str]


@roles_required(Role.SUPERVISOR)
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    user, actor, now = user_of(request), actor_of(request), timezone.now()
    regions = regions_of(user, Role.SUPERVISOR)
    cases = open_cases(user)
    late = cases.filter(due_at__lt=now)
    context = {
        "now": now,
        "late_at": late_by_organisation(late),
        "most_late": with_supervision(late.order_by("due_at", "pk")[:MOST], actor, now),
        "disputed": list(cases.filter(state="disputed").order_by("due_at", "pk")[:MOST]),
        "dissatisfied": list(cases.filter(state="dissatisfied").order_by("due_at", "pk")[:MOST]),
        "figures": figures(regions[0] if regions else "", since=now - FIGURES_OVER),
        "days": FIGURES_OVER.days,
    }
    return render(request, "web/desk/watch.html", context)


def open_cases(user: User) -> QuerySet[Case]:
    area = Q(pk__in=[])
    for prefix in regions_of(user, Role.SUPERVISOR):
        area |= in_region(prefix)
    found = Case.objects.filter(area, open_files(), closed_at__isnull=True)
    return found.select_related("applicant", "organisation", "handler")


def late_by_organisation(late: QuerySet[Case]) -> list[LateAt]:
    rows = (
        late.select_related(None)
        .order_by()
        .values("organisation", name=F("organisation__name"))
        .annotate(number=Count("pk"), oldest=Min("due_at"))
        .order_by("-number", "oldest")[:MOST]
    )
    return [LateAt(row["organisation"], row["name"] or "还没有分派", row["number"], row["oldest"]) for row in rows]


def with_supervision(cases: QuerySet[Case], actor: Actor, at: datetime) -> list[tuple[Case, bool]]:
    """Each case, and whether it can be supervised as it stands."""
    found = []
    for case in cases:
        names = {offer.step.name for offer in offers_for(case, actor, at=at)}
        found.append((case, "supervise" in names))
    return found


def figures(region: str, *, since: datetime) -> list[Row]:
    """Received, finished, in time, rated and satisfied, for each platform and all of them."""
    found = {indicator.code: indicator for indicator in indicators(region, since=localdate(since))}
    platforms = [("all", "全部"), *((channel.value, str(channel.label)) for channel in CHANNELS)]
    return [Row(label, [_words(found.get(f"{column}.{code}")) for column in COLUMNS]) for code, label in platforms]


def _words(indicator: Indicator | None) -> str:
    """A share of nothing is a dash."""
    if indicator is None or indicator.value is None:
        return "—"
    if indicator.denominator is None:
        return f"{indicator.numerator:.0f}"
    return f"{indicator.value:.0%}（{indicator.numerator:.0f}/{indicator.denominator}）"
