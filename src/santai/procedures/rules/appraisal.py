"""The conditions of a forensic appraisal that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clocks import Reading, latest_day_before
from santai.casework.codes import tidy
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import days
from santai.procedures.forms.appraisal import (
    DISCIPLINES,
    REJECTION_GROUNDS,
    SUPPLEMENT_REASONS,
    SUSPENSION_GROUNDS,
    TERMINATION_GROUNDS,
)
from santai.procedures.forms.notarization import REFUNDS
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.fee_relief import relief_offered
from santai.procedures.rules.notarization import remedy
from santai.registry.models import Organisation, OrganisationKind

# 北京市司法鉴定管理条例第二十三条: the court gives notice at least so long before the hearing.
COURT_NOTICE = days(3)
BEGINNINGS = ("sign", "supplementary")


def clock_reading(attempt: Attempt, name: str) -> Reading | None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((reading for reading in found if reading.clock.name == name), None)


# --- commission ---------------------------------------------------------------------------------------------------


def earlier_case(attempt: Attempt) -> Case | None:
    """The appraisal this one repeats: the case it was opened from, or the one whose code is given."""
    parent = attempt.case.parent
    if parent and parent.procedure == attempt.case.procedure:
        return parent
    code = tidy(attempt.data.get("earlier") or "")
    known = Case.objects.filter(code=code, procedure=attempt.case.procedure).exclude(pk=attempt.case.pk)
    return known.select_related("organisation").first() if code else None


def may_be_commissioned(attempt: Attempt) -> None:
    institution = _institution(attempt)
    if institution is None or institution.kind != OrganisationKind.APPRAISAL:
        _wrong_institution("请选择一家司法鉴定机构。")
    earlier = earlier_case(attempt)
    if attempt.data["earlier"] and earlier is None:
        problem = "没有找到原来的鉴定，请对照鉴定意见书上的案码再输一次。"
        raise Missing(problem, todo="不是重新鉴定的，这一栏不填。", fields={"earlier": [problem]})
    if earlier and institution and earlier.organisation_id == institution.pk:
        _wrong_institution("重新鉴定应当委托另一家鉴定机构，不能还是原来那家。")


def _wrong_institution(problem: str) -> None:
    raise Missing(problem, todo="请改选鉴定机构。", fields={"institution": [problem]})


def _institution(attempt: Attempt) -> Organisation | None:
    chosen: Organisation | None = attempt.data["institution"] or attempt.case.organisation
    return chosen


def keep_commission(attempt: Attempt) -> dict[str, Any]:
    earlier = earlier_case(attempt)
    kept = {key: value for key, value in attempt.data.items() if key not in {"institution", "purpose"}}
    kept["discipline_label"] = dict(DISCIPLINES)[kept["discipline"]]
    facts: dict[str, Any] = {
        "commission": kept,
        "fee_relief": relief_offered(attempt.case, attempt.at),
        "round": "重新鉴定" if earlier else "鉴定",
    }
    if earlier:
        facts |= {"repeats": earlier.code, "earlier_experts": earlier.facts.get("experts", [])}
    return {"organisation": _institution(attempt), "facts": facts}


def not_commissioned_elsewhere(attempt: Attempt) -> None:
    """The same matter at two institutions at once (司法鉴定程序通则第十五条第六项)."""
    case, own = attempt.case, attempt.case.facts["commission"]
    others = Case.objects.filter(applicant=case.applicant, procedure=case.procedure, closed_at__isnull=True)
    for other in others.exclude(pk__in=[case.pk, case.parent_id or case.pk]):
        theirs = other.facts.get("commission", {})
        same = (theirs.get("discipline"), theirs.get("subject")) == (own["discipline"], own["subject"])
        if same and "conclusion" not in other.facts:
            raise Missing(
                f"同一事项正在另一件鉴定里办理，案码{other.code}",
                todo="请办理“不予受理”，或请委托人先撤销另一件委托。",
            )


def keep_rejection(attempt: Attempt) -> dict[str, Any]:
    label = dict(REJECTION_GROUNDS)[attempt.data["ground"]]
    return {"facts": {"ending": attempt.data["ground"], "reason_label": label, **remedy(attempt.case)}}


def time_not_agreed_before(attempt: Attempt) -> None:
    if latest(attempt.log, "agree_time"):
        raise NotFromHere("受理时间已经商定过一次", todo="请在商定的时间内作出决定。")


# --- the work -----------------------------------------------------------------------------------------------------


def extension_is_possible(attempt: Attempt) -> None:
    last = latest(attempt.log, "extend", *BEGINNINGS)
    if last and last.step == "extend":
        raise NotFromHere("鉴定时限只能延长一次", todo="请在现有时限内完成。")


def may_extend(attempt: Attempt) -> None:
    """The head of the institution decides, not those who do the work; and not once the time is over."""
    by_nobody_who_works_on_it(attempt)
    running = clock_reading(attempt, "completion")
    if running and running.is_overdue:
        raise Missing("鉴定时限已经届满，不能再延长", todo="请尽快完成，并向委托人说明。")


def keep_approval(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"approved_by": attempt.actor.name}}


def keep_suspension(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(SUSPENSION_GROUNDS)[attempt.data["ground"]]}}


def has_records(attempt: Attempt) -> None:
    begun = latest(attempt.log, *BEGINNINGS)
    noted = latest(attempt.log, "record")
    if begun and (noted is None or noted.number < begun.number):
        raise NotFromHere("还没有鉴定过程记录", todo="请先办理“记录鉴定过程”，实时记录并核对身份。")


def by_an_expert(attempt: Attempt) -> None:
    if not _works_on_it(attempt):
        raise NotYou("这一步由本案的鉴定人办理", todo="请联系本案的鉴定人。")


def by_nobody_who_works_on_it(attempt: Attempt) -> None:
    if _works_on_it(attempt):
        raise NotYou("本案的鉴定人不能复核、审批自己的鉴定", todo="请由没有参加本案鉴定的机构负责人或者同事办理。")


def _works_on_it(attempt: Attempt) -> bool:
    users = {expert["user"] for expert in attempt.case.facts.get("experts", [])}
    return bool(attempt.actor.user and attempt.actor.user.pk in users)


def keep_draft(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"draft": attempt.data["text"], "draft_conclusion": attempt.data["conclusion"]}}


def keep_review(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reviewer": attempt.actor.name}}


def keep_opinion(attempt: Attempt) -> dict[str, Any]:
    conclusion = attempt.case.facts["draft_conclusion"]
    return {"facts": {"conclusion": conclusion, "issued_on": localdate(attempt.at), **remedy(attempt.case)}}


def keep_termination(attempt: Attempt) -> dict[str, Any]:
    ground, refund = attempt.data["ground"], attempt.data["refund"]
    labels = {"reason_label": dict(TERMINATION_GROUNDS)[ground], "refund_label": dict(REFUNDS)[refund]}
    return {"facts": {"ending": ground, **labels, **remedy(attempt.case)}}


# --- after the opinion --------------------------------------------------------------------------------------------


def meaning_is_kept(attempt: Attempt) -> None:
    """What the opinion says is never corrected, only how it looks (司法鉴定程序通则, 补正)."""
    by_an_expert(attempt)
    old, conclusion = attempt.data["old"].strip(), attempt.case.facts["conclusion"]
    if attempt.data["kind"] != "image" and old and old in conclusion:
        problem = "这是鉴定意见本身的文字，改动会改变原意，不能补正。"
        raise Missing(problem, todo="请按补充鉴定或者重新鉴定办理。", fields={"old": [problem]})


def begins_supplementary(attempt: Attempt) -> None:
    not_in_the_future(attempt, "effective_on")
    issued = date.fromisoformat(attempt.case.facts["issued_on"])
    if attempt.data["effective_on"] < issued:
        problem = "补充委托不能早于原鉴定意见出具的日期。"
        raise Missing(problem, fields={"effective_on": [problem]})


def keep_supplementary(attempt: Attempt) -> dict[str, Any]:
    label = dict(SUPPLEMENT_REASONS)[attempt.data["reason"]]
    return {"facts": {"round": "补充鉴定", "reason_label": label}}


def no_repeat_is_open(attempt: Attempt) -> None:
    if attempt.case.children.filter(closed_at__isnull=True).exists():
        raise NotFromHere("重新鉴定正在办理", todo="请在重新鉴定的案件里查看进展。")


def notice_is_long_enough(attempt: Attempt) -> None:
    hearing, notified = attempt.data["hearing_on"], attempt.data["notified_on"]
    not_in_the_future(attempt, "notified_on")
    if notified < date.fromisoformat(attempt.case.facts["issued_on"]):
        raise Missing("通知日期早于鉴定意见出具的日期", fields={"notified_on": ["请核对收到通知的日期。"]})
    if hearing <= notified:
        raise Missing("开庭日期应当晚于收到通知的日期", fields={"hearing_on": ["请核对开庭日期。"]})
    if notified > latest_day_before(hearing, COURT_NOTICE, attempt.case.region) and not attempt.data["agreed"]:
        raise Missing(
            f"法院应当在开庭{COURT_NOTICE}前通知鉴定人，这次通知晚了",
            todo="可以请法院改期；鉴定人同意出庭的，写明情况。",
            fields={"agreed": ["请写明鉴定人同意出庭的情况。"]},
        )


def keep_summons(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    kept = {key: data[key] for key in ("court", "hearing_on", "notified_on")}
    return {"facts": {"court_diary": [*attempt.case.facts.get("court_diary", []), kept]}}


def is_summoned(attempt: Attempt) -> None:
    last = latest(attempt.log, "summon", "appear")
    if last is None or last.step != "summon":
        raise NotFromHere("没有待记录的出庭", todo="收到出庭通知后先登记。")


def keep_appearance(attempt: Attempt) -> dict[str, Any]:
    *before, last = attempt.case.facts["court_diary"]
    kept = {**last, "appearance": attempt.data["appearance"], "excuse": attempt.data["excuse"]}
    return {"facts": {"court_diary": [*before, kept]}}


def entry_time_is_over(attempt: Attempt) -> None:
    running = clock_reading(attempt, "aftercare")
    if running and running.due_at and attempt.at <= running.due_at:
        raise NotFromHere(f"{running.due_on:%Y-%m-%d}前还可以办理补正、出庭等事项", todo="请等这一期限届满。")
