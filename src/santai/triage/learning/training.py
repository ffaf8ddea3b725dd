"""Learning which label a text has: multinomial logistic regression over grams, with soft labels and weights.

scipy's L-BFGS does the work; a library for this alone would be the largest dependency of the platform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]

from santai.triage.learning.grams import Floats, rarity, vector
from santai.triage.learning.learned import Learned, Lesson, softmax

STEPS = 150
MOST_GRAMS = 4000


def table(documents: Sequence[set[str]], idf: Mapping[str, float]) -> csr_matrix:
    place = {gram: at for at, gram in enumerate(idf)}
    weights = np.array(list(idf.values()))
    rows = [vector(document, place, weights) for document in documents]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    values = np.concatenate([value for _, value in rows]) if rows else np.zeros(0)
    columns = np.concatenate([column for column, _ in rows]) if rows else np.zeros(0, dtype=np.int64)
    return csr_matrix((values, columns, starts), shape=(len(documents), len(idf)))


def learn(lessons: Sequence[Lesson], penalty: float) -> Learned:
    """`penalty` is that of squared weights, against the mean loss of a lesson."""
    documents = [lesson.grams for lesson in lessons]
    idf = rarity(documents)
    ones = csr_matrix(np.ones((len(lessons), 1)))
    seen = hstack([table(documents, idf), ones]).tocsr()
    wanted = np.array([lesson.labels for lesson in lessons])
    counts = np.array([lesson.weight for lesson in lessons])
    shape = seen.shape[1], wanted.shape[1]
    start = np.zeros(shape)
    loss = _loss(seen, wanted, counts / counts.sum(), penalty, shape)
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    fitted = found.x.reshape(shape)
    return _telling(Learned(idf, fitted[:-1], fitted[-1]))


def _telling(learned: Learned) -> Learned:
    """Without the grams that tell little, so that the model stays a small file."""
    spread = np.abs(learned.weights - learned.weights.mean(axis=1, keepdims=True)).max(axis=1) * learned.rarity
    kept = sorted(np.argsort(-spread, kind="stable")[:MOST_GRAMS].tolist())
    names = list(learned.idf)
    return Learned({names[at]: learned.idf[names[at]] for at in kept}, learned.weights[kept], learned.bias)


def _loss(
    seen: csr_matrix, wanted: Floats, counts: Floats, penalty: float, shape: tuple[int, int]
) -> Callable[[Floats], tuple[float, Floats]]:
    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        chances = softmax(np.asarray(seen @ weights))
        slope = np.asarray(seen.T @ (counts[:, None] * (chances - wanted)))
        slope[:-1] += penalty * weights[:-1]
        missed = -float((counts[:, None] * wanted * np.log(chances + 1e-12)).sum())
        return missed + penalty / 2 * float((weights[:-1] ** 2).sum()), slope.ravel()

    return loss


HEATS = np.geomspace(0.3, 4.0, 40)


def temperature(logits: Floats, right: Sequence[int]) -> float:
    """What logits must be divided by so that a stated chance is a true one: the likeliest of `HEATS`."""
    rows = np.arange(len(right))
    missed = [-np.log(softmax(logits / heat)[rows, right] + 1e-12).mean() for heat in HEATS]
    return float(HEATS[int(np.argmin(missed))])
