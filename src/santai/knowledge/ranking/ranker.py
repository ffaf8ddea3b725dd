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

from santai.knowledge.embedding.embedder import Embedder, embedder
from santai.knowledge.embedding.vectors import kept
from santai.knowledge.index.store import Index, Terms
from santai.knowledge.ranking.bridge import Bridge
from santai.knowledge.ranking.features import Asked, Known, ask, features, known, tables
from santai.knowledge.ranking.memory import Floats, Judged, Memory, Vectors
from santai.knowledge.ranking.practice import practice
from santai.knowledge.synonyms import SHIPPED, read

log = logging.getLogger(__name__)
FORMAT = 2
# Priors and nearest questions are learned with the tenth left out that the question itself is in. Leaving out only the
# question would tell its answer: counts of its articles, laws and chapters would be one less than for all the others.
PARTS = 10
# Several boosters that differ in what they draw by lot; their sum errs less than each.
SEEDS = (1, 2, 3)
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
    "deterministic": True,
    "verbose": -1,
    "num_threads": 1,
}


Boosters = list[lgb.Booster]
_BETWEEN = "\n=== next ===\n"


class Ranker:
    def __init__(self, boosters: Boosters, memory: Memory, seen: Known | None = None) -> None:
        self.boosters, self.memory = boosters, memory
        self.known = seen or known(memory)

    def rank(self, terms: Terms, scores: dict[str, Floats], total: Floats, question: str = "") -> NDArray[np.int64]:
        """`question` is what `terms` were cut from; its meaning is looked at when the ranker was trained so."""
        model = embedder() if self.memory.meaning else None
        vector = model.question(question) if model else None
        asked = ask(self.memory.index, self.memory, terms, scores, total, vector)
        rows, table = features(asked, self.memory, self.known)
        return order(self.boosters, rows, table)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        meaning, bridge = self.memory.meaning, self.known.bridge
        told = {"format": FORMAT, "questions": [asdict(one) for one in self.memory.questions]}
        told["meaning"] = bool(meaning)
        if meaning and bridge:
            np.savez(folder / "meaning.npz", asked=meaning.asked, said=meaning.said, turn=bridge.turn)
        (folder / "questions.json").write_text(json.dumps(told, ensure_ascii=False))
        # The model last: its time tells server processes to open all of it anew.
        draft = folder / "model.draft"
        draft.write_text(_BETWEEN.join(one.model_to_string() for one in self.boosters))
        draft.replace(folder / "model.txt")


def order(boosters: Boosters, rows: NDArray[np.int64], table: Floats) -> NDArray[np.int64]:
    guess = np.sum([np.asarray(one.predict(table, num_threads=1)) for one in boosters], axis=0)
    return rows[np.argsort(-guess, kind="stable")]


def vectors_of(judged: Sequence[Judged], index: Index, model: Embedder) -> Vectors | None:
    """What Memory wants to know of meaning; None when the articles of the index have no vectors."""
    articles = kept(index.folder)
    if articles is None:
        return None
    nothing = np.zeros(model.width, dtype=np.float32)
    asked = [model.question(one.question) for one in judged]
    said = [model.question(one.answer) if one.answer else nothing for one in judged]
    return articles, np.array(asked), np.array(said)


@dataclass(frozen=True)
class Lessons:
    """Judged and practice questions with their first-stage scores; worked out once for all folds."""

    memory: Memory
    judged: list[Asked]
    practice: list[tuple[Asked, int]]

    @classmethod
    def prepare(cls, memory: Memory, texts: Sequence[str], report: Callable[[int], object] = lambda _: None) -> Lessons:
        """`texts` are those of the articles, in the order of the index."""
        lay = read(SHIPPED).found_in

        def asked(question: str) -> Asked:
            report(1)
            terms = Terms.of(question)
            scores = memory.index.scores(terms, lay(question))
            narrow = {name: score.astype(np.float16) for name, score in scores.items()}
            vector = model.question(question) if model else None
            return ask(memory.index, memory, terms, narrow, memory.index.total(scores), vector)

        model = embedder() if memory.meaning else None
        judged = [asked(one.question) for one in memory.questions]
        return cls(memory, judged, [(asked(question), row) for question, row in practice(texts)])


def train(lessons: Lessons, mask: NDArray[np.bool_] | None = None, seen: Known | None = None) -> Boosters:
    """From the judged questions of `mask`; the others are neither learned from nor looked at."""
    memory = lessons.memory
    mask = np.ones(memory.size, dtype=bool) if mask is None else mask
    learned = [*_judged(lessons, mask), *_practised(lessons, seen or known(memory, mask))]
    tables, wanted = [table for table, _ in learned], [good for _, good in learned]
    data = lgb.Dataset(np.vstack(tables), np.concatenate(wanted).astype(int), group=[len(good) for good in wanted])
    data.construct()
    return [lgb.train({**PARAMETERS, "seed": seed}, data, ROUNDS) for seed in SEEDS]


Lesson = tuple[Floats, NDArray[np.bool_]]


def _judged(lessons: Lessons, mask: NDArray[np.bool_]) -> Iterator[Lesson]:
    at = np.flatnonzero(mask)
    part = np.random.default_rng(1).permutation(len(at)) % PARTS
    for number in range(min(PARTS, len(at))):
        rest = mask.copy()
        mine = at[part == number]
        rest[mine] = False
        found = tables([lessons.judged[one] for one in mine], lessons.memory, known(lessons.memory, rest))
        for question, (rows, table) in zip(mine, found, strict=True):
            yield table, np.isin(rows, lessons.memory.gold[question])


def _practised(lessons: Lessons, seen: Known) -> Iterator[Lesson]:
    found = tables([asked for asked, _ in lessons.practice], lessons.memory, seen)
    for (_, row), (rows, table) in zip(lessons.practice, found, strict=True):
        yield table, rows == row


def ranker_for(index: Index, folder: Path) -> Ranker | None:
    try:
        told = json.loads((folder / "questions.json").read_text())
        if told["format"] != FORMAT:
            log.warning("the ranker is of another format; search goes on without it")
            return None
        questions = [Judged(one["question"], tuple(one["gold"]), one["answer"]) for one in told["questions"]]
        texts = (folder / "model.txt").read_text().split(_BETWEEN)
        boosters = [lgb.Booster(model_str=text) for text in texts]
        return _opened(index, folder, boosters, questions, told["meaning"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, lgb.basic.LightGBMError):
        log.exception("the ranker cannot be read; search goes on without it")
        return None


def _opened(index: Index, folder: Path, boosters: Boosters, questions: list[Judged], meant: bool) -> Ranker | None:
    if not meant:
        return Ranker(boosters, Memory(questions, index))
    articles = kept(index.folder)
    if articles is None or embedder() is None:
        log.warning("the ranker looks at meaning, and there is none; search goes on without it")
        return None
    with np.load(folder / "meaning.npz") as held:
        memory = Memory(questions, index, (articles, held["asked"], held["said"]))
        seen = Known(
            np.ones(memory.size, dtype=bool), memory.prior(np.ones(memory.size, dtype=bool)), Bridge(held["turn"])
        )
    return Ranker(boosters, memory, seen)
