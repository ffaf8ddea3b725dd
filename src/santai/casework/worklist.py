"""The one work list: mine, my organisation's, my region's; due first; a page at a time by key, never by offset."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from santai.casework.access import cases_for, in_region
from santai.casework.models import Case
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships
from santai.trust.roles import ROLES, Reach, Role

PAGE = 30
SCOPES = {"mine": "我的", "organisation": "本单位", "region": "辖区"}
DUE = {"overdue": "已逾期", "soon": "三日内到期", "paused": "已中止", "provisional": "期限暂定"}
SOON = timedelta(days=3)


@dataclass(frozen=True)
class Page:
    rows: list[Case]
    next_cursor: str


def worklist(
    actor: Actor,
    scope: str = "mine",
    *,
    filters: Mapping[str, str] | None = None,
    cursor: str = "",
    size: int = PAGE,
    at: datetime | None = None,
) -> Page:
    """One page of open cases (closed ones with filters["closed"]), soonest due first, those without a date last."""
    wanted = filters or {}
    found = scoped(actor, scope, at=at).filter(closed_at__isnull=not wanted.get("closed"))
    found = filtered(found, wanted, at=at or timezone.now())
    rows = list(
        _after(found, cursor)
        .select_related("applicant", "organisation", "handler")
        .order_by(F("due_at").asc(nulls_last=True), "id")[: size + 1]
    )
    more = len(rows) > size
    return Page(rows[:size], _cursor(rows[size - 1]) if more else "")


def scoped(actor: Actor, scope: str, *, at: datetime | None = None) -> QuerySet[Case]:
    """The cases of one tab, never more than the actor may see."""
    if actor.user is None:
        return Case.objects.none()
    if scope == "mine":
        return cases_for(actor, at=at).filter(handler=actor.user)
    memberships = current_memberships(actor.user)
    if scope == "organisation":
        return cases_for(actor, at=at).filter(organisation_id__in={m.organisation_id for m in memberships})
    prefixes = {m.organisation.region_id for m in memberships if ROLES[Role(m.role)].reach is Reach.REGION}
    area = Q(pk__in=[])
    for prefix in sorted(prefixes):
        area |= in_region(prefix)
    return Case.objects.filter(area)


def filtered(cases: QuerySet[Case], wanted: Mapping[str, str], *, at: datetime) -> QuerySet[Case]:
    if any("\x00" in value for value in wanted.values()):
        return cases.none()
    exact = {key: wanted[key] for key in ("procedure", "state", "matter", "channel") if wanted.get(key)}
    cases = cases.filter(**exact)
    if _is_number(wanted.get("urgency", "")):
        cases = cases.filter(urgency=int(wanted["urgency"]))
    if _is_number(wanted.get("organisation", "")):
        cases = cases.filter(organisation=int(wanted["organisation"]))
    if wanted.get("region"):
        cases = cases.filter(in_region(wanted["region"]))
    due = {
        "overdue": Q(due_at__lt=at),
        "soon": Q(due_at__gte=at, due_at__lt=at + SOON),
        "paused": Q(is_paused=True),
        "provisional": Q(is_provisional=True),
    }.get(wanted.get("due", ""))
    return cases.filter(due) if due else cases


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _cursor(case: Case) -> str:
    key = [case.due_at.isoformat() if case.due_at else "", case.pk]
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _after(cases: QuerySet[Case], cursor: str) -> QuerySet[Case]:
    """Rows behind the cursor; a cursor nobody gave out means the beginning."""
    if not cursor:
        return cases
    try:
        due, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(due).astimezone(UTC) if due else None
        number = int(pk)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        return cases
    if moment is None:
        return cases.filter(due_at__isnull=True, pk__gt=number)
    return cases.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=number) | Q(due_at__isnull=True))
