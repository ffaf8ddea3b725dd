"""What the pages tell of a picture of an identity card: a suggestion beside what is registered, never more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.files import File
from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.documents.cards import ADDRESS, LONG, NAME, NUMBER, SHOWN, VALID
from santai.documents.files import BadFile, store
from santai.documents.models import DocumentKind, Reading
from santai.documents.reading import ahead_of, ask, card_of, is_readable
from santai.people.models import Party
from santai.procedures.forms.fields import SealedTextField
from santai.trust.models import User

# What may be the picture of a card; whatever else lies in a case is not offered to be read.
CARDS = frozenset({DocumentKind.IDENTITY, DocumentKind.OTHER})
NOT_A_CARD = "照片里没有读出身份证的内容，请手工填写。"
TOO_SLOW = "照片还没有读好，可能正忙。请先手工填写；过一会儿刷新这一页再看。"
TOO_MANY = "现在等着读取的照片很多，请手工填写。"
PATIENCE = timedelta(seconds=60)
MOST_WAITING = 30


@dataclass
class Shown:
    waiting: bool = False
    ahead: int = 0
    problem: str = ""
    rows: list[Any] = field(default_factory=list)


def take_photo(upload: File[Any] | None, *, by: User | None, at: datetime) -> Reading | str:
    """The photograph in the line to be read, or in words why not."""
    if upload is None:
        return "请先选择或者拍一张身份证正面的照片。"
    if Reading.objects.filter(done_at__isnull=True).count() >= MOST_WAITING:
        return TOO_MANY
    try:
        reading = ask(store(upload, by=by), at=at)
    except BadFile as fault:
        return f"{fault.problems[0]}。{fault.todo}"
    return reading or "这张照片不能读取，请手工填写。"


def suggest(form: forms.Form, found: Mapping[str, str], *, fills: Mapping[str, str], use: bool) -> None:
    """Beside each field what was read of it; with `use` it stands in the field, still to be sent by whoever checked it.

    `fills` leads from fields to the parts of a card."""
    for name, part in fills.items():
        if part not in found:
            continue
        field = form.fields[name]
        field.help_text = f"{field.help_text} 从照片读出，请核对：{found[part]}".strip()
        # Of several fields for a name nobody knows which one is meant.
        if use and not form.is_bound and list(fills.values()).count(part) == 1:
            form.initial[name] = found[part]


def fills_of(form: forms.Form) -> dict[str, str]:
    """The fields of a step's form that ask for what stands on a card."""
    return {name: part for name, field in form.fields.items() if (part := _part_for(name, field))}


def _part_for(name: str, field: forms.Field) -> str:
    if not isinstance(field, forms.CharField) or isinstance(field.widget, forms.Select | forms.HiddenInput):
        return ""
    label = str(field.label)
    if "id_number" in name or "身份证号" in label or "证件号" in label:
        return NUMBER
    if "住址" in label or (name.endswith("address") and "邮" not in label):
        return ADDRESS
    return NAME if isinstance(field, SealedTextField) and "姓名" in label else ""


def plainly(reading: Reading, *, at: datetime) -> Shown:
    """For whoever writes the person down and has the card before them."""
    if reading.done_at is None:
        return Shown(problem=TOO_SLOW) if at - reading.asked_at > PATIENCE else Shown(True, ahead_of(reading))
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
        paper.may_read = paper.kind in CARDS and is_readable(paper.file)
    return papers
