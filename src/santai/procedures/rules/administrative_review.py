"""The conditions of administrative review that a table cell cannot say: windows, sort of procedure, who decides."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate, localtime

from santai.casework.clocks import latest_day_before
from santai.casework.kernel import Attempt, Guard
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import workdays
from santai.procedures.forms import administrative_review as forms
from santai.procedures.rules.arbitration import (
    is_over,
    limit_of,
    not_while_asked,
    only_when_asked,
    reading,
    waits,
)
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.workdays.calendar import add_workdays

HEARING_LEAD = workdays(5)
# Kinds after whose suspension of sixty days the case may end (第四十一条第五项).
ENDS_AFTER_SUSPENSION = frozenset({"death", "incapable", "ended"})
SUSPENSION_DAYS = 60
SUE = "不服的，可以自收到本决定书之日起15日内向人民法院提起行政诉讼；法律规定复议决定为最终裁决的除外。"


# --- before the application ---------------------------------------------------------------------------------------


OBSTACLE = ("obstacle", "obstacle_over")
obstacle_lasts = only_when_asked(*OBSTACLE, nothing="没有登记过被耽误")
no_obstacle_now = not_while_asked(*OBSTACLE, pending="已经登记过被耽误，障碍还没有消除")


def ruling_is_explained(attempt: Attempt) -> None:
    if not latest(attempt.log, "explain_ruling"):
        raise NotFromHere("还没有解释行政裁决的途径", todo="请先听清由谁裁决、怎样申请，再决定走不走。")


# --- acceptance ---------------------------------------------------------------------------------------------------


def not_asked_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_for_more"):
        raise NotFromHere("已经一次性告知过补正内容，不能再次要求补正", todo="请根据现有材料决定受理或者不予受理。")


SUPPLEMENT_DAYS = workdays(10)


def supplement_is_late(attempt: Attempt) -> None:
    """The office may give longer than the ten working days, never less (第三十一条)."""
    asked = latest(attempt.log, "ask_for_more")
    by = date.fromisoformat(attempt.case.facts["supplement_by"])
    if asked is None or localdate(attempt.at) <= by:
        raise NotFromHere(f"补正的期限到{by:%Y-%m-%d}为止，还没有届满", todo="请等期限届满后再办理。")


def supplement_is_long_enough(attempt: Attempt) -> None:
    last = add_workdays(localdate(attempt.at), SUPPLEMENT_DAYS.count, attempt.case.region)
    if attempt.data["by"] < last:
        raise Missing(
            f"补正的期限不能少于{SUPPLEMENT_DAYS}，最早到{last:%Y-%m-%d}",
            todo="请把截止日往后写。",
            fields={"by": [f"不能早于{last:%Y-%m-%d}。"]},
        )


def keep_supplement_date(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"supplement_by": attempt.data["by"]}}


def not_too_late(attempt: Attempt) -> None:
    """A late application is not accepted unless the lateness is excused in writing."""
    if not attempt.case.facts.get("is_late") or attempt.data["late_excused"]:
        return
    last = attempt.case.facts["window_ends_on"]
    raise Missing(
        f"申请复议的期限到{last}为止，已经届满",
        todo="有正当理由的，请写明“逾期但应当受理的理由”；没有的，请办理“不予受理”。",
        fields={"late_excused": ["超过期限又要受理的，必须写明理由。"]},
    )


def may_be_simple(attempt: Attempt) -> None:
    """Only the kinds the Act lists, or both sides' consent (第五十三条)."""
    not_too_late(attempt)
    application, kind = attempt.case.facts["application"], attempt.data["simple"]
    amount = application.get("amount")
    fits = {
        "on_the_spot": application["act"] == "on_the_spot",
        "warning": application["act"] == "penalty",
        "small": amount is not None and Decimal(str(amount)) <= forms.SIMPLE_MOST_YUAN,
        "information": application["act"] == "information",
        "agreed": bool(application.get("agrees_simple")),
    }
    if not fits[kind]:
        label = dict(forms.SIMPLE_KINDS)[kind]
        raise Missing(
            f"这件复议不符合“{label}”", todo="请改选适用的情形，或者按普通程序受理。", fields={"simple": ["不符合。"]}
        )
    if attempt.data["is_major"]:
        raise Missing("重大、疑难、复杂的案件不适用简易程序", todo="请按普通程序受理。")


