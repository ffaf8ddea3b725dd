"""What is wrong with an interview: found before anybody answers it.

Names that do not exist, conditions that look ahead, texts without a source, questions nobody uses; and, by walking
every way through it (walking.py), questions nobody reaches and advice nobody gets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from santai.casework.kernel import all_procedures
from santai.guidance.expressions import BadExpression, compared_in, names_in
from santai.guidance.interview import CHOSEN, NONE_OF_THEM, UNSURE, Interview, Question
from santai.guidance.laws import fault_of
from santai.guidance.periods import amount_of
from santai.guidance.rules import ADDS, RULES
from santai.guidance.walking import walk_faults
from santai.guidance.words import NAME
from santai.triage.matters import matters

ID = re.compile(r"[a-z][a-z0-9_]*")
FEWEST, MOST = 8, 16
LONGEST_ASK = 60


def faults(interview: Interview) -> list[str]:
    """Sentences, each naming the spot; empty for a sound interview."""
    found = [*_head(interview), *_questions(interview), *_expressions(interview), *_sources(interview)]
    found = found or [*_texts(interview), *_unused(interview)]
    return found or walk_faults(interview)


def _head(interview: Interview) -> Iterator[str]:
    if interview.matter not in matters():
        yield f"matter {interview.matter} is not one of triage"
    known = {"", *(each.name for each in all_procedures())}
    for service in (interview.service, *(each.service for each in interview.other_services)):
        if service not in known:
            yield f"service {service} is no procedure"
    if interview.rules and interview.rules not in RULES:
        yield f"rules {interview.rules} are not known"
    names = {each.id for each in interview.questions}
    for name in (interview.place, *interview.person.values()):
        if name and name not in names:
            yield f"{name} is no question"


def _questions(interview: Interview) -> Iterator[str]:
    names = [*(each.id for each in interview.questions), *(each.id for each in interview.computed)]
    for name, count in Counter([*names, *(each.id for each in interview.figures)]).items():
        if count > 1 or not ID.fullmatch(name):
            yield f"{name} is used twice or is no name"
    if not FEWEST <= len(interview.questions) <= MOST:
        yield f"{len(interview.questions)} questions; {FEWEST} to {MOST} are asked"
    for question in interview.questions:
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    values = [value for value, _ in question.options]
    if question.kind in {"choice", "choices"} and len(values) < 2:
        yield f"{question.id}: a choice needs two options"
    if len(set(values)) < len(values) or UNSURE in values:
        yield f"{question.id}: an option is written twice, or takes the name {UNSURE}"
    if len(question.ask) > LONGEST_ASK:
        yield f"{question.id}: asked in more than {LONGEST_ASK} characters"
    if strange := set(question.danger) - set(values):
        yield f"{question.id}: danger {strange} is no option"


def _expressions(interview: Interview) -> Iterator[str]:
    """Each may use what is known where it stands."""
    known = {"today"}
    for question in interview.questions:
        yield from _expression(interview, question.when, known, f"question {question.id}")
        known.add(question.id)
    known |= {each.id for each in interview.figures} | set(ADDS.get(interview.rules, ()))
    for line in interview.computed:
        yield from _expression(interview, line.when, known, f"computed {line.id}")
        yield from _expression(interview, line.value, known, f"computed {line.id}")
        known.add(line.id)
    for where, when in _conditions(interview):
        yield from _expression(interview, when, known, where)
    for due in interview.deadlines:
        if due.start not in known:
            yield f"deadline {due.id}: {due.start} is not known"
        try:
            amount_of(due.period)
        except ValueError as fault:
            yield f"deadline {due.id}: {fault}"


def _conditions(interview: Interview) -> Iterator[tuple[str, str]]:
    for name in ("advice", "deadlines", "papers", "drafts", "other_services"):
        for at, each in enumerate(getattr(interview, name), 1):
            yield f"{name} {at}", each.when
    for draft in interview.drafts:
        for at, block in enumerate(draft.blocks, 1):
            yield f"{draft.title} {at}", block.when


def _expression(interview: Interview, text: str, known: set[str], where: str) -> Iterator[str]:
    if not text:
        return
    try:
        strange, compared = names_in(text) - known, compared_in(text)
    except BadExpression as fault:
        yield f"{where}: {fault}"
        return
    if strange:
        yield f"{where}: {', '.join(sorted(strange))} is not known there"
    for name, value in compared:
        if value not in _values_of(interview, name):
            yield f"{where}: {name} is never {value!r}"


def _values_of(interview: Interview, name: str) -> set[str]:
    for question in interview.questions:
        if question.id == name:
            own = {value for value, _ in question.options}
            return own | {UNSURE} if question.kind in CHOSEN else own
    return set(ADDS.get(interview.rules, {}).get(name, ()))


def _sources(interview: Interview) -> Iterator[str]:
    """Nothing is advised, counted or computed without an article that exists."""
    cited = [
        *((f"advice {at}", each.laws) for at, each in enumerate(interview.advice, 1)),
        *((f"computed {each.id}", each.laws) for each in interview.computed if each.label),
        *((f"deadline {each.id}", (each.basis,)) for each in interview.deadlines),
    ]
    for where, laws in cited:
        if not laws:
            yield f"{where}: no law is cited"
        for law in laws:
            if fault := fault_of(law):
                yield f"{where}: {fault}"


def _texts(interview: Interview) -> Iterator[str]:
    known = {"today", *(each.id for part in (interview.questions, interview.computed) for each in part)}
    known |= {each.id for each in interview.figures}
    for where, text in texts_of(interview):
        if strange := set(NAME.findall(text)) - known:
            yield f"{where}: {', '.join(sorted(strange))} is not known"


def texts_of(interview: Interview) -> Iterator[tuple[str, str]]:
    for at, advice in enumerate(interview.advice, 1):
        yield f"advice {at}", advice.text
    for line in interview.computed:
        yield f"computed {line.id}", line.shown
    for draft in interview.drafts:
        yield "draft", draft.title
        for at, block in enumerate(draft.blocks, 1):
            yield f"{draft.title} {at}", block.text


def _unused(interview: Interview) -> Iterator[str]:
    """A question is asked for something: a condition, a sum, a text, the request or a rule."""
    written = {name for _, text in texts_of(interview) for name in NAME.findall(text)}
    expressions = [text for text in all_expressions(interview) if text]
    read = {name for text in expressions for name in names_in(text)} | {each.start for each in interview.deadlines}
    compared = {pair for text in expressions for pair in compared_in(text)}
    given = {interview.place, *interview.person.values()}
    if interview.rules:
        return
    for question in interview.questions:
        if question.id not in written | read | given and not question.danger:
            yield f"{question.id} is asked for nothing"
        if question.id not in written:
            yield from _unused_options(question, compared)


def _unused_options(question: Question, compared: set[tuple[str, str]]) -> Iterator[str]:
    """One option may be what is left when the others are named."""
    named = {value for name, value in compared if name == question.id} | set(question.danger)
    unused = [value for value, _ in question.options if value not in named and value != NONE_OF_THEM[0]]
    if question.options and named and len(unused) > 1:
        yield f"{question.id}: the options {', '.join(unused)} change nothing"


def all_expressions(interview: Interview) -> list[str]:
    conditions: list[Any] = [*interview.questions, *interview.computed]
    return [
        *(each.when for each in conditions),
        *(each.value for each in interview.computed),
        *(when for _, when in _conditions(interview)),
    ]
