"""The learned second stage: LightGBM's LambdaRank over features.py, trained from judged questions, kept in the home.

Without an artefact, or with one that cannot be read, search falls back to the first stage.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from santai.knowledge import synonyms
from santai.knowledge.embedding.embedder import Embedder, embedder
from santai.knowledge.embedding.vectors import LAY, kept
from santai.knowledge.index.store import Index, Terms
from santai.knowledge.lay_questions import digest, shipped, wording
from santai.knowledge.names import canonical
from santai.knowledge.ranking.bridge import Bridge
from santai.knowledge.ranking.features import Asked, Known, ask, features, known, tables
from santai.knowledge.ranking.judged import Judged
from santai.knowledge.ranking.memory import Floats, Memory, Vectors
from santai.knowledge.ranking.practice import practice

log = logging.getLogger(__name__)
FORMAT = 3
# Shipped with the platform: what was learned from judged questions without keeping any of them.
SHIPPED = Path(__file__).parent / "shipped"
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


def remembered(judged: Sequence[Judged], index: Index, model: Embedder | None) -> Memory:
    """`judged` and the questions shipped, by words; by meaning too when there is a model and the index has vectors."""
    articles, lay = kept(index.folder), kept(index.folder, LAY.format(digest()))
    if model is None or articles is None or lay is None:
        return Memory(judged, index, lay=Memory(lay_for(index), index))
    asked = _rows([model.question(one.question) for one in judged], model.width)
    nothing = np.zeros(model.width, dtype=np.float32)
    said = _rows([model.question(one.answer) if one.answer else nothing for one in judged], model.width)
    return _meant(judged, index, (articles, asked, said), lay)


def lay_for(index: Index) -> list[Judged]:
    """The questions shipped, in their order, without articles whose numbers the index has from a later wording."""

    def holds(article: str) -> bool:
        row, year = index.position.get(canonical(article)), wording(article)
        return row is not None and (year is None or int(index.columns["year"][row]) <= year)

    return [replace(one, gold=tuple(filter(holds, one.gold))) for one in shipped()]


def _rows(vectors: list[Floats], width: int) -> Floats:
    return np.array(vectors, dtype=np.float32).reshape(-1, width)


def _meant(judged: Sequence[Judged], index: Index, meaning: Vectors, lay: Floats) -> Memory:
    return Memory(judged, index, meaning, Memory(lay_for(index), index, (meaning[0], lay, np.zeros_like(lay))))


@dataclass(frozen=True)
class Lessons:
    """Judged and practice questions with their first-stage scores; worked out once for all folds."""

    memory: Memory
    judged: list[Asked]
    practice: list[tuple[Asked, int]]

    @classmethod
    def prepare(cls, memory: Memory, texts: Sequence[str], report: Callable[[int], object] = lambda _: None) -> Lessons:
        """`texts` are those of the articles, in the order of the index."""
        lay = synonyms.read(synonyms.SHIPPED).found_in

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


def train(
    lessons: Lessons, mask: NDArray[np.bool_] | None = None, seen: Known | None = None, *, forgets: bool = False
) -> Boosters:
    """From the judged questions of `mask`; the others are neither learned from nor looked at. One that `forgets` learns
    to do without remembering any; `seen` is then known so as well."""
    memory = lessons.memory
    mask = np.ones(memory.size, dtype=bool) if mask is None else mask
    seen = seen or known(memory, mask, forgets=forgets)
    learned = [*_judged(lessons, mask, forgets), *_practised(lessons, seen)]
    tables, wanted = [table for table, _ in learned], [good for _, good in learned]
    data = lgb.Dataset(np.vstack(tables), np.concatenate(wanted).astype(int), group=[len(good) for good in wanted])
    data.construct()
    return [lgb.train({**PARAMETERS, "seed": seed}, data, ROUNDS) for seed in SEEDS]


Lesson = tuple[Floats, NDArray[np.bool_]]


def _judged(lessons: Lessons, mask: NDArray[np.bool_], forgets: bool) -> Iterator[Lesson]:
    at = np.flatnonzero(mask)
    part = np.random.default_rng(1).permutation(len(at)) % PARTS
    for number in range(min(PARTS, len(at))):
        rest = mask.copy()
        mine = at[part == number]
        rest[mine] = False
        found = tables(
            [lessons.judged[one] for one in mine], lessons.memory, known(lessons.memory, rest, forgets=forgets)
        )
        for question, (rows, table) in zip(mine, found, strict=True):
            yield table, np.isin(rows, lessons.memory.gold[question])


def _practised(lessons: Lessons, seen: Known) -> Iterator[Lesson]:
    found = tables([asked for asked, _ in lessons.practice], lessons.memory, seen)
    for (_, row), (rows, table) in zip(lessons.practice, found, strict=True):
        yield table, rows == row


def ranker_for(index: Index, folder: Path) -> Ranker | None:
    """What was trained here; else what is shipped, with meaning when the index has vectors; else none."""
    for one in (folder, SHIPPED / "meaning", SHIPPED / "words"):
        ranker = _read(index, one)
        if ranker is not None:
            return ranker
    return None


def _read(index: Index, folder: Path) -> Ranker | None:
    try:
        told = json.loads((folder / "questions.json").read_text())
        if told["format"] != FORMAT:
            log.warning("the ranker of %s is of another format; search goes on without it", folder)
            return None
        questions = [Judged(one["question"], tuple(one["gold"]), one["answer"]) for one in told["questions"]]
        texts = (folder / "model.txt").read_text().split(_BETWEEN)
        boosters = [lgb.Booster(model_str=text) for text in texts]
        return _opened(index, folder, boosters, questions, told["meaning"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, lgb.basic.LightGBMError):
        log.exception("the ranker of %s cannot be read; search goes on without it", folder)
        return None


def _opened(index: Index, folder: Path, boosters: Boosters, questions: list[Judged], meant: bool) -> Ranker | None:
    if not meant:
        return Ranker(boosters, remembered(questions, index, None))
    articles, lay = kept(index.folder), kept(index.folder, LAY.format(digest()))
    if articles is None or lay is None or embedder() is None:
        if folder.parent != SHIPPED:
            log.warning("the ranker looks at meaning, and there is none; search goes on without it")
        return None
    with np.load(folder / "meaning.npz") as held:
        memory = _meant(questions, index, (articles, held["asked"], held["said"]), lay)
        return Ranker(boosters, memory, Known(np.ones(memory.size, dtype=bool), memory.usual, Bridge(held["turn"])))
