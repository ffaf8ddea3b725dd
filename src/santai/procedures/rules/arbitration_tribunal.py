"""Who may sit on an arbitral tribunal. Every obstacle is named at once, so that the next choice is a good one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from santai.casework.conflicts import conflicts, told, unresolved
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parts import Duty
from santai.casework.refusals import Missing, NotFromHere
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise
from santai.trust.memberships import members_in_charge, roles_of
from santai.trust.roles import Role

SEATS = ("presiding", "second", "third")


def members(data: dict[str, Any]) -> list[Practitioner]:
    return [data[seat] for seat in SEATS if data.get(seat)]


def may_be_formed(attempt: Attempt) -> None:
    chosen = members(attempt.data)
    problems = [problem for one in chosen for problem in obstacles(attempt, one)]
    problems += _cannot_preside(chosen[0])
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
        "members": [_kept(one) for one in chosen],
        "names": "、".join(one.name for one in chosen),
        "presiding": chosen[0].name,
        "secretary": attempt.data["secretary"],
    }
    return {"handler": chosen[0].user, "facts": {"tribunal": tribunal, "basis": attempt.step.basis}}


def keep_new_tribunal(attempt: Attempt) -> dict[str, Any]:
    """Whoever left does not come back (`recused`, see conflicts)."""
    before, leaving = attempt.case.facts, attempt.data["leaving"].strip()
    gone = [member for member in before["tribunal"]["members"] if member["name"] == leaving]
    changes = keep_tribunal(attempt)
    return {**changes, "facts": {**changes["facts"], "recused": [*before.get("recused", []), *gone]}}


def _kept(one: Practitioner) -> dict[str, Any]:
    return {"practitioner": one.pk, "user": one.user_id, "name": one.name, "licence": one.licence}


# --- recusal ------------------------------------------------------------------------------------------------------


def decides_on_recusal(attempt: Attempt) -> None:
    """The head decides; where the head sits in the case, the commission as a body, whose secretary records it.

    仲裁法（2017年修正）第三十六条; 农村土地承包经营纠纷调解仲裁法第二十九条; for labour the rules of 2017, to be
    confirmed. Nobody decides on a tribunal they sit in.
    """
    sitting = {member.get("user") for member in attempt.case.facts["tribunal"]["members"]}
    if attempt.actor.user and attempt.actor.user.pk in sitting:
        raise NotFromHere("您是本案仲裁员，不能决定本案仲裁员的回避", todo="请由仲裁委员会集体决定，由仲裁秘书记录。")
    if attempt.role == Role.ARBITRATION_SECRETARY and not _heads(attempt.case) & sitting:
        raise NotFromHere("仲裁员是否回避，由仲裁机构负责人决定", todo="请仲裁机构负责人办理。")


def _heads(case: Case) -> set[int]:
    return members_in_charge({Role.ARBITRATION_DIRECTOR}, organisation_id=case.organisation_id)


# --- the person ---------------------------------------------------------------------------------------------------


def obstacles(attempt: Attempt, arbitrator: Practitioner) -> Iterator[str]:
    name, case = arbitrator.name, attempt.case
    standing = may_practise(arbitrator, localdate(attempt.at))
    if not standing:
        yield standing.reason
    if arbitrator.kind != Practitioner.Kind.ARBITRATOR:
        yield f"{name}是{arbitrator.get_kind_display()}，不是仲裁员"
    elif case.organisation_id and arbitrator.organisation_id != case.organisation_id:
        yield f"{name}不在本机构的仲裁员名册上"
    yield from _recusals(attempt, arbitrator)


def _cannot_preside(arbitrator: Practitioner) -> Iterator[str]:
    """The case goes into the hands of the one who presides."""
    user = arbitrator.user
    if user is None or not user.is_active:
        yield f"{arbitrator.name}还没有可用的平台账号，不能担任首席或独任仲裁员"
    elif Role.ARBITRATOR not in roles_of(user):
        yield f"{arbitrator.name}的账号没有“{Role.ARBITRATOR.label}”角色，不能担任首席或独任仲裁员"


def _recusals(attempt: Attempt, arbitrator: Practitioner) -> Iterator[str]:
    """Names only point to it; a written check sets a namesake apart."""
    found = conflicts(attempt.case, arbitrator, localdate(attempt.at), duty=Duty.ARBITRATE)
    yield from told(unresolved(found, attempt.data.get("no_conflict", "")))
