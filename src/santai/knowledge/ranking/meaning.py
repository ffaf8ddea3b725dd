"""What an embedding adds for the candidates of one question: how near in meaning, as it is and over the bridge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.index.store import Index
from santai.knowledge.ranking.bridge import HARD, Bridge, learn

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
# Candidates that only the meaning finds.
FOUND = 100
# Questions compared with all articles at a time.
BLOCK = 64
# A cosine this much lower counts about half as much (of e5 itself it is nearer: the reading of questions spreads them).
SPREAD = 0.08
# The nearest questions whose answers make up a guess at this question's answer; the best articles likewise.
GUESSED, FED = 5, 3
COLUMNS = 15


@dataclass(frozen=True)
class View:
    """One question against everything: cosines with every article, as it is and over the bridge."""

    asked: Floats
    plain: Floats
    crossed: Floats
    found: Rows


class Meaning:
    """Vectors of the articles (rows of the index), the judged questions and the answers (zeros without one)."""

    def __init__(self, articles: Floats, asked: Floats, said: Floats, gold: Sequence[Sequence[int]]) -> None:
        self.articles, self.asked, self.said, self.gold = articles, asked, said, gold

    @cached_property
    def wrong(self) -> list[list[int]]:
        """What looks most like each judged question and is not its answer."""
        found = [view.found[:HARD].tolist() for view in self.views(self.asked, Bridge(np.zeros((1, 1), np.float32)))]
        return [[row for row in rows if row not in set(gold)] for rows, gold in zip(found, self.gold, strict=True)]

    def bridge(self, known: NDArray[np.bool_]) -> Bridge:
        at = np.flatnonzero(known).tolist()
        gold, wrong = [self.gold[one] for one in at], [self.wrong[one] for one in at]
        return learn(self.asked[at], gold, wrong, self.articles)

    def views(self, asked: Floats, bridge: Bridge) -> Iterator[View]:
        for start in range(0, len(asked), BLOCK):
            part = asked[start : start + BLOCK]
            over = bridge.cross(part) if bridge.turn.shape[0] == part.shape[1] else part
            both = self.articles @ np.vstack([part, over]).T
            for at, one in enumerate(part):
                crossed = both[:, len(part) + at]
                yield View(one, both[:, at], crossed, highest(crossed, FOUND))

    def likeness(self, asked: Floats) -> tuple[Floats, Floats]:
        """How like each judged question, and each answer, is: 0 to 1, in the manner of Memory.likeness."""
        return nearness(self.asked @ asked), nearness(self.said @ asked)


def nearness(cosine: Floats) -> Floats:
    found: Floats = np.exp((cosine - 1) / (2 * SPREAD)).astype(np.float32)
    return found


def highest(values: Floats, count: int) -> Rows:
    count = min(count, len(values))
    rows = np.argpartition(-values, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
    return rows[np.argsort(-values[rows], kind="stable")]


def columns(
    view: View, meaning: Meaning, index: Index, rows: Rows, lexical: Floats, known: NDArray[np.bool_]
) -> list[Floats]:
    """COLUMNS columns; `lexical` is the first stage's score of `rows`."""
    crossed, plain = view.crossed[rows], view.plain[rows]
    place = _place(crossed)
    fused = 1 / (10 + place) + 1 / (10 + _place(lexical))
    fed = rows[np.argsort(-fused, kind="stable")[:FED]]
    near = meaning.articles[rows]
    return [
        plain,
        plain - view.plain.max(),
        crossed,
        crossed - view.crossed[view.found[0]],
        place,
        fused,
        near @ _mean(meaning.articles[fed]),
        near @ _guess(view, meaning, known),
        *_beside(view, index, rows),
        *_shares(view, index, rows),
        np.full(len(rows), crossed.max() - np.sort(crossed)[-min(10, len(crossed))], dtype=np.float32),
    ]


def _place(values: Floats) -> Floats:
    return np.argsort(np.argsort(-values, kind="stable"), kind="stable").astype(np.float32)


def _mean(vectors: Floats) -> Floats:
    mean = vectors.mean(axis=0)
    found: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return found


def _guess(view: View, meaning: Meaning, known: NDArray[np.bool_]) -> Floats:
    """What a lawyer may say: the mean of what was said to the nearest questions."""
    like = np.where(known, nearness(meaning.asked @ view.asked), 0)
    nearest = highest(like.astype(np.float32), GUESSED)
    said = like[nearest][:, None] * meaning.said[nearest]
    total = said.sum(axis=0)
    found: Floats = total / max(float(np.linalg.norm(total)), 1e-9)
    return found


def _beside(view: View, index: Index, rows: Rows) -> list[Floats]:
    law, found = index.columns["law"], []
    for step in (-2, -1, 1, 2):
        beside = np.clip(rows + step, 0, len(index) - 1)
        found.append(np.where(law[beside] == law[rows], view.crossed[beside] - view.crossed[view.found[0]], -1))
    return found


def _shares(view: View, index: Index, rows: Rows) -> list[Floats]:
    """How much of what was found belongs to the law and the chapter of each."""
    top = view.crossed[view.found]
    weight = np.exp((top - top[0]) / SPREAD)
    found = []
    for name in ("law", "chapter"):
        column = index.columns[name]
        share = np.bincount(column[view.found], weights=weight, minlength=int(column.max()) + 1)
        found.append((share[column[rows]] / share.sum()).astype(np.float32))
    return found
