"""What may not be read by the public: attacked with the spellings people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from santai.casework.refusals import Missing
from santai.procedures.rules.desensitising import desensitised, masked_name, private_in
from tests.factories import Town
from tests.procedures.enforcement_story import on
from tests.publication.publishing import Publication

PRIVATE = {
    "resident ID": "身份证11010519491231002X",
    "in full width": "身份证１１０１０５１９４９１２３１００２Ｘ",
    "with spaces": "证号 110105 19491231 002X",
    "with dashes": "110105-1949-1231-002x",
    "old ID": "旧证号110105491231002",
    "mobile": "电话13812345678。",
    "mobile with spaces": "电话 138 1234 5678",
    "mobile with dashes": "138-1234-5678",
    "mobile with country": "+86 13812345678",
    "mobile in full width": "１３８１２３４５６７８",
    "mobile with hidden characters": "138\u200b1234\u200b5678",
    "landline": "0451-88886666",
    "landline in full-width brackets": "（0451）8888 6666",
    "mobile with double gaps": "138 - 1234 - 5678".replace(" - ", "--"),
    "mobile with long dashes": "138—1234—5678",
    "mobile in characters": "一三八一二三四五六七八",
    "landline in brackets": "(0451)88886666",
    "bank card": "卡号6222 0212 3456 7890 123",
    "practising licence": "执业证号12301201010000017",
    "passport": "护照E12345678",
    "mail": "邮箱 zhang.san@example.com",
    "home": "住道里区友谊路12号3单元501室",
}
PLAIN = (
    "黑司罚决字〔2026〕230102第000001号",
    "罚款2,000.00元，没收违法所得15,000.00元",
    "律师法第四十七条第一款第（三）项",
    "2026年3月2日作出，自2026-03-02起施行",
    "统一按3000元以下处理，停止执业6个月",
    "道里区友谊路12号金诚律师事务所",
)


@pytest.mark.parametrize("spelling", PRIVATE)
def test_every_spelling_is_noticed_and_masked(spelling: str) -> None:
    assert private_in(PRIVATE[spelling])
    assert private_in(desensitised(PRIVATE[spelling])) == []


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_of_documents_amounts_and_days_stay(text: str) -> None:
    assert private_in(text) == []
    assert desensitised(text) == text


@pytest.mark.parametrize("text", ["当事人李大明收取费用", "李 大 明收取费用", "李\u200b大明", "李\u3000大明"])
def test_a_known_name_is_masked_however_it_is_spaced(text: str) -> None:
    assert private_in(text, ["李大明"]) == ["姓名（李某某）"]
    assert "大明" not in desensitised(text, ["李大明"]).replace(" ", "")


def test_names_are_masked_the_usual_way() -> None:
    assert [masked_name(name) for name in ("张三", "李大明", "欧阳锋之子")] == ["张某", "李某某", "欧某某"]
    assert masked_name("金诚律师事务所", kind="company") == "金诚律师事务所"


@given(st.text(max_size=200))
def test_what_was_masked_once_holds_nothing_private(text: str) -> None:
    assert private_in(desensitised(text, ["李大明"]), ["李大明"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["title", "party", "number", "result", "basis", "content"])
@pytest.mark.parametrize("spelling", ["resident ID", "mobile with hidden characters", "home"])
def test_a_text_with_something_private_is_refused_whatever_field_it_hides_in(
    town: Town, field: str, spelling: str
) -> None:
    story = Publication(town, on(3, 2))
    with pytest.raises(Missing) as refused:
        story.prepared(**{field: PRIVATE[spelling]})
    assert list(refused.value.fields) == [field]


@pytest.mark.django_db
def test_the_name_of_the_person_is_refused_in_every_field(town: Town) -> None:
    with pytest.raises(Missing, match="姓名"):
        Publication(town, on(3, 2)).prepared(content="当事人李大明私自收取费用。")
