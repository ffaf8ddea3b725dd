"""What the page of a legal aid case tells besides its story: each condition by itself, warnings, the subsidy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from santai.casework.models import Case
from santai.procedures.rules.legal_aid import eligibility_of
from santai.procedures.rules.legal_aid_eligibility import Outcome

# How an outcome looks: tone and icon; the word stands beside it.
LOOKS = {
    Outcome.PASS: ("ok", "check"),
    Outcome.EXEMPT: ("ok", "check"),
    Outcome.COMMITTED: ("soon", "info"),
    Outcome.UNCLEAR: ("soon", "question"),
    Outcome.FAIL: ("late", "alert"),
}
BEFORE_DECISION = frozenset({"submitted", "supplement", "reviewing", "verifying", "prior_aid"})


@dataclass(frozen=True)
class Condition:
    label: str
    word: str
    tone: str
    icon: str
    reason: str
    basis: str


@dataclass(frozen=True)
class Panel:
    """`is_live` while nothing is decided: the conditions as they stand now."""

    conditions: list[Condition]
    standard: str
    override: str
    is_live: bool
    warnings: list[str]
    subsidy: list[str]


def panel_of(case: Case, *, at: datetime) -> Panel | None:
    facts = case.facts
    is_live = case.state in BEFORE_DECISION and "application" in facts and case.procedure.startswith("legal_aid")
    kept: Mapping[str, Any] = eligibility_of(case, at).as_facts() if is_live else facts.get("eligibility", {})
    panel = Panel(
        conditions=[_condition(one) for one in kept.get("criteria", [])],
        standard=str(kept.get("standard_version") or ""),
        override="" if is_live else str(kept.get("override") or ""),
        is_live=is_live,
        warnings=list(_warnings(facts)),
        subsidy=[line for one in facts.get("subsidy", []) for line in [one["payee"], *one["lines"], one["basis"]]],
    )
    return panel if panel.conditions or panel.warnings or panel.subsidy else None


def _condition(one: Mapping[str, Any]) -> Condition:
    outcome = Outcome(one["outcome"])
    tone, icon = LOOKS[outcome]
    return Condition(one["label"], str(outcome.label), tone, icon, one["reason"], one["basis"])


def _warnings(facts: Mapping[str, Any]) -> Iterator[str]:
    notice, hearing, duty = facts.get("notice", {}), facts.get("hearing", {}), facts.get("duty", {})
    if notice.get("notice_was_late"):
        yield f"办案机关应当在{_day(notice['notice_due'])}以前通知，通知书晚了（法律援助法第三十六条）"
    if hearing.get("papers_were_late"):
        due, lead = _day(hearing["papers_due"]), hearing["lead"]
        yield f"法院应当在{due}以前送交材料，距开庭不足{lead}（刑诉法解释第四十九条）"
    if duty.get("notice_was_short"):
        yield f"法律帮助通知书应当在{_day(duty['notice_due'])}以前送来，通知晚了（值班律师工作办法，待核）"
    if facts.get("recorded_late"):
        yield "有的帮助没有当天记入工作台账，是补记的"


def _day(value: str) -> str:
    found = date.fromisoformat(value)
    return f"{found.month}月{found.day}日"
