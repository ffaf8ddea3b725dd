"""Calculations: shown line by line, by place and date, and adding up to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from santai.casework import tariffs
from santai.casework.models import Parameter
from santai.casework.money import BadQuantity, NoTariff, quote, yuan

DAY = date(2026, 3, 2)


def own_rule(*, rate: str = "1500", region: str = "23", since: date = DAY) -> Parameter:
    line = {"label": "每件", "how": "each", "quantity": "stages", "unit": "件", "default": "1", "rate": rate}
    row = {"key": "tariff.legal_aid.civil", "region": region, "since": since, "value": {"lines": [line]}}
    return Parameter.objects.create(**row, basis="省厅文件", confirmed=True)


@pytest.mark.django_db
def test_a_quote_shows_how_it_was_calculated_and_adds_up():
    found = quote("legal_aid.civil", region="230102", on=DAY, quantities={"stages": 2, "excellent": 1})
    assert [(line.label, line.working, line.amount) for line in found.lines] == [
        ("办案基本补贴", "2个阶段×1350元", Decimal(2700)),
        ("案卷质量优秀", "2700元×20%", Decimal(540)),
    ]
    assert found.total == sum(line.amount for line in found.lines) == Decimal(3240)
    assert not found.is_confirmed
    assert found.explain()[-1] == "合计：3240元（标准待核实）"


@pytest.mark.django_db
def test_whoever_took_over_half_way_is_paid_the_share_of_the_work():
    found = quote("legal_aid.civil", region="230102", on=DAY, quantities={"done_percent": Decimal("33.333")})
    assert found.lines[-1].amount == -Decimal("900.00")
    assert found.total == Decimal("450.00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "total"), [(0, 0), (200_000, 2400), (Decimal("200000.01"), 2400), (600_000, 6200), (6_000_000, 46400)]
)
def test_each_part_of_a_value_has_its_own_rate(value, total):
    assert quote("notarization.estate", region="23", on=DAY, quantities={"value": value}).total == total


@pytest.mark.django_db
def test_half_a_cent_is_rounded_up_on_the_line_where_it_arises():
    found = quote("notarization.debt", region="23", on=DAY, quantities={"value": Decimal("5001.67")})
    assert found.total == Decimal("15.01")
    assert quote("notarization.debt", region="23", on=DAY, quantities={"value": Decimal(5)}).total == Decimal("0.02")


@pytest.mark.django_db
def test_deductions_never_turn_a_subsidy_into_a_debt():
    found = quote("advisers.quarter", region="23", on=DAY, quantities={"missed_visits": 9})
    assert found.total == 0
    assert sum(line.amount for line in found.lines) == 0


@pytest.mark.django_db
def test_an_unknown_item_or_a_day_before_the_first_rule_is_told():
    with pytest.raises(NoTariff, match="没有找到“legal_aid.picnic”"):
        quote("legal_aid.picnic", region="23", on=DAY)
    with pytest.raises(NoTariff, match="2021-12-31"):
        quote("legal_aid.civil", region="23", on=date(2021, 12, 31))


@pytest.mark.django_db
@pytest.mark.parametrize("number", [-1, Decimal("NaN"), Decimal("Infinity"), True, Decimal(10) ** 13, 2.5])
def test_a_number_that_cannot_be_counted_is_refused(number):
    with pytest.raises(BadQuantity):
        quote("notarization.debt", region="23", on=DAY, quantities={"value": number})


@pytest.mark.django_db
def test_every_wrong_quantity_is_named_at_once():
    with pytest.raises(BadQuantity) as refused:
        quote("notarization.debt", region="23", on=DAY, quantities={"values": 3, "size": 2})
    assert len(refused.value.problems) == 3


@pytest.mark.django_db
def test_the_rule_of_the_nearest_division_on_that_day_holds():
    own_rule(rate="1500", region="23", since=date(2025, 1, 1))
    own_rule(rate="1800", region="2301", since=date(2026, 1, 1))
    found = {
        (region, day): quote("legal_aid.civil", region=region, on=day).total
        for region in ("230102", "230202")
        for day in (date(2024, 6, 1), date(2025, 6, 1), date(2026, 6, 1))
    }
    assert list(found.values()) == [1350, 1500, 1800, 1350, 1500, 1500]
    assert quote("legal_aid.civil", region="230102", on=DAY).is_confirmed
    assert quote("legal_aid.civil", region="230102", on=DAY).basis == "省厅文件"


@pytest.mark.django_db
def test_a_mistyped_rule_is_told_and_does_not_pass_for_a_tariff():
    own_rule(rate="一千五")
    with pytest.raises(NoTariff, match="录入有误"):
        quote("legal_aid.civil", region="230102", on=DAY)


def test_every_row_of_the_file_can_be_calculated_with():
    found = tariffs.from_file()
    assert len({(one.item, one.region, one.since) for one in found}) == len(found)
    assert all(rule.label and rule.quantity for one in found for rule in one.rules)
    assert all(one.basis and len(one.basis) > 4 for one in found)


def test_yuan_are_written_without_needless_zeros():
    assert [yuan(Decimal(text)) for text in ("2550.00", "40.04", "100", "0")] == ["2550", "40.04", "100", "0"]
