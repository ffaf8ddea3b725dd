"""What the reading of questions learned on top of the package's model: a product of two thin matrices for each weight.

Learned from the lay questions of this platform (tools/tune_questions.py); passages are read by the model as it is, so
that vectors of articles stay when this file changes.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np

from santai.knowledge.embedding.weights import Floats

SHIPPED = Path(__file__).parent / "questions.npz"


class Adapter:
    """`l0.q.A` [rank, in] and `l0.q.B` [out, rank] in half precision, for layer 0 and its weight q."""

    def __init__(self, path: Path = SHIPPED) -> None:
        self.path = path
        with np.load(path) as held:
            self.parts = {name: held[name].astype(np.float32) for name in held.files}

    @cached_property
    def digest(self) -> str:
        return blake2b(self.path.read_bytes(), digest_size=4).hexdigest()

    def added(self, name: str, matrix: Floats) -> Floats:
        down, up = self.parts.get(f"{name}.A"), self.parts.get(f"{name}.B")
        return matrix if down is None or up is None else matrix + up @ down
