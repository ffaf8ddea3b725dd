"""The conditions of labour arbitration that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clock_count import add_months
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import workdays
from santai.procedures.forms.arbitration_labour import PARTIES, Dispute
from santai.procedures.rules import arbitration as common
from santai.procedures.rules.arbitration import is_over, limit_has_passed, reading
from santai.procedures.rules.arbitration_finality import ITEMS, Finality, finality, minimum_wage
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.roles import PERSON

# 劳动争议调解仲裁法第七条: from this number on they act through representatives.
GROUP = 10
LIMITATION_MONTHS = 12
FIVE_DAYS, THREE_DAYS = workdays(5), workdays(3)
ABSENCE_REMEDY = (
    "以无正当理由缺席为由视为撤回的，就同一请求再次申请可能不被受理；您可以咨询12348，了解能否向人民法院起诉。"
)
OUTSIDE = {
    Dispute.SERVICE: "没有劳动关系的劳务、承揽争议，可以向人民法院起诉或者申请调解",
    Dispute.ADMINISTRATIVE: "工伤认定、社会保险经办等行政争议，可以申请行政复议或者提起行政诉讼",
}

hearing_in_time = common.noticed_in_time("AR03H", FIVE_DAYS)
postponed_in_time = common.asked_in_time("AR03P", THREE_DAYS)


# --- application and acceptance -----------------------------------------------------------------------------------


def keep_application(attempt: Attempt) -> dict[str, Any]:
    kept = {key: value for key, value in attempt.data.items() if key != "story"}
    kept |= {
        "kind_label": str(Dispute(kept["kind"]).label),
        "contract_place": common.place_of(attempt, "contract_place"),
    }
    note = limitation_note(
        kept["known_on"], localdate(attempt.at), kept["ended_on"], is_wages=kept["wages_in_employment"]
    )
    return {"facts": {"application": kept, "limitation": note, "is_group": kept["workers"] >= GROUP}}


def limitation_note(known_on: date, today: date, ended_on: date | None, *, is_wages: bool) -> str:
    """One year from knowing; unpaid wages of a running employment are not barred (劳动争议调解仲裁法第二十七条).

    A hint for the secretary: whether the period was interrupted or suspended only the parties can say.
    """
    if is_wages and ended_on is None:
        return "在职期间拖欠劳动报酬，不受一年仲裁时效限制"
    start, since = (ended_on, "劳动关系终止") if is_wages and ended_on else (known_on, "知道权利被侵害")
    last = add_months(start, LIMITATION_MONTHS)
    if today > last:
        return f"自{since}之日（{start}）起已过一年（{last}届满），请核实有没有中断、中止的事由"
    return f"自{since}之日（{start}）起一年，{last}届满，没有超过"


def may_be_accepted(attempt: Attempt) -> None:
    application = attempt.case.facts["application"]
    if outside := OUTSIDE.get(application["kind"]):
        raise Missing(outside, todo="请办理“不予受理”，告诉申请人应当找哪里。")
    problems = common.agent_is_authorised(attempt)
    if not common.is_here(attempt, application["contract_place"], application["employer_place"]):
        problems.append("劳动合同履行地和用人单位所在地都不在本辖区，请办理“移送”")
    if application["workers"] >= GROUP and not application["representatives"]:
        problems.append(f"劳动者一方有{application['workers']}人，应当推举代表参加仲裁")
    if problems:
        raise Missing(*problems, todo="请通知补正，或者移送有管辖权的仲裁委员会。")


def keep_acceptance(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.actor.user, "facts": {"basis": attempt.step.basis}}


def keep_representatives(attempt: Attempt) -> dict[str, Any]:
    """What a group sends in afterwards belongs to its application."""
    application = attempt.case.facts["application"]
    named = attempt.data["representatives"] or application["representatives"]
    return {"facts": {"application": {**application, "representatives": named}}}


# --- overdue: the way to the court --------------------------------------------------------------------------------


def acceptance_or_award_is_late(attempt: Attempt) -> None:
    """No decision in time opens the court (第二十九条、第四十三条)."""
    name = "acceptance" if attempt.case.state == "submitted" else "award"
    if not limit_has_passed(attempt, name):
        window = reading(attempt, name)
        until = f"到{window.due_on}为止" if window and window.due_on else "没有届满"
        raise NotFromHere(f"仲裁委员会的期限{until}，还没有逾期", todo="请等仲裁委员会作出决定。")


# --- hearing, mediation, award ------------------------------------------------------------------------------------


def may_be_announced(attempt: Attempt) -> None:
    common.no_recusal_pending(attempt)
    common.not_suspended(attempt)
    hearing_in_time(attempt)


def may_be_postponed(attempt: Attempt) -> None:
    common.speaks_for_own_side(attempt)
    postponed_in_time(attempt)


def may_be_executed_first(attempt: Attempt) -> None:
    claimant = attempt.case.facts["application"]["applicant_is"]
    if claimant != "worker":
        raise Missing("先予执行由劳动者申请", todo="请核对申请人。")


def award_is_ready(attempt: Attempt) -> None:
    common.award_is_ready(attempt)
    if not latest(attempt.log, "try_mediation"):
        raise Missing("裁决前应当先行调解，还没有调解记录", todo="请先办理“记录调解”（劳动争议调解仲裁法第四十二条）。")
    found = finality_of(attempt)
    chosen = attempt.data["found_final"]
    differs = found.is_final is None or (chosen and (chosen == "final") != found.is_final)
    if differs and not (chosen and attempt.data["found_because"]):
        raise Missing(
            *found.lines,
            todo="请选择仲裁庭的认定，并写明理由。",
            fields={"found_final": ["请选择是否终局。"], "found_because": ["请写明理由。"]},
        )


def finality_of(attempt: Attempt) -> Finality:
    body = attempt.case.organisation
    region = body.region_id if body else attempt.case.region
    return finality(
        {name: attempt.data[name] for name in ITEMS},
        labour_standards=attempt.data["labour_standards"],
        other_items=attempt.data["other_items"],
        wage=minimum_wage(region, attempt.data["decided_on"]),
    )


def keep_award(attempt: Attempt) -> dict[str, Any]:
    found = finality_of(attempt)
    chosen = attempt.data["found_final"]
    is_final = chosen == "final" if chosen else found.is_final
    lines = list(found.lines)
    if attempt.data["found_because"]:
        lines.append(f"仲裁庭认定：{attempt.data['found_because']}")
    return {"facts": {**common.award_facts(attempt), "is_final": bool(is_final), "finality_lines": lines}}


def award_is_final(attempt: Attempt) -> None:
    employer_not_served(attempt)
    if not attempt.case.facts.get("is_final"):
        raise NotFromHere("不是终局裁决", todo="请办理“记录送达用人单位”。")


def award_is_not_final(attempt: Attempt) -> None:
    employer_not_served(attempt)
    if attempt.case.facts.get("is_final"):
        raise NotFromHere("是终局裁决", todo="请办理“记录终局裁决送达用人单位”。")


worker_not_served = common.once_since("award", "serve_worker", words="劳动者的送达已经记录过")
employer_not_served = common.once_since(
    "award", "serve_employer", "serve_employer_final", words="用人单位的送达已经记录过"
)


# --- after the award ----------------------------------------------------------------------------------------------

WINDOWS = {"worker": "sue_worker", "employer": "sue_employer"}


def speaks_for_own_party(attempt: Attempt) -> None:
    own = attempt.case.facts["application"]["applicant_is"]
    if attempt.role in PERSON and attempt.data["party"] != own:
        label = dict(PARTIES)[own]
        raise Missing("您只能代表自己提出", todo=f"请选“{label}”。", fields={"party": [f"请选“{label}”。"]})


def may_sue(attempt: Attempt) -> None:
    """Fifteen days from receipt; against a final award only the worker may sue (第四十八条、第五十条)."""
    speaks_for_own_party(attempt)
    not_in_the_future(attempt, "filed_on")
    party, state = attempt.data["party"], attempt.case.state
    if state != "set_aside" and party == "employer" and attempt.case.facts.get("is_final"):
        raise Missing(
            "终局裁决，用人单位不能起诉",
            todo="有法定情形的，可以自收到裁决书之日起三十日内向中级人民法院申请撤销。",
            fields={"party": ["终局裁决只有劳动者可以起诉。"]},
        )
    name = "sue_after_set_aside" if state == "set_aside" else WINDOWS[party]
    _filed_in_time(attempt, name, words="起诉")


def may_ask_to_set_aside(attempt: Attempt) -> None:
    speaks_for_own_party(attempt)
    not_in_the_future(attempt, "filed_on")
    if attempt.data["party"] != "employer":
        raise Missing("申请撤销终局裁决的是用人单位", todo="劳动者不服的，可以向人民法院起诉。")
    if not attempt.case.facts.get("is_final"):
        raise Missing("不是终局裁决，不能申请撤销", todo="不服的，可以自收到裁决书之日起十五日内起诉。")
    _filed_in_time(attempt, "set_aside_employer", words="申请撤销")


def _filed_in_time(attempt: Attempt, name: str, *, words: str) -> None:
    window = reading(attempt, name)
    if attempt.data["court_accepted"] or window is None or window.due_on is None:
        return
    if attempt.data["filed_on"] > window.due_on:
        raise Missing(
            f"{words}的期限到{window.due_on}为止，裁决已经生效",
            todo="法院已经受理的，请勾选“法院已经受理”。",
            fields={"filed_on": [f"晚于{window.due_on}。"]},
        )


def award_has_taken_effect(attempt: Attempt) -> None:
    if common.waits(attempt, *common.CORRECTION):
        raise NotFromHere("有补正请求还没有答复", todo="请先答复。")
    is_over(attempt, "sue_worker", unserved="裁决书还没有送达劳动者")
    is_over(attempt, "sue_employer", "set_aside_employer", unserved="裁决书还没有送达用人单位")


def nobody_sued_after_set_aside(attempt: Attempt) -> None:
    is_over(attempt, "sue_after_set_aside", unserved="还没有记录收到撤销裁定的日期")


def keep_absence(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"basis": attempt.step.basis, "remedy": ABSENCE_REMEDY}}
