"""Import, link and index in one go: what the command and the demo do."""

from __future__ import annotations

from datetime import date

from santai.knowledge import citations
from santai.knowledge.imports import Outcome, import_laws
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.meaning import Report, add_vectors, is_lacking, is_wanted
from santai.knowledge.search import home, library


def take_in(
    source: str,
    *,
    on: date,
    meaning: bool = False,
    report: Report = lambda _: None,
    embedded: Report = lambda _: None,
) -> Outcome:
    """A second import of the same source changes nothing and builds nothing. `report` counts texts, `embedded`
    articles whose meaning was worked out. `meaning` makes search go by meaning from now on."""
    outcome = import_laws(source, on=on, report=report)
    if outcome.is_news:
        citations.link()
    is_due = is_lacking(home()) or (meaning and not is_wanted(home()))
    if outcome.is_news or is_due or library() is None:
        rebuild(embedded, meaning=meaning)
    return outcome


def rebuild(embedded: Report = lambda _: None, *, meaning: bool = False) -> int:
    """The index from the library as it is now, with vectors when wanted; returns the number of articles."""
    corpus = Corpus.of_library()
    if len(corpus):
        more = add_vectors(corpus, home(), embedded) if meaning or is_wanted(home()) else lambda _: None
        store.build(corpus, home(), more=more)
    return len(corpus)
