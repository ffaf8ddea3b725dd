"""What is paid, calculated line by line: subsidies the state pays and fees a person pays, by place and date.

Yuan as Decimal. Every line is rounded to 分 (0.01 yuan), half up; the total is the sum of the rounded lines, so that it
adds up as shown. A total below zero is shown as zero, with the line that makes it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from santai.casework.refusals import Missing
from santai.casework.tariffs import FaultyTariff, How, Rule, Tariff, items, tariff_for

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
NOTHING = Decimal(0)


class NoTariff(Missing):
    """No rule says what this item costs at this place on this day."""


class BadQuantity(Missing):
    """A quantity is missing, unknown to the tariff, or not a number that can be counted."""


@dataclass(frozen=True)
class Line:
    """`working` shows the sum: 2个阶段×1350元."""

    label: str
    working: str
    amount: Decimal


@dataclass(frozen=True)
class Quote:
    item: str
    label: str
    lines: tuple[Line, ...]
    total: Decimal
    basis: str
    is_confirmed: bool
    region: str
    on: date
    quantities: Mapping[str, Decimal]

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a payment or in the facts of a case: amounts as text, the lines as they were shown."""
        return {
            "item": self.item,
            "label": self.label,
            "lines": [{"label": one.label, "working": one.working, "amount": str(one.amount)} for one in self.lines],
            "total": str(self.total),
            "basis": self.basis,
            "is_confirmed": self.is_confirmed,
            "region": self.region,
            "on": self.on.isoformat(),
            "quantities": {name: str(number) for name, number in self.quantities.items()},
        }

    def explain(self) -> list[str]:
        """The calculation as sentences, for a letter or a page without a table."""
        told = [f"{one.label}：{one.working}＝{yuan(one.amount)}元" for one in self.lines]
        note = "" if self.is_confirmed else "（标准待核实）"
        return [*told, f"合计：{yuan(self.total)}元{note}"]


def quote(item: str, *, region: str, on: date, quantities: Mapping[str, Decimal | int] | None = None) -> Quote:
    """NoTariff for an unknown item or a day before the first rule, BadQuantity for quantities that do not fit."""
    tariff = _found(item, region=region, on=on)
    counted = _counted(tariff, quantities or {})
    lines: list[Line] = []
    for rule in tariff.rules:
        line = _line(rule, counted[rule.quantity], sum((one.amount for one in lines), NOTHING))
        if line:
            lines.append(line)
    total = sum((one.amount for one in lines), NOTHING)
    if total < 0:
        lines.append(Line("不足零元", "按零元计", -total))
    return Quote(
        item=item,
        label=tariff.label,
        lines=tuple(lines),
        total=cents(max(total, NOTHING)),
        basis=tariff.basis,
        is_confirmed=tariff.is_confirmed,
        region=region,
        on=on,
        quantities=counted,
    )


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """Without needless zeros: 2550, 40.04."""
    return f"{cents(amount).normalize():f}"


def _found(item: str, *, region: str, on: date) -> Tariff:
    try:
        tariff = tariff_for(item, region=region, on=on)
    except FaultyTariff as fault:
        raise NoTariff(f"“{item}”的标准录入有误：{fault}", todo="请系统管理员改正参数后再计算。") from fault
    if tariff is None:
        label = items().get(item, item)
        raise NoTariff(
            f"没有找到“{label}”在{on:%Y-%m-%d}适用的标准", todo="请核对事项和日期；本地标准还没有录入的，请先录入。"
        )
    return tariff


def _counted(tariff: Tariff, given: Mapping[str, Decimal | int]) -> dict[str, Decimal]:
    wanted = {rule.quantity: rule for rule in tariff.rules}
    problems = [f"“{tariff.label}”不按“{name}”计算" for name in given if name not in wanted]
    counted = {}
    for name, rule in wanted.items():
        number = given.get(name, rule.default)
        if number is None:
            problems.append(f"“{tariff.label}”缺少数量：{rule.label}（{name}）")
        elif not _is_countable(rule, number):
            problems.append(f"“{rule.label}”的数量{number}不对")
        else:
            counted[name] = Decimal(number)
    if problems:
        raise BadQuantity(*problems, todo="请核对数量后再计算。")
    return counted


def _is_countable(rule: Rule, number: Decimal | int) -> bool:
    if isinstance(number, bool) or not isinstance(number, (int, Decimal)) or not Decimal(number).is_finite():
        return False
    most = {How.PERCENT: Decimal(1), How.PORTION: Decimal(100)}.get(rule.how, MOST)
    return NOTHING <= number <= most


def _line(rule: Rule, number: Decimal, so_far: Decimal) -> Line | None:
    """None for a line that changes nothing and need not be shown."""
    if rule.how is How.EACH:
        return _each(rule, number) if number or rule.default is None else None
    if rule.how is How.SHARE:
        return _share(rule, number)
    if rule.how is How.PERCENT:
        return _percent(rule, so_far) if number else None
    return None if number == 100 else _portion(rule, number, so_far)


def _each(rule: Rule, number: Decimal) -> Line:
    return Line(rule.label, f"{_plain(number)}{rule.unit}×{_plain(rule.rate)}元", cents(number * rule.rate))


def _share(rule: Rule, number: Decimal) -> Line | None:
    top = number if rule.up_to is None else min(number, rule.up_to)
    part = max(top - rule.over, NOTHING)
    if not part and (rule.over or rule.default is not None):
        return None
    return Line(rule.label, f"{_plain(part)}{rule.unit}×{_plain(rule.rate * 100)}%", cents(part * rule.rate))


def _percent(rule: Rule, so_far: Decimal) -> Line:
    return Line(rule.label, f"{_plain(so_far)}元×{_plain(rule.rate)}%", cents(so_far * rule.rate / 100))


def _portion(rule: Rule, number: Decimal, so_far: Decimal) -> Line:
    left_out = cents(so_far - so_far * number / 100)
    return Line(f"{rule.label}{_plain(number)}%计", f"{_plain(so_far)}元×{_plain(100 - number)}%，减去", -left_out)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
