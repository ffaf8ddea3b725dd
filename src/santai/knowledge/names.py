"""How laws and articles are named: the short name, the address, and 第三十四条之一 in all its spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from santai.knowledge.folding import fold
from santai.knowledge.numerals import NUMERAL, to_chinese, to_int

STATE = "中华人民共和国"
_MARKS = re.compile(r"[\s《》〈〉<>\u3000]")
_NUMBER = rf"(?:{NUMERAL}{{1,9}}|\d{{1,4}})"
LABEL = re.compile(rf"第\s*(?P<number>{_NUMBER})\s*(?P<unit>[条項项款])(?:\s*之\s*(?P<suffix>{_NUMBER}))?")
# A lay spelling: 1079条, 38条之一, 34-1条.
LOOSE = re.compile(
    rf"第?\s*(?P<number>\d{{1,4}}|(?<=第){NUMERAL}{{1,9}}|{NUMERAL}{{1,9}})\s*(?:[-－]\s*(?P<dash>\d{{1,2}})\s*)?"
    rf"条(?:\s*(?:之|第)?\s*(?P<suffix>(?<=之){_NUMBER}))?"
)
WHOLE = "text"


@dataclass(frozen=True, order=True)
class Place:
    """An article within a version. `number` 0 is a text without articles; `is_item` marks 第三项 of a text that has
    items alone."""

    number: int
    suffix: int = 0
    is_item: bool = False

    @property
    def key(self) -> str:
        """How the address names it: 38, 133-1, item-3, text."""
        if not self.number:
            return WHOLE
        plain = f"{self.number}-{self.suffix}" if self.suffix else str(self.number)
        return f"item-{plain}" if self.is_item else plain

    @property
    def label(self) -> str:
        if not self.number:
            return "全文"
        unit, suffix = "项" if self.is_item else "条", f"之{to_chinese(self.suffix)}" if self.suffix else ""
        return f"第{to_chinese(self.number)}{unit}{suffix}"


def place_of(label: str) -> Place:
    """第一百三十三条之一 → Place(133, 1). ValueError for what is no label."""
    found = LABEL.fullmatch(label.strip())
    if not found:
        raise ValueError(label)
    number, suffix = to_int(found["number"]), to_int(found["suffix"] or "零")
    if not 0 < number < 10_000:
        raise ValueError(label)
    return Place(number, suffix, is_item=found["unit"] != "条")


def short_name(name: str) -> str:
    """《中华人民共和国 民法典》 → 民法典; brackets and widths as the State Council writes them, with （ ）."""
    plain = _MARKS.sub("", name).replace("(", "（").replace(")", "）")
    return plain.removeprefix(STATE) or plain


def canonical(name: str) -> str:
    """For comparing names: no 中华人民共和国, no 《》, no blanks, one kind of bracket, simplified."""
    return fold(_MARKS.sub("", name)).replace(STATE, "")
