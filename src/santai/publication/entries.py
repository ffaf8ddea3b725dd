"""From a decision to an entry: what is told of it, without private data, and what becomes of the entry afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from santai.casework.actions import open_case, take_step
from santai.casework.models import Case, LogEntry
from santai.documents.models import Letter
from santai.procedures.forms.publication import Phase, Subject
from santai.procedures.publication import S
from santai.procedures.rules.desensitising import desensitised, masked_name
from santai.procedures.rules.publication import TEXT
from santai.publication.models import Entry
from santai.registry.models import Region
from santai.trust.actors import SYSTEM

PROCEDURE = "publication"
# The longest that fits the columns of an entry.
SHORT, LONG, WHOLE = 200, 1000, 20000
STANDING = frozenset({S.PUBLISHED, S.REVISING})
NOT_YET = frozenset({S.DRAFT, S.CHECKING})


def told_of(case: Case, text: str, longest: int) -> str:
    """A text about this case without the name of a person or a number that leads to one."""
    names = [case.applicant.name] if case.applicant.kind == "person" else []
    return desensitised(text, names)[:longest]


def number_of(case: Case, *kinds: str) -> str:
    letter = Letter.objects.filter(case_code=case.code, kind__in=kinds).order_by("issued_at", "pk").last()
    return letter.number if letter else ""


def penalty(case: Case, entry: LogEntry) -> dict[str, Any]:
    decision = case.facts["decision"]
    number = number_of(case, "enforcement_penalty", "enforcement_on_spot", "enforcement_changed")
    party = masked_name(case.applicant.name, kind=case.applicant.kind)
    kind = "当场行政处罚" if decision.get("is_simple") else "行政处罚"
    basis = next((line for line in decision["lines"] if line.startswith("依据：")), "")
    return {
        "phase": Phase.AFTER,
        "subject": Subject.PENALTY,
        "title": f"{party}{kind}决定",
        "party": party,
        "number": number,
        "result": told_of(case, "、".join(decision["sanctions"]), LONG),
        "basis": told_of(case, basis.removeprefix("依据："), LONG),
        "content": told_of(case, decision["facts"], WHOLE),
        "formed_on": decision["decided_on"],
    }


def licence(case: Case, entry: LogEntry) -> dict[str, Any]:
    decision, label = case.facts["decision"], case.facts["item_label"]
    party = masked_name(case.applicant.name, kind=case.applicant.kind)
    return {
        "phase": Phase.AFTER,
        "subject": Subject.LICENCE,
        "title": f"准予{party}{label}决定",
        "party": party,
        "number": number_of(case, "licence_granted"),
        "result": "准予许可",
        "basis": "行政许可法第三十八条",
        "content": told_of(case, decision["content"], WHOLE),
        "formed_on": decision["decided_on"],
    }


def inspection(case: Case, entry: LogEntry) -> dict[str, Any]:
    """Names of bodies are public; what was found is told in the words of the result alone."""
    places = case.facts["places"]
    lines = [f"{number}. {place['name']}：{place['result_label']}" for number, place in enumerate(places, start=1)]
    return {
        "phase": Phase.AFTER,
        "subject": Subject.INSPECTION,
        "title": f"双随机检查结果（{len(places)}家）",
        "result": f"共检查{len(places)}家",
        "basis": "国办发〔2015〕58号",
        "content": "\n".join(lines)[:WHOLE],
        "formed_on": localdate(entry.at).isoformat(),
    }


def hearing(case: Case, entry: LogEntry) -> dict[str, Any]:
    held_on, place = entry.data["held_on"], told_of(case, entry.data["place"], SHORT)
    party = masked_name(case.applicant.name, kind=case.applicant.kind)
    return {
        "phase": Phase.DURING,
        "subject": Subject.NOTICE,
        "title": f"{party}涉嫌违法一案公开听证公告",
        "party": party,
        "content": f"定于{held_on}在{place}公开举行听证，公民、法人和其他组织可以旁听。",
        "formed_on": localdate(entry.at).isoformat(),
    }


def take_in(case: Case, entry: LogEntry, found: Mapping[str, Any]) -> Case:
    """A publication is begun for what was just decided; its period runs from the decision."""
    known = {**found, **{name: str(found.get(name) or "")[:SHORT] for name in ("title", "party", "number")}}
    is_slight = _is_slight(case) if found["subject"] == Subject.PENALTY else False
    begun = open_case(
        PROCEDURE,
        applicant=case.applicant,
        region=case.region,
        text=known["title"],
        channel=SYSTEM.channel,
        actor=SYSTEM,
        organisation=case.organisation,
        facts={"source": case.code, "is_slight": is_slight},
        at=entry.at,
    )
    step = "take_in_decision" if found["subject"] in {Subject.PENALTY, Subject.LICENCE} else "take_in"
    take_step(begun, step, actor=SYSTEM, data=known, at=entry.at)
    return begun


def _is_slight(case: Case) -> bool:
    """A warning alone stands for a short time."""
    decision = case.facts["decision"]
    return bool(decision["sanctions"] == ["警告"])


def withdraw_all(case: Case, entry: LogEntry) -> int:
    """Every entry about this case is hidden at once; what was public waits for its public reason (3 working days)."""
    revocation = case.facts["revocation"]
    ground = "changed" if entry.step == "change_decision" else "redo" if entry.step == "order_redo" else "revoked"
    data = {
        "ground": ground,
        "received_on": revocation["received_on"],
        "public_reason": told_of(case, revocation["public_reason"], LONG),
    }
    rows = Entry.objects.filter(source=case, hidden_at__isnull=True, phase=Phase.AFTER)
    for row in rows.select_related("case__applicant", "case__organisation"):
        begun: Case = row.case
        if begun.state in STANDING | NOT_YET:
            step = "withdraw" if row.published_at else "cancel"
            take_step(begun, step, actor=SYSTEM, data=data, at=entry.at)
    return len(rows)


# --- the copy the public reads ------------------------------------------------------------------------------------


def begin(case: Case) -> Entry:
    text = case.facts["text"]
    office = case.organisation
    source = case.facts.get("source")
    entry, _ = Entry.objects.get_or_create(
        case=case,
        defaults={
            "source": Case.objects.filter(code=source).first() if source else None,
            "phase": text["phase"],
            "subject": text["subject"],
            "item": text.get("item") or "",
            "formed_on": date.fromisoformat(text["formed_on"]),
            "organisation": office,
            "region": office.region if office else Region.objects.filter(code=case.region).first(),
        },
    )
    return entry


def publish(case: Case, *, at: datetime) -> None:
    """The approved text, word for word; the first day of publication stays."""
    until = case.facts.get("until")
    row = Entry.objects.get(case=case)
    fields = {name: str(case.facts["text"].get(name) or "") for name in TEXT}
    shown_until = date.fromisoformat(until) if until else None
    Entry.objects.filter(pk=row.pk).update(
        **fields, published_at=row.published_at or at, shown_until=shown_until, hidden_at=None
    )


def hide(case: Case, *, at: datetime) -> None:
    Entry.objects.filter(case=case, hidden_at__isnull=True).update(hidden_at=at)


def take_down(case: Case, *, at: datetime) -> None:
    """The content goes; that something stood there, under which number, and why it went, stays."""
    hide(case, at=at)
    gone = {"party": "", "result": "", "basis": "", "content": "", "title": "已撤下的公示信息"}
    Entry.objects.filter(case=case).update(taken_down_at=at, reason=case.facts["public_reason"], **gone)
