"""What has been learned: a weight for every gram and label. Using it needs no library for learning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from santai.triage.learning.grams import Floats, vector


@dataclass(frozen=True)
class Lesson:
    """One text as its grams, how sure each label is (sums to 1), and how much it counts."""

    grams: set[str]
    labels: Floats
    weight: float = 1.0


@dataclass(frozen=True)
class Learned:
    """`weights` has one row for each gram of `idf`, `bias` one number for each label."""

    idf: dict[str, float]
    weights: Floats
    bias: Floats

    @cached_property
    def place(self) -> dict[str, int]:
        return {gram: at for at, gram in enumerate(self.idf)}

    @cached_property
    def rarity(self) -> Floats:
        return np.array(list(self.idf.values()))

    def logits(self, document: set[str]) -> Floats:
        columns, values = vector(document, self.place, self.rarity)
        return np.asarray(values @ self.weights[columns] + self.bias)

    def strongest(self, document: set[str], label: int, most: int) -> list[str]:
        """The pairs of characters that speak most for a label, for a person to read."""
        columns, values = vector(document, self.place, self.rarity)
        above = self.weights[columns, label] - self.weights[columns].mean(axis=1)
        names = list(self.idf)
        order = [(columns[at], above[at]) for at in np.argsort(-values * above)]
        return [names[column] for column, lead in order if lead > 0 and len(names[column]) > 1][:most]


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
