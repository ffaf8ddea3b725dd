"""One answer to a need in a person's own words: what it is, what the law says, what to do, by when, who helps.

Everything shown has a source: articles are the library's, steps come from a standard answer that was reviewed, periods
name their article, written sentences are checked against both. Where nothing is good enough it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from santai.guidance.asking.evidence import Sentence
from santai.guidance.asking.sources import Source
from santai.guidance.asking.time_limits import TimeLimit, time_limits_for
from santai.guidance.asking.writing import written_answer
from santai.guidance.interview import Interview, for_matter
from santai.knowledge.entries.finding import GOOD, Found
from santai.knowledge.entries.finding import find as find_entries
from santai.knowledge.marking import SHOWN, pieces, words_of
from santai.knowledge.models import Article, Entry
from santai.knowledge.names import place_of
from santai.knowledge.reading import Hit
from santai.knowledge.reading import find as find_articles
from santai.triage.classify import SURE, Finding, classify

Kind = Entry.Kind
ARTICLES, LOOKED_AT = 5, 10
# What the learned order puts first is shown even without a word of the question.
TRUSTED = 3
# So many different words of the question in one article make it worth reading, and so many an answer.
SOME_WORDS, ENOUGH_WORDS = 2, 3
SOURCES = 6
# Not the answer, but perhaps what was meant: offered as a question of others.
NEAR = 0.25
# From here on the answer is told as the answer; below, as the nearest there is.
CERTAIN = 0.5


@dataclass(frozen=True)
class Expiry:
    """A period with the article it stands in; `article` is None where the library does not have it."""

    limit: TimeLimit
    article: Article | None


@dataclass(frozen=True)
class Advice:
    finding: Finding
    hits: list[Hit] = field(default_factory=list)
    answer: Found | None = None
    answers: list[Found] = field(default_factory=list)
    guides: list[Found] = field(default_factory=list)
    cases: list[Found] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    expiries: list[Expiry] = field(default_factory=list)
    written: list[Sentence] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def knows_matter(self) -> bool:
        return self.finding.confidence >= SURE

    @property
    def is_certain(self) -> bool:
        return self.answer is not None and self.answer.score >= CERTAIN

    @property
    def is_good(self) -> bool:
        """Something here answers; otherwise the person is told so and offered somebody to talk to."""
        return self.answer is not None or (self.knows_matter and any(_answers(hit) for hit in self.hits))


def advise(text: str, *, today: date, region: str = "") -> Advice:
    """Never raises on any text that has been cut to a sensible length. `region` is a division code or empty."""
    finding = classify(text, region=region, today=today)
    entries = _Entries(text, finding, today)
    answers = entries.like(Kind.ANSWER, 4, least=NEAR)
    best = answers[0] if answers and answers[0].score >= GOOD else None
    hits = _articles(text, best)
    sources = _sources(best, hits)
    return Advice(
        finding=finding,
        hits=hits,
        answer=best,
        answers=[found for found in answers if found is not best][:3],
        guides=entries.like(Kind.GUIDE, 2),
        cases=entries.like(Kind.CASE, 2),
        interviews=_interviews(text, finding),
        expiries=_expiries(text, finding),
        written=written_answer(text, sources),
        sources=sources,
    )


@dataclass(frozen=True)
class _Entries:
    text: str
    finding: Finding
    today: date

    def like(self, kind: Entry.Kind, most: int, least: float = GOOD) -> list[Found]:
        matter = self.finding.matter if self.finding.confidence >= SURE else ""
        found = find_entries(
            self.text, kinds=[kind], region=self.finding.region, matter=matter, limit=most, today=self.today
        )
        return [one for one in found if one.score >= least]


def _articles(text: str, best: Found | None) -> list[Hit]:
    """Those a reviewed answer rests on come before those that were searched for."""
    cited = _cited(text, best) if best else []
    results = find_articles(text, size=LOOKED_AT)
    trusted = TRUSTED if results.is_ranked else 0
    known = {hit.article.pk for hit in cited}
    searched = [
        hit
        for place, hit in enumerate(results.hits)
        if hit.article.pk not in known and (hit.is_exact or place < trusted or len(_marked(hit)) >= SOME_WORDS)
    ]
    return sorted([*cited, *searched], key=lambda hit: not hit.is_exact)[:ARTICLES]


def _cited(text: str, best: Found) -> list[Hit]:
    words = words_of(text)
    rows = best.version.citations.filter(article__isnull=False).select_related("article__version__law")
    articles = [row.article for row in rows if row.article]
    hits = [Hit(article, pieces(article.text, words, most=SHOWN)) for article in articles]
    return sorted(hits, key=lambda hit: -len(_marked(hit)))


def _interviews(text: str, finding: Finding, most: int = 2) -> list[Interview]:
    """Of the matter, those that speak of what the person speaks of first."""
    if finding.confidence < SURE:
        return []
    words = words_of(text)
    offered = for_matter(finding.matter)
    return sorted(offered, key=lambda one: -sum(word in one.title + one.whom for word in words))[:most]


def _marked(hit: Hit) -> set[str]:
    return {piece.text for piece in hit.pieces if piece.is_marked}


def _answers(hit: Hit) -> bool:
    return hit.is_exact or len(_marked(hit)) >= ENOUGH_WORDS


def _expiries(text: str, finding: Finding) -> list[Expiry]:
    limits = time_limits_for(text, finding.ranking[:1] if finding.confidence >= SURE else [])
    laws, keys = {limit.law for limit in limits}, {place_of(limit.place).key for limit in limits}
    current = Article.objects.filter(version__is_current=True, version__law__name__in=laws, key__in=keys)
    found = {(row.version.law.name, row.key): row for row in current.select_related("version__law")}
    return [Expiry(limit, found.get((limit.law, place_of(limit.place).key))) for limit in limits]


def _sources(best: Found | None, hits: Sequence[Hit]) -> list[Source]:
    articles = [
        Source(f"《{hit.article.version.law.name}》{hit.article.label}", hit.article.text)
        for hit in hits
        if hit.article.version.is_in_force
    ]
    answer = [Source(best.version.title, f"{best.version.summary}\n{best.version.body}")] if best else []
    return [*answer, *articles][:SOURCES]
