"""Which articles are shown beside a need: those a reviewed answer rests on, then what was found and is to the point."""

from __future__ import annotations

import re
from collections.abc import Sequence

from santai.knowledge.entries.finding import Found
from santai.knowledge.folding import fold
from santai.knowledge.marking import SHOWN, pieces, words_of
from santai.knowledge.models import Entry, EntryCitation
from santai.knowledge.names import LOOSE
from santai.knowledge.numerals import NUMERAL
from santai.knowledge.reading import Hit, Results
from santai.knowledge.reading import find as find_articles

ARTICLES, LOOKED_AT = 5, 10
# What the learned order puts first is shown even without a word of the question, if its law is one of the matter.
TRUSTED = 3
# So many different words of the question in one article make it worth reading, and so many an answer.
SOME_WORDS, ENOUGH_WORDS = 2, 3
# So much beside a citation is still nothing but the citation: 是怎么规定的.
LEFT_OVER = 8
_STATE, _END = "中华人民共和国", re.compile("(?:法典|法|条例|规定|办法)$")
_TIME = re.compile(rf"(?:\d+|{NUMERAL}+|半)(?:年|个月|月|天|日|小时|分钟)")
_MARKS = re.compile(r"[\W_]+")


def searched_for(text: str) -> Results:
    return find_articles(text, size=LOOKED_AT)


def articles_for(text: str, results: Results, matter: str, best: Found | None) -> list[Hit]:
    """Of `results`, what is to the point. `matter` is "" where it is not known: then only what says much of the
    question is shown."""
    cited = _cited(text, best, results.hits) if best else []
    known, plain, laws = {hit.article.pk for hit in cited}, fold(text), _laws_of(matter)
    least = [0] * (TRUSTED if results.is_ranked else 0) + [SOME_WORDS] * LOOKED_AT
    searched = [
        hit
        for hit, words in zip(results.hits, least, strict=False)
        if hit.article.pk not in known and (hit.is_exact or _is_to_the_point(hit, plain, laws, words))
    ]
    return sorted([*cited, *searched], key=lambda hit: not hit.is_exact)[:ARTICLES]


def only_asks_for(text: str) -> list[Hit]:
    """The articles, where the text is a citation and nothing else: 民法典1079条."""
    if not LOOSE.search(fold(text)) or len(text) > SHOWN:
        return []
    exact = [hit for hit in find_articles(text, size=LOOKED_AT).hits if hit.is_exact]
    rest = LOOSE.sub("", fold(text))
    for hit in exact:
        rest = rest.replace(_STATE, "").replace(fold(hit.article.version.law.name), "")
    return exact if len(_MARKS.sub("", rest)) <= LEFT_OVER else []


def says_enough(hit: Hit) -> bool:
    return hit.is_exact or len(_marked(hit)) >= ENOUGH_WORDS


def _is_to_the_point(hit: Hit, plain: str, laws: frozenset[str], least: int) -> bool:
    """`least` words of the question must stand in it. A law that no reviewed text on this matter rests on is not shown
    for two common words, unless it is named."""
    law = hit.article.version.law.name
    if not laws:
        return says_enough(hit)
    is_of_matter = law in laws or _END.sub("", law) in plain
    return is_of_matter and len(_marked(hit)) >= least


def _laws_of(matter: str) -> frozenset[str]:
    """What the reviewed texts on a matter rest on."""
    if not matter:
        return frozenset()
    shown = Entry.objects.filter(published__matter=matter).values("published")
    return frozenset(EntryCitation.objects.filter(version__in=shown).values_list("law", flat=True).distinct())


def _cited(text: str, best: Found, searched: Sequence[Hit]) -> list[Hit]:
    """What was found too comes first, then what has more words of the question."""
    words, place = words_of(text), {hit.article.pk: at for at, hit in enumerate(searched)}
    rows = best.version.citations.filter(article__isnull=False).select_related("article__version__law")
    articles = [row.article for row in rows if row.article]
    hits = [Hit(article, pieces(article.text, words, most=SHOWN)) for article in articles]
    return sorted(hits, key=lambda hit: (place.get(hit.article.pk, LOOKED_AT), -len(_marked(hit))))


def _marked(hit: Hit) -> set[str]:
    """一年 stands in every other article."""
    return {piece.text for piece in hit.pieces if piece.is_marked and not _TIME.fullmatch(piece.text)}
