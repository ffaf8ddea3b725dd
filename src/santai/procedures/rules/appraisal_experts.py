"""Who may appraise: two licensed experts of the institution, none of whom has had to do with the matter before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.timezone import localdate

from santai.casework.conflicts import conflicts, told
from santai.casework.kernel import Attempt
from santai.casework.parts import Duty
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.veiled import opened
from santai.documents.models import DocumentKind
from santai.procedures.rules.appraisal import (
    begins_supplementary,
    by_nobody_who_works_on_it,
    not_commissioned_elsewhere,
)
from santai.procedures.rules.conditions import given_since, latest, not_in_the_future
from santai.procedures.rules.fee_relief import fee_is_fair
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise, practising
from santai.trust.memberships import roles_of
from santai.trust.roles import Role

# 司法鉴定程序通则第十九条
EXPERTS = 2


def may_be_accepted(attempt: Attempt) -> None:
    """The institution itself must be able to: two experts with that licence."""
    not_commissioned_elsewhere(attempt)
    label = attempt.case.facts["commission"]["discipline_label"]
    at_home = Practitioner.objects.filter(
        practising(localdate(attempt.at)),
        organisation=attempt.case.organisation,
        kind=Practitioner.Kind.APPRAISER,
    )
    able = [expert for expert in at_home if _is_licensed(expert, label)]
    if len(able) < EXPERTS:
        raise Missing(
            f"本机构登记有“{label}”执业类别的鉴定人只有{len(able)}名，少于{EXPERTS}名",
            todo="请办理“不予受理”，理由选超出业务范围或者能力。",
        )


def may_sign(attempt: Attempt) -> None:
    not_in_the_future(attempt, "effective_on")
    accepted = latest(attempt.log, "accept")
    if accepted and attempt.data["effective_on"] < localdate(accepted.at):
        problem = "委托书不能早于同意受理的日期生效。"
        raise Missing(problem, fields={"effective_on": [problem]})
    first, second = attempt.data["practitioner"], attempt.data["second"]
    if first == second:
        problem = "两名鉴定人不能是同一个人。"
        raise Missing(problem, todo="请另选一名鉴定人。", fields={"second": [problem]})
    _must_be_able(attempt, {"practitioner": first, "second": second})
    fee_is_fair(attempt, "法律援助法第五十三条")


def keep_experts(attempt: Attempt) -> dict[str, Any]:
    chosen = (attempt.data["practitioner"], attempt.data["second"])
    return {"facts": {"experts": [_kept(expert) for expert in chosen]}}


def may_supplement(attempt: Attempt) -> None:
    """A supplementary appraisal is done by the same experts (司法鉴定程序通则第三十条)."""
    begins_supplementary(attempt)
    given_since("issue", kinds=[DocumentKind.COMMISSION])(attempt)
    numbers = [expert["practitioner"] for expert in attempt.case.facts["experts"]]
    experts = Practitioner.objects.select_related("organisation", "user").filter(pk__in=numbers)
    problems = [problem for expert in experts for problem in _in_the_person(attempt, expert)]
    if problems:
        raise Missing(*problems, todo="原鉴定人不能承担补充鉴定的，请按重新鉴定办理。")


# --- recusal ------------------------------------------------------------------------------------------------------


def no_recusal_pending(attempt: Attempt) -> None:
    if _pending(attempt):
        raise NotFromHere("回避申请正在审查", todo="请等待鉴定机构答复。")


def recusal_is_asked(attempt: Attempt) -> None:
    if not _pending(attempt):
        raise NotFromHere("没有待决定的回避申请", todo="委托人提出回避申请后再办理。")


def _pending(attempt: Attempt) -> bool:
    asked = latest(attempt.log, "ask_recusal", "replace_expert", "keep_expert")
    return bool(asked and asked.step == "ask_recusal")


def names_an_expert(attempt: Attempt, field: str = "practitioner") -> None:
    named = attempt.data[field]
    if named.pk not in _numbers(attempt.case.facts["experts"]):
        problem = f"{named.name}不是本案的鉴定人。"
        raise Missing(problem, todo="请从委托受理通知里抄写鉴定人的姓名或执业证号。", fields={field: [problem]})


def may_replace(attempt: Attempt) -> None:
    by_nobody_who_works_on_it(attempt)
    names_an_expert(attempt, "leaving")
    newcomer, at_work = attempt.data["practitioner"], _numbers(attempt.case.facts["experts"])
    if newcomer.pk in at_work | _numbers(attempt.case.facts.get("recused", [])):
        problem = f"{newcomer.name}已经是本案的鉴定人，或者已经回避。"
        raise Missing(problem, todo="请另选一名鉴定人。", fields={"practitioner": [problem]})
    _must_be_able(attempt, {"practitioner": newcomer})


def keep_new_expert(attempt: Attempt) -> dict[str, Any]:
    experts, leaving = attempt.case.facts["experts"], attempt.data["leaving"].pk
    newcomer = _kept(attempt.data["practitioner"])
    gone = [expert for expert in experts if expert["practitioner"] == leaving]
    return {
        "facts": {
            "experts": [newcomer if expert in gone else expert for expert in experts],
            "recused": [*attempt.case.facts.get("recused", []), *gone],
            "leaving": gone[0]["name"],
            "newcomer": newcomer["name"],
        }
    }


# --- the person ---------------------------------------------------------------------------------------------------


def _kept(expert: Practitioner) -> dict[str, Any]:
    return {"practitioner": expert.pk, "user": expert.user_id, "name": expert.name, "licence": expert.licence}


def _numbers(experts: Iterable[dict[str, Any]]) -> set[int]:
    return {expert["practitioner"] for expert in experts}


def _must_be_able(attempt: Attempt, chosen: dict[str, Practitioner]) -> None:
    found = {field: list(_obstacles(attempt, expert)) for field, expert in chosen.items()}
    fields = {field: problems for field, problems in found.items() if problems}
    if fields:
        problems = [problem for named in fields.values() for problem in named]
        raise Missing(*problems, todo="请改选其他鉴定人。", fields=fields)


def _obstacles(attempt: Attempt, expert: Practitioner) -> Iterator[str]:
    yield from _in_the_person(attempt, expert)
    facts = attempt.case.facts
    yield from told(conflicts(attempt.case, expert, localdate(attempt.at), duty=Duty.APPRAISE), with_remedy=False)
    if expert.name in opened(facts["commission"]["took_part"]):
        yield f"{expert.name}参加过同一事项的鉴定、咨询或者当过专家辅助人，应当回避"
    if expert.pk in _numbers(facts.get("earlier_experts", [])):
        yield f"{expert.name}是原鉴定的鉴定人，应当回避"


def _in_the_person(attempt: Attempt, expert: Practitioner) -> Iterator[str]:
    label = attempt.case.facts["commission"]["discipline_label"]
    standing = may_practise(expert, localdate(attempt.at))
    if not standing:
        yield standing.reason
    if expert.kind != Practitioner.Kind.APPRAISER:
        yield f"{expert.name}是{expert.get_kind_display()}，不是司法鉴定人"
    elif not _is_licensed(expert, label):
        yield f"{expert.name}没有登记“{label}”执业类别"
    if expert.organisation_id != attempt.case.organisation_id:
        yield f"{expert.name}不是本机构的鉴定人"
    if expert.user is None or not expert.user.is_active:
        yield f"{expert.name}还没有可用的平台账号，无法在平台上办理"
    elif Role.APPRAISER not in roles_of(expert.user):
        yield f"{expert.name}的账号没有“{Role.APPRAISER.label}”角色，无法记录和签名"


def _is_licensed(expert: Practitioner, label: str) -> bool:
    return any(label in matter for matter in expert.matters)
