"""Decisions a statutory procedure already makes: an interview asks for what the rule needs and shows its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from santai.documents.models import DocumentKind
from santai.procedures.rules import legal_aid_eligibility as aid

NOT_AT_ALL = ("no", "都不是")


@dataclass(frozen=True)
class Finding:
    """One condition with its answer, reason and article."""

    label: str
    outcome: str
    reason: str
    basis: str


@dataclass(frozen=True)
class Findings:
    """`values` are names that conditions of the interview may use."""

    rows: tuple[Finding, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def legal_aid(values: Mapping[str, Any], region: str, on: date) -> Findings:
    """法律援助法 31-44, criterion by criterion as the office will judge it."""
    application = {name: _plain(value) for name, value in values.items()}
    application |= {"no_limit": _chosen(application, "no_limit"), "unchecked": _chosen(application, "unchecked")}
    application |= {name: application.get(name) == "yes" for name in ("has_agent", "adverse_lives_with")}
    application["commitment"] = application.get("commitment") == "yes"
    application["documents"] = _papers(application)
    found = aid.assess(application, aid.standard_for(region, on), region, on)
    rows = tuple(Finding(c.label, str(c.outcome.label), c.reason, c.basis) for c in found.criteria)
    outcomes = {f"aid_{c.name}": str(c.outcome.value) for c in found.criteria}
    return Findings(rows, {"aid_overall": str(found.overall.value), **outcomes})


def _papers(application: Mapping[str, Any]) -> tuple[DocumentKind, ...]:
    """Those the person says they can bring."""
    papers = []
    if application.get("has_proof") == "yes":
        papers.append(DocumentKind.EXEMPTION)
    if application["commitment"]:
        papers.append(DocumentKind.COMMITMENT)
    return tuple(papers)


def _chosen(application: Mapping[str, Any], name: str) -> str:
    chosen = str(application.get(name) or "")
    return "" if chosen in (NOT_AT_ALL[0], "unsure") else chosen


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


Rule = Callable[[Mapping[str, Any], str, date], Findings]
RULES: dict[str, Rule] = {"legal_aid": legal_aid}
# Names the rules add, with the values they may have.
OUTCOMES = tuple(aid.Outcome.values)
ADDS: dict[str, dict[str, tuple[str, ...]]] = {
    "legal_aid": {f"aid_{name}": OUTCOMES for name in ("overall", "scope", "agent", "venue", "term", "hardship")},
}
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "legal_aid.matter": tuple((str(value), str(label)) for value, label in aid.Matter.choices),
    "legal_aid.no_limit": (*((str(value), str(label)) for value, label in aid.NoLimit.choices), NOT_AT_ALL),
    "legal_aid.unchecked": (*((str(value), str(label)) for value, label in aid.Unchecked.choices), NOT_AT_ALL),
}


def options_from(name: str) -> tuple[tuple[str, str], ...]:
    return CHOICES[name]
