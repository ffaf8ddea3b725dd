"""The case file (卷宗) of a case: what is in it, what is missing, and the whole of it as one PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.timezone import localdate, localtime

from santai.casework.access import log_of, procedure_of
from santai.casework.models import Case
from santai.casework.timeline import staff_timeline
from santai.documents.binding import Line, Piece, bind
from santai.documents.copies import PLATFORM, original_bytes
from santai.documents.file_order import FileRow, order_of, row_for_letter, row_for_paper
from santai.documents.models import Letter
from santai.documents.sheets import sheets_of
from santai.documents.signing import sheet_bytes
from santai.documents.typesetting import printable, typeset

COURSE = "办理经过"


@dataclass(frozen=True)
class _Item:
    title: str
    at: datetime
    draw: Callable[[], bytes]


def lines_of(case: Case) -> list[Line]:
    """The contents in the order of the procedure: every letter and paper once, and what must be there and is not."""
    rows = order_of(case.procedure)
    taken = {entry.step for entry in log_of(case)}
    items = _items(case, rows)
    lines = [_line(row, items.get(row, []), taken) for row in rows]
    return [line for line in lines if line.pieces or line.is_missing]


def missing_from_file(case: Case) -> list[str]:
    """What the file must have by now and does not."""
    return [line.title for line in lines_of(case) if line.is_missing]


def _line(row: FileRow, items: list[_Item], taken: set[str]) -> Line:
    ordered = sorted(items, key=lambda item: item.at)
    pieces = tuple(Piece(item.title, f"{localdate(item.at):%Y-%m-%d}", item.draw) for item in ordered)
    return Line(row.title, pieces, is_missing=not pieces and row.is_needed(taken))


def _items(case: Case, rows: tuple[FileRow, ...]) -> dict[FileRow, list[_Item]]:
    found: dict[FileRow, list[_Item]] = defaultdict(list)
    for letter in Letter.objects.filter(case_code=case.code).prefetch_related("signatures"):
        kept = found[row_for_letter(rows, letter.kind)]
        kept.append(_Item(f"{letter.title}（{letter.number}）", letter.issued_at, partial(original_bytes, letter)))
        signed = list(letter.signatures.all())
        if signed:
            kept.append(_Item(f"{letter.title}电子签名页", signed[-1].signed_at, partial(sheet_bytes, letter)))
    for paper in case.documents.select_related("file"):
        title = f"{paper.get_kind_display()}（{paper.file.name}）"
        found[row_for_paper(rows, paper.kind)].append(_Item(title, paper.added_at, partial(sheets_of, paper.file)))
    return found


def case_file(case: Case, *, at: datetime) -> bytes:
    """The whole file. Raises documents.binding.TooLong."""
    course = Piece(COURSE, f"{localdate(at):%Y-%m-%d}", partial(_course, case, at))
    return bind(_cover(case, at), [*lines_of(case), Line(COURSE, (course,))], at=at)


def _cover(case: Case, at: datetime) -> dict[str, Any]:
    table = procedure_of(case)
    facts = [
        ("案码", case.code),
        ("程序", table.label),
        ("事项", case.matter or "—"),
        ("当事人", case.applicant.name),
        ("承办人", case.handler.display_name if case.handler else "—"),
        ("收案日期", _day(case.opened_at)),
        ("结案日期", _day(case.closed_at) if case.closed_at else "尚未结案"),
        ("办理结果", table.state_label(case.state)),
    ]
    return {
        "issuer": printable(case.organisation.name if case.organisation else PLATFORM),
        "title": printable(table.label),
        "facts": [(label, printable(words)) for label, words in facts],
        "made": f"本卷由平台于{localtime(at):%Y年%m月%d日 %H:%M}按当时的记录制作",
    }


def _day(moment: datetime) -> str:
    on: date = localdate(moment)
    return f"{on.year}年{on.month}月{on.day}日"


def _course(case: Case, at: datetime) -> bytes:
    steps = [
        {
            "number": str(line.number),
            "at": f"{localtime(line.at):%Y-%m-%d %H:%M}",
            "who": printable(f"{line.who}　{line.channel}"),
            "label": printable(line.label),
            "sentence": printable(line.sentence),
            "details": [(printable(label), printable(words)) for label, words in line.details],
        }
        for line in staff_timeline(case)
    ]
    return typeset("course", {"title": COURSE, "steps": steps}, at=at)
