"""How good the search of laws is on judged questions, and how fast; in a scratch folder, without the database."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.embedding.embedder import embedder
from santai.knowledge.imports import texts_of
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.meaning import add_vectors
from santai.knowledge.ranking.features import known
from santai.knowledge.ranking.judged import BadQuestions, Judged, read
from santai.knowledge.ranking.measuring import FOLDS, Figures, Pace, cross_validate, first_stage, pace
from santai.knowledge.ranking.practice import COUNT
from santai.knowledge.ranking.ranker import Lessons, Ranker, remembered, train
from santai.knowledge.search import Library, home
from santai.knowledge.synonyms import SHIPPED
from santai.knowledge.synonyms import read as read_table

MOST_TIMED = 300
# Milliseconds: what the first stage and the whole may take for nineteen questions of twenty.
MOST_FIRST, MOST_WHOLE = 10.0, 150.0


def measure_search(
    laws: str, questions: Path, answers: Path | None, areas: Path | None, report: Callable[[str], object]
) -> Iterator[tuple[str, Figures | Pace]]:
    """Named figures as they are found. Nothing but `questions` is learned from; `areas` groups them by area of law."""
    judged = read(questions, answers)
    report("建立索引，读条文的意思")
    corpus = Corpus.of_texts(texts_of(laws, []))
    with tempfile.TemporaryDirectory() as scratch:
        index = store.build(corpus, Path(scratch), more=add_vectors(corpus, home()))
        model = embedder()
        memory = remembered(judged, index, model)
        report(f"读 {len(judged) + COUNT} 个问题")
        lessons = Lessons.prepare(memory, corpus.texts)
        yield "字词检索", first_stage(lessons)
        yield from _folds("学习排序", cross_validate(lessons), FOLDS)
        yield from _folds("随软件附带的排序", cross_validate(lessons, forgets=True), FOLDS)
        if areas:
            yield from _folds("学习排序，没学过的领域", cross_validate(lessons, areas_of(judged, areas)), FOLDS)
        seen = known(memory)
        library = Library(memory.index, Ranker(train(lessons, seen=seen), memory, seen), read_table(SHIPPED).found_in)
        timed = [one.question for one in judged][:MOST_TIMED]
        yield "字词检索", pace(lambda question: library.search(question, learned=False), timed)
        yield "完整检索", pace(library.search, timed)


def _folds(name: str, found: Iterator[Figures], folds: int) -> Iterator[tuple[str, Figures]]:
    for number, figures in enumerate(found, 1):
        yield (f"{name}，第 {number} 折" if number <= folds else f"{name}，{folds} 折合计"), figures


def areas_of(judged: Sequence[Judged], path: Path) -> NDArray[np.int64]:
    """A fold for each question, the same for a whole area of law; folds are about alike in size."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        area = {row["question"]: row["label"] for row in rows if row.get("scheme") == "area"}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BadQuestions(f"读不了 {path}：每行应是 {{question, label, scheme}} 形式的 JSON。") from fault
    areas = [area.get(one.question, "") for one in judged]
    size, fold = [0] * FOLDS, {}
    for label, count in Counter(areas).most_common():
        fold[label] = size.index(min(size))
        size[fold[label]] += count
    if not all(size):
        raise BadQuestions(f"{path.name} 里的领域不到 {FOLDS} 个。")
    return np.array([fold[label] for label in areas], dtype=np.int64)
