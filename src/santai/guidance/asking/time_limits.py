"""By when something must be done: the rows of time_limits.csv that fit a matter and the words used.

A row whose `words` are empty fits its matters; one whose `matters` are empty fits its words in any matter; `unless` are
words that speak against it; “甲…乙” is said where 乙 soon follows 甲. Every row names the article the period stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from santai.triage.folding import fold
from santai.triage.lexicon import Lexicon
from santai.triage.tables import rows_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TimeLimit:
    """`period` as the article says it (一年), `begins` is from when it counts."""

    name: str
    period: str
    begins: str
    law: str
    place: str
    matters: frozenset[str]
    words: tuple[str, ...]
    unless: tuple[str, ...]

    def strength(self, folded: str, matters: Sequence[str]) -> int:
        """0 does not fit, 2 where a word of the person fits, 1 where the matter alone does."""
        if self.matters and not self.matters & set(matters):
            return 0
        if _says(folded, self.unless):
            return 0
        return 2 if _says(folded, self.words) else int(not self.words)


@cache
def _lexicon_of(words: tuple[str, ...]) -> Lexicon[str]:
    return Lexicon((word, word) for word in words)


def _says(folded: str, words: tuple[str, ...]) -> bool:
    return bool(_lexicon_of(words).find(folded))


@cache
def time_limits() -> tuple[TimeLimit, ...]:
    return tuple(
        TimeLimit(
            **{name: row[name] for name in ("name", "period", "begins", "law", "place")},
            matters=frozenset(row["matters"].split()),
            words=tuple(row["words"].split()),
            unless=tuple(row["unless"].split()),
        )
        for row in rows_of("time_limits.csv", FOLDER)
    )


def time_limits_for(text: str, matters: Sequence[str], most: int = 5, *, only_named: bool = False) -> list[TimeLimit]:
    """Those that a word of the person calls for first; with `only_named`, no others."""
    folded = fold(text)
    fitting = [(limit.strength(folded, matters), limit) for limit in time_limits()]
    return [limit for strength, limit in sorted(fitting, key=lambda pair: -pair[0]) if strength > only_named][:most]
