"""What is still to be paid of a fine: the fine, what was paid, and the additional fine for each day of delay.

行政处罚法第七十二条: three per cent of what is unpaid for each day after the last day, never more than the fine.
第七十三条第三款: the days of a reconsideration or a lawsuit do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from santai.procedures.rules.enforcement_discretion import CENT, money

DAILY = Decimal("0.03")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Account:
    """Yuan on one day. `late_days` are the days that were counted."""

    due: Decimal
    surcharge: Decimal
    paid: Decimal
    late_days: int
    lines: tuple[str, ...]

    @property
    def outstanding(self) -> Decimal:
        return max(self.due + self.surcharge - self.paid, Decimal(0))


def account(
    *,
    fine: Decimal,
    confiscate: Decimal,
    pay_by: date,
    payments: Sequence[tuple[date, Decimal]],
    disputes: Sequence[tuple[date, date | None]],
    on: date,
) -> Account:
    """The state of the debt at the end of `on`. A payment goes to the fine first, then to what was confiscated."""
    surcharge, days = _surcharge(fine, pay_by, payments, disputes, on)
    paid = sum((amount for paid_on, amount in payments if paid_on <= on), Decimal(0))
    lines = [f"罚款{money(fine)}元，没收违法所得{money(confiscate)}元，缴款期限到{pay_by:%Y-%m-%d}。"]
    if days:
        lines.append(f"逾期{days}日，每日按未缴罚款的百分之三加处罚款，共{money(surcharge)}元（最多{money(fine)}元）。")
    if disputes:
        lines.append("行政复议或者行政诉讼期间不计算加处罚款。")
    lines.append(f"已缴{money(paid)}元。")
    return Account(fine + confiscate, surcharge, paid, days, tuple(lines))


def _surcharge(
    fine: Decimal,
    pay_by: date,
    payments: Sequence[tuple[date, Decimal]],
    disputes: Sequence[tuple[date, date | None]],
    on: date,
) -> tuple[Decimal, int]:
    total, days, day = Decimal(0), 0, pay_by + ONE_DAY
    while day <= on and total < fine:
        paid_before = sum((amount for paid_on, amount in payments if paid_on < day), Decimal(0))
        unpaid = max(fine - paid_before, Decimal(0))
        if not unpaid and all(paid_on < day for paid_on, _ in payments):
            break
        if unpaid and not any(since <= day and (until is None or day <= until) for since, until in disputes):
            total, days = total + unpaid * DAILY, days + 1
        day += ONE_DAY
    return min(total, fine).quantize(CENT), days
