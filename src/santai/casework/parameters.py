"""Values the law leaves to a province, or that are still to be confirmed: looked up by place and date.

The most specific division wins, then the latest date. Each question is one indexed query; work that asks the same of
thousands of cases (a sweep, a recomputation) does so inside `with remembered():`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from santai.casework.models import Parameter
from santai.casework.terms import Amount, Unit
from santai.registry.regions import scopes

CLOCK = "clock."
log = logging.getLogger(__name__)
_remembered: ContextVar[list[Parameter] | None] = ContextVar("remembered_parameters", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Read the table once for everything inside the block."""
    token = _remembered.set(list(Parameter.objects.all()))
    try:
        yield
    finally:
        _remembered.reset(token)


def value(key: str, *, region: str, on: date, default: Any = None) -> Any:
    found = row(key, region=region, on=on)
    return found.value if found else default


def row(key: str, *, region: str, on: date) -> Parameter | None:
    """The parameter itself, for those who must show its basis and since when it holds."""
    kept = _remembered.get()
    rows = list(Parameter.objects.filter(key=key)) if kept is None else [one for one in kept if one.key == key]
    return _in_force(rows, region=region, on=on).get(key)


def clock_overrides(region: str, on: date) -> dict[str, Amount]:
    """Clock id → the limit that replaces the table's, from rows such as clock.LA07 = {"count": 15, "unit": "CD"}."""
    kept = _remembered.get()
    rows = list(Parameter.objects.filter(key__startswith=CLOCK)) if kept is None else kept
    found = {}
    for key, parameter in _in_force(rows, region=region, on=on).items():
        if not key.startswith(CLOCK):
            continue
        try:
            found[key.removeprefix(CLOCK)] = amount_from(parameter.value)
        except ValueError as fault:
            # One mistyped row must not stop every case of a province: the table's own limit holds.
            log.error("parameter %s (%s, since %s) is ignored: %s", key, parameter.region, parameter.since, fault)
    return found


def amount_from(given: Any) -> Amount:
    """{"count": 15, "unit": "CD"} as an Amount. ValueError says what is wrong."""
    if not isinstance(given, Mapping) or set(given) != {"count", "unit"}:
        raise ValueError('a limit is written {"count": number, "unit": "CD, WD, H, SEC, M or Y"}')
    count = given["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count <= 0:
        raise ValueError(f"count must be a whole number above 0, not {count!r}")
    return Amount(count, Unit(given["unit"]))


def _in_force(rows: list[Parameter], *, region: str, on: date) -> dict[str, Parameter]:
    """For each key the row that holds at a place on a day."""
    here = {"", *scopes(region)}
    holding = [one for one in rows if one.region in here and one.since <= on]
    return {one.key: one for one in sorted(holding, key=lambda one: (len(one.region), one.since))}
