"""The learned second stage: LightGBM's LambdaRank over features.py, trained from judged questions, kept in the home.

Without an artefact, or with one that cannot be read, search falls back to the first stage.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from santai.knowledge.index.store import Index, Terms
from santai.knowledge.ranking.features import Asked, Known, ask, features, known
from santai.knowledge.ranking.memory import Floats, Judged, Memory
from santai.knowledge.ranking.practice import practice

log = logging.getLogger(__name__)
FORMAT = 1
# Priors and nearest questions are learned with the tenth left out that the question itself is in. Leaving out only the
# question would tell its answer: counts of its articles, laws and chapters would be one less than for all the others.
PARTS = 10
ROUNDS = 200
PARAMETERS: dict[str, object] = {
    "objective": "lambdarank",
    "learning_rate": 0.06,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "lambdarank_truncation_level": 20,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
    "num_threads": 1,
}


class Ranker:
    def __init__(self, booster: lgb.Booster, memory: Memory) -> None:
        self.booster, self.memory = booster, memory
        self.known = known(memory)

    def rank(self, terms: Terms, scores: dict[str, Floats], total: Floats) -> NDArray[np.int64]:
        asked = ask(self.memory.index, self.memory, terms, scores, total)
        rows, table = features(asked, self.memory, self.known)
        return order(self.booster, rows, table)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        told = {"format": FORMAT, "questions": [asdict(one) for one in self.memory.questions]}
        (folder / "questions.json").write_text(json.dumps(told, ensure_ascii=False))
        # The model last: its time tells server processes to open both anew.
        draft = folder / "model.draft"
        draft.write_text(self.booster.model_to_string())
        draft.replace(folder / "model.txt")


def order(booster: lgb.Booster, rows: NDArray[np.int64], table: Floats) -> NDArray[np.int64]:
    guess = np.asarray(booster.predict(table, num_threads=1))
    return rows[np.argsort(-guess, kind="stable")]


@dataclass(frozen=True)
class Lessons:
    """Judged and practice questions with their first-stage scores; worked out once for all folds."""

    memory: Memory
    judged: list[Asked]
    practice: list[tuple[Asked, int]]

    @classmethod
    def prepare(cls, memory: Memory, texts: Sequence[str], report: Callable[[int], object] = lambda _: None) -> Lessons:
        """`texts` are those of the articles, in the order of the index."""

        def asked(question: str) -> Asked:
            report(1)
            terms = Terms.of(question)
            scores = memory.index.scores(terms)
            narrow = {name: score.astype(np.float16) for name, score in scores.items()}
            return ask(memory.index, memory, terms, narrow, memory.index.total(scores))

        judged = [asked(one.question) for one in memory.questions]
        return cls(memory, judged, [(asked(question), row) for question, row in practice(texts)])


def train(lessons: Lessons, mask: NDArray[np.bool_] | None = None) -> lgb.Booster:
    """From the judged questions of `mask`; the others are neither learned from nor looked at."""
    memory = lessons.memory
    mask = np.ones(memory.size, dtype=bool) if mask is None else mask
    seen = [*_judged(lessons, mask), *_practised(lessons, known(memory, mask))]
    tables, wanted = [table for table, _ in seen], [good for _, good in seen]
    data = lgb.Dataset(np.vstack(tables), np.concatenate(wanted).astype(int), group=[len(good) for good in wanted])
    return lgb.train(dict(PARAMETERS), data, ROUNDS)


Lesson = tuple[Floats, NDArray[np.bool_]]


def _judged(lessons: Lessons, mask: NDArray[np.bool_]) -> Iterator[Lesson]:
    at = np.flatnonzero(mask)
    part = np.random.default_rng(1).permutation(len(at)) % PARTS
    for number in range(PARTS):
        rest = mask.copy()
        rest[at[part == number]] = False
        seen = known(lessons.memory, rest)
        for question in at[part == number]:
            rows, table = features(lessons.judged[question], lessons.memory, seen)
            yield table, np.isin(rows, lessons.memory.gold[question])


def _practised(lessons: Lessons, seen: Known) -> Iterator[Lesson]:
    for asked, row in lessons.practice:
        rows, table = features(asked, lessons.memory, seen)
        yield table, rows == row


def ranker_for(index: Index, folder: Path) -> Ranker | None:
    try:
        told = json.loads((folder / "questions.json").read_text())
        if told["format"] != FORMAT:
            log.warning("the ranker is of another format; search goes on without it")
            return None
        booster = lgb.Booster(model_file=str(folder / "model.txt"))
        questions = [Judged(one["question"], tuple(one["gold"]), one["answer"]) for one in told["questions"]]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, lgb.basic.LightGBMError):
        log.exception("the ranker cannot be read; search goes on without it")
        return None
    return Ranker(booster, Memory(questions, index))
