"""The conditions of an administrative penalty from the decision on: service, payment, remedies, correction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parameters import clock_overrides
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import days
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms.enforcement import NO_PENALTY_REASONS, REMEDIES, REVOCATIONS
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.procedures.rules.enforcement import (
    ON_SPOT_AT_MOST,
    by_its_officers,
    check_penalty,
    must_be_discussed,
    must_be_reviewed,
    not_an_investigator,
    officers_are_named,
    penalty_facts,
    proposed,
)
from santai.procedures.rules.enforcement_discretion import Sanction, money
from santai.procedures.rules.enforcement_execution import Account, account
from santai.procedures.rules.enforcement_registry import (
    is_listed_when_needed,
    lifted,
    nothing_still_runs,
    restriction,
)
from santai.registry.models import OrganisationKind
from santai.registry.regions import scopes
from santai.workdays.calendar import roll_over

# 行政处罚法第六十七条第三款 (fifteen days to pay); the parameter clock.PN06 replaces it.
PAY_WITHIN = days(15)
ON_SPOT = ("punish_on_spot", "warn_on_spot")
DECISIONS = ("decide_penalty", "decide_no_penalty", "decide_not_established", "change_decision", *ON_SPOT)


# --- decision -----------------------------------------------------------------------------------------------------


def may_decide(attempt: Attempt) -> None:
    """Never by an investigator, never without the review and the discussion that this case needs."""
    not_an_investigator(attempt)
    case = attempt.case
    if must_be_reviewed(case) and not case.facts.get("review"):
        raise Missing("未经法制审核或者审核未通过，不得作出决定（行政处罚法第五十八条）", todo="请先提交法制审核。")
    discussed, told = latest(attempt.log, "discuss"), latest(attempt.log, "propose_penalty", "propose_grave")
    if must_be_discussed(case) and (discussed is None or (told and discussed.number < told.number)):
        raise Missing(
            "情节复杂或者重大违法的，负责人应当集体讨论决定（行政处罚法第五十七条）", todo="请先办理“集体讨论”。"
        )


def may_punish(attempt: Attempt) -> None:
    """Nothing beyond what the party was told and could answer (行政处罚法第四十四条、第四十五条)."""
    may_decide(attempt)
    check_penalty(attempt)
    told = proposed(attempt.case)
    if told is None:
        raise Missing("没有向当事人告知过拟作出的处罚", todo="请退回调查，提出处罚意见并告知当事人。")
    if Sanction.of(attempt.data).is_heavier_than(told):
        raise Missing(
            f"决定的处罚重于告知的内容（告知的是：{'、'.join(told.in_words())}）",
            todo="不得因当事人申辩而加重处罚；确需变更的，请退回调查，重新告知。",
        )


def keep_decision(attempt: Attempt) -> dict[str, Any]:
    decision = {**penalty_facts(attempt), "reasons": attempt.data.get("reasons", ""), "kind": "penalty"}
    return {"facts": {"decision": {**decision, "decided_on": localdate(attempt.at)}, **remedies(attempt)}}


def keep_no_penalty(attempt: Attempt) -> dict[str, Any]:
    label = dict(NO_PENALTY_REASONS).get(attempt.data.get("reason", ""), "违法事实不能成立")
    decision = {"kind": "no_penalty", "reason_label": label, "decided_on": localdate(attempt.at)}
    return {"facts": {"decision": decision, **remedies(attempt)}}


def may_fine_on_spot(attempt: Attempt) -> None:
    if not attempt.data["fine"]:
        raise Missing("没有填写罚款", todo="只给警告的，请办理“当场处罚：警告”。", fields={"fine": ["请填写罚款。"]})
    _may_punish_on_spot(attempt)


def may_warn_on_spot(attempt: Attempt) -> None:
    if attempt.data["fine"]:
        raise Missing("填写了罚款", todo="有罚款的，请办理“当场处罚：罚款”。", fields={"fine": ["请去掉罚款。"]})
    _may_punish_on_spot(attempt)


def _may_punish_on_spot(attempt: Attempt) -> None:
    """行政处罚法第五十一条: the facts are certain, the sum is small, the law provides for it. Here alone the officers
    who found the breach decide (第五十二条)."""
    by_its_officers(attempt)
    check_penalty(attempt)
    sanction, most = Sanction.of(attempt.data), ON_SPOT_AT_MOST[attempt.case.applicant.kind]
    if sanction.months or sanction.revoke or sanction.confiscate or sanction.fine > most:
        raise Missing(
            f"当场处罚只能是警告，或者{money(most)}元以下罚款（行政处罚法第五十一条）", todo="请按普通程序办理。"
        )


def nothing_was_proposed(attempt: Attempt) -> None:
    officers_are_named(attempt)
    if latest(attempt.log, "propose_penalty", "propose_other", "propose_grave", *ON_SPOT):
        raise NotFromHere("已经按普通程序提出过处理意见", todo="请继续按普通程序办理。")


def keep_on_spot(attempt: Attempt) -> dict[str, Any]:
    kept = keep_decision(attempt)["facts"]
    kept["decision"]["is_simple"] = True
    return {"facts": {**kept, **_pay_by(attempt, localdate(attempt.at))}}


def is_on_spot(attempt: Attempt) -> None:
    if not latest(attempt.log, *ON_SPOT) or latest(attempt.log, "record_on_spot"):
        raise NotFromHere("没有待备案的当场处罚", todo="当场处罚以后才需要备案。")


def remedies(attempt: Attempt) -> dict[str, Any]:
    """Who hears a reconsideration: the people's government of the bureau, or the bureau above (行政复议法 24、28)."""
    bureau = attempt.case.organisation
    place = bureau.region if bureau else None
    above = None
    if bureau is not None:
        wider = scopes(bureau.region_id)[1:2]
        above = type(bureau).objects.filter(kind=OrganisationKind.BUREAU, region__in=wider, is_active=True).first()
    return {
        "government": f"{place.full_name}人民政府" if place else "本级人民政府",
        "bureau_above": above.name if above else "上一级司法行政机关",
        "office": bureau.name if bureau else "",
        "office_phone": bureau.phone if bureau else "",
    }


