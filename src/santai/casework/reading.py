"""The clocks of a case as its log says now."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from santai.casework.access import log_of, procedure_of
from santai.casework.clocks import Reading, readings
from santai.casework.models import Case, LogEntry
from santai.casework.parameters import clock_overrides


def clocks_of(case: Case, log: list[LogEntry] | None = None, *, now: datetime) -> list[Reading]:
    overrides = clock_overrides(region=case.region, on=localdate(case.opened_at))
    return readings(
        procedure_of(case), log_of(case) if log is None else log, region=case.region, now=now, parameters=overrides
    )
