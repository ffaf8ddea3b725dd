"""The policy library: what is in force, newest first, by topic, place, issuer and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from santai.knowledge.entries.finding import find
from santai.knowledge.models import Entry

MOST_FOUND = 200


@dataclass(frozen=True)
class Wanted:
    """What the library is narrowed by; "" and None narrow nothing. `region` is the code of a division."""

    words: str = ""
    topic: str = ""
    region: str = ""
    issuer: str = ""
    year: int | None = None

    def __bool__(self) -> bool:
        return any((self.words, self.topic, self.region, self.issuer, self.year))


def holds_in(place: str | None, region: str) -> bool:
    """Whether what was issued for `place` matters in `region`: for a whole city, also what its counties issue."""
    own = place or ""
    return own.startswith(region) or region.startswith(own)


class Shelf:
    """All policies that may be read on a day, newest first: two light queries, whatever it is asked for."""

    def __init__(self, today: date) -> None:
        self.today = today
        rows = Entry.objects.readable_on(today).filter(kind=Entry.Kind.POLICY).select_related("region")
        newest = F("published__issued_on").desc(nulls_last=True)
        self.rows: list[Entry] = list(
            rows.defer("published__body", "published__asked").order_by(newest, "-published__reviewed_at", "-pk")
        )

    def matching(self, wanted: Wanted) -> list[Entry]:
        """Newest first."""
        rows = [row for row in self.rows if _fits(row, wanted)]
        if not wanted.words:
            return rows
        found = find(wanted.words, today=self.today, kinds=(Entry.Kind.POLICY,), limit=MOST_FOUND)
        said = {one.entry.pk for one in found}
        return [row for row in rows if row.pk in said]

    def topics(self, wanted: Wanted | None = None) -> list[tuple[str, int]]:
        """Topics of what is left when all but the topic narrows, the commonest first."""
        rows = self.matching(replace(wanted, topic="")) if wanted else self.rows
        counted = Counter(topic for row in rows for topic in set(row.published.topics))  # type: ignore[union-attr]
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))

    def issuers(self) -> list[str]:
        return _commonest(row.published.issuer for row in self.rows if row.published)

    def years(self) -> list[int]:
        days = (row.published.issued_on for row in self.rows if row.published)
        return sorted({day.year for day in days if day}, reverse=True)


def _commonest(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(name for name in names if name).most_common()]


def _fits(row: Entry, wanted: Wanted) -> bool:
    shown = row.published
    if shown is None or not holds_in(row.region_id, wanted.region):
        return False
    if wanted.year and (shown.issued_on is None or shown.issued_on.year != wanted.year):
        return False
    return wanted.topic in ("", *shown.topics) and wanted.issuer in ("", shown.issuer)