# --- service and payment ------------------------------------------------------------------------------------------


def keep_service(attempt: Attempt) -> dict[str, Any]:
    served_on = attempt.data["served_on"]
    touched = restriction(attempt.case, _decided(attempt.case), served_on)
    return {"facts": {**_pay_by(attempt, served_on), "served_on": served_on, "restriction": touched}}


def _pay_by(attempt: Attempt, served_on: date) -> dict[str, Any]:
    case = attempt.case
    limit = clock_overrides(case.region, localdate(case.opened_at)).get("PN06", PAY_WITHIN)
    last = roll_over(served_on + timedelta(days=limit.count), case.region)
    return {"pay_by": last, "served_on": served_on}


def is_penalty(attempt: Attempt) -> None:
    if (attempt.case.facts.get("decision") or {}).get("kind") != "penalty":
        raise NotFromHere("这件案件没有处罚决定", todo="有处罚决定的案件才需要办理这一步。")


def has_a_fine(attempt: Attempt) -> None:
    if not _sum_due(attempt.case):
        raise NotFromHere("这件案件没有罚款，也没有没收违法所得", todo="请直接记录履行情况。")


def has_no_fine(attempt: Attempt) -> None:
    if _sum_due(attempt.case):
        raise NotFromHere("这件案件有罚款或者没收", todo="请办理有罚款的那一步送达。")


def _sum_due(case: Case) -> Decimal:
    sanction = _decided(case)
    return sanction.fine + sanction.confiscate


def _decided(case: Case) -> Sanction:
    kept = case.facts.get("decision") or {}
    return Sanction.of(kept) if kept.get("row") else Sanction("", "")


def debt(attempt: Attempt, on: date) -> Account:
    """The account of the case on a day, from its log."""
    log, sanction = attempt.log, _decided(attempt.case)
    payments = [
        (date.fromisoformat(entry.data["paid_on"]), Decimal(entry.data["amount"]))
        for entry in log
        if entry.step == "record_payment"
    ]
    return account(
        fine=sanction.fine,
        confiscate=sanction.confiscate,
        pay_by=date.fromisoformat(attempt.case.facts["pay_by"]),
        payments=payments,
        disputes=_disputes(attempt),
        on=on,
    )


