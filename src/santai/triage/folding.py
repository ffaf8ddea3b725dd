"""Text as the term tables see it: one width, one script, no mark-up. For matching only; what a person wrote is kept."""

from __future__ import annotations

import re
import unicodedata

from santai.knowledge.folding import simplified

LONGEST = 20_000

_MARK_UP = re.compile(r"<[^<>\n]{0,200}>")
_LINE_ENDS = re.compile(r"[\r\n]+")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufe0f\ufeff]+")


def fold(text: str) -> str:
    """At most `LONGEST` characters are looked at."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return _BLANKS.sub("", _LINE_ENDS.sub("。", _MARK_UP.sub("", plain))).translate(simplified())
