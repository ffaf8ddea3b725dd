"""“有用” and “没用”: one vote of a browser for each thing, which can be taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from santai.knowledge.entries.asking import question_with, take_back, told
from santai.knowledge.models import Entry
from santai.trust.models import User

VOTES = "told"
MOST_VOTES = 60
ROBOTS = ("bot", "spider", "crawl", "slurp", "curl", "wget", "python", "httpx", "headless")


def is_robot(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    return not agent or any(word in agent for word in ROBOTS)


def staff_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def vote_on(request: HttpRequest, thing: str) -> bool | None:
    """What this browser said of it before."""
    vote = request.session.get(VOTES, {}).get(thing)
    return vote[1] if vote else None


def vote(request: HttpRequest, thing: str, *, entry: Entry | None = None, article: str = "") -> bool | None:
    """Count what was posted: `helped` is 1, 0, or anything else to take it back. Returns what stands now."""
    votes: dict[str, Any] = dict(request.session.get(VOTES, {}))
    if former := votes.pop(thing, None):
        take_back(former[0])
    said = {"1": True, "0": False}.get(request.POST.get("helped", ""))
    if said is not None:
        question = question_with(request.POST.get("asked", ""))
        row = told(said, at=timezone.now(), entry=entry, article=article, question=question, by=staff_of(request))
        votes[thing] = [row.pk, said]
    request.session[VOTES] = dict(list(votes.items())[-MOST_VOTES:])
    return said
