"""The conditions of a request for government information that a table cell cannot say."""

from __future__ import annotations

from typing import Any

from santai.casework.kernel import Attempt
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms import information_request as forms
from santai.procedures.rules.conditions import latest, not_in_the_future

REMEDY = (
    "您不服本答复的，可以自知道之日起60日内申请行政复议，或者自知道之日起6个月内向人民法院提起行政诉讼；"
    "也可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报（政府信息公开条例第五十一条）。"
)
REVIEW_FIRST = (
    "您不服不予公开的，应当先自知道之日起60日内申请行政复议，对复议决定不服的，再向人民法院提起行政诉讼"
    "（行政复议法第二十三条）；也可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报"
    "（政府信息公开条例第五十一条）。"
)
WITHHOLDING = frozenset({"withhold", "provide_partly"})


def received_by_now(attempt: Attempt) -> None:
    if attempt.data["received_on"]:
        not_in_the_future(attempt, "received_on")


def keep_request(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"wanted": attempt.data["content"]}}


def not_explained_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_reason"):
        raise NotFromHere("已经请申请人说明过理由", todo="请根据说明作出答复。")


def reason_was_asked(attempt: Attempt) -> None:
    """Too many or too often is a ground only after the person was asked why (第三十五条)."""
    if attempt.data["reason"] == "too_often" and not latest(attempt.log, "explain_reason"):
        problem = "还没有请申请人说明理由。"
        raise Missing(problem, todo="请先办理“请申请人说明理由”。", fields={"reason": [problem]})


def third_party_was_asked(attempt: Attempt) -> None:
    """Withheld for a third party's sake only when the third party was asked (第三十二条)."""
    if attempt.data["reason"] == "third_party" and not latest(attempt.log, "third_party_replied", "third_party_silent"):
        problem = "还没有征求第三方的意见。"
        raise Missing(problem, todo="请先办理“征求第三方意见”。", fields={"reason": [problem]})


def third_party_term_is_over(attempt: Attempt) -> None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    term = next((one for one in found if one.clock.name == "third_party"), None)
    if term is None or term.due_at is None or attempt.at <= term.due_at:
        raise NotFromHere("第三方的答复期限还没有届满", todo="请等第三方答复，或者等期限届满。")


def may_extend(attempt: Attempt) -> None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    limit = next((one for one in found if one.clock.name == "answer"), None)
    if limit and limit.due_at and attempt.at > limit.due_at:
        raise Missing("已经超过答复期限，不能再延长", todo="请尽快答复。")
    user, handler = attempt.actor.user, attempt.case.handler_id
    if user is not None and handler == user.pk:
        raise NotYou("承办人不能给自己批准延期", todo="请由公开工作机构的负责人办理。")


def keep_reply(attempt: Attempt) -> dict[str, Any]:
    labels = dict(forms.SECRECY) | dict(forms.NOT_HANDLED)
    reason = labels.get(attempt.data.get("reason", ""), "")
    remedy = REVIEW_FIRST if attempt.step.name in WITHHOLDING else REMEDY
    kept = {"label": attempt.step.label, "reason": reason, "remedy": remedy, "basis": attempt.step.basis}
    parts = {key: attempt.data.get(key, "") for key in ("explanation", "provided", "searched", "to")}
    return {"facts": {"reply": {**kept, **parts}}}
