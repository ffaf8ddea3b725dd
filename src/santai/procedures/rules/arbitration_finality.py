"""Is a labour award final for the employer (终局裁决)? 劳动争议调解仲裁法第四十七条.

Pure: what the award gives, item by item, and the local monthly minimum wage go in; the answer and its lines come out.
Each item is compared by itself, and an award that also decides other matters is not final
(最高人民法院关于审理劳动争议案件适用法律问题的解释(一) 第十九、二十条 — to be confirmed).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from santai.casework import parameters

MINIMUM_WAGE_KEY = "labour.minimum_wage_monthly"
MONTHS = 12
BASIS = "劳动争议调解仲裁法第四十七条"
ITEMS = {
    "wages": "劳动报酬",
    "injury_medical": "工伤医疗费",
    "compensation": "经济补偿",
    "damages": "赔偿金",
}


@dataclass(frozen=True)
class MinimumWage:
    """Yuan a month at a place from a day on."""

    monthly: Decimal
    basis: str


@dataclass(frozen=True)
class Finality:
    """`is_final` is None when the minimum wage of the place is not known."""

    is_final: bool | None
    lines: tuple[str, ...]


def minimum_wage(region: str, on: date) -> MinimumWage | None:
    """The most local figure in force on the day; None when none was entered."""
    row = parameters.row(MINIMUM_WAGE_KEY, region=region, on=on)
    amount = _yuan(row.value) if row else None
    return MinimumWage(amount, row.basis) if row and amount is not None else None


def finality(
    items: Mapping[str, Decimal | None], *, labour_standards: bool, other_items: bool, wage: MinimumWage | None
) -> Finality:
    """`items` are what the award gives by name of ITEMS; `labour_standards` is a dispute on working time, rest or
    social insurance under state standards; `other_items` means that the award decides anything else too."""
    given = {name: amount for name, amount in items.items() if amount}
    if other_items:
        return Finality(False, ("裁决还包含其他事项，按非终局裁决处理",))
    if not given:
        return _without_money(labour_standards)
    if wage is None:
        return Finality(None, ("本地的月最低工资标准还没有录入，不能判断是否终局",))
    limit = wage.monthly * MONTHS
    lines = tuple(_line(name, amount, limit) for name, amount in given.items())
    head = f"当地月最低工资{_plain(wage.monthly)}元×{MONTHS}个月＝{_plain(limit)}元（{wage.basis}）"
    is_final = all(amount <= limit for amount in given.values())
    return Finality(is_final, (head, *lines, "是终局裁决" if is_final else "不是终局裁决"))


def _without_money(labour_standards: bool) -> Finality:
    if labour_standards:
        return Finality(True, ("因执行国家劳动标准在工时、休假、社会保险等方面发生的争议，是终局裁决",))
    return Finality(False, ("不属于第四十七条列举的争议，不是终局裁决",))


def _line(name: str, amount: Decimal, limit: Decimal) -> str:
    compared = "不超过" if amount <= limit else "超过"
    return f"{ITEMS[name]}{_plain(amount)}元，{compared}{_plain(limit)}元"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _yuan(value: Any) -> Decimal | None:
    try:
        number = None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and number > 0 else None
