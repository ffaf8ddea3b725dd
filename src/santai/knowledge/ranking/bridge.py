"""From lay words to the words of the law: one linear map of question vectors, learned from judged questions.

The vectors themselves stay as they are. The map begins as no map at all and takes few steps, so that 1,200 questions
are enough and what they do not tell stays as the embedding has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
# InfoNCE with Adam. Vectors of e5 are all near each other, hence the low temperature.
STEPS, PACE, TEMPERATURE, BATCH = 40, 1e-3, 0.01, 256
DECAY = 1e-3
# Wrong answers for each question: what looks most like it.
HARD = 20


@dataclass(frozen=True)
class Bridge:
    turn: Floats

    def cross(self, asked: Floats) -> Floats:
        """Rows of length one."""
        return _unit(asked + asked @ self.turn)


def learn(asked: Floats, gold: Sequence[Sequence[int]], wrong: Sequence[Sequence[int]], vectors: Floats) -> Bridge:
    """`gold` and `wrong` are rows of `vectors`; every question's wrong answers count for all."""
    pool = sorted({row for rows in (*gold, *wrong) for row in rows})
    place = {row: at for at, row in enumerate(pool)}
    wanted = np.zeros((len(asked), len(pool)), dtype=np.float32)
    for at, rows in enumerate(gold):
        wanted[at, [place[row] for row in rows]] = 1 / max(len(rows), 1)
    learned = np.array([at for at, rows in enumerate(gold) if rows])
    adam = _Adam(asked.shape[1])
    chance = np.random.default_rng(1)
    answers = vectors[pool].astype(np.float32)
    for _ in range(STEPS if len(learned) else 0):
        batch = chance.choice(learned, min(BATCH, len(learned)), replace=False)
        adam.step(_slope(asked[batch], wanted[batch], answers, adam.turn))
    return Bridge(adam.turn)


def _slope(asked: Floats, wanted: Floats, answers: Floats, turn: Floats) -> Floats:
    crossed = asked + asked @ turn
    length = np.linalg.norm(crossed, axis=1, keepdims=True)
    crossed /= length
    guess = crossed @ answers.T / TEMPERATURE
    guess = np.exp(guess - guess.max(axis=1, keepdims=True))
    guess /= guess.sum(axis=1, keepdims=True)
    back = (guess - wanted) @ answers / (TEMPERATURE * len(asked))
    back = (back - (back * crossed).sum(axis=1, keepdims=True) * crossed) / length
    slope: Floats = asked.T @ back + DECAY * turn
    return slope


class _Adam:
    def __init__(self, width: int) -> None:
        self.turn, self.mean, self.square = (np.zeros((width, width), dtype=np.float32) for _ in range(3))
        self.steps = 0

    def step(self, slope: Floats) -> None:
        self.steps += 1
        self.mean = 0.9 * self.mean + 0.1 * slope
        self.square = 0.99 * self.square + 0.01 * slope**2
        mean, square = self.mean / (1 - 0.9**self.steps), self.square / (1 - 0.99**self.steps)
        self.turn = (self.turn - PACE * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)


def _unit(rows: Floats) -> Floats:
    found: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return found
