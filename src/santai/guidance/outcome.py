"""What follows from the answers: advice with the articles it rests on, time limits, sums, papers to bring, drafts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from santai.casework import parameters
from santai.guidance import words
from santai.guidance.expressions import Value, Values, holds, value_of
from santai.guidance.flow import Answers, Way, way
from santai.guidance.interview import UNSURE, Advice, Computed, Deadline, Draft, Interview, Question
from santai.guidance.periods import end_of
from santai.guidance.rules import RULES, Finding, Findings
from santai.registry.models import Region

NO_FIGURE = "本地区的这个数字还没有录入，请以当地公布的为准"


@dataclass(frozen=True)
class Sum:
    label: str
    amount: str
    shown: str
    laws: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Due:
    """`on` is None where the day it runs from is not known."""

    id: str
    label: str
    on: date | None
    rule: str
    basis: str
    note: str
    is_certain: bool
    left: int | None

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0


@dataclass(frozen=True)
class FigureUsed:
    label: str
    told: str
    basis: str
    is_confirmed: bool


@dataclass(frozen=True)
class Line:
    kind: str
    text: str
    number: int = 0

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        return words.pieces(self.text)


@dataclass(frozen=True)
class Paper:
    title: str
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def blanks(self) -> int:
        return sum(is_blank for line in self.lines for _, is_blank in line.pieces)


@dataclass(frozen=True)
class Outcome:
    interview: Interview
    way: Way
    on: date
    region: str
    facts: tuple[tuple[Question, str], ...]
    advice: tuple[Advice, ...]
    sums: tuple[Sum, ...]
    deadlines: tuple[Due, ...]
    papers: tuple[str, ...]
    drafts: tuple[Paper, ...]
    figures: tuple[FigureUsed, ...]
    findings: tuple[Finding, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def request(self) -> tuple[str, str]:
        """The procedure to apply for, and the first words of the request."""
        others = (each for each in self.interview.other_services if holds(each.when, self.values))
        chosen = next(others, self.interview)
        return chosen.service, chosen.begins

    @property
    def has_days_ahead(self) -> bool:
        return any(due.on is not None and not due.is_over for due in self.deadlines)

    @property
    def urgent(self) -> list[Advice]:
        return [each for each in self.advice if each.urgent]

    @property
    def laws(self) -> list[str]:
        advised, summed = [each.laws for each in self.advice], [each.laws for each in self.sums]
        named = [law for laws in (*advised, *summed) for law in laws]
        return list(dict.fromkeys([*named, *(due.basis for due in self.deadlines)]))


def outcome(interview: Interview, answers: Answers, *, on: date) -> Outcome:
    """`on` is the day the advice is given."""
    taken = way(interview, answers, today=on)
    region = str(taken.values.get(interview.place) or "")
    values: dict[str, Value] = dict(taken.values)
    figures = _figures(interview, region, on, values)
    found = RULES[interview.rules](values, region, on) if interview.rules else Findings()
    values.update(found.values)
    _compute(interview, values)
    told, labels = _told(interview, taken, values), _labels(interview)
    return Outcome(
        interview=interview,
        way=taken,
        on=on,
        region=region,
        facts=tuple((each, told.get(each.id, _not_told(each, answers))) for each in taken.asked if each.id in answers),
        advice=tuple(_filled(each, told, labels) for each in interview.advice if holds(each.when, values)),
        sums=tuple(_sum(each, told) for each in interview.computed if _is_shown(each, values)),
        deadlines=tuple(_due(each, values, on, region) for each in interview.deadlines if holds(each.when, values)),
        papers=tuple(each.text for each in interview.papers if holds(each.when, values)),
        drafts=tuple(_drafted(each, values, told, labels) for each in interview.drafts if holds(each.when, values)),
        figures=figures,
        findings=found.rows,
        values=values,
    )


def _figures(interview: Interview, region: str, on: date, values: dict[str, Value]) -> tuple[FigureUsed, ...]:
    used = []
    for figure in interview.figures:
        row = parameters.row(figure.key, region=region, on=on)
        amount = _decimal(row.value) if row else None
        values[figure.id] = amount
        if row is None or amount is None:
            used.append(FigureUsed(figure.label, NO_FIGURE, "", False))
        else:
            told = f"{words.number(amount)}{figure.unit}"
            used.append(FigureUsed(figure.label, told, row.basis, row.confirmed))
    return tuple(used)


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _compute(interview: Interview, values: dict[str, Value]) -> None:
    for line in interview.computed:
        values[line.id] = value_of(line.value, values) if holds(line.when, values) else None


def _is_shown(line: Computed, values: Values) -> bool:
    return bool(line.label) and values.get(line.id) is not None


def _labels(interview: Interview) -> dict[str, str]:
    return {
        **{each.id: each.short for each in interview.questions},
        **{each.id: each.label for each in interview.computed},
        **{each.id: each.label for each in interview.figures},
    }


# --- in words -----------------------------------------------------------------------------------------------------


def _told(interview: Interview, taken: Way, values: Values) -> dict[str, str]:
    """Every known name in words; what is not known is left out."""
    told = {"today": words.day(taken.values["today"])}  # type: ignore[arg-type]
    for question in taken.asked:
        if (value := values.get(question.id)) is not None and value != UNSURE:
            told[question.id] = _answer(question, value)
    kinds = {each.id: each.kind for each in interview.computed} | {each.id: "money" for each in interview.figures}
    for name, kind in kinds.items():
        if (value := values.get(name)) is not None:
            told[name] = _result(kind, value)
    return told


def _answer(question: Question, value: Value) -> str:
    match question.kind:
        case "choice" | "yesno":
            return question.labels.get(str(value), str(value))
        case "choices":
            return "、".join(question.labels.get(each, each) for each in value or ())  # type: ignore[union-attr]
        case "place":
            return Region.objects.filter(code=value).values_list("full_name", flat=True).first() or str(value)
        case "number":
            return f"{_result('number', value)}{question.unit}"
    return _result(question.kind, value)


def _result(kind: str, value: Value) -> str:
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Decimal):
        return words.money(value) if kind == "money" else words.number(value)
    return str(value)


def _not_told(question: Question, answers: Answers) -> str:
    return "不清楚" if answers[question.id] is None else "没有填"


def _filled(advice: Advice, told: dict[str, str], labels: dict[str, str]) -> Advice:
    text = words.filled(advice.text, told, labels)
    return Advice(text, advice.laws, advice.when, advice.heading, advice.urgent)


def _sum(line: Computed, told: dict[str, str]) -> Sum:
    return Sum(line.label, told[line.id], words.filled(line.shown, told, {}), line.laws, line.note)


def _due(line: Deadline, values: Values, on: date, region: str) -> Due:
    start = values.get(line.start)
    rule = f"从{line.counted_from or '那一天'}起{line.period}内"
    if not isinstance(start, date):
        return Due(line.id, line.label, None, rule, line.basis, line.note, True, None)
    ends = end_of(start, line.period, region=region)
    told = f"{rule}（{words.day(start)}起算）"
    return Due(line.id, line.label, ends.on, told, line.basis, line.note, ends.is_certain, (ends.on - on).days)


def _drafted(draft: Draft, values: Values, told: dict[str, str], labels: dict[str, str]) -> Paper:
    lines: list[Line] = []
    numbered = 0
    for block in draft.blocks:
        if not holds(block.when, values):
            continue
        # Items are counted anew under each heading.
        numbered = numbered + 1 if block.kind == "item" else 0 if block.kind == "heading" else numbered
        text = words.filled(block.text, told, labels)
        if block.kind == "rows":
            lines += [Line("row", row.strip()) for row in text.splitlines() if row.strip()]
        else:
            lines.append(Line(block.kind, text, numbered if block.kind == "item" else 0))
    return Paper(words.filled(draft.title, told, labels), tuple(lines), draft.note)
