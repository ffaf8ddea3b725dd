"""Which of the twenty matters a text is about.

A scorer gives points to matters and says why. The term table is the first scorer; a trained model is another function
of the same shape added to `SCORERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from santai.triage.tables import lexicon_of, rows_of

GENERAL = "综合咨询"
# Below this many points nothing was really recognised.
FAINT = 2.0
# A matter with twice the points of the next and at least this many is as good as certain.
PLENTY = 6.0


@dataclass(frozen=True)
class Opinion:
    """Points for one matter from one scorer, and the words that earned them."""

    matter: str
    points: float
    terms: tuple[str, ...] = ()


Scorer = Callable[[str], Sequence[Opinion]]


@cache
def matters() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["matter"] for row in rows_of("matters.csv")))


def by_terms(folded: str) -> list[Opinion]:
    """Each term counts once, however often it is said."""
    points: dict[str, float] = {}
    terms: dict[str, list[tuple[float, str]]] = {}
    seen: set[str] = set()
    for hit in lexicon_of("matters.csv").find(folded):
        if hit.term in seen:
            continue
        seen.add(hit.term)
        for row in hit.rows:
            weight = float(row["weight"])
            points[row["matter"]] = points.get(row["matter"], 0.0) + weight
            terms.setdefault(row["matter"], []).append((-weight, hit.term))
    return [
        Opinion(matter, total, tuple(term for _, term in sorted(terms[matter])[:3])) for matter, total in points.items()
    ]


SCORERS: list[Scorer] = [by_terms]


def ranked(folded: str) -> list[Opinion]:
    """Matters by points, most first; equal points in the order of the table. 综合咨询 closes the list as fallback."""
    merged: dict[str, Opinion] = {}
    for scorer in SCORERS:
        for opinion in scorer(folded):
            before = merged.get(opinion.matter, Opinion(opinion.matter, 0.0))
            merged[opinion.matter] = Opinion(
                opinion.matter, before.points + opinion.points, (*before.terms, *opinion.terms)
            )
    merged.setdefault(GENERAL, Opinion(GENERAL, 0.0))
    order = {matter: place for place, matter in enumerate(matters())}
    found = sorted(merged.values(), key=lambda opinion: (-opinion.points, order.get(opinion.matter, len(order))))
    if found[0].points < FAINT:
        found.sort(key=lambda opinion: opinion.matter != GENERAL)
    return found


def confidence_in(opinions: Sequence[Opinion]) -> float:
    """0 to 1: how far the first stands above the second, and whether there is enough to go by."""
    first = opinions[0].points
    if opinions[0].matter == GENERAL or first < FAINT:
        return 0.2
    second = opinions[1].points if len(opinions) > 1 else 0.0
    lead = (first - second) / first
    return round(min(1.0, first / PLENTY) * (0.45 + 0.55 * lead), 2)