def _disputes(attempt: Attempt) -> list[tuple[date, date | None]]:
    found: list[tuple[date, date | None]] = []
    for entry in attempt.log:
        if entry.step == "record_remedy":
            found.append((date.fromisoformat(entry.data["filed_on"]), None))
        elif entry.step == "end_remedy" and found:
            found[-1] = (found[-1][0], date.fromisoformat(entry.data["received_on"]))
    return found


def paid_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "paid_on")
    if attempt.data["amount"] <= 0:
        raise Missing("缴款金额应当大于0", fields={"amount": ["请核对缴款凭证。"]})


def is_paid(attempt: Attempt) -> None:
    """Paid to the last cent, the additional fine of late days included unless an agreement remits it."""
    not_in_the_future(attempt, "done_on")
    if attempt.data["ending"] != "paid" or not _sum_due(attempt.case):
        _explained(attempt)
        return
    now = debt(attempt, attempt.data["done_on"])
    remitted = attempt.data["remitted"] or Decimal(0)
    if remitted > now.surcharge or (remitted and not attempt.data["explanation"]):
        raise Missing(
            f"可以减免的只有加处罚款{money(now.surcharge)}元，并须写明执行协议", fields={"remitted": ["请核对。"]}
        )
    if now.outstanding > remitted:
        raise Missing(*now.lines, f"还有{money(now.outstanding - remitted)}元没有缴清", todo="请先记录缴款，或者催告。")


def _explained(attempt: Attempt) -> None:
    if attempt.data["ending"] != "paid" and not attempt.data["explanation"]:
        raise Missing("请写明执行的情况", fields={"explanation": ["没有全部缴清的，须写明原因。"]})


def is_overdue(attempt: Attempt) -> None:
    is_penalty(attempt)
    pay_by = attempt.case.facts.get("pay_by")
    if not pay_by or localdate(attempt.at) <= date.fromisoformat(pay_by):
        raise NotFromHere(f"履行期限到{pay_by or '送达以后'}为止，还没有届满", todo="请等期限届满。")


def keep_urging(attempt: Attempt) -> dict[str, Any]:
    found = debt(attempt, localdate(attempt.at))
    return {"facts": {"debt": list(found.lines), "outstanding": money(found.outstanding)}}


def may_go_to_court(attempt: Attempt) -> None:
    """行政强制法第五十三条、第五十四条: neither contested nor performed, and ten days after it was urged."""
    not_an_investigator(attempt)
    found = {one.clock.name: one for one in clocks_of(attempt.case, attempt.log, now=attempt.at)}
    if remedy_is_pending_now(attempt):
        raise Missing("当事人提起的复议或者诉讼还没有结果", todo="请等结果再申请强制执行。")
    for name, what in (("urged", "催告期"), ("remedies", "申请复议、提起诉讼的期限")):
        reading = found.get(name)
        if reading is not None and reading.due_at is not None and attempt.at <= reading.due_at:
            raise Missing(f"{what}到{localdate(reading.due_at):%Y-%m-%d}届满", todo="请等期限届满再申请强制执行。")


def keep_new_term(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"pay_by": attempt.data["by"]}}


def date_is_ahead(attempt: Attempt) -> None:
    not_an_investigator(attempt)
    if attempt.data["by"] <= localdate(attempt.at):
        raise Missing("最后一天应当晚于今天", fields={"by": ["请选择今天以后的日期。"]})


def instalment_is_asked(attempt: Attempt) -> None:
    last = latest(attempt.log, "ask_instalment", "grant_instalment", "refuse_instalment")
    if last is None or last.step != "ask_instalment":
        raise NotFromHere("没有待决定的延期、分期申请", todo="当事人申请以后再办理。")


def no_instalment_is_asked(attempt: Attempt) -> None:
    has_a_fine(attempt)
    last = latest(attempt.log, "ask_instalment", "grant_instalment", "refuse_instalment")
    if last is not None and last.step == "ask_instalment":
        raise NotFromHere("延期、分期的申请正在审查", todo="请等待答复。")


# --- remedies, correction, file -----------------------------------------------------------------------------------


def remedy_is_pending_now(attempt: Attempt) -> bool:
    last = latest(attempt.log, "record_remedy", "end_remedy")
    return last is not None and last.step == "record_remedy"


