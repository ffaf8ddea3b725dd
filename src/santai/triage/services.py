"""Which service and which statutory procedure a need calls for: the first row of procedure.csv that fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from santai.triage.lexicon import Lexicon, is_denied
from santai.triage.tables import rows_of


@dataclass(frozen=True)
class Suggestion:
    """`procedure` names a table of `procedures`; `service` is the code that dispatch knows; `label` is for people."""

    service: str
    label: str
    procedure: str
    reason: str
    term: str = ""


@dataclass(frozen=True)
class _Row:
    suggestion: Suggestion
    words: frozenset[str]
    matters: frozenset[str]
    groups: frozenset[str]
    unless_denied: bool

    def fits(self, said: dict[str, bool], matter: str, groups: frozenset[str]) -> str | None:
        """The word that fits (empty when the row needs none), or None. `said` tells whether a word was denied."""
        if self.matters and matter not in self.matters:
            return None
        if self.groups and not self.groups & groups:
            return None
        if not self.words:
            return ""
        words = (word for word, denied in said.items() if not (denied and self.unless_denied))
        return next((word for word in words if word in self.words), None)


@cache
def _table() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            Suggestion(row["service"], row["label"], row["procedure"], row["reason"]),
            frozenset(row["words"].split()),
            frozenset(row["matters"].split()),
            frozenset(row["groups"].split()),
            row["unless_denied"] == "yes",
        )
        for row in rows_of("procedure.csv")
    )


@cache
def _words() -> Lexicon[None]:
    return Lexicon((word, None) for word in sorted({word for row in _table() for word in row.words}))


@cache
def service_labels() -> dict[str, str]:
    return {row.suggestion.service: row.suggestion.label for row in _table()}


def suggest(folded: str, *, matter: str = "", groups: Iterable[str] = ()) -> Suggestion:
    held = frozenset(groups)
    said: dict[str, bool] = {}
    for hit in _words().find(folded, nested=True):
        said[hit.term] = said.get(hit.term, True) and is_denied(folded, hit.start)
    for row in _table():
        term = row.fits(said, matter, held)
        if term is not None:
            return replace(row.suggestion, term=term)
    raise LookupError("procedure.csv must end with a row that fits everything")
