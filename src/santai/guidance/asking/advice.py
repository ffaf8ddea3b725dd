"""One answer to a need in a person's own words: what it is, what the law says, what to do, by when, who helps.

Everything shown has a source: articles are the library's, steps come from a standard answer that was reviewed, periods
name their article, written sentences are checked against both. Where nothing is good enough it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from santai.guidance.asking.agreement import agreeing
from santai.guidance.asking.articles import articles_for, only_asks_for, says_enough, searched_for
from santai.guidance.asking.evidence import Sentence
from santai.guidance.asking.sources import Source
from santai.guidance.asking.time_limits import TimeLimit, time_limits_for
from santai.guidance.asking.writing import written_answer
from santai.guidance.interview import Interview, for_words
from santai.knowledge.entries.asking import says_something
from santai.knowledge.entries.finding import GOOD, Found
from santai.knowledge.entries.finding import find as find_entries
from santai.knowledge.models import Article, Entry
from santai.knowledge.names import place_of
from santai.knowledge.reading import Hit
from santai.triage.classify import SURE, Finding, classify
from santai.triage.folding import fold
from santai.triage.urgency import alarms_in

Kind = Entry.Kind
SOURCES = 6
INTERVIEWS, ANSWERS = 2, 4
# Not the answer, but perhaps what was meant: offered as a question of others.
NEAR = 0.25
# From here on the answer is told as the answer; below, as the nearest there is.
CERTAIN = 0.5
# Topics of answers for people whom somebody may be hurting now.
DANGERS = frozenset({"家暴", "人身自由", "性侵", "跟踪"})
# The level of an alarm on which somebody must act now.
AT_ONCE = 2


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
    in_danger: bool = False
    # Nothing but an article was asked for, and here it is.
    is_look_up: bool = False

    @property
    def knows_matter(self) -> bool:
        return self.finding.confidence >= SURE

    @property
    def is_certain(self) -> bool:
        return self.answer is not None and self.answer.score >= CERTAIN

    @property
    def is_good(self) -> bool:
        """Something here answers; otherwise the person is told so and offered somebody to talk to."""
        found = self.answer is not None or self.is_look_up
        return found or (self.knows_matter and any(says_enough(hit) for hit in self.hits))


def advise(text: str, *, today: date, region: str = "") -> Advice:
    """Never raises on any text that has been cut to a sensible length. `region` is a division code or empty."""
    finding = classify(text, region=region, today=today)
    looked_up = only_asks_for(text)
    if looked_up:
        return Advice(finding=finding, hits=looked_up, sources=_sources(None, looked_up), is_look_up=True)
    entries = _Entries(text, finding, today)
    results = searched_for(text)
    answers = entries.like(Kind.ANSWER, ANSWERS, least=NEAR, beside=results.hits)
    best = answers[0] if answers and answers[0].score >= GOOD else None
    in_danger = _in_danger(text, finding, best)
    hits = articles_for(text, results, finding.matter if finding.confidence >= SURE else "", best)
    sources = _sources(best, hits)
    return Advice(
        finding=finding,
        hits=hits,
        answer=best,
        answers=[found for found in answers if found is not best][:3],
        guides=entries.like(Kind.GUIDE, 2),
        cases=entries.like(Kind.CASE, 2),
        interviews=for_words(fold(text))[:INTERVIEWS],
        expiries=_expiries(text, finding, in_danger),
        written=written_answer(text, sources),
        sources=sources,
        in_danger=in_danger,
    )


@dataclass(frozen=True)
class _Entries:
    text: str
    finding: Finding
    today: date

    def like(self, kind: Entry.Kind, most: int, least: float = GOOD, beside: Sequence[Hit] = ()) -> list[Found]:
        """At most `most`. Numbers alone are like every text that has a number; articles found `beside` speak for the
        entries that rest on them."""
        if not says_something(self.text):
            return []
        matter = self.finding.matter if self.finding.confidence >= SURE else ""
        found = find_entries(
            self.text, kinds=[kind], region=self.finding.region, matter=matter, limit=2 * most, today=self.today
        )
        return [one for one in agreeing(found, beside) if one.score >= least][:most]


def _in_danger(text: str, finding: Finding, best: Found | None) -> bool:
    """By the words of the person, or because the answer is one for people in danger."""
    alarms = alarms_in(fold(text), finding.groups)
    is_told = any(alarm.kind == "danger" and alarm.level == AT_ONCE for alarm in alarms)
    return is_told or (best is not None and bool(DANGERS & set(best.version.topics)))


def _expiries(text: str, finding: Finding, in_danger: bool) -> list[Expiry]:
    """Who is in danger is told of none that only the matter brings: years to sue are no comfort."""
    limits = time_limits_for(text, finding.ranking[:1] if finding.confidence >= SURE else [], only_named=in_danger)
    laws, keys = {limit.law for limit in limits}, {place_of(limit.place).key for limit in limits}
    current = Article.objects.filter(version__is_current=True, version__law__name__in=laws, key__in=keys)
    found = {(row.version.law.name, row.key): row for row in current.select_related("version__law")}
    return [Expiry(limit, found.get((limit.law, place_of(limit.place).key))) for limit in limits]


def _sources(best: Found | None, hits: Sequence[Hit]) -> list[Source]:
    articles = [
        Source(f"《{hit.article.version.law.name}》{hit.article.label}", hit.article.text)
        for hit in hits
        if hit.article.version.applies
    ]
    answer = [Source(best.version.title, f"{best.version.summary}\n{best.version.body}")] if best else []
    return [*answer, *articles][:SOURCES]
