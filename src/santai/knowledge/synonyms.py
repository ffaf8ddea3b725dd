"""Lay words and what the law calls them: a table, and what staff have added to it on the desk.

`synonyms.csv` of this folder, or the file of the same name in the home of the installation, which then counts alone;
words of the desk come on top. The longest lay word at a place wins, and an empty legal column keeps a phrase whole:
老板娘 is not 老板. The words of the question stay as they were; the legal ones are searched beside them and count less.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from santai.knowledge.folding import fold
from santai.knowledge.models import Synonym

SHIPPED = Path(__file__).parent / "synonyms.csv"


@dataclass(frozen=True)
class Synonyms:
    """`faults` names rows that could not be used; the others count all the same."""

    legal: dict[str, tuple[str, ...]]
    faults: tuple[str, ...] = ()

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.legal), default=0)

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
    faults = []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        rows = csv.DictReader(handle, restval="", restkey="surplus")
        for row in rows:
            word = fold((row.get("lay") or "").strip())
            if not word or "surplus" in row or "legal" not in row:
                faults.append(f"{path.name} 第 {rows.line_num} 行：应有 lay、legal 两列，lay 不能空")
            else:
                legal[word] = tuple(fold(row["legal"]).split())
    return Synonyms(legal, tuple(faults))


def synonyms() -> Synonyms:
    """Read anew when the file or the words of the desk have changed."""
    own = settings.HOME / "synonyms.csv"
    path = own if own.exists() else SHIPPED
    stamp = Synonym.objects.aggregate(count=Count("pk"), last=Max("changed_at"))
    return _with_the_desk(path, path.stat().st_mtime_ns, stamp["count"], stamp["last"])


@lru_cache(maxsize=2)
def _with_the_desk(path: Path, changed: int, count: int, last: datetime | None) -> Synonyms:
    table = _read(path, changed)
    added = {fold(row.lay): tuple(map(fold, row.words)) for row in Synonym.objects.all()} if count else {}
    return Synonyms(table.legal | added, table.faults)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Synonyms:
    return read(path)
