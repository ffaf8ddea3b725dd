"""What stands on an identity card, out of lines somebody read from a picture. Only what checks out is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

NAME, NUMBER, BIRTH, ADDRESS = "name", "id_number", "birth", "address"
SEX, ISSUER, VALID = "sex", "issuer", "valid_until"
LABELS = {
    "公民身份号码": NUMBER,
    "公民身份证号码": NUMBER,
    "姓名": NAME,
    "性别": SEX,
    "性別": SEX,
    "民族": "",
    "出生": BIRTH,
    "住址": ADDRESS,
    "签发机关": ISSUER,
    "有效期限": VALID,
}
# What is printed on every card and belongs to nobody.
PRINTED = frozenset({"中华人民共和国", "居民身份证"})
SHOWN = {NAME: "姓名", NUMBER: "证件号码", BIRTH: "出生日期", ADDRESS: "住址", ISSUER: "签发机关", VALID: "有效期至"}
IS_NAME = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·]{1,24}")
EIGHTEEN = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PERIOD = re.compile(
    r"(\d{4})[.．·年](\d{2})[.．·月](\d{2})日?\s*[-—－至~]\s*(长期|(\d{4})[.．·年](\d{2})[.．·月](\d{2}))"
)
LONG = "长期"
LEAST_SCORE = 0.6
# Shorter ones are specks, not a line of an address.
SHORTEST_LINE = 3


@dataclass(frozen=True)
class Read:
    """One line of a picture: its words, how sure the reader is (0 to 1), the middle of where it stands, in pixels."""

    text: str
    score: float
    x: float
    y: float


def card_in(lines: Iterable[Read]) -> dict[str, str]:
    """The fields of a card; a field that does not check out is left out. Empty for any other picture."""
    sure = [line for line in lines if line.score >= LEAST_SCORE and line.text.strip()]
    whole = "\n".join(_tidy(line) for line in sure)
    number, period = _number_in(whole), PERIOD.search(whole)
    if not number and not period:
        return {}
    found = {NUMBER: number, BIRTH: _birth_of(number), **_labelled(sure, number)} if number else {}
    found |= {VALID: _end_of(period), ISSUER: _issuer_in(sure)} if period else {}
    return {name: words for name, words in found.items() if words}


def _number_in(whole: str) -> str:
    numbers = (number.upper() for number in EIGHTEEN.findall(whole))
    return next((number for number in numbers if ric.is_valid(number)), "")


def _birth_of(number: str) -> str:
    """The number says it; a birth date that was misread cannot contradict it."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def _end_of(period: re.Match[str]) -> str:
    if period.group(4) == LONG:
        return LONG
    try:
        return date(*(int(part) for part in period.groups()[4:7])).isoformat()
    except ValueError:
        return ""


def _labelled(lines: list[Read], number: str) -> dict[str, str]:
    """The name stands nearest to its label, the address is what is left; the picture may lie on its side."""
    marks, free = _sorted_out(lines, number)
    found: dict[str, str] = {}
    if NAME in marks:
        found[NAME] = _name_at(marks, free)
    if ADDRESS in marks:
        words, label = marks[ADDRESS]
        rest = (line for line in free if _tidy(line) != found.get(NAME) and len(_tidy(line)) >= SHORTEST_LINE)
        ordered = sorted(rest, key=lambda line: _distance(line, label))
        found[ADDRESS] = "".join([words, *(_tidy(line) for line in ordered)])
    return found


def _tidy(line: Read) -> str:
    return "".join(line.text.split())


def _sorted_out(lines: list[Read], number: str) -> tuple[dict[str, tuple[str, Read]], list[Read]]:
    """Lines that begin with a label, by field, with what follows it; and the lines without one."""
    marks: dict[str, tuple[str, Read]] = {}
    free = []
    for line in lines:
        words = _tidy(line)
        label = next((label for label in LABELS if words.startswith(label)), None)
        if label is not None:
            marks.setdefault(LABELS[label], (words.removeprefix(label), line))
        elif words not in PRINTED and number not in words.upper() and not _is_a_day(words):
            free.append(line)
    return marks, free


def _is_a_day(words: str) -> bool:
    return re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日?", words) is not None


def _name_at(marks: dict[str, tuple[str, Read]], free: list[Read]) -> str:
    """What follows the label on its line, else what stands nearest to it and not nearer to the address."""
    words, label = marks[NAME]
    if words:
        return words if IS_NAME.fullmatch(words) else ""
    address = marks.get(ADDRESS, ("", None))[1]
    named = [
        line
        for line in free
        if IS_NAME.fullmatch(_tidy(line)) and (not address or _distance(line, label) < _distance(line, address))
    ]
    nearest = min(named, key=lambda line: _distance(line, label), default=None)
    return _tidy(nearest) if nearest else ""


def _issuer_in(lines: list[Read]) -> str:
    marks, free = _sorted_out(lines, "-")
    words = marks[ISSUER][0] if ISSUER in marks else ""
    bodies = (_tidy(line) for line in free)
    return words or next((body for body in bodies if body.endswith(("公安局", "分局", "公安厅"))), "")


def _distance(one: Read, other: Read) -> float:
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2