def keep_acceptance(attempt: Attempt) -> dict[str, Any]:
    today = localdate(attempt.at)
    kept = {"accepted_on": today, "is_major": attempt.data["is_major"], "basis": attempt.step.basis}
    return {"handler": attempt.actor.user, "facts": {**kept, "is_simple": "simple" in attempt.data}}


def day_review_ended(attempt: Attempt) -> dict[str, Any]:
    """The application counts as accepted from the day the review had run out, not from the day somebody noticed."""
    found = reading(attempt, "acceptance")
    return {"accepted_on": found.due_on.isoformat()} if found and found.due_on else {}


def deemed_on_the_day(attempt: Attempt) -> None:
    ended = day_review_ended(attempt).get("accepted_on")
    if ended and attempt.data["accepted_on"].isoformat() != ended:
        raise Missing(f"审查期限届满的日期是{ended}", fields={"accepted_on": [f"应当是{ended}。"]})


def keep_silence(attempt: Attempt) -> dict[str, Any]:
    kept = {"accepted_on": attempt.data["accepted_on"], "is_major": False, "basis": attempt.step.basis}
    return {"facts": {**kept, "is_simple": False}}


def review_time_is_over(attempt: Attempt) -> None:
    is_over(attempt, "acceptance", unserved="还没有收到申请")


def keep_grounds(choices: list[tuple[str, str]], field: str = "ground") -> Any:
    labels = dict(choices)

    def changes(attempt: Attempt) -> dict[str, Any]:
        label = labels[attempt.data[field]]
        return {"facts": {"reason_label": label, "remedy": SUE, "basis": attempt.step.basis}}

    return changes


# --- hand-over to another organ -----------------------------------------------------------------------------------


def handed_over_by_now(attempt: Attempt) -> None:
    if attempt.data["sent_at"] > attempt.at:
        raise Missing("转送时间不能晚于现在", fields={"sent_at": ["请填写已经转送的时间。"]})


def received_after_sent(attempt: Attempt) -> None:
    sent = latest(attempt.log, "hand_over")
    received: datetime = attempt.data["received_at"]
    if received > attempt.at:
        raise Missing("收到的时间不能晚于现在", fields={"received_at": ["请填写已经收到的时间。"]})
    if sent and received < datetime.fromisoformat(sent.data["sent_at"]):
        raise Missing("收到的时间早于转送的时间", fields={"received_at": ["请核对回执。"]})


def keep_receipt(attempt: Attempt) -> dict[str, Any]:
    """Two receipts: this bureau's and the organ's that the limit counts from."""
    return {
        "facts": {
            "receipts": {
                "received_at": localtime(attempt.data["received_at"]).isoformat(),
                "platform_received_at": localtime(attempt.case.opened_at).isoformat(),
                "number": attempt.data["number"],
                "organ": attempt.case.facts["organ"],
            }
        }
    }


def keep_organ(attempt: Attempt) -> dict[str, Any]:
    return {
        "facts": {
            "organ": attempt.data["organ"],
            "platform_received_at": localtime(attempt.case.opened_at).isoformat(),
            "basis": attempt.step.basis,
        }
    }


# --- the answer, hearings, norms ----------------------------------------------------------------------------------


def by_today(*fields: str) -> Guard:
    def guard(attempt: Attempt) -> None:
        for field in fields:
            not_in_the_future(attempt, field)

    return guard


COPIES = ("send_copy", "send_copy_simple")
ANSWERS = ("agency_answers", "answer_is_missing")


def copy_not_sent(attempt: Attempt) -> None:
    if latest(attempt.log, *COPIES):
        raise NotFromHere("申请书副本已经发送过", todo="请核对办理记录。")


