"""Which labour awards are final for the employer, item by item against twelve months of the local minimum wage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from santai.procedures.rules.arbitration_finality import MinimumWage, finality, minimum_wage
from santai.procedures.rules.arbitration_labour import limitation_note
from tests.procedures.arbitration_story import keep_minimum_wage

WAGE = MinimumWage(Decimal(2000), "本省最低工资标准")


def found(
    wage: MinimumWage | None = WAGE, *, standards: bool = False, other: bool = False, **items: str
) -> bool | None:
    given = {name: Decimal(amount) for name, amount in items.items()}
    return finality(given, labour_standards=standards, other_items=other, wage=wage).is_final


@pytest.mark.parametrize(("wages", "is_final"), [("23999.99", True), ("24000", True), ("24000.01", False)])
def test_twelve_months_of_the_minimum_wage_are_the_line(wages: str, is_final: bool) -> None:
    assert found(wages=wages) is is_final


def test_each_item_is_compared_by_itself() -> None:
    assert found(wages="24000", compensation="24000") is True
    assert found(wages="100", compensation="24001") is False


def test_an_award_that_decides_anything_else_is_not_final() -> None:
    assert found(wages="100", other=True) is False
    assert found(standards=True, other=True) is False


def test_disputes_on_labour_standards_are_final_whatever_the_wage() -> None:
    assert found(None, standards=True) is True


def test_nothing_of_the_list_is_not_final() -> None:
    assert found() is False


def test_without_the_local_wage_nobody_can_tell() -> None:
    assert found(None, wages="100") is None


def test_the_comparison_is_shown() -> None:
    items = {"wages": Decimal(12000), "damages": Decimal(30000)}
    lines = finality(items, labour_standards=False, other_items=False, wage=WAGE).lines
    assert lines == (
        "当地月最低工资2000元×12个月＝24000元（本省最低工资标准）",
        "劳动报酬12000元，不超过24000元",
        "赔偿金30000元，超过24000元",
        "不是终局裁决",
    )


@pytest.mark.django_db
def test_the_most_local_wage_of_the_day_counts() -> None:
    keep_minimum_wage(1500, region="23")
    keep_minimum_wage(2000, region="2301")
    keep_minimum_wage(2080, region="2301", since=date(2026, 1, 1))
    keep_minimum_wage("unbekannt", region="2302")
    values = {
        (region, year): wage.monthly if (wage := minimum_wage(region, date(year, 6, 1))) else None
        for region in ("230102", "2302", "2303", "44")
        for year in (2025, 2026)
    }
    assert values == {
        ("230102", 2025): 2000,
        ("230102", 2026): 2080,
        ("2302", 2025): None,
        ("2302", 2026): None,
        ("2303", 2025): 1500,
        ("2303", 2026): 1500,
        ("44", 2025): None,
        ("44", 2026): None,
    }


@pytest.mark.parametrize(
    ("known_on", "ended_on", "is_wages", "words"),
    [
        (date(2025, 3, 2), None, False, "没有超过"),
        (date(2025, 3, 1), None, False, "已过一年"),
        (date(2020, 1, 1), None, True, "不受一年仲裁时效限制"),
        (date(2020, 1, 1), date(2025, 6, 1), True, "没有超过"),
        (date(2020, 1, 1), date(2025, 1, 1), True, "劳动关系终止"),
    ],
)
def test_the_year_to_apply_is_pointed_out(known_on: date, ended_on: date | None, is_wages: bool, words: str) -> None:
    assert words in limitation_note(known_on, date(2026, 3, 2), ended_on, is_wages=is_wages)
