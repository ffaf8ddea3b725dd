"""Many documents as one PDF: cover, contents with page numbers, the documents, the course of the case (卷宗)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter

from santai.documents.typesetting import printable, typeset

MOST_PAGES = 3000


class TooLong(Exception):
    """The file would have more than MOST_PAGES pages."""


@dataclass(frozen=True)
class Piece:
    """One document: `draw` gives its PDF, when it is its turn."""

    title: str
    made_on: str
    draw: Callable[[], bytes]


@dataclass(frozen=True)
class Line:
    """One line of the contents; `pieces` empty and `is_missing` when what must be there is not."""

    title: str
    pieces: tuple[Piece, ...] = ()
    is_missing: bool = False


@dataclass
class _Bound:
    writer: PdfWriter = field(default_factory=PdfWriter)
    pages: int = 0
    contents: list[dict[str, Any]] = field(default_factory=list)

    def add(self, piece: Piece, *, title: str, number: str) -> None:
        reader = PdfReader(BytesIO(piece.draw()))
        first = self.pages + 1
        self.pages += len(reader.pages)
        if self.pages > MOST_PAGES:
            raise TooLong(f"more than {MOST_PAGES} pages")
        self.writer.append(reader, import_outline=False)
        self.contents.append(_told(number, title, piece.made_on, f"{first}-{self.pages}"))


def _told(number: str, title: str, made_on: str, pages: str, *, is_missing: bool = False) -> dict[str, Any]:
    first, _, last = pages.partition("-")
    shown = first if first == last else pages
    return {"number": number, "title": printable(title), "on": made_on, "pages": shown, "missing": is_missing}


def bind(cover: dict[str, Any], lines: Iterable[Line], *, at: datetime) -> bytes:
    """One PDF. The pages after the contents are numbered through, from 1. Raises TooLong."""
    bound, number = _Bound(), 0
    for line in lines:
        if line.is_missing:
            bound.contents.append(_told("", line.title, "", "", is_missing=True))
        for piece in line.pieces:
            number += 1
            bound.add(piece, title=_named(line, piece), number=str(number))
    front = typeset("file", {**cover, "contents": bound.contents, "pages": bound.pages}, at=at)
    return _with_numbers(front, bound, at)


def _named(line: Line, piece: Piece) -> str:
    return piece.title if line.title in piece.title else f"{line.title}：{piece.title}"


def _with_numbers(front: bytes, bound: _Bound, at: datetime) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(front)), import_outline=False)
    before = len(writer.pages)
    body = BytesIO()
    bound.writer.write(body)
    if bound.pages:
        writer.append(PdfReader(body), import_outline=False)
        stamps = PdfReader(BytesIO(typeset("stamps", {"pages": bound.pages}, at=at)))
        for page, stamp in zip(writer.pages[before:], stamps.pages, strict=True):
            page.merge_page(stamp)
    for row in bound.contents:
        if row["pages"]:
            writer.add_outline_item(title=row["title"], page_number=before + int(row["pages"].split("-")[0]) - 1)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()
