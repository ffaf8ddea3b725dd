"""The conditions of commercial arbitration that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.access import procedure_of
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import days
from santai.documents.models import DocumentKind
from santai.procedures.forms.arbitration_commercial import DECLINE_REASONS, Dispute
from santai.procedures.rules import arbitration as common
from santai.procedures.rules.arbitration import is_over, limit_of, reading, waits
from santai.procedures.rules.arbitration_fees import SCALE_KEY, Fee, Scale, fee_for, refund_for, scale_from, yuan
from santai.procedures.rules.conditions import kinds_on, latest, not_in_the_future
from santai.registry.models import Organisation, OrganisationKind
from santai.trust.roles import Role

NEW_LAW_ON = date(2026, 3, 1)
# How long before a hearing is announced is left to the rules of the institution.
NOTICE_BEFORE_HEARING = days(10)
AGREEMENT_OBJECTION = ("object_to_agreement", "agreement_stands", "agreement_fails")
DEFERRAL = ("ask_deferral", "defer_fee", "refuse_deferral")
# Where a dispute that cannot be arbitrated here belongs (仲裁法第二、三条, 第七十七条 of 2017).
NOT_ARBITRABLE = {
    Dispute.MARRIAGE: "婚姻纠纷不能仲裁，可以向人民法院起诉或者申请调解",
    Dispute.ADOPTION: "收养纠纷不能仲裁，可以向人民法院起诉或者申请调解",
    Dispute.GUARDIANSHIP: "监护纠纷不能仲裁，可以向人民法院起诉或者申请调解",
    Dispute.SUPPORT: "扶养纠纷不能仲裁，可以向人民法院起诉或者申请调解",
    Dispute.INHERITANCE: "继承纠纷不能仲裁，可以向人民法院起诉或者申请调解",
    Dispute.ADMINISTRATIVE: "行政争议不能仲裁，可以申请行政复议或者提起行政诉讼",
    Dispute.LABOUR: "劳动争议由劳动人事争议仲裁委员会办理",
    Dispute.RURAL_LAND: "农村土地承包经营纠纷由农村土地承包仲裁委员会办理",
}


# --- application and acceptance -----------------------------------------------------------------------------------


def keep_application(attempt: Attempt) -> dict[str, Any]:
    """The parties choose the institution; there is no territorial jurisdiction (仲裁法第六条)."""
    kept = {key: value for key, value in attempt.data.items() if key not in ("story", "request")}
    kept |= {"kind_label": str(Dispute(kept["kind"]).label), "request": attempt.data["request"]}
    facts = {"application": {"claims_agreement": False, **kept}}
    chosen = Organisation.objects.filter(
        kind=OrganisationKind.ARBITRATION, name=kept["institution"].strip(), is_active=True
    ).first()
    return {"facts": facts} | ({"organisation": chosen} if chosen else {})


def agreement_gaps(application: dict[str, Any], institution: str) -> list[str]:
    """What the agreement lacks of its three elements, and whether it names this institution."""
    if application.get("claims_agreement"):
        return []
    gaps = []
    if not application["agrees_to_arbitrate"]:
        gaps.append("仲裁协议没有请求仲裁的意思表示")
    if not application["agreed_matters"]:
        gaps.append("仲裁协议没有写明仲裁事项")
    chosen = application["institution"].strip()
    if not chosen:
        gaps.append("仲裁协议没有选定仲裁机构")
    elif institution and chosen != institution:
        gaps.append(f"仲裁协议选定的是“{chosen}”，不是{institution}")
    return gaps


def may_be_accepted(attempt: Attempt) -> None:
    """Within the scope, an agreement that is whole and on paper, and a fee within the law's range."""
    application, body = attempt.case.facts["application"], attempt.case.organisation
    if blocked := NOT_ARBITRABLE.get(application["kind"]):
        raise Missing(blocked, todo="请办理“不予受理”，告诉申请人应当找哪里。")
    gaps = agreement_gaps(application, body.name if body else "") + common.agent_is_authorised(attempt)
    on_paper = DocumentKind.ARBITRATION_AGREEMENT in kinds_on(attempt.case)
    if not on_paper and not application["claims_agreement"]:
        gaps.append(f"缺少材料：{DocumentKind.ARBITRATION_AGREEMENT.label}")
    if gaps:
        raise Missing(*gaps, todo="请通知补正或补充协议；达不成补充协议的，仲裁协议无效，办理“不予受理”。")
    chosen_fee(attempt)


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return common.keep_grounds(DECLINE_REASONS)(attempt)  # type: ignore[no-any-return]


