"""Text to numbers: characters, pairs and triples of characters as codes, words as hashes, each in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import rjieba
from numpy.typing import NDArray

from santai.knowledge.folding import fold

Codes = NDArray[np.uint64]
Places = NDArray[np.int32]
_KEPT = re.compile(r"[0-9a-z]+|[\u3400-\u9fff\U00020000-\U0003ffff]+")
# Between two runs and two texts; no gram crosses it.
_GAP = "\x00"
_BITS = np.uint64(21)


def runs(text: str) -> str:
    """Folded text with every run of punctuation as one gap; a gap stands at both ends."""
    return _GAP + _GAP.join(_KEPT.findall(fold(text))) + _GAP


def grams(texts: Sequence[str], size: int) -> tuple[Codes, Places]:
    """Every gram of `size` characters with the number of the text it is from. `texts` come from `runs`."""
    joined = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    count = max(0, len(joined) - size + 1)
    codes = np.zeros(count, dtype=np.uint64)
    whole = np.ones(count, dtype=bool)
    for step in range(size):
        part = joined[step : step + count]
        codes = (codes << _BITS) | part
        whole &= part != 0
    return codes[whole], owner[:count][whole]


def words(texts: Sequence[str]) -> tuple[Codes, Places]:
    """The words of two characters and more, each as a hash."""
    codes: list[int] = []
    sizes: list[int] = []
    known: dict[str, int] = {}
    for text in texts:
        found = [word for word in rjieba.cut(text.replace(_GAP, " ")) if len(word) > 1 and word[0] != " "]
        codes += [known.get(word) or known.setdefault(word, hashed(word)) for word in found]
        sizes.append(len(found))
    return np.array(codes, dtype=np.uint64), np.repeat(np.arange(len(texts), dtype=np.int32), sizes)


def hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
