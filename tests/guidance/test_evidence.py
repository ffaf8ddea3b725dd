"""A sentence that its sources do not bear is not shown, however well it reads."""

from __future__ import annotations

import pytest

from santai.guidance.asking.evidence import borne
from santai.guidance.asking.sources import Source

PAY = Source(
    "《试验劳动法》第三十条",
    "用人单位应当按照劳动合同约定和国家规定，向劳动者及时足额支付劳动报酬。拖欠的，劳动者可以向人民法院申请支付令。",
)
LIMIT = Source(
    "《试验仲裁法》第二十七条", "劳动争议申请仲裁的时效期间为一年。仲裁时效期间从当事人知道其权利被侵害之日起计算。"
)
SOURCES = [PAY, LIMIT]
QUESTION = "老板拖欠我3个月工资，怎么办？"


def kept(written: str) -> list[str]:
    return [sentence.text for sentence in borne(written, SOURCES, QUESTION)]


@pytest.mark.parametrize(
    "sentence",
    [
        "老板应当「及时足额支付劳动报酬」。[1]",
        "拖欠工资的，您「可以向人民法院申请支付令」[1]。",
        "申请仲裁的「时效期间为一年」，从知道权利被侵害之日起计算【2】。",
        "根据《试验仲裁法》第27条，申请劳动仲裁的“时效期间为一年”，就是1年。[2]",
        "老板拖欠您3个月工资，应当「及时足额支付劳动报酬」[1、2]。",
    ],
)
def test_what_the_source_says_is_kept(sentence):
    assert len(kept(sentence)) == 1


@pytest.mark.parametrize(
    ("lie", "sentence"),
    [
        ("no source", "老板应当「及时足额支付劳动报酬」。"),
        ("no such source", "老板应当「及时足额支付劳动报酬」。[7]"),
        ("no quote", "老板应当及时足额支付劳动报酬。[1]"),
        ("a quote nobody wrote", "老板应当「双倍支付劳动报酬」。[1]"),
        ("a quote of another source", "老板应当「及时足额支付劳动报酬」。[2]"),
        ("a quote with another figure", "申请劳动仲裁的「时效期间为三年」。[2]"),
        ("a quote too short to say anything", "老板「应当」支付劳动报酬。[1]"),
        ("another law", "根据《试验刑法》，老板应当「及时足额支付劳动报酬」。[1]"),
        ("another article", "根据《试验劳动法》第八十五条，老板应当「及时足额支付劳动报酬」。[1]"),
        ("a figure from nowhere", "老板应当「及时足额支付劳动报酬」，拖欠满六个月支付劳动报酬。[1]"),
        ("a promise", "老板应当「及时足额支付劳动报酬」，人民法院一定支付劳动报酬。[1]"),
        ("more than the source says", "老板应当「及时足额支付劳动报酬」，否则警察局将没收其房产并判处监禁。[1]"),
        ("an address", "老板应当「及时足额支付劳动报酬」www.example.com。[1]"),
    ],
)
def test_a_lie_is_dropped(lie, sentence):
    assert kept(sentence) == []


def test_true_sentences_stay_when_lies_beside_them_go():
    written = "老板应当「及时足额支付劳动报酬」[1]。不然就坐牢十年[1]。\n申请仲裁的「时效期间为一年」[2]。"
    assert kept(written) == ["老板应当「及时足额支付劳动报酬」。", "申请仲裁的「时效期间为一年」。"]


@pytest.mark.parametrize("written", ["", "材料不足。", "[1]", "「」[1]", "。" * 5000, "[1]" * 3000, "\x00\ud800[1]「"])
def test_nothing_said_is_nothing_shown(written):
    assert kept(written) == []
