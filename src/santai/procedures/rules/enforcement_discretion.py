"""The discretion table (裁量基准): what a breach may cost, as rows a lawyer can read, and the range inside each.

`enforcement_discretion.csv` holds the ranges of the law, each with its article and the days it is in force. How far
into a range each grade reaches is left to the province: parameter `enforcement.grades`, {"light": [0, 30], ...}, in
per cent. A range without lower end in the law begins at 0. Money is yuan.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices

from santai.casework import parameters
from santai.casework.terms import Confidence

FILE = Path(__file__).parent / "enforcement_discretion.csv"
GRADES_KEY = "enforcement.grades"
# The thirds most provinces print; no confirmed source.
USUAL_SHARES: Mapping[str, tuple[int, int]] = {"light": (0, 30), "normal": (30, 70), "heavy": (70, 100)}
CENT = Decimal("0.01")
Range = tuple[Decimal, Decimal]


class Grade(TextChoices):
    MITIGATED = "mitigated", "减轻（低于法定最低限）"
    LIGHT = "light", "从轻"
    NORMAL = "normal", "一般"
    HEAVY = "heavy", "从重"


LIGHTER = (
    ("corrected", "主动消除或者减轻危害后果（第三十二条第一项）"),
    ("induced", "受他人胁迫或者诱骗（第三十二条第二项）"),
    ("confessed", "主动供述尚未掌握的违法行为（第三十二条第三项）"),
    ("helped", "配合查处违法行为有立功表现（第三十二条第四项）"),
    ("minor", "已满十四周岁不满十八周岁（第三十条）"),
    ("by_law", "法律、法规、规章规定其他应当从轻或者减轻的"),
)
HEAVIER = (
    ("repeated", "同类违法受过处罚后再犯"),
    ("refused", "拒不改正或者妨碍调查"),
    ("grave", "造成严重后果或者恶劣影响"),
)
FACTORS = (("从轻、减轻（行政处罚法）", LIGHTER), ("从重（本机关裁量基准，待核实）", HEAVIER))
FACTOR_LABELS = dict((*LIGHTER, *HEAVIER))


@dataclass(frozen=True)
class Row:
    """One breach and what it may cost. `fine` and `months` (停止执业、停业整顿) are the ranges of the law, None when
    the law does not provide for them; `respondent` is "person" or "company"."""

    code: str
    since: date
    until: date | None
    region: str
    who: str
    respondent: str
    conduct: str
    basis: str
    warning: bool
    fine: Range | None
    months: Range | None
    revoke: bool
    confiscate: bool
    confidence: Confidence

    @property
    def label(self) -> str:
        doubt = "（待核实）" if self.confidence is Confidence.U else ""
        return f"{self.who}：{self.conduct}（{self.basis}）{doubt}"

    def holds(self, region: str, on: date) -> bool:
        return region.startswith(self.region) and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Sanction:
    """What is imposed, proposed or decided."""

    code: str
    grade: str
    factors: tuple[str, ...] = ()
    warning: bool = False
    fine: Decimal = Decimal(0)
    months: int = 0
    revoke: bool = False
    confiscate: Decimal = Decimal(0)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Sanction:
        """From a cleaned form, or from facts, where money is text."""
        return cls(
            code=str(data["row"]),
            grade=str(data["grade"]),
            factors=tuple(data.get("factors") or ()),
            warning=bool(data.get("warning")),
            fine=Decimal(data.get("fine") or 0),
            months=int(data.get("months") or 0),
            revoke=bool(data.get("revoke")),
            confiscate=Decimal(data.get("confiscate") or 0),
        )

    @property
    def is_nothing(self) -> bool:
        return not (self.warning or self.fine or self.months or self.revoke or self.confiscate)

    def is_heavier_than(self, told: Sanction) -> bool:
        """In any single respect: another row of the law counts as heavier too, it was never told."""
        more = self.fine > told.fine or self.months > told.months or self.confiscate > told.confiscate
        kinds = (self.revoke and not told.revoke) or (self.warning and not told.warning)
        return more or kinds or self.code != told.code

    def in_words(self) -> list[str]:
        parts = ["警告"] if self.warning else []
        parts += [f"罚款{money(self.fine)}元"] if self.fine else []
        parts += [f"没收违法所得{money(self.confiscate)}元"] if self.confiscate else []
        parts += [f"停止执业（停业整顿）{self.months}个月"] if self.months else []
        return parts + (["吊销执业证书（执业许可证）"] if self.revoke else [])


@cache
def rows() -> tuple[Row, ...]:
    with FILE.open(encoding="utf-8", newline="") as source:
        return tuple(_row(line) for line in csv.DictReader(source))


@cache
def version() -> str:
    """The latest day a row came into force, and the beginning of the file's SHA-256: the table a decision went by."""
    latest = max(row.since for row in rows())
    return f"{latest.isoformat()}-{hashlib.sha256(FILE.read_bytes()).hexdigest()[:8]}"


def row_of(code: str) -> Row:
    """KeyError when the table has no such row."""
    return {row.code: row for row in rows()}[code]


def choices() -> list[tuple[str, str]]:
    return [(row.code, row.label) for row in rows()]


def shares(region: str, on: date) -> dict[str, tuple[int, int]]:
    """Where each grade lies in a range, in per cent."""
    given = parameters.value(GRADES_KEY, region=region, on=on, default=USUAL_SHARES)
    return {grade: (int(low), int(high)) for grade, (low, high) in given.items()}


def within(found: Range, grade: str, parts: Mapping[str, tuple[int, int]]) -> Range:
    """The part of a range of the law that a grade leaves; mitigated is everything below its lower end."""
    low, high = found
    if grade == Grade.MITIGATED:
        return Decimal(0), low
    start, end = parts[grade]
    span = (high - low) / 100
    return (low + span * start).quantize(CENT), (low + span * end).quantize(CENT)


