"""How good and how fast: cross-validation on judged questions, and milliseconds a question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.ranking.features import CANDIDATES, known, tables
from santai.knowledge.ranking.ranker import Lessons, order, train

FOLDS = 5
DEPTHS = (5, 10, 100)


@dataclass(frozen=True)
class Figures:
    """Mean recall at each depth, and the mean reciprocal rank within ten."""

    questions: int
    recall: dict[int, float]
    mrr: float


@dataclass(frozen=True)
class Pace:
    """Milliseconds of processor time on one core."""

    p50: float
    p95: float


def figures(ranked: Sequence[Sequence[int]], gold: Sequence[Sequence[int]]) -> Figures:
    pairs = [(list(rows), set(wanted)) for rows, wanted in zip(ranked, gold, strict=True) if wanted]
    recall = {k: float(np.mean([len(wanted & set(rows[:k])) / len(wanted) for rows, wanted in pairs])) for k in DEPTHS}
    return Figures(len(pairs), recall, float(np.mean([_reciprocal(rows[:10], wanted) for rows, wanted in pairs])))


def _reciprocal(rows: list[int], wanted: set[int]) -> float:
    return next((1 / rank for rank, row in enumerate(rows, 1) if row in wanted), 0.0)


def first_stage(lessons: Lessons) -> Figures:
    return figures([asked.first[:CANDIDATES].tolist() for asked in lessons.judged], lessons.memory.gold)


def cross_validate(
    lessons: Lessons, fold: NDArray[np.int64] | None = None, *, forgets: bool = False
) -> Iterator[Figures]:
    """One result for each fold as it is done, then that of all questions. `fold` tells which each question is in;
    `forgets` is the way of the ranker that is shipped."""
    memory = lessons.memory
    fold = np.random.default_rng(0).permutation(memory.size) % FOLDS if fold is None else fold
    ranked: dict[int, list[int]] = {}
    for number in range(int(fold.max()) + 1):
        mask = fold != number
        seen = known(memory, mask, forgets=forgets)
        boosters = train(lessons, mask, seen, forgets=forgets)
        held = np.flatnonzero(~mask).tolist()
        found = tables([lessons.judged[question] for question in held], memory, seen)
        for question, (rows, table) in zip(held, found, strict=True):
            ranked[question] = order(boosters, rows, table).tolist()
        yield figures([ranked[one] for one in held], [memory.gold[one] for one in held])
    yield figures([ranked[one] for one in range(memory.size)], memory.gold)


def pace(search: Callable[[str], object], questions: Sequence[str]) -> Pace:
    for question in questions[:5]:
        search(question)
    spent = []
    for question in questions:
        begun = time.process_time()
        search(question)
        spent.append(1000 * (time.process_time() - begun))
    return Pace(float(np.percentile(spent, 50)), float(np.percentile(spent, 95)))
