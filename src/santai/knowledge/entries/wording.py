"""What one version of an entry says, before it is a row; and what keeps it from being shown to people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from santai.knowledge.names import LABEL, Place, place_of, short_name

LONGEST_TITLE = 60
LONGEST_SUMMARY = 150
LONGEST_BODY = 20_000
MOST_ASKED = 30
# Paragraphs, ## and ### headings, lists and **bold**; the rest of Markdown has no place on the page.
_NOT_ALLOWED = (
    (re.compile(r"<[a-zA-Z/!]"), "不能用 HTML"),
    (re.compile(r"^\s*\|"), "不能用表格"),
    (re.compile(r"!\["), "不能放图片"),
    (re.compile(r"\]\("), "不能放链接；写《法律名》第几条，页面会自己链接"),
    (re.compile(r"^\s*(?:```|~~~)"), "不能用代码块"),
    (re.compile(r"^#(?!##?\s)"), "标题用“## ”开头"),
)


@dataclass(frozen=True)
class Basis:
    """An article that a version rests on; `law` is the short name."""

    law: str
    place: Place

    @classmethod
    def read(cls, line: str) -> Basis:
        """劳动合同法 第三十八条, 《劳动合同法》第三十八条第一款. ValueError for anything else."""
        found = LABEL.search(line)
        law = short_name(line[: found.start()]) if found else ""
        if not found or not law:
            raise ValueError(line)
        return cls(law, place_of(re.sub(r"\s", "", found[0])))


@dataclass(frozen=True)
class Wording:
    """`asked` are the ways people ask for it. `service` is the procedure it leads to, "" for none."""

    title: str
    summary: str
    body: str
    asked: tuple[str, ...] = ()
    matter: str = ""
    topics: tuple[str, ...] = ()
    service: str = ""
    source: str = ""
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    review_by: date | None = None
    expires_on: date | None = None
    laws: tuple[Basis, ...] = ()

    def faults(self) -> dict[str, list[str]]:
        """Everything that is wrong, by field, in Chinese."""
        found = {name: list(faults) for name, faults in (("title", self._title()), ("summary", self._summary()))}
        found["body"] = list(self._body())
        found["asked"] = [f"最多写 {MOST_ASKED} 种问法"] if len(self.asked) > MOST_ASKED else []
        if self.review_by and self.expires_on and self.review_by > self.expires_on:
            found["review_by"] = ["复核日期不能晚于最后有效日期"]
        return {name: faults for name, faults in found.items() if faults}

    def _title(self) -> Iterator[str]:
        if not self.title.strip():
            yield "没有写标题"
        if len(self.title) > LONGEST_TITLE:
            yield f"标题有 {len(self.title)} 字，最多 {LONGEST_TITLE} 字"

    def _summary(self) -> Iterator[str]:
        if not self.summary.strip():
            yield "没有写一句话答复"
        if len(self.summary) > LONGEST_SUMMARY:
            yield f"一句话答复有 {len(self.summary)} 字，最多 {LONGEST_SUMMARY} 字"

    def _body(self) -> Iterator[str]:
        if not self.body.strip():
            yield "没有写正文"
        if len(self.body) > LONGEST_BODY:
            yield f"正文有 {len(self.body)} 字，最多 {LONGEST_BODY} 字"
        for number, line in enumerate(self.body.splitlines(), 1):
            yield from (f"正文第 {number} 行{told}" for pattern, told in _NOT_ALLOWED if pattern.search(line))
