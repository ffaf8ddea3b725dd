"""Who may sit on an arbitral tribunal. Every obstacle is named at once, so that the next choice is a good one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise

SEATS = ("presiding", "second", "third")


def members(data: dict[str, Any]) -> list[Practitioner]:
    return [data[seat] for seat in SEATS if data.get(seat)]


def may_be_formed(attempt: Attempt) -> None:
    chosen = members(attempt.data)
    problems = [problem for one in chosen for problem in obstacles(attempt, one)]
    if len({one.pk for one in chosen}) < len(chosen):
        problems.append("同一位仲裁员不能在仲裁庭里占两个位置")
    if problems:
        raise Missing(*problems, todo="请改选其他仲裁员。", fields={"presiding": problems})


def may_be_replaced(attempt: Attempt) -> None:
    now, leaving = names(attempt.case), attempt.data["leaving"].strip()
    if leaving not in now:
        raise Missing(
            f"仲裁庭里没有“{leaving}”",
            todo=f"现在的仲裁庭：{'、'.join(now)}。",
            fields={"leaving": ["请照组庭通知写姓名。"]},
        )
    if leaving in {one.name for one in members(attempt.data)}:
        raise Missing(f"新的仲裁庭里不能再有{leaving}", todo="请改选其他仲裁员。")
    if len(members(attempt.data)) != len(now):
        raise Missing(f"仲裁庭原来是{len(now)}人，更换后人数不变", todo="请填满原来的人数。")
    may_be_formed(attempt)


def names(case: Case) -> list[str]:
    return [member["name"] for member in case.facts.get("tribunal", {}).get("members", [])]


def keep_tribunal(attempt: Attempt) -> dict[str, Any]:
    chosen = members(attempt.data)
    tribunal = {
        "number": len(chosen),
        "members": [{"practitioner": one.pk, "name": one.name, "licence": one.licence} for one in chosen],
        "names": "、".join(one.name for one in chosen),
        "presiding": chosen[0].name,
        "secretary": attempt.data["secretary"],
    }
    return {"facts": {"tribunal": tribunal, "basis": attempt.step.basis}}


def obstacles(attempt: Attempt, arbitrator: Practitioner) -> Iterator[str]:
    name, case = arbitrator.name, attempt.case
    standing = may_practise(arbitrator, localdate(attempt.at))
    if not standing:
        yield standing.reason
    if arbitrator.kind != Practitioner.Kind.ARBITRATOR:
        yield f"{name}是{arbitrator.get_kind_display()}，不是仲裁员"
    elif case.organisation_id and arbitrator.organisation_id != case.organisation_id:
        yield f"{name}不在本机构的仲裁员名册上"
    if not attempt.data.get("no_conflict"):
        yield from _recusals(attempt, arbitrator)


def _recusals(attempt: Attempt, arbitrator: Practitioner) -> Iterator[str]:
    """Names only point to it; a written check sets a namesake apart."""
    case, name = attempt.case, arbitrator.name
    application = case.facts.get("application", {})
    called = {
        "申请人": case.applicant.name,
        "被申请人": application.get("adverse_name"),
        "代理人": application.get("agent"),
    }
    for role, other in called.items():
        if other and name == other.strip():
            yield f"{name}与本案{role}同名，应当回避"
    if arbitrator.user_id and _handled_for(case, arbitrator.user_id):
        yield f"{name}承办过本案当事人的其他事项，应当回避"


def _handled_for(case: Case, user_id: int) -> bool:
    return Case.objects.filter(handler_id=user_id, applicant_id=case.applicant_id).exclude(pk=case.pk).exists()
