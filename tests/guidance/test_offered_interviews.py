"""Which guided interviews are offered for what a person says: by their words, whatever the matter is taken for."""

from __future__ import annotations

import pytest

from santai.guidance.interview import for_words, interviews
from santai.triage.folding import fold


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("厂子仨月不开支了", "wages"),
        ("给人盖楼的工钱，工头跑了", "wages"),
        ("在饭店洗盘子滑倒骨折，老板不管", "work-injury"),
        ("在工地从架子上掉下来", "work-injury"),
        ("我要離婚，孩子歸誰", "divorce"),
        ("三个儿子谁都不养老娘", "support"),
        ("骑电动车被车撞了，交警判我主责", "traffic"),
        ("借给表哥五万块没有借条", "loan"),
        ("爸爸生前写了两份遗嘱", "inheritance"),
        ("物业起诉我不交物业费", "neighbours"),
        ("隔壁盖房把我家采光挡了", "neighbours"),
        ("拼多多买的蜂蜜是假的，商家不理我", "consumer"),
        ("想打官司，请不起律师", "legal-aid"),
    ],
)
def test_the_interview_that_speaks_of_it_comes_first(text, first):
    assert [one.slug for one in for_words(fold(text))][:1] == [first]


@pytest.mark.parametrize(
    "text", ["公安局拘留我十天，我不服", "继续教育怎么报名", "老年痴呆怎么当监护人", "1234", "今天天气怎么样", ""]
)
def test_none_is_offered_for_what_none_speaks_of(text):
    assert for_words(fold(text)) == []


def test_every_interview_can_be_reached_by_a_word_of_its_own():
    assert [one.slug for one in interviews().values() if not one.words] == []
