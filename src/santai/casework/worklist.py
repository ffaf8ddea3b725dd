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
from santai.casework.sealed import open_files
from santai.casework.tribunals import seated
from santai.people.models import SpecialGroup
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships
from santai.trust.roles import ROLES, Reach, Role

PAGE = 30
SCOPES = {"mine": "我的", "organisation": "本单位", "region": "辖区"}
# The first of them is a queue of its own: the most urgent first, then the soonest due.
FIRST = "first"
DUE = {FIRST: "优先办理", "overdue": "已逾期", "soon": "三日内到期", "paused": "已中止", "provisional": "期限暂定"}
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
    """One page of open cases (closed ones with filters["closed"]), soonest due first, those without a date last; of the
    queue of priority (filters["due"] == FIRST) the most urgent first."""
    wanted = filters or {}
    found = scoped(actor, scope, at=at).filter(closed_at__isnull=not wanted.get("closed"))
    found = filtered(found, wanted, at=at or timezone.now())
    is_queue = wanted.get("due") == FIRST
    order = (*(("-urgency",) if is_queue else ()), F("due_at").asc(nulls_last=True), "id")
    behind = _after_urgent(found, cursor) if is_queue else _after(found, cursor)
    rows = list(behind.select_related("applicant", "organisation", "handler").order_by(*order)[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], _cursor(rows[size - 1]) if more else "")


def why_first(case: Case) -> str:
    """Why it goes before others, in words; empty when it does not."""
    if not case.urgency:
        return ""
    told = [str(text) for kind, text in case.facts.get("reasons", []) if kind in {"urgency", "group"}]
    groups = [SpecialGroup(group).label for group in case.facts.get("groups", []) if group in SpecialGroup.values]
    return told[0] if told else f"当事人是{'、'.join(groups)}" if groups else "由工作人员定为优先"


def scoped(actor: Actor, scope: str, *, at: datetime | None = None) -> QuerySet[Case]:
    """The cases of one tab, never more than the actor may see."""
    if actor.user is None:
        return Case.objects.none()
    memberships = current_memberships(actor.user)
    if scope == "mine":
        sits = seated(actor.user, memberships) or Q()
        return cases_for(actor, at=at).filter(Q(handler=actor.user) | sits)
    if scope == "organisation":
        return cases_for(actor, at=at).filter(organisation_id__in={m.organisation_id for m in memberships})
    prefixes = {m.organisation.region_id for m in memberships if ROLES[Role(m.role)].reach is Reach.REGION}
    area = Q(pk__in=[])
    for prefix in sorted(prefixes):
        area |= in_region(prefix)
    return Case.objects.filter(area, open_files())


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
        FIRST: Q(urgency__gt=Case.Urgency.NORMAL),
        "overdue": Q(due_at__lt=at),
        "soon": Q(due_at__gte=at, due_at__lt=at + SOON),
        "paused": Q(is_paused=True),
        "provisional": Q(is_provisional=True),
    }.get(wanted.get("due", ""))
    return cases.filter(due) if due else cases


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _cursor(case: Case) -> str:
    key = [case.due_at.isoformat() if case.due_at else "", case.pk, case.urgency]
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _after(cases: QuerySet[Case], cursor: str) -> QuerySet[Case]:
    """Rows behind the cursor; a cursor nobody gave out means the beginning."""
    key = _key(cursor)
    return cases.filter(_later(key)) if key else cases


def _after_urgent(cases: QuerySet[Case], cursor: str) -> QuerySet[Case]:
    key = _key(cursor)
    return cases.filter(Q(urgency__lt=key.urgency) | (Q(urgency=key.urgency) & _later(key))) if key else cases


@dataclass(frozen=True)
class _Key:
    due_at: datetime | None
    pk: int
    urgency: int


def _key(cursor: str) -> _Key | None:
    if not cursor:
        return None
    try:
        due, pk, urgency = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(due).astimezone(UTC) if due else None
        key = _Key(moment, int(pk), int(urgency))
    except (ValueError, TypeError, OverflowError, binascii.Error):
        return None
    return key if abs(key.pk) < 2**63 and abs(key.urgency) < 2**15 else None


def _later(key: _Key) -> Q:
    if key.due_at is None:
        return Q(due_at__isnull=True, pk__gt=key.pk)
    return Q(due_at__gt=key.due_at) | Q(due_at=key.due_at, pk__gt=key.pk) | Q(due_at__isnull=True)
