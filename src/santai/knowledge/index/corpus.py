"""What goes into the index: one row for each article, in a fixed order, from the library or from a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from santai.knowledge.models import Article, LawVersion, Level
from santai.knowledge.names import Place, canonical
from santai.knowledge.sources.texts import LawText

LEVELS = list(Level.values)


@dataclass
class Corpus:
    """Columns; row i of each is article i. `pks` are 0 for articles that are in no database."""

    names: list[str] = field(default_factory=list)
    law_names: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    chapters: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pks: list[int] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    in_force: list[bool] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    def add(self, law: str, place: Place, chapter: str, text: str, **facts: int) -> None:
        whole = place.key == "text"
        self.names.append(law if whole else law + place.label)
        self.law_names.append(law)
        self.keys.append(place.key)
        self.chapters.append(chapter)
        self.texts.append(text)
        self.pks.append(facts["pk"])
        self.levels.append(facts["level"])
        self.in_force.append(bool(facts["in_force"]))
        self.years.append(facts["year"])

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def of_texts(cls, texts: Iterable[LawText]) -> Corpus:
        corpus = cls()
        for text in texts:
            for one in text.articles:
                corpus.add(
                    text.name,
                    one.place,
                    one.chapter,
                    one.text,
                    pk=0,
                    level=LEVELS.index(text.level),
                    in_force=text.status == LawVersion.Status.IN_FORCE,
                    year=text.issued_on.year if text.issued_on else 0,
                )
        return corpus

    @classmethod
    def of_library(cls) -> Corpus:
        """The newest wording of every law, repealed ones too: whoever looks for them is told that they are."""
        corpus = cls()
        rows = Article.objects.filter(version__is_current=True).order_by("version", "order")
        for one in rows.select_related("version__law").iterator(chunk_size=5000):
            corpus.add(
                one.version.law.name,
                Place(one.number, one.suffix, one.is_item),
                one.chapter,
                one.text,
                pk=one.pk,
                level=LEVELS.index(one.version.level),
                in_force=one.version.is_in_force,
                year=one.version.issued_on.year if one.version.issued_on else 0,
            )
        return corpus

    def position(self) -> dict[str, int]:
        """Canonical name of the article → row."""
        return {canonical(name): row for row, name in enumerate(self.names)}

    def law_numbers(self) -> tuple[list[str], NDArray[np.int32]]:
        laws = list(dict.fromkeys(self.law_names))
        number = {law: at for at, law in enumerate(laws)}
        return laws, np.array([number[law] for law in self.law_names], dtype=np.int32)

    def chapter_numbers(self) -> NDArray[np.int32]:
        seen: dict[tuple[str, str], int] = {}
        pairs = zip(self.law_names, self.chapters, strict=True)
        return np.array([seen.setdefault(pair, len(seen)) for pair in pairs], dtype=np.int32)