def remedy_is_pending(attempt: Attempt) -> None:
    if not remedy_is_pending_now(attempt):
        raise NotFromHere("没有在审的复议或者诉讼", todo="当事人提起以后再办理。")


def no_remedy_is_pending(attempt: Attempt) -> None:
    if remedy_is_pending_now(attempt):
        raise NotFromHere("已经记录了在审的复议或者诉讼", todo="请先记录它的结果。")


def keep_remedy(attempt: Attempt) -> dict[str, Any]:
    label = dict(REMEDIES)[attempt.data["kind"]]
    return {"facts": {"remedy": f"{attempt.data['body']}（{label}）"}}


def filed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "filed_on")


def received_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "received_on")


def may_correct(attempt: Attempt) -> None:
    not_an_investigator(attempt)
    received_by_now(attempt)
    if attempt.data["ground"] in {"court", "reconsideration"} and Doc.COURT_PAPER not in kinds_on(attempt.case):
        lacking([Doc.COURT_PAPER], "请上传复议决定书或者裁判文书。")


def keep_revocation(attempt: Attempt) -> dict[str, Any]:
    label = dict(REVOCATIONS)[attempt.data["ground"]]
    kept = {name: attempt.data[name] for name in ("ground", "received_on", "document", "public_reason")}
    revocation = {**kept, "ground_label": label}
    return {"facts": {"revocation": revocation, "restriction": lifted(attempt), **remedies(attempt)}}


def keep_redo(attempt: Attempt) -> dict[str, Any]:
    """Revoked with the order to decide anew: the investigation begins again, the old decision stays on record."""
    old = attempt.case.facts.get("decision") or {}
    afresh = {"proposal": {}, "gravity": [], "review": "", "may_be_heard": False, "was_heard": False, "decision": {}}
    return {"facts": {**keep_revocation(attempt)["facts"], **afresh, "earlier_decision": old}}


def may_change(attempt: Attempt) -> None:
    may_correct(attempt)
    is_penalty(attempt)
    check_penalty(attempt)
    is_listed_when_needed(attempt)
    if attempt.data["ground"] == "own" and Sanction.of(attempt.data).is_heavier_than(_decided(attempt.case)):
        raise Missing("自行变更不得加重处罚", todo="确需加重的，请撤销后重新立案、重新告知。")


def keep_change(attempt: Attempt) -> dict[str, Any]:
    old = attempt.case.facts.get("decision") or {}
    new = keep_decision(attempt)["facts"]
    return {"facts": {**keep_revocation(attempt)["facts"], **new, "earlier_decision": old}}


def file_is_whole(attempt: Attempt) -> None:
    """What the file of this case must hold, named before it is closed (全过程记录 归档)."""
    on_spot = latest(attempt.log, *ON_SPOT)
    if on_spot and not latest(attempt.log, "record_on_spot"):
        raise Missing("当场处罚还没有报本机关备案（行政处罚法第五十二条）", todo="请先请负责人备案。")
    wanted = [] if on_spot else [Doc.INVESTIGATION_REPORT]
    wanted += [Doc.HEARING_MINUTES, Doc.AV_HEARING] if latest(attempt.log, "hold_hearing") else []
    wanted += [Doc.DISCUSSION_RECORD] if latest(attempt.log, "discuss") else []
    lacking([kind for kind in wanted if kind not in kinds_on(attempt.case)], "案卷里应当有上述材料，请补上后再归档。")


def remedy_window(attempt: Attempt) -> datetime | None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((one.due_at for one in found if one.clock.name == "remedies"), None)


def remedies_are_over(attempt: Attempt) -> None:
    no_remedy_is_pending(attempt)
    window = remedy_window(attempt)
    if window is None or attempt.at <= window:
        raise NotFromHere("申请复议、提起诉讼的期限还没有届满", todo="期限届满后会自动记录。")


def may_end(attempt: Attempt) -> None:
    remedies_are_over(attempt)
    nothing_still_runs(attempt)


def remedies_were_not_over(attempt: Attempt) -> None:
    if latest(attempt.log, "remedy_over"):
        raise NotFromHere("期限届满已经记录", todo="请继续办理。")
    remedies_are_over(attempt)
