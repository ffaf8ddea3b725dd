"""Exact citations in a question: 民法典1079条, 《劳动合同法》第三十八条, 刑法133条之一. They come before any search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from santai.knowledge.folding import fold
from santai.knowledge.names import LOOSE, Place, canonical
from santai.knowledge.numerals import to_int

# Short names people use; each leads to the first name of the list that the library has.
USUAL = {
    "民诉法": "民事诉讼法",
    "刑诉法": "刑事诉讼法",
    "行诉法": "行政诉讼法",
    "消法": "消费者权益保护法",
    "消保法": "消费者权益保护法",
    "劳动争议仲裁法": "劳动争议调解仲裁法",
    "劳动仲裁法": "劳动争议调解仲裁法",
    "道交法": "道路交通安全法",
    "交通安全法": "道路交通安全法",
    "治安处罚法": "治安管理处罚法",
    "治安法": "治安管理处罚法",
    "未保法": "未成年人保护法",
    "反家暴法": "反家庭暴力法",
    "妇女保障法": "妇女权益保障法",
    "老年人保障法": "老年人权益保障法",
    "民法总则": "民法典",
    "土地承包法": "农村土地承包法",
    "个人信息法": "个人信息保护法",
    "复议法": "行政复议法",
    "行政复议法": "行政复议法",
    "公务员法": "公务员法",
}
LONGEST = 300
_INTERPRETATION = re.compile(
    r"最高人民法院.*?关于(?:适用|审理)(?P<about>.+?)的?(?P<kind>解释|规定)(?:（(?P<part>.)）)?$"
)
_KEPT = re.compile(r"[^\w]|_")


@dataclass(frozen=True)
class Cited:
    """What a question names: a law of the library, and the article when there is one."""

    law: str
    place: Place | None


def plain(name: str) -> str:
    return _KEPT.sub("", canonical(name))


class Names:
    """The names of the laws of a library, ready to be found in a question."""

    def __init__(self, laws: Sequence[str]) -> None:
        self.by_name = {plain(law): law for law in laws}
        for short, name in USUAL.items():
            if name in self.by_name:
                self.by_name.setdefault(short, self.by_name[name])
        for law in laws:
            self._interpretations(law)
        self.longest = max(map(len, self.by_name), default=0)

    def _interpretations(self, law: str) -> None:
        """民法典担保制度解释, 民诉法解释: the name in 《》 and what the interpretation is about, without the courts."""
        found = _INTERPRETATION.match(plain_brackets(law))
        if found:
            part = found["part"] or ""
            short = plain(re.sub(r"若干问题|适用法律|有关|案件", "", found["about"])) + found["kind"] + part
            self.by_name.setdefault(short, law)

    def ending_at(self, text: str, end: int) -> str | None:
        """The longest name that ends just before `end`."""
        for size in range(min(self.longest, end), 1, -1):
            if text[end - size : end] in self.by_name:
                return self.by_name[text[end - size : end]]
        return None


def plain_brackets(name: str) -> str:
    return canonical(name).replace("(", "（").replace(")", "）")


def cited(question: str, names: Names) -> list[Cited]:
    """Every article (or a whole law, when the question is its name alone) that the question cites."""
    text = fold(question[:LONGEST])
    whole = names.by_name.get(plain(text))
    if whole:
        return [Cited(whole, None)]
    found: list[Cited] = []
    law = None
    for one in LOOSE.finditer(text):
        before = plain(text[: one.start()])
        law = names.ending_at(before, len(before)) or (law if found else None)
        place = _place(one)
        if law and place:
            found.append(Cited(law, place))
    return list(dict.fromkeys(found))


def _place(found: re.Match[str]) -> Place | None:
    try:
        number = to_int(found["number"])
        suffix = to_int(found["dash"] or found["suffix"] or "零")
    except ValueError:
        return None
    return Place(number, suffix) if 0 < number < 10_000 and 0 <= suffix < 100 else None


@lru_cache(maxsize=2)
def names_of(laws: tuple[str, ...]) -> Names:
    return Names(laws)


def nearest(question: str, names: Names) -> str | None:
    """A law whose name is a slip of the pen away from the question; None when there is none or the name is right."""
    asked = plain(fold(question[:60]))
    if not 3 <= len(asked) <= 40 or asked in names.by_name:
        return None
    most, letters = (1 if len(asked) < 8 else 2), set(asked)
    near = [
        name
        for name in names.by_name
        if abs(len(name) - len(asked)) <= most and len(letters.symmetric_difference(name)) <= 2 * most
    ]
    found = [(distance, len(name), name) for name in near if (distance := _distance(asked, name, most)) <= most]
    return names.by_name[min(found)[2]] if found else None


def _distance(one: str, other: str, most: int) -> int:
    """Edits (exchange, insert, drop, swap of neighbours) between two short texts; `most` + 1 when there are more."""
    rows = [list(range(len(other) + 1))]
    for i, mine in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (mine != theirs)))
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return rows[-1][-1]
