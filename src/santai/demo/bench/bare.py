"""The yardstick: the same rows, written by the bare SQL that the work itself used, in one transaction."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

WRITES = ("INSERT", "UPDATE")
Statement = tuple[str, Any]
Work = Callable[[], object]


@dataclass
class Rate:
    """Seconds each, measured in turns, so that a busy machine slows both."""

    label: str
    whole: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return 1 / undisturbed(self.whole)

    @property
    def bare_per_second(self) -> float:
        return 1 / undisturbed(self.bare)

    @property
    def share(self) -> float:
        """Of the bare rate; 1 would mean that everything around the SQL is free."""
        return self.per_second / self.bare_per_second


def undisturbed(seconds: list[float]) -> float:
    """The lower quartile: what it takes while nobody else wants the machine."""
    return statistics.quantiles(seconds, n=4, method="inclusive")[0]


def measure(rate: Rate, number: int, work: Work) -> None:
    """Even numbers do the work as it is, odd ones only write its rows."""
    if number % 2:
        writes = written_by(work)
        rate.bare.append(_timed(lambda: _write(writes)))
    else:
        rate.whole.append(_timed(work))


def written_by(work: Work) -> list[Statement]:
    """The writing statements of a piece of work, which is undone."""
    writes: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            writes.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        work()
        transaction.set_rollback(True)
    _reset_keys()
    return writes


def _reset_keys() -> None:
    """A sequence does not go back with the transaction; the rows written again must get the keys they refer to."""
    models = [model for model in apps.get_models() if model.__module__.startswith("santai.")]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _write(writes: list[Statement]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in writes:
            cursor.execute(sql, params)


def _timed(work: Work) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
