"""The conditions of an administrative licence that a table cell cannot say."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms.administrative_licence import ITEMS, NOT_ACCEPTED_REASONS, REFUSAL_REASONS
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.enforcement_decision import remedies


def keep_application(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"item": attempt.data["item"], "item_label": dict(ITEMS)[attempt.data["item"]]}}


def not_asked_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_for_more"):
        raise NotFromHere("已经一次告知过补正内容", todo="请受理，或者写明理由不予受理。")
    if is_silent(attempt):
        raise NotFromHere("超过5个工作日没有告知，自收到材料之日起已视为受理", todo="请继续审查。")


def date_is_ahead(attempt: Attempt) -> None:
    if attempt.data["by"] <= localdate(attempt.at):
        raise Missing("截止日必须晚于今天", fields={"by": ["请选择今天以后的日期。"]})


def is_silent(attempt: Attempt) -> bool:
    """行政许可法第三十二条: not told within five working days, it is accepted from the day it was received."""
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    told = next((one for one in found if one.clock.name == "acceptance"), None)
    return told is not None and told.due_at is not None and told.stopped_at is None and attempt.at > told.due_at


def five_days_are_over(attempt: Attempt) -> None:
    if not is_silent(attempt):
        raise NotFromHere("告知补正的期限还没有过", todo="请先审查材料。")


def may_still_decline(attempt: Attempt) -> None:
    if is_silent(attempt):
        raise NotFromHere("超过5个工作日没有告知，已视为受理", todo="请继续审查；不符合条件的，作出不予许可的决定。")


def keep_not_accepted(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(NOT_ACCEPTED_REASONS)[attempt.data["reason"]], **remedies(attempt)}}


def not_the_reviewer(attempt: Attempt) -> None:
    """Whoever examined the application does not decide on it."""
    user = attempt.actor.user
    if user and any(entry.actor_id == user.pk for entry in attempt.log if entry.step in {"accept", "review"}):
        raise NotYou("受理、审查的人不能作决定", todo="请由负责人决定。")


def keep_grant(attempt: Attempt) -> dict[str, Any]:
    decision = {"kind": "licence", "decided_on": localdate(attempt.at), "content": attempt.data["content"]}
    return {"facts": {"decision": decision, **remedies(attempt)}}


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(REFUSAL_REASONS)[attempt.data["reason"]], **remedies(attempt)}}


def issued_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "issued_on")
    until = attempt.data["valid_until"]
    if until and until <= attempt.data["issued_on"]:
        raise Missing("有效期早于颁发日期", fields={"valid_until": ["请核对日期。"]})
