"""How people ask, written for this platform: some thousand lay questions with the articles that answer them.

`asked` has one CSV for each field of law: `question`, and `articles`, short name of the law and 第…条 of one or more,
joined by ;. `wordings.csv` has the year of each law's wording that they were written for: article numbers of a later
one may mean something else. The ranker looks at the nearest of them, and the embedding of questions was tuned with them
(tools/tune_questions.py).
"""

from __future__ import annotations

import csv
from functools import cache
from hashlib import blake2b
from pathlib import Path

from santai.knowledge.embedding.adapter import SHIPPED as ADAPTER
from santai.knowledge.names import LABEL
from santai.knowledge.ranking.judged import Judged

FOLDER = Path(__file__).parent


@cache
def shipped() -> tuple[Judged, ...]:
    return tuple(
        Judged(row["question"], tuple(row["articles"].split(";")))
        for path in sorted((FOLDER / "asked").glob("*.csv"))
        for row in _rows(path)
    )


@cache
def digest() -> str:
    """Tells one set of shipped questions, read in one way, from another."""
    told = "\n".join(f"{one.question}\t{one.gold}" for one in shipped())
    return blake2b(told.encode() + ADAPTER.read_bytes(), digest_size=6).hexdigest()


def wording(article: str) -> int | None:
    """The year of the wording that this article (民法典第一条) is named from."""
    places = [*LABEL.finditer(article)]
    return _wordings().get(article[: places[-1].start()]) if places else None


@cache
def _wordings() -> dict[str, int]:
    return {row["law"]: int(row["year"]) for row in _rows(FOLDER / "wordings.csv")}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
