"""The conditions of the certificate of a public lawyer, each explained; who decides is not who reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clock_count import add_months
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.people.models import Party
from santai.procedures.forms.public_lawyer import BARS, CANCEL_GROUNDS, DECLINE_REASONS, GRADES, NOT_ACCEPTED_REASONS
from santai.procedures.rules.arbitration import not_while_asked, only_when_asked
from santai.procedures.rules.conditions import latest, not_in_the_future

MONTHS = {"legal_work": 24, "profession": 12}
REMEDY = "对本决定不服的，可以自收到本决定书之日起60日内依法申请行政复议，或者在6个月内向人民法院提起行政诉讼。"


@dataclass(frozen=True)
class Criterion:
    """One condition of 公职律师管理办法 5 or 6, and why it is met or not."""

    label: str
    is_met: bool
    why: str

    def as_facts(self) -> dict[str, Any]:
        return {"label": self.label, "is_met": self.is_met, "why": self.why}


def criteria(application: dict[str, Any], on: date) -> list[Criterion]:
    ticked = (
        ("is_chinese", "中国公民，拥护宪法"),
        ("is_qualified", "取得法律职业资格或者律师资格"),
        ("is_public", "依法履行公职"),
        ("good_conduct", "品行良好"),
        ("unit_consents", "所在单位同意"),
    )
    found = [Criterion(label, bool(application[key]), _confirmed(application[key])) for key, label in ticked]
    found.insert(3, _experience(application, on))
    bars = [label for key, label in BARS if key in application["bars"]]
    found.append(Criterion("没有不得担任的情形", not bars, "；".join(bars) or "单位确认没有"))
    return found


def _confirmed(ticked: bool) -> str:
    return "单位已确认" if ticked else "单位没有确认"


def _experience(application: dict[str, Any], on: date) -> Criterion:
    """Two years of legal work, or one as judge, procurator or lawyer, to the day."""
    label = "从事法律工作二年，或者任法官、检察官、律师一年"
    months = MONTHS.get(application["experience"])
    if months is None:
        return Criterion(label, False, "两项都不满足")
    full = add_months(date.fromisoformat(str(application["experience_since"])), months)
    return Criterion(label, full <= on, f"自{application['experience_since']}起算，{full}满{months // 12}年")


# --- application and review ---------------------------------------------------------------------------------------


def unit_applies(attempt: Attempt) -> None:
    if attempt.case.applicant.kind != Party.Kind.COMPANY:
        raise Missing("公职律师证由所在单位申请，不能以个人名义提出", todo="请以单位名义登记后再申请。")
    not_in_the_future(attempt, "experience_since")


def keep_application(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"application": dict(attempt.data)}}


def keep_criteria(attempt: Attempt) -> dict[str, Any]:
    found = criteria(attempt.case.facts["application"], localdate(attempt.at))
    return {"facts": {"criteria": [one.as_facts() for one in found]}}


def not_asked_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_for_more"):
        raise NotFromHere("已经一次性告知过补正内容，不能再次要求补正", todo="请根据现有材料决定是否受理。")


def was_reviewed(attempt: Attempt) -> None:
    if not latest(attempt.log, "report"):
        raise NotFromHere("还没有审查意见", todo="请先由审查人员提出审查意见。")


def is_anothers(attempt: Attempt) -> None:
    """Who reviewed does not decide."""
    reviewed = latest(attempt.log, "report")
    if reviewed and attempt.actor.user and reviewed.actor_id == attempt.actor.user.pk:
        raise NotYou("审查的人不能作决定", todo="请由司法行政机关负责人决定。")


def may_be_granted(attempt: Attempt) -> None:
    is_anothers(attempt)
    unmet = [one for one in criteria(attempt.case.facts["application"], localdate(attempt.at)) if not one.is_met]
    if unmet:
        raise Missing(*(f"{one.label}：{one.why}" for one in unmet), todo="不符合条件的，请办理“不予颁发”。")


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    label = dict(DECLINE_REASONS)[attempt.data["reason"]]
    return {"facts": {**keep_criteria(attempt)["facts"], **_remedy(label)}}


def keep_not_accepted(attempt: Attempt) -> dict[str, Any]:
    return {"facts": _remedy(dict(NOT_ACCEPTED_REASONS)[attempt.data["reason"]])}


def keep_cancellation(attempt: Attempt) -> dict[str, Any]:
    return {"facts": _remedy(dict(CANCEL_GROUNDS)[attempt.data["ground"]])}


def _remedy(label: str) -> dict[str, Any]:
    return {"reason_label": label, "remedy": REMEDY}


def issued_after_decision(attempt: Attempt) -> None:
    not_in_the_future(attempt, "issued_on_day")
    decided = latest(attempt.log, "grant")
    if decided and attempt.data["issued_on_day"] < localdate(decided.at):
        raise Missing("颁证日期早于决定日期", fields={"issued_on_day": ["不能早于决定日期。"]})


def keep_certificate(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"licence": attempt.data["licence"], "certified_on": attempt.data["issued_on_day"]}}


# --- assessment and end -------------------------------------------------------------------------------------------


def may_be_assessed(attempt: Attempt) -> None:
    year, certified = int(attempt.data["year"]), date.fromisoformat(attempt.case.facts["certified_on"])
    if year < certified.year:
        raise Missing("这一年还没有颁证", fields={"year": ["请核对考核年度。"]})
    if year >= localdate(attempt.at).year:
        raise Missing(f"{year}年度还没有结束", fields={"year": ["年度结束以后再考核。"]})
    if str(year) in attempt.case.facts.get("assessments", {}):
        raise Missing(f"{year}年度已经考核过", fields={"year": ["每个年度考核一次。"]})


def keep_assessment(attempt: Attempt) -> dict[str, Any]:
    given = attempt.case.facts.get("assessments", {})
    label = dict(GRADES)[attempt.data["grade"]]
    return {"facts": {"assessments": {**given, str(attempt.data["year"]): label}, "grade_label": label}}


CANCELLATION = ("ask_cancel", "cancel", "keep_certified")
cancel_is_asked = only_when_asked(*CANCELLATION, nothing="没有待决定的注销申请")
no_cancel_pending = not_while_asked(*CANCELLATION, pending="注销申请正在审查")


def failing_is_on_record(attempt: Attempt) -> None:
    """Two failed years in a row, as assessed here, before the certificate is cancelled for it."""
    if attempt.data["ground"] != "failed":
        return
    failed = {int(year) for year, grade in attempt.case.facts.get("assessments", {}).items() if grade == "不称职"}
    if not any(year + 1 in failed for year in failed):
        raise Missing(
            "没有连续两个年度考核不称职的记录", todo="请核对考核记录。", fields={"ground": ["与考核记录不符。"]}
        )
