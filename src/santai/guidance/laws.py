"""Articles an interview may cite, and where in the library each is read."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from santai.knowledge.models import Article, Law
from santai.knowledge.names import LABEL, Place, place_of

TABLE = Path(__file__).with_name("laws.csv")


@dataclass(frozen=True)
class KnownLaw:
    """`checked` is where its articles were read: library (the national statutes), text, or memory (to be confirmed)."""

    name: str
    full_name: str
    version: str
    checked: str


@cache
def known_laws() -> dict[str, KnownLaw]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["name"]: KnownLaw(**row) for row in csv.DictReader(rows)}


def cited(citation: str) -> tuple[str, Place] | None:
    """民法典第一千零七十九条第三款 → (民法典, article 1079); None for what is no citation."""
    found = LABEL.search(citation)
    if not found or found["unit"] != "条":
        return None
    return citation[: found.start()].strip(" 《》"), place_of(found.group())


def fault_of(citation: str) -> str:
    parts = cited(citation)
    if parts is None:
        return f"{citation!r} cites no article"
    return "" if parts[0] in known_laws() else f"{parts[0]} is not in laws.csv"


def addresses(citations: list[str]) -> dict[str, tuple[str, str]]:
    """Citation → (law, article) as the pages of the law name them; those the library does not have are left out."""
    parts = {citation: found for citation in citations if (found := cited(citation))}
    slugs = dict(Law.objects.filter(name__in={name for name, _ in parts.values()}).values_list("name", "slug"))
    wanted = {place.key for _, place in parts.values()}
    rows = Article.objects.filter(version__is_current=True, version__law__slug__in=slugs.values(), key__in=wanted)
    there = set(rows.values_list("version__law__name", "key"))
    return {
        citation: (slugs[name], place.key) for citation, (name, place) in parts.items() if (name, place.key) in there
    }
