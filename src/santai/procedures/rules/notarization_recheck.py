"""Re-check of a certificate (复查): who may still ask, who looks at it, and what follows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clock_count import start_count
from santai.casework.clock_runs import CHINA
from santai.casework.codes import tidy
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parameters import clock_overrides
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import Amount, Clock, years
from santai.procedures.forms.notarization import RECHECK_REFUSALS, RESULTS
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.notarization import remedy, require_notary
from santai.workdays.calendar import calendar_for

# 公证程序规则第六十一条: one year from receipt or knowledge, twenty from the certificate at most.
WINDOW, LONGEST = years(1), years(20)
DECISIONS = ("correct", "complete", "revoke_partly", "revoke")


def last_moment(start: date, amount: Amount, region: str) -> datetime:
    """The end of a limit that begins on `start`, moved over rest days."""
    begin = datetime.combine(start, time(), CHINA)
    return start_count(begin, Clock("window", "", amount, ""), amount, calendar_for(region)).due_at()


# --- request ------------------------------------------------------------------------------------------------------


def knew_by_now(attempt: Attempt) -> None:
    if attempt.data["knew_on"]:
        not_in_the_future(attempt, "knew_on")


def certificate_is_known(attempt: Attempt) -> None:
    knew_by_now(attempt)
    original = _original(attempt)
    if original is None:
        problem = "没有找到这份公证，请对照公证书上的案码再输一次。"
        raise Missing(problem, todo="看不清案码的，请联系出具公证书的公证处。", fields={"certificate": [problem]})


def _original(attempt: Attempt) -> Case | None:
    # The special kinds have tables of their own; their certificates are re-checked here like any other.
    found = Case.objects.filter(code=tidy(attempt.data["certificate"]), procedure__startswith="notarization")
    original = found.select_related("organisation").exclude(pk=attempt.case.pk).first()
    return original if original and "certificate" in original.facts else None


def keep_request(attempt: Attempt) -> dict[str, Any]:
    facts = attempt.case.facts
    return {"facts": _request(attempt, facts, attempt.case.region)}


def keep_request_of_closed(attempt: Attempt) -> dict[str, Any]:
    """The new case knows of the old certificate what a re-check needs, and lies with the office that issued it."""
    original = _original(attempt)
    if original is None:
        raise LookupError(attempt.data["certificate"])
    kept = {key: original.facts[key] for key in ("certificate", "received_on") if key in original.facts}
    # What somebody told a notary in confidence does not follow into the new case.
    kept["application"] = {key: original.facts["application"][key] for key in ("item", "item_label")}
    facts = {"recheck_of": original.code, **kept, **_request(attempt, kept, original.region)}
    return {"organisation": original.organisation, "facts": facts}


def _request(attempt: Attempt, facts: dict[str, Any], region: str) -> dict[str, Any]:
    return {"recheck_is_late": _is_late(attempt, facts, region), **remedy(attempt.case)}


def _is_late(attempt: Attempt, facts: dict[str, Any], region: str) -> bool:
    limits = clock_overrides(region, localdate(attempt.at))
    issued = date.fromisoformat(facts["certificate"]["issued_on"])
    knew = attempt.data["knew_on"] if attempt.data["who"] == "interested" else None
    since = knew or date.fromisoformat(facts.get("received_on", facts["certificate"]["issued_on"]))
    ends = [
        last_moment(max(since, issued), limits.get("NT04", WINDOW), region),
        last_moment(issued, limits.get("NT04L", LONGEST), region),
    ]
    return attempt.at > min(ends)


def window_is_over(attempt: Attempt) -> None:
    found = {reading.clock.name: reading for reading in clocks_of(attempt.case, attempt.log, now=attempt.at)}
    window = found.get("recheck_window")
    if window and window.due_at and attempt.at <= window.due_at:
        raise NotFromHere(f"当事人在{window.due_on:%Y-%m-%d}前可以申请复查", todo="请等复查期限届满。")


# --- who looks at it ----------------------------------------------------------------------------------------------


def may_recheck(attempt: Attempt) -> None:
    """Somebody other than the notary who handled the certificate, and only when the request came in time."""
    if attempt.case.facts["recheck_is_late"]:
        raise Missing("超过了申请复查的期限", todo="请办理“不受理复查”，并告知申请人其他途径。")
    chosen = attempt.data["handler"]
    if chosen.pk == attempt.case.facts["certificate"]["notary"]:
        problem = "原来承办的公证员不能复查自己的公证书。"
        raise Missing(problem, todo="请改选另一位公证员。", fields={"handler": [problem]})
    require_notary(chosen, attempt, "handler")


def keep_rechecker(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.data["handler"]}


def keep_recheck_refusal(attempt: Attempt) -> dict[str, Any]:
    label = dict(RECHECK_REFUSALS)[attempt.data["reason"]]
    return {"facts": {"reason_label": label, **remedy(attempt.case)}}


# --- decision and what follows ------------------------------------------------------------------------------------


def keep_proposal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"recheck_proposal": dict(RESULTS)[attempt.data["result"]]}}


def may_decide(attempt: Attempt) -> None:
    """Neither the first notary nor the one who re-checked decides; the decision bears the day it is made."""
    user = attempt.actor.user
    if user and user.pk in {attempt.case.handler_id, attempt.case.facts["certificate"]["notary"]}:
        raise NotYou("原承办人和复查人不能作出复查决定", todo="请由公证处另一位负责人办理。")
    if attempt.data["decided_on"] != localdate(attempt.at):
        problem = "决定日期就是今天，不能提前或者补填。"
        raise Missing(problem, fields={"decided_on": [problem]})


def keep_decision(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"recheck_result": attempt.step.name, "recheck_result_label": dict(RESULTS)[attempt.step.name]}}


def result_not_reported(attempt: Attempt) -> None:
    if _is_reported(attempt):
        raise NotFromHere("已经报告过公证协会", todo="请继续办理后面的步骤。")


def result_is_reported(attempt: Attempt) -> None:
    if not _is_reported(attempt):
        raise NotFromHere("还没有在当天报告公证协会", todo="请先办理“报告公证协会”。")


def _is_reported(attempt: Attempt) -> bool:
    last = latest(attempt.log, "report_result", *DECISIONS)
    return bool(last and last.step == "report_result")


def announced_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "announced_on")
