"""Subsidies and budgets: what may be spent, what was, and what waits for approval or payment, sum by sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import cases_for
from santai.casework.models import BudgetLine, Payment
from santai.casework.money import cents, yuan
from santai.casework.payments import (
    APPROVES,
    PREPARES,
    approve,
    holds,
    lines_for,
    pay,
    payments_for,
    refuse,
    set_budget,
    spent_on,
)
from santai.casework.refusals import NotYou, Refused
from santai.registry.models import Organisation
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.export import BYTE_ORDER_MARK, sheet_line
from santai.web.guard import actor_of, roles_required, user_of

PAGE = 30
MOST_ROWS = 5000
SHOWN = {
    "waiting": ("待批准", Q(approved_at__isnull=True, refused_at__isnull=True)),
    "unpaid": ("待支付", Q(approved_at__isnull=False, paid_at__isnull=True)),
    "paid": ("已支付", Q(paid_at__isnull=False)),
    "refused": ("不批准", Q(refused_at__isnull=False)),
    "all": ("全部", Q()),
}
HEAD = [
    *("案码", "单位", "年度", "用途", "项目", "收款人", "金额(元)", "状态", "计算过程", "依据"),
    *("标准已核实", "提出人", "提出时间", "批准人", "批准时间", "支付时间", "不批准的理由"),
]
sees_money = roles_required(Role.LEGAL_AID_DIRECTOR, Role.LEGAL_AID_OFFICER, Role.BUREAU_HEAD, Role.SUPERVISOR)


class Wanted(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2200, required=False)


class Budget(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="单位", empty_label="请选择")
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2200)
    purpose = forms.ChoiceField(label="用途", choices=BudgetLine.Purpose.choices)
    amount = forms.DecimalField(
        label="全年预算(元)", min_value=0, max_digits=12, decimal_places=2, help_text="已有预算的，按这里填的数额调整。"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {held.organisation_id for held in current_memberships(user) if Role(held.role) in APPROVES}
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=own)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class LineRow:
    line: BudgetLine
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.line.amount - self.line.committed


@dataclass(frozen=True)
class PaymentRow:
    """`may` are the verbs this person may use on it now."""

    payment: Payment
    is_case_visible: bool
    may: frozenset[str]


@sees_money
@require_GET
def money(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, form: Budget | None = None, *, status: int = 200) -> HttpResponse:
    user, wanted = user_of(request), Wanted(_asked(request), auto_id="filter_%s")
    year, shown = _year(wanted), request.GET.get("show", "")
    shown = shown if shown in SHOWN else "waiting"
    lines = list(lines_for(user).filter(year=year).order_by("organisation", "purpose"))
    paid = spent_on(lines)
    found, cursor = _rows(user, year, shown), request.GET.get("after", "")
    if cursor.isdecimal() and len(cursor) < 16:
        found = found.filter(pk__gt=int(cursor))
    payments = list(found.order_by("pk")[: PAGE + 1])
    context = {
        "year": year,
        "wanted": wanted,
        "lines": [LineRow(line, cents(paid.get(line.pk, Decimal(0)))) for line in lines],
        "rows": _told(payments[:PAGE], actor_of(request)),
        "tabs": [(name, label, name == shown) for name, (label, _) in SHOWN.items()],
        "shown": shown,
        "next": f"?year={year}&show={shown}&after={payments[PAGE - 1].pk}" if len(payments) > PAGE else "",
        "is_later_page": bool(cursor),
        "form": form or _empty_form(user, year),
    }
    return render(request, "web/desk/money.html", context, status=status if wanted.is_valid() else 422)


@sees_money
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    user, wanted = user_of(request), Wanted(_asked(request))
    year, shown = _year(wanted), request.GET.get("show", "all")
    payments = _rows(user, year, shown if shown in SHOWN else "all").order_by("pk")[: MOST_ROWS + 1]
    response = StreamingHttpResponse(_sheet(list(payments)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payments-{year}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@roles_required(*APPROVES)
@require_POST
def budget(request: HttpRequest) -> HttpResponse:
    form = Budget(request.POST, user=user_of(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        line = set_budget(
            given["organisation"], given["purpose"], year=given["year"], amount=given["amount"], actor=actor_of(request)
        )
    except Refused as refused:
        form.add_error("amount", "；".join(refused.problems))
        return _page(request, form, status=422)
    messages.success(request, f"{line.year}年度“{line.get_purpose_display()}”预算是{yuan(line.amount)}元。")
    return redirect(f"{reverse('desk_money')}?year={line.year}")


@sees_money
@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, refuse or record the payment of one subsidy."""
    payment = get_object_or_404(payments_for(user_of(request)), pk=pk)
    verbs: dict[str, Callable[..., Payment]] = {"approve": approve, "refuse": refuse, "pay": pay}
    if verb not in verbs:
        raise PermissionDenied
    given = {"reason": request.POST.get("reason", "")[:500]} if verb == "refuse" else {}
    try:
        done = verbs[verb](payment, actor=actor_of(request), at=timezone.now(), **given)
    except NotYou as refused:
        raise PermissionDenied("；".join(refused.problems)) from refused
    except Refused as refused:
        messages.error(request, f"{'；'.join(refused.problems)}。{refused.todo}")
    else:
        messages.success(request, f"{done.payee.name}的{yuan(done.amount)}元：{done.condition}。")
    shown = request.POST.get("show", "")
    return redirect(f"{reverse('desk_money')}?year={payment.line.year}&show={shown if shown in SHOWN else 'waiting'}")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"year": request.GET.get("year") or str(timezone.localdate().year)}


