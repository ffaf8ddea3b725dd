"""Which entries answer a question: compared with every way people are known to ask for it.

The corpus is small, so the index is kept in the memory of the process and built anew when something was published or
withdrawn. Measured on tests/knowledge/entry_questions.csv.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from santai.knowledge.index.grams import Codes, grams, runs, words
from santai.knowledge.index.postings import Postings, Scores
from santai.knowledge.index.store import best
from santai.knowledge.marking import words_of
from santai.knowledge.models import Entry, EntryVersion
from santai.knowledge.synonyms import synonyms

LONGEST = 500
# A score from which an entry may be told to a person as the answer: of questions above it nine in ten have the right
# entry first, and one in ten of those that no entry answers is above it. Not listed is what is below LEAST or far below
# the best; beside a perfect one, what is good stays.
GOOD, LEAST, REACH = 0.35, 0.13, 0.6
# What a phrase is compared by, and how much each counts.
PARTS = (("1", 0.4), ("2", 0.4), ("words", 0.2))
SYNONYM_WEIGHT = 0.4
# What the score is made of: the best phrase of an entry, all its phrases, and its whole text.
BEST_WEIGHT, ALL_WEIGHT, WHOLE_WEIGHT = 0.5, 0.2, 0.3
SAME_MATTER = 1.15
FOREVER = date.max.toordinal()


@dataclass(frozen=True)
class Found:
    """`matched` are the words of the question, for marking."""

    entry: Entry
    version: EntryVersion
    score: float
    matched: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.score >= GOOD


@dataclass(frozen=True)
class _Asked:
    """A question cut up once: codes by kind, and those of the legal words its lay words stand for."""

    codes: dict[str, Codes]
    legal: dict[str, Codes]

    @classmethod
    def of(cls, text: str) -> _Asked:
        lay = synonyms().found_in(text)
        return cls(_codes(text), _codes(" ".join(word for legal in lay.values() for word in legal)))


def _codes(text: str) -> dict[str, Codes]:
    cut = [runs(text)]
    return {"1": grams(cut, 1)[0], "2": grams(cut, 2)[0], "words": words(cut)[0]}


@dataclass(frozen=True)
class _Field:
    """Texts compared by the weight of the terms they share with a question; no term counts twice."""

    postings: Postings
    sizes: Scores

    @classmethod
    def build(cls, texts: list[str], kind: str) -> _Field:
        codes, places = words(texts) if kind == "words" else grams(texts, int(kind))
        # With k1 0 a term weighs its rarity however often it stands in a text.
        postings = Postings.build(codes, places, len(texts), k1=0.0, b=0.0)
        sizes = np.zeros(len(texts), dtype=np.float32)
        np.add.at(sizes, postings.texts, postings.weights)
        return cls(postings, sizes)

    def shared(self, codes: Codes, legal: Codes) -> tuple[Scores, float]:
        """Weight shared with each text, and the weight of the question itself."""
        known = self.postings.terms_of(codes)
        scores = np.zeros(len(self.sizes), dtype=np.float32)
        self.postings.score(known, scores)
        beside = np.setdiff1d(self.postings.terms_of(legal), known)
        self.postings.score(beside, scores, np.full(len(beside), SYNONYM_WEIGHT, dtype=np.float32))
        strange = len(np.unique(codes)) - len(known)
        rarest = float(self.postings.idf.max()) if len(self.postings.idf) else 1.0
        return scores, float(self.postings.idf[known].sum()) + strange * rarest


@dataclass(frozen=True)
class _Corpus:
    """Row i of every column is entry i; `owners` says of which entry each phrase is."""

    stamp: tuple[object, ...]
    pks: NDArray[np.int64]
    kinds: list[str]
    regions: list[str]
    matters: list[str]
    ends: NDArray[np.int64]
    owners: NDArray[np.int64]
    phrases: dict[str, _Field] = field(default_factory=dict)
    wholes: _Field | None = None

    @classmethod
    def read(cls, stamp: tuple[object, ...]) -> _Corpus:
        entries = Entry.objects.filter(published__isnull=False).select_related("published").order_by("pk")
        rows = [(entry, entry.published) for entry in entries if entry.published]
        spoken = [(at, runs(one)) for at, (_, version) in enumerate(rows) for one in _phrases(version)]
        texts = [text for _, text in spoken]
        return cls(
            stamp,
            np.array([entry.pk for entry, _ in rows], dtype=np.int64),
            [entry.kind for entry, _ in rows],
            [entry.region_id or "" for entry, _ in rows],
            [version.matter for _, version in rows],
            np.array([_last_day(version) for _, version in rows], dtype=np.int64),
            np.array([at for at, _ in spoken], dtype=np.int64),
            {kind: _Field.build(texts, kind) for kind, _ in PARTS} if rows else {},
            _Field.build([runs(_whole(version)) for _, version in rows], "2") if rows else None,
        )

    def scores(self, asked: _Asked) -> Scores:
        """0 to 1 for each entry."""
        if self.wholes is None:
            return np.zeros(0, dtype=np.float32)
        near = np.zeros(len(self.owners), dtype=np.float32)
        for kind, weight in PARTS:
            shared, size = self.phrases[kind].shared(asked.codes[kind], asked.legal[kind])
            near += weight * _likeness(shared, size, self.phrases[kind].sizes)
        closest, together = self._by_entry(near)
        covered, size = self.wholes.shared(asked.codes["2"], asked.legal["2"])
        whole = np.minimum(covered / max(size, 1e-6), 1.0)
        total: Scores = (BEST_WEIGHT * closest + ALL_WEIGHT * together + WHOLE_WEIGHT * whole).astype(np.float32)
        return total

    def _by_entry(self, near: Scores) -> tuple[Scores, Scores]:
        """The likeness of the best phrase of each entry, and the root mean square of all."""
        closest = np.zeros(len(self.pks), dtype=np.float32)
        np.maximum.at(closest, self.owners, near)
        squares = np.bincount(self.owners, near**2, len(self.pks))
        count = np.bincount(self.owners, minlength=len(self.pks))
        return closest, np.sqrt(squares / np.maximum(count, 1)).astype(np.float32)

    def allowed(self, kinds: Collection[str], region: str, today: date) -> NDArray[np.int64]:
        open_kinds = frozenset(kinds) or frozenset(Entry.Kind.values)
        keep = [
            kind in open_kinds and _is_theirs(place, region)
            for kind, place in zip(self.kinds, self.regions, strict=True)
        ]
        return np.flatnonzero(np.array(keep, dtype=bool) & (self.ends >= today.toordinal()))


def _phrases(version: EntryVersion) -> list[str]:
    return [one for one in (version.title, version.summary, *version.asked.splitlines()) if one.strip()]


def _whole(version: EntryVersion) -> str:
    parts = (version.title, version.asked, version.summary, version.body, version.matter, " ".join(version.topics))
    return "\n".join((*parts, version.issuer, version.document_number))


def _last_day(version: EntryVersion) -> int:
    return version.expires_on.toordinal() if version.expires_on else FOREVER


def _is_theirs(place: str, region: str) -> bool:
    """What holds for the whole province is for everybody; who does not say where they are is shown everything."""
    return not region or len(place) <= 2 or region.startswith(place)


def _likeness(shared: Scores, size: float, sizes: Scores) -> Scores:
    """Cosine of the terms: 1 for the same words, whatever their order."""
    likeness: Scores = np.minimum(shared / np.sqrt(np.maximum(size * sizes, 1e-6)), 1.0).astype(np.float32)
    return likeness


_OPENED: list[_Corpus] = []
_BUILDING = Lock()


def _stamp() -> tuple[object, ...]:
    """Changes with everything that is published, replaced or withdrawn."""
    shown = Entry.objects.filter(published__isnull=False)
    found = shown.aggregate(last=Max("published__reviewed_at"), newest=Max("published"), count=Count("pk"))
    return (found["last"], found["newest"], found["count"])


def _corpus() -> _Corpus:
    stamp = _stamp()
    if not _OPENED or _OPENED[0].stamp != stamp:
        with _BUILDING:
            if not _OPENED or _OPENED[0].stamp != stamp:
                _OPENED[:] = [_Corpus.read(stamp)]
    return _OPENED[0]


def forget() -> None:
    """What was read into memory; for tests, where another database has the same stamp."""
    _OPENED.clear()


def find(
    question: str,
    *,
    today: date,
    kinds: Collection[str] = (),
    region: str = "",
    matter: str = "",
    limit: int = 10,
) -> list[Found]:
    """The best entries first, none below LEAST. `matter` is a guess: its entries go before others of the same score."""
    asked = question[:LONGEST]
    corpus = _corpus()
    rows = corpus.allowed(kinds, region, today)
    if not asked.strip() or not len(rows):
        return []
    scores = corpus.scores(_Asked.of(asked))
    if matter:
        same = np.array([one == matter for one in corpus.matters], dtype=bool)
        scores = np.where(same, np.minimum(scores * SAME_MATTER, 1.0), scores)
    rows = rows[scores[rows] >= max(LEAST, REACH * min(float(scores[rows].max()), GOOD))]
    chosen = best(scores, limit, rows)
    return _found(asked, [(int(corpus.pks[row]), float(scores[row])) for row in chosen], today)


def _found(asked: str, ranked: list[tuple[int, float]], today: date) -> list[Found]:
    """One that was withdrawn a moment ago is left out."""
    shown = Entry.objects.readable_on(today).select_related("region", "owner")
    entries: dict[int, Entry] = shown.in_bulk([pk for pk, _ in ranked])
    matched = tuple(words_of(asked))
    kept = [(entries[pk], score) for pk, score in ranked if pk in entries]
    return [Found(entry, entry.published, score, matched) for entry, score in kept if entry.published]
