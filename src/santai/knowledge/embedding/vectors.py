"""The vectors of all articles, in files that processes map. A text is embedded once: what was interrupted goes on, and
after an import only what is new is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.embedding.embedder import Embedder
from santai.knowledge.embedding.weights import Floats
from santai.knowledge.names import short_name

Halves = NDArray[np.float16]
NAME, LAY = "vectors.npy", "lay-{}.npy"
CHUNK = 500


def passage(law: str, text: str) -> str:
    return f"{short_name(law)}\n{text}"


class Store:
    """Every text that was ever embedded: its digest and its vector, one after the other."""

    def __init__(self, folder: Path, name: str, width: int, read: Callable[[str], Floats]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.read = read
        self.path = folder / f"{name}.rows"
        self.kind = np.dtype([("digest", "<u8"), ("vector", "<f2", width)])

    @classmethod
    def of_passages(cls, folder: Path, embedder: Embedder) -> Store:
        return cls(folder, embedder.name, embedder.width, embedder.passage)

    @classmethod
    def of_questions(cls, folder: Path, embedder: Embedder) -> Store:
        return cls(folder, f"{embedder.asked_name}-asked", embedder.width, embedder.question)

    def fill(self, texts: Sequence[str], report: Callable[[int], object] = lambda _: None) -> Halves:
        """The vectors of `texts` in their order; those that are not known yet are embedded and kept."""
        digests = [_digest(one) for one in texts]
        held = self._held()
        known = set(held["digest"].tolist())
        report(sum(one in known for one in digests))
        missing = {one: text for one, text in zip(digests, texts, strict=True) if one not in known}
        with self.path.open("ab") as out:
            for found in self._embedded(list(missing.items())):
                out.write(found.tobytes())
                out.flush()
                report(len(found))
        held = self._held()
        at = {digest: row for row, digest in enumerate(held["digest"].tolist())}
        return np.ascontiguousarray(held["vector"][[at[one] for one in digests]])

    def _held(self) -> NDArray[np.void]:
        """A row that was cut off by a power failure is cut away."""
        size = self.path.stat().st_size if self.path.exists() else 0
        whole = size - size % self.kind.itemsize
        if whole != size:
            os.truncate(self.path, whole)
        return np.fromfile(self.path, dtype=self.kind) if whole else np.zeros(0, dtype=self.kind)

    def _embedded(self, missing: list[tuple[int, str]]) -> Iterator[NDArray[np.void]]:
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            for start in range(0, len(missing), CHUNK):
                part = missing[start : start + CHUNK]
                rows = np.zeros(len(part), dtype=self.kind)
                rows["digest"] = [digest for digest, _ in part]
                rows["vector"] = list(pool.map(self.read, [text for _, text in part]))
                yield rows


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def keep(folder: Path, vectors: Halves, name: str = NAME) -> None:
    """Beside the index, in its order; in 32 bits, which are compared three times as fast. The pages are shared."""
    np.save(folder / name, vectors.astype(np.float32))


def kept(folder: Path, name: str = NAME) -> Floats | None:
    path = folder / name
    return np.load(path, mmap_mode="r") if path.exists() else None
