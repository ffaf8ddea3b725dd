"""What the questionnaire of an enterprise check-up found: the lawyer sees it before reporting, the enterprise after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from santai.casework.models import Case

CHECKUP = "enterprise_checkup"
WITH_LAWYER = frozenset({"reviewing", "reported", "rectifying", "closed"})
REPORTED = frozenset({"reported", "rectifying", "closed"})
MENDING = frozenset({"rectifying", "closed"})
# How a level looks: tone and icon; the word stands beside it.
LOOKS = {
    "high": ("late", "alert"),
    "medium": ("soon", "alert"),
    "low": ("soon", "info"),
    "none": ("ok", "check"),
}


@dataclass(frozen=True)
class Part:
    """`lines` are the risks and doubts of one part of the questionnaire, the gravest first."""

    label: str
    word: str
    tone: str
    icon: str
    lines: list[Mapping[str, Any]]
    standing: str


@dataclass(frozen=True)
class Findings:
    overall: str
    parts: list[Part]


def for_staff(case: Case) -> Findings | None:
    return _findings(case) if case.procedure == CHECKUP and case.state in WITH_LAWYER else None


def for_company(cases: Iterable[Case]) -> Findings | None:
    """The newest that a lawyer has reported."""
    reported = [case for case in cases if case.procedure == CHECKUP and case.state in REPORTED]
    return _findings(reported[-1]) if reported else None


def _findings(case: Case) -> Findings | None:
    if "report" not in case.facts:
        return None
    mended = set(case.facts.get("mended", [])) if case.state in MENDING else None
    return Findings(case.facts["overall_label"], [_part(one, mended) for one in case.facts["report"]])


def _part(one: Mapping[str, Any], mended: set[str] | None) -> Part:
    tone, icon = LOOKS[one["level"]]
    standing = ""
    if mended is not None and one["lines"]:
        standing = "已整改，复查通过" if one["key"] in mended else "还没有复查通过"
    return Part(one["label"], one["level_label"], tone, icon, one["lines"], standing)
