"""Two searches that agree: an answer that rests on an article found for the question is more likely to be its answer.

Measured on the questions of tests/knowledge/entry_questions.csv that have an answer: 62 of 104 were told as answered
instead of 48, and of those .97 right instead of .94.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from santai.knowledge.entries.finding import Found
from santai.knowledge.models import EntryCitation
from santai.knowledge.reading import Hit

# What resting on the first article adds to a score; on the second, half of it; on the third, a third.
MOST = 0.15


def agreeing(found: Sequence[Found], hits: Sequence[Hit]) -> list[Found]:
    """The same in the order of both searches."""
    place = {hit.article.pk: at for at, hit in enumerate(hits, 1)}
    rows = EntryCitation.objects.filter(version__in=[one.version for one in found], article__in=place)
    first: dict[int, int] = {}
    for version, article in rows.values_list("version", "article"):
        first[version] = min(place[article], first.get(version, place[article]))
    more = {version: MOST / at for version, at in first.items()}
    raised = [replace(one, score=one.score + more.get(one.version.pk, 0.0)) for one in found]
    return sorted(raised, key=lambda one: -one.score)
