"""Triage: from what a person says to matter, area of law, procedure, region, urgency, groups and the other side, each
with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from santai.people.models import SpecialGroup
from santai.triage.amounts import amounts_in
from santai.triage.areas import area_of
from santai.triage.deadlines import deadline_alarms
from santai.triage.folding import fold
from santai.triage.matters import GENERAL, Opinion, confidence_in, matters, ranked
from santai.triage.parties import OtherSide, other_sides
from santai.triage.places import full_name_of, is_ours, locate, name_of
from santai.triage.services import Suggestion, suggest
from santai.triage.urgency import Alarm, alarms_in, group_names, groups_in, level_of

# Below this confidence a person looks at it before it is dispatched.
SURE: float = settings.ENV.triage_sure


@dataclass(frozen=True)
class Reason:
    """`kind` is matter, procedure, region, urgency, group, party, amount or doubt; `term` is the word that gave the
    reason."""

    kind: str
    text: str
    term: str = ""


@dataclass(frozen=True)
class Finding:
    """`urgency` is 0, 1 or 2; `confidence` 0 to 1; `amounts` in yuan; `at_once` are sentences for the person;
    `ranking` are the likeliest matters, best first; `area` is the area of law; `others` guesses at the other side."""

    matter: str
    procedure: str
    region: str
    urgency: int
    groups: list[str]
    reasons: list[Reason]
    confidence: float
    amounts: list[int] = field(default_factory=list)
    at_once: list[str] = field(default_factory=list)
    service: str = "consultation"
    suggested_service: str = "法律咨询"
    ranking: list[str] = field(default_factory=list)
    area: str = ""
    others: list[OtherSide] = field(default_factory=list)

    @property
    def needs_person(self) -> bool:
        return self.confidence < SURE or any(reason.kind == "doubt" for reason in self.reasons)

    def as_facts(self) -> dict[str, Any]:
        """What is worth keeping on the case, ready for JSON. Names of others are not: they belong in sealed fields."""
        return {
            "groups": self.groups,
            "amounts": self.amounts,
            "area": self.area,
            "other_roles": [other.label for other in self.others if other.role],
            "service": self.service,
            "confidence": self.confidence,
            "needs_person": self.needs_person,
            "reasons": [[reason.kind, reason.text] for reason in self.reasons],
            "at_once": self.at_once,
        }


def classify(
    text: str, *, region: str = "", groups: Iterable[str] = (), matter: str = "", today: date | None = None
) -> Finding:
    """Never raises on any text. A region, group or matter that is given stands; what speaks against it is a reason.
    Days named in the text are looked at when `today` is given."""
    folded = fold(text)
    opinions = ranked(folded)
    chosen, confidence, matter_reasons = _matter(opinions, matter)
    held, group_reasons = _groups(folded, groups)
    where, region_reasons = _region(folded, region)
    alarms = _alarms(folded, held, chosen, today)
    others = other_sides(folded)
    suggestion = suggest(folded, matter=chosen, groups=held)
    amounts = amounts_in(folded)
    return Finding(
        matter=chosen,
        procedure=suggestion.procedure,
        region=where,
        urgency=level_of(alarms),
        groups=held,
        reasons=[
            *matter_reasons,
            _procedure_reason(suggestion),
            *region_reasons,
            *(_urgency_reason(alarm) for alarm in alarms),
            *group_reasons,
            *(_party_reason(other) for other in others),
            *_amount_reasons(amounts),
        ],
        confidence=confidence,
        amounts=amounts,
        at_once=list(dict.fromkeys(alarm.at_once for alarm in alarms if alarm.at_once)),
        service=suggestion.service,
        suggested_service=suggestion.label,
        ranking=[opinion.matter for opinion in opinions],
        area=area_of(folded, chosen),
        others=others,
    )


def _alarms(folded: str, groups: Sequence[str], matter: str, today: date | None) -> list[Alarm]:
    """A day in the text says more than words such as 快开庭: it goes first among alarms of one level."""
    dated = deadline_alarms(folded, matter, today) if today else []
    return sorted([*dated, *alarms_in(folded, groups)], key=lambda alarm: -alarm.level)


def _matter(opinions: Sequence[Opinion], given: str) -> tuple[str, float, list[Reason]]:
    best = opinions[0]
    confidence = confidence_in(opinions)
    if given in matters():
        return given, 1.0, [Reason("matter", f"已选定事项“{given}”"), *_other_matter(best, given, confidence)]
    if best.matter == GENERAL and not best.terms:
        return GENERAL, confidence, [Reason("matter", "没有认出具体事项，先按综合咨询办理")]
    reasons = [_words_reason(best)]
    if confidence < SURE and len(opinions) > 1:
        reasons.append(Reason("matter", f"也可能是{opinions[1].matter}，请核对"))
    return best.matter, confidence, reasons


def _words_reason(best: Opinion) -> Reason:
    """Terms of the table are said outright; pairs of characters a model went by are only likeness."""
    words = "、".join(f"“{term}”" for term in best.terms[:3])
    if best.points:
        return Reason("matter", f"说到{words}，判断为{best.matter}", best.terms[0])
    return Reason("matter", f"用词（如{words}）与{best.matter}的问题相近", best.terms[0])


def _other_matter(best: Opinion, given: str, confidence: float) -> list[Reason]:
    if best.matter in (given, GENERAL) or confidence < SURE or not best.terms:
        return []
    return [Reason("matter", f"文字内容更像{best.matter}（说到“{best.terms[0]}”），请核对", best.terms[0])]


def _groups(folded: str, given: Iterable[str]) -> tuple[list[str], list[Reason]]:
    stated = [group for group in dict.fromkeys(given) if group in group_names()]
    found = {group: term for group, term in groups_in(folded).items() if group not in stated}
    reasons = [Reason("group", f"本人说明是{SpecialGroup(group).label}") for group in stated]
    reasons += [
        Reason("group", f"说到“{term}”，可能是{SpecialGroup(group).label}", term) for group, term in found.items()
    ]
    return [*stated, *found], reasons


def _region(folded: str, given: str) -> tuple[str, list[Reason]]:
    """A county found inside the given city makes it more exact; anything else found is only reported."""
    found = locate(folded, given=given)
    doubts = [Reason("doubt", doubt) for doubt in found.doubts]
    if not given or not is_ours(given):
        stated = [Reason("region", f"文字里提到{full_name_of(found.code)}", found.term)] if found.code else []
        return found.code or given, [*stated, *doubts]
    if not found.code or given.startswith(found.code):
        return given, []
    if found.code.startswith(given):
        return found.code, [Reason("region", f"文字里提到{full_name_of(found.code)}", found.term)]
    told, meant = name_of(given), full_name_of(found.code)
    return given, [Reason("region", f"填写的是{told}，文字里提到{meant}，请核对", found.term)]


def _procedure_reason(suggestion: Suggestion) -> Reason:
    return Reason("procedure", f"建议{suggestion.label}：{suggestion.reason}", suggestion.term)


def _urgency_reason(alarm: Alarm) -> Reason:
    return Reason("urgency", alarm.reason, "" if alarm.kind == "group" else alarm.term)


def _party_reason(other: OtherSide) -> Reason:
    """Without the name: reasons are kept with the case and shown to many."""
    return Reason("party", f"对方可能是{other.label}", "" if other.name else other.term)


def _amount_reasons(amounts: Sequence[int]) -> list[Reason]:
    return [Reason("amount", f"涉及金额{amount:,}元") for amount in amounts[:3]]
