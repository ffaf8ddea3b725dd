"""The conditions of a complaint about a legal service that a table cell cannot say."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from santai.casework.clocks import Reading
from santai.casework.codes import tidy
from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms import complaint as forms
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.registry.regions import nearest
from santai.trust.memberships import current_memberships
from santai.trust.models import User

INVESTIGATORS = forms.INVESTIGATORS
TARGETS = {
    "complaint_legal_aid": frozenset(
        {
            OrganisationKind.LEGAL_AID,
            OrganisationKind.LAW_FIRM,
            OrganisationKind.GRASSROOTS,
            OrganisationKind.CENTRE,
            OrganisationKind.BUREAU,
        }
    ),
    "complaint_notary": frozenset({OrganisationKind.NOTARY}),
    "complaint_appraisal": frozenset({OrganisationKind.APPRAISAL}),
}
CLAIMS = (
    "对处理结果不服的，可以向上一级司法行政机关反映；认为处理决定侵犯您合法权益的，可以自知道之日起60日内申请行政复议，"
    "或者自知道之日起6个月内向人民法院提起行政诉讼（行政复议法第二十条，行政诉讼法第四十六条）。"
)
REMEDIES = {
    "complaint_legal_aid": CLAIMS
    + "对不予援助、终止援助决定本身不服的，可以向司法行政部门提出异议（法律援助法第四十九条）。",
    "complaint_notary": CLAIMS
    + "对公证书的内容有争议的，可以向人民法院提起民事诉讼（公证法第四十条）；认为公证书有错误的，"
    "可以自知道之日起1年内、最长自出证之日起20年内向公证机构申请复查（公证程序规则第六十一条）。",
    "complaint_appraisal": CLAIMS
    + "对鉴定意见本身有异议的，可以向办案机关申请重新鉴定，或者申请鉴定人出庭作证。",
}
SUBSTANTIATED = ("find_substantiated", "find_partly")
FINDINGS = (*SUBSTANTIATED, "find_unfounded")


# --- what is complained of ----------------------------------------------------------------------------------------


def complaint_is_clear(attempt: Attempt) -> None:
    """The right kind of body, a person who works there, and a case of the complainant's own."""
    target, person = attempt.data["target"], attempt.data["person"]
    if target.kind not in TARGETS[attempt.case.procedure]:
        problem = f"{target.name}不属于这类投诉的对象。"
        raise Missing(problem, todo="请核对单位，或者打12348问应当向哪里投诉。", fields={"target": [problem]})
    if person is not None and person.organisation_id != target.pk:
        problem = f"{person.name}不在{target.name}执业。"
        raise Missing(problem, todo="请核对单位和人员；弄不清人员的可以不填。", fields={"person": [problem]})
    if "knew_on" in attempt.data:
        not_in_the_future(attempt, "knew_on")
    _own_case(attempt)


def _own_case(attempt: Attempt) -> Case | None:
    """The case complained of. Somebody else's case and no case at all are answered in the same words."""
    typed = attempt.data["about"]
    if not typed:
        return None
    mine = Case.objects.filter(code=tidy(typed), applicant=attempt.case.applicant).exclude(pk=attempt.case.pk)
    found = mine.select_related("organisation", "handler").first()
    if found is None:
        problem = "您名下没有这个案码的案件。"
        raise Missing(problem, todo="请对照回执再输一次；记不清可以不填。", fields={"about": [problem]})
    return found


def keep_complaint(attempt: Attempt) -> dict[str, Any]:
    target, person, about = attempt.data["target"], attempt.data["person"], _own_case(attempt)
    grounds = forms.LABELS[attempt.case.procedure]["grounds"]
    kept: dict[str, Any] = {
        "target": target.pk,
        "target_name": target.name,
        "person": person.pk if person else None,
        "ground_label": grounds[attempt.data["ground"]],
        "about": about.code if about else "",
        "about_handler": about.handler_id if about else None,
    }
    body = body_over(target)
    return {"organisation": body, "handler": None, "facts": {"complaint": kept, **_remedy(attempt.case)}}


