"""What may not stand in a published text: numbers and addresses that lead to a person, and the names that are known.

Masking is a help, not a judgement: a second person reads every text before it is published, and a text in which such a
number still stands is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MASK = "*"
# Digits of one number as people write them, with spaces, dots or dashes in between.
GAP = r"[ \t.\-·_‐‑–—－]{0,2}"


def _digits(first: str, count: int, last: str = r"\d") -> str:
    return first + "".join(GAP + r"\d" for _ in range(count)) + GAP + last


PATTERNS = (
    ("证件号码", re.compile(rf"(?<!\d){_digits(r'[1-9]', 16, r'[0-9Xx]')}(?![0-9A-Za-z])")),
    ("证件号码", re.compile(rf"(?<!\d){_digits(r'[1-9]', 13)}(?!\d)")),
    ("银行卡号", re.compile(rf"(?<!\d){_digits(r'[3-6]', 14)}(?:{GAP}\d){{0,4}}(?!\d)")),
    ("手机号", re.compile(rf"(?<!\d)(?:(?:\+|00)?86{GAP})?{_digits('1', 9)}(?!\d)")),
    ("电话号码", re.compile(rf"(?<!\d)[(（]?0\d{{2,3}}[)）]?{GAP}\d{{3,4}}{GAP}\d{{4}}(?!\d)")),
    ("汉字写的号码", re.compile(r"[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{7,}")),
    ("护照、通行证号", re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,2}\d{8}(?!\d)")),
    ("执业证号", re.compile(rf"(?<!\d){_digits(r'1', 15)}(?!\d)")),
    ("电子邮箱", re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
)
# A door, not a street: the public may know where a firm is, not where a person lives.
HOME = re.compile(r"\d+(?:号楼|栋|幢|单元|室|户)")


def folded(text: str) -> str:
    """Full-width letters and digits and all kinds of spaces as plain ones, without invisible characters: the way an eye
    or a search reads them. Punctuation stays as it is."""
    return "".join(map(_plain, text))


def _plain(letter: str) -> str:
    if unicodedata.category(letter) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    return plain if plain.isalnum() or (plain.isspace() and letter not in "\r\n") else letter


def masked_name(name: str, *, kind: str = "person") -> str:
    """张三丰 → 张某某; a company is named in full."""
    name = name.strip()
    if kind == "company" or not name:
        return name
    return name[0] + "某" * min(max(len(name) - 1, 1), 2)


def desensitised(text: str, names: Iterable[str] = ()) -> str:
    """The text with every known name and every number of a person masked."""
    told = folded(text)
    for name in sorted({folded(name).strip() for name in names}, key=len, reverse=True):
        if len(name) > 1:
            told = re.sub(r"\s*".join(map(re.escape, name)), masked_name(name), told)
    for _, pattern in PATTERNS:
        told = pattern.sub(MASK * 4, told)
    return HOME.sub(MASK * 2, told)


def private_in(text: str, names: Iterable[str] = ()) -> list[str]:
    """What still stands in a text that may not be published; empty when nothing was found."""
    told = folded(text)
    found = [f"{label}（{_shown(match[0])}）" for label, pattern in PATTERNS for match in pattern.finditer(told)]
    found += [f"住址（{match[0]}）" for match in HOME.finditer(told)]
    known = {folded(name).strip() for name in names}
    for name in sorted(one for one in known if len(one) > 1):
        if re.search(r"\s*".join(map(re.escape, name)), told):
            found.append(f"姓名（{masked_name(name)}）")
    return list(dict.fromkeys(found))


def _shown(number: str) -> str:
    """Enough to find the place, not enough to be the number."""
    return f"{number[:3]}…{number[-2:]}"
