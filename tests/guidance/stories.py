"""Answers of people, and what follows from them: for tests that look at the end of an interview."""

from __future__ import annotations

from datetime import date
from typing import Any

from santai.guidance.interview import interviews
from santai.guidance.outcome import Outcome, outcome

TODAY = date(2026, 11, 23)


def told(slug: str, on: date = TODAY, **answers: Any) -> Outcome:
    """The outcome when everything that was not named is “I do not know”."""
    interview = interviews()[slug]
    return outcome(interview, {**{each.id: None for each in interview.questions}, **answers}, on=on)


def advice(found: Outcome) -> str:
    return "\n".join(each.text for each in found.advice)


def laws(found: Outcome) -> set[str]:
    return {law for each in found.advice for law in each.laws}


def sums(found: Outcome) -> dict[str, str]:
    return {each.label: each.amount for each in found.sums}


def dues(found: Outcome) -> dict[str, date | None]:
    return {each.id: each.on for each in found.deadlines}


def draft(found: Outcome) -> str:
    return "\n".join(text for paper in found.drafts for text in (paper.title, *(line.text for line in paper.lines)))