def body_over(target: Organisation) -> Organisation | None:
    """The judicial administration of the place; the one above it when it is itself complained of."""
    place = target.region_id[:-2] if target.kind == OrganisationKind.BUREAU else target.region_id
    return next((body for body in nearest(OrganisationKind.BUREAU, place) if body.pk != target.pk), None)


def _remedy(case: Case) -> dict[str, Any]:
    return {"remedy": REMEDIES[case.procedure]}


# --- who may look into it -----------------------------------------------------------------------------------------


def impartial(attempt: Attempt) -> None:
    """Neither the body complained of nor anybody of it looks into the complaint."""
    kept, body = attempt.case.facts["complaint"], attempt.case.organisation
    if body is not None and body.pk == kept["target"]:
        raise NotYou("被投诉的单位不能调查自己", todo="请办理“移送其他司法行政机关”。")
    if attempt.actor.user is not None and _is_involved(attempt.actor.user, attempt.case):
        raise NotYou("您与被投诉的单位或案件有关，应当回避", todo="请由没有参与过的工作人员办理。")


def _is_involved(user: User, case: Case) -> bool:
    kept = case.facts["complaint"]
    is_person = Practitioner.objects.filter(pk=kept["person"], user=user).exists() if kept["person"] else False
    works_there = any(one.organisation_id == kept["target"] for one in current_memberships(user))
    return is_person or works_there or user.pk == kept["about_handler"]


def may_investigate(attempt: Attempt) -> None:
    impartial(attempt)
    chosen, body = attempt.data["handler"], attempt.case.organisation
    held = [one for one in current_memberships(chosen) if body is not None and one.organisation_id == body.pk]
    if not any(one.role in INVESTIGATORS for one in held):
        problem = f"{chosen.display_name}不是本机关负责调查的人员。"
        raise Missing(problem, todo="请从列表中选择。", fields={"handler": [problem]})
    if _is_involved(chosen, attempt.case):
        problem = f"{chosen.display_name}与被投诉的单位或案件有关，应当回避。"
        raise Missing(problem, todo="请改选其他人员。", fields={"handler": [problem]})


def may_reinvestigate(attempt: Attempt) -> None:
    may_investigate(attempt)
    if attempt.data["handler"].pk == attempt.case.handler_id:
        problem = "回避后要换一位调查人员。"
        raise Missing(problem, todo="请改选其他人员。", fields={"handler": [problem]})


def keep_investigator(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.data["handler"]}


def is_assigned(attempt: Attempt) -> None:
    if attempt.case.handler_id is None:
        raise NotFromHere("还没有指定调查人员", todo="请先办理“指定调查人员”。")


def by_the_investigator(attempt: Attempt) -> None:
    impartial(attempt)
    user = attempt.actor.user
    if user is not None and user.pk != attempt.case.handler_id:
        raise NotYou("这一步由指定的调查人员办理", todo="需要换人的，请先办理“指定调查人员”。")


def not_the_investigator(attempt: Attempt) -> None:
    """Whoever looked into it proposes; another person decides."""
    impartial(attempt)
    reported = latest(attempt.log, "report")
    if reported and attempt.actor.user and reported.actor_id == attempt.actor.user.pk:
        raise NotYou("调查人员不能自己作出处理决定", todo="请由司法行政机关的负责人决定。")


def another_body(attempt: Attempt) -> None:
    body, here = attempt.data["body"], attempt.case.organisation
    wrong = ""
    if body.kind != OrganisationKind.BUREAU:
        wrong = f"{body.name}不是司法行政机关。"
    elif body.pk == attempt.case.facts["complaint"]["target"]:
        wrong = "不能移送给被投诉的单位。"
    elif here is not None and body.pk == here.pk:
        wrong = "已经在这个机关办理。"
    if wrong:
        raise Missing(wrong, todo="请改选有管辖权的司法行政机关。", fields={"body": [wrong]})


