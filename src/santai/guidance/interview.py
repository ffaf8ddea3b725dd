"""An interview as it is written in `interviews/<slug>.yaml`: what is asked, what follows from it, what is drafted.

docs/guidance.md says how to write one; `santai check-interviews` says what is wrong with one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from santai.guidance.rules import options_from
from santai.triage.lexicon import Lexicon

FOLDER = Path(__file__).with_name("interviews")
UNSURE = "unsure"
YES_NO = (("yes", "是"), ("no", "否"))
NONE_OF_THEM = ("none", "以上都没有")
CHOSEN = frozenset({"choice", "yesno"})
KINDS = CHOSEN | {"choices", "date", "money", "number", "text", "place", "phone"}
T = TypeVar("T")


class BadInterview(ValueError):
    """A file that is no interview; the message names the file and the spot."""


@dataclass(frozen=True)
class Question:
    """`short` names the answer in a summary and in a blank of the draft; `unsure` says what then, to who does not know.
    An answer in `danger` brings help for a person in danger at once. Questions with the same `page` share a page."""

    id: str
    kind: str
    ask: str
    short: str
    why: str = ""
    unsure: str = "先跳过也可以，文书里会留空，弄清楚后再补。"
    when: str = ""
    page: str = ""
    options: tuple[tuple[str, str], ...] = ()
    options_from: str = ""
    required: bool = True
    private: bool = False
    long: bool = False
    future: bool = False
    at_least: int = 0
    at_most: int = 0
    unit: str = ""
    danger: tuple[str, ...] = ()

    @property
    def labels(self) -> dict[str, str]:
        return {**dict(self.options), UNSURE: "不清楚"}


@dataclass(frozen=True)
class Computed:
    """`shown` tells the calculation in words; `label` empty: only other lines use it."""

    id: str
    value: str
    kind: str = "money"
    label: str = ""
    shown: str = ""
    when: str = ""
    laws: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure a province or a ministry publishes: looked up among the parameters, never typed in here."""

    id: str
    key: str
    label: str
    unit: str = "元"


@dataclass(frozen=True)
class Advice:
    text: str
    laws: tuple[str, ...]
    when: str = ""
    heading: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Deadline:
    id: str
    label: str
    start: str
    period: str
    basis: str
    when: str = ""
    counted_from: str = ""
    note: str = ""


@dataclass(frozen=True)
class Paper:
    text: str
    when: str = ""


@dataclass(frozen=True)
class Block:
    """A piece of the draft: `kind` is p, heading, right, rows or item; items are numbered where they appear."""

    kind: str
    text: str
    when: str = ""


@dataclass(frozen=True)
class Draft:
    title: str
    blocks: tuple[Block, ...]
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class OtherService:
    """What the button applies for instead, and with which first words, when a condition holds."""

    service: str
    begins: str
    when: str


@dataclass(frozen=True)
class Interview:
    slug: str
    title: str
    whom: str
    intro: str
    matter: str
    service: str
    begins: str
    as_of: date
    icon: str
    questions: tuple[Question, ...]
    advice: tuple[Advice, ...]
    papers: tuple[Paper, ...]
    drafts: tuple[Draft, ...]
    computed: tuple[Computed, ...] = ()
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    other_services: tuple[OtherService, ...] = ()
    words: tuple[str, ...] = ()
    rules: str = ""
    sensitive: bool = False
    place: str = ""
    person: Mapping[str, str] = field(default_factory=dict)

    def fits(self, folded: str) -> int:
        """How many of its words somebody says; “甲…乙” is said where 乙 soon follows 甲."""
        return len({hit.term for hit in _lexicon_of(self.words).find(folded, nested=True)})

    def question(self, name: str) -> Question:
        return next(each for each in self.questions if each.id == name)


@cache
def _lexicon_of(words: tuple[str, ...]) -> Lexicon[str]:
    return Lexicon((word, word) for word in words)


PARTS: dict[str, type[Any]] = {
    "questions": Question,
    "computed": Computed,
    "figures": Figure,
    "advice": Advice,
    "deadlines": Deadline,
    "papers": Paper,
    "other_services": OtherService,
}


@cache
def interviews() -> dict[str, Interview]:
    """All of them, by slug, in the order they are offered."""
    found = [read(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return {each.slug: each for each in found}


def for_words(folded: str) -> list[Interview]:
    """Those that speak of what a person speaks of, the most fitting first; `folded` by santai.triage.folding."""
    fitting = [(each.fits(folded), each) for each in interviews().values()]
    return [each for count, each in sorted(fitting, key=lambda pair: -pair[0]) if count]


def read(path: Path) -> Interview:
    """The file name is `NN-slug.yaml`; the number is the place in the list. Raises BadInterview."""
    try:
        return from_data(path.stem.partition("-")[2], yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, BadInterview) as fault:
        raise BadInterview(f"{path.name}: {fault}") from fault


def from_data(slug: str, data: Mapping[str, Any]) -> Interview:
    given = dict(data)
    for name, part in PARTS.items():
        given[name] = tuple(_made(part, each, f"{name} {at}") for at, each in enumerate(given.get(name, []), 1))
    given["questions"] = tuple(_with_options(each) for each in given["questions"])
    given["drafts"] = tuple(_draft(each) for each in given.get("drafts", []))
    return _made(Interview, {"slug": slug, **given}, "the interview")


def _made(part: type[T], given: Mapping[str, Any], where: str) -> T:
    if not isinstance(given, Mapping):
        raise BadInterview(f"{where}: not a mapping")
    known = {each.name for each in fields(part)}  # type: ignore[arg-type]
    if strange := set(given) - known:
        raise BadInterview(f"{where}: unknown {', '.join(sorted(strange))}")
    try:
        return part(**{name: _frozen(value) for name, value in given.items()})
    except TypeError as fault:
        raise BadInterview(f"{where}: {fault}") from fault


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str):
        return value.strip()
    return tuple(value) if isinstance(value, Sequence) else value


def _with_options(question: Question) -> Question:
    if question.kind not in KINDS:
        raise BadInterview(f"{question.id}: there is no kind {question.kind}")
    options: Any = question.options
    if question.options_from:
        options = options_from(question.options_from)
    elif question.kind == "yesno":
        options = YES_NO
    elif isinstance(options, Mapping):
        options = tuple(options.items())
    if question.kind == "choices":
        options = (*options, NONE_OF_THEM)
    if any(not isinstance(text, str) for option in options for text in option):
        raise BadInterview(f"{question.id}: put the options yes and no in quotes")
    given = {each.name: getattr(question, each.name) for each in fields(question)}
    return Question(**{**given, "options": tuple(options), "page": question.page or question.id})


def _draft(given: Mapping[str, Any]) -> Draft:
    """A block is written `- p: text` with an optional `when`."""
    blocks = []
    for each in given.get("blocks", []):
        kinds = [name for name in each if name != "when"]
        if len(kinds) != 1 or kinds[0] not in {"p", "heading", "right", "rows", "item"}:
            raise BadInterview(f"draft: a block is one of p, heading, right, rows, item: {each}")
        blocks.append(Block(kinds[0], str(each[kinds[0]]).strip(), str(each.get("when", ""))))
    return _made(Draft, {**given, "blocks": blocks}, "draft")
