"""Judged questions as seen from one index: how the nearest ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.index.grams import grams, runs, words
from santai.knowledge.index.postings import Postings
from santai.knowledge.index.store import Index, Terms
from santai.knowledge.names import canonical
from santai.knowledge.ranking.judged import Judged
from santai.knowledge.ranking.meaning import Meaning

# Of what a question (and its answer) is compared, with the weight of each.
OF_QUESTION = (("1", 0.3), ("2", 0.4), ("words", 0.3))
OF_ANSWER = (("2", 0.5), ("words", 0.5))
NEAREST = 15
B = 0.5
# BM25 of a term never passes idf * (k1 + 1).
CEILING = 2.2

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Nearest:
    """Votes of the nearest questions for every article, law and chapter of the index."""

    article: Floats
    closest: Floats
    law: Floats
    chapter: Floats
    best: float


Vectors = tuple[Floats, Floats, Floats]


class Memory:
    """`questions` as seen from one index; articles the index does not have are left out."""

    def __init__(
        self, questions: Sequence[Judged], index: Index, meaning: Vectors | None = None, lay: Memory | None = None
    ) -> None:
        """`meaning`: vectors of the articles, the questions and the answers, when there is an embedding. `lay`: the
        questions shipped with the platform, which are looked at beside these and never left out."""
        self.lay = lay
        self.questions, self.index = list(questions), index
        self.size = len(questions)
        position = index.position
        rows = [sorted({position[name] for name in map(canonical, one.gold) if name in position}) for one in questions]
        self.gold = rows
        self.articles = _pairs([(at, row) for at, found in enumerate(rows) for row in found])
        law, chapter = index.columns["law"], index.columns["chapter"]
        self.laws = _pairs(sorted({(at, int(law[row])) for at, found in enumerate(rows) for row in found}))
        self.chapters = _pairs(sorted({(at, int(chapter[row])) for at, found in enumerate(rows) for row in found}))
        self.meaning = Meaning(*meaning, rows) if meaning else None

    @cached_property
    def postings(self) -> list[tuple[str, float, Postings, bool]]:
        asked = [runs(one.question) for one in self.questions]
        said = [runs(one.answer) for one in self.questions]
        found = [(kind, weight, self._postings(asked, kind), False) for kind, weight in OF_QUESTION]
        return found + [(kind, weight, self._postings(said, kind), True) for kind, weight in OF_ANSWER]

    def _postings(self, texts: list[str], kind: str) -> Postings:
        codes, places = words(texts) if kind == "words" else grams(texts, int(kind))
        return Postings.build(codes, places, self.size, k1=1.2, b=B)

    def likeness(self, terms: Terms, vector: Floats | None = None) -> tuple[Floats, ...]:
        """How like each question, and each answer, is to what is asked now: 0 to 1; by words, then by meaning."""
        by_words = self._by_words(terms)
        return by_words if self.meaning is None or vector is None else (*by_words, *self.meaning.likeness(vector))

    def _by_words(self, terms: Terms) -> tuple[Floats, Floats]:
        asked, said = np.zeros(self.size, dtype=np.float32), np.zeros(self.size, dtype=np.float32)
        for kind, weight, postings, is_answer in self.postings:
            wanted = postings.terms_of(terms.codes[kind])
            score = np.zeros(self.size, dtype=np.float32)
            postings.score(wanted, score)
            share = score / (float(postings.idf[wanted].sum()) * CEILING + 1e-6)
            (said if is_answer else asked).__iadd__(weight * share)
        return asked, said

    def prior(self, known: NDArray[np.bool_]) -> Floats:
        """How many of the `known` questions each article answered."""
        at, row = self.articles
        return np.bincount(row[known[at]], minlength=len(self.index)).astype(np.float32)

    @cached_property
    def usual(self) -> Floats:
        return self.prior(np.ones(self.size, dtype=bool))

    def nearest(self, likeness: Floats, known: NDArray[np.bool_]) -> Nearest:
        like = np.where(known, likeness, 0)
        at = np.argsort(-like, kind="stable")[:NEAREST]
        weight = np.zeros(self.size, dtype=np.float32)
        weight[at] = like[at]
        return Nearest(
            article=_sum(self.articles, weight**2, len(self.index)),
            closest=_highest(self.articles, weight, len(self.index)),
            law=_sum(self.laws, weight, len(self.index.laws)),
            chapter=_sum(self.chapters, weight, int(self.index.columns["chapter"].max(initial=0)) + 1),
            best=float(like.max(initial=0)),
        )


Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def _pairs(found: list[tuple[int, int]]) -> Pairs:
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _sum(pairs: Pairs, weight: Floats, size: int) -> Floats:
    at, what = pairs
    voted = weight[at] > 0
    return np.bincount(what[voted], weights=weight[at][voted], minlength=size).astype(np.float32)


def _highest(pairs: Pairs, weight: Floats, size: int) -> Floats:
    at, what = pairs
    found = np.zeros(size, dtype=np.float32)
    np.maximum.at(found, what, weight[at])
    return found
