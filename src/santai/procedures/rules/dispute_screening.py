"""The conditions of a round of screening that a table cell cannot say."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.veiled import opened
from santai.people.parties import find_or_create
from santai.procedures.forms.dispute_screening import ELSEWHERE, RHYTHMS
from santai.procedures.rules.conditions import not_in_the_future
from santai.procedures.rules.mediation import police_are_told

FOUND, ELSEWHERE_STEP = "find_dispute", "hand_elsewhere"


def keep_round(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    rhythm = data.get("rhythm", "daily")
    kept = {"name": data["name"], "rhythm": rhythm, "rhythm_label": dict(RHYTHMS)[rhythm]}
    kept |= {"starts_on": data["starts_on"], "ends_on": data.get("ends_on", data["starts_on"])}
    return {"facts": {"round": {**attempt.case.facts.get("round", {}), **kept}, "elsewhere": []}}


def person_found(attempt: Attempt) -> dict[str, Any]:
    """The mediation is the person's own: they follow it with their phone, the committee only found it."""
    given = opened(attempt.data)
    party = find_or_create(name=given["who"], phone=given["phone"], at=attempt.at)
    return {"applicant": party, "text": given["story"], "facts": {"screening": attempt.case.code}}


def keep_elsewhere(attempt: Attempt) -> dict[str, Any]:
    handed = {"to": attempt.data["to"], "reason": dict(ELSEWHERE)[attempt.data["reason"]]}
    return {"facts": {"elsewhere": [*attempt.case.facts["elsewhere"], handed]}}


def may_report(attempt: Attempt) -> None:
    police_are_told(attempt)


def counts_match(attempt: Attempt) -> None:
    """Every dispute found has become a mediation or was handed on; zero is a report too."""
    not_in_the_future(attempt, "visited_on")
    starts_on = attempt.case.facts["round"]["starts_on"]
    if attempt.data["visited_on"].isoformat() < starts_on:
        raise Missing(f"这一轮从{starts_on}开始", fields={"visited_on": ["排查日期早于这一轮的开始。"]})
    handled = sum(entry.step in {FOUND, ELSEWHERE_STEP} for entry in attempt.log)
    found = attempt.data["disputes_found"]
    if found != handled:
        raise Missing(
            f"报告发现{found}件，登记的是{handled}件",
            todo="每一件都要先办理“发现纠纷，转入调解”或者“转其他单位”，再报告。",
            fields={"disputes_found": [f"已经登记{handled}件，请核对。"]},
        )


def keep_report(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    report = {key: data[key] for key in ("visited_on", "places", "households", "disputes_found")}
    report["mediations"] = attempt.case.children.count()
    report["reported_on"] = localdate(attempt.at)
    return {"handler": attempt.actor.user, "facts": {"report": report}}


def is_overdue(attempt: Attempt) -> None:
    running = [one for one in clocks_of(attempt.case, attempt.log, now=attempt.at) if one.stopped_at is None]
    if not any(one.is_overdue for one in running if one.clock.name != "police"):
        raise NotFromHere("这一轮还没有到期", todo="请等期限届满；可以先督促。")
