"""Whose licence a penalty touches: the party is looked up in the register before it is proposed.

停止执业 and 停业整顿 last their months from the day of service, 吊销 lasts; what is revoked or changed is lifted. The
register itself is written by `evaluation/standing.py`, when the step is taken.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.rules.conditions import months_after
from santai.procedures.rules.enforcement import by_its_officers, check_penalty, evidence_is_settled
from santai.procedures.rules.enforcement_discretion import Sanction
from santai.registry.models import Organisation, Practitioner

PROCEDURE = "enforcement"
Standing = Practitioner.Standing


# --- who it is ----------------------------------------------------------------------------------------------------


def is_the_party(attempt: Attempt) -> None:
    """Exactly one answer, and of the same name: nobody else's licence is touched by mistake."""
    by_its_officers(attempt)
    given, party = attempt.data, attempt.case.applicant
    field, other, what = ("body", "licensee", "单位") if party.kind == "company" else ("licensee", "body", "个人")
    if given[other]:
        told = f"当事人是{what}，请不要填这一栏。"
        raise Missing(f"当事人是{what}", todo="请在对应的一栏里填写。", fields={other: [told]})
    if bool(given[field]) == bool(given["not_listed"]):
        problem = "请填写名册里的当事人，或者勾选“名册里没有当事人”"
        raise Missing(problem, todo="两样只选一样。", fields={field: ["请核对。"]})
    if given[field] and given[field].name != party.name:
        raise Missing(
            f"名册里是“{given[field].name}”，和当事人的姓名（名称）不一致",
            todo="请核对执业证号；确实不在名册里的，请勾选“名册里没有当事人”。",
            fields={field: ["和当事人不一致。"]},
        )


def keep_listed(attempt: Attempt) -> dict[str, Any]:
    named = {"practitioner": attempt.data["licensee"], "organisation": attempt.data["body"]}
    found = {name: one.pk for name, one in named.items() if one}
    return {"facts": {"listed": found or {"not_listed": True}}}


def may_propose(attempt: Attempt) -> None:
    by_its_officers(attempt)
    evidence_is_settled(attempt)
    check_penalty(attempt)
    is_listed_when_needed(attempt)


def is_listed_when_needed(attempt: Attempt) -> None:
    if _kind(Sanction.of(attempt.data)) and not attempt.case.facts.get("listed"):
        raise Missing(
            "停止执业、停业整顿、吊销要写进执业名册，还没有核对名册里的当事人",
            todo="请执法人员先办理“核对名册中的当事人”。",
        )


# --- what is in force ---------------------------------------------------------------------------------------------


def _kind(sanction: Sanction) -> str:
    if sanction.revoke:
        return Standing.ENDED.value
    return Standing.SUSPENDED.value if sanction.months else ""


def restriction(case: Case, sanction: Sanction, since: date) -> dict[str, Any]:
    """What the decision does to the licence from the day it was served; empty when it does nothing."""
    kind, listed = _kind(sanction), case.facts.get("listed") or {}
    if not kind or not listed or listed.get("not_listed"):
        return {}
    until = "" if sanction.revoke else months_after(since, sanction.months).isoformat()
    return {"kind": kind, "since": since, "until": until, "before": _before(case, listed)}


def _before(case: Case, listed: dict[str, Any]) -> str:
    """The standing without any penalty: that of the register, unless another penalty has changed it already."""
    running = in_force_on(listed, besides=case)
    if running:
        return str(running[0]["before"])
    if "organisation" in listed:
        is_active = Organisation.objects.filter(pk=listed["organisation"], is_active=True).exists()
        return Standing.ACTIVE.value if is_active else Standing.SUSPENDED.value
    return Practitioner.objects.values_list("standing", flat=True).get(pk=listed["practitioner"])


def in_force_on(listed: dict[str, Any], *, besides: Case | None = None) -> list[dict[str, Any]]:
    """The restrictions by which this licence is touched now, the earliest case first."""
    ((name, number),) = listed.items()
    cases = Case.objects.filter(**{"procedure": PROCEDURE, f"facts__listed__{name}": number}).order_by("pk")
    found = [case.facts.get("restriction") or {} for case in cases if besides is None or case.pk != besides.pk]
    return [one for one in found if is_in_force(one)]


def is_in_force(found: dict[str, Any]) -> bool:
    return bool(found.get("kind")) and not found.get("lifted_by")


def lifted(attempt: Attempt) -> dict[str, Any]:
    """`lifted_by` is the number of the log entry that is about to be written."""
    found = attempt.case.facts.get("restriction") or {}
    return {**found, "lifted_by": attempt.case.version + 1} if is_in_force(found) else found


def keep_lifted(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"restriction": lifted(attempt)}}


def is_over(attempt: Attempt) -> None:
    found = attempt.case.facts.get("restriction") or {}
    until = found.get("until") if is_in_force(found) else ""
    if not until or localdate(attempt.at) <= date.fromisoformat(until):
        raise NotFromHere(f"停止执业（停业整顿）到{until or '决定送达以后'}为止", todo="期满后会自动记录。")


def nothing_still_runs(attempt: Attempt) -> None:
    found = attempt.case.facts.get("restriction") or {}
    if is_in_force(found) and found["until"]:
        raise NotFromHere(f"停止执业（停业整顿）到{found['until']}才满", todo="期满后会自动结案。")
