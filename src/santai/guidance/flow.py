"""The way through an interview: which questions an answer leads to, on which pages, and how far it is still.

A question depends only on questions before it; an answer to a question that is no longer asked does not count.
Answers are kept as they are stored: a text, a list of texts, "" for skipped, None for “I do not know”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from santai.guidance.expressions import Value, holds, names_in
from santai.guidance.interview import CHOSEN, UNSURE, Interview, Question

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Way:
    """`asked` are the questions that apply, in order; `values` what is known of them."""

    interview: Interview
    asked: tuple[Question, ...]
    values: dict[str, Value]
    answers: Answers
    undecided: int

    @property
    def pages(self) -> list[Page]:
        names = dict.fromkeys(question.page for question in self.asked)
        return [Page(name, tuple(each for each in self.asked if each.page == name)) for name in names]

    @property
    def is_finished(self) -> bool:
        return self.next_page is None

    @property
    def next_page(self) -> Page | None:
        """The first with a question that has no answer yet."""
        return next((page for page in self.pages if not self.is_answered(page)), None)

    def is_answered(self, page: Page) -> bool:
        return all(question.id in self.answers for question in page.questions)

    def page(self, name: str) -> Page | None:
        return next((page for page in self.pages if page.name == name), None)

    def before(self, page: Page) -> Page | None:
        at = self.pages.index(page)
        return self.pages[at - 1] if at else None

    def step_of(self, page: Page) -> tuple[int, int]:
        """Which step this is, and about how many are left: of those not decided yet, half."""
        at = self.pages.index(page)
        return at + 1, len(self.pages) - at - 1 + (self.undecided + 1) // 2

    @property
    def in_danger(self) -> bool:
        return any(_is_danger(question, self.answers.get(question.id)) for question in self.asked)

    @property
    def unclear(self) -> list[Question]:
        return [each for each in self.asked if each.id in self.answers and self.answers[each.id] is None]


def way(interview: Interview, answers: Answers, *, today: date) -> Way:
    asked: list[Question] = []
    values: dict[str, Value] = {"today": today}
    undecided = set()
    for question in interview.questions:
        if holds(question.when, values):
            asked.append(question)
            if question.id in answers:
                values[question.id] = value_of(question, answers[question.id])
        elif not _is_decided(interview, question, answers, asked):
            undecided.add(question.page)
    return Way(interview, tuple(asked), values, answers, len(undecided))


def _is_decided(interview: Interview, question: Question, answers: Answers, asked: list[Question]) -> bool:
    """Whether everything its condition speaks of was answered, or will never be asked."""
    waiting = {each.id for each in asked if each.id not in answers}
    return not (names_in(question.when) & waiting)


def value_of(question: Question, stored: Any) -> Value:
    """What an expression sees of a stored answer."""
    if stored is None:
        return UNSURE if question.kind in CHOSEN else None
    if stored in ("", []):
        return None
    match question.kind:
        case "choices":
            return tuple(stored)
        case "date":
            return date.fromisoformat(stored)
        case "money" | "number":
            return Decimal(stored)
    return str(stored)


def _is_danger(question: Question, stored: Any) -> bool:
    given = stored if isinstance(stored, list) else [stored]
    return bool(set(question.danger) & {each for each in given if isinstance(each, str)})