def _amount(attempt: Attempt) -> Decimal | None:
    kept = attempt.case.facts["application"]["amount"]
    return Decimal(kept) if kept else None


def scale_here(attempt: Attempt) -> Scale | None:
    """The figures of the place; a mistyped row counts for none, and the range of the law is shown instead."""
    region = attempt.case.organisation.region_id if attempt.case.organisation else attempt.case.region
    given = parameters.value(SCALE_KEY, region=region, on=localdate(attempt.at))
    try:
        return scale_from(given) if given is not None else None
    except ValueError:
        return None


def fee_of(attempt: Attempt) -> Fee | None:
    """None when no amount is in dispute: then the institution decides."""
    amount = _amount(attempt)
    return fee_for(amount, scale_here(attempt)) if amount else None


def chosen_fee(attempt: Attempt) -> Decimal:
    found, given = fee_of(attempt), attempt.data["fee"]
    if given is None and found and found.exact is not None:
        return found.exact
    if given is None:
        words = (
            f"受理费的幅度是{yuan(found.low)}至{yuan(found.high)}元" if found else "没有争议金额，受理费由本机构确定"
        )
        raise Missing(words, todo="请填写应交受理费。", fields={"fee": [f"{words}，请填写。"]})
    if found and not found.allows(given):
        problem = f"受理费{yuan(given)}元不符合收费标准"
        raise Missing(problem, *found.lines, todo="请按计算过程核对。", fields={"fee": [problem]})
    if not attempt.data["reason"] and (found is None or found.exact is None):
        raise Missing("请写明受理费怎样确定", fields={"reason": ["在幅度内确定的，必须写明理由。"]})
    return Decimal(given)


def keep_acceptance(attempt: Attempt) -> dict[str, Any]:
    found = fee_of(attempt)
    fee = chosen_fee(attempt)
    lines = list(found.lines) if found else ["没有争议金额，由仲裁机构根据争议所涉权益确定"]
    if found is None or found.exact is None:
        lines.append(f"确定为{yuan(fee)}元：{attempt.data['reason']}")
    facts = {
        "fee": yuan(fee),
        "fee_lines": lines,
        "fee_limit": str(_limit(attempt, "fee")),
        "basis": attempt.step.basis,
    }
    return {"handler": attempt.actor.user, "facts": facts}


def _limit(attempt: Attempt, name: str) -> Any:
    clock = procedure_of(attempt.case).clock(name)
    return limit_of(attempt, clock.id, clock.limit)


# --- fee ----------------------------------------------------------------------------------------------------------


def paid_in_full(attempt: Attempt) -> None:
    not_in_the_future(attempt, "paid_on")
    due = Decimal(attempt.case.facts["fee"])
    if attempt.data["amount"] != due:
        problem = f"应交受理费{yuan(due)}元"
        raise Missing(problem, todo="交齐后再登记；交多的请先退还。", fields={"amount": [problem]})


def keep_payment(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"paid": str(attempt.data["amount"])}}


def fee_is_open(attempt: Attempt) -> None:
    if attempt.case.facts.get("paid"):
        raise NotFromHere("受理费已经交齐", todo="请核对办理记录。")


def fee_is_late(attempt: Attempt) -> None:
    no_deferral_pending(attempt)
    is_over(attempt, "fee", unserved="还没有通知交费")


withdrawal_is_asked = common.only_when_asked(
    "ask_withdrawal", "allow_withdrawal", "refuse_withdrawal", nothing="没有待答复的撤回请求"
)
deferral_is_asked = common.only_when_asked(*DEFERRAL, nothing="没有待答复的缓交申请")
no_deferral_pending = common.not_while_asked(*DEFERRAL, pending="缓交申请还没有答复")


