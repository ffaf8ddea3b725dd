"""One field of the index: for every term the texts it stands in, with their BM25 weight worked out in advance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.index.grams import Codes, Places

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """`codes` are sorted; the texts of the term at i are `texts[starts[i]:starts[i + 1]]`."""

    codes: Codes
    starts: NDArray[np.int64]
    texts: Places
    weights: Scores
    idf: Scores

    @classmethod
    def build(cls, codes: Codes, places: Places, size: int, *, k1: float, b: float) -> Postings:
        """BM25 of Robertson; `size` is the number of texts."""
        lengths = np.bincount(places, minlength=size).astype(np.float32)
        order = np.lexsort((places, codes))
        codes, places = codes[order], places[order]
        new = np.ones(len(codes), dtype=bool)
        new[1:] = (codes[1:] != codes[:-1]) | (places[1:] != places[:-1])
        first = np.flatnonzero(new)
        times = np.diff(np.append(first, len(codes))).astype(np.float32)
        codes, places = codes[first], places[first]
        terms, starts = np.unique(codes, return_index=True)
        starts = np.append(starts, len(codes)).astype(np.int64)
        found_in = np.diff(starts)
        idf = np.log1p((size - found_in + 0.5) / (found_in + 0.5)).astype(np.float32)
        norm = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if len(lengths) else 0.0, 1e-6))
        weights = np.repeat(idf, found_in) * times * (k1 + 1) / (times + norm[places])
        return cls(terms, starts, places, weights.astype(np.float32), idf)

    def terms_of(self, codes: Codes) -> NDArray[np.int64]:
        """Where the known ones of `codes` stand, each once."""
        wanted = np.unique(codes)
        at = np.searchsorted(self.codes, wanted)
        at[at == len(self.codes)] = 0
        return at[self.codes[at] == wanted] if len(self.codes) else at[:0]

    def score(self, terms: NDArray[np.int64], into: Scores, factors: NDArray[np.float32] | None = None) -> None:
        for row, term in enumerate(terms.tolist()):
            span = slice(self.starts[term], self.starts[term + 1])
            weights = self.weights[span]
            into[self.texts[span]] += weights if factors is None else weights * factors[row]

    def save(self, folder: Path, name: str) -> None:
        for part in self.__dataclass_fields__:
            np.save(folder / f"{name}.{part}.npy", getattr(self, part))

    @classmethod
    def load(cls, folder: Path, name: str) -> Postings:
        """Mapped, not read: server processes share the pages."""
        return cls(*(np.load(folder / f"{name}.{part}.npy", mmap_mode="r") for part in cls.__dataclass_fields__))
