"""What a procedure does by itself when a time has come.

A step that the system may take, that asks for nothing and has a `when`, is such a step: the table says when it is due,
and the worker takes it.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from santai.casework.actions import take_step
from santai.casework.kernel import Procedure, Step, all_procedures
from santai.casework.models import Case
from santai.casework.recompute import recompute_provisional
from santai.casework.refusals import Refused
from santai.notices.periodic import every
from santai.trust.actors import SYSTEM
from santai.trust.roles import Role

log = logging.getLogger(__name__)
# No running limit is longer, in days; older ones that have run out no longer change.
LONGEST_LIMIT = 400


def is_timed(step: Step) -> bool:
    return Role.SYSTEM in step.allowed_roles and step.form is None and step.when is not None


@every(minutes=30)
def take_timed_steps(*, at: datetime) -> int:
    return sum(
        _take(case_id, step.name, at)
        for table in all_procedures()
        for step in table.steps
        if is_timed(step)
        for case_id in _waiting(table, step, at)
    )


def _waiting(table: Procedure, step: Step, at: datetime) -> list[int]:
    """Cases where the step leads on and no running limit lies ahead (a paused case has none)."""
    here = Case.objects.filter(procedure=table.name, procedure_version=table.version, state__in=step.sources)
    return list(here.filter(Q(due_at__lt=at) | Q(due_at__isnull=True)).order_by("pk").values_list("pk", flat=True))


def _take(case_id: int, name: str, at: datetime) -> bool:
    case = Case.objects.select_related("applicant", "organisation", "handler").get(pk=case_id)
    try:
        take_step(case, name, actor=SYSTEM, at=at)
    except Refused:
        return False
    except Exception:
        # One case that fails must not hold up all the others of the province.
        log.exception("case %s: step %s could not be taken by itself", case.code, name)
        return False
    return True


@every(minutes=24 * 60)
def read_running_clocks_again(*, at: datetime) -> int:
    """A server that had not yet noticed a new calendar may have counted with the old one."""
    return recompute_provisional(first=at.date(), last=at.date() + timedelta(days=LONGEST_LIMIT), now=at)
