"""The conditions of counsel on notice (通知辩护、通知代理) that a table cell cannot say.

法律援助法 25-28, 36; 刑诉法解释 49-51, 311; 公安机关办理刑事案件程序规定 46-47.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clock_count import latest_day_before
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parameters import clock_overrides
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import days
from santai.procedures.forms.legal_aid_notice import Ground
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.legal_aid import keep_organisation, remedy
from santai.procedures.rules.legal_aid_assignment import keep_assignment, may_be_assigned, not_one_who_left
from santai.workdays.calendar import calendar_for, roll_over

# 法律援助法 36 and 刑诉法解释 49; a parameter clock.LA02 or clock.LA13 replaces them.
NOTICE_LIMIT = days(3)
COURT_PAPERS_LEAD = days(15)
MANDATORY = frozenset(Ground.values) - {Ground.DISCRETIONARY}


def ground_of(case: Case) -> str:
    return str(case.facts.get("notice", {}).get("ground") or "")


def is_mandatory(case: Case) -> bool:
    return ground_of(case) in MANDATORY


# --- the notice ---------------------------------------------------------------------------------------------------


def reminded_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "discovered_on")


def received_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "received_on")


def keep_notice(attempt: Attempt) -> dict[str, Any]:
    """Whether the organ gave notice in time (LA02) is recorded as it was on the day."""
    kept = dict(attempt.data)
    kept["place"] = kept["place"] or attempt.case.region
    kept["ground_label"] = str(Ground(kept["ground"]).label)
    kept["word"] = "代理" if kept["ground"] == Ground.COMPULSORY_MEDICAL else "辩护"
    due = notice_due(attempt.case, kept["discovered_on"])
    kept["notice_due"] = due
    kept["notice_was_late"] = kept["notified_on"] > due
    return {"organisation": keep_organisation(attempt), "facts": {"notice": kept}}


def notice_due(case: Case, discovered_on: date) -> date:
    limit = clock_overrides(case.region, localdate(case.opened_at)).get("LA02", NOTICE_LIMIT)
    return roll_over(discovered_on + timedelta(days=limit.count), case.region)


def keep_hearing(attempt: Attempt) -> dict[str, Any]:
    """Papers that have come stay when the hearing is put off."""
    given, before = attempt.data, attempt.case.facts.get("hearing", {})
    came_on = given["papers_on"].isoformat() if given["papers_on"] else before.get("papers_on")
    return _kept_hearing(attempt.case, given["hearing_on"], came_on)


def keep_papers(attempt: Attempt) -> dict[str, Any]:
    hearing_on = date.fromisoformat(attempt.case.facts["hearing"]["hearing_on"])
    return _kept_hearing(attempt.case, hearing_on, attempt.data["papers_on"].isoformat())


def keep_summary_hearing(attempt: Attempt) -> dict[str, Any]:
    """The fifteen days are not for summary trials (刑诉法解释 49)."""
    return {"facts": {"hearing": {"hearing_on": attempt.data["hearing_on"], "is_simplified": True}}}


def _kept_hearing(case: Case, hearing_on: date, came_on: str | None) -> dict[str, Any]:
    """Whether the court's papers came at least fifteen days before the hearing (LA13), for the letter to the court."""
    lead = clock_overrides(case.region, localdate(case.opened_at)).get("LA13", COURT_PAPERS_LEAD)
    due = latest_day_before(hearing_on, lead, calendar_for(case.region)).isoformat()
    kept = {"hearing_on": hearing_on, "papers_on": came_on, "papers_due": due, "lead": str(lead)}
    return {"facts": {"hearing": {**kept, "papers_were_late": bool(came_on and came_on > due)}}}


def papers_by_now(attempt: Attempt) -> None:
    if attempt.data["papers_on"]:
        _in_order(attempt, attempt.data["hearing_on"])


def came_by_now(attempt: Attempt) -> None:
    _in_order(attempt, date.fromisoformat(attempt.case.facts["hearing"]["hearing_on"]))


