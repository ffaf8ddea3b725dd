"""The advice sheet and the drafts as PDF, and the time limits as a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from santai.documents.typesetting import printable, typeset
from santai.guidance import words
from santai.guidance.outcome import Due, Outcome, Paper

SHEET = "法律咨询意见书"
GENERAL = (
    "这是一般性信息，根据您填写的内容自动整理，没有人核实过事实，不能代替律师的意见。",
    "拿不准的，拨打12348，或者在平台上提出诉求，由专人答复，不收费。",
)
DRAFT_NOTES = (
    "这是草稿。请把标出“待填”的地方补全，逐句核对是不是事实，再签名（按指印）、写日期、提交。",
    "身份证号、住址等不在网上问您，请自己填在纸上。",
)
Row = tuple[str, str, str]


def advice_pdf(outcome: Outcome, *, at: datetime) -> bytes:
    sections = [(heading, rows) for heading, rows in _sections(outcome) if rows]
    page = {
        "title": SHEET,
        "subtitle": f"{outcome.interview.title}　　{words.day(outcome.on)}",
        "sections": [{"heading": heading, "rows": [_printed(row) for row in rows]} for heading, rows in sections],
        "notes": [printable(note) for note in notes_of(outcome)],
    }
    return typeset("advice", page, at=at)


def notes_of(outcome: Outcome) -> list[str]:
    return [*GENERAL, f"所引法律核对至{words.day(outcome.interview.as_of)}；以后有修改的，以新的规定为准。"]


def draft_pdf(paper: Paper, *, at: datetime) -> bytes:
    lines = [
        (line.kind, line.number, [(printable(text), is_blank) for text, is_blank in line.pieces])
        for line in paper.lines
    ]
    return typeset("draft", {"title": printable(paper.title), "lines": lines, "notes": list(draft_notes(paper))}, at=at)


def draft_notes(paper: Paper) -> tuple[str, ...]:
    return (*((paper.note,) if paper.note else ()), *DRAFT_NOTES)


def _sections(outcome: Outcome) -> Iterable[tuple[str, list[Row]]]:
    yield "先做这几件事", [row for each in outcome.urgent for row in _advice(each.text, each.laws, kind="urgent")]
    yield "您说的情况", [("row", question.short, told) for question, told in outcome.facts if not question.private]
    yield (
        "逐项对照",
        [("row", f"{each.label}：{each.outcome}", f"{each.reason}（{each.basis}）") for each in outcome.findings],
    )
    yield "意见", [row for each in outcome.advice if not each.urgent for row in _advice(each.text, each.laws)]
    yield (
        "能算出来的钱",
        [row for each in outcome.sums for row in _sum(each.label, each.amount, each.shown, each.note, each.laws)],
    )
    yield "期限", [("row", due.label, told_of(due)) for due in outcome.deadlines]
    yield "要准备的材料", [("text", "", f"· {text}") for text in outcome.papers]
    yield "还没弄清楚的", [("row", question.short, question.unsure) for question in outcome.way.unclear]
    yield (
        "用到的公布数字",
        [("row", each.label, figure_told(each.told, each.basis, each.is_confirmed)) for each in outcome.figures],
    )


def _advice(text: str, laws: tuple[str, ...], *, kind: str = "text") -> list[Row]:
    return [(kind, "", text), *([("source", "", f"依据：{'；'.join(laws)}")] if laws else [])]


def _sum(label: str, amount: str, shown: str, note: str, laws: tuple[str, ...]) -> list[Row]:
    how = f"{amount}　＝　{shown}" if shown else amount
    under = "　".join(part for part in (note, f"依据：{'；'.join(laws)}" if laws else "") if part)
    return [("row", label, how), *([("source", "", under)] if under else [])]


def figure_told(told: str, basis: str, is_confirmed: bool) -> str:
    return "；".join(part for part in (told, basis, "" if is_confirmed or not basis else "待核实") if part)


def told_of(due: Due) -> str:
    """The last day, how it came about, and what to mind."""
    parts = [f"{due.rule}（{due.basis}）", due.note]
    if due.on is None:
        return "。".join(part.rstrip("。") for part in parts if part) + "。"
    state = "已经过了" if due.is_over else f"还有{due.left}天"
    provisional = "" if due.is_certain else "，那一年的放假安排还没公布，到时再核一次"
    return (
        f"{words.day(due.on)}止，{state}{provisional}。" + "。".join(part.rstrip("。") for part in parts if part) + "。"
    )


def _printed(row: Row) -> Row:
    kind, label, text = row
    return kind, printable(label), printable(text)


# --- the calendar (RFC 5545) --------------------------------------------------------------------------------------


def calendar_of(outcome: Outcome, *, at: datetime) -> str:
    """A whole-day entry for each limit still to come, with a reminder a week before."""
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Santai//guidance//ZH", "CALSCALE:GREGORIAN"]
    for due in outcome.deadlines:
        if due.on and not due.is_over:
            lines += _event(outcome, due, due.on, stamp)
    return "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"


def _event(outcome: Outcome, due: Due, on: date, stamp: str) -> list[str]:
    # Nobody who looks over a shoulder learns from a calendar what the matter is, where that may be dangerous.
    summary = "12348 咨询事项到期" if outcome.interview.sensitive else f"最后一天：{due.label}"
    return [
        "BEGIN:VEVENT",
        f"UID:{outcome.interview.slug}-{due.id}-{on:%Y%m%d}@santai",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P7D",
        f"DESCRIPTION:{_escaped(summary)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _folded(line: str, most: int = 73) -> str:
    """Lines of at most 75 bytes, cut between characters."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > most:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])


def file_name(title: str, at: datetime, ending: str) -> str:
    return f"{title}{localdate(at):%Y%m%d}.{ending}"
