"""Practice questions made from the articles themselves: a few clauses with half of the words dropped.

Judged questions cover some laws only. A ranker that has seen nothing else learns to distrust whatever they never asked
for, and loses on other questions what the first stage had won; these keep it honest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import rjieba

COUNT = 300
KEPT = 0.45
CLAUSES = 3
SHORTEST = 7
_CLAUSE = re.compile(r"[，。；、：\n]")


def practice(texts: Sequence[str], count: int = COUNT, seed: int = 5) -> list[tuple[str, int]]:
    """(question, row of the article it was made from), the same for the same library."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    rows = chance.sample(range(len(texts)), min(len(texts), 2 * count))
    made = [(_question(texts[row], chance), row) for row in rows]
    return [(question, row) for question, row in made if len(question) >= SHORTEST][:count]


def _question(text: str, chance: random.Random) -> str:
    clauses = [clause for clause in _CLAUSE.split(text) if len(clause) > 3]
    chosen = chance.sample(clauses, min(len(clauses), CLAUSES))
    return "".join(word for clause in chosen for word in rjieba.cut(clause) if chance.random() < KEPT)
