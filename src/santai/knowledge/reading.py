"""What pages show: hits with their articles, an article in its law, and the versions of a law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet

from santai.knowledge.marking import SHOWN, Piece, pieces, words_of
from santai.knowledge.models import Article, Citation, Law, LawVersion
from santai.knowledge.search import NO_FILTERS, Filters, Ranking, library

PAGE = 20
# Deeper pages of a ranking answer nothing.
MOST = 100


@dataclass(frozen=True)
class Hit:
    article: Article
    pieces: list[Piece]
    is_exact: bool = False


@dataclass(frozen=True)
class Results:
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    meant: str = ""
    law: Law | None = None
    lay: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_ready: bool = True
    is_ranked: bool = False

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def find(
    question: str, *, filters: Filters = NO_FILTERS, page: int = 1, size: int = PAGE, learned: bool = True
) -> Results:
    """`is_ready` False: nothing has been imported yet."""
    opened = library()
    if opened is None:
        return Results(is_ready=False)
    ranking = opened.search(question, filters=filters, limit=MOST, learned=learned)
    last = max(1, -(-len(ranking.rows) // size))
    page = min(max(page, 1), last)
    shown = ranking.rows[(page - 1) * size : page * size]
    hits = _hits(question, ranking, [int(opened.index.columns["pk"][row]) for row in shown], (page - 1) * size)
    law = Law.objects.filter(name=ranking.law).first() if ranking.law else None
    return Results(hits, len(ranking.rows), page, ranking.meant, law, ranking.lay, is_ranked=ranking.is_ranked)


def _hits(question: str, ranking: Ranking, pks: Sequence[int], before: int) -> list[Hit]:
    """An article that was taken out since the index was built is left out."""
    rows = Article.objects.select_related("version__law").in_bulk(pks)
    words = words_of(question)
    words += [word for legal in ranking.lay.values() for word in legal if word not in words]
    return [
        Hit(rows[pk], pieces(rows[pk].text, words, most=SHOWN), is_exact=before + at < ranking.exact)
        for at, pk in enumerate(pks)
        if pk in rows
    ]


def version_of(law: Law, *, on: date | None = None) -> LawVersion | None:
    """The one in force on a day, or the current one."""
    versions = LawVersion.objects.filter(law=law)
    if on is None:
        found: LawVersion | None = versions.filter(is_current=True).first()
    else:
        found = versions.in_force_on(on).latest_first().first()
    return found


def article_of(version: LawVersion, key: str) -> Article | None:
    shown = Citation.objects.select_related("cited__version__law", "citing__version__law")
    rows = version.articles.prefetch_related(Prefetch("citations", shown), Prefetch("cited_by", shown))
    found: Article | None = rows.filter(key=key).first()
    return found


def around(article: Article, reach: int = 2) -> QuerySet[Article]:
    """The article with those just before and after it in the same chapter."""
    near = Article.objects.filter(version=article.version_id, chapter=article.chapter)
    return near.filter(order__range=(article.order - reach, article.order + reach)).order_by("order")


def beside(article: Article) -> tuple[Article | None, Article | None]:
    rows = Article.objects.filter(version=article.version_id)
    before = rows.filter(order__lt=article.order).order_by("-order").first()
    return before, rows.filter(order__gt=article.order).order_by("order").first()
