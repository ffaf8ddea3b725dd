"""The fee of commercial arbitration on the edges of its brackets, and what is paid back of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from santai.procedures.rules.arbitration_fees import BRACKETS, fee_for, refund_for, scale_from
from tests.procedures.arbitration_story import SCALE


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        ("0.01", "40", "100"),
        ("1000", "40", "100"),
        ("1001", "40.04", "100.05"),
        ("50000", "2000", "2550"),
        ("50001", "2000.03", "2550.04"),
        ("100000", "3500", "4550"),
        ("200000", "5500", "7550"),
        ("200100", "5501", "7552"),
        ("500000", "8500", "13550"),
        ("1000000", "11000", "18550"),
        ("2000000", "13500", "23550"),
    ],
)
def test_each_part_of_the_amount_is_charged_at_the_rate_of_its_bracket(amount: str, low: str, high: str) -> None:
    fee = fee_for(Decimal(amount))
    assert (fee.low, fee.high, fee.exact) == (Decimal(low), Decimal(high), None)


def test_the_brackets_leave_no_gap_and_never_grow_dearer() -> None:
    for lower, upper in zip(BRACKETS, BRACKETS[1:], strict=False):
        assert lower.up_to == upper.over
        assert (lower.low, lower.high) > (upper.low, upper.high)


def test_the_calculation_is_shown_part_by_part() -> None:
    assert fee_for(Decimal(60000)).lines == (
        "争议金额1000元以下的部分：40至100元",
        "超过1000元至50000元的部分：49000元×4%至5%＝1960至2450元",
        "超过50000元至100000元的部分：10000元×3%至4%＝300至400元",
        "合计：2300至2950元，由仲裁机构在幅度内确定",
    )


def test_a_place_that_set_its_own_figures_gets_one_sum() -> None:
    fee = fee_for(Decimal(100000), scale_from(SCALE))
    assert fee.exact == Decimal(4550)
    assert fee.lines[-1] == "合计：4550元"
    assert fee.allows(Decimal(4550))
    assert not fee.allows(Decimal(4549))


def test_without_own_figures_any_sum_within_the_range_is_allowed() -> None:
    fee = fee_for(Decimal(50000))
    assert [fee.allows(Decimal(sum)) for sum in ("1999.99", "2000", "2550", "2550.01")] == [False, True, True, False]


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_no_amount_in_dispute_has_no_fee_by_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        fee_for(Decimal(amount))


@pytest.mark.parametrize(
    "given",
    [
        None,
        {},
        {"flat": "100"},
        {**SCALE, "flat": "101"},
        {**SCALE, "flat": "NaN"},
        {**SCALE, "rates": SCALE["rates"][:5]},
        {**SCALE, "rates": "0.05"},
        {**SCALE, "rates": ["0.051", *SCALE["rates"][1:]]},
        {**SCALE, "rates": ["viel", *SCALE["rates"][1:]]},
    ],
)
def test_a_scale_outside_the_law_is_no_scale(given: object) -> None:
    with pytest.raises(ValueError, match=r"scale|between|number"):
        scale_from(given)


def test_everything_goes_back_before_the_tribunal_is_formed() -> None:
    refund = refund_for(Decimal(4550), is_tribunal_formed=False, granted=Decimal(1))
    assert refund.amount == Decimal(4550)
    assert "全部退还" in refund.lines[0]


def test_after_the_tribunal_is_formed_goes_back_what_was_granted_and_no_more_than_was_paid() -> None:
    assert refund_for(Decimal(4550), is_tribunal_formed=True, granted=Decimal(1000)).amount == Decimal(1000)
    assert refund_for(Decimal(4550), is_tribunal_formed=True).amount == Decimal(0)
    with pytest.raises(ValueError, match="no more"):
        refund_for(Decimal(4550), is_tribunal_formed=True, granted=Decimal(4551))
