"""What the ranker looks at, for the candidates of one question.

Nothing here tells which law an article is from (its length, its level, how often its law was the answer): measured,
that adds nothing on questions like those learned from, and loses on others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.index.store import FIELDS, Index, Terms, best
from santai.knowledge.ranking import meaning
from santai.knowledge.ranking.bridge import Bridge
from santai.knowledge.ranking.meaning import View
from santai.knowledge.ranking.memory import Floats, Memory, Nearest

Rows = NDArray[np.int64]
CANDIDATES = 200
SMALL = 1e-6


@dataclass(frozen=True)
class Asked:
    """A question with its first-stage scores; worked out once, looked at from many sides."""

    terms: Terms
    scores: Mapping[str, NDArray[np.floating[Any]]]
    total: Floats
    first: Rows
    likeness: tuple[Floats, ...]
    vector: Floats | None = None


@dataclass(frozen=True)
class Known:
    """Which judged questions may be looked at, and what they say of articles in general."""

    mask: NDArray[np.bool_]
    prior: Floats
    bridge: Bridge | None = None


def ask(
    index: Index,
    memory: Memory,
    terms: Terms,
    scores: Mapping[str, NDArray[np.floating[Any]]],
    total: Floats,
    vector: Floats | None = None,
) -> Asked:
    """`vector` is the question's; without one (or without those of the articles) words alone are looked at."""
    seen = vector if memory.meaning else None
    return Asked(terms, scores, total, best(total, CANDIDATES), memory.likeness(terms, seen), seen)


def known(memory: Memory, mask: NDArray[np.bool_] | None = None, *, forgets: bool = False) -> Known:
    """Learned from the judged questions of `mask` (all of them without one). Who `forgets` keeps the bridge and none of
    the questions."""
    mask = np.ones(memory.size, dtype=bool) if mask is None else mask
    bridge = memory.meaning.bridge(mask) if memory.meaning else None
    kept = mask & (not forgets)
    return Known(kept, memory.prior(kept), bridge)


def tables(asked: Sequence[Asked], memory: Memory, known: Known) -> Iterator[tuple[Rows, Floats]]:
    """Candidates (the first stage's, what answered the nearest questions, what means much the same) with one row of
    features each, for one question after the other."""
    if memory.meaning is None or known.bridge is None or any(one.vector is None for one in asked):
        yield from (_table(one, memory, known, None) for one in asked)
        return
    vectors = np.array([one.vector for one in asked], dtype=np.float32).reshape(len(asked), -1)
    for one, view in zip(asked, memory.meaning.views(vectors, known.bridge), strict=True):
        yield _table(one, memory, known, view)


def features(asked: Asked, memory: Memory, known: Known) -> tuple[Rows, Floats]:
    return next(tables([asked], memory, known))


def _table(asked: Asked, memory: Memory, known: Known, view: View | None) -> tuple[Rows, Floats]:
    nearest = [memory.nearest(likeness, known.mask) for likeness in asked.likeness]
    lay = _lay(asked, memory.lay) if memory.lay else []
    rows = np.union1d(asked.first, np.flatnonzero(sum(one.article for one in [*nearest, *lay])))
    columns = []
    if view is not None and memory.meaning is not None:
        rows = np.union1d(rows, view.found)
        columns = meaning.columns(view, memory.meaning, memory.index, rows, asked.total[rows], known.mask)
    columns += [
        *_lexical(asked, rows),
        *_around(asked, memory.index, rows),
        *_remembered(memory.index, rows, nearest, known.prior),
    ]
    if memory.lay:
        columns += _remembered(memory.index, rows, lay, memory.lay.usual)
    return rows, np.column_stack(columns).astype(np.float32)


def _lay(asked: Asked, lay: Memory) -> list[Nearest]:
    """By words and by meaning; the questions shipped have no answers in words."""
    everything = np.ones(lay.size, dtype=bool)
    return [lay.nearest(likeness, everything) for likeness in lay.likeness(asked.terms, asked.vector)[::2]]


def _lexical(asked: Asked, rows: Rows) -> list[Floats]:
    total = asked.total[rows]
    columns = [
        total,
        total / (total.max(initial=0) + SMALL),
        np.argsort(np.argsort(-total, kind="stable")).astype(np.float32),
    ]
    for name in FIELDS:
        score = asked.scores[name][rows]
        columns += [score, score / (score.max(initial=0) + SMALL)]
    return columns


def _around(asked: Asked, index: Index, rows: Rows) -> list[Floats]:
    """The article's neighbours, and how much of the first stage's list its law and its chapter have."""
    law, chapter, total = index.columns["law"], index.columns["chapter"], asked.total
    top = total.max(initial=0) + SMALL
    columns = []
    for step in (-1, 1):
        beside = np.clip(rows + step, 0, len(index) - 1)
        columns.append(np.where(law[beside] == law[rows], total[beside], 0) / top)
    above = total[asked.first] - (total[asked.first].min() if len(asked.first) else 0)
    for column in (law, chapter):
        share = np.bincount(column[asked.first], weights=above, minlength=int(column.max()) + 1)
        columns.append(share[column[rows]] / (share.max() + SMALL))
    asked_for = len(asked.terms.codes["1"])
    return [*columns, np.full(len(rows), asked_for, dtype=np.float32)]


def _remembered(index: Index, rows: Rows, nearest: list[Nearest], prior: Floats) -> list[Floats]:
    law, chapter = index.columns["law"][rows], index.columns["chapter"][rows]
    columns = [prior[rows]]
    for one in nearest:
        columns += [one.article[rows], one.closest[rows], one.law[law], one.chapter[chapter]]
        columns.append(np.full(len(rows), one.best, dtype=np.float32))
    return columns
