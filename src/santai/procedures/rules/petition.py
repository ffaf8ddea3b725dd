"""The conditions of a petition's hand-off that a table cell cannot say: two receipts, secrecy, windows, counsel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.veiled import opened
from santai.procedures.forms.petition import DECLINE_REASONS, OUTCOMES, ROUTES
from santai.procedures.rules.arbitration import is_over, not_while_asked, once_since, only_when_asked, reading
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise

COUNSEL = "government_counsel"


# --- what is kept -------------------------------------------------------------------------------------------------


def keep_petition(attempt: Attempt) -> dict[str, Any]:
    kept = {key: attempt.data[key] for key in ("kind", "unit", "accused", "persons", "representatives")}
    return {"facts": {"petition": kept, "platform_received_at": localtime(attempt.case.opened_at).isoformat()}}


def keep_route(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"route": attempt.data["route"], "route_label": dict(ROUTES)[attempt.data["route"]]}}


def route_is_not_petition(attempt: Attempt) -> None:
    """Who wants to petition is handed on, whatever the desk thinks of it."""
    explained = latest(attempt.log, "explain_route")
    if explained is None:
        raise NotFromHere("还没有解释应当走什么途径", todo="请先看清解释，再决定走哪条路。")
    if explained.data["route"] == "petition":
        raise NotFromHere("这件事就是走信访途径", todo="请等待转交信访工作机构。")


def secrecy_is_kept(attempt: Attempt) -> None:
    """Nothing about an accusation goes to the one it accuses (信访工作条例第三十条)."""
    accused = opened(attempt.case.facts.get("petition", {}).get("accused") or "")
    names = [part.strip() for part in str(accused).replace("，", "、").split("、") if part.strip()]
    target = _target_of(attempt)
    if any(name and name in target for name in names):
        raise Missing(
            "不能把检举、控告材料转给被检举的单位",
            todo="请转给它的上级机关或者纪检监察机关。",
            fields=_secret(attempt),
        )


def _target_of(attempt: Attempt) -> str:
    return str(attempt.data.get("unit") or attempt.data.get("office") or "")


def _secret(attempt: Attempt) -> dict[str, list[str]]:
    field = "unit" if "unit" in attempt.data else "office"
    return {field: ["请改转其他机关。"]}


def may_be_handed_over(attempt: Attempt) -> None:
    """Not before it came in, and never to the one it accuses."""
    if attempt.data["sent_at"] > attempt.at:
        raise Missing("转交时间不能晚于现在", fields={"sent_at": ["请填写已经转交的时间。"]})
    if attempt.data["sent_at"] < attempt.case.opened_at:
        raise Missing("转交时间早于平台收到的时间", fields={"sent_at": ["请核对时间。"]})
    secrecy_is_kept(attempt)


def received_after_sent(attempt: Attempt) -> None:
    """The two receipts are two facts: the platform's own, and the one the law counts from."""
    sent = latest(attempt.log, "transfer", "office_returns", "unit_objects")
    received: datetime = attempt.data["received_at"]
    if received > attempt.at:
        raise Missing("收到的时间不能晚于现在", fields={"received_at": ["请填写已经收到的时间。"]})
    if sent and received < datetime.fromisoformat(sent.data.get("sent_at") or sent.at.isoformat()):
        raise Missing("收到的时间早于转交的时间", fields={"received_at": ["请核对回执。"]})


def keep_receipt(attempt: Attempt) -> dict[str, Any]:
    """Both times, side by side, in every letter that speaks of them."""
    kept = {
        "received_at": localtime(attempt.data["received_at"]).isoformat(),
        "number": attempt.data.get("number", ""),
        "platform_received_at": localtime(attempt.case.opened_at).isoformat(),
    }
    kept_before = attempt.case.facts.get("receipts", {})
    return {"facts": {"receipts": {**kept_before, attempt.step.name: kept}, "last_receipt": kept}}


def keep_unit(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"unit": attempt.data["unit"], "passed_on": attempt.data["passed_on"]}}


def keep_acceptance(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"accepted_on": attempt.data["accepted_on"], "number": attempt.data["number"]}}


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(DECLINE_REASONS)[attempt.data["reason"]]}}


def keep_guide(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"route_label": dict(ROUTES)[attempt.data["route"]], "route": attempt.data["route"]}}


def keep_reply(attempt: Attempt) -> dict[str, Any]:
    label = dict(OUTCOMES)[attempt.data["outcome"]]
    return {"facts": {"outcome_label": label, "served_on": attempt.data["served_on"]}}


