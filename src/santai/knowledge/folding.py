"""Text as search sees it: one width, one script, one kind of bracket. Every character keeps its place, so that what was
found in the folded text can be marked in the original."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

_BRACKETS = str.maketrans("〔〕[]【】{}「」『』（）", "()()()()“”“”()")


@cache
def simplified() -> dict[int, str]:
    """Traditional to simplified, character by character. What GB 2312 has is simplified already (著 stays 著)."""
    table = {}
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified and not _is_simplified(traditional):
            table[ord(traditional)] = simplified.split()[0][0]
    return table


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def fold(text: str) -> str:
    """As long as `text`; a character whose folded form is longer stays as it is."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) != len(text):
        plain = "".join(_one(character) for character in text)
    plain = plain.translate(simplified()).translate(_BRACKETS)
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else plain


def _one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
