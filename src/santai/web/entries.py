"""One search over everything: articles, entries, organisations and people, each kind with its count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from santai.knowledge import reading
from santai.knowledge.entries.finding import Found, find
from santai.knowledge.marking import Piece, pieces
from santai.knowledge.models import Entry
from santai.knowledge.search import Filters
from santai.registry.directory import organisations, people
from santai.registry.models import Organisation, Practitioner
from santai.web.portal.services import Service, service_of

PAGE = 20
# Of each kind on the page of all kinds.
FEW = 3
MOST = 100
ARTICLE, ORGANISATION, PERSON = "article", "organisation", "person"
KINDS = (
    ("", "全部", "search"),
    (Entry.Kind.ANSWER, "问答", "chat"),
    (Entry.Kind.GUIDE, "指南", "list"),
    (ARTICLE, "条文", "book"),
    (Entry.Kind.CASE, "案例", "scale"),
    (Entry.Kind.POLICY, "政策", "document"),
    (ORGANISATION, "机构", "building"),
    (PERSON, "人员", "person"),
)
KIND_NAMES = {str(kind): label for kind, label, _ in KINDS}
ENTRY_KINDS = (Entry.Kind.ANSWER, Entry.Kind.GUIDE, Entry.Kind.CASE, Entry.Kind.POLICY)


@dataclass(frozen=True)
class Shown:
    """An entry in a list, with the words of the question marked."""

    found: Found
    title: list[Piece]
    summary: list[Piece]


@dataclass(frozen=True)
class Everything:
    """What answers a question, best first within each kind."""

    articles: reading.Results
    entries: list[Found] = field(default_factory=list)
    organisations: QuerySet[Organisation] = field(default_factory=Organisation.objects.none)
    people: QuerySet[Practitioner] = field(default_factory=Practitioner.objects.none)

    def of(self, kind: str) -> list[Found]:
        return [one for one in self.entries if one.entry.kind == kind]

    @property
    def has_answer(self) -> bool:
        return bool(self.entries and self.entries[0].is_good)

    def counts(self) -> dict[str, int]:
        counted = {str(kind): len(self.of(kind)) for kind in ENTRY_KINDS}
        counted[ARTICLE] = self.articles.total
        counted[ORGANISATION], counted[PERSON] = self.organisations.count(), self.people.count()
        return counted


def everything(question: str, *, today: date, region: str = "", page: int = 1, filters: Any = None) -> Everything:
    """`page` is that of the articles; the other kinds are cut by whoever shows them."""
    return Everything(
        reading.find(question, filters=filters or Filters(), page=page),
        find(question, today=today, region=region, limit=MOST),
        organisations(question),
        people(question),
    )


def shown(found: list[Found]) -> list[Shown]:
    return [
        Shown(one, pieces(one.version.title, list(one.matched)), pieces(one.version.summary, list(one.matched)))
        for one in found
    ]


def service_for(entry: Entry) -> Service | None:
    """Where the button of an entry leads: the card of its procedure, when it can be applied for here."""
    key = entry.published.service if entry.published else ""
    return service_of(key) if key else None
