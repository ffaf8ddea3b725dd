"""How good triage is on judged texts, honestly: each text is judged by a model that has not seen it.

The term table was written by people who had seen judged texts. So a term counts for a held-out text only when a text
learned from has it too: what was noted from the held-out texts alone does not.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from santai.triage.learning.grams import Floats, grams
from santai.triage.learning.learned import Learned, Lesson, softmax
from santai.triage.learning.lessons import MATTER, Judged, of_examples, of_judged, of_terms
from santai.triage.learning.model import Model, shares
from santai.triage.learning.training import learn, temperature
from santai.triage.matters import points_in
from santai.triage.tables import lexicon_of

FOLDS = 5
TOP = 3
BINS = 10
PENALTY = {"matter24": 3e-4, "area": 1e-4}
BY_TABLES = {"matter24": 1.5, "area": 0.0}
# Milliseconds in which the longest text a person may send must be judged.
MOST_MILLISECONDS = 50.0

Open = Callable[[str], bool]


@dataclass(frozen=True)
class Tried:
    """Logits of every judged text from the model of the other folds; `heats` from the other folds too."""

    labels: tuple[str, ...]
    logits: Floats
    right: NDArray[np.int64]
    heats: Floats

    @property
    def chances(self) -> Floats:
        return softmax(self.logits / self.heats[:, None])


@dataclass(frozen=True)
class Figures:
    """`error` is the expected calibration error; `unsure` the share that goes to a person, `accuracy_sure` that of the
    rest; `confused` counts (right, said) pairs, most frequent first."""

    texts: int
    accuracy: float
    top3: float
    error: float
    unsure: float
    accuracy_sure: float
    by_label: dict[str, tuple[int, int]]
    confused: list[tuple[str, str, int]]


def train(
    judged: Sequence[Judged], scheme: str, answers: Mapping[str, str], report: Callable[[int], object] = lambda _: None
) -> Model:
    """`report` is called after each of `FOLDS` + 1 fits."""
    tried = cross_validate(judged, scheme, answers, report)
    learned = learn(list(_lessons(judged, scheme, answers, tried.labels)), PENALTY[scheme])
    report(1)
    return Model(tried.labels, learned, temperature(tried.logits, tried.right.tolist()), BY_TABLES[scheme])


def _lessons(
    judged: Sequence[Judged],
    scheme: str,
    answers: Mapping[str, str],
    labels: Sequence[str],
    is_open: Open = lambda _: True,
) -> Iterator[Lesson]:
    yield from of_judged(judged, labels, answers)
    if scheme == MATTER:
        yield from of_examples(labels)
        yield from of_terms(labels, is_open)


def cross_validate(
    judged: Sequence[Judged],
    scheme: str,
    answers: Mapping[str, str],
    report: Callable[[int], object] = lambda _: None,
    seed: int = 0,
) -> Tried:
    labels = tuple(sorted({one.label for one in judged}))
    right = np.array([labels.index(one.label) for one in judged])
    fold = _folds(right, seed)
    logits = np.zeros((len(judged), len(labels)))
    for number in range(FOLDS):
        held = fold == number
        taught = _chosen(judged, ~held)
        is_open = _open_terms(taught, _chosen(judged, held))
        learned = learn(list(_lessons(taught, scheme, answers, labels, is_open)), PENALTY[scheme])
        for at in np.flatnonzero(held).tolist():
            logits[at] = _logits(learned, judged[at], scheme, labels, is_open)
        report(1)
    heats = np.array([temperature(logits[fold != one], right[fold != one].tolist()) for one in range(FOLDS)])
    return Tried(labels, logits, right, heats[fold])


def _logits(learned: Learned, one: Judged, scheme: str, labels: Sequence[str], is_open: Open) -> Floats:
    points = points_in(one.folded, is_open) if BY_TABLES[scheme] else {}
    return learned.logits(grams(one.folded)) + BY_TABLES[scheme] * shares(labels, points)


def _chosen(judged: Sequence[Judged], mask: NDArray[np.bool_]) -> list[Judged]:
    return [one for one, is_in in zip(judged, mask, strict=True) if is_in]


def _open_terms(taught: Iterable[Judged], held: Iterable[Judged]) -> Open:
    def terms(texts: Iterable[Judged]) -> set[str]:
        return {hit.term for one in texts for hit in lexicon_of("matters.csv").find(one.folded)}

    closed = terms(held) - terms(taught)
    return lambda term: term not in closed


def _folds(right: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Every label is spread evenly over the folds."""
    chance = np.random.default_rng(seed)
    fold = np.zeros(len(right), dtype=np.int64)
    for label in np.unique(right):
        at = chance.permutation(np.flatnonzero(right == label))
        fold[at] = (np.arange(len(at)) + chance.integers(FOLDS)) % FOLDS
    return fold


def figures(tried: Tried) -> Figures:
    return _figures(tried.labels, tried.chances, tried.right, settings.ENV.triage_sure, is_calibrated=True)


def tables_alone(judged: Sequence[Judged], labels: Sequence[str]) -> Figures:
    """What the term table says without a model, with the same terms left out as above."""
    right = np.array([labels.index(one.label) for one in judged])
    fold = _folds(right, 0)
    points = np.zeros((len(judged), len(labels)))
    for number in range(FOLDS):
        held = fold == number
        is_open = _open_terms(_chosen(judged, ~held), _chosen(judged, held))
        for at in np.flatnonzero(held).tolist():
            points[at] = shares(labels, points_in(judged[at].folded, is_open))
    return _figures(labels, points, right, 0.0, is_calibrated=False)


def _figures(
    labels: Sequence[str], chances: Floats, right: NDArray[np.int64], sure: float, *, is_calibrated: bool
) -> Figures:
    order = np.argsort(-chances, axis=1, kind="stable")
    said = order[:, 0]
    is_sure = chances.max(axis=1) >= sure
    pairs = Counter((labels[a], labels[b]) for a, b in zip(right, said, strict=True))
    return Figures(
        texts=len(right),
        accuracy=float((said == right).mean()),
        top3=float((order[:, :TOP] == right[:, None]).any(axis=1).mean()),
        error=calibration_error(chances.max(axis=1), said == right) if is_calibrated else 0.0,
        unsure=float(1 - is_sure.mean()),
        accuracy_sure=float((said == right)[is_sure].mean()) if is_sure.any() else 0.0,
        by_label={label: (pairs[label, label], int((right == at).sum())) for at, label in enumerate(labels)},
        confused=[(a, b, count) for (a, b), count in pairs.most_common() if a != b],
    )


def calibration_error(stated: Floats, is_right: NDArray[np.bool_]) -> float:
    """The mean distance between what was stated and how often it was true, over bins of equal width."""
    bins = np.minimum((stated * BINS).astype(int), BINS - 1)
    parts = [bins == one for one in range(BINS)]
    return float(sum(part.mean() * abs(stated[part].mean() - is_right[part].mean()) for part in parts if part.any()))


def pace(judge: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float, float]:
    """Milliseconds of processor time for a text: the middle, what nineteen of twenty stay under, and for the last."""
    for text in texts[:3]:
        judge(text)
    spent = []
    for text in texts:
        begun = time.process_time()
        judge(text)
        spent.append(1000 * (time.process_time() - begun))
    return float(np.percentile(spent, 50)), float(np.percentile(spent, 95)), spent[-1]
