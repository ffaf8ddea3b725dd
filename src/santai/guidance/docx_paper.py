"""A draft as a Word file that can be completed and printed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from santai.documents.typesetting import CONTROL
from santai.guidance.outcome import Line, Paper
from santai.guidance.sheets import draft_notes

BODY, TITLE = "仿宋", "黑体"
TITLE_SIZE, BODY_SIZE, NOTE_SIZE = Pt(20), Pt(14), Pt(10)
TWO_LETTERS = Pt(28)


def docx_of(paper: Paper) -> bytes:
    document = Document()
    _page(document)
    _written(document.add_paragraph(), paper.title, font=TITLE, size=TITLE_SIZE, centred=True)
    for line in paper.lines:
        _line(document.add_paragraph(), line)
    for note in draft_notes(paper):
        _written(document.add_paragraph(), note, size=NOTE_SIZE)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _page(document: Any) -> None:
    """A4 with the margins of an official paper."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(2.8)
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _line(paragraph: Any, line: Line) -> None:
    if line.kind in ("p", "item"):
        paragraph.paragraph_format.first_line_indent = TWO_LETTERS
    if line.kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.line_spacing = 1.5
    paragraph.paragraph_format.space_after = Pt(0)
    if line.number:
        _run(paragraph, f"{line.number}.")
    font = TITLE if line.kind == "heading" else BODY
    for text, is_blank in line.pieces:
        _run(paragraph, text, font=font, marked=is_blank)


def _written(paragraph: Any, text: str, *, font: str = BODY, size: Any = BODY_SIZE, centred: bool = False) -> None:
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font=font, size=size)


def _run(paragraph: Any, text: str, *, font: str = BODY, size: Any = BODY_SIZE, marked: bool = False) -> None:
    run = paragraph.add_run(CONTROL.sub("", text))
    run.font.size, run.font.name = size, font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if marked:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
