"""Finding the terms of a table in a text: the longest term wins, and "甲…乙" means 甲 and soon after it 乙."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Row = TypeVar("Row")

GAP = "…"
GAP_WIDTH = 10
_SENTENCE_ENDS = frozenset("。!?;")
_DENIALS = ("没有", "没", "不是", "并未", "从未", "未", "不会", "并非", "没有被", "没被", "未被", "不存在")
_QUESTIONS = ("有没有", "是不是", "会不会", "有没有被")


@dataclass(slots=True)
class Hit(Generic[Row]):
    term: str
    start: int
    end: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Entry(Generic[Row]):
    term: str
    head: str
    tail: str
    rows: tuple[Row, ...]


class Lexicon(Generic[Row]):
    """Terms are kept by their first two characters, so that a text is read once whatever the size of the table."""

    def __init__(self, rows: Iterable[tuple[str, Row]]) -> None:
        by_term: dict[str, list[Row]] = {}
        for term, row in rows:
            by_term.setdefault(term, []).append(row)
        self._by_start: dict[str, list[_Entry[Row]]] = {}
        for term, held in by_term.items():
            head, _, tail = term.partition(GAP)
            self._by_start.setdefault(head[:2], []).append(_Entry(term, head, tail, tuple(held)))
        self._has_single_heads = any(len(start) == 1 for start in self._by_start)
        for entries in self._by_start.values():
            entries.sort(key=lambda entry: (-len(entry.head), entry.term))

    def find(self, text: str, *, nested: bool = False) -> list[Hit[Row]]:
        """Hits in reading order. Unless `nested`, a term inside a longer one does not count: 劳动合同 is not 合同."""
        hits: list[Hit[Row]] = []
        covered = 0
        for start, entries in self._starts(text):
            for hit in self._at(text, start, entries):
                if nested or GAP in hit.term:
                    hits.append(hit)
                elif hit.end > covered:
                    hits.append(hit)
                    covered = hit.end
        return sorted(hits, key=lambda hit: hit.start) if self._has_single_heads else hits

    def _starts(self, text: str) -> Iterator[tuple[int, Sequence[_Entry[Row]]]]:
        """Where a term may begin."""
        index = self._by_start
        keys = _pairs(text)
        for start in [start for start, key in enumerate(keys) if key in index]:
            yield start, index[keys[start]]
        if self._has_single_heads:
            for start in [start for start, character in enumerate(text) if character in index]:
                yield start, index[text[start]]

    def _at(self, text: str, start: int, entries: Sequence[_Entry[Row]]) -> list[Hit[Row]]:
        found = []
        for entry in entries:
            if text.startswith(entry.head, start):
                end = start + len(entry.head)
                if entry.tail:
                    end = _tail_end(text, end, entry.tail)
                if end:
                    found.append(Hit(entry.term, start, end, entry.rows))
        return found


@lru_cache(maxsize=4)
def _pairs(text: str) -> list[str]:
    """Each character with the next: several tables are matched against one text."""
    return list(map(str.__add__, text, text[1:] + "\0"))


def _tail_end(text: str, start: int, tail: str) -> int:
    found = text.find(tail, start, start + GAP_WIDTH + len(tail))
    if found < 0 or any(character in _SENTENCE_ENDS for character in text[start:found]):
        return 0
    return found + len(tail)


def is_denied(text: str, start: int) -> bool:
    """True when the word before says it did not happen: 没有家暴, but not 有没有家暴."""
    before = text[max(0, start - 4) : start]
    return before.endswith(_DENIALS) and not before.endswith(_QUESTIONS)
