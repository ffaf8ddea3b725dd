"""Which round of screening is due for a committee on a day: villages weekly, towns monthly, everybody daily in key
periods. Basis: local plans (北京均衡发展若干措施 §13); the rhythm is a setting, key periods are declared by region and
date.

Parameters: `screening.rhythm`, such as {"12": "weekly", "9": "monthly"} (digits of the committee's division → rhythm);
`screening.key_periods`, a list such as [{"name": "春节", "from": "2026-02-10", "to": "2026-02-24"}].
"""

from __future__ import annotations

import logging
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from santai.casework import parameters
from santai.registry.models import Organisation

RHYTHM_KEY, PERIODS_KEY = "screening.rhythm", "screening.key_periods"
USUAL_RHYTHM = {"12": "weekly", "9": "monthly"}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """`key` is the same for everybody of a rhythm; a committee has one round of each key."""

    key: str
    rhythm: str
    name: str
    starts_on: date
    ends_on: date


def round_due(committee: Organisation, day: date) -> Round | None:
    """None where the division has no duty (a county, a trade)."""
    region = committee.region_id
    rhythms = parameters.value(RHYTHM_KEY, region=region, on=day, default=USUAL_RHYTHM)
    rhythm = rhythms.get(str(len(region))) if isinstance(rhythms, dict) else None
    if rhythm is None:
        return None
    key_period = next((name for name, first, last in _key_periods(region, day) if first <= day <= last), "")
    if key_period:
        return Round(f"{day:%Y-%m-%d}", "daily", f"{day:%Y-%m-%d} {key_period}", day, day)
    return _week(day) if rhythm == "weekly" else _month(day)


def _week(day: date) -> Round:
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Round(f"{year}-W{week:02d}", "weekly", f"{year}年第{week}周", monday, monday + timedelta(days=6))


def _month(day: date) -> Round:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return Round(f"{day:%Y-%m}", "monthly", f"{day.year}年{day.month}月", day.replace(day=1), last)


def _key_periods(region: str, day: date) -> Iterator[tuple[str, date, date]]:
    for given in parameters.value(PERIODS_KEY, region=region, on=day, default=[]) or []:
        try:
            yield _period(given)
        except (KeyError, TypeError, ValueError) as fault:
            # One mistyped period must not stop the rounds of a province.
            log.error("a period of parameter %s is ignored: %r (%s)", PERIODS_KEY, given, fault)


def _period(given: Any) -> tuple[str, date, date]:
    return str(given["name"]), date.fromisoformat(given["from"]), date.fromisoformat(given["to"])