def keep_body(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": attempt.data["body"], "handler": None}


# --- recusal asked for --------------------------------------------------------------------------------------------


def recusal_pending(attempt: Attempt) -> None:
    if not _recusal(attempt.log):
        raise NotFromHere("没有待决定的回避申请", todo="投诉人申请回避后再办理。")


def no_recusal_pending(attempt: Attempt) -> None:
    if _recusal(attempt.log):
        raise NotFromHere("您的回避申请正在审查", todo="请等待决定。")


def _recusal(log: list[LogEntry]) -> bool:
    last = latest(log, "ask_recusal", "recuse", "refuse_recusal")
    return bool(last and last.step == "ask_recusal")


def may_report(attempt: Attempt) -> None:
    """A report by somebody whose recusal is asked for would settle the question by haste."""
    is_assigned(attempt)
    if _recusal(attempt.log):
        raise NotFromHere("回避申请还没有决定", todo="请先由负责人决定回避申请。")


def keep_recusal_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.RECUSAL_REFUSALS)[attempt.data["reason"]]}}


# --- acceptance and refusal ---------------------------------------------------------------------------------------


def may_accept(attempt: Attempt) -> None:
    impartial(attempt)
    if "filed_on" in attempt.data:
        _filed_by_now(attempt)
    if _is_late(attempt):
        problem = "已经超过三年的投诉时效。"
        raise Missing(problem, todo="请办理“不予受理”并告知其他途径。", fields={"filed_on": [problem]})


def may_refuse(attempt: Attempt) -> None:
    """Nobody is turned away for a reason that the dates do not bear out."""
    impartial(attempt)
    if "filed_on" in attempt.data:
        _filed_by_now(attempt)
    if attempt.data["reason"] == "too_late" and not _is_late(attempt):
        problem = "投诉没有超过三年的投诉时效。"
        raise Missing(problem, todo="请选择其他情形，或者受理。", fields={"reason": [problem]})


def _filed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "filed_on")
    handed_in = latest(attempt.log, "complain")
    if handed_in and attempt.data["filed_on"] > localdate(handed_in.at):
        problem = "不能晚于投诉登记的那一天。"
        raise Missing(problem, todo="请核对邮戳或登记日期。", fields={"filed_on": [problem]})


def _is_late(attempt: Attempt) -> bool:
    window = _clock(attempt, "window")
    return bool(window and window.due_on and attempt.data["filed_on"] > window.due_on)


def _clock(attempt: Attempt, name: str) -> Reading | None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((reading for reading in found if reading.clock.name == name), None)


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    label = forms.LABELS[attempt.case.procedure]["refusals"][attempt.data["reason"]]
    return {"facts": {"reason_label": label, **_remedy(attempt.case)}}


def keep_transfer(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.TRANSFERS)[attempt.data["reason"]]}}


def keep_termination(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.TERMINATIONS)[attempt.data["reason"]]
    return {"facts": {"reason_label": label, **_remedy(attempt.case)}}


def may_merge(attempt: Attempt) -> None:
    """A repeated complaint goes into the one still open: same person, same body, so that one answer serves both."""
    impartial(attempt)
    main = _main(attempt)
    if main is None or main.facts.get("complaint", {}).get("target") != attempt.case.facts["complaint"]["target"]:
        problem = "没有找到这位投诉人对同一单位、还在办理的投诉。"
        raise Missing(problem, todo="请核对案码；不能并入的，请单独办理。", fields={"main": [problem]})


def _main(attempt: Attempt) -> Case | None:
    case = attempt.case
    theirs = Case.objects.filter(applicant=case.applicant, procedure=case.procedure, closed_at__isnull=True)
    return theirs.filter(code=tidy(attempt.data["main"])).exclude(pk=case.pk).first()


# --- investigation and decision -----------------------------------------------------------------------------------