def _year(wanted: Wanted) -> int:
    given = wanted.cleaned_data.get("year") if wanted.is_valid() else None
    return given or timezone.localdate().year


def _rows(user: User, year: int, shown: str) -> QuerySet[Payment]:
    return payments_for(user).filter(SHOWN[shown][1], line__year=year)


def _told(payments: list[Payment], actor: Actor) -> list[PaymentRow]:
    seen = set(cases_for(actor).filter(pk__in=[one.case_id for one in payments]).values_list("pk", flat=True))
    return [PaymentRow(one, one.case_id in seen, frozenset(_verbs(one, actor))) for one in payments]


def _verbs(payment: Payment, actor: Actor) -> Iterator[str]:
    office = payment.line.organisation_id
    is_open = not payment.approved_at and not payment.refused_at
    is_another = actor.user is not None and actor.user.pk != payment.prepared_by_id
    if is_open and is_another and holds(actor.user, office, APPROVES):
        yield from ("approve", "refuse")
    if payment.approved_at and not payment.paid_at and holds(actor.user, office, PREPARES):
        yield "pay"


def _empty_form(user: User, year: int) -> Budget | None:
    """None for whoever enters no budget."""
    form = Budget(user=user, initial={"year": year})
    return form if form.fields["organisation"].queryset.exists() else None  # type: ignore[attr-defined]


def _sheet(payments: list[Payment]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + sheet_line(HEAD)
    for payment in payments[:MOST_ROWS]:
        yield sheet_line(_cells(payment))
    if len(payments) > MOST_ROWS:
        yield sheet_line([f"只导出了前 {MOST_ROWS} 笔，其余没有列出；请按状态分几次导出。"])


def _cells(payment: Payment) -> list[str]:
    line, quote = payment.line, payment.quote
    working = "；".join(f"{one['label']} {one['working']}＝{one['amount']}" for one in quote["lines"])
    return [
        *(payment.case.code, line.organisation.name, str(line.year), line.get_purpose_display(), quote["label"]),
        *(payment.payee.name, str(payment.amount), payment.condition, working, quote["basis"]),
        *("是" if quote["is_confirmed"] else "待核实", payment.prepared_by.display_name, _when(payment.prepared_at)),
        *(payment.approved_by.display_name if payment.approved_by else "", _when(payment.approved_at)),
        *(_when(payment.paid_at), payment.refusal),
    ]


def _when(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
