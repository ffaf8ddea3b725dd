"""Searching the library: an exact citation opens its article; anything else is ranked, filtered and marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from santai.knowledge.index import store
from santai.knowledge.index.corpus import LEVELS
from santai.knowledge.index.postings import Scores
from santai.knowledge.index.store import Index, Terms
from santai.knowledge.lookup import Names, cited, names_of, nearest
from santai.knowledge.names import canonical
from santai.knowledge.ranking.ranker import Ranker, ranker_for
from santai.knowledge.synonyms import synonyms

# What is read of a question; whoever pastes a contract is searched by its beginning.
LONGEST = 2000
LayWords = Callable[[str], dict[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Filters:
    """`law` is a name, `level` a value of models.Level."""

    law: str = ""
    level: str = ""
    in_force: bool = False

    def rows(self, index: Index) -> NDArray[np.int64] | None:
        if not (self.law or self.level or self.in_force):
            return None
        levels = [LEVELS.index(self.level)] if self.level in LEVELS else []
        return np.flatnonzero(
            store.chosen(index, laws=[self.law] if self.law else (), levels=levels, in_force=self.in_force)
        )


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Ranking:
    """Rows of the index, best first. `exact` of them stand in front because the question cites them."""

    rows: list[int] = field(default_factory=list)
    exact: int = 0
    law: str = ""
    meant: str = ""
    lay: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_ranked: bool = False


class Library:
    """One opened index with what belongs to it."""

    def __init__(self, index: Index, ranker: Ranker | None = None, lay: LayWords | None = None) -> None:
        """`lay` finds lay words in a question; else the table and the words of the desk do."""
        self.index, self.ranker, self._lay = index, ranker, lay

    @cached_property
    def names(self) -> Names:
        return names_of(tuple(self.index.laws))

    def search(
        self, question: str, *, filters: Filters = NO_FILTERS, limit: int = 100, learned: bool = True
    ) -> Ranking:
        """At most `limit` rows. Nothing that can be searched for gives an empty ranking."""
        asked = question[:LONGEST]
        exact, law = self._exact(asked)
        terms = Terms.of(asked)
        rows = filters.rows(self.index)
        if rows is not None:
            exact = [row for row in exact if row in set(rows.tolist())]
        lay = self._lay(asked) if self._lay else synonyms().found_in(asked)
        scores = self.index.scores(terms, lay)
        ranked, is_ranked = self._ranked(asked if learned else "", terms, scores, rows, limit)
        if law and not exact:
            ranked = self._law_first(law, ranked, rows, limit)
        found = list(dict.fromkeys([*exact, *ranked]))[:limit]
        meant = "" if exact or law else nearest(asked, self.names) or ""
        return Ranking(found, len(exact), law, meant, lay, is_ranked)

    def _exact(self, asked: str) -> tuple[list[int], str]:
        found = cited(asked, self.names)
        named = [one.law + one.place.label for one in found if one.place]
        rows = [row for name in named if (row := self.index.position.get(canonical(name))) is not None]
        return rows, next((one.law for one in found if one.place is None), "")

    def _ranked(
        self, asked: str, terms: Terms, scores: dict[str, Scores], rows: NDArray[np.int64] | None, limit: int
    ) -> tuple[list[int], bool]:
        total = self.index.total(scores)
        first = store.best(total, max(limit, 1), rows)
        if not asked or self.ranker is None or not len(first):
            return first.tolist(), False
        ranked = self.ranker.rank(terms, scores, total, asked)
        if rows is not None:
            ranked = ranked[np.isin(ranked, rows)]
        return list(dict.fromkeys([*ranked.tolist(), *first.tolist()]))[:limit], True

    def _law_first(self, law: str, ranked: list[int], rows: NDArray[np.int64] | None, limit: int) -> list[int]:
        """The name of a law alone is answered with its articles from the first on."""
        own = np.flatnonzero(self.index.columns["law"] == self.index.laws.index(law))
        own = own if rows is None else own[np.isin(own, rows)]
        return [*own[:limit].tolist(), *ranked]


def home() -> Path:
    return Path(settings.HOME) / "search"


_OPENED: dict[str, tuple[Path, float, Library]] = {}


def library() -> Library | None:
    """The current index with its ranker, opened once a process and again when either has changed; None before the first
    import."""
    folder = store.pointed(home())
    if folder is None:
        return None
    ranker = home() / "ranker" / "model.txt"
    stamp = ranker.stat().st_mtime if ranker.exists() else 0.0
    opened = _OPENED.get(str(home()))
    if opened is None or opened[:2] != (folder, stamp):
        index = store.load(folder)
        opened = (folder, stamp, Library(index, ranker_for(index, ranker.parent)))
        _OPENED[str(home())] = opened
    return opened[2]
