"""Answers and results in words, and texts with <names> filled in from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NAME = re.compile(r"<([a-z][a-z0-9_]*)>")
BLANK = re.compile(r"(【待填[^】]*】)")
CENT = Decimal("0.01")


def blank(label: str = "") -> str:
    return f"【待填：{label}】" if label else "【待填】"


def filled(text: str, told: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """What is not known becomes a blank that says what belongs there."""
    return NAME.sub(lambda found: told.get(found[1]) or blank(labels.get(found[1], "")), text)


def is_whole(text: str, told: Mapping[str, str]) -> bool:
    return all(told.get(name) for name in NAME.findall(text))


def money(amount: Decimal) -> str:
    exact = amount.quantize(CENT, ROUND_HALF_UP)
    shown = f"{exact:,.2f}"
    return f"{shown.removesuffix('.00')}元"


def number(amount: Decimal) -> str:
    exact = amount.quantize(CENT, ROUND_HALF_UP).normalize()
    return f"{exact:f}"


def day(moment: date) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


def pieces(text: str) -> list[tuple[str, bool]]:
    """(text, is a blank), so that a page and a paper can mark what is still to be filled in."""
    return [(part, bool(BLANK.fullmatch(part))) for part in BLANK.split(text) if part]
