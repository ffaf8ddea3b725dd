"""The statutes that a fresh home imports, read once: what our own texts and tables cite must stand there."""

from __future__ import annotations

from functools import cache

from santai.knowledge.names import short_name
from santai.knowledge.sources import package


@cache
def statutes() -> dict[tuple[str, str], str]:
    """(short name, 第…条) → wording, of the newest version of each law."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for law in package.read([]):
        name = short_name(law.name)
        # The newest comes last and stands for all.
        found[name] = {(name, article.place.label): article.text for article in law.articles}
    return {place: text for texts in found.values() for place, text in texts.items()}


def laws() -> set[str]:
    return {law for law, _ in statutes()}
