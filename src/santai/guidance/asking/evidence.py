"""Whether a sentence of a written answer is borne by the sources it names. Whatever is not, is left out.

A model writes well and lies well, so nothing it says is taken on trust: a sentence must name a source by number, quote
it word for word, cite no other article, name no figure and promise nothing that is neither in the source nor in the
question, and use mostly their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from santai.guidance.asking.sources import Source
from santai.knowledge.folding import fold
from santai.knowledge.names import LOOSE, place_of
from santai.knowledge.numerals import NUMERAL, to_int

SHORTEST_QUOTE = 4
# The share of a sentence's own words (outside quotes) that its sources and the question must have.
BORNE = 0.6
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?[\]\[\d【】、,，\s]*")
_NUMBERS = re.compile(r"[\[【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]】]")
_QUOTE = re.compile(r"[「“\"]([^「」“”\"]+)[」”\"]")
_LAW = re.compile(r"《([^《》]{2,60})》")
_FIGURE = re.compile(rf"\d+(?:\.\d+)?%?|{NUMERAL}+(?=[年月日天倍元万周%]|个月|个工作日|小时|分钟|工作日)")
_PROMISE = re.compile("一定|肯定|必定|必然|保证|绝对|百分之百|包您|放心|稳赢|必胜")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|cn|net|org)")
_MARKS = re.compile(r"[\W_]+")
_WORDLESS = re.compile(r"[\W\d_]+")
# Words of advice that carry no fact of their own.
_LINKING = re.compile(
    "根据|按照|依照|依据|规定|法律|可以|应当|应该|需要|如果|因此|所以|也就是说|而且|并且|但是|或者|以及"
    "|[您你这那的了是在和与就也都先再请要会能把被对向到从有]"
)


@dataclass(frozen=True)
class Sentence:
    """`sources` are positions in the list that was given, from 0."""

    text: str
    sources: tuple[int, ...]


def borne(written: str, sources: Sequence[Source], question: str) -> list[Sentence]:
    """The sentences that hold, in their order, without their marks."""
    found = [_checked(match.group(), sources, question) for match in _SENTENCE.finditer(written)]
    return [sentence for sentence in found if sentence]


def _checked(sentence: str, sources: Sequence[Source], question: str) -> Sentence | None:
    numbers = [int(one) - 1 for found in _NUMBERS.findall(sentence) for one in re.split(r"\s*[,，、]\s*", found)]
    if not numbers or any(not 0 <= number < len(sources) for number in numbers):
        return None
    plain = _NUMBERS.sub("", sentence).strip()
    named = [sources[number] for number in dict.fromkeys(numbers)]
    holds = (
        _quotes_hold(plain, named)
        and _citations_hold(plain, named)
        and _figures_hold(plain, named, question)
        and _words_hold(plain, named, question)
    )
    return Sentence(plain, tuple(dict.fromkeys(numbers))) if holds else None


def _squeezed(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _quotes_hold(sentence: str, named: Sequence[Source]) -> bool:
    """At least one, each found word for word in a source named beside it."""
    quotes = [_squeezed(quote) for quote in _QUOTE.findall(sentence)]
    texts = [_squeezed(source.text) for source in named]
    return (
        bool(quotes)
        and max(map(len, quotes)) >= SHORTEST_QUOTE
        and all(any(quote in text for text in texts) for quote in quotes)
    )


def _citations_hold(sentence: str, named: Sequence[Source]) -> bool:
    """No law and no article is cited but those of the sources named."""
    known = "".join(fold(source.name) + fold(source.text) for source in named)
    laws = [fold(law).removeprefix("中华人民共和国") for law in _LAW.findall(sentence)]
    return all(law in known for law in laws) and _places(_QUOTE.sub("", sentence)) <= _places(
        " ".join(source.name for source in named)
    )


def _places(text: str) -> set[str]:
    found = set()
    for match in LOOSE.finditer(text):
        label = f"第{to_int(match['number'])}条" + (f"之{match['suffix']}" if match["suffix"] else "")
        try:
            found.add(place_of(label).label)
        except ValueError:
            found.add(match.group())
    return found


def _figures_hold(sentence: str, named: Sequence[Source], question: str) -> bool:
    known = _figures(" ".join([*(source.text for source in named), question]))
    return _figures(LOOSE.sub("", sentence)) <= known


def _figures(text: str) -> set[str]:
    """三年 and 3年 are the same figure."""
    return {found if found[0].isdigit() else str(to_int(found)) for found in _FIGURE.findall(fold(text))}


def _words_hold(sentence: str, named: Sequence[Source], question: str) -> bool:
    outside = _LAW.sub("", LOOSE.sub("", _QUOTE.sub("", sentence)))
    if _PROMISE.search(outside) or _ADDRESS.search(sentence):
        return False
    own = _pairs(_LINKING.sub(" ", fold(outside)))
    known = _pairs(fold(" ".join([*(source.text + source.name for source in named), question])))
    return not own or len(own & known) / len(own) >= BORNE


def _pairs(text: str) -> set[str]:
    words = _WORDLESS.split(text)
    return {word[at : at + 2] for word in words for at in range(len(word) - 1)}
