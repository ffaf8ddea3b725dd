from __future__ import annotations

import pytest

from santai.triage.amounts import amounts_in, chinese_number


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("借了3万元", 30_000),
        ("五千块", 5_000),
        ("12000元", 12_000),
        ("12,000元", 12_000),
        ("两万五没还", 25_000),
        ("三万五千元", 35_000),
        ("3万5", 35_000),
        ("1.5万", 15_000),
        ("30w", 300_000),
        ("欠我8000", 8_000),
        ("一万零五十元", 10_050),
        ("五百多块钱", 500),
        ("欠了2万多块", 20_000),
        ("百万元", 1_000_000),
        ("一亿", 100_000_000),
        ("177.5元", 178),
    ],
)
def test_an_amount_is_read_in_yuan(text: str, yuan: int) -> None:
    assert amounts_in(text) == [yuan]


@pytest.mark.parametrize(
    "text",
    [
        "万一出事",
        "2018年5月",
        "一万个不愿意",
        "10万平米",
        "一千人",
        "13912345678",
        "999999999999999999元",
        "欠了3个月",
        "第3条",
    ],
)
def test_what_is_not_money_is_not_read_as_money(text: str) -> None:
    assert amounts_in(text) == []


def test_amounts_come_in_reading_order_and_once() -> None:
    assert amounts_in("先借5万元，还了两千块，还欠我5万元") == [50_000, 2_000]


@pytest.mark.parametrize(
    ("text", "number"), [("十五万", 150_000), ("一千二百", 1_200), ("二十", 20), ("三千五", 3_500)]
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number
