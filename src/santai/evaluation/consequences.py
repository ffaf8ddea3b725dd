"""What follows when a commitment was found false: the aid that is still being given ends with it (法律援助法 48)."""

from __future__ import annotations

from typing import Any

from santai.casework.access import procedure_of
from santai.casework.actions import take_step
from santai.casework.models import Case, LogEntry
from santai.trust.actors import Actor, Channel

CHECK, FOUND_FALSE, ENDING = "legal_aid_commitment_check", "confirm_false", "terminate"


def end_false_aid(case: Case, entry: LogEntry, **_: Any) -> None:
    if case.procedure != CHECK or entry.step != FOUND_FALSE or case.parent_id is None:
        return
    locked = Case.objects.select_for_update(of=("self",)).select_related("applicant", "organisation", "handler")
    aided = locked.get(pk=case.parent_id)
    if aided.state not in procedure_of(aided).step(ENDING).sources:
        return
    actor = Actor(Channel(entry.channel), user=entry.actor, name=entry.actor_name)
    data = {"ground": "fraud", "explanation": f"经济状况的诚信承诺经抽查认定不真实（案码{case.code}）。"}
    take_step(aided, ENDING, actor=actor, data=data, at=entry.at)
