"""Import, link and index in one go: what the command and the demo do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from santai.knowledge import citations
from santai.knowledge.imports import Outcome, import_laws
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.search import home, library


def take_in(source: str, *, on: date, report: Callable[[int], object] = lambda _: None) -> Outcome:
    """A second import of the same source changes nothing and builds nothing."""
    outcome = import_laws(source, on=on, report=report)
    if outcome.is_news:
        citations.link()
    if outcome.is_news or library() is None:
        rebuild()
    return outcome


def rebuild() -> int:
    """The index from the library as it is now; returns the number of articles."""
    corpus = Corpus.of_library()
    if len(corpus):
        store.build(corpus, home())
    return len(corpus)
