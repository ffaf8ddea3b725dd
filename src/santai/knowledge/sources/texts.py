"""What every source turns into: one text with its articles, and what of it could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from santai.knowledge.models import LawVersion, Level
from santai.knowledge.names import Place


class UnknownSource(Exception):
    """Nothing was read; the message says in Chinese what was expected."""


@dataclass(frozen=True)
class Fault:
    """`where` is a file and line, or a law; `what` says what was left out."""

    where: str
    what: str


@dataclass
class ArticleText:
    place: Place
    text: str
    chapter: str = ""


@dataclass
class LawText:
    name: str
    source: str
    level: Level = Level.OTHER
    status: LawVersion.Status = LawVersion.Status.IN_FORCE
    issuer: str = ""
    branch: str = ""
    issued_on: date | None = None
    in_force_from: date | None = None
    articles: list[ArticleText] = field(default_factory=list)

    @property
    def digest(self) -> str:
        told = blake2b(digest_size=16)
        for part in (
            self.name,
            self.status,
            str(self.in_force_from),
            *(f"{a.place}{a.chapter}{a.text}" for a in self.articles),
        ):
            told.update(part.encode() + b"\0")
        return told.hexdigest()


def day(given: object) -> date | None:
    """2020-05-28 as a date; anything else is unknown."""
    try:
        return date.fromisoformat(str(given or "")[:10])
    except ValueError:
        return None


def once(articles: list[ArticleText], where: str, faults: list[Fault]) -> list[ArticleText]:
    """An article number that comes twice is told and the first one kept."""
    kept: dict[Place, ArticleText] = {}
    for article in articles:
        first = kept.setdefault(article.place, article)
        if first is not article and first.text != article.text:
            faults.append(Fault(where, f"{article.place.label}出现了两次，只收第一次"))
    return list(kept.values())
