"""A folder of law texts in Markdown, plain text or the docx of the national database of laws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from santai.knowledge.models import LawVersion, Level
from santai.knowledge.names import Place, place_of
from santai.knowledge.numerals import NUMERAL
from santai.knowledge.sources.texts import ArticleText, Fault, LawText, once

SUFFIXES = {".md", ".txt", ".docx"}
_MARK_UP = re.compile(r"^[#>*\-\s\u3000]+|\*+|<!--.*?-->")
_ARTICLE = re.compile(
    rf"(第{NUMERAL}{{1,9}}条(?:之{NUMERAL}{{1,3}})?)(?=[\s\u3000:：]|$|[^第，。、和至规的之])[\s\u3000:：]*(.*)", re.S
)
_CHAPTER = re.compile(rf"第{NUMERAL}{{1,5}}(编|分编|章|节)[\s\u3000]+\S.{{0,40}}$|第{NUMERAL}{{1,5}}(编|分编|章|节)$")
_DEPTHS = {"编": 0, "分编": 1, "章": 2, "节": 3}
_CONTENTS = re.compile(r"^目[\s\u3000]*[录次]$")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_IN_FORCE = re.compile(r"自(\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|生效|实施)")
_LEVELS = (
    (re.compile(r"^(最高人民法院|最高人民检察院).*(解释|规定|批复|规则)"), Level.INTERPRETATION),
    (re.compile(r"宪法$"), Level.CONSTITUTION),
    (re.compile(r"(省|市|自治区|自治州|县).*(条例|办法|规定)$"), Level.LOCAL),
    (re.compile(r"(法|法典)$"), Level.STATUTE),
    (re.compile(r"条例(（试行）)?$|实施细则$"), Level.REGULATION),
    (re.compile(r"(办法|规定|规则|细则)(（试行）)?$"), Level.RULE),
)


def read(folder: Path, faults: list[Fault]) -> Iterator[LawText]:
    for path in sorted(one for one in folder.rglob("*") if one.suffix.lower() in SUFFIXES and one.name[0] not in "._~"):
        where = str(path.relative_to(folder))
        try:
            lines = _lines(path)
        except (OSError, ValueError, KeyError, PackageNotFoundError) as fault:
            faults.append(Fault(where, f"打不开：{fault}"))
            continue
        text = parse(lines, where, faults)
        if text:
            yield text


def _lines(path: Path) -> list[str]:
    if path.suffix.lower() == ".docx":
        raw = [line for paragraph in Document(str(path)).paragraphs for line in paragraph.text.split("\n")]
    else:
        raw = path.read_text(encoding="utf-8-sig").splitlines()
    return [line for line in (_MARK_UP.sub("", line).strip(" \u3000\t") for line in raw) if line]


def parse(lines: list[str], where: str, faults: list[Fault]) -> LawText | None:
    """The first lines are the title and the dates in brackets; then chapters and articles."""
    start = next((at for at, line in enumerate(lines) if _ARTICLE.match(line)), None)
    if not lines or start is None:
        faults.append(Fault(where, "没有找到第…条，没有收"))
        return None
    name = _title(lines[:start])
    if not name:
        faults.append(Fault(where, "没有找到标题，没有收"))
        return None
    head = "".join(lines[:start])
    text = LawText(name=name, source=where[-60:], level=_level(name), issued_on=_last_date(head))
    text.articles = once(_Reader(where, faults).read(lines), where, faults)
    text.in_force_from = _in_force(head, text)
    if text.in_force_from and text.in_force_from > date.today():  # noqa: DTZ011 - a day of the calendar
        text.status = LawVersion.Status.PENDING
    return text


class _Reader:
    """Goes through the lines once and keeps where it is."""

    def __init__(self, where: str, faults: list[Fault]) -> None:
        self.where, self.faults = where, faults
        self.path = ["", "", "", ""]
        self.found: list[ArticleText] = []

    def read(self, lines: list[str]) -> list[ArticleText]:
        for line in lines:
            chapter, article = _CHAPTER.match(line), _ARTICLE.match(line)
            if chapter and not article:
                self._chapter(line, _DEPTHS[chapter[1] or chapter[2]])
            elif article:
                self._article(article[1], article[2].strip())
            elif self.found and not _CONTENTS.match(line):
                self.found[-1].text = f"{self.found[-1].text}\n{line}".strip()
        return self.found

    def _chapter(self, line: str, depth: int) -> None:
        # The table of contents comes before the first article; it passes through here and is overwritten.
        self.path[depth:] = [re.sub(r"[\s\u3000]+", " ", line), *[""] * (3 - depth)]

    def _article(self, label: str, text: str) -> None:
        place = place_of(label)
        last = max((one.place for one in self.found), default=Place(0))
        if place < last:
            self.faults.append(Fault(self.where, f"{label}排在{last.label}后面，请核对"))
        self.found.append(ArticleText(place, text, " ".join(part for part in self.path if part)))


def _title(head: list[str]) -> str:
    """The lines before the bracket with the dates, the contents or the first chapter; a title may be broken."""
    parts: list[str] = []
    for line in head:
        if line.startswith(("（", "(", "第")) or _CONTENTS.match(line) or _DATE.search(line):
            break
        parts.append(line)
    title = "".join(parts[:3])
    return re.sub(r"[\s\u3000]+", "", title) if len(title) <= 120 else ""


def _level(name: str) -> Level:
    return next((level for pattern, level in _LEVELS if pattern.search(name)), Level.OTHER)


def _dates(text: str) -> list[date]:
    found = []
    for year, month, day in _DATE.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def _last_date(head: str) -> date | None:
    """The last amendment; the day it comes into force, if the head says it, is no such date."""
    return max(_dates(_IN_FORCE.sub("", head)), default=None)


def _in_force(head: str, text: LawText) -> date | None:
    """From the head or from the last article: 本法自…起施行. An amended law still says the first day."""
    last = text.articles[-1].text if text.articles else ""
    said = next((found for part in (head, last) if (found := _IN_FORCE.search(part))), None)
    day = max(_dates(said[1]), default=None) if said else None
    return day if day and (text.issued_on is None or day >= text.issued_on) else None
