"""Text to the pieces the model knows: a unigram tokenizer in the manner of SentencePiece."""

from __future__ import annotations

import re
from functools import cached_property

from santai.knowledge.embedding.weights import Vocabulary

SPACE = "\u2581"
# Below every piece there is, so that an unknown character is the last resort.
UNKNOWN_BELOW = 10.0
# Chinese characters and their marks, and Latin. Pieces of other scripts would only cost memory.
_KEPT = re.compile(r"[\u2000-\u206f\u2581\u2460-\u24ff\u3000-\u303f\u3400-\u9fff\uff00-\uff5e\x20-\x7e×·°]+")
_SPACES = re.compile(" {2,}")


class Tokenizer:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.unknown = float(vocabulary.scores.min()) - UNKNOWN_BELOW

    @cached_property
    def pieces(self) -> dict[str, tuple[int, float]]:
        scores = self.vocabulary.scores.tolist()
        texts = (piece.decode("utf-8", "replace") for piece in self.vocabulary.pieces)
        kept = {text: (at, scores[at]) for at, text in enumerate(texts) if text and _KEPT.fullmatch(text)}
        for special in ("<s>", "<pad>", "</s>", "<unk>"):
            kept.pop(special, None)
        return kept

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.pieces), default=1)

    def numbers(self, text: str, most: int) -> list[int]:
        """At most `most` numbers, those of beginning and end among them."""
        inner = self._best(self._spaced(text))[: most - 2]
        return [self.vocabulary.begin, *inner, self.vocabulary.end]

    def _spaced(self, text: str) -> str:
        plain = _SPACES.sub(" ", text.translate(self.vocabulary.replaced))
        return (plain if plain.startswith(" ") else " " + plain).replace(" ", SPACE)

    def _best(self, text: str) -> list[int]:
        """The cut with the highest sum of scores (Viterbi)."""
        size, pieces, longest = len(text), self.pieces, self.longest
        score, came = [0.0] + [float("-inf")] * size, [(0, 0)] * (size + 1)
        for at in range(size):
            base = score[at]
            for end in range(at + 1, min(size, at + longest) + 1):
                found = pieces.get(text[at:end])
                if found and base + found[1] > score[end]:
                    score[end], came[end] = base + found[1], (at, found[0])
            if base + self.unknown > score[at + 1]:
                score[at + 1], came[at + 1] = base + self.unknown, (at, self.vocabulary.unknown)
        cut = []
        while size:
            size, number = came[size]
            cut.append(number)
        return cut[::-1]