def keep_withdrawal(attempt: Attempt) -> dict[str, Any]:
    """Before the tribunal is formed everything paid goes back."""
    paid = Decimal(attempt.case.facts.get("paid") or 0)
    return _refunded(attempt, paid, is_formed=False, granted=None)


def refund_is_possible(attempt: Attempt) -> None:
    paid, granted = Decimal(attempt.case.facts.get("paid") or 0), attempt.data["refund"]
    if granted is not None and granted > paid:
        problem = f"申请人只交了{yuan(paid)}元"
        raise Missing("退还的金额多于已交的受理费", todo="请核对金额。", fields={"refund": [problem]})


def keep_refund(attempt: Attempt) -> dict[str, Any]:
    paid = Decimal(attempt.case.facts.get("paid") or 0)
    is_formed = "tribunal" in attempt.case.facts
    return _refunded(attempt, paid, is_formed=is_formed, granted=attempt.data["refund"])


def _refunded(attempt: Attempt, paid: Decimal, *, is_formed: bool, granted: Decimal | None) -> dict[str, Any]:
    if not paid:
        return {"facts": {"refund": "", "basis": attempt.step.basis}}
    found = refund_for(paid, is_tribunal_formed=is_formed, granted=granted)
    return {"facts": {"refund": yuan(found.amount), "refund_lines": list(found.lines), "basis": attempt.step.basis}}


# --- agreement ----------------------------------------------------------------------------------------------------

objection_is_asked = common.only_when_asked(*AGREEMENT_OBJECTION, nothing="没有待决定的仲裁协议异议")
no_objection_pending = common.not_while_asked(*AGREEMENT_OBJECTION, pending="仲裁协议的异议还没有决定")


def before_first_hearing(attempt: Attempt) -> None:
    common.not_heard_yet("仲裁协议的异议应当在首次开庭前提出")(attempt)
    no_objection_pending(attempt)


def decides_in_own_name(attempt: Attempt) -> None:
    """The tribunal decides through its arbitrator, the institution through its own people (2025, art. 31)."""
    is_tribunal, decided_by = attempt.role == Role.ARBITRATOR, attempt.data["decided_by"]
    if decided_by != "court" and is_tribunal != (decided_by == "tribunal"):
        words = "由仲裁庭决定的，由首席或独任仲裁员办理；由仲裁机构决定的，由仲裁机构办理"
        raise Missing(words, todo="请核对由谁决定。", fields={"decided_by": [f"{words}。"]})


def agreement_is_only_claimed(attempt: Attempt) -> None:
    claimed = attempt.case.facts["application"]["claims_agreement"]
    if not claimed or latest(attempt.log, "confirm_agreement"):
        raise NotFromHere("仲裁协议不需要再确认", todo="请核对办理记录。")


# --- hearing and award --------------------------------------------------------------------------------------------


in_time = common.noticed_in_time("AR01H", NOTICE_BEFORE_HEARING)


def may_be_announced(attempt: Attempt) -> None:
    in_time(attempt)
    no_objection_pending(attempt)
    common.no_recusal_pending(attempt)
    if not attempt.case.facts.get("paid") and not latest(attempt.log, "defer_fee"):
        raise Missing("受理费还没有交，也没有同意缓交", todo="请先登记交费。")
    if attempt.data["mode"] == "online" and latest(attempt.log, "object_online"):
        raise Missing(
            "当事人已明确表示不同意网上仲裁",
            todo="请改为到庭开庭。",
            fields={"mode": ["当事人不同意网上开庭。"]},
        )


def not_offline_yet(attempt: Attempt) -> None:
    if latest(attempt.log, "object_online"):
        raise NotFromHere("已经记录过不同意网上仲裁", todo="请核对办理记录。")


def forget_online_hearing(attempt: Attempt) -> dict[str, Any]:
    """An online hearing that was announced falls away; it is announced anew, in person."""
    hearing = attempt.case.facts.get("hearing", {})
    return {"facts": {"hearing": {} if hearing.get("mode") == "online" else hearing}}


