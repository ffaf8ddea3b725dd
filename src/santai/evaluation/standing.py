"""The register follows the penalty: whoever is suspended or loses the licence takes nothing on while that is in force.

A decision that is revoked or changed, and a term that is over, give back the standing there was before, unless another
penalty still runs, or somebody has changed the register since.
"""

from __future__ import annotations

from typing import Any

from santai.casework.models import Case, LogEntry
from santai.procedures.rules.enforcement_registry import PROCEDURE, in_force_on
from santai.registry.models import Organisation, Practitioner

TAKES_EFFECT = frozenset({"serve_fine", "serve", "leave_fine", "leave"})
LIFTS = frozenset({"revoke", "order_redo", "change_decision", "restriction_over"})
# From the mildest to the gravest.
GRAVITY = (Practitioner.Standing.ACTIVE, Practitioner.Standing.SUSPENDED, Practitioner.Standing.ENDED)


def follow_penalty(case: Case, entry: LogEntry, **_: Any) -> None:
    """In the transaction of the step."""
    if case.procedure != PROCEDURE or entry.step not in TAKES_EFFECT | LIFTS:
        return
    ours = case.facts.get("restriction") or {}
    if not ours or ours.get("lifted_by", entry.number) != entry.number:
        return
    listed = case.facts["listed"]
    _lock(listed)
    running = [str(one["kind"]) for one in in_force_on(listed)]
    wanted = _gravest(ours["before"], *running)
    if entry.step in LIFTS:
        _write(listed, wanted, only_from=_gravest(ours["before"], ours["kind"], *running))
    else:
        _write(listed, wanted)


def _gravest(*standings: str) -> str:
    return max(standings, key=lambda one: GRAVITY.index(Practitioner.Standing(one)))


def _lock(listed: dict[str, Any]) -> None:
    """Two penalties on one licence are counted one after the other."""
    ((name, number),) = listed.items()
    rows = Organisation.objects if name == "organisation" else Practitioner.objects
    rows.select_for_update().get(pk=number)


def _write(listed: dict[str, Any], standing: str, *, only_from: str = "") -> None:
    """`only_from` is what the register says when nobody has touched it since. A body is active or not."""
    active = Practitioner.Standing.ACTIVE
    if "organisation" in listed:
        bodies = Organisation.objects.filter(pk=listed["organisation"])
        bodies = bodies.filter(is_active=only_from == active) if only_from else bodies
        bodies.update(is_active=standing == active)
    else:
        people = Practitioner.objects.filter(pk=listed["practitioner"])
        people = people.filter(standing=only_from) if only_from else people
        people.update(standing=standing)
