"""Looking again at legal aid: peers grade a closed file, the office checks a commitment. Both were drawn by lot.

法律援助法 41, 57, 64. The case that is looked at is the parent; what the draw recorded stands in the facts under
`drawn`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from santai.casework.conflicts import conflicts, told, unresolved
from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.people.parties import find_or_create
from santai.procedures.forms.legal_aid import GRADES
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.legal_aid import remedy
from santai.procedures.rules.legal_aid_defence import CRIMINAL
from santai.procedures.rules.legal_aid_eligibility import standard_for
from santai.procedures.rules.legal_aid_subsidy import quote_for
from santai.registry.models import OrganisationKind, Practitioner
from santai.registry.regions import nearest
from santai.registry.standing import may_practise

MAY_REVIEW = frozenset({Practitioner.Kind.LAWYER, Practitioner.Kind.LEGAL_AID})


def reviewed_case(case: Case) -> Case:
    """The case that was drawn."""
    if case.parent is None:
        raise NotFromHere("没有被抽中的案件", todo="请从抽查名单里打开。")
    return case.parent


# --- peers --------------------------------------------------------------------------------------------------------


def may_review(attempt: Attempt) -> None:
    reviewer: Practitioner = attempt.data["practitioner"]
    problems = list(_obstacles(attempt, reviewer))
    if problems:
        raise Missing(*problems, todo="请改选其他评估人。", fields={"practitioner": problems})


def _obstacles(attempt: Attempt, reviewer: Practitioner) -> Iterator[str]:
    """Not who handled it, not from their firms, not who decided in it, not who stepped back."""
    drawn, name = reviewed_case(attempt.case), reviewer.name
    standing = may_practise(reviewer, localdate(attempt.at))
    if not standing:
        yield standing.reason
    if reviewer.kind not in MAY_REVIEW:
        yield f"{name}是{reviewer.get_kind_display()}，不能评估法律援助案件"
    if reviewer.user is None or not reviewer.user.is_active:
        yield f"{name}还没有可用的平台账号，无法在平台上评估"
    handled = handlers_of(drawn)
    if reviewer.pk in {one.get("practitioner") for one in handled}:
        yield f"{name}承办过本案，不能评估自己的案件"
    elif reviewer.organisation_id in {one.get("firm") for one in handled}:
        yield f"{name}和承办人在同一家单位，应当由其他单位的人评估"
    elif reviewer.user and LogEntry.objects.filter(case=drawn, actor=reviewer.user).exists():
        yield f"{name}参与过本案的审查，不能评估"
    if reviewer.pk in attempt.case.facts.get("stepped_back", []):
        yield f"{name}已经表示不能评估本案"
    found = conflicts(drawn, reviewer, localdate(attempt.at), is_criminal=drawn.procedure in CRIMINAL)
    yield from told(unresolved(found, attempt.data.get("no_conflict", "")))


def handlers_of(case: Case) -> list[dict[str, Any]]:
    return [*case.facts.get("earlier_assignments", []), case.facts.get("assignment", {})]


def keep_reviewer(attempt: Attempt) -> dict[str, Any]:
    reviewer: Practitioner = attempt.data["practitioner"]
    kept = {"practitioner": reviewer.pk, "name": reviewer.name, "firm_name": reviewer.organisation.name}
    return {"handler": reviewer.user, "facts": {"reviewer": kept}}


def keep_step_back(attempt: Attempt) -> dict[str, Any]:
    away = [*attempt.case.facts.get("stepped_back", []), attempt.case.facts["reviewer"]["practitioner"]]
    return {"handler": None, "facts": {"stepped_back": away, "reviewer": {}}}


def keep_peer_grade(attempt: Attempt) -> dict[str, Any]:
    grade = attempt.data["grade"]
    return {"facts": {"grade": grade, "grade_label": dict(GRADES)[grade], "faults": attempt.data["faults"]}}


def not_the_reviewer(attempt: Attempt) -> None:
    if attempt.case.handler_id and attempt.actor.user and attempt.actor.user.pk == attempt.case.handler_id:
        raise NotYou("评估人不能确认自己的评估", todo="请由法律援助机构负责人确认。")


def looked_at_again_once(attempt: Attempt) -> None:
    if latest(attempt.log, "order_second_review"):
        raise NotFromHere("已经另行评估过一次", todo="请根据两次评估确认等次。")


def keep_second_review(attempt: Attempt) -> dict[str, Any]:
    """The first grade stays on record; somebody else looks."""
    facts = attempt.case.facts
    first = {"grade": facts["grade"], "reviewer": facts["reviewer"], "faults": facts["faults"]}
    return {**keep_step_back(attempt), "facts": {**keep_step_back(attempt)["facts"], "first_grade": first}}


# --- commitments --------------------------------------------------------------------------------------------------


def not_asked_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_papers"):
        raise NotFromHere("已经请受援人提供过证明", todo="请根据现有材料核查。")


def keep_false(attempt: Attempt) -> dict[str, Any]:
    """What the service given so far is worth is calculated by the tariff, not typed (法律援助法 64)."""
    case = reviewed_case(attempt.case)
    today = localdate(attempt.at)
    found = quote_for(case, on=today) if was_served(case) else None
    standard = standard_for(case.region, today)
    kept = {
        "owed": str(found.total if found else Decimal(0)),
        "owed_lines": found.explain() if found else ["还没有提供服务，没有需要支付的款项。"],
        "owed_basis": found.basis if found else "",
        "standard": str(standard.monthly_income_per_head) if standard else "",
        "reason_label": dict(_choices(attempt, "reason"))[attempt.data["reason"]],
    }
    return {"facts": {"false": kept}}


def was_served(case: Case) -> bool:
    return bool(case.facts.get("assignment"))


def _choices(attempt: Attempt, field: str) -> list[tuple[str, str]]:
    form = attempt.step.form
    return list(form.base_fields[field].choices) if form else []  # type: ignore[attr-defined]


def not_who_proposed(attempt: Attempt) -> None:
    proposed = latest(attempt.log, "propose_false")
    if proposed and attempt.actor.user and proposed.actor_id == attempt.actor.user.pk:
        raise NotYou("提出认定的人不能自己批准", todo="请由法律援助机构负责人批准。")


def keep_decision(attempt: Attempt) -> dict[str, Any]:
    found = remedy(attempt)
    return {"facts": {"objection_body": found["objection_body"], "objection_phone": found["objection_phone"]}}


def nothing_is_owed(attempt: Attempt) -> None:
    if Decimal(attempt.case.facts["false"]["owed"]) != 0:
        raise NotFromHere("还有需要收回的款项", todo="请登记收回，或者写明没有收回的情形。")


def something_is_owed(attempt: Attempt) -> None:
    if Decimal(attempt.case.facts["false"]["owed"]) == 0:
        raise NotFromHere("没有需要收回的款项", todo="请办理“没有款项需要收回，办结”。")


def recovered_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "recovered_on")


def not_handed_over(attempt: Attempt) -> None:
    if latest(attempt.log, "hand_over"):
        raise NotFromHere("已经移送司法行政部门", todo="是否处罚由司法行政部门决定，请继续办理收回款项。")


def as_clue(attempt: Attempt) -> dict[str, Any]:
    """The office reports it to the judicial administration that set it up, which alone may fine (法律援助法 64)."""
    case, false = attempt.case, attempt.case.facts["false"]
    if case.organisation is None:
        raise Missing("本件没有法律援助机构", todo="请先由法律援助机构接收。")
    told = (
        f"诚信承诺抽查（案码{case.code}）认定承诺不真实（{false['reason_label']}），"
        f"应当支付的法律援助费用{false['owed']}元。移送理由：{attempt.data['explanation']}"
    )
    office = find_or_create(
        name=case.organisation.name, phone=attempt.data["phone"], kind="company", at=attempt.at
    )
    bureau = next(iter(nearest(OrganisationKind.BUREAU, case.organisation.region_id)), None)
    return {"applicant": office, "text": told, "organisation": bureau}
