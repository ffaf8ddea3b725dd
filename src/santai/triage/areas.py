"""Which area of law a need falls under. The areas a matter can touch are in areas.csv; a model chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from santai.triage.learning.lessons import AREA
from santai.triage.learning.model import Model, model_for
from santai.triage.tables import rows_of

MUCH_SURER = 5.0


@cache
def areas_of() -> dict[str, tuple[str, ...]]:
    """By matter, the likeliest first."""
    return {row["matter"]: tuple(row["areas"].split()) for row in rows_of("areas.csv")}


def area_of(folded: str, matter: str) -> str:
    """The area for a matter: the first of its row unless a model is much surer of another. Empty when it has none."""
    open_to = areas_of().get(matter, ())
    model = model_for(AREA) if len(open_to) > 1 and folded else None
    if model is None:
        return open_to[0] if open_to else ""
    chances = dict(zip(model.labels, model.chances(folded), strict=True))
    best = max(open_to, key=lambda area: float(chances.get(area, 0.0)))
    return best if chances.get(best, 0.0) > MUCH_SURER * chances.get(open_to[0], 0.0) else open_to[0]


def ranked_areas(folded: str, matters: Sequence[str]) -> list[str]:
    """All areas, likeliest first; without a model, those of the matters in turn."""
    model: Model | None = model_for(AREA)
    if model:
        chances = model.chances(folded)
        return [area for _, area in sorted(zip(-chances, model.labels, strict=True))]
    told = [area for matter in matters for area in areas_of().get(matter, ())]
    rest = [area for areas in areas_of().values() for area in areas]
    return list(dict.fromkeys([*told, *rest]))
