"""The conditions of a consultation that a table cell cannot say: who was asked first, and who checks the answer."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms.consultation import DECLINED
from santai.procedures.rules.conditions import latest
from santai.procedures.rules.work_order import handler_belongs, keep_what_began
from santai.registry.models import Organisation
from santai.trust.crypto import sm3
from santai.trust.memberships import current_memberships
from santai.trust.models import User

# Both are for the province to set; nothing binding is known.
PROMISE_KEY, LONGEST_PROMISE = "consultation.promise_days", 5
SAMPLE_KEY, SAMPLE_PER_HUNDRED = "consultation.sample_per_hundred", 5
ANSWERS = ("answer_now", "answer", "give_opinion")
CHECKS = ("score", "score_poor")


# --- the call -----------------------------------------------------------------------------------------------------


def not_rung(attempt: Attempt) -> None:
    if latest(attempt.log, "ring"):
        raise NotFromHere("这次来电已经记录过", todo="请继续办理后面的步骤。")


def is_ringing(attempt: Attempt) -> None:
    last = latest(attempt.log, "ring", "pick_up")
    if last is None or last.step != "ring":
        raise NotFromHere("没有等待接听的来电", todo="请继续办理后面的步骤。")


def rang_by_now(attempt: Attempt) -> None:
    _not_ahead(attempt, "rang_at")


def answered_by_now(attempt: Attempt) -> None:
    _not_ahead(attempt, "answered_at")


def _not_ahead(attempt: Attempt, field: str) -> None:
    if attempt.data[field] > attempt.at:
        problem = "时间还没有到，请核对。"
        raise Missing(problem, fields={field: [problem]})


# --- who was asked first ------------------------------------------------------------------------------------------


def _asked_first(attempt: Attempt) -> dict[str, Any]:
    """Whoever takes it is responsible to the end, wherever it goes; the role stays on the record."""
    user, kept = attempt.actor.user, attempt.case.facts.get("first_asked")
    if kept or user is None:
        return {}
    home = _own(attempt)
    return {"first_asked": {"id": user.pk, "name": user.display_name, "organisation": home.pk if home else None}}


def _own(attempt: Attempt) -> Organisation | None:
    user = attempt.actor.user
    mine = [m.organisation for m in current_memberships(user) if m.role == attempt.role] if user else []
    return mine[0] if mine else None


def take_charge(attempt: Attempt) -> dict[str, Any]:
    home = _own(attempt) or attempt.case.organisation
    return {"handler": attempt.actor.user, "organisation": home, "facts": _asked_first(attempt)}


def keep_conversion(attempt: Attempt) -> dict[str, Any]:
    found = take_charge(attempt)
    return {**found, "facts": {**found["facts"], **keep_what_began(attempt)["facts"]}}


def answer_at_once(attempt: Attempt) -> dict[str, Any]:
    return {**take_charge(attempt), "facts": {**_asked_first(attempt), **_answer(attempt)}}


def by_whoever_holds_it(attempt: Attempt) -> None:
    user, holder = attempt.actor.user, attempt.case.handler_id
    if user is not None and holder is not None and holder != user.pk:
        raise NotYou("这件咨询由别人负责答复", todo="请由负责的人员办理；您是首问人的，可以记录跟进情况。")


def by_the_first_asked(attempt: Attempt) -> None:
    if attempt.actor.user is not None and attempt.actor.user.pk != attempt.case.facts["first_asked"]["id"]:
        raise NotYou(
            f"这一步由首问人{attempt.case.facts['first_asked']['name']}办理", todo="首问人不在岗的，请班长办理。"
        )


def within_the_setting(attempt: Attempt) -> None:
    by_whoever_holds_it(attempt)
    case = attempt.case
    longest = int(parameters.value(PROMISE_KEY, region=case.region, on=localdate(attempt.at), default=LONGEST_PROMISE))
    if attempt.data["within"] > longest:
        problem = f"最多承诺{longest}个工作日。"
        raise Missing(problem, todo="需要更久的，请转给能答复的单位。", fields={"within": [problem]})


def may_hand_on(attempt: Attempt) -> None:
    by_whoever_holds_it(attempt)
    handler_belongs(attempt)
    if attempt.data["organisation"].pk == attempt.case.facts["first_asked"]["organisation"]:
        problem = "这就是首问人自己的单位。"
        raise Missing(problem, todo="请直接请同事帮忙后答复，或者改选其他单位。", fields={"organisation": [problem]})


def keep_hand_on(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": attempt.data["organisation"], "handler": attempt.data["handler"]}


def nobody_holds_it(attempt: Attempt) -> None:
    if attempt.case.handler_id is not None:
        raise NotFromHere("已经有人接办", todo="请由接办的人答复。")


def back_to_the_first_asked(attempt: Attempt) -> dict[str, Any]:
    first = attempt.case.facts["first_asked"]
    return {
        "handler": User.objects.get(pk=first["id"]),
        "organisation": Organisation.objects.filter(pk=first["organisation"]).first() or attempt.case.organisation,
    }


# --- the answer and its check -------------------------------------------------------------------------------------


def keep_answer(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.actor.user, "facts": _answer(attempt)}


def _answer(attempt: Attempt) -> dict[str, Any]:
    is_sampled = _is_drawn(attempt) or _is_picked(attempt.log)
    return {"answered_by": attempt.actor.user.pk if attempt.actor.user else None, "is_sampled": is_sampled}


def _is_drawn(attempt: Attempt) -> bool:
    """So many in a hundred, drawn from the case code: nobody chooses whose answers are looked at."""
    case = attempt.case
    rate = parameters.value(SAMPLE_KEY, region=case.region, on=localdate(attempt.at), default=SAMPLE_PER_HUNDRED)
    return int(sm3(f"{case.code}:quality".encode()), 16) % 100 < int(rate)


def _is_picked(log: list[LogEntry]) -> bool:
    """What somebody asked to look at is still looked at when the answer is given anew, a poor one above all."""
    last = latest(log, "pick_sample", *CHECKS)
    return bool(last and last.step in ("pick_sample", "score_poor"))


def was_handed_on(attempt: Attempt) -> None:
    if not _owes_confirmation(attempt.log):
        raise NotFromHere("没有等待首问人回访的答复", todo="请继续办理后面的步骤。")


def _owes_confirmation(log: list[LogEntry]) -> bool:
    last = latest(log, "hand_on", "pass_back", "confirm_answered")
    return bool(last and last.step == "hand_on")


def not_sampled(attempt: Attempt) -> None:
    if attempt.case.facts["is_sampled"]:
        raise NotFromHere("这件咨询已经在抽查之列", todo="请直接打分。")


def keep_pick(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"is_sampled": True}}


def waits_for_score(attempt: Attempt) -> None:
    if not _owes_score(attempt.case, attempt.log):
        raise NotFromHere("这件咨询没有被抽查，或者已经打过分", todo="需要抽查的，请先办理“抽查这一件”。")


def _owes_score(case: Case, log: list[LogEntry]) -> bool:
    last = latest(log, *ANSWERS, *CHECKS)
    return bool(case.facts.get("is_sampled")) and bool(last and last.step in ANSWERS)


def not_ones_own_answer(attempt: Attempt) -> None:
    if attempt.actor.user is not None and attempt.actor.user.pk == attempt.case.facts["answered_by"]:
        raise NotYou("不能给自己的答复打分", todo="请由另一位班长或者监督员打分。")


def keep_score(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"quality": attempt.data["points"]}}


def redo(attempt: Attempt) -> dict[str, Any]:
    return {**back_to_the_first_asked(attempt), **keep_score(attempt)}


def nothing_is_owed(attempt: Attempt) -> None:
    if _owes_confirmation(attempt.log):
        raise NotFromHere("首问人还没有回访", todo="请首问人先办理“首问人回访”。")
    if _owes_score(attempt.case, attempt.log):
        raise NotFromHere("抽查还没有打分", todo="请先打分。")
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    window = next((one for one in found if one.clock.name == "ask_again"), None)
    if window and window.due_at and attempt.at <= window.due_at:
        raise NotFromHere("还在可以追问的期限内", todo="请等期限过后再关闭。")


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    label = {"reason_label": dict(DECLINED)[attempt.data["reason"]]}
    return {**take_charge(attempt), "facts": {**_asked_first(attempt), **label}}
