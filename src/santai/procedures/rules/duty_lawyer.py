"""The conditions of help by a duty lawyer.

法律援助法 14, 30, 39; 刑事诉讼法 36, 174; 法律援助值班律师工作办法 (司规〔2020〕6号).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from santai.casework.clock_count import latest_day_before
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parameters import clock_overrides
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import workdays
from santai.people.models import SpecialGroup
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.legal_aid import keep_organisation, not_ahead
from santai.procedures.rules.legal_aid_assignment import keep_assignment
from santai.procedures.rules.legal_aid_defence import MAY_DEFEND
from santai.registry.duty import DutyPlace, on_duty_at
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise
from santai.workdays.calendar import calendar_for

# Unconfirmed (值班律师工作办法); a parameter clock.LA15N replaces it.
NOTICE_LEAD = workdays(3)


# --- request and notice -------------------------------------------------------------------------------------------


def requested_by_now(attempt: Attempt) -> None:
    not_ahead(attempt, "requested_at")


def keep_request(attempt: Attempt) -> dict[str, Any]:
    place: DutyPlace = attempt.data["place"]
    office = place.organisation if attempt.case.organisation is None else keep_organisation(attempt)
    asked = {key: value for key, value in attempt.data.items() if key not in {"place", "has_no_counsel"}}
    facts = {"place": {"id": place.pk, "name": place.name, "kind": place.kind}, "duty": asked}
    return {"organisation": office, "facts": facts}


def noticed_in_order(attempt: Attempt) -> None:
    not_in_the_future(attempt, "received_on")
    if attempt.data["help_on"] < attempt.data["received_on"]:
        raise Missing("需要帮助的日期早于收到通知的日期", fields={"help_on": ["请核对日期。"]})


def keep_notice(attempt: Attempt) -> dict[str, Any]:
    """Whether notice came three working days before (LA15) is recorded; fast-track and cross-region are exempt."""
    found = keep_request(attempt)
    case, given = attempt.case, attempt.data
    lead = clock_overrides(case.region, localdate(case.opened_at)).get("LA15N", NOTICE_LEAD)
    last_day = latest_day_before(given["help_on"], lead, calendar_for(case.region))
    is_exempt = bool(given.get("reason"))
    found["facts"]["duty"] |= {
        "notice_due": last_day,
        "notice_was_short": not is_exempt and given["received_on"] > last_day,
    }
    return found


# --- the lawyer ---------------------------------------------------------------------------------------------------


def may_be_named(attempt: Attempt) -> None:
    practitioner: Practitioner = attempt.data["practitioner"]
    problems = list(_obstacles(attempt, practitioner))
    if problems:
        raise Missing(*problems, todo="请改选其他值班律师。", fields={"practitioner": problems})
    _is_on_rota(attempt, practitioner)


def told_in_order(attempt: Attempt) -> None:
    may_be_named(attempt)
    not_ahead(attempt, "told_at")
    asked = latest(attempt.log, "register_request")
    if asked and attempt.data["told_at"] < datetime.fromisoformat(asked.data["requested_at"]):
        raise Missing("通知的时间早于提出申请的时间", fields={"told_at": ["请核对日期和钟点。"]})


def is_another_lawyer(attempt: Attempt) -> None:
    if attempt.case.facts.get("assignment", {}).get("practitioner") == attempt.data["practitioner"].pk:
        raise Missing("新的值班律师和现在的是同一个人", todo="请改选其他值班律师。")
    may_be_named(attempt)


def _obstacles(attempt: Attempt, practitioner: Practitioner) -> Iterator[str]:
    name, standing = practitioner.name, may_practise(practitioner, localdate(attempt.at))
    if not standing:
        yield standing.reason
    if practitioner.kind not in MAY_DEFEND:
        yield f"{name}是{practitioner.get_kind_display()}，不能担任值班律师"
    if practitioner.user is None or not practitioner.user.is_active:
        yield f"{name}还没有可用的平台账号，无法在平台上记录"
    is_minor = SpecialGroup.MINOR in attempt.case.applicant.groups or attempt.case.facts["duty"].get("is_minor")
    if is_minor and not practitioner.knows_minors:
        yield f"当事人是未成年人，须由熟悉未成年人身心特点的律师帮助，{name}没有这项登记"


def _is_on_rota(attempt: Attempt, practitioner: Practitioner) -> None:
    if attempt.data.get("off_rota"):
        return
    place = DutyPlace.objects.filter(pk=attempt.case.facts["place"]["id"]).first()
    when = _wanted_at(attempt)
    if place and on_duty_at(place, when).filter(practitioner=practitioner).exists():
        return
    problem = f"{localtime(when):%Y-%m-%d %H:%M}没有排{practitioner.name}在{attempt.case.facts['place']['name']}值班"
    raise Missing(
        problem, todo="请改选当班律师；确需安排的，写明理由。", fields={"off_rota": ["没有排班的，请写明理由。"]}
    )


def _wanted_at(attempt: Attempt) -> datetime:
    """A notice names a day: whoever sits there at noon of it; a request is answered by whoever sits there now."""
    day = attempt.case.facts["duty"].get("help_on")
    if not day:
        return attempt.at
    noon = localtime(attempt.at).replace(hour=12, minute=0, second=0, microsecond=0)
    wanted = datetime.fromisoformat(day)
    return noon.replace(year=wanted.year, month=wanted.month, day=wanted.day)


def keep_lawyer(attempt: Attempt) -> dict[str, Any]:
    return keep_assignment(attempt)


# --- help and what follows ----------------------------------------------------------------------------------------


def helped_by_now(attempt: Attempt) -> None:
    not_ahead(attempt, "helped_at")


def keep_help(attempt: Attempt) -> dict[str, Any]:
    """The ledger is kept the same day; what is written down later is marked."""
    is_late = localdate(attempt.at) > localdate(attempt.data["helped_at"])
    times = int(attempt.case.facts.get("helped_times", 0)) + 1
    return {
        "facts": {"helped_times": times, "recorded_late": is_late or attempt.case.facts.get("recorded_late", False)}
    }


def refused_by_now(attempt: Attempt) -> None:
    not_ahead(attempt, "refused_at")


def read_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "read_on")


def opinion_awaits_answer(attempt: Attempt) -> None:
    last = latest(attempt.log, "give_opinion", "opinion_answered")
    if last is None or last.step != "give_opinion":
        raise NotFromHere("没有等待答复的意见", todo="提出意见后再登记答复。")


def no_plea_paper_yet(attempt: Attempt) -> None:
    if latest(attempt.log, "witness_plea", "no_plea_paper"):
        raise NotFromHere("签署具结书的情况已经记录过", todo="有变化的，请在办结小结里说明。")


def signed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "signed_on")


def keep_plea(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"plea_witnessed": True}}


def asked_by_now(attempt: Attempt) -> None:
    not_ahead(attempt, "received_at")


def handed_over_in_order(attempt: Attempt) -> None:
    not_ahead(attempt, "handed_over_at")
    asked = latest(attempt.log, "take_application")
    if asked and attempt.data["handed_over_at"] < datetime.fromisoformat(asked.data["received_at"]):
        raise Missing("转交的时间早于收到申请的时间", fields={"handed_over_at": ["请核对日期和钟点。"]})


def not_transferred_before(attempt: Attempt) -> None:
    if has_child(attempt.case, "legal_aid_criminal"):
        raise NotFromHere("法律援助申请已经转交", todo="请在子案件里查看进展。")


def not_reported_before(attempt: Attempt) -> None:
    if has_child(attempt.case, "legal_aid_notice"):
        raise NotFromHere("应当通知的情形已经报告过", todo="请在子案件里查看进展。")


def has_child(case: Case, procedure: str) -> bool:
    return case.children.filter(procedure=procedure).exists()
