"""The conditions of a lawyer's practice-rights complaint that a table cell cannot say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.forms import practice_rights as forms
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.registry.models import Practitioner

SENT = ("forward", "escalate")


def is_filed_by_the_lawyer(attempt: Attempt) -> None:
    """The person under whose name the case runs, with a licence that is in force."""
    lawyer, applicant = attempt.data["lawyer"], attempt.case.applicant
    problem = ""
    if lawyer.kind != Practitioner.Kind.LAWYER:
        problem = "这个执业证号不是律师的。"
    elif lawyer.standing != Practitioner.Standing.ACTIVE:
        problem = f"{lawyer.name}目前不是执业状态。"
    elif lawyer.name.strip() != applicant.name.strip():
        problem = "执业证号与申请人的姓名对不上。"
    if problem:
        raise Missing(problem, todo="请由律师本人用自己的姓名申请，并核对执业证号。", fields={"lawyer": [problem]})
    moment_has_come(attempt, "happened_at")


def moment_has_come(attempt: Attempt, field: str) -> None:
    if attempt.data[field] > attempt.at:
        problem = "时间还没有到，请核对。"
        raise Missing(problem, fields={field: [problem]})


def keep_filing(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    kept = {
        "licence": data["lawyer"].licence,
        "firm": data["lawyer"].organisation.name,
        "right_label": dict(forms.RIGHTS)[data["right"]],
        "organ_name": data["organ_name"],
    }
    urgent = {"urgency": 2} if data["is_urgent"] else {}
    return {"facts": {"rights": kept}, **urgent}


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.REFUSALS)[attempt.data["reason"]]}}


def keep_termination(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.TERMINATIONS)[attempt.data["reason"]]}}


def coordinated_by_now(attempt: Attempt) -> None:
    moment_has_come(attempt, "contacted_at")


def sent_by_now(attempt: Attempt) -> None:
    moment_has_come(attempt, "forwarded_at")


def keep_sending(attempt: Attempt) -> dict[str, Any]:
    """Both time stamps stand on the record: when it left here, and (later) when it arrived there."""
    sent = {"organ_name": attempt.data["organ_name"], "forwarded_at": attempt.data["forwarded_at"], "received_at": ""}
    return {"facts": {"sendings": [*attempt.case.facts.get("sendings", []), sent]}}


def receipt_is_open(attempt: Attempt) -> None:
    last = latest(attempt.log, *SENT, "confirm_receipt")
    if last is None or last.step not in SENT:
        raise NotFromHere("收到的时间已经记录过", todo="请等待对方答复。")


def received_after_sending(attempt: Attempt) -> None:
    moment_has_come(attempt, "received_at")
    sent = attempt.case.facts["sendings"][-1]
    if attempt.data["received_at"] < datetime.fromisoformat(sent["forwarded_at"]):
        problem = "早于转出的时间。"
        raise Missing(problem, fields={"received_at": [problem]})


def keep_receipt(attempt: Attempt) -> dict[str, Any]:
    *earlier, last = attempt.case.facts["sendings"]
    return {"facts": {"sendings": [*earlier, {**last, "received_at": attempt.data["received_at"]}]}}


def receipt_is_recorded(attempt: Attempt) -> None:
    moment_has_come(attempt, "replied_at")
    received = attempt.case.facts["sendings"][-1]["received_at"]
    if not received:
        raise Missing("还没有记录对方收到的时间", todo="请先办理“记录对方收到”。")
    if attempt.data["replied_at"] < datetime.fromisoformat(received):
        problem = "早于对方收到的时间。"
        raise Missing(problem, fields={"replied_at": [problem]})


def published_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "published_on")
    name = attempt.case.applicant.name.strip()
    if len(name) > 1 and name in attempt.data["text"]:
        problem = "内容里有申请人的姓名。"
        raise Missing(problem, todo="请删去后再公开。", fields={"text": [problem]})


def not_published_yet(attempt: Attempt) -> None:
    if latest(attempt.log, "publish", "not_publish"):
        raise NotFromHere("是否公开已经决定过", todo="请办理“办结”。")


def publicity_is_decided(attempt: Attempt) -> None:
    if not latest(attempt.log, "publish", "not_publish"):
        raise NotFromHere("还没有决定结果是否公开", todo="请先办理“公开结果”或者“不公开结果”。")
