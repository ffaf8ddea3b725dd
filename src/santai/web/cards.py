"""What the pages tell of a picture of an identity card: a suggestion beside what is registered, never more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.documents.cards import LONG, NAME, NUMBER, SHOWN, VALID
from santai.documents.models import Reading
from santai.documents.reading import ahead_of, card_of, is_readable
from santai.people.models import Party

NOT_A_CARD = "照片里没有读出身份证的内容，请手工填写。"


@dataclass
class Shown:
    waiting: bool = False
    ahead: int = 0
    problem: str = ""
    rows: list[Any] = field(default_factory=list)


def plainly(reading: Reading) -> Shown:
    """For whoever writes the person down and has the card before them."""
    if reading.done_at is None:
        return Shown(waiting=True, ahead=ahead_of(reading))
    found = card_of(reading)
    if not found:
        return Shown(problem=reading.problem or NOT_A_CARD)
    return Shown(rows=[(label, found[name]) for name, label in SHOWN.items() if name in found])


def compared(reading: Reading, party: Party, *, at: datetime) -> Shown:
    """For the case page: masked as the person is there, with what differs from what is registered."""
    if reading.done_at is None:
        return Shown(waiting=True, ahead=ahead_of(reading))
    found = card_of(reading)
    if not found:
        return Shown(problem=reading.problem or NOT_A_CARD)
    rows = []
    if NAME in found:
        rows.append(("姓名", Party(name=found[NAME]).masked_name, _same(found[NAME], party.name)))
    if NUMBER in found:
        rows.append(("证件号码", Party(id_number=found[NUMBER]).masked_id, _same(found[NUMBER], party.id_number)))
    if VALID in found:
        rows.append(("有效期至", found[VALID], _expired(found[VALID], at)))
    return Shown(rows=rows)


def _same(read: str, registered: str) -> str:
    if not registered:
        return "登记里没有，请核对后补上"
    return "与登记的一致" if read == registered else "与登记的不一致，请核对"


def _expired(until: str, at: datetime) -> str:
    return "已过期，请核对" if until != LONG and until < localdate(at).isoformat() else ""


def with_cards(case: Case, *, at: datetime) -> list[Any]:
    """The papers of a case; each with `card`, what was read in it, and `may_read`, whether it can be."""
    papers: list[Any] = list(case.documents.select_related("file__reading"))
    for paper in papers:
        reading = getattr(paper.file, "reading", None)
        paper.card = compared(reading, case.applicant, at=at) if reading else None
        paper.may_read = is_readable(paper.file)
    return papers