def may_notify(attempt: Attempt) -> None:
    """The body complained of learns the facts, never who complained (济南市12345热线条例 32)."""
    by_the_investigator(attempt)
    if attempt.data["by"] <= localdate(attempt.at):
        raise Missing("说明情况的日期必须晚于今天", fields={"by": ["请选择今天以后的日期。"]})
    name = attempt.case.applicant.name.strip()
    if len(name) > 1 and name in attempt.data["content"]:
        problem = "内容里有投诉人的姓名。"
        raise Missing(problem, todo="请删去后再发。", fields={"content": [problem]})


def not_extended(attempt: Attempt) -> None:
    if latest(attempt.log, "extend"):
        raise NotFromHere("已经延长过一次", todo="请在期限内作出处理决定。")


def may_extend(attempt: Attempt) -> None:
    impartial(attempt)
    limit = _clock(attempt, "investigation")
    if limit and limit.due_at and attempt.at > limit.due_at:
        raise Missing("已经超过办理期限，不能再延长", todo="请尽快作出处理决定，并向投诉人说明。")


def keep_finding(attempt: Attempt) -> dict[str, Any]:
    finding = {"kind": attempt.step.name, "label": attempt.step.label, "facts": attempt.data["facts"]}
    return {"facts": {"finding": {**finding, "opinion": attempt.data["opinion"]}}}


def is_substantiated(attempt: Attempt) -> None:
    found = latest(attempt.log, *FINDINGS)
    if found is None or found.step not in SUBSTANTIATED:
        raise NotFromHere("投诉没有查实，不能采取处理措施", todo="请答复投诉人。")


def measure_may_be_taken(attempt: Attempt) -> None:
    impartial(attempt)
    if "by" in attempt.data and attempt.data["by"] <= localdate(attempt.at):
        raise Missing("改正截止日必须晚于今天", fields={"by": ["请选择今天以后的日期。"]})


def keep_measure(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"measures": [*attempt.case.facts.get("measures", []), attempt.step.label]}}


def as_clue(attempt: Attempt) -> dict[str, Any]:
    """What the officers who check the clue read first; it stays with the bureau that found it."""
    case = attempt.case
    told = f"投诉（案码{case.code}）查明：{case.facts['finding']['facts']} 移送理由：{attempt.data['explanation']}"
    return {"text": told, "organisation": case.organisation}


def may_reply(attempt: Attempt) -> None:
    """Found right, and nothing done about it, is no answer."""
    impartial(attempt)
    not_in_the_future(attempt, "told_on")
    decided = latest(attempt.log, *FINDINGS)
    if decided and attempt.data["told_on"] < localdate(decided.at):
        raise Missing("告知日期早于处理决定", fields={"told_on": ["不能早于作出处理决定的那一天。"]})
    if decided and decided.step in SUBSTANTIATED and not attempt.case.facts.get("measures"):
        raise Missing("投诉查实了，还没有采取处理措施", todo="请先办理责令改正、更换人员等处理措施，再答复。")


def keep_reply(attempt: Attempt) -> dict[str, Any]:
    """The letter always has a list to read from, also when nothing was to be done."""
    return {"facts": {"measures": attempt.case.facts.get("measures", []), **_remedy(attempt.case)}}


def result_is_due(attempt: Attempt) -> None:
    if not _waits_for_result(attempt.log):
        raise NotFromHere("没有等待落实结果的改正要求", todo="请继续办理后面的步骤。")


def measures_are_carried_out(attempt: Attempt) -> None:
    if _waits_for_result(attempt.log):
        raise NotFromHere("责令改正的结果还没有记录", todo="请先办理“记录落实情况”。")
    if any(child.closed_at is None for child in attempt.case.children.all()):
        raise NotFromHere("移送的违法线索还没有核查完", todo="请等核查的结果。")


def _waits_for_result(log: list[LogEntry]) -> bool:
    last = latest(log, "order_correction", "record_result")
    return bool(last and last.step == "order_correction")
