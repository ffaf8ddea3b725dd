"""What a model looks at in a text: its characters and pairs of characters, each once, rare ones weighing more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A need is told in its first lines; whoever pastes a contract is judged by its beginning.
LONGEST = 1000
RAREST = 2
_CUT = re.compile(r"[^\w]+")


def grams(folded: str) -> set[str]:
    """Nothing that spans a punctuation mark counts, and no digits: an amount says little about the matter."""
    found: set[str] = set()
    for run in _CUT.split(re.sub(r"\d+", " ", folded[:LONGEST])):
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def rarity(documents: Sequence[set[str]]) -> dict[str, float]:
    """Inverse document frequency of every gram that at least `RAREST` documents have."""
    counts = Counter(gram for document in documents for gram in document)
    size = len(documents)
    return {gram: math.log(size / count) + 0.3 for gram, count in sorted(counts.items()) if count >= RAREST}


def vector(document: Iterable[str], place: Mapping[str, int], idf: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Columns and values, of length 1 together."""
    columns = np.array(sorted(place[gram] for gram in document if gram in place), dtype=np.int64)
    values = idf[columns]
    return columns, values / (math.sqrt(float((values**2).sum())) or 1.0)
