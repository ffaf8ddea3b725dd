"""Articles of the library by what an entry calls them: 《劳动合同法》第三十八条."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from santai.knowledge.entries.wording import Basis
from santai.knowledge.lookup import USUAL
from santai.knowledge.models import Article, EntryCitation
from santai.knowledge.names import LABEL, Place, place_of, short_name

_LABEL = LABEL.pattern.replace("[条項项款]", "条").replace("?P<number>", "?:").replace("?P<unit>", "?:")
_LABEL = _LABEL.replace("?P<suffix>", "?:")
_NAMED = re.compile(r"《(?P<law>[^《》]{2,60})》(?=第)")
_ONE = re.compile(_LABEL)
# Between articles of one law: 第三十条、第五十条和第八十五条.
_AND = re.compile(r"(?:第[零一二三四五六七八九十]{1,3}[款项])*[、，和及与或至到]{1,2}")


@dataclass(frozen=True)
class Mention:
    """Where a text names an article, as a span of it."""

    start: int
    end: int
    basis: Basis


def mentions(text: str) -> Iterator[Mention]:
    """The first one of a law reaches from 《 on; the others are their number alone."""
    for law in _NAMED.finditer(text):
        start, at = law.start(), law.end()
        while found := _ONE.match(text, at):
            if place := _place(found[0]):
                yield Mention(start, found.end(), Basis(short_name(law["law"]), place))
            joined = _AND.match(text, found.end())
            if not joined:
                break
            start = at = joined.end()


def _place(label: str) -> Place | None:
    try:
        return place_of(re.sub(r"\s", "", label))
    except ValueError:
        return None


def articles_of(wanted: Iterable[Basis]) -> dict[Basis, int]:
    """Primary keys of the current wording's articles; what the library does not have is left out."""
    return {basis: row.pk for basis, row in linked(wanted).items()}


def linked(wanted: Iterable[Basis]) -> dict[Basis, Article]:
    """The same with the articles; one query."""
    keys: dict[tuple[str, str], list[Basis]] = defaultdict(list)
    for basis in wanted:
        keys[USUAL.get(basis.law, basis.law), basis.place.key].append(basis)
    rows = _current({law for law, _ in keys}, {key for _, key in keys}) if keys else []
    return {basis: row for row in rows for basis in keys.get((row.version.law.name, row.key), ())}


def _current(laws: Collection[str], keys: Collection[str]) -> QuerySet[Article]:
    rows = Article.objects.filter(version__is_current=True, version__law__name__in=laws, key__in=keys)
    return rows.select_related("version__law").defer("text")


def link_citations() -> int:
    """Find the article of every citation anew, after laws were imported; returns how many have one."""
    rows = list(EntryCitation.objects.all())
    bases = {row.pk: Basis(row.law, place) for row in rows if (place := _place(row.place))}
    found = articles_of(set(bases.values()))
    for row in rows:
        row.article_id = found.get(bases[row.pk]) if row.pk in bases else None
    EntryCitation.objects.bulk_update(rows, ["article"], batch_size=500)
    return sum(row.article_id is not None for row in rows)
