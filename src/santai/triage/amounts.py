"""Sums of money in a text, in yuan: 3万元, 五千块, 12,000元, 两万五, 30w, 欠我8000."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "千": 1000, "k": 1000, "百": 100}
MOST = 10**12

_NUMBER = r"(?<![\d.,])(?P<number>\d[\d,]{0,15}(?:\.\d{1,4})?)"
_CHINESE = r"(?P<chinese>[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]{0,14})"
_NOT_MONEY = r"(?![个人户名次平米亩公里吨斤年月天岁台套条辆步])"
_ENDS_IN_LARGE = rf"(?<=[万亿w]){_NOT_MONEY}"
_ENDS_IN_HALF = rf"(?<=[\d一二两三四五六七八九十百千][万亿w][\d一二三四五六七八九]){_NOT_MONEY}"  # 两万五, 3万5
_WRITTEN = re.compile(
    rf"(?:{_NUMBER}(?P<large>[万亿千百wk])?(?P<rest>\d)?|{_CHINESE})"
    rf"(?:[多余来几]?(?:元|块|圆|人民币|rmb)|{_ENDS_IN_LARGE}|{_ENDS_IN_HALF})"
)
# "欠我8000": a bare number right after a word of owing or paying.
_OWED = re.compile(
    r"(?:欠|借|骗|赔|付|还|交|转账|损失|罚款)(?:[了我他她你您给]|一共|共){0,3}(\d{3,9})(?![\d年月日号天人次个岁.%元块万千wk-])"
)


def amounts_in(folded: str) -> list[int]:
    """Distinct amounts in yuan (rounded), in reading order."""
    found: list[tuple[int, int]] = []
    for match in _WRITTEN.finditer(folded):
        amount = _amount_of(match)
        if amount:
            found.append((match.start(), amount))
    found += [(match.start(), int(match[1])) for match in _OWED.finditer(folded)]
    return list(dict.fromkeys(amount for _, amount in sorted(found) if 0 < amount < MOST))


def _amount_of(match: re.Match[str]) -> int:
    if match["chinese"]:
        return chinese_number(match["chinese"])
    if match["rest"] and not match["large"]:
        return 0
    try:
        amount = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return 0
    scale = _LARGE.get(match["large"] or "", 1)
    return round(amount * scale) + int(match["rest"] or 0) * scale // 10


def chinese_number(text: str) -> int:
    """三万五 → 35000, 一千二百 → 1200, 十五万 → 150000. Zero when it is not a number."""
    total = section = digit = last_unit = 0
    for character in text:
        if character in _DIGITS:
            digit, last_unit = _DIGITS[character], 1 if character in "零〇" else last_unit
        elif character in _UNITS:
            last_unit = _UNITS[character]
            section += (digit or 1) * last_unit
            digit = 0
        else:
            last_unit = _LARGE[character]
            total = (total + section + digit) * last_unit
            section = digit = 0
    return total + section + digit * (last_unit // 10 if last_unit >= 100 else 1)
