"""Time limits computed anew from the logs when the calendar changed. Touches due dates, never a state."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from santai.casework.access import procedure_of
from santai.casework.actions import set_due
from santai.casework.clock_runs import CHINA
from santai.casework.clocks import stored_rows
from santai.casework.models import Case, CaseClock, LogEntry
from santai.casework.parameters import remembered
from santai.casework.reading import clocks_of
from santai.workdays.signals import calendar_changed

BATCH = 200
DUE_FIELDS = ["due_at", "due_clock", "is_paused", "is_provisional"]
CLOCK_FIELDS = ["condition", "started_at", "due_at", "stopped_at", "is_provisional", "missed_before"]
log = logging.getLogger(__name__)


def recompute_provisional(*, first: date | None = None, last: date | None = None, now: datetime | None = None) -> int:
    """Read again every case with a provisional clock, and every one with a clock that runs over `first` to `last`.

    Returns how many cases were read again. A case in the hands of somebody else is waited for.
    """
    moment = now or timezone.now()
    concerned = Q(is_provisional=True)
    if first is not None and last is not None:
        concerned |= Q(started_at__lt=_midnight(last + timedelta(days=1)), due_at__gte=_midnight(first))
    keys = sorted(set(CaseClock.objects.filter(concerned).values_list("case_id", flat=True)))
    with remembered():
        return sum(_recompute(keys[start : start + BATCH], moment) for start in range(0, len(keys), BATCH))


def on_calendar_changed(*, first: date, last: date, **_signal: Any) -> int:
    return recompute_provisional(first=first, last=last)


def listen() -> None:
    calendar_changed.connect(on_calendar_changed, dispatch_uid="recompute_time_limits")


@transaction.atomic
def _recompute(keys: list[int], now: datetime) -> int:
    cases = list(Case.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    logs = _logs(keys)
    rows: list[CaseClock] = []
    for case in cases:
        rows += _read_again(case, logs[case.pk], now)
    if rows:
        CaseClock.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["case", "name"], update_fields=CLOCK_FIELDS
        )
    Case.objects.bulk_update(cases, DUE_FIELDS)
    return len(cases)


def _read_again(case: Case, entries: list[LogEntry], now: datetime) -> Iterator[CaseClock]:
    try:
        found = clocks_of(case, entries, now=now)
    except KeyError:
        log.error("case %s: procedure %s %s is not installed", case.code, case.procedure, case.procedure_version)
        return
    set_due(case, procedure_of(case), found)
    for row in stored_rows(found):
        yield CaseClock(case=case, **row)


def _logs(keys: list[int]) -> dict[int, list[LogEntry]]:
    logs: dict[int, list[LogEntry]] = defaultdict(list)
    for entry in LogEntry.objects.filter(case_id__in=keys).order_by("case_id", "number"):
        logs[entry.case_id].append(entry)
    return logs


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CHINA)
