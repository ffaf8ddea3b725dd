"""The subsidy of a legal aid case (法律援助法 52): calculated by the tariff of the place and day, proposed by one
person, approved by another, paid from the year's budget of the office. Nobody types an amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework import payments
from santai.casework.kernel import Attempt
from santai.casework.models import BudgetLine, Case, Payment
from santai.casework.money import Quote, quote
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.tariffs import tariff_for
from santai.procedures.rules.legal_aid_criminal import stage_of
from santai.procedures.rules.legal_aid_criminal_eligibility import TRIALS
from santai.procedures.rules.legal_aid_defence import is_heavy
from santai.registry.models import Practitioner

ITEMS: dict[str, str] = {
    "investigation": "legal_aid.criminal_investigation",
    "prosecution": "legal_aid.criminal_prosecution",
    **{stage.value: "legal_aid.criminal_trial" for stage in TRIALS},
    "death_review": "legal_aid.death_penalty_review",
    "compulsory_medical": "legal_aid.compulsory_medical",
}
OUT_OF_COURT = frozenset({"settled", "performed"})


def quote_for(case: Case, *, on: date, done_percent: int = 100) -> Quote:
    """What the work on this case is worth by the rules, as far as it was done. Raises NoTariff or BadQuantity."""
    item = item_of(case)
    tariff = tariff_for(item, region=case.region, on=on)
    known = {rule.quantity for rule in tariff.rules} if tariff else set()
    # A province's own tariff may count fewer things than the platform knows of a case.
    counted = {name: number for name, number in _quantities(case, done_percent).items() if name in known}
    return quote(item, region=case.region, on=on, quantities=counted)


def item_of(case: Case) -> str:
    if case.procedure == "duty_lawyer":
        return "legal_aid.duty_lawyer"
    return ITEMS.get(stage_of(case), "legal_aid.civil")


def _quantities(case: Case, done_percent: int) -> dict[str, int]:
    facts = case.facts
    return {
        "settled": int(facts.get("ending_code") in OUT_OF_COURT),
        "life_or_death": int(is_heavy(case)),
        "excellent": int(facts.get("grade") == "excellent"),
        "failed": int(facts.get("grade") == "unqualified"),
        "plea_witnessed": int(bool(facts.get("plea_witnessed"))),
        "done_percent": done_percent,
    }


# --- who is paid for how much -------------------------------------------------------------------------------------


def _payees(attempt: Attempt) -> Iterator[tuple[Practitioner, int]]:
    """Each who worked on the case, and the share of the work in per cent."""
    now, before = _now(attempt.case), _before(attempt.case)
    own, earlier = attempt.data.get("done_percent"), attempt.data.get("earlier_percent") or 0
    if now and own != 0:
        yield now, 100 - earlier if own is None else own
    if before and earlier:
        yield before, earlier


def _now(case: Case) -> Practitioner | None:
    return Practitioner.objects.filter(pk=case.facts.get("assignment", {}).get("practitioner")).first()


def _before(case: Case) -> Practitioner | None:
    earlier = case.facts.get("earlier_assignments", [])
    return Practitioner.objects.filter(pk=earlier[-1].get("practitioner")).first() if earlier else None


def is_staff(case: Case) -> bool:
    now = _now(case)
    return now is None or now.kind == Practitioner.Kind.LEGAL_AID


def is_not_staff(attempt: Attempt) -> None:
    if is_staff(attempt.case) and not _before(attempt.case):
        raise NotFromHere("本件由法律援助机构工作人员承办或没有指派，不发补贴", todo="请办理“不发补贴”。")


def no_subsidy_is_right(attempt: Attempt) -> None:
    if attempt.data["reason"] == "staff" and not is_staff(attempt.case):
        told = "承办人不是法律援助机构的工作人员"
        raise Missing(told, todo="请按标准计算补贴，或选择其他情形。", fields={"reason": [f"{told}。"]})


def can_be_calculated(attempt: Attempt) -> None:
    given, case = attempt.data, attempt.case
    own, earlier = given.get("done_percent"), given.get("earlier_percent") or 0
    faults: dict[str, list[str]] = {}
    if (case.facts.get("termination") or _before(case)) and own is None:
        faults["done_percent"] = ["终止或换过承办人的案件，请填写现承办人完成的工作量。"]
    if earlier and not _before(case):
        faults["earlier_percent"] = ["本案没有换过承办人。"]
    if (own or 0) + earlier > 100:
        faults["earlier_percent"] = ["两位承办人的工作量加起来不能超过100%。"]
    if not faults and not list(_payees(attempt)):
        faults["done_percent"] = ["没有工作量就没有补贴，请办理“不发补贴”。"]
    if faults:
        raise Missing(*(told for list_ in faults.values() for told in list_), todo="请改正后再提交。", fields=faults)


# --- propose, approve, pay ----------------------------------------------------------------------------------------


def propose(attempt: Attempt) -> dict[str, Any]:
    case, today = attempt.case, localdate(attempt.at)
    if case.organisation is None:
        raise Missing("本件没有法律援助机构", todo="请先由法律援助机构接收。")
    line = payments.line_for(case.organisation, BudgetLine.Purpose.LEGAL_AID, year=today.year)
    kept = []
    for payee, percent in _payees(attempt):
        found = quote_for(case, on=today, done_percent=percent)
        payments.prepare_payment(case, line=line, quote=found, payee=payee, actor=attempt.actor, at=attempt.at)
        kept.append({"payee": payee.name, "total": str(found.total), "lines": found.explain(), "basis": found.basis})
    return {"facts": {"subsidy": kept}}


def _open(case: Case) -> list[Payment]:
    return list(case.payments.filter(refused_at__isnull=True).select_related("line"))


def is_undecided(attempt: Attempt) -> None:
    if not any(one.approved_at is None for one in _open(attempt.case)):
        raise NotFromHere("没有待批准的补贴", todo="请支付已经批准的补贴。")


def is_approved(attempt: Attempt) -> None:
    found = _open(attempt.case)
    if not found or any(one.approved_at is None for one in found):
        raise NotFromHere("补贴还没有批准", todo="请先由负责人批准；被退回的请重新计算。")


def was_refused(attempt: Attempt) -> None:
    """Turned down on the pages of the budget, where no step of the case is taken."""
    if _open(attempt.case):
        raise NotFromHere("补贴没有被退回", todo="请等待批准，或者支付已经批准的补贴。")


def approve(attempt: Attempt) -> dict[str, Any]:
    for payment in _open(attempt.case):
        if payment.approved_at is None:
            payments.approve(payment, actor=attempt.actor, at=attempt.at)
    return {}


def refuse(attempt: Attempt) -> dict[str, Any]:
    for payment in _open(attempt.case):
        if payment.approved_at is None:
            payments.refuse(payment, actor=attempt.actor, reason=attempt.data["explanation"], at=attempt.at)
    return {}


def pay(attempt: Attempt) -> dict[str, Any]:
    """Paid out of one case at once; what the pages of the budget already show as paid stays as it is."""
    for payment in _open(attempt.case):
        if payment.paid_at is None:
            payments.pay(payment, actor=attempt.actor, at=attempt.at)
    return {}
