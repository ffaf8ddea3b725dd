"""What waits in the pool is looked at again: people come on duty, loads change, offices open."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q

from santai.dispatch.assign import dispatch, note
from santai.dispatch.pool import waiting
from santai.notices.periodic import every

log = logging.getLogger(__name__)

AT_ONCE = 200
LOOK_AGAIN_AFTER = timedelta(minutes=60)


@every(minutes=5)
def dispatch_waiting_cases(*, at: datetime) -> int:
    return dispatch_waiting(AT_ONCE, at)


def dispatch_waiting(limit: int, at: datetime) -> int:
    """How many were dispatched. Those never looked at come first, then those looked at longest ago, so that a pool of
    doubtful cases does not hold up the clear ones behind it."""
    due = Q(pool_note__isnull=True) | Q(pool_note__considered_at__lte=at - LOOK_AGAIN_AFTER)
    cases = waiting().filter(due).select_related("applicant", "organisation", "handler")
    ordered = cases.order_by("-urgency", F("pool_note__considered_at").asc(nulls_first=True), "opened_at", "pk")[:limit]
    done = 0
    for case in list(ordered):
        try:
            done += dispatch(case, at=at) is not None
        except Exception:
            log.exception("case %s could not be dispatched; it stays in the pool", case.code)
            note(case, "自动分派时出错，请人工分派", at=at)
    return done
