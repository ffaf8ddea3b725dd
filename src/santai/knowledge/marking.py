"""Which words of an article answer a question: the text cut into marked and plain pieces, short enough for a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

import rjieba

from santai.knowledge.folding import fold

SHOWN = 160
MOST_WORDS = 40
# A mark is shown with so much of what stands before it.
BEFORE = 16
# Words that stand everywhere and mark nothing.
# fmt: off
IDLE = frozenset({
    "怎么", "怎样", "如何", "什么", "为什么", "是否", "可以", "能否", "应该", "应当", "需要", "这个",
    "那个", "我们", "他们", "自己", "没有", "一个", "现在", "知道", "问题", "请问", "哪些", "哪个",
    "如果", "但是", "因为", "所以", "或者", "以及", "还是", "已经", "进行", "规定", "有关", "情况",
    "的话", "多少", "多久", "不能", "能不能", "该怎么办", "怎么办",
})
# fmt: on


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool = False


def words_of(question: str) -> list[str]:
    """The longest first, so that 劳动合同 is marked before 劳动."""
    cut = rjieba.cut(fold(question[:500]))
    kept = [word for word in cut if len(word) > 1 and word not in IDLE and word[0].isalnum()]
    return sorted(dict.fromkeys(kept), key=len, reverse=True)[:MOST_WORDS]


def pieces(text: str, words: list[str], *, most: int | None = None) -> list[Piece]:
    """With `most`, about as many characters around the densest part, with … where something was left out."""
    if not words:
        return [Piece(text if most is None or len(text) <= most else text[:most] + "…")]
    found = [match.span() for match in re.finditer("|".join(map(re.escape, words)), fold(text))]
    start, end = (0, len(text)) if most is None else _window(len(text), found, most)
    cut, at = [Piece("…")] if start else [], start
    for first, last in found:
        if first >= at and last <= end:
            cut += [Piece(text[at:first]), Piece(text[first:last], is_marked=True)]
            at = last
    cut.append(Piece(text[at:end] + ("…" if end < len(text) else "")))
    return [piece for piece in cut if piece.text]


def _window(length: int, found: list[tuple[int, int]], most: int) -> tuple[int, int]:
    """Begins a little before the mark that has the most marked characters within reach."""
    if length <= most or not found:
        return 0, min(length, most)
    inside = [sum(last - first for first, last in found if begin <= first <= begin + most) for begin, _ in found]
    start = min(max(0, found[inside.index(max(inside))][0] - BEFORE), length - most)
    return start, start + most
