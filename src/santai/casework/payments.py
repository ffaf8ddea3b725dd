"""Subsidies from the state's budget: prepared with a calculation, approved by another person, paid, each once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from santai.casework.models import BudgetLine, Case, Payment
from santai.casework.money import Quote, cents, yuan
from santai.casework.refusals import Missing, NotFromHere, NotYou, Stale
from santai.registry.models import Organisation, Practitioner
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships, regions_of
from santai.trust.models import User
from santai.trust.roles import Role

# Inside the organisation whose budget it is.
PREPARES = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.SUPERVISOR, Role.BUREAU_HEAD})
APPROVES = frozenset({Role.LEGAL_AID_DIRECTOR, Role.BUREAU_HEAD})
# Every line of the division, to look at.
WATCHES = Role.SUPERVISOR


def lines_for(user: User) -> QuerySet[BudgetLine]:
    """The budget lines this member of staff may see: those of the own organisation, a supervisor's whole division."""
    own = {held.organisation_id for held in current_memberships(user) if Role(held.role) in PREPARES}
    seen = Q(organisation_id__in=own)
    for prefix in regions_of(user, WATCHES):
        seen |= Q(organisation__region__code__startswith=prefix)
    return BudgetLine.objects.filter(seen).select_related("organisation")


def payments_for(user: User) -> QuerySet[Payment]:
    related = ("case", "line__organisation", "payee", "prepared_by", "approved_by", "refused_by")
    return Payment.objects.filter(line__in=lines_for(user)).select_related(*related)


def holds(user: User | None, organisation_id: int, roles: Collection[Role]) -> bool:
    if user is None:
        return False
    memberships = current_memberships(user)
    return any(held.organisation_id == organisation_id and Role(held.role) in roles for held in memberships)


def spent_on(lines: Iterable[BudgetLine]) -> dict[int, Decimal]:
    """What was paid from each line."""
    paid = Payment.objects.filter(line__in=list(lines), paid_at__isnull=False)
    return dict(paid.order_by().values_list("line").annotate(Sum("amount")))


def line_for(organisation: Organisation, purpose: str, *, year: int) -> BudgetLine:
    """Missing when the budget of the year has not been entered."""
    line = BudgetLine.objects.filter(organisation=organisation, purpose=purpose, year=year).first()
    if line is None:
        label = BudgetLine.Purpose(purpose).label
        raise Missing(f"{organisation.name}还没有录入{year}年度的“{label}”经费", todo="请先在“补贴与经费”里录入。")
    return line


def set_budget(organisation: Organisation, purpose: str, *, year: int, amount: Decimal, actor: Actor) -> BudgetLine:
    """Enter the year's budget, or change it; never below what was approved already."""
    if not holds(actor.user, organisation.pk, APPROVES):
        raise NotYou("经费由本单位负责人录入", todo="请联系本单位负责人。")
    if amount < 0:
        raise Missing("预算不能小于零", fields={"amount": ["请填写零元以上的数额。"]})
    key = {"organisation": organisation, "purpose": purpose, "year": year}
    with transaction.atomic():
        BudgetLine.objects.get_or_create(**key, defaults={"amount": 0})
        line = BudgetLine.objects.select_for_update().get(**key)
        if amount < line.committed:
            told = f"已经批准{yuan(line.committed)}元，预算不能比它少"
            raise Missing(told, todo="请核对数额。", fields={"amount": [f"{told}。"]})
        line.amount = cents(amount)
        line.save(update_fields=["amount"])
    return line


