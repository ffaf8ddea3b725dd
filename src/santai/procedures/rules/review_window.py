"""Until when administrative review may be applied for: sixty days, obstacles, a remedy nobody told, absolute limits."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clock_count import Count, start_count
from santai.casework.clock_runs import CHINA
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing
from santai.casework.terms import Amount, Clock, days, years
from santai.procedures.forms import administrative_review as forms
from santai.procedures.rules.arbitration import limit_of
from santai.procedures.rules.conditions import not_in_the_future
from santai.workdays.calendar import calendar_for

WINDOW, UNTOLD, ABSOLUTE, REAL_ESTATE = days(60), years(1), years(5), years(20)


def last_day_to_apply(application: dict[str, Any], region: str, limit: Amount = WINDOW) -> date:
    """Sixty days from knowing, without the days of an obstacle; a year when nobody told the remedy; never more than
    five years from the act, twenty for real estate (第二十条、第二十一条)."""
    is_told = bool(application["told_remedy"])
    count = _counted(application["known_on"], limit if is_told else UNTOLD, region)
    if application.get("obstacle_from"):
        count.leave_out(_moment(application["obstacle_from"]), _moment(application["obstacle_until"]))
    last = localdate(count.due_at())
    if is_told or not application.get("act_on"):
        return last
    absolute = REAL_ESTATE if application["act"] == "resources" else ABSOLUTE
    return min(last, localdate(_counted(application["act_on"], absolute, region).due_at()))


def _counted(first: Any, limit: Amount, region: str) -> Count:
    clock = Clock("apply", "", limit, "", until_steps=frozenset({"apply"}))
    return start_count(_moment(first), clock, limit, calendar_for(region))


def _moment(day: Any) -> datetime:
    return datetime.combine(date.fromisoformat(str(day)), time(), CHINA)


def keep_note(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"known_on": attempt.data["known_on"]}}


def known_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "known_on")


def may_apply(attempt: Attempt) -> None:
    not_in_the_future(attempt, "known_on")
    if attempt.data["act_on"] and attempt.data["act_on"] > attempt.data["known_on"]:
        raise Missing("行政行为的日期晚于知道的日期", fields={"act_on": ["请核对日期。"]})


def keep_application(attempt: Attempt) -> dict[str, Any]:
    kept = {key: value for key, value in attempt.data.items() if key != "story"}
    kept |= {"act_label": dict(forms.ACTS)[kept["act"]], "review_first": kept["act"] in forms.REVIEW_FIRST}
    limit = limit_of(attempt, "RV01", WINDOW)
    last = last_day_to_apply(kept, attempt.case.region, limit)
    late = last < localdate(attempt.at)
    return {"facts": {"application": kept, "window_ends_on": last, "is_late": late, "applied_on": attempt.at}}
