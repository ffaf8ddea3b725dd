"""Which of the twenty matters a text is about.

A scorer gives points to matters and says why; the term table is the first of `SCORERS`. A learned model weighs the
points together with the characters of the text and states chances; without a model, the points alone decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from santai.triage.learning.lessons import MATTER
from santai.triage.learning.model import Model, model_for
from santai.triage.tables import lexicon_of, rows_of

GENERAL = "综合咨询"
# Below this many points nothing was really recognised.
FAINT = 2.0
# A matter with twice the points of the next and at least this many is as good as certain.
PLENTY = 6.0
# The least chance for which a matter is named when the tables have recognised nothing.
LEAST_CHANCE = 0.3
UNSURE, SUREST = 0.2, 0.97
EXPLAINED = 3
# Characters in which a matter must have shown itself; what is urgent is looked for in the whole text.
LONGEST = 4000


@dataclass(frozen=True)
class Opinion:
    """Points for one matter, the words that earned them, and the chance a model gives it (None without a model)."""

    matter: str
    points: float
    terms: tuple[str, ...] = ()
    chance: float | None = None


Scorer = Callable[[str], Sequence[Opinion]]


@cache
def matters() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["matter"] for row in rows_of("matters.csv")))


def by_terms(folded: str) -> list[Opinion]:
    """Each term counts once, however often it is said."""
    points: dict[str, float] = {}
    terms: dict[str, list[tuple[float, str]]] = {}
    seen: set[str] = set()
    for hit in lexicon_of("matters.csv").find(folded[:LONGEST]):
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


def points_in(folded: str, is_open: Callable[[str], bool] = lambda _: True) -> dict[str, float]:
    """The points of the term table alone; `is_open` tells which terms may count."""
    points: dict[str, float] = {}
    for term, rows in {hit.term: hit.rows for hit in lexicon_of("matters.csv").find(folded[:LONGEST])}.items():
        if is_open(term):
            for row in rows:
                points[row["matter"]] = points.get(row["matter"], 0.0) + float(row["weight"])
    return points


SCORERS: list[Scorer] = [by_terms]


def ranked(folded: str) -> list[Opinion]:
    """Matters, likeliest first; equal ones in the order of the table. 综合咨询 is always among them."""
    merged: dict[str, Opinion] = {}
    for scorer in SCORERS:
        for opinion in scorer(folded):
            before = merged.get(opinion.matter, Opinion(opinion.matter, 0.0))
            merged[opinion.matter] = Opinion(
                opinion.matter, before.points + opinion.points, (*before.terms, *opinion.terms)
            )
    merged.setdefault(GENERAL, Opinion(GENERAL, 0.0))
    model = model_for(MATTER)
    return _by_chance(folded, merged, model) if model else _by_points(merged)


def _by_points(merged: Mapping[str, Opinion]) -> list[Opinion]:
    order = {matter: place for place, matter in enumerate(matters())}
    found = sorted(merged.values(), key=lambda opinion: (-opinion.points, order.get(opinion.matter, len(order))))
    if found[0].points < FAINT:
        found.sort(key=lambda opinion: opinion.matter != GENERAL)
    return found


def _by_chance(folded: str, merged: Mapping[str, Opinion], model: Model) -> list[Opinion]:
    chances = model.chances(folded, {matter: opinion.points for matter, opinion in merged.items()})
    found = [
        replace(merged.get(label, Opinion(label, 0.0)), chance=float(chance))
        for label, chance in zip(model.labels, chances, strict=True)
    ]
    found.sort(key=lambda opinion: -(opinion.chance or 0.0))
    found = [_explained(folded, opinion, model) for opinion in found[:EXPLAINED]] + found[EXPLAINED:]
    is_faint = (found[0].chance or 0.0) < LEAST_CHANCE and max(opinion.points for opinion in found) < FAINT
    if is_faint or not found[0].terms:
        found.sort(key=lambda opinion: opinion.matter != GENERAL)
    return found


def _explained(folded: str, opinion: Opinion, model: Model) -> Opinion:
    return opinion if opinion.terms else replace(opinion, terms=tuple(model.words(folded, opinion.matter)))


def confidence_in(opinions: Sequence[Opinion]) -> float:
    """0 to 1. With a model, how often such a statement was true of judged texts; without one, how far the first stands
    above the second, and whether there is enough to go by."""
    first = opinions[0]
    if first.chance is not None:
        return round(min(first.chance, UNSURE if first.matter == GENERAL else SUREST), 2)
    if first.matter == GENERAL or first.points < FAINT:
        return UNSURE
    second = opinions[1].points if len(opinions) > 1 else 0.0
    lead = (first.points - second) / first.points
    return round(min(1.0, first.points / PLENTY) * (0.45 + 0.55 * lead), 2)
