"""The encoder of multilingual-e5-small as a graph for onnxruntime.

The package computes with weights of four bits, which takes six times as long as eight bits do on processors of today.
Weights are therefore spread to eight bits, one scale for each column, when a process first needs them.
"""

from __future__ import annotations

import numpy as np

from santai.knowledge.embedding.adapter import Adapter
from santai.knowledge.embedding.graph import OWN, Graph, value
from santai.knowledge.embedding.weights import Floats, Weights

# Of an eight-bit number without its sign.
MOST = 127


def written(weights: Weights, adapter: Adapter | None = None) -> bytes:
    return _Encoder(weights, adapter).written()


class _Encoder:
    def __init__(self, weights: Weights, adapter: Adapter | None) -> None:
        self.weights, self.adapter, self.shape, self.graph = weights, adapter, weights.shape, Graph()

    def written(self) -> bytes:
        """In: summed embeddings [1, tokens, width]; out: the mean of the last layer [1, width]."""
        width, epsilon = self.shape.width, self.shape.epsilon
        (held,) = self.graph.node("LayerNormalization", "embedded", *self._norm("emb.ln"), epsilon=epsilon)
        for layer in range(self.shape.layers):
            held = self._layer(f"l{layer}.", held)
        self.graph.node("ReduceMean", held, names=["pooled"], axes=[1], keepdims=0)
        return self.graph.written(
            [value("embedded", "float32", (1, "tokens", width))], [value("pooled", "float32", (1, width))]
        )

    def _layer(self, name: str, held: str) -> str:
        graph, width, inner = self.graph, self.shape.width, self.shape.inner
        asked = self._times(held, [name + part for part in "qkv"], width, width)
        sizes = graph.tensor(np.full(3, width, dtype=np.int64))
        parts = graph.node("Split", asked, sizes, outputs=3, axis=-1)
        (seen,) = graph.node("MultiHeadAttention", *parts, domain=OWN, num_heads=self.shape.heads)
        held = self._added(held, self._times(seen, [name + "ao"], width, width), name + "aln")
        (bent,) = graph.node("Gelu", self._times(held, [name + "fi"], inner, width), domain=OWN)
        return self._added(held, self._times(bent, [name + "fo"], width, inner), name + "oln")

    def _norm(self, name: str) -> list[str]:
        width = self.shape.width
        return [self.graph.tensor(self.weights.floats(f"{name}.{part}", width)) for part in "wb"]

    def _added(self, held: str, more: str, norm: str) -> str:
        names = [held, more, *self._norm(norm)]
        return self.graph.node("SkipLayerNormalization", *names, domain=OWN, epsilon=self.shape.epsilon)[0]

    def _times(self, held: str, names: list[str], out: int, into: int) -> str:
        matrix = np.vstack([self._matrix(name, out, into) for name in names])
        bias = np.concatenate([self.weights.floats(f"{name}.b", out) for name in names])
        scale = np.abs(matrix).max(axis=1) / MOST
        whole = np.round(matrix / scale[:, None]).astype(np.int8)
        tensors = [whole.T, scale.astype(np.float32), np.zeros(len(scale), dtype=np.int8), bias]
        return self.graph.node("DynamicQuantizeMatMul", held, *map(self.graph.tensor, tensors), domain=OWN)[0]

    def _matrix(self, name: str, out: int, into: int) -> Floats:
        matrix = self.weights.matrix(f"{name}.w", out, into)
        return self.adapter.added(name, matrix) if self.adapter else matrix
