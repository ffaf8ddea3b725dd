"""Walking an interview as people would, in every way that matters, to see that each way ends and nothing lies idle.

The answers that decide what is asked next are taken in every combination (up to a bound); the others take turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

from santai.guidance.expressions import holds, names_in
from santai.guidance.interview import CHOSEN, Interview, Question
from santai.guidance.outcome import Outcome, outcome

MOST_WAYS, TURNS, SEARCHES = 1500, 3, 600
DAYS_AGO = (0, 5, 40, 200, 500, 1200, 4000)
AMOUNTS = ("0", "1", "200", "3000", "80000")
SAMPLE = "某某"


def samples(question: Question, today: date) -> list[Any]:
    """Answers worth trying, also “I do not know”."""
    values: list[Any] = [value for value, _ in question.options]
    if question.kind in CHOSEN:
        return [*values, None]
    if question.kind == "choices":
        return [*([value] for value in values), values[:-1], None]
    if question.kind == "date":
        past = [(today - timedelta(days=days)).isoformat() for days in DAYS_AGO]
        return [*past, (today + timedelta(days=60)).isoformat(), None] if question.future else [*past, None]
    if question.kind == "money":
        return [*AMOUNTS, None]
    if question.kind == "number":
        return [str(each) for each in _numbers(question)] + [None]
    if question.kind == "phone":
        return ["13800138000", None]
    return [SAMPLE, None]


def _numbers(question: Question) -> list[int]:
    low, high = question.at_least, question.at_most or 100
    return sorted({low, min(low + 1, high), min(low + 3, high), (low + high) // 2, high})


def deciding(interview: Interview) -> set[str]:
    """Questions whose answer decides whether another is asked."""
    return {name for question in interview.questions for name in names_in(question.when or "today")} - {"today"}


def ways(interview: Interview, today: date) -> Iterator[dict[str, Any]]:
    """Whole sets of answers: every combination of the deciding ones, each with some turns of the others."""
    chance = Random(7)  # noqa: S311 a fixed walk, not a secret
    known = deciding(interview)
    tried = {each.id: samples(each, today) for each in interview.questions}
    free = [name for name in tried if name not in known]
    first = [name for name in tried if name in known]
    every = list(product(*(_few(tried[name]) for name in first)))
    chosen = every if len(every) <= MOST_WAYS else chance.sample(every, MOST_WAYS)
    turns = max(1, min(TURNS, MOST_WAYS // len(chosen)))
    for fixed in chosen:
        for _ in range(turns):
            yield {**{name: chance.choice(tried[name]) for name in free}, **dict(zip(first, fixed, strict=True))}


def _few(values: list[Any], most: int = 9) -> list[Any]:
    return values if len(values) <= most else [*values[: most - 1], None]


def walk_faults(interview: Interview, today: date | None = None) -> list[str]:
    on = today or interview.as_of
    seen: set[str] = set()
    for answers in ways(interview, on):
        result = outcome(interview, answers, on=on)
        seen |= _seen(interview, result)
        if not (result.way.is_finished and result.advice and result.drafts):
            return [f"a way ends without advice or draft: {answers}"]
    idle = [spot for spot in _spots(interview) if spot not in seen]
    return [f"{spot} is never reached" for spot in idle if not _can_reach(interview, spot, on)]


def _spots(interview: Interview) -> list[str]:
    return [
        *(f"question {each.id}" for each in interview.questions),
        *(f"advice {each.text[:20]}" for each in interview.advice),
        *(f"computed {each.id}" for each in interview.computed if each.label and not _needs_figure(interview, each.id)),
        *(f"deadline {each.id}" for each in interview.deadlines),
        *(f"paper {each.text[:20]}" for each in interview.papers),
        *(f"draft {each.title}" for each in interview.drafts),
    ]


def _needs_figure(interview: Interview, name: str) -> bool:
    """Whether a sum rests on a published figure, which may not be there."""
    figures = {each.id for each in interview.figures}
    line = next((each for each in interview.computed if each.id == name), None)
    if line is None:
        return False
    used = names_in(line.value) | (names_in(line.when) if line.when else set())
    return bool(used & figures) or any(_needs_figure(interview, each) for each in used - {name})


def _seen(interview: Interview, result: Outcome) -> set[str]:
    told = {each.when + each.heading for each in result.advice}
    return {
        *(f"question {each.id}" for each in result.way.asked),
        *(f"advice {each.text[:20]}" for each in interview.advice if each.when + each.heading in told),
        *(f"computed {each.id}" for each in interview.computed if result.values.get(each.id) is not None),
        *(f"deadline {each.id}" for each in result.deadlines),
        *(f"paper {text[:20]}" for text in result.papers),
        *(f"draft {one.title}" for one, _ in zip(_held(interview, result), result.drafts, strict=True)),
    }


def _held(interview: Interview, result: Outcome) -> list[Any]:
    return [draft for draft in interview.drafts if holds(draft.when, result.values)]


def _can_reach(interview: Interview, spot: str, on: date) -> bool:
    """A rare one: many more turns, before it is called idle."""
    chance = Random(spot)  # noqa: S311
    tried = {each.id: samples(each, on) for each in interview.questions}
    for _ in range(SEARCHES):
        answers = {name: chance.choice(values) for name, values in tried.items()}
        if spot in _seen(interview, outcome(interview, answers, on=on)):
            return True
    return False
