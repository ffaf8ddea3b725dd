"""What an agent should keep in mind and ask, next to the conversation."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone

from santai.knowledge.entries.finding import find
from santai.knowledge.models import Entry
from santai.triage.classify import Finding, classify
from santai.triage.matters import GENERAL
from santai.web.entries import Shown, shown

ANSWERS = 2
# What may be read out; a case or a policy would have to be explained.
READ_OUT = frozenset({Entry.Kind.ANSWER, Entry.Kind.GUIDE})
QUESTIONS = Path(__file__).with_name("questions.csv")
# Said whatever the matter is.
ALWAYS = (
    ("hurry", "有人正在挨打、要自杀、要出人命：先请来电人拨打 110、120，别挂断，再办“转紧急处置”。"),
    ("clock", "问清事情是哪一天发生的：劳动仲裁一年，起诉一般三年，行政复议六十天。"),
    ("lock", "身份证号、银行卡号不强问；验证码谁问都不要说。"),
)


@dataclass(frozen=True)
class Guidance:
    matter: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What triage makes of the words so far. `alarms` are sentences to say to the caller at once; `answers` are to be
    read out."""

    finding: Finding
    urgency: str
    guidance: Guidance
    answers: tuple[Shown, ...] = ()

    @property
    def alarms(self) -> list[str]:
        return self.finding.at_once


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with QUESTIONS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["matter"], []).append(row["question"])
    return {matter: tuple(questions) for matter, questions in found.items()}


def guidance_for(matter: str) -> Guidance:
    known = matter if matter in _table() else GENERAL
    return Guidance(known, _table()[known])


def preview_of(text: str, *, region: str = "", groups: tuple[str, ...] = ()) -> Preview | None:
    """None while there is too little to go by."""
    if len(text.strip()) < 4:
        return None
    today = timezone.localdate()
    finding = classify(text, region=region, groups=groups, today=today)
    urgency = {0: "一般", 1: "优先", 2: "紧急"}[finding.urgency]
    found = find(text, today=today, kinds=READ_OUT, region=region, matter=finding.matter, limit=ANSWERS)
    return Preview(finding, urgency, guidance_for(finding.matter), tuple(shown(found)))