def prepare_payment(
    case: Case,
    *,
    line: BudgetLine,
    quote: Quote,
    payee: Practitioner,
    actor: Actor,
    amount: Decimal | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Payment:
    """A payment to be approved. `amount` other than the quote's total needs a reason."""
    due = cents(quote.total if amount is None else amount)
    if actor.user is None or not holds(actor.user, line.organisation_id, PREPARES):
        raise NotYou("补贴由列支单位的工作人员提出", todo="请联系该单位办理。")
    problems = list(_against(line, quote, due, reason.strip()))
    if problems:
        raise Missing(*problems, todo="请核对后再提交。")
    payment = Payment(
        case=case,
        line=line,
        payee=payee,
        item=quote.item,
        quote=quote.as_json(),
        amount=due,
        reason=reason.strip(),
        prepared_by=actor.user,
        prepared_at=at or timezone.now(),
    )
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as fault:
        told = f"这件事已经为{payee.name}提出过“{quote.label}”"
        raise NotFromHere(told, todo="请在“补贴与经费”里查看它的进展。") from fault
    return payment


def _against(line: BudgetLine, quote: Quote, due: Decimal, reason: str) -> Iterator[str]:
    if quote.item.partition(".")[0] != line.purpose:
        yield f"“{quote.label}”不能从“{line.get_purpose_display()}”列支"
    if due < 0:
        yield "金额不能小于零"
    if due != quote.total and not reason:
        yield f"金额和计算结果（{yuan(quote.total)}元）不同，请写明理由"


@transaction.atomic
def approve(payment: Payment, *, actor: Actor, at: datetime | None = None) -> Payment:
    """Commit the money: nothing is approved twice, and no line is overspent."""
    user = _approver(payment, actor)
    if not _undecided(payment).update(approved_by=user, approved_at=at or timezone.now()):
        raise _decided()
    # Whoever approves from the same line waits here. Summed in Decimal: SQLite would add floating-point numbers.
    line = BudgetLine.objects.select_for_update().get(pk=payment.line_id)
    if line.committed + payment.amount > line.amount:
        left = yuan(line.amount - line.committed)
        told = f"“{line.get_purpose_display()}”{line.year}年度只剩{left}元，不够支付{yuan(payment.amount)}元"
        raise Missing(told, todo="请先追加预算，或者不批准。")
    line.committed += payment.amount
    line.save(update_fields=["committed"])
    payment.refresh_from_db()
    return payment


def refuse(payment: Payment, *, actor: Actor, reason: str, at: datetime | None = None) -> Payment:
    user = _approver(payment, actor)
    if not reason.strip():
        raise Missing("请写明不批准的理由", fields={"reason": ["请写明理由。"]})
    if not _undecided(payment).update(refused_by=user, refused_at=at or timezone.now(), refusal=reason.strip()):
        raise _decided()
    payment.refresh_from_db()
    return payment


def pay(payment: Payment, *, actor: Actor, at: datetime | None = None) -> Payment:
    """Record that the money went out."""
    moment = at or timezone.now()
    if actor.user is None or not holds(actor.user, payment.line.organisation_id, PREPARES):
        raise NotYou("支付由列支单位登记", todo="请联系该单位办理。")
    if payment.approved_at is None:
        raise NotFromHere("这笔补贴还没有批准，不能支付", todo="请先由负责人批准。")
    if moment < payment.approved_at:
        raise Missing("支付时间早于批准时间", todo="请核对支付日期。")
    unpaid = Payment.objects.filter(pk=payment.pk, approved_at__isnull=False, paid_at__isnull=True)
    if not unpaid.update(paid_by=actor.user, paid_at=moment):
        raise Stale("这笔补贴已经登记支付", todo="请刷新页面核对。")
    payment.refresh_from_db()
    return payment


def _approver(payment: Payment, actor: Actor) -> User:
    if actor.user is None or not holds(actor.user, payment.line.organisation_id, APPROVES):
        raise NotYou("补贴由列支单位的负责人批准", todo="请联系该单位负责人。")
    if actor.user.pk == payment.prepared_by_id:
        raise NotYou("提出补贴的人不能批准自己提出的补贴", todo="请由另一位负责人批准。")
    return actor.user


def _undecided(payment: Payment) -> QuerySet[Payment]:
    return Payment.objects.filter(pk=payment.pk, approved_at__isnull=True, refused_at__isnull=True)


def _decided() -> Stale:
    return Stale("刚刚有人处理了这笔补贴", todo="请刷新页面查看结果。")
