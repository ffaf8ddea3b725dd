"""The index as files that server processes map into memory. A new one is built beside the old one and takes its place
at once; whoever searches goes on with the one that was opened until the next search."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.index.corpus import Corpus
from santai.knowledge.index.grams import Codes, grams, runs, words
from santai.knowledge.index.postings import Postings, Scores
from santai.knowledge.names import canonical, short_name

# What a field is made of ("words" or a number of characters), of which column, how much it counts, and its BM25 b.
# Measured on judged lay questions (docs/adr/0013); a title weight above 0.1 makes every figure worse.
FIELDS: dict[str, tuple[str, str, float, float]] = {
    "character": ("1", "texts", 0.6, 0.75),
    "pair": ("2", "texts", 0.8, 0.75),
    "word": ("words", "texts", 0.7, 0.75),
    "chapter": ("2", "chapters", 0.6, 0.5),
    "title": ("2", "law_names", 0.1, 0.5),
}
K1 = 1.2
# Longer questions are searched by their rarest terms.
MOST_TERMS = 160
# A legal word that a lay word stands for counts less than one the person used.
SYNONYM_WEIGHT = 0.4
COLUMNS = ("law", "chapter", "level", "in_force", "year", "length", "pk")


@dataclass(frozen=True)
class Terms:
    """A question cut up once for all fields."""

    codes: dict[str, Codes]

    @classmethod
    def of(cls, text: str) -> Terms:
        cut = [runs(text)]
        sizes = {size: grams(cut, int(size))[0] for size in ("1", "2")}
        return cls({**sizes, "words": words(cut)[0]})


@dataclass(frozen=True)
class Index:
    folder: Path
    fields: dict[str, Postings]
    columns: dict[str, NDArray[np.int64]]
    names: list[str]
    laws: list[str]

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def position(self) -> dict[str, int]:
        return {canonical(name): row for row, name in enumerate(self.names)}

    def scores(self, terms: Terms, lay: Mapping[str, Sequence[str]] | None = None) -> dict[str, Scores]:
        """BM25 of every article, by field; the legal words that lay ones stand for count less than what was asked."""
        found = self._scores(terms)
        if lay:
            legal = self._scores(Terms.of(" ".join(word for words in lay.values() for word in words)))
            for name, score in found.items():
                score += SYNONYM_WEIGHT * legal[name]
        return found

    def _scores(self, terms: Terms) -> dict[str, Scores]:
        found = {}
        for name, (kind, _, _, _) in FIELDS.items():
            postings = self.fields[name]
            wanted = postings.terms_of(terms.codes[kind])
            if len(wanted) > MOST_TERMS:
                wanted = wanted[np.argsort(-postings.idf[wanted], kind="stable")[:MOST_TERMS]]
            found[name] = np.zeros(len(self), dtype=np.float32)
            postings.score(wanted, found[name])
        return found

    @staticmethod
    def total(scores: dict[str, Scores]) -> Scores:
        total = np.zeros_like(scores["pair"])
        for name, (_, _, weight, _) in FIELDS.items():
            total += weight * scores[name]
        return total


def build(corpus: Corpus, home: Path, *, more: Callable[[Path], object] = lambda _: None) -> Index:
    """Write the index of `corpus` under `home` and make it the current one. `more` may lay something beside it."""
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="index-", dir=home))
    cut = {column: [runs(text) for text in getattr(corpus, column)] for column in ("texts", "chapters")}
    cut["law_names"] = [runs(short_name(name)) for name in corpus.law_names]
    for name, (kind, column, _, b) in FIELDS.items():
        codes, places = words(cut[column]) if kind == "words" else grams(cut[column], int(kind))
        Postings.build(codes, places, len(corpus), k1=K1, b=b).save(folder, name)
    laws, law = corpus.law_numbers()
    columns = {"law": law, "chapter": corpus.chapter_numbers(), "level": corpus.levels, "in_force": corpus.in_force}
    columns |= {"year": corpus.years, "length": [len(text) for text in corpus.texts], "pk": corpus.pks}
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", np.asarray(values, dtype=np.int64))
    (folder / "names.json").write_text(json.dumps({"names": corpus.names, "laws": laws}, ensure_ascii=False))
    more(folder)
    _switch(home, folder)
    return load(folder)


def load(folder: Path) -> Index:
    told = json.loads((folder / "names.json").read_text())
    fields = {name: Postings.load(folder, name) for name in FIELDS}
    columns = {name: np.load(folder / f"{name}.npy") for name in COLUMNS}
    return Index(folder, fields, columns, told["names"], told["laws"])


def _switch(home: Path, folder: Path) -> None:
    """The one before stays for processes that are about to open it; older ones go."""
    former = pointed(home)
    draft = home / f"{folder.name}.draft"
    draft.write_text(folder.name)
    draft.replace(home / "current")
    for old in home.glob("index-*"):
        if old not in (folder, former) and old.is_dir():
            shutil.rmtree(old, ignore_errors=True)


def pointed(home: Path) -> Path | None:
    try:
        folder = home / (home / "current").read_text().strip()
    except FileNotFoundError:
        return None
    return folder if (folder / "names.json").exists() else None


def best(total: Scores, count: int, rows: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """The `count` best rows (of `rows`) in falling order; equal ones as they stand in the library. None scores 0."""
    rows = np.flatnonzero(total > 0) if rows is None else rows[total[rows] > 0]
    if len(rows) > count:
        rows = np.sort(rows[np.argpartition(-total[rows], count - 1)[:count]])
    return rows[np.argsort(-total[rows], kind="stable")]


def chosen(
    index: Index, *, laws: Sequence[str] = (), levels: Sequence[int] = (), in_force: bool = False
) -> NDArray[np.bool_]:
    """Which rows a filter leaves."""
    keep = np.ones(len(index), dtype=bool)
    if laws:
        wanted = [number for number, law in enumerate(index.laws) if law in set(laws)]
        keep &= np.isin(index.columns["law"], wanted)
    if levels:
        keep &= np.isin(index.columns["level"], list(levels))
    if in_force:
        keep &= index.columns["in_force"] == 1
    return keep
