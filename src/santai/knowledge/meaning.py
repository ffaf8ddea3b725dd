"""Vectors for the articles of an index, when there is something that makes them and something that uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from santai.knowledge.embedding.embedder import embedder
from santai.knowledge.embedding.vectors import Store, keep, passage
from santai.knowledge.index.corpus import Corpus

Report = Callable[[int], object]


def add_vectors(corpus: Corpus, home: Path, report: Report = lambda _: None) -> Callable[[Path], object]:
    """For store.build: lays the vectors of `corpus` beside its index. `report` is called with articles done since the
    last call; articles that are known from before are done at once."""

    def add(folder: Path) -> None:
        model = embedder()
        if model is not None:
            pairs = zip(corpus.law_names, corpus.texts, strict=True)
            keep(folder, Store(home / "vectors", model).fill([passage(law, text) for law, text in pairs], report))

    return add


def is_used(home: Path) -> bool:
    """Whether the ranker of the home looks at meaning; without one, vectors would be made for nobody."""
    try:
        return bool(json.loads((home / "ranker" / "questions.json").read_text())["meaning"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
