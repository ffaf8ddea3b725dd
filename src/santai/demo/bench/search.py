"""How good the search of laws is on judged questions, and how fast; in a scratch folder, without the database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from santai.knowledge.imports import texts_of
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.ranking.measuring import FOLDS, Figures, Pace, cross_validate, first_stage, pace
from santai.knowledge.ranking.memory import Memory, read
from santai.knowledge.ranking.practice import COUNT
from santai.knowledge.ranking.ranker import Lessons, Ranker, train
from santai.knowledge.search import Library

MOST_TIMED = 300
# Milliseconds: what the first stage and the whole may take for nineteen questions of twenty.
MOST_FIRST, MOST_WHOLE = 10.0, 150.0


def measure_search(
    laws: str, questions: Path, answers: Path | None, report: Callable[[str], object]
) -> Iterator[tuple[str, Figures | Pace]]:
    """Named figures as they are found. Nothing but `questions` is learned from."""
    judged = read(questions, answers)
    report("建立索引")
    corpus = Corpus.of_texts(texts_of(laws, []))
    with tempfile.TemporaryDirectory() as scratch:
        memory = Memory(judged, store.build(corpus, Path(scratch)))
        report(f"读 {len(judged) + COUNT} 个问题")
        lessons = Lessons.prepare(memory, corpus.texts)
        yield "字词检索", first_stage(lessons)
        for number, found in enumerate(cross_validate(lessons), 1):
            yield (f"学习排序，第 {number} 折" if number <= FOLDS else f"学习排序，{FOLDS} 折合计"), found
        library = Library(memory.index, Ranker(train(lessons), memory))
        timed = [one.question for one in judged][:MOST_TIMED]
        yield "字词检索", pace(lambda question: library.search(question, learned=False), timed)
        yield "完整检索", pace(library.search, timed)
