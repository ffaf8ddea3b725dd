"""What a procedure does by itself when a time has come.

A step that the system may take, that asks for nothing and has a `when`, is such a step: the table says when it is due,
and the worker takes it.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from santai.casework.actions import take_step
from santai.casework.kernel import Procedure, Step, all_procedures
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.notices.periodic import every
from santai.trust.actors import SYSTEM
from santai.trust.roles import Role


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
    return True
