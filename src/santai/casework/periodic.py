"""What a procedure does by itself when a time has come.

A step that the system may take, that asks for nothing and has a `when`, is such a step: the table says when it is due,
and the worker takes it.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from santai.casework.access import log_of, procedure_of
from santai.casework.actions import take_step
from santai.casework.kernel import Attempt, Procedure, Step, all_procedures
from santai.casework.models import Case, CaseDocument
from santai.casework.recompute import recompute_provisional
from santai.casework.refusals import Refused
from santai.documents.copies import render_missing_copies
from santai.documents.models import DocumentKind
from santai.documents.reading import ask, read_waiting
from santai.notices.periodic import every
from santai.trust.actors import SYSTEM
from santai.trust.roles import Role

log = logging.getLogger(__name__)
# No running limit is longer, in days; older ones that have run out no longer change.
LONGEST_LIMIT = 400
MOST_CARDS = 100


def is_timed(step: Step) -> bool:
    asks_nobody = step.form is None or step.fills is not None
    return Role.SYSTEM in step.allowed_roles and asks_nobody and step.when is not None


@every(minutes=30)
def take_timed_steps(*, at: datetime) -> int:
    return sum(
        _take(case_id, step.name, at)
        for table in all_procedures()
        for step in table.steps
        if is_timed(step) and not step.daily
        for case_id in _waiting(table, step, at)
    )


@every(minutes=24 * 60)
def take_daily_steps(*, at: datetime) -> int:
    """Steps that come due while limits are running: the end of a term, the count of a month."""
    return sum(
        _take(case_id, step.name, at)
        for table in all_procedures()
        for step in table.steps
        if is_timed(step) and step.daily
        for case_id in _here(table, step).order_by("pk").values_list("pk", flat=True)
    )


def take_due_steps(case: Case, *, at: datetime) -> int:
    """What has come due in this case alone."""
    timed = [step for step in procedure_of(case).steps if is_timed(step) and case.state in step.sources]
    return sum(_take(case.pk, step.name, at) for step in timed)


def _here(table: Procedure, step: Step) -> QuerySet[Case]:
    return Case.objects.filter(procedure=table.name, procedure_version=table.version, state__in=step.sources)


def _waiting(table: Procedure, step: Step, at: datetime) -> list[int]:
    """Cases where the step leads on and no running limit lies ahead (a paused case has none)."""
    is_free = Q(due_at__lt=at) | Q(due_at__isnull=True)
    return list(_here(table, step).filter(is_free).order_by("pk").values_list("pk", flat=True))


def _take(case_id: int, name: str, at: datetime) -> bool:
    case = Case.objects.select_related("applicant", "organisation", "handler").get(pk=case_id)
    try:
        take_step(case, name, actor=SYSTEM, data=_filled(case, name, at), at=at)
    except Refused:
        return False
    except Exception:
        # One case that fails must not hold up all the others of the province.
        log.exception("case %s: step %s could not be taken by itself", case.code, name)
        return False
    return True


def _filled(case: Case, name: str, at: datetime) -> dict[str, Any]:
    step = procedure_of(case).step(name)
    if step.fills is None:
        return {}
    attempt = Attempt(case, log_of(case), step, SYSTEM, Role.SYSTEM, {}, at)
    if step.when:
        step.when(attempt)
    return step.fills(attempt)


@every(minutes=24 * 60)
def read_running_clocks_again(*, at: datetime) -> int:
    """A server that had not yet noticed a new calendar may have counted with the old one."""
    return recompute_provisional(first=at.date(), last=at.date() + timedelta(days=LONGEST_LIMIT), now=at)


@every(minutes=5)
def render_letters(*, at: datetime) -> int:
    """Every letter gets its PDF, also one that nobody has opened yet."""
    return render_missing_copies(at=at)


@every(seconds=5)
def read_pictures(*, at: datetime) -> int:
    """Somebody may be waiting at a form: whoever asked is served within seconds."""
    return read_waiting(at=at)


@every(minutes=1)
def read_identity_cards(*, at: datetime) -> int:
    """Identity cards that were handed in are read without anybody asking, however they came."""
    fresh = CaseDocument.objects.filter(
        kind=DocumentKind.IDENTITY, added_at__gt=at - timedelta(days=1), file__reading__isnull=True
    )
    return sum(ask(paper.file, at=at) is not None for paper in fresh.select_related("file")[:MOST_CARDS])
