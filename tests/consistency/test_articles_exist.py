"""Every article that a table names stands in the law: its number is one of the law's newest version.

A version named with its year, and rows of a table that is no longer in force, may cite what has been renumbered since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from santai.casework.kernel import Procedure, all_procedures
from santai.knowledge.lookup import USUAL
from santai.knowledge.names import short_name
from tests.statutes import laws, statutes

_NUMERAL = "[一二三四五六七八九十百零]+"
# 第五条之一 is an article too; 第三十条第二款 names a paragraph of it, 第三十条至第三十三条 its last as well.
_ARTICLE = re.compile(rf"第{_NUMERAL}条(?:之{_NUMERAL})?")
_CONTINUED = re.compile(rf"(?:第{_NUMERAL}条(?:之{_NUMERAL})?(?:(?:、|和|至)?第{_NUMERAL}[款项])*(?:、|和|至)?)+")
_EDITION = re.compile(r"（\d{4}年[^）]*）|《|》")


def cited(basis: str) -> Iterator[tuple[str, str]]:
    """(law, 第…条) of each article that stands right behind the name of a law we have."""
    text = _EDITION.sub("", basis)
    for run in _CONTINUED.finditer(text):
        if law := _law_before(text[: run.start()]):
            for article in _ARTICLE.findall(run.group()):
                yield law, article


def _law_before(text: str) -> str:
    """The longest name that ends here; a name that only ends like a law (社会法律援助法) is told by what precedes."""
    names = {**{name: name for name in laws()}, **USUAL}
    found = [name for name in names if text.endswith(name)]
    if not found:
        return ""
    name = max(found, key=len)
    before = text[: -len(name)]
    return names[name] if re.search(r"(^|[；;，,、。（）：和及按依]|依照|依据|根据|按照)$", before) else ""


def bases(table: Procedure) -> Iterator[tuple[str, str]]:
    yield "procedure", table.basis
    yield from ((step.name, step.basis) for step in table.steps)
    yield from ((f"clock {clock.name}", clock.basis) for clock in table.clocks)


def is_old(table: Procedure) -> bool:
    return table.until is not None


def test_the_reading_of_a_basis_finds_each_article_under_its_law() -> None:
    assert list(cited("公证法第三十条、第三十二条第一款；复议法第五条至第七条，本省规定第九条")) == [
        ("公证法", "第三十条"),
        ("公证法", "第三十二条"),
        ("行政复议法", "第五条"),
        ("行政复议法", "第七条"),
    ]
    assert list(cited("仲裁法（2025年修订）第七十二条")) == [("仲裁法", "第七十二条")]


def test_the_usual_names_lead_to_laws_that_are_there() -> None:
    assert {short_name(name) for name in USUAL.values()} <= laws()


def test_every_article_a_table_names_is_one_of_the_law() -> None:
    missing = [
        f"{table.name} {table.version} {row}: {law}{article}"
        for table in all_procedures()
        if not is_old(table)
        for row, basis in bases(table)
        for law, article in cited(basis)
        if (law, article) not in statutes()
    ]
    assert not missing, "\n".join(missing)


def test_the_tables_name_many_articles_so_that_none_slips_by_unread() -> None:
    read = {place for table in all_procedures() for _, basis in bases(table) for place in cited(basis)}
    assert len(read) > 200
