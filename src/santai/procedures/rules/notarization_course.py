"""The course every notarization takes, for the tables of the special kinds: rows and clocks of
`procedures/notarization.py`, taken over as they stand there, within the states the special table has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import TextChoices

from santai.casework.kernel import Step
from santai.casework.terms import Clock
from santai.procedures.notarization import PROCEDURE as COMMON
from santai.trust.roles import FRONT_LINE


def course(states: type[TextChoices], *names: str, **changes: Any) -> Iterator[Step]:
    """The rows of these names; `changes` apply to each of them."""
    known = frozenset(states.values)
    for name in names:
        step = COMMON.step(name)
        yield replace(step, **{"source": step.sources & known, **changes})


def in_private(states: type[TextChoices], *names: str, **changes: Any) -> Iterator[Step]:
    """The same where nobody at a hotline or a counter may stand in for the person."""
    for step in course(states, *names, **changes):
        yield replace(step, roles=step.allowed_roles - FRONT_LINE)


def clocks(states: type[TextChoices], *names: str) -> Iterator[Clock]:
    known = frozenset(states.values)
    for name in names:
        clock = COMMON.clock(name)
        yield replace(
            clock, runs_from=clock.runs_from & known, until=clock.until & known, paused_in=clock.paused_in & known
        )
