"""Lay words and what the law calls them: a table that staff can edit.

`synonyms.csv` of this folder, or the file of the same name in the home of the installation, which then counts alone.
The longest lay word at a place wins, and an empty legal column keeps a phrase whole: 老板娘 is not 老板. The words of
the question stay as they were; the legal ones are searched beside them and count less.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from santai.knowledge.folding import fold

SHIPPED = Path(__file__).parent / "synonyms.csv"


class FaultyTable(Exception):
    """A row that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Synonyms:
    legal: dict[str, tuple[str, ...]]
    longest: int

    def found_in(self, question: str) -> dict[str, tuple[str, ...]]:
        """Lay word of the question → legal words, in the order they stand."""
        text, found, at = fold(question), {}, 0
        while at < len(text):
            beginnings = (text[at : at + size] for size in range(self.longest, 0, -1))
            word = next((one for one in beginnings if one in self.legal), "")
            if word and self.legal[word]:
                found[word] = self.legal[word]
            at += len(word) or 1
        return found


def read(path: Path) -> Synonyms:
    legal: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = csv.DictReader(handle, restval="", restkey="surplus")
        for row in rows:
            word = fold((row.get("lay") or "").strip())
            if not word or "surplus" in row or "legal" not in row:
                raise FaultyTable(f"{path.name} 第 {rows.line_num} 行：应有 lay、legal 两列，lay 不能空")
            legal[word] = tuple(fold(row["legal"]).split())
    return Synonyms(legal, max(map(len, legal), default=0))


def synonyms() -> Synonyms:
    """Read anew when the file has changed."""
    own = settings.HOME / "synonyms.csv"
    path = own if own.exists() else SHIPPED
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Synonyms:
    return read(path)
