"""Who cites whom: 本法第二十六条第一款, 《中华人民共和国劳动法》第九十一条, 第三十八条、第四十条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from santai.knowledge.models import Article, Citation
from santai.knowledge.names import LABEL, Place, canonical, place_of

# A title in 《》 reaches over the articles listed after it, until a full stop or another title.
_TITLE = re.compile(r"《([^《》]{2,60})》")
_OWN = re.compile(r"本(?:法|法典|条例|规定|办法|解释|规则|细则)")
_ONE = re.compile(LABEL.pattern.replace("[条項项款]", "条"))
_RANGE = re.compile(r"^(?:的规定)?[至到]$")
_STOP = re.compile(r"[。；;\n]")


@dataclass(frozen=True)
class Reference:
    """`law` is the name in 《》, empty for the law the text is from."""

    law: str
    place: Place
    quote: str


def references(text: str) -> Iterator[Reference]:
    """Every article the text names. 第三条至第五条 is all of them, at most 30."""
    for sentence in _STOP.split(text):
        law, before, end = "", None, 0
        for found in re.finditer(f"{_TITLE.pattern}|{_OWN.pattern}|{_ONE.pattern}", sentence):
            if found["number"] is None:
                law, before = found[1] or "", None
            else:
                place = _place(found[0])
                if place:
                    yield from _between(law, before, place, found[0], sentence[end : found.start()])
                before = place
            end = found.end()


def _place(label: str) -> Place | None:
    try:
        return place_of(re.sub(r"\s", "", label))
    except ValueError:
        return None


def _between(law: str, before: Place | None, place: Place, quote: str, gap: str) -> Iterator[Reference]:
    if before and _RANGE.match(gap) and before.number < place.number <= before.number + 30:
        for number in range(before.number + 1, place.number):
            yield Reference(law, Place(number), quote)
    yield Reference(law, place, quote)


def link(laws: Iterable[int] | None = None) -> int:
    """Write the citations of current articles anew; of all laws, or of those whose primary key is given."""
    rows = Article.objects.filter(version__is_current=True)
    here: dict[tuple[int, str], int] = {}
    by_name: dict[str, int] = {}
    for pk, key, law, name in rows.values_list("pk", "key", "version__law", "version__law__name"):
        here[law, key] = pk
        by_name[canonical(name)] = law
    wanted = rows.filter(version__law__in=list(laws)) if laws is not None else rows
    Citation.objects.filter(citing__in=wanted).delete()
    found: dict[tuple[int, int], Citation] = {}
    for pk, law, text in wanted.filter(text__contains="条").values_list("pk", "version__law", "text"):
        for one in references(text):
            target = here.get((by_name.get(canonical(one.law), 0) if one.law else law, one.place.key))
            if target and target != pk:
                found.setdefault((pk, target), Citation(citing_id=pk, cited_id=target, quote=one.quote[:120]))
    Citation.objects.bulk_create(found.values(), batch_size=2000)
    return len(found)
