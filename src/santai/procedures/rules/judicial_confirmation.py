"""The conditions of judicial confirmation that a table cell cannot say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clocks import Reading
from santai.casework.kernel import Attempt, Guard, Step
from santai.casework.models import Case
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import judicial_confirmation as forms
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import Role

AGAIN = "请当事人另行协商、变更协议后再申请，或者就纠纷本身向人民法院起诉、申请仲裁。"
ROUTES = {
    "late": "协议仍然有效。对方不履行的，可以向人民法院起诉；有给付内容的，也可以请公证机构办理公证。",
    "one_side": "协议仍然有效。对方不履行的，可以就协议向人民法院起诉。",
    "oral": "双方愿意的，可以把口头协议写成书面协议后再申请；对方不履行的，可以起诉。",
    "wrong_court": "可以在30日内向有管辖权的人民法院重新申请。",
    "marriage": "婚姻、亲子关系的确认，应当向人民法院起诉，或者向婚姻登记机关办理。",
    "adoption": "收养关系的确认，应当向人民法院起诉，或者向收养登记机关办理。",
    "title": "物权、知识产权归属的确认，应当向人民法院起诉，或者向登记机关申请登记。",
}
USUAL_ROUTE = "可以就协议或者纠纷本身向人民法院起诉；有仲裁协议的，可以申请仲裁。"


def mediation_of(case: Case) -> Case | None:
    """The mediation this confirmation grew out of; None when the agreement was made elsewhere."""
    parent = case.parent
    return parent if parent is not None and "agreement" in parent.facts else None


# --- who keeps it -----------------------------------------------------------------------------------------------------


def where_it_lies(*steps: Step) -> tuple[Step, ...]:
    """The rows; those a supervisor may take are closed to supervisors of other organs."""
    return tuple(
        replace(step, when=_held_here(step.when)) if Role.SUPERVISOR in step.allowed_roles else step for step in steps
    )


def _held_here(when: Guard | None) -> Guard:
    def check(attempt: Attempt) -> None:
        user = attempt.actor.user
        if user and attempt.role == Role.SUPERVISOR and not _works_at(user, attempt.case.organisation_id):
            raise NotFromHere("司法确认由主持调解的组织办理", todo="需要督促的，请联系该组织。")
        if when:
            when(attempt)

    return check


def _works_at(user: User, organisation_id: int | None) -> bool:
    return any(one.organisation_id == organisation_id for one in current_memberships(user))


# --- before the court -----------------------------------------------------------------------------------------------


def confirmable(attempt: Attempt) -> None:
    """What a court would not confirm is said here, before anybody queues at its window (民诉法解释 355)."""
    labels = dict(forms.NOT_CONFIRMABLE)
    problems = [f"法院不确认这类协议：{labels[kind]}" for kind in attempt.data["subject"]]
    if problems:
        raise Missing(*problems, todo="请办理“不能申请司法确认”，告诉双方可以走的路。", fields={"subject": problems})
    not_in_the_future(attempt, "effective_on")
    _same_day_as_in_the_mediation(attempt)


def _same_day_as_in_the_mediation(attempt: Attempt) -> None:
    mediation = mediation_of(attempt.case)
    if mediation is None:
        return
    known = mediation.facts["agreement"]["effective_on"]
    if attempt.data["effective_on"].isoformat() != known:
        raise Missing(
            f"调解案件里记录的生效日是{known}",
            todo="请核对协议书上的日期。",
            fields={"effective_on": ["与调解案件里的生效日不一致。"]},
        )


def keep_agreement(attempt: Attempt) -> dict[str, Any]:
    """The confirmation stays with the committee and the mediator who know the agreement."""
    case, mediation = attempt.case, mediation_of(attempt.case)
    found = {key: attempt.data[key] for key in ("effective_on", "court")}
    home = mediation.organisation if mediation else case.organisation
    found["body"] = attempt.data["body"] or (home.name if home else "调解组织")
    found["terms"] = mediation.facts["agreement"]["terms"] if mediation else ""
    found["other_name"] = mediation.facts["dispute"]["other_name"] if mediation else ""
    held = {"organisation": mediation.organisation, "handler": mediation.handler} if mediation else {}
    return {**held, "facts": {"agreement": found}}


def keep_obstacle(attempt: Attempt) -> dict[str, Any]:
    reason = attempt.data["reason"]
    return _refused(dict(forms.CANNOT_REASONS)[reason], ROUTES.get(reason, USUAL_ROUTE))


def keep_court_refusal(attempt: Attempt) -> dict[str, Any]:
    reason = attempt.data["reason"]
    return _refused(dict(forms.COURT_REFUSALS)[reason], ROUTES.get(reason, USUAL_ROUTE))


def keep_rejection(attempt: Attempt) -> dict[str, Any]:
    return _refused(dict(forms.REJECTIONS)[attempt.data["reason"]], AGAIN)


def _refused(label: str, routes: str) -> dict[str, Any]:
    return {"facts": {"reason_label": label, "routes": routes}}


def may_be_submitted(attempt: Attempt) -> None:
    """Together, with all papers, within thirty days of the effect (民事诉讼法 205); R6: a postmark counts."""
    not_in_the_future(attempt, "filed_on")
    not_in_the_future(attempt, "received_on")
    papers = {Doc.MEDIATION_AGREEMENT, Doc.IDENTITY} | ({Doc.AUTHORISATION} if attempt.data["by_agent"] else set())
    mediation = mediation_of(attempt.case)
    there = kinds_on(attempt.case) | (kinds_on(mediation) if mediation else set())
    lacking(sorted(papers - there), "请先上传上述材料。")
    effective_on = date.fromisoformat(attempt.case.facts["agreement"]["effective_on"])
    if attempt.data["filed_on"] < effective_on:
        raise Missing("递交日期早于协议生效日", fields={"filed_on": ["请核对递交日期。"]})
    window = reading(attempt, "window")
    if window and window.due_on and attempt.data["filed_on"] > window.due_on:
        raise Missing(
            f"申请司法确认的最后一天是{window.due_on:%Y-%m-%d}，已经超过",
            todo="请办理“不能申请司法确认”，告诉双方可以走的路。",
            fields={"filed_on": ["晚于申请司法确认的最后一天。"]},
        )


def reading(attempt: Attempt, name: str) -> Reading | None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((one for one in found if one.clock.name == name), None)


# --- at the court ---------------------------------------------------------------------------------------------------


def filed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "accepted_on")
    submitted = latest(attempt.log, "submit")
    if submitted and attempt.data["accepted_on"].isoformat() < submitted.data["filed_on"]:
        raise Missing("受理日期早于递交申请的日期", fields={"accepted_on": ["请核对受理通知书上的日期。"]})


def decided_and_served(attempt: Attempt) -> None:
    not_in_the_future(attempt, "served_on")
    if attempt.data["served_on"] < attempt.data["decided_on"]:
        raise Missing("收到裁定书的日期早于裁定日期", fields={"served_on": ["请核对签收日期。"]})


def served_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "served_on")


def not_extended_yet(attempt: Attempt) -> None:
    if latest(attempt.log, "court_extends"):
        raise NotFromHere("审查期限已经延长过一次", todo="请等法院的裁定。")


def keep_confirmed(attempt: Attempt) -> dict[str, Any]:
    kept = {key: attempt.data[key] for key in ("served_on", "case_number", "due_on")}
    return {"facts": {"ruling": kept}}


# --- after the ruling -----------------------------------------------------------------------------------------------


def objection_in_time(attempt: Attempt) -> None:
    _in_time(attempt, "party_objection", "对裁定提出异议")


def third_party_is_noted(attempt: Attempt) -> None:
    if not latest(attempt.log, "note_third_party"):
        raise NotFromHere("还没有登记利害关系人", todo="请先办理“登记利害关系人”。")


def third_objection_in_time(attempt: Attempt) -> None:
    _in_time(attempt, "third_objection", "利害关系人提出异议")


def _in_time(attempt: Attempt, clock: str, what: str) -> None:
    not_in_the_future(attempt, "filed_on")
    window = reading(attempt, clock)
    if window and window.due_on and attempt.data["filed_on"] > window.due_on:
        raise Missing(
            f"{what}的最后一天是{window.due_on:%Y-%m-%d}，已经超过",
            todo="认为裁定有错误的，可以向人民法院反映，或者拨打12348咨询。",
            fields={"filed_on": ["晚于最后一天。"]},
        )


def party_window_is_over(attempt: Attempt) -> None:
    _is_over(attempt, "party_objection")


def third_window_is_over(attempt: Attempt) -> None:
    _is_over(attempt, "third_objection")


def _is_over(attempt: Attempt, clock: str) -> None:
    window = reading(attempt, clock)
    if window is None or not window.is_overdue:
        raise NotFromHere("异议期限没有在走，或者还没有届满", todo="请等异议期限届满。")


def known_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "knew_on")


def execution_may_be_asked(attempt: Attempt) -> None:
    """Only after the last day of performance; a late application needs its reason, the court judges it."""
    not_in_the_future(attempt, "filed_on")
    due_on = date.fromisoformat(attempt.case.facts["ruling"]["due_on"])
    if attempt.data["filed_on"] <= due_on:
        raise Missing(f"履行期限到{due_on:%Y-%m-%d}为止，还没有届满", todo="请等履行期限届满后再申请执行。")
    window = reading(attempt, "execution")
    is_late = bool(window and window.due_on and attempt.data["filed_on"] > window.due_on)
    if is_late and not attempt.data["why_late"]:
        raise Missing("申请执行的两年已经届满", fields={"why_late": ["请写明时效中止、中断的情况。"]})


def performed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "performed_on")


def opened_long_enough(attempt: Attempt) -> None:
    """A confirmed case is closed without news of performance only when nobody can object any more."""
    window = reading(attempt, "party_objection")
    if window and window.due_at and attempt.at <= window.due_at:
        raise NotFromHere(f"{localdate(window.due_at):%Y-%m-%d}前当事人还可以提出异议", todo="请等异议期限届满。")
