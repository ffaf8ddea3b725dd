"""Verification of step logs without trusting them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from santai.casework.chain import fault_in
from santai.casework.models import Case

BATCH = 200


def broken_chains(
    cases: QuerySet[Case], advance: Callable[[int], object] = lambda _: None
) -> Iterator[tuple[str, str]]:
    """Code and fault of each case whose log, state or version is not what the chain says."""
    for case in cases.prefetch_related("log").iterator(chunk_size=BATCH):
        log = sorted(case.log.all(), key=lambda entry: entry.number)
        fault = fault_in(log, code=case.code, version=case.version)
        if not fault and log[-1].to_state != case.state:
            fault = f"state is {case.state}, the log says {log[-1].to_state}"
        if fault:
            yield case.code, fault
        advance(1)
