"""One article a line: {name, law, article, content, chapter, level, date}; plain or gzipped."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from santai.knowledge.models import Level
from santai.knowledge.names import LABEL, Place, place_of
from santai.knowledge.sources.texts import ArticleText, Fault, LawText, UnknownSource, day, once

LEVELS = {
    "宪法": Level.CONSTITUTION,
    "行政法规": Level.REGULATION,
    "司法解释": Level.INTERPRETATION,
    "部门规章": Level.RULE,
    "地方性法规": Level.LOCAL,
}
# What the corpus calls by the branch of law is a statute.
_BRANCH = re.compile(r"法$|法典$|法学$")
_LABEL_AT_END = re.compile(LABEL.pattern + r"$")


def read(path: Path, faults: list[Fault]) -> Iterator[LawText]:
    texts: dict[str, LawText] = {}
    for number, row in _rows(path, faults):
        name = str(row.get("law") or "")
        text = texts.setdefault(name, _law(name, row, path))
        article = ArticleText(_place(row), str(row["content"]).strip(), str(row.get("chapter") or ""))
        if not article.text:
            faults.append(Fault(f"{path.name}:{number}", "条文是空的，没有收"))
        else:
            text.articles.append(article)
    for name, text in texts.items():
        text.articles = once(text.articles, name, faults)
        yield text


def _rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = _row(line)
                if row:
                    yield number, row
                elif line.strip():
                    faults.append(Fault(f"{path.name}:{number}", "不是 {law, article, content} 形式的 JSON，没有收"))
    except (OSError, UnicodeDecodeError, EOFError) as fault:
        raise UnknownSource(f"读不了 {path}：{fault}") from fault


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) and row.get("law") and "content" in row else None


def _law(name: str, row: dict[str, Any], path: Path) -> LawText:
    told = str(row.get("level") or "")
    level = LEVELS.get(told, Level.STATUTE if _BRANCH.search(told) or not told else Level.OTHER)
    issued = day(row.get("date"))
    return LawText(name=name, source=path.name[:60], level=level, branch=told[:40], issued_on=issued)


def _place(row: dict[str, Any]) -> Place:
    """Some rows name their article only in `name` (…第三项)."""
    found = LABEL.fullmatch(str(row.get("article") or "")) or _LABEL_AT_END.search(str(row.get("name") or ""))
    return place_of(found[0]) if found else Place(0)