def copy_sent_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "served_on")
    if attempt.data["served_on"] < date.fromisoformat(attempt.case.facts["accepted_on"]):
        raise Missing("送达日期早于受理日期", fields={"served_on": ["请核对送达回证。"]})


def keep_answer_time(count: int) -> Any:
    def changes(attempt: Attempt) -> dict[str, Any]:
        return {"facts": {"answer_within": str(workdays(count)), "basis": attempt.step.basis}}

    return changes


def answer_is_awaited(attempt: Attempt) -> None:
    if not latest(attempt.log, *COPIES):
        raise NotFromHere("申请书副本还没有发送", todo="请先发送申请书副本。")
    if latest(attempt.log, "agency_answers"):
        raise NotFromHere("书面答复已经登记过", todo="请核对办理记录。")


def answer_is_late(attempt: Attempt) -> None:
    if latest(attempt.log, *ANSWERS):
        raise NotFromHere("答复情况已经登记过", todo="请核对办理记录。")
    is_over(attempt, "answer", "answer_simple", unserved="申请书副本还没有送达被申请人")


hearing_is_announced = only_when_asked("set_hearing", "hold_hearing", nothing="没有待举行的听证")


def notified_in_time(attempt: Attempt) -> None:
    """Five working days before the hearing (第五十一条)."""
    lead = limit_of(attempt, "RV05", HEARING_LEAD)
    last = latest_day_before(attempt.data["hearing_on"], lead, attempt.case.region)
    if localdate(attempt.at) > last:
        raise Missing(
            f"听证应当在举行的{lead}前通知，这次最晚应在{last:%Y-%m-%d}通知",
            todo="请把听证日期往后排。",
            fields={"hearing_on": [f"距今天不足{lead}。"]},
        )


SUSPENSION = ("suspend", "resume")
is_suspended = only_when_asked(*SUSPENSION, nothing="复议没有中止")
not_suspended = not_while_asked(*SUSPENSION, pending="复议正在中止")


def norm_is_asked(attempt: Attempt) -> None:
    if not waits(attempt, "ask_norm_review", "norm_handled"):
        raise NotFromHere("没有待审查的规范性文件", todo="申请人提出附带审查以后再办理。")


def no_norm_pending(attempt: Attempt) -> None:
    if waits(attempt, "ask_norm_review", "norm_handled"):
        raise NotFromHere("规范性文件的附带审查还没有结果", todo="请等处理结果，或者先中止。")


def not_lengthened_before(attempt: Attempt) -> None:
    if latest(attempt.log, "extend"):
        raise NotFromHere("已经延长过一次", todo="请在延长后的期限内作出决定。")


def may_be_lengthened(attempt: Attempt) -> None:
    found = reading(attempt, "decision")
    if found is not None and found.is_overdue:
        raise Missing("审理期限已经届满，不能再延长", todo="请尽快作出决定。")


def accepted_day_is_right(attempt: Attempt) -> None:
    """The limit goes on from the acceptance, not from the change of procedure."""
    accepted = date.fromisoformat(attempt.case.facts["accepted_on"])
    if attempt.data["accepted_on"] != accepted:
        raise Missing(
            f"本案受理日是{accepted:%Y-%m-%d}",
            todo="审理期限从受理之日起算。",
            fields={"accepted_on": [f"应当是{accepted:%Y-%m-%d}。"]},
        )


# --- mediation, withdrawal, termination ---------------------------------------------------------------------------


WITHDRAWAL = ("ask_withdraw", "allow_withdraw", "refuse_withdraw")
withdrawal_is_asked = only_when_asked(*WITHDRAWAL, nothing="没有待决定的撤回申请")
no_withdrawal_pending = not_while_asked(*WITHDRAWAL, pending="撤回的申请正在审查")