def _in_order(attempt: Attempt, hearing_on: date) -> None:
    not_in_the_future(attempt, "papers_on")
    if hearing_on < attempt.data["papers_on"]:
        raise Missing("开庭日期早于送来材料的日期", fields={"papers_on": ["请核对日期。"]})


def papers_are_awaited(attempt: Attempt) -> None:
    hearing = attempt.case.facts.get("hearing", {})
    if "papers_due" not in hearing or hearing["papers_on"]:
        raise NotFromHere("没有还没收到的起诉书副本", todo="请先登记普通程序的开庭日期；已经收到的不用再登记。")


def papers_were_late(attempt: Attempt) -> None:
    """They came late, or the last day has passed and they have not come."""
    hearing = attempt.case.facts.get("hearing", {})
    is_overdue = not hearing.get("papers_on") and localdate(attempt.at).isoformat() > hearing.get("papers_due", "9999")
    if not (hearing.get("papers_were_late") or is_overdue):
        raise NotFromHere("法院送交材料没有不足法定时间", todo="有新的开庭安排时，先登记开庭。")


# --- appointing ---------------------------------------------------------------------------------------------------


def may_be_appointed(attempt: Attempt) -> None:
    not_one_who_left(attempt)
    may_be_assigned(attempt)


def keep_appointment(attempt: Attempt) -> dict[str, Any]:
    return keep_assignment(attempt)


# --- refusal and counsel of one's own -----------------------------------------------------------------------------


def refused_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "refused_on")


def decided_in_order(attempt: Attempt) -> None:
    not_in_the_future(attempt, "decided_on")
    refused = latest(attempt.log, "record_refusal")
    if refused and attempt.data["decided_on"].isoformat() < refused.data["refused_on"]:
        raise Missing("答复日期早于拒绝的日期", fields={"decided_on": ["请核对日期。"]})


def help_is_owed(attempt: Attempt) -> None:
    if not is_mandatory(attempt.case):
        raise NotFromHere("不属于应当提供法律援助的情形，本人可以自行辩护", todo="请办理“准许自行辩护”。")


def first_refusal_of_owed_help(attempt: Attempt) -> None:
    """Once, for a just reason; a second refusal of owed counsel is not allowed (刑诉法解释 50, 311)."""
    help_is_owed(attempt)
    if latest(attempt.log, "refusal_allowed"):
        raise NotFromHere(
            "属于应当提供法律援助的情形，已经准许拒绝过一次，再次拒绝不予准许",
            todo="请办理“拒绝不成立，继续由律师办理”。",
        )


def help_is_not_owed(attempt: Attempt) -> None:
    if is_mandatory(attempt.case):
        raise NotFromHere("属于应当提供法律援助的情形，不能没有律师", todo="请按办案机关查明的理由办理。")


def keep_self_defence(attempt: Attempt) -> dict[str, Any]:
    return _ended(attempt, "refused", "拒绝法律援助机构指派的律师，坚持自行辩护，办案机关准许")


def keep_own_counsel(attempt: Attempt) -> dict[str, Any]:
    return _ended(attempt, "own_counsel", "自行委托律师或者其他代理人")


def _ended(attempt: Attempt, ground: str, label: str) -> dict[str, Any]:
    return {"facts": {"termination": ground, "ground_label": label, **remedy(attempt)}}


def heard_in_order(attempt: Attempt) -> None:
    for field in ("happened_on", "heard_on"):
        not_in_the_future(attempt, field)
    if attempt.data["heard_on"] < attempt.data["happened_on"]:
        raise Missing("知道的日期早于委托的日期", fields={"heard_on": ["请核对日期。"]})


def keep_notified_again(attempt: Attempt) -> dict[str, Any]:
    """The lawyer who was refused leaves the case; another is to be appointed."""
    facts = attempt.case.facts
    before = [*facts.get("earlier_assignments", []), facts.get("assignment", {})]
    return {"handler": None, "facts": {"earlier_assignments": before, "assignment": {}}}
