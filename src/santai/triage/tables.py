"""The tables of this folder, read once: rows a lawyer can read and change without touching code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from santai.triage.lexicon import Lexicon

FOLDER = Path(__file__).parent


class FaultyTable(Exception):
    """A row of a table that cannot be used; the message names file and line."""


def rows_of(name: str, folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """Rows by column name, stripped. An empty term, a missing or a surplus column is a fault."""
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, restval="", restkey="surplus")
        for row in reader:
            if "surplus" in row or row.get("term", "x") == "":
                raise FaultyTable(f"{name} line {reader.line_num}: surplus column or empty term")
            yield {key: value.strip() for key, value in row.items()}


@cache
def lexicon_of(name: str) -> Lexicon[dict[str, str]]:
    """The terms of a table, each with its rows."""
    return Lexicon((row["term"], row) for row in rows_of(name))
