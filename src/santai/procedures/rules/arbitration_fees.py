"""What commercial arbitration costs: the acceptance fee (受理费) and what of it is paid back.

仲裁委员会仲裁收费办法 (国办发〔1995〕44号), arts. 4, 6, 12 and annex. The annex gives a range for each part of the
amount in dispute; a province or an institution sets its own figures inside it (parameter `arbitration.fee_scale`).
Pure: yuan in, yuan out, with the lines of the calculation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

SCALE_KEY = "arbitration.fee_scale"
BASIS = "仲裁委员会仲裁收费办法附件一"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Bracket:
    """A part of the amount in dispute, above `over` up to `up_to` yuan, and the range of its rate."""

    over: Decimal
    up_to: Decimal | None
    low: Decimal
    high: Decimal


def _bracket(over: int, up_to: int | None, low: str, high: str) -> Bracket:
    return Bracket(Decimal(over), None if up_to is None else Decimal(up_to), Decimal(low), Decimal(high))


# Up to 1,000 yuan a flat sum is paid; of every further part a share.
FLAT_UP_TO = Decimal(1000)
FLAT_LOW, FLAT_HIGH = Decimal(40), Decimal(100)
BRACKETS = (
    _bracket(1_000, 50_000, "0.04", "0.05"),
    _bracket(50_000, 100_000, "0.03", "0.04"),
    _bracket(100_000, 200_000, "0.02", "0.03"),
    _bracket(200_000, 500_000, "0.01", "0.02"),
    _bracket(500_000, 1_000_000, "0.005", "0.01"),
    _bracket(1_000_000, None, "0.0025", "0.005"),
)


@dataclass(frozen=True)
class Scale:
    """The figures of one place: the flat sum and the rate of each bracket, in order."""

    flat: Decimal
    rates: tuple[Decimal, ...]


@dataclass(frozen=True)
class Fee:
    """The range the law gives; `exact` when the place has set its own figures. `lines` show the calculation."""

    low: Decimal
    high: Decimal
    exact: Decimal | None
    lines: tuple[str, ...]

    def allows(self, amount: Decimal) -> bool:
        return amount == self.exact if self.exact is not None else self.low <= amount <= self.high


@dataclass(frozen=True)
class Refund:
    amount: Decimal
    lines: tuple[str, ...]


def fee_for(amount: Decimal, scale: Scale | None = None) -> Fee:
    """The acceptance fee for an amount in dispute in yuan. ValueError when it is not above zero."""
    if amount <= 0:
        raise ValueError("the amount in dispute must be above zero")
    low, high, exact = FLAT_LOW, FLAT_HIGH, scale.flat if scale else None
    lines = [_flat_line(scale)]
    for number, bracket in enumerate(BRACKETS):
        part = part_within(amount, bracket)
        if not part:
            break
        low, high = low + part * bracket.low, high + part * bracket.high
        if scale and exact is not None:
            exact += part * scale.rates[number]
        lines.append(_part_line(part, bracket, scale.rates[number] if scale else None))
    found = Fee(cents(low), cents(high), None if exact is None else cents(exact), tuple(lines))
    return Fee(found.low, found.high, found.exact, (*lines, _total_line(found)))


def part_within(amount: Decimal, bracket: Bracket) -> Decimal:
    """How much of the amount lies in the bracket."""
    top = amount if bracket.up_to is None else min(amount, bracket.up_to)
    return max(top - bracket.over, Decimal(0))


def refund_for(paid: Decimal, *, is_tribunal_formed: bool, granted: Decimal | None = None) -> Refund:
    """What is paid back when a case is withdrawn: all of it before the tribunal is formed, afterwards what was granted.

    ValueError when more would be paid back than was paid.
    """
    if not is_tribunal_formed:
        return Refund(cents(paid), (f"仲裁庭组成前撤回，已交受理费{yuan(paid)}元全部退还",))
    back = granted or Decimal(0)
    if not 0 <= back <= paid:
        raise ValueError("no more can be paid back than was paid")
    return Refund(cents(back), (f"仲裁庭组成后撤回，按实际情况退还{yuan(back)}元（已交{yuan(paid)}元）",))


def scale_from(given: Any) -> Scale:
    """{"flat": "100", "rates": ["0.05", …six]} as a Scale. ValueError when a figure is outside the range of the law."""
    if not isinstance(given, Mapping) or set(given) != {"flat", "rates"}:
        raise ValueError('a fee scale is written {"flat": yuan, "rates": [six shares]}')
    flat, rates = _decimal(given["flat"]), _rates(given["rates"])
    if not FLAT_LOW <= flat <= FLAT_HIGH:
        raise ValueError(f"the flat sum must lie between {FLAT_LOW} and {FLAT_HIGH} yuan")
    for rate, bracket in zip(rates, BRACKETS, strict=True):
        if not bracket.low <= rate <= bracket.high:
            raise ValueError(f"the rate above {bracket.over} yuan must lie between {bracket.low} and {bracket.high}")
    return Scale(flat, rates)


def _rates(given: Any) -> tuple[Decimal, ...]:
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != len(BRACKETS):
        raise ValueError(f"a fee scale has {len(BRACKETS)} rates")
    return tuple(_decimal(rate) for rate in given)


def _decimal(given: Any) -> Decimal:
    try:
        number = Decimal(str(given))
    except InvalidOperation:
        raise ValueError(f"{given!r} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{given!r} is not a number")
    return number


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """Without needless zeros: 2550, 40.04."""
    return f"{cents(amount).normalize():f}"


def _flat_line(scale: Scale | None) -> str:
    flat = yuan(scale.flat) if scale else f"{FLAT_LOW}至{FLAT_HIGH}"
    return f"争议金额{FLAT_UP_TO}元以下的部分：{flat}元"


def _part_line(part: Decimal, bracket: Bracket, rate: Decimal | None) -> str:
    until = "以上" if bracket.up_to is None else f"至{bracket.up_to}元"
    where = f"超过{bracket.over}元{until}的部分：{yuan(part)}元"
    if rate is not None:
        return f"{where}×{_percent(rate)}＝{yuan(part * rate)}元"
    shares = f"{_percent(bracket.low)}至{_percent(bracket.high)}"
    return f"{where}×{shares}＝{yuan(part * bracket.low)}至{yuan(part * bracket.high)}元"


def _total_line(fee: Fee) -> str:
    if fee.exact is not None:
        return f"合计：{yuan(fee.exact)}元"
    return f"合计：{yuan(fee.low)}至{yuan(fee.high)}元，由仲裁机构在幅度内确定"


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"
