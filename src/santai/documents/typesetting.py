"""Typst pages as PDF. Text reaches a layout as data only: nothing anybody wrote is ever read as markup.

A layout is `layouts/<name>.typ`; it reads its data with `json(bytes(sys.inputs.page))`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import segno
import typst

LAYOUTS = Path(__file__).parent / "layouts"
# No font is kept in the tree; this package brings the Noto fonts, so that every machine draws the same page.
FONT_PACKAGE = "mplfonts"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Nothing tells the line breaker where to cut an address of five hundred characters.
LONG_RUN = re.compile(r"[!-~]{24}(?=[!-~])")
MAY_BREAK = "\u200b"

_lock = threading.Lock()


def typeset(layout: str, page: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a layout filled with `page`. The same page and moment give the same bytes."""
    inputs = {"page": json.dumps(page, ensure_ascii=True)}
    with _lock:
        made = _compiler(layout).compile(sys_inputs=inputs, format="pdf", timestamp=_moment(at))
    return cast(bytes, made)


def _moment(at: datetime) -> datetime:
    """As typst takes it."""
    return at.astimezone(UTC).replace(microsecond=0)


def printable(text: str) -> str:
    """Without what no font has and what turns the reading direction; long runs of letters may be broken."""
    whole = text.encode("utf-8", "replace").decode()
    return LONG_RUN.sub(lambda run: run.group() + MAY_BREAK, CONTROL.sub("", whole))


def qr_svg(text: str) -> str:
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


@cache
def _compiler(layout: str) -> typst.Compiler:
    return typst.Compiler(
        input=str(LAYOUTS / f"{layout}.typ"),
        root=str(LAYOUTS),
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
    )


def _fonts() -> Path:
    """Only where the files are: importing the package would bring in a plotting library."""
    found = find_spec(FONT_PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(f"the package {FONT_PACKAGE}, which brings the fonts of letters, is not installed")
    return Path(found.origin).parent / "fonts"