def keep_extension(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"extended_by": attempt.data["amount"]}}


HEARING = ("hold_hearing", "hearing_over")
hearing_is_on = only_when_asked(*HEARING, nothing="没有正在进行的听证")
no_hearing_on = not_while_asked(*HEARING, pending="听证还没有结束")
unit_not_received = once_since("office_passes_on", "unit_received", words="责任单位收件已经登记过")


# --- days ---------------------------------------------------------------------------------------------------------


def by_today(*fields: str) -> Any:
    def guard(attempt: Attempt) -> None:
        for field in fields:
            not_in_the_future(attempt, field)

    return guard


def objected_in_time(attempt: Attempt) -> None:
    """Within five working days of receipt; later it is recorded as late and the sender decides."""
    not_in_the_future(attempt, "objected_on")
    received = latest(attempt.log, "unit_received")
    if received is None:
        raise NotFromHere("还没有登记责任单位收到的时间", todo="请先登记单位收件，再登记异议。")


def accepted_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "accepted_on")
    received = latest(attempt.log, "unit_received")
    if received and attempt.data["accepted_on"] < localdate(datetime.fromisoformat(received.data["received_at"])):
        raise Missing("受理日期早于收到的日期", fields={"accepted_on": ["请核对日期。"]})


def replied_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "replied_on")
    if attempt.data["served_on"] < attempt.data["replied_on"]:
        raise Missing("收到日期早于处理意见书的日期", fields={"served_on": ["请核对日期。"]})
    not_in_the_future(attempt, "served_on")


def not_lengthened_before(attempt: Attempt) -> None:
    found = latest(attempt.log, "extend", "unit_accepts")
    if found and found.step == "extend":
        raise NotFromHere("已经延长过一次", todo="请在延长后的期限内出具处理意见。")


def may_be_lengthened(attempt: Attempt) -> None:
    found = reading(attempt, "handling")
    if found is not None and found.is_overdue:
        raise Missing("办理期限已经届满，不能再延长", todo="请尽快出具处理意见。")


def asked_in_window(name: str) -> Any:
    """Thirty days from the written answer; an obstacle is left to the reviewing organ, not turned away here."""

    def guard(attempt: Attempt) -> None:
        not_in_the_future(attempt, "filed_on")
        window = reading(attempt, name)
        if window is not None and window.due_on and attempt.data["filed_on"] > window.due_on:
            raise Missing(
                f"申请的期限到{window.due_on:%Y-%m-%d}为止",
                todo="有不可抗力等正当理由的，请直接向复查、复核机关说明，本平台可以代为转交。",
                fields={"filed_on": [f"应当在{window.due_on:%Y-%m-%d}前提出。"]},
            )

    return guard


def window_is_over(name: str, unserved: str) -> Any:
    def guard(attempt: Attempt) -> None:
        is_over(attempt, name, unserved=unserved)

    return guard


# --- lawyer -------------------------------------------------------------------------------------------------------


def may_assist(attempt: Attempt) -> None:
    """A practising lawyer who does not counsel the very unit that is petitioned about."""
    person: Practitioner = attempt.data["practitioner"]
    standing = may_practise(person, localdate(attempt.at))
    problems = [] if standing else [standing.reason]
    if person.kind != Practitioner.Kind.LAWYER:
        problems.append(f"{person.name}是{person.get_kind_display()}，参与信访的是律师")
    unit = attempt.case.facts.get("unit") or attempt.case.facts.get("petition", {}).get("unit") or ""
    counselled = Case.objects.filter(
        procedure=COUNSEL, closed_at__isnull=True, facts__counsel__id=person.pk
    ).select_related("applicant")
    if any(unit and unit == one.applicant.name for one in counselled):
        problems.append(f"{person.name}是{unit}的法律顾问，不能参与针对该单位的信访")
    if problems:
        raise Missing(*problems, todo="请改选另一位律师。", fields={"practitioner": problems})


def give_to_lawyer(attempt: Attempt) -> dict[str, Any]:
    person: Practitioner = attempt.data["practitioner"]
    return {"handler": person.user, "facts": {"lawyer": {"name": person.name, "firm": person.organisation.name}}}


def lawyer_is_there(attempt: Attempt) -> None:
    if not latest(attempt.log, "assign_lawyer"):
        raise NotFromHere("还没有安排律师参与", todo="请先安排律师。")
