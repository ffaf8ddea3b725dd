"""Which articles stand beside a need: two common words do not bring in the law of another field."""

from __future__ import annotations

from pathlib import Path

import pytest

from santai.guidance.asking.articles import articles_for, only_asks_for, searched_for
from santai.knowledge.building import take_in
from tests.knowledge.entry_texts import published
from tests.knowledge.small_library import TODAY

pytestmark = pytest.mark.django_db
FISHING = """中华人民共和国试验渔业法
（2013年12月28日通过）
第一条　公司逾期一年没有交付房屋的渔船，拖欠工资由渔业局处理。
第二条　经过同意，公司可以捕捞。
"""


@pytest.fixture
def fishing(library: Path, folder: Path) -> Path:
    (folder / "试验渔业法.md").write_text(FISHING, encoding="utf-8")
    take_in(str(folder), on=TODAY)
    return folder


def names(text: str, matter: str) -> list[str]:
    return [hit.article.version.law.name for hit in articles_for(text, searched_for(text), matter, None)]


def test_a_law_no_reviewed_text_of_the_matter_rests_on_is_left_out(fishing):
    published("unpaid-wages")
    asked = "公司拖欠工资逾期一年"
    assert "试验渔业法" not in names(asked, "劳动纠纷")
    assert "试验劳动法" in names("用人单位拖欠工资", "劳动纠纷")


def test_a_law_that_is_named_is_shown_all_the_same(fishing):
    published("unpaid-wages")
    assert "试验渔业法" in names("试验渔业上公司拖欠工资", "劳动纠纷")


def test_where_the_matter_is_not_known_two_common_words_bring_nothing(fishing):
    assert names("公司同意了", "") == []


def test_a_long_text_that_names_an_article_is_no_look_up(fishing):
    assert only_asks_for("试验劳动法第三条")
    assert only_asks_for("试验劳动法第三条和我的事情有什么关系，我该怎么办") == []
    assert only_asks_for("老板拖欠工资") == []
