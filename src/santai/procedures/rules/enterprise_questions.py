"""The questionnaire of the enterprise check-up (enterprise_checkup.csv, one question a line) and the report computed
from the answers. Lawyers edit the file; nothing here needs to change with it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("enterprise_checkup.csv")
ANSWERS = [("yes", "是"), ("no", "否"), ("unsure", "不清楚"), ("na", "不涉及")]
# A risk weighs whole, a doubt half, in the share of what was asked and does apply. Half of a section at risk, or one
# point that can close a business, is high; a fifth is medium. Our own scale, no rule of law.
HIGH_PERCENT, MEDIUM_PERCENT = 50, 20
LEVELS = {"high": "高风险", "medium": "中风险", "low": "低风险", "none": "未发现风险"}
RANK = list(LEVELS)


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    safe: str
    weight: int
    is_critical: bool
    risk: str
    advice: str
    basis: str

    def finding(self, answer: str) -> str:
        """risk, doubt, or empty when the answer is safe or the question does not apply."""
        if answer in ("", "na", self.safe):
            return ""
        return "doubt" if answer == "unsure" else "risk"


@dataclass(frozen=True)
class Section:
    key: str
    label: str
    questions: tuple[Question, ...]


@cache
def sections() -> tuple[Section, ...]:
    """In the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    labels = {row["section"]: row["label"] for row in rows}
    return tuple(
        Section(key, label, tuple(_question(row) for row in rows if row["section"] == key))
        for key, label in labels.items()
    )


def _question(row: Mapping[str, str]) -> Question:
    return Question(
        id=row["id"],
        text=row["question"],
        safe=row["safe"],
        weight=int(row["weight"]),
        is_critical=row["critical"] == "yes",
        risk=row["risk"],
        advice=row["advice"],
        basis=row["basis"],
    )


def report(answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """One entry per section, every risk and every doubt explained on a line of its own."""
    return [_section_report(section, answers) for section in sections()]


def _section_report(section: Section, answers: Mapping[str, str]) -> dict[str, Any]:
    lines = [line for one in section.questions if (line := _line(one, answers.get(one.id, "")))]
    asked = sum(one.weight for one in section.questions if answers.get(one.id) not in (None, "", "na"))
    found = sum(line["points"] for line in lines)
    percent = round(100 * found / asked) if asked else 0
    return {
        "key": section.key,
        "label": section.label,
        "level": (level := _level(percent, lines)),
        "level_label": LEVELS[level],
        "percent": percent,
        "lines": sorted(lines, key=lambda line: (-line["points"], line["id"])),
    }


def _line(question: Question, answer: str) -> dict[str, Any] | None:
    finding = question.finding(answer)
    if not finding:
        return None
    return {
        "id": question.id,
        "question": question.text,
        "answer": dict(ANSWERS)[answer],
        "finding": finding,
        "points": question.weight if finding == "risk" else question.weight / 2,
        "is_critical": question.is_critical,
        "risk": question.risk if finding == "risk" else f"还不清楚。若做不到：{question.risk}",
        "advice": question.advice,
        "basis": question.basis,
    }


def _level(percent: int, lines: list[dict[str, Any]]) -> str:
    if not lines:
        return "none"
    if percent >= HIGH_PERCENT or any(line["is_critical"] and line["finding"] == "risk" for line in lines):
        return "high"
    return "medium" if percent >= MEDIUM_PERCENT else "low"


def overall(found: list[dict[str, Any]]) -> str:
    """The worst section decides."""
    return min((one["level"] for one in found), key=RANK.index, default="none")
