"""A dossier as a page to print: the same lines as on the screen, in tables, marked on every sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from santai.archive.dossier.reading import PARTS
from santai.archive.dossier.shape import Dossier, Made, Person
from santai.documents.typesetting import printable

Cells = Callable[[Any], list[str]]


def moment(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def day(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d}" if at else ""


def _case(line: Any) -> list[str]:
    rating = f"评分 {line.rating}" if line.rating else ""
    place = "\n".join(word for word in (line.organisation, line.channel) if word)
    times = "\n".join(word for word in (day(line.opened_at), day(line.closed_at)) if word)
    what = "\n".join(word for word in (line.service, line.matter) if word)
    return [line.code, what, "\n".join(word for word in (line.state_label, rating) if word), times, place]


TABLES: dict[str, tuple[Sequence[str], Sequence[int], Cells]] = {
    "cases": (("案码", "服务与事项", "现在或结果", "收到、了结", "承办与来源"), (4, 4, 3, 3, 4), _case),
    "complaints": (("案码", "服务与事项", "现在或结果", "收到、了结", "承办与来源"), (4, 4, 3, 3, 4), _case),
    "letters": (
        ("文号", "名称", "案码", "出具", "送达"),
        (6, 5, 4, 3, 3),
        lambda line: [line.number, line.title, line.case_code, day(line.issued_at), day(line.served_at)],
    ),
    "reliefs": (
        ("案码", "服务", "结论", "理由"),
        (4, 3, 2, 9),
        lambda line: [line.case_code, line.service, line.result, "\n".join(line.reasons)],
    ),
    "ratings": (
        ("时间", "案码", "评分", "说的话"),
        (4, 4, 1, 7),
        lambda line: [moment(line.at), line.case_code, str(line.score), line.comment],
    ),
    "contacts": (
        ("时间", "渠道", "谁接待的"),
        (3, 2, 7),
        lambda line: [moment(line.at), line.channel, "\n".join(line.duties)],
    ),
    "looks": (
        ("时间", "看了什么", "谁看的", "理由"),
        (3, 3, 5, 6),
        lambda line: [moment(line.at), "、".join(line.what), "\n".join([line.by, *line.duties]), line.reason],
    ),
}


def page_of(dossier: Dossier) -> dict[str, Any]:
    made = dossier.made
    return {
        "title": "单位法律服务档案" if dossier.person.kind == "company" else "个人法律服务档案",
        "number": made.number,
        "person": [[label, printable(words)] for label, words in _person(dossier.person) if words],
        "sections": [_section(part.name, part.label, part.nothing, dossier) for part in PARTS if _is_shown(part, made)],
        "made": [printable(line) for line in _made(made)],
        "mark": printable(f"{made.by}　{moment(made.at)}　{made.number}"),
    }


def _is_shown(part: Any, made: Made) -> bool:
    return made.scope == "own" or not part.only_own


def _person(person: Person) -> list[tuple[str, str]]:
    return [
        ("名称" if person.kind == "company" else "姓名", person.name),
        ("电话", person.phone),
        ("证件号码", person.id_number),
        ("特殊群体", "、".join(person.groups)),
        ("首次登记", day(person.since)),
    ]


def _section(name: str, label: str, nothing: str, dossier: Dossier) -> dict[str, Any]:
    head, widths, cells = TABLES[name]
    lines = getattr(dossier, name)
    return {
        "label": f"{label}（{len(lines)}）",
        "nothing": nothing,
        "head": list(head),
        "widths": list(widths),
        "rows": [[printable(cell) for cell in cells(line)] for line in lines],
    }


def _made(made: Made) -> list[str]:
    who = "、".join([made.by, *made.duties])
    lines = [f"导出：{who}　{moment(made.at)}　编号 {made.number}", f"用途：{made.reason}"]
    if made.scope == "staff":
        lines.append("只列出导出人有权查看的内容，个人信息已遮住。只能用于上面写的用途，不得转给别人。")
    if made.is_cut:
        lines.append("内容太多，有的部分只列出最近的，没有全部列出。")
    return lines
