"""The order of a case file (卷内目录), from `file_orders/<procedure>.csv`, which a lawyer can read and change.

Columns: 名称 the line of the contents; 文书 kinds of letters and 材料 kinds of papers that belong there, `*` for all
that no other line takes; 必备 `是`, or the steps after which the line must not be empty.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ORDERS = Path(__file__).parent / "file_orders"
DEFAULT = "default"
REST = "*"
ALWAYS = "是"


@dataclass(frozen=True)
class FileRow:
    title: str
    letters: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    needed_after: frozenset[str] = frozenset()

    def is_needed(self, steps: Collection[str]) -> bool:
        return ALWAYS in self.needed_after or bool(self.needed_after & set(steps))

    def takes_letter(self, kind: str) -> bool:
        return any(fnmatch(kind, pattern) for pattern in self.letters if pattern != REST)

    def takes_paper(self, kind: str) -> bool:
        return kind in self.papers


def order_of(procedure: str) -> tuple[FileRow, ...]:
    """The table of the procedure, else of its family: legal_aid_criminal, then legal_aid, then the default."""
    words = procedure.split("_")
    names = ("_".join(words[:length]) for length in range(len(words), 0, -1))
    return read(next((name for name in names if (ORDERS / f"{name}.csv").is_file()), DEFAULT))


@cache
def read(name: str) -> tuple[FileRow, ...]:
    with (ORDERS / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return tuple(
            FileRow(
                title=line["名称"],
                letters=tuple(line["文书"].split()),
                papers=tuple(line["材料"].split()),
                needed_after=frozenset(line["必备"].split()),
            )
            for line in csv.DictReader(table)
        )


def row_for_letter(rows: tuple[FileRow, ...], kind: str) -> FileRow:
    """Exact names first, then patterns, then the line that takes the rest."""
    exact = (row for row in rows if kind in row.letters)
    fitting = (row for row in rows if row.takes_letter(kind))
    return next(exact, None) or next(fitting, None) or _rest(rows, letters=True)


def row_for_paper(rows: tuple[FileRow, ...], kind: str) -> FileRow:
    return next((row for row in rows if row.takes_paper(kind)), None) or _rest(rows, letters=False)


def _rest(rows: tuple[FileRow, ...], *, letters: bool) -> FileRow:
    return next(row for row in rows if REST in (row.letters if letters else row.papers))
