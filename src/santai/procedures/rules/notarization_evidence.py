"""The conditions of preserving evidence on site that a table cell cannot say."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_evidence as forms
from santai.procedures.rules.conditions import given_since, latest
from santai.procedures.rules.notarization import keep_application
from santai.trust.memberships import members_in_charge
from santai.trust.roles import Role

STAFF = frozenset({Role.NOTARY, Role.NOTARY_DIRECTOR})


def keep_urgent_application(attempt: Attempt) -> dict[str, Any]:
    return {**keep_application(attempt), "urgency": Case.Urgency.URGENT}


def two_persons_go(attempt: Attempt) -> None:
    """Two persons of this office, one of them the notary (公证程序规则 54)."""
    companion, case = attempt.data["companion"], attempt.case
    problem = ""
    if companion.pk == case.handler_id:
        problem = "一同去的必须是另一个人。"
    elif companion.pk not in members_in_charge(STAFF, organisation_id=case.organisation_id):
        problem = f"{companion.display_name}不是本处的公证人员。"
    if problem:
        raise Missing(problem, todo="请改选本处的另一位公证人员。", fields={"companion": [problem]})
    if attempt.data["on_day"] < localdate(attempt.at):
        raise Missing("约定的日期已经过去", fields={"on_day": ["请选择今天或以后的日期。"]})


def keep_visit(attempt: Attempt) -> dict[str, Any]:
    companion = attempt.data["companion"]
    return {"facts": {"visit": {"place": attempt.data["place"], "companion": companion.display_name}}}


def visit_is_planned(attempt: Attempt) -> None:
    planned = latest(attempt.log, "plan_visit", "record_acts", "break_off")
    if planned is None or planned.step != "plan_visit":
        raise NotFromHere("还没有约定去现场的日期和两名公证人员", todo="请先办理“约定现场保全”。")


def done_by_now(attempt: Attempt) -> None:
    planned = latest(attempt.log, "plan_visit")
    if attempt.data["ended"] > attempt.at:
        raise Missing("结束的时间还没有到", fields={"ended": ["不能填以后的时间。"]})
    if planned and attempt.data["began"] < planned.at:
        raise Missing("开始的时间早于约定现场保全的时间", fields={"began": ["请核对时间。"]})
    given_since("plan_visit", kinds=[Doc.NOTARY_RECORD, Doc.RECORDING])(attempt)
    if not media_of(attempt.case):
        raise Missing("还没有上传现场的录音录像或者照片", todo="请把拍下的原始文件上传，平台会自动计算校验值。")


def media_of(case: Case) -> list[dict[str, Any]]:
    """Each recording with the digest the platform computed when it was stored; nobody types one in."""
    papers = case.documents.filter(kind=Doc.RECORDING).select_related("file")
    return [
        {
            "name": paper.file.name,
            "sha256": paper.file.sha256,
            "size": paper.file.size,
            "stored_at": paper.file.stored_at,
        }
        for paper in papers
    ]


def keep_acts(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    acts = {key: data[key] for key in ("began", "ended", "place", "present", "record")}
    acts["companion"] = attempt.case.facts["visit"]["companion"]
    return {"facts": {"acts": [*attempt.case.facts.get("acts", []), acts], "media": media_of(attempt.case)}}


def acts_are_recorded(attempt: Attempt) -> None:
    if latest(attempt.log, "record_acts") is None:
        raise NotFromHere("还没有现场记录", todo="请先办理“现场记录”。")


def not_sealed_yet(attempt: Attempt) -> None:
    acts_are_recorded(attempt)
    after = latest(attempt.log, "seal_originals", "no_seal", "record_acts")
    if after and after.step != "record_acts":
        raise NotFromHere("已经登记过原件的封存", todo="请继续办理后面的步骤。")


def keep_seal(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.KEEPERS)[attempt.data["kept_at"]]
    return {"facts": {"seal": {**attempt.data, "kept_at_label": label}}}


def keep_no_seal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"seal": None, "why_no_seal": attempt.data["explanation"]}}


def acts_are_recorded_and_sealed(attempt: Attempt) -> None:
    """Nothing goes to approval before the originals are sealed, or it is said why there are none."""
    acts_are_recorded(attempt)
    last = latest(attempt.log, "seal_originals", "no_seal", "record_acts")
    if last and last.step == "record_acts":
        raise NotFromHere("原件还没有封存", todo="请先办理“封存原件”；没有原件的，办理“无须封存”并写明原因。")
    if latest(attempt.log, "tell_meaning") is None:
        raise NotFromHere("还没有告知当事人法律意义和可能的后果", todo="请先办理“告知法律意义”（公证法第二十七条）。")


def media_are_unchanged(attempt: Attempt) -> None:
    """What lies on the case is still what was recorded on site."""
    now = {one["sha256"] for one in media_of(attempt.case)}
    gone = [one["name"] for one in attempt.case.facts["media"] if one["sha256"] not in now]
    if gone:
        raise Missing(f"这些文件和现场记录的校验值对不上：{'、'.join(gone)}", todo="请查明原因；不能说明的，不能出证。")


def keep_reason(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.BROKEN_OFF)[attempt.data["reason"]]
    return {"facts": {"broken_off": label}}
