"""The conditions of execution certificates (执行证书) that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.forms import notarization_execution as forms
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.notarization import not_the_handler, remedy


def keep_check(attempt: Attempt) -> dict[str, Any]:
    agreed = forms.kept(attempt.data, "verify_by", "answer_days")
    agreed["verify_by_label"] = dict(forms.WAYS)[agreed["verify_by"]]
    return {"facts": {"verification": agreed}}


def instrument_is_checked(attempt: Attempt) -> None:
    if latest(attempt.log, "check_instrument") is None:
        raise NotFromHere("还没有核对债权文书能不能强制执行", todo="请先办理“核对债权文书”。")
    if latest(attempt.log, "tell_meaning") is None:
        raise NotFromHere("还没有告知当事人法律意义和可能的后果", todo="请先办理“告知法律意义”（公证法第二十七条）。")


# --- the request --------------------------------------------------------------------------------------------------


def payment_was_due(attempt: Attempt) -> None:
    """What is not due cannot be in default."""
    due_on = attempt.data["due_on"]
    if localdate(attempt.at) <= due_on:
        raise Missing(f"履行期限到{due_on:%Y-%m-%d}为止，还没有届满", fields={"due_on": ["请等履行期限届满后再申请。"]})
    issued_on = date.fromisoformat(attempt.case.facts["certificate"]["issued_on"])
    if due_on < issued_on:
        raise Missing("履行期限早于公证书出具的日期", fields={"due_on": ["请核对债权文书约定的日期。"]})


def keep_request(attempt: Attempt) -> dict[str, Any]:
    request = forms.kept(attempt.data, "unpaid", "facts", "due_on", "interest")
    return {"facts": {"request": request, "answer": None}}


def served_by_now(attempt: Attempt) -> None:
    """The time to answer is the one agreed in the certificate, not the one somebody fills in."""
    not_in_the_future(attempt, "served_on")
    attempt.data["answer_days"] = attempt.case.facts["verification"]["answer_days"]


def keep_inquiry(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"asked_by_label": dict(forms.WAYS)[attempt.data["way"]]}}


def answered_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "answered_on")


def keep_answer(attempt: Attempt) -> dict[str, Any]:
    answer = {**attempt.data, "label": dict(forms.ANSWERS)[attempt.data["answer"]]}
    return {"facts": {"answer": answer}}


def time_to_answer_is_over(attempt: Attempt) -> None:
    found = {reading.clock.name: reading for reading in clocks_of(attempt.case, attempt.log, now=attempt.at)}
    waiting = found.get("debtor_answer")
    if waiting is None or waiting.due_at is None or attempt.at <= waiting.due_at:
        raise NotFromHere("债务人答复的期限还没有届满", todo="请等期限届满，或者记录债务人的答复。")


def keep_proposal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"proposal": dict(forms.PROPOSALS)[attempt.data["result"]]}}


# --- the decision -------------------------------------------------------------------------------------------------


def may_be_certified(attempt: Attempt) -> None:
    """Who verified does not decide; a proven objection is answered, and nothing beyond the request is certified."""
    not_the_handler(attempt)
    answer, data = attempt.case.facts.get("answer"), attempt.data
    if answer and answer["answer"] == "objects_with_proof" and not data["why_not_followed"]:
        problem = "债务人交来过证明材料，请写明为什么不采纳。"
        raise Missing(problem, todo="异议有证据支持的，请办理“不予出具”。", fields={"why_not_followed": [problem]})
    unpaid = attempt.case.facts["request"]["unpaid"]
    if data["amount"] and unpaid and data["amount"] > Decimal(unpaid):
        problem = f"债权人申请的是{unpaid}元，不能超过。"
        raise Missing(problem, todo="请核对金额。", fields={"amount": [problem]})


def keep_execution(attempt: Attempt) -> dict[str, Any]:
    subject = forms.kept(attempt.data, "amount", "subject", "against")
    return {"facts": {"execution": {**subject, "issued_on": localdate(attempt.at)}}}


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.REFUSALS)[attempt.data["reason"]]
    return {"facts": {"reason_label": label, **remedy(attempt.case)}}


# --- at the court -------------------------------------------------------------------------------------------------


def served_after_certificate(attempt: Attempt) -> None:
    not_in_the_future(attempt, "served_on")
    issued_on = date.fromisoformat(attempt.case.facts["execution"]["issued_on"])
    if attempt.data["served_on"] < issued_on:
        raise Missing("送达日期早于执行证书的日期", fields={"served_on": ["请核对执行通知书。"]})


def filed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "filed_on")


def court_is_reviewing(attempt: Attempt) -> None:
    last = latest(attempt.log, "contest", "court_rejects_contest")
    if last is None or last.step != "contest":
        raise NotFromHere("债务人没有申请不予执行，或者法院已经驳回", todo="请继续办理后面的步骤。")


def court_is_not_reviewing(attempt: Attempt) -> None:
    last = latest(attempt.log, "contest", "court_rejects_contest")
    if last and last.step == "contest":
        raise NotFromHere("法院正在审查债务人的申请", todo="请等法院的裁定。")


def not_lengthened_yet(attempt: Attempt) -> None:
    court_is_reviewing(attempt)
    last = latest(attempt.log, "contest", "court_extends")
    if last and last.step == "court_extends":
        raise NotFromHere("法院的审查已经延长过一次", todo="请等法院的裁定。")


def decided_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "decided_on")


def keep_court_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.COURT_REFUSALS)[attempt.data["reason"]], **remedy(attempt.case)}}


def performed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "performed_on")
