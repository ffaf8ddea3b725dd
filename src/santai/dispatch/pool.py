"""The dispatcher's pool: what waits to be given to somebody, the urgent first, then the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from santai.casework.access import in_region
from santai.casework.models import Case
from santai.dispatch.assign import PROCEDURE, STEP_FROM
from santai.trust.memberships import regions_of
from santai.trust.models import User
from santai.trust.roles import Role

PAGE = 50


class BadCursor(ValueError):
    """The mark of a page was changed on its way; the message may be shown."""


@dataclass(frozen=True)
class PoolPage:
    """`cursor` asks for the next page, empty at the end. `counts` is of the whole pool: received, returned, urgent."""

    cases: list[Case]
    cursor: str
    counts: dict[str, int]


def waiting() -> QuerySet[Case]:
    return Case.objects.filter(procedure=PROCEDURE, state__in=list(STEP_FROM))


def pool_of(user: User) -> QuerySet[Case]:
    """Waiting cases in the divisions where the user is dispatcher; nobody else has a pool."""
    codes = regions_of(user, Role.DISPATCHER)
    if not codes:
        return Case.objects.none()
    places = Q()
    for code in codes:
        places |= in_region(code)
    return waiting().filter(places)


def pool(user: User, *, cursor: str = "", size: int = PAGE) -> PoolPage:
    mine = pool_of(user)
    ordered = mine.select_related("applicant", "pool_note").order_by("-urgency", "opened_at", "pk")
    if cursor:
        ordered = ordered.filter(_after(cursor))
    found = list(ordered[: size + 1])
    return PoolPage(found[:size], _cursor_after(found, size), _counts(mine))


def _counts(mine: QuerySet[Case]) -> dict[str, int]:
    return mine.aggregate(
        received=Count("pk", filter=Q(state="received")),
        returned=Count("pk", filter=Q(state="returned")),
        urgent=Count("pk", filter=Q(urgency=Case.Urgency.URGENT)),
    )


def _cursor_after(found: Sequence[Case], size: int) -> str:
    if len(found) <= size:
        return ""
    last = found[size - 1]
    return f"{last.urgency}|{last.opened_at.isoformat()}|{last.pk}"


def _after(cursor: str) -> Q:
    try:
        urgency_text, opened_text, pk_text = cursor.split("|")
        urgency, opened_at, pk = int(urgency_text), datetime.fromisoformat(opened_text), int(pk_text)
    except ValueError as fault:
        raise BadCursor("翻页标记不完整，请回到第一页") from fault
    if opened_at.tzinfo is None:
        raise BadCursor("翻页标记不完整，请回到第一页")
    later = Q(opened_at__gt=opened_at) | Q(opened_at=opened_at, pk__gt=pk)
    return Q(urgency__lt=urgency) | (Q(urgency=urgency) & later)
