"""Judged questions of one's own: how people ask for each published text with the articles it rests on, and what staff
found helpful.

They add to questions that lawyers judged and do not stand for them: an answer rests on more articles than those that
answer its question, and a ranker that learned from these alone put real questions in a worse order than words did
(R@10 .48 against .58 on 255 questions).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from santai.knowledge.entries.feedback import judged_questions
from santai.knowledge.models import Entry, EntryVersion
from santai.knowledge.ranking.judged import Judged

Kind = Entry.Kind
# A policy is about many things, and rests on none that answers a question.
ANSWERING = (Kind.ANSWER, Kind.GUIDE, Kind.CASE)


def own_questions(*, on: date) -> list[Judged]:
    readable = Entry.objects.readable_on(on).filter(kind__in=ANSWERING)
    versions = EntryVersion.objects.filter(published_as__in=readable).prefetch_related("citations").order_by("pk")
    asked = [judged for version in versions for judged in _asked(version)]
    return [*asked, *(_told(row) for row in judged_questions())]


def _asked(version: EntryVersion) -> list[Judged]:
    gold = tuple(f"{one.law}{one.place}" for one in version.citations.all())
    lines = [version.title, *version.asked.splitlines()] if gold else []
    return [Judged(line, gold, version.summary) for line in lines]


def _told(row: dict[str, Any]) -> Judged:
    return Judged(str(row["question"]), tuple(row["gold"]))