def award_is_ready(attempt: Attempt) -> None:
    no_objection_pending(attempt)
    common.award_is_ready(attempt)
    _agreement_and_fee_stand(attempt)
    if attempt.data["kind"] == "documents" and attempt.case.facts.get("hearing", {}).get("mode") != "documents":
        raise Missing("当事人没有协议不开庭", todo="请先在开庭安排里记录书面审理的协议。")


def agreed_award_is_ready(attempt: Attempt) -> None:
    """What the parties agreed upon needs no hearing; nothing else may be open."""
    no_objection_pending(attempt)
    common.no_recusal_pending(attempt)
    common.not_suspended(attempt)
    not_in_the_future(attempt, "decided_on")
    _agreement_and_fee_stand(attempt)


def _agreement_and_fee_stand(attempt: Attempt) -> None:
    claimed = attempt.case.facts["application"]["claims_agreement"]
    if claimed and not latest(attempt.log, "confirm_agreement"):
        raise Missing("主张的仲裁协议还没有经仲裁庭提示并记录", todo="请先办理“记录默示仲裁协议”。")
    if not attempt.case.facts.get("paid"):
        raise Missing("受理费还没有交", todo="缓交的费用应当在裁决前交齐。")


def keep_award(attempt: Attempt) -> dict[str, Any]:
    limits = {
        "set_aside_limit": str(_limit(attempt, "set_aside")),
        "correction_limit": str(_limit(attempt, "correction")),
    }
    return {"facts": {**common.award_facts(attempt), **limits, "fee_burden": attempt.data["fee_burden"]}}


# --- after the award ----------------------------------------------------------------------------------------------


def law_is_checked(attempt: Attempt) -> None:
    """A case begun under the old law whose award is received under the new one is looked at by a person."""
    common.served_after_award(attempt)
    if attempt.data["served_on"] >= NEW_LAW_ON and not attempt.data["law_checked"]:
        raise Missing(
            "案件依旧法受理，裁决书在2026年3月1日以后送达，须由人核对撤销期限",
            todo="请填写核对意见；应当适用三个月的，再办理“核定撤销期限为三个月”。",
            fields={"law_checked": ["请写明适用六个月还是三个月、依据什么。"]},
        )


def new_limit_is_possible(attempt: Attempt) -> None:
    if localdate(attempt.at) < NEW_LAW_ON:
        raise NotFromHere("新法2026年3月1日起施行，还没有施行", todo="按现行的六个月办理。")


def correction_in_time(attempt: Attempt) -> None:
    """Thirty days from receipt, each side by its own day of receipt."""
    common.speaks_for_own_side(attempt)
    name = "correction" if attempt.data["side"] == "applicant" else "correction_respondent"
    window = reading(attempt, name)
    if window and window.due_at and attempt.at > window.due_at:
        raise Missing(f"请求补正的期限到{window.due_on}为止，已经届满", todo="仲裁庭发现错误的，仍然可以自行补正。")


def keep_court_case(attempt: Attempt) -> dict[str, Any]:
    """The court decides whether it was in time; the platform only marks it."""
    sides = {
        "applicant": ("set_aside_new", "set_aside"),
        "respondent": ("set_aside_new_respondent", "set_aside_respondent"),
    }
    window = reading(attempt, *sides[attempt.data["side"]])
    is_late = bool(window and window.due_on and attempt.data["filed_on"] > window.due_on)
    return {"facts": {"set_aside_is_late": is_late}}


def filed_by_now(attempt: Attempt) -> None:
    common.speaks_for_own_side(attempt)
    not_in_the_future(attempt, "filed_on")


def all_windows_are_over(attempt: Attempt) -> None:
    if waits(attempt, *common.CORRECTION):
        raise NotFromHere("有补正请求还没有答复", todo="请先答复。")
    is_over(attempt, "set_aside_new", "set_aside", unserved="裁决书还没有送达申请人")
    is_over(attempt, "set_aside_new_respondent", "set_aside_respondent", unserved="裁决书还没有送达被申请人")
