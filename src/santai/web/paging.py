"""Keyset paging for public lists: a page is found by the last row seen, never by counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
SIGNER = Signer(salt="paging")


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    before: str | None
    after: str | None


def page_of(rows: QuerySet[Row], *, cursor: str = "", size: int = 20, newest_first: bool = False) -> Page[Row]:
    """Rows in the order of their primary key, or against it. A cursor that was tampered with gives the first page."""
    direction, key = _read(cursor)
    ahead, behind = ("pk__lt", "pk__gt") if newest_first else ("pk__gt", "pk__lt")
    forward, backward = ("-pk", "pk") if newest_first else ("pk", "-pk")
    if direction == "b":
        found = list(rows.filter(**{behind: key}).order_by(backward)[: size + 1])
        is_more, shown = len(found) > size, found[:size][::-1]
        return Page(shown, _cursor("b", shown[:1]) if is_more else None, _cursor("a", shown[-1:]))
    found = list((rows.filter(**{ahead: key}) if key else rows).order_by(forward)[: size + 1])
    is_more, shown = len(found) > size, found[:size]
    return Page(shown, _cursor("b", shown[:1]) if key else None, _cursor("a", shown[-1:]) if is_more else None)


def _cursor(direction: str, rows: list[Row]) -> str | None:
    return SIGNER.sign(f"{direction}{rows[0].pk}") if rows else None


def _read(cursor: str) -> tuple[str, str]:
    try:
        plain = SIGNER.unsign(cursor) if cursor else ""
    except BadSignature:
        plain = ""
    return plain[:1], plain[1:]
