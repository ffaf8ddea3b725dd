"""Chinese and Arabic numbers of articles."""

from __future__ import annotations

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九两十百千]"


def to_int(text: str) -> int:
    """一千零七十九 → 1079, 三十四 → 34, 一〇七九 → 1079, "34" → 34. ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    if not text or set(text) - DIGITS.keys() - UNITS.keys():
        raise ValueError(text)
    if not set(text) & UNITS.keys():
        return int("".join(str(DIGITS[character]) for character in text))
    total = digit = 0
    for character in text:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def to_chinese(number: int) -> str:
    """1079 → 一千零七十九; below 10,000."""
    if not 0 < number < 10_000:
        raise ValueError(number)
    words, is_gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if is_gap and words else "") + "零一二三四五六七八九"[digit] + name
        is_gap = not digit
    return words.removeprefix("一") if words.startswith("一十") else words
