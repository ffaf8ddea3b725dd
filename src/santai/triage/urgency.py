"""How urgent a need is, why, and what the person must do at once; and which special groups it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from santai.people.models import SpecialGroup
from santai.triage.lexicon import is_denied
from santai.triage.tables import lexicon_of, rows_of

ADULT_AGE = 18
ELDERLY_AGE = 60  # 老年人权益保障法第2条
OLDEST = 120
_AGE = re.compile(r"(?<!\d)(\d{1,3})(?:周岁|岁)(?!以上|以下|前|后|时候)")


@dataclass(frozen=True)
class Alarm:
    """One reason for haste. `level` is 1 (first among others) or 2 (at once)."""

    level: int
    kind: str
    reason: str
    at_once: str
    term: str


@cache
def group_names() -> frozenset[str]:
    return frozenset(SpecialGroup.values)


def groups_in(folded: str) -> dict[str, str]:
    """Special groups a text speaks of, each with the word that showed it. A term without a group is a false friend of
    a shorter one: 残疾赔偿金 speaks of nobody's disability."""
    found: dict[str, str] = {}
    for hit in lexicon_of("groups.csv").find(folded):
        if not is_denied(folded, hit.start):
            for row in hit.rows:
                if row["group"]:
                    found.setdefault(row["group"], hit.term)
    for match in _AGE.finditer(folded):
        group = _group_of_age(int(match[1]))
        if group:
            found.setdefault(group, match[0])
    return found


def _group_of_age(age: int) -> str:
    if age < ADULT_AGE:
        return SpecialGroup.MINOR
    return SpecialGroup.ELDERLY if ELDERLY_AGE <= age <= OLDEST else ""


@cache
def _alarms_of_groups() -> dict[str, Alarm]:
    return {row["term"]: _alarm(row) for row in rows_of("urgency.csv") if row["kind"] == "group"}


def _alarm(row: dict[str, str]) -> Alarm:
    return Alarm(int(row["level"]), row["kind"], row["reason"], row["at_once"], row["term"])


def alarms_in(folded: str, groups: Iterable[str] = ()) -> list[Alarm]:
    """Each reason once, the most urgent first."""
    found: dict[str, Alarm] = {}
    for hit in lexicon_of("urgency.csv").find(folded):
        if not is_denied(folded, hit.start):
            for row in hit.rows:
                if row["kind"] != "group" and row["reason"] not in found:
                    found[row["reason"]] = _alarm(row)
    for group in groups:
        alarm = _alarms_of_groups().get(group)
        if alarm:
            found.setdefault(alarm.reason, alarm)
    return sorted(found.values(), key=lambda alarm: -alarm.level)


def level_of(alarms: Sequence[Alarm]) -> int:
    return max((alarm.level for alarm in alarms), default=0)