def whole_months(found: Range, grade: str, parts: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Months are imposed whole: the range is opened to the next whole month on either side, never beyond the law."""
    low, high = within(found, grade, parts)
    return int(low.to_integral_value(ROUND_FLOOR)), int(high.to_integral_value(ROUND_CEILING))


def faults_of(sanction: Sanction, *, respondent: str, region: str, on: date) -> list[str]:
    """Everything the table does not allow, in words."""
    row, parts = row_of(sanction.code), shares(region, on)
    faults = [] if row.holds(region, on) else [f"“{row.label}”在本地区、今天不适用"]
    if respondent != row.respondent:
        faults.append(f"“{row.who}”不是本案当事人的类别（当事人是{'单位' if respondent == 'company' else '个人'}）")
    if sanction.is_nothing:
        faults.append("没有填写任何处罚")
    return [*faults, *_grade_faults(sanction), *_kind_faults(row, sanction), *_amount_faults(row, sanction, parts)]


def _grade_faults(sanction: Sanction) -> Iterator[str]:
    chosen = set(sanction.factors)
    if sanction.grade in (Grade.LIGHT, Grade.MITIGATED) and not chosen & {key for key, _ in LIGHTER}:
        yield "从轻或者减轻处罚，须选择至少一项从轻、减轻情节"
    if sanction.grade == Grade.HEAVY and not chosen & {key for key, _ in HEAVIER}:
        yield "从重处罚，须选择至少一项从重情节"


def _kind_faults(row: Row, sanction: Sanction) -> Iterator[str]:
    kinds = (
        ("警告", sanction.warning, row.warning),
        ("罚款", sanction.fine, row.fine),
        ("停止执业（停业整顿）", sanction.months, row.months),
        ("吊销证照", sanction.revoke, row.revoke),
        ("没收违法所得", sanction.confiscate, row.confiscate),
    )
    for label, imposed, allowed in kinds:
        if imposed and not allowed:
            yield f"{row.basis}没有规定{label}"


def _amount_faults(row: Row, sanction: Sanction, parts: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    if sanction.fine and row.fine:
        low, high = within(row.fine, sanction.grade, parts)
        if not low <= sanction.fine <= high:
            grade = Grade(sanction.grade).label
            yield f"罚款{money(sanction.fine)}元不在“{grade}”的幅度{money(low)}至{money(high)}元内"
    if sanction.months and row.months:
        first, last = whole_months(row.months, sanction.grade, parts)
        if not first <= sanction.months <= last:
            grade = Grade(sanction.grade).label
            yield f"停止执业（停业整顿）{sanction.months}个月不在“{grade}”的幅度{first}至{last}个月内"


def explain(sanction: Sanction, *, region: str, on: date) -> list[str]:
    """How the amount came about, line by line, as the file and the person are told."""
    row, parts = row_of(sanction.code), shares(region, on)
    lines = [f"裁量基准版本：{version()}。", f"依据：{row.basis}（{row.who}：{row.conduct}）。"]
    named = [FACTOR_LABELS[factor] for factor in sanction.factors if factor in FACTOR_LABELS]
    lines.append(f"情节：{Grade(sanction.grade).label}" + (f"，因为{'；'.join(named)}。" if named else "。"))
    if sanction.fine and row.fine:
        low, high = within(row.fine, sanction.grade, parts)
        lines.append(f"罚款：法定幅度{money(row.fine[0])}至{money(row.fine[1])}元，这一档是{money(low)}至{money(high)}元。")
        lines.append(f"罚款金额：{money(sanction.fine)}元。")
    if sanction.months and row.months:
        first, last = whole_months(row.months, sanction.grade, parts)
        lines.append(f"停止执业（停业整顿）：这一档是{first}至{last}个月，定为{sanction.months}个月。")
    if sanction.confiscate:
        lines.append(f"没收违法所得：{money(sanction.confiscate)}元，以查明的数额为准。")
    return lines


def money(amount: Decimal) -> str:
    return f"{amount.quantize(CENT):,}"


def _row(line: Mapping[str, str]) -> Row:
    return Row(
        code=line["code"],
        since=date.fromisoformat(line["since"]),
        until=date.fromisoformat(line["until"]) if line["until"] else None,
        region=line["region"],
        who=line["who"],
        respondent=line["respondent"],
        conduct=line["conduct"],
        basis=line["basis"],
        warning=line["warning"] == "yes",
        fine=_range(line["fine_from"], line["fine_to"]),
        months=_range(line["months_from"], line["months_to"]),
        revoke=line["revoke"] == "yes",
        confiscate=line["confiscate"] == "yes",
        confidence=Confidence(line["confidence"]),
    )


def _range(low: str, high: str) -> Range | None:
    return (Decimal(low or 0), Decimal(high)) if high else None


def printed(region: str, on: date) -> Sequence[tuple[Row, list[str]]]:
    """The table as it is published: each row in force here, with the range of every grade in words."""
    parts = shares(region, on)
    return [(row, list(_grades_in_words(row, parts))) for row in rows() if row.holds(region, on)]


def _grades_in_words(row: Row, parts: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for grade in (Grade.LIGHT, Grade.NORMAL, Grade.HEAVY):
        told = []
        if row.fine:
            told.append("罚款{}至{}元".format(*map(money, within(row.fine, grade, parts))))
        if row.months:
            told.append("停止执业（停业整顿）{}至{}个月".format(*whole_months(row.months, grade, parts)))
        if told:
            yield f"{grade.label}：{'，'.join(told)}"
