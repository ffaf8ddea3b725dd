"""Vectors for the articles of an index, when there is something that makes them and something that uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from santai.knowledge.embedding.embedder import embedder
from santai.knowledge.embedding.vectors import LAY, Store, keep, kept, passage
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.lay_questions import digest, shipped

Report = Callable[[int], object]


def add_vectors(corpus: Corpus, home: Path, report: Report = lambda _: None) -> Callable[[Path], object]:
    """For store.build: lays the vectors of `corpus`, and of the questions shipped, beside its index. `report` is called
    with articles done since the last call; articles that are known from before are done at once."""

    def add(folder: Path) -> None:
        model = embedder()
        if model is not None:
            pairs = zip(corpus.law_names, corpus.texts, strict=True)
            passages = [passage(law, text) for law, text in pairs]
            keep(folder, Store.of_passages(home / "vectors", model).fill(passages, report))
            asked = [one.question for one in shipped()]
            keep(folder, Store.of_questions(home / "vectors", model).fill(asked), LAY.format(digest()))

    return add


def is_wanted(home: Path) -> bool:
    """Whether the ranker of the home looks at meaning, or the index has vectors already; else they would be made for
    nobody."""
    try:
        folder = store.pointed(home)
        told = home / "ranker" / "questions.json"
        return (folder is not None and kept(folder) is not None) or bool(json.loads(told.read_text())["meaning"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def is_lacking(home: Path) -> bool:
    """Wanted and not there as it should be: an upgrade may have brought other questions, or another reading of them."""
    folder = store.pointed(home)
    return is_wanted(home) and folder is not None and kept(folder, LAY.format(digest())) is None
