"""The conditions of a village adviser's contract that a table cell cannot say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.people.models import Party
from santai.procedures.forms.village_adviser import DECLINE_REASONS, EXIT_GROUNDS, GRADES, REPLACEMENT_GROUNDS
from santai.procedures.rules import village
from santai.procedures.rules.arbitration import is_over, not_while_asked, only_when_asked, waits
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise

ADVISERS = {Practitioner.Kind.LAWYER, Practitioner.Kind.GRASSROOTS}
# A reminder, not a limit: whoever renews in time serves without a gap.
REMIND_DAYS = 30
LONGEST_TERM_YEARS = 3
APPROACH = "可以改选其他法律顾问，或者向上一级司法行政机关反映，也可以拨打12348。"


# --- proposal and nomination --------------------------------------------------------------------------------------


def committee_asks(attempt: Attempt) -> None:
    """The contract is the committee's, not one villager's, and a village has one adviser."""
    not_in_the_future(attempt, "decided_on")
    if attempt.case.applicant.kind != Party.Kind.COMPANY:
        raise Missing("合同由村（居）民委员会签订，不能以个人名义提出", todo="请以村（居）民委员会的名义登记后再提出。")
    twin = village.contract_for(attempt.case, attempt.data["village"])
    if twin is not None:
        raise Missing(f"本村（社区）已有在聘的法律顾问，案码{twin.code}", todo="要换人的，请在原合同里申请更换。")


def keep_proposal(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    facts = {"village": data["village"].strip(), "village_name": village.plain_name(data["village"])}
    return {"facts": {**facts, "households": data["households"], "needs": data["needs"]}}


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(DECLINE_REASONS)[attempt.data["reason"]]}}


def may_be_adviser(attempt: Attempt) -> None:
    """A lawyer or grassroots legal worker in good standing, with room for one more village."""
    person: Practitioner = attempt.data["practitioner"]
    problems = []
    standing = may_practise(person, localdate(attempt.at))
    if not standing:
        problems.append(standing.reason)
    if person.kind not in ADVISERS:
        problems.append(f"{person.name}是{person.get_kind_display()}，法律顾问由律师或基层法律服务工作者担任")
    problems += _one_too_many(attempt, person)
    if attempt.case.facts.get("adviser", {}).get("id") == person.pk and attempt.step.name == "replace":
        problems.append("新的法律顾问就是现任的法律顾问")
    if any(entry.data.get("practitioner", {}).get("id") == person.pk for entry in _refused(attempt)):
        problems.append(f"村（居）民委员会没有同意由{person.name}担任")
    if problems:
        raise Missing(*problems, todo="请改选另一位。", fields={"practitioner": problems})


def _one_too_many(attempt: Attempt, person: Practitioner) -> list[str]:
    most = village.setting(village.MOST_VILLAGES_KEY, village.MOST_VILLAGES, attempt.case.region, localdate(attempt.at))
    held = village.contracts_of(person.pk, but=attempt.case.pk)
    return [f"{person.name}已担任{held}个村（社区）的法律顾问，最多{most}个"] if held >= most else []


def _refused(attempt: Attempt) -> list[Any]:
    """The nominations that the village turned down."""
    log = attempt.log
    return [
        before
        for before, entry in zip(log, log[1:], strict=False)
        if entry.step == "refuse_adviser" and before.step == "nominate"
    ]


def keep_adviser(attempt: Attempt) -> dict[str, Any]:
    person: Practitioner = attempt.data["practitioner"]
    kept = {"id": person.pk, "name": person.name, "firm": person.organisation.name, "licence": person.licence}
    kept["kind"] = str(person.get_kind_display())
    ground = attempt.data.get("ground")
    label = {"ground_label": dict(REPLACEMENT_GROUNDS)[ground], "grade_label": ""} if ground else {}
    return {"handler": person.user, "facts": {"adviser": kept, "village_refused": False, **label}}


def forget_adviser(attempt: Attempt) -> dict[str, Any]:
    return {"handler": None, "facts": {"adviser": {}, "village_refused": True}}


# --- signing ------------------------------------------------------------------------------------------------------

ROUND = ("agree_adviser", "renew")


def _signed(attempt: Attempt, step: str) -> bool:
    """In this round: what was signed for the last term does not count for the next."""
    begun, signed = latest(attempt.log, *ROUND), latest(attempt.log, step)
    return bool(begun and signed and signed.number > begun.number)


def not_signed_yet(attempt: Attempt) -> None:
    if _signed(attempt, attempt.step.name):
        raise NotFromHere("这一方已经签过字", todo="请等其他各方签字。")


def signed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "signed_on")


def all_have_signed(attempt: Attempt) -> None:
    """The bureau signs last, a contract that promises no less than is due and begins without an overlap."""
    labels = (("sign_village", "村（居）民委员会"), ("sign_firm", "法律顾问所在机构"))
    problems = [f"{label}还没有签字" for step, label in labels if not _signed(attempt, step)]
    problems += _wrong_term(attempt) + _less_than_due(attempt)
    if problems:
        raise Missing(*problems, todo="请补齐以后再办理。")


def _wrong_term(attempt: Attempt) -> list[str]:
    begins, ends = attempt.data["begins_on"], attempt.data["ends_on"]
    before = attempt.case.facts.get("contract")
    problems = []
    if (ends - begins).days > LONGEST_TERM_YEARS * 366:
        problems.append(f"合同期限一次最长{LONGEST_TERM_YEARS}年")
    if before and begins <= date.fromisoformat(before["ends_on"]):
        problems.append(f"原合同到{before['ends_on']}为止，续签的开始日应当在它之后")
    if ends < localdate(attempt.at):
        problems.append("合同到期日已经过去")
    return problems


def _less_than_due(attempt: Attempt) -> list[str]:
    data = attempt.data
    due = village.least_of({}, attempt.case.region, data["begins_on"])
    units = {"visits": ("每月到村", "次"), "hours": ("每月服务", "小时"), "lectures": ("每季度讲课", "次")}
    return [
        f"本地要求{label}不少于{due[key]}{unit}" for key, (label, unit) in units.items() if int(data[key]) < due[key]
    ]


def keep_contract(attempt: Attempt) -> dict[str, Any]:
    """A renewal keeps what came before: months are counted by the term they lie in."""
    return {"facts": {"contract": dict(attempt.data), "earlier": _contracts(attempt.case), "reminded": False}}


# --- visits -------------------------------------------------------------------------------------------------------


def may_log(attempt: Attempt) -> None:
    """Soon after, within a term, and nobody is in two villages at once."""
    not_in_the_future(attempt, "visited_on")
    day, region = attempt.data["visited_on"], attempt.case.region
    terms = _terms(attempt.case)
    if not any(begins <= day <= ends for begins, ends in terms):
        raise Missing("服务日期不在合同期内", fields={"visited_on": ["请核对日期。"]})
    last = village.last_day_to_log(day.replace(day=1), region, day)
    if localdate(attempt.at) > last:
        raise Missing(
            f"{day:%Y年%m月}的服务最晚在{last:%m月%d日}登记，现在已经不能补记",
            todo="请向司法行政机关说明情况。",
            fields={"visited_on": ["这个月的记录已经截止。"]},
        )
    not_twice_at_once(attempt, village.session_in(attempt.data, _user_of(attempt), attempt.case.code))


def not_twice_at_once(attempt: Attempt, session: village.Session) -> None:
    if session.adviser is None:
        return
    others = village.sessions_on(session.adviser, session.day, but=attempt.case.code)
    clash = next((one for one in others if one.overlaps(session)), None)
    if clash is not None:
        raise Missing(
            f"{clash.begins}至{clash.ends}已有另一条服务记录（{clash.where}），时间重叠",
            todo="请核对服务时间，同一时间只能登记一次服务。",
            fields={"begins": ["与另一条服务记录重叠。"]},
        )


def _user_of(attempt: Attempt) -> int | None:
    return attempt.actor.user.pk if attempt.actor.user else None


def _contracts(case: Case) -> list[dict[str, Any]]:
    return [*case.facts.get("earlier", []), *([case.facts["contract"]] if case.facts.get("contract") else [])]


def _terms(case: Case) -> list[tuple[date, date]]:
    return [(date.fromisoformat(one["begins_on"]), date.fromisoformat(one["ends_on"])) for one in _contracts(case)]


def visit_is_on_record(attempt: Attempt) -> None:
    session = (attempt.data["visited_on"], attempt.data["begins"])
    if session not in {(one.day, one.begins) for one in village.logged(attempt.log, "")}:
        raise Missing("没有这一天这个时间的服务记录", todo="请对照服务记录填写日期和开始时间。")


DISPUTE = ("dispute_visit", "strike_visit", "keep_visit")
visit_is_disputed = only_when_asked(*DISPUTE, nothing="没有待核实的服务记录")
no_dispute_pending = not_while_asked(*DISPUTE, pending="前一条异议正在核实")


# --- months -------------------------------------------------------------------------------------------------------


def _next_month(attempt: Attempt) -> date | None:
    """The earliest whole month of a term whose records are closed and which has not been counted."""
    counted = attempt.case.facts.get("months", {})
    region, today = attempt.case.region, localdate(attempt.at)
    for begins, ends in _terms(attempt.case):
        for month in village.whole_months(begins, ends):
            if village.month_of(month) not in counted:
                return month if village.last_day_to_log(month, region, today) < today else None
    return None


def count_of(attempt: Attempt, month: date) -> dict[str, Any]:
    sessions = village.sessions_of(attempt.case, attempt.log)
    here = [one for one in sessions if village.month_of(one.day) == village.month_of(month)]
    due = village.least_of(_contract_in(attempt.case, month), attempt.case.region, month)
    hours = sum((one.hours for one in here), start=Decimal(0))
    lectures = _lectures_missing(sessions, month, due["lectures"])
    met = len(here) >= due["visits"] and hours >= due["hours"] and not lectures
    return {"visits": len(here), "hours": f"{hours:.1f}", "due": due, "lectures_missing": lectures, "met": met}


def _contract_in(case: Case, month: date) -> dict[str, Any]:
    return next(one for one in _contracts(case) if one["begins_on"] <= month.isoformat() <= one["ends_on"])


def _lectures_missing(sessions: list[village.Session], month: date, due: int) -> int:
    """Lectures are counted by quarter, with its last month."""
    if month.month % 3:
        return 0
    quarter = {f"{month.year}-{number:02d}" for number in range(month.month - 2, month.month + 1)}
    given = sum(one.kind == "publicity" and village.month_of(one.day) in quarter for one in sessions)
    return max(due - given, 0)


def month_was_met(attempt: Attempt) -> None:
    _month_is(attempt, met=True)


def month_was_missed(attempt: Attempt) -> None:
    _month_is(attempt, met=False)


def _month_is(attempt: Attempt, *, met: bool) -> None:
    month = _next_month(attempt)
    if month is None:
        raise NotFromHere("没有到统计时间的月份", todo="每月的服务在下个月登记截止以后统计。")
    if count_of(attempt, month)["met"] != met:
        words = "没有达到" if met else "已经达到"
        raise NotFromHere(f"{month:%Y年%m月}{words}约定的服务量", todo="请按统计结果办理。")


def keep_month(attempt: Attempt) -> dict[str, Any]:
    month = _next_month(attempt)
    assert month is not None  # the step's `when` has found it
    counted = count_of(attempt, month)
    label = f"{month.year}年{month.month}月"
    months = {**attempt.case.facts.get("months", {}), village.month_of(month): counted}
    return {"facts": {"months": months, "month": {**counted, "label": label}}}


def some_month_was_missed(attempt: Attempt) -> None:
    months = attempt.case.facts.get("months", {}).values()
    if all(one["met"] or one.get("excused") for one in months):
        raise NotFromHere("没有未达到服务量的月份", todo="有月份没有达标时再办理。")


def month_is_missed(attempt: Attempt) -> None:
    found = attempt.case.facts.get("months", {}).get(attempt.data["month"])
    if found is None or found["met"]:
        raise Missing(
            f"{attempt.data['month']}没有“未达到服务量”的记录",
            todo="请填写有记录的月份。",
            fields={"month": ["这个月没有未达标的记录。"]},
        )


def excuse_month(attempt: Attempt) -> dict[str, Any]:
    months = dict(attempt.case.facts["months"])
    months[attempt.data["month"]] = {**months[attempt.data["month"]], "excused": attempt.data["explanation"]}
    return {"facts": {"months": months}}


# --- evaluation and assessment ------------------------------------------------------------------------------------


def quarter_is_over(attempt: Attempt) -> None:
    year, quarter = int(attempt.data["year"]), int(attempt.data["quarter"])
    first = date(year, quarter * 3 - 2, 1)
    after = village.first_of_next(date(year, quarter * 3, 1))
    if localdate(attempt.at) < after:
        raise Missing("这个季度还没有结束", todo="季度结束以后再评价。", fields={"quarter": ["这个季度还没有结束。"]})
    if not any(begins < after and ends >= first for begins, ends in _terms(attempt.case)):
        raise Missing("这个季度不在合同期内", fields={"quarter": ["请核对年度和季度。"]})
    if f"{year}-{quarter}" in attempt.case.facts.get("evaluations", {}):
        raise Missing("这个季度已经评价过", fields={"quarter": ["每个季度评价一次。"]})


def keep_evaluation(attempt: Attempt) -> dict[str, Any]:
    given = attempt.case.facts.get("evaluations", {})
    key = f"{attempt.data['year']}-{attempt.data['quarter']}"
    return {"rating": attempt.data["score"], "facts": {"evaluations": {**given, key: attempt.data["score"]}}}


poor_waits = only_when_asked("evaluate_poor", "follow_up", nothing="没有待回访的不满意评价")


def may_be_assessed(attempt: Attempt) -> None:
    """Once for each year of the term, not before the year has ended or the term has."""
    year, today = int(attempt.data["year"]), localdate(attempt.at)
    terms = _terms(attempt.case)
    if not any(begins.year <= year <= ends.year for begins, ends in terms):
        raise Missing("这一年不在合同期内", fields={"year": ["请核对考核年度。"]})
    if year >= today.year and max(ends for _, ends in terms) >= today:
        raise Missing(f"{year}年度还没有结束", fields={"year": ["年度结束或者合同到期以后再考核。"]})
    if str(year) in attempt.case.facts.get("assessments", {}):
        raise Missing(f"{year}年度已经考核过", fields={"year": ["每个年度考核一次。"]})
    _not_the_adviser(attempt)


def _not_the_adviser(attempt: Attempt) -> None:
    if attempt.actor.user and attempt.actor.user.pk == attempt.case.handler_id:
        raise NotYou("法律顾问不能考核自己", todo="请由司法行政机关的其他工作人员考核。")


def keep_assessment(attempt: Attempt) -> dict[str, Any]:
    given = attempt.case.facts.get("assessments", {})
    label = dict(GRADES)[attempt.data["grade"]]
    kept = {**given, str(attempt.data["year"]): label}
    return {"facts": {"assessments": kept, "grade_label": label, "remedy": APPROACH}}


# --- replacement, exit, renewal -----------------------------------------------------------------------------------


def keep_ending(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"ground_label": dict(EXIT_GROUNDS)[attempt.data["ground"]], "remedy": APPROACH}}


def may_end(attempt: Attempt) -> None:
    not_in_the_future(attempt, "ended_on")
    contract = attempt.case.facts["contract"]
    if attempt.data["ended_on"] < date.fromisoformat(contract["begins_on"]):
        raise Missing("解除日期早于合同开始日", fields={"ended_on": ["请核对日期。"]})
    if waits(attempt, *DISPUTE):
        raise Missing("有服务记录的异议还没有核实", todo="请先核实，再解除合同。")


def _ends_on(attempt: Attempt) -> date:
    return date.fromisoformat(attempt.case.facts["contract"]["ends_on"])


def term_is_over(attempt: Attempt) -> None:
    ends = _ends_on(attempt)
    if localdate(attempt.at) <= ends:
        raise NotFromHere(f"合同到{ends:%Y-%m-%d}为止，还没有到期", todo="请等合同到期；提前结束的，请办理解除。")


def term_ends_soon(attempt: Attempt) -> None:
    if attempt.case.facts.get("reminded"):
        raise NotFromHere("已经提醒过续签", todo="请等村（居）民委员会决定是否续签。")
    if localdate(attempt.at) < _ends_on(attempt) - timedelta(days=REMIND_DAYS):
        raise NotFromHere("离合同到期还早", todo=f"到期前{REMIND_DAYS}日内提醒。")


def keep_reminded(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reminded": True}}


def may_renew(attempt: Attempt) -> None:
    """A year that was assessed as failed is not renewed with the same person."""
    if attempt.case.facts.get("grade_label") == dict(GRADES)["failed"]:
        raise NotFromHere("最近一次考核为不称职，不能与同一位法律顾问续签", todo="请重新提出，另选法律顾问。")


def renewal_window_is_over(attempt: Attempt) -> None:
    is_over(attempt, "renewal", unserved="合同还没有到期")
