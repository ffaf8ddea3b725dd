"""The conditions of people's mediation that a table cell cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clocks import Reading
from santai.casework.conflicts import conflicts, told, unresolved
from santai.casework.kernel import Attempt, Guard
from santai.casework.models import Case
from santai.casework.other_parties import is_same_name
from santai.casework.parts import Duty
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms import mediation as forms
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.registry.regions import scopes
from santai.registry.standing import may_practise

# Which of these runs depends on where the dispute came from.
TERMS = frozenset({"mediation", "delegated", "entrusted", "entrusted_summary", "labour"})
ROUTES = {
    "labour": "劳动争议可以向劳动争议仲裁委员会申请仲裁（一年内）；用人单位拖欠工资的，也可以向劳动监察机构投诉。",
    "land": "土地承包纠纷可以向农村土地承包仲裁委员会申请仲裁，也可以直接向人民法院起诉；"
    "林地、山林权属争议可以请当地人民政府处理。",
    "consumer": "消费争议可以拨打12315投诉，有仲裁协议的可以申请仲裁，也可以向人民法院起诉。",
    "medical": "医疗纠纷可以向卫生健康主管部门申请行政调解，也可以向人民法院起诉。",
    "traffic": "交通事故可以请公安机关交通管理部门调解，也可以向人民法院起诉。",
}
USUAL_ROUTES = "您可以向人民法院起诉；双方有仲裁协议的，可以申请仲裁；依法应当由行政机关处理的，可以请有关机关处理。"


def dispute_of(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = case.facts.get("dispute", {})
    return found


# --- registration and the other side --------------------------------------------------------------------------------


def keep_application(attempt: Attempt) -> dict[str, Any]:
    data = {**attempt.data, "origin": "application", "sender": ""}
    return _registered(attempt.case, data, applicant_agrees=True)


def keep_registration(attempt: Attempt) -> dict[str, Any]:
    agrees = attempt.data["applicant_agrees"] or attempt.data["origin"] == "application"
    return _registered(attempt.case, attempt.data, applicant_agrees=agrees)


def _registered(case: Case, data: dict[str, Any], *, applicant_agrees: bool) -> dict[str, Any]:
    dispute = {key: data[key] for key in ("dispute", "other_name", "other_contact", "request", "origin", "sender")}
    dispute["label"] = dict(forms.DISPUTES)[data["dispute"]]
    dispute["origin_label"] = dict(forms.ORIGINS)[data["origin"]]
    dispute["unsuitable"] = data.get("unsuitable", [])
    consent = {"applicant": "agrees"} if applicant_agrees else {}
    return {"facts": {"dispute": dispute, "consent": consent, "trade_committee": _trade_committee(case, dispute)}}


def _trade_committee(case: Case, dispute: dict[str, Any]) -> str:
    """The industry or professional committee of the place for such a dispute, when it is not the one that has it."""
    word = forms.TRADES.get(dispute["dispute"], "")
    held = Organisation.objects.filter(kind=OrganisationKind.MEDIATION, is_active=True, name__contains=word)
    if not word or (case.organisation and held.filter(pk=case.organisation.pk).exists()):
        return ""
    found = held.filter(region__in=scopes(case.region)).order_by("-region", "pk").first()
    return found.name if found else ""


def _is_suitable(case: Case) -> None:
    labels = dict(forms.UNSUITABLE)
    problems = [f"不能调解：{labels[key]}" for key in dispute_of(case).get("unsuitable", [])]
    if problems:
        raise Missing(*problems, todo="请办理“不予受理”，告诉当事人可以找哪里，并函复移交的单位。")


def is_a_committee(attempt: Attempt) -> None:
    committee = attempt.data["committee"]
    if committee.kind != OrganisationKind.MEDIATION:
        raise Missing(f"{committee.name}不是人民调解委员会", fields={"committee": ["请选择一个人民调解委员会。"]})
    if committee == attempt.case.organisation:
        raise Missing("这件纠纷已经在这个调委会", fields={"committee": ["请选择另一个调委会。"]})


def hand_over(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": attempt.data["committee"], "handler": None}


def asked_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "asked_on")


def other_side_is_asked(attempt: Attempt) -> None:
    if not latest(attempt.log, "ask_other_side"):
        raise NotFromHere("还没有征询对方的意见", todo="请先办理“征询对方”。")


def replied_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "replied_on")


def keep_reply(attempt: Attempt) -> dict[str, Any]:
    consent = {**attempt.case.facts.get("consent", {}), attempt.data["side"]: attempt.data["reply"]}
    return {"facts": {"consent": consent}}


def applicant_has_not_agreed(attempt: Attempt) -> None:
    if attempt.case.facts.get("consent", {}).get("applicant") == "agrees":
        raise NotFromHere("您已经同意调解", todo="请等调解委员会的通知。")


def keep_own_consent(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"consent": {**attempt.case.facts.get("consent", {}), "applicant": "agrees"}}}


# --- acceptance: which step leads on depends on where the dispute came from ------------------------------------------


def came_as(*origins: str) -> Guard:
    def check(attempt: Attempt) -> None:
        dispute = dispute_of(attempt.case)
        if dispute["origin"] not in origins:
            raise NotFromHere(f"这件纠纷的来源是“{dispute['origin_label']}”", todo="请选择与来源相符的受理方式。")

    return check


def is_ordinary(attempt: Attempt) -> None:
    dispute = dispute_of(attempt.case)
    if dispute["origin"] in forms.COURT:
        raise NotFromHere(f"这件纠纷的来源是“{dispute['origin_label']}”", todo="请选择与来源相符的受理方式。")
    if dispute["dispute"] == "labour":
        raise NotFromHere("劳动争议的调解期限是15日", todo="请办理“受理劳动争议”。")


def is_labour(attempt: Attempt) -> None:
    dispute = dispute_of(attempt.case)
    if dispute["origin"] in forms.COURT or dispute["dispute"] != "labour":
        raise NotFromHere("这件纠纷不是直接申请调解的劳动争议", todo="请选择与来源相符的受理方式。")


def both_agree(attempt: Attempt) -> None:
    """Nobody is mediated against their will (人民调解法 3, 17); whoever refused before must agree anew."""
    _is_suitable(attempt.case)
    consent = attempt.case.facts.get("consent", {})
    sides = {"applicant": "申请的一方", "other": "对方"}
    problems = [f"{label}还没有同意调解" for side, label in sides.items() if consent.get(side) != "agrees"]
    if problems:
        raise Missing(*problems, todo="请先征询并记录答复；一方明确拒绝的，请办理“不予受理”。")
    before = _refused_before(attempt.case)
    if before and not attempt.data["fresh_consent"]:
        raise Missing(
            f"双方的同一纠纷因拒绝调解结束过，案码{before.code}",
            todo="请写明双方何时、怎样重新表示同意。",
            fields={"fresh_consent": ["以前拒绝过调解的，必须填写。"]},
        )


def _refused_before(case: Case) -> Case | None:
    earlier = Case.objects.filter(applicant=case.applicant, procedure=case.procedure, pk__lt=case.pk)
    other = dispute_of(case)["other_name"]
    same = (one for one in earlier if is_same_name(dispute_of(one).get("other_name", ""), other))
    return next((one for one in same if one.facts.get("is_refused")), None)


def labour_may_begin(attempt: Attempt) -> None:
    not_in_the_future(attempt, "applied_on")
    both_agree(attempt)


def court_may_be_helped(attempt: Attempt) -> None:
    not_in_the_future(attempt, "received_on")
    both_agree(attempt)


def keep_court(attempt: Attempt) -> dict[str, Any]:
    kept = {key: attempt.data[key] for key in ("received_on", "case_number", "is_online")}
    return {"facts": {"court": kept}}


def reason_is_on_record(attempt: Attempt) -> None:
    """A refusal to take part is recorded before it is given as the reason."""
    wanted = {"refused": "refuses", "unreachable": "unreachable"}.get(attempt.data["reason"])
    if wanted and wanted not in attempt.case.facts.get("consent", {}).values():
        label = dict(forms.REPLIES)[wanted]
        raise Missing(f"案里没有“{label}”的记录", todo="请先办理“记录答复”，或者改选不受理的情形。")


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    reason = attempt.data["reason"]
    label = dict(forms.DECLINE_REASONS)[reason]
    return {"facts": {"outcome": "not_accepted", "reason_label": label, "is_refused": reason == "refused"}}


# --- mediators ------------------------------------------------------------------------------------------------------


def may_mediate(attempt: Attempt) -> None:
    problems = list(_obstacles(attempt))
    if problems:
        raise Missing(*problems, todo="请改选其他调解员。", fields={"practitioner": problems})


def _obstacles(attempt: Attempt) -> Iterator[str]:
    mediator: Practitioner = attempt.data["practitioner"]
    standing = may_practise(mediator, localdate(attempt.at))
    if not standing:
        yield standing.reason
    if mediator.kind != Practitioner.Kind.MEDIATOR:
        yield f"{mediator.name}是{mediator.get_kind_display()}，不是人民调解员"
    elif attempt.case.organisation and mediator.organisation_id != attempt.case.organisation.pk:
        yield f"{mediator.name}不是{attempt.case.organisation.name}的调解员"
    if mediator.user is None or not mediator.user.is_active:
        yield f"{mediator.name}还没有可用的平台账号，无法在平台上办理"
    found = conflicts(attempt.case, mediator, localdate(attempt.at), duty=Duty.MEDIATE)
    yield from told(unresolved(found, attempt.data.get("no_conflict", "")))


def keep_wish(attempt: Attempt) -> dict[str, Any]:
    return {
        "facts": {"wished_mediator": {"id": attempt.data["practitioner"].pk, "name": attempt.data["practitioner"].name}}
    }


def may_be_named(attempt: Attempt) -> None:
    may_mediate(attempt)
    wish = attempt.case.facts.get("wished_mediator")
    if wish and wish["id"] != attempt.data["practitioner"].pk and not attempt.data["why_other"]:
        raise Missing(
            f"双方选定的调解员是{wish['name']}",
            todo="请选用双方选定的调解员，或者写明不能选用的原因。",
            fields={"why_other": ["没有选用双方选定的调解员的，必须填写。"]},
        )


def may_take_over(attempt: Attempt) -> None:
    if attempt.case.handler and attempt.data["practitioner"].user == attempt.case.handler:
        raise Missing("新的调解员和现在的调解员是同一个人", fields={"practitioner": ["请改选其他调解员。"]})
    may_be_named(attempt)


def keep_mediator(attempt: Attempt) -> dict[str, Any]:
    mediator: Practitioner = attempt.data["practitioner"]
    kept = {"id": mediator.pk, "name": mediator.name, "others": attempt.data["others"]}
    return {"handler": mediator.user, "facts": {"mediator": kept}}


def replacement_is_asked(attempt: Attempt) -> None:
    asked = latest(attempt.log, "ask_replacement", "recuse_self", "replace_mediator", "keep_mediator")
    if asked is None or asked.step != "ask_replacement":
        raise NotFromHere("没有待答复的更换要求", todo="当事人提出更换后再办理；调解员自行回避的，请办理“更换调解员”。")


def not_the_mediator(attempt: Attempt) -> None:
    """Nobody answers a request that is about themselves."""
    if attempt.actor.user and attempt.actor.user.pk == attempt.case.handler_id:
        raise NotYou("要求更换的就是您本人，不能由您答复", todo="请由调解组织的其他负责人或者司法行政机关答复。")


def looked_into_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "done_on")


def told_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "told_on")


# --- sessions, danger, time -----------------------------------------------------------------------------------------


def held_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "held_on")
    next_on = attempt.data["next_on"]
    if next_on and next_on < localdate(attempt.at):
        raise Missing("下次调解的日期已经过去", fields={"next_on": ["请选择今天或以后的日期。"]})


def _alarm_is_raised(attempt: Attempt) -> bool:
    raised = latest(attempt.log, "raise_alarm", "report_police")
    return raised is not None and raised.step == "raise_alarm"


def police_are_told(attempt: Attempt) -> None:
    if _alarm_is_raised(attempt):
        raise NotFromHere("已发出激化预警，还没有记录向公安机关报告", todo="请立即拨打110，并办理“报告公安机关”。")


def alarm_is_raised(attempt: Attempt) -> None:
    if not _alarm_is_raised(attempt):
        raise NotFromHere("没有待报告的激化预警", todo="发现可能激化时，请先办理“激化预警”。")


def most_urgent(attempt: Attempt) -> dict[str, Any]:
    return {"urgency": Case.Urgency.URGENT}


def term_of(attempt: Attempt) -> Reading | None:
    """The running limit of this mediation, whichever kind it is."""
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((reading for reading in found if reading.clock.name in TERMS), None)


def runs_in(*names: str) -> Guard:
    def check(attempt: Attempt) -> None:
        term = term_of(attempt)
        if term is None or term.clock.name not in names:
            raise NotFromHere("这件纠纷的调解期限不按这种方式延长", todo="请选择另一种延长方式。")

    return check


def not_overdue(attempt: Attempt) -> None:
    term = term_of(attempt)
    if term and term.due_at and attempt.at > term.due_at:
        raise Missing("调解期限已经届满，不能再延长", todo="请办理“终止调解”；双方仍愿意调解的，可以重新申请。")


def _appraisal_runs(attempt: Attempt) -> bool:
    begun = latest(attempt.log, "begin_appraisal", "end_appraisal")
    return begun is not None and begun.step == "begin_appraisal"


def appraisal_may_begin(attempt: Attempt) -> None:
    """Only online mediation for a court leaves the time of an appraisal out (人民法院在线调解规则 24)."""
    if not attempt.case.facts.get("court", {}).get("is_online"):
        raise NotFromHere("只有法院委派、委托的在线调解，鉴定评估的时间才不计入", todo="需要更多时间的，请办理延长。")
    if _appraisal_runs(attempt):
        raise NotFromHere("鉴定评估正在进行", todo="有结果后请办理“鉴定评估结束”。")


def appraisal_is_running(attempt: Attempt) -> None:
    if not _appraisal_runs(attempt):
        raise NotFromHere("没有正在进行的鉴定评估", todo="需要鉴定评估的，请先办理“鉴定评估”。")


def ground_holds(attempt: Attempt) -> None:
    term = term_of(attempt)
    if attempt.data["ground"] == "expired" and term and (term.due_at is None or attempt.at <= term.due_at):
        raise Missing("调解期限还没有届满", todo="请继续调解，或者改选其他终止的情形。")


def keep_ending(attempt: Attempt) -> dict[str, Any]:
    ground = attempt.data["ground"]
    return _failed(attempt.case, dict(forms.END_GROUNDS)[ground], is_refused=ground in {"withdrawn", "refused"})


def keep_stop(attempt: Attempt) -> dict[str, Any]:
    return _failed(attempt.case, dict(forms.END_GROUNDS)["withdrawn"], is_refused=True)


def _failed(case: Case, label: str, *, is_refused: bool) -> dict[str, Any]:
    routes = ROUTES.get(dispute_of(case)["dispute"], USUAL_ROUTES)
    return {"facts": {"outcome": "failed", "ground_label": label, "routes": routes, "is_refused": is_refused}}


# --- letters to those who handed the dispute over -------------------------------------------------------------------


def is_handed_over(attempt: Attempt) -> None:
    dispute = dispute_of(attempt.case)
    if dispute["origin"] not in forms.HANDED_OVER:
        raise NotFromHere("这件纠纷不是其他单位委派、委托或移交的", todo="不需要函复，请继续办理后面的步骤。")
    if latest(attempt.log, "reply_to_sender"):
        raise NotFromHere(f"已经函复过{dispute['sender']}", todo="请继续办理后面的步骤。")