def may_end(attempt: Attempt) -> None:
    """The grounds of article 41; the sixty days run from the suspension."""
    if attempt.data["ground"] != "no_progress":
        return
    suspended = latest(attempt.log, *SUSPENSION)
    if suspended is None or suspended.step != "suspend":
        raise Missing("复议没有中止", todo="请核对办理记录。")
    if suspended.data["ground"] not in ENDS_AFTER_SUSPENSION:
        raise Missing("这种中止的情形，期限届满也不终止", todo="请等中止的原因消除。")
    full = localdate(suspended.at) + timedelta(days=SUSPENSION_DAYS)
    if localdate(attempt.at) <= full:
        raise Missing(f"中止满{SUSPENSION_DAYS}日是{full:%Y-%m-%d}，还没有届满", todo="请等期限届满。")


# --- decision -----------------------------------------------------------------------------------------------------


def was_proposed(attempt: Attempt) -> None:
    found = latest(attempt.log, "propose", "accept", "accept_simple", "resume", "send_back")
    if found is None or found.step != "propose":
        raise NotFromHere("还没有复议机构的审查意见", todo="请先由复议机构提出审查意见。")


def may_be_proposed(attempt: Attempt) -> None:
    """A major case is heard first; an ordinary one hears the parties (第四十九条、第五十条)."""
    not_suspended(attempt)
    no_norm_pending(attempt)
    if attempt.case.facts.get("is_major") and not latest(attempt.log, "hold_hearing"):
        raise Missing("重大、疑难、复杂的案件应当组织听证", todo="请先举行听证（第五十条）。")
    if attempt.case.state == "ordinary" and not latest(attempt.log, "hear_opinions", "hold_hearing"):
        raise Missing("普通程序应当听取当事人的意见", todo="请先听取意见；不能听取的，请记录原因（第四十九条）。")
    if not latest(attempt.log, *ANSWERS):
        raise Missing("还没有被申请人的答复", todo="期限届满没有答复的，请先登记。")


def may_decide(attempt: Attempt) -> None:
    """The head decides upon the opinion of the reviewing body; who reviewed does not decide alone (第六十一条)."""
    was_proposed(attempt)
    proposed = latest(attempt.log, "propose")
    if proposed and attempt.actor.user and proposed.actor_id == attempt.actor.user.pk:
        raise NotYou("提出审查意见的人不能作复议决定", todo="请由复议机关负责人决定。")


ARTICLES = {
    "changed": "行政复议法第六十三条",
    "revoked": "行政复议法第六十四条",
    "unlawful": "行政复议法第六十五条",
    "perform": "行政复议法第六十六条",
    "invalid": "行政复议法第六十七条",
    "maintained": "行政复议法第六十八条",
    "rejected": "行政复议法第六十九条",
    "agreement": "行政复议法第七十一条",
}


def keep_decision(attempt: Attempt) -> dict[str, Any]:
    """The letter names the one article of the result, and 33 for a dismissal."""
    choices = forms.RESULTS_FOR + forms.RESULTS_AGAINST
    result = attempt.data.get("result", "")
    label = dict(choices).get(result, "驳回行政复议申请")
    kept = {"result_label": label, "decision": attempt.data["decision"], "remedy": SUE}
    return {"facts": {**kept, "basis": ARTICLES.get(result, attempt.step.basis)}}


def keep_mediation(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"agreed": attempt.data["text"], "basis": attempt.step.basis}}


MEDIATION = ("mediate", "sign_mediation", "repudiate")
mediation_waits = only_when_asked(*MEDIATION, nothing="没有待签收的调解书")
no_mediation_pending = not_while_asked(*MEDIATION, pending="调解书正在等双方签收")


def keep_withdrawal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": "申请人撤回，准予撤回", "remedy": SUE, "basis": attempt.step.basis}}


def decision_not_served(attempt: Attempt) -> None:
    if latest(attempt.log, "serve_decision"):
        raise NotFromHere("送达已经记录过", todo="起诉期限从已记录的送达日起算。")


def window_to_sue_is_over(attempt: Attempt) -> None:
    is_over(attempt, "sue", unserved="还没有送达复议决定书")


PERFORMANCE = ("report_unperformed", "order_performance")
not_performed_waits = only_when_asked(*PERFORMANCE, nothing="没有待处理的不履行情况")
no_unperformed_pending = not_while_asked(*PERFORMANCE, pending="您反映的不履行情况正在处理")


def filed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "filed_on")
