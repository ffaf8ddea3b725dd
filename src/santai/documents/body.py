"""What the parts of a letter's text are, so that each stands where an official letter has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NUMBER_LINE = re.compile(r"(编号|文号)：")
SALUTATION = re.compile(r".{1,80}：")
DATE_LINE = re.compile(r"(.{0,12}：)?\d{4}年\d{1,2}月\d{1,2}日")
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、.{1,30}")
ROW = re.compile(r"([^：\s]{1,16})：(.*)")
# A signature is short: who signs, perhaps by whom, and the date.
MOST_SIGNATURE_LINES, LONGEST_SIGNATURE_LINE = 6, 60


@dataclass(frozen=True)
class Parts:
    """`paragraphs` are (kind, text) with kind "text" or "heading"; `notes` stand below the signature."""

    salutation: str = ""
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def parts_of(body: str, *, number: str = "") -> Parts:
    """The number, which the head of the page shows, is left out where the text begins with it."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", body.strip("\n"))]
    if len(blocks) > 1 and len(blocks[0]) == 1 and NUMBER_LINE.match(blocks[0][0]) and number in blocks[0][0]:
        blocks = blocks[1:]
    salutation = ""
    if len(blocks) > 1 and len(blocks[0]) == 1 and SALUTATION.fullmatch(blocks[0][0].strip()):
        salutation, blocks = blocks[0][0].strip(), blocks[1:]
    signed = next((at for at in range(len(blocks) - 1, 0, -1) if _is_signature(blocks[at])), len(blocks))
    return Parts(
        salutation=salutation,
        paragraphs=_paragraphs(blocks[:signed]),
        signature=[line.strip() for line in blocks[signed]] if signed < len(blocks) else [],
        notes=[line.strip() for block in blocks[signed + 1 :] for line in block if line.strip()],
    )


def rows_of(body: str, *, number: str = "") -> tuple[list[tuple[str, str]], Parts]:
    """For a table: lines that read “label：value” as rows; a line without a label belongs to the row above."""
    parts = parts_of(body, number=number)
    rows: list[tuple[str, str]] = []
    for _, line in parts.paragraphs:
        found = ROW.fullmatch(line)
        if found:
            rows.append((found[1], found[2].strip()))
        elif line and rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]}\n{line}".strip())
        elif line:
            rows.append(("", line))
    return rows, parts


def _is_signature(lines: list[str]) -> bool:
    told = [line.strip() for line in lines if line.strip()]
    is_short = len(told) <= MOST_SIGNATURE_LINES and all(len(line) <= LONGEST_SIGNATURE_LINE for line in told)
    return is_short and any(DATE_LINE.fullmatch(line) for line in told)


def _paragraphs(blocks: list[list[str]]) -> list[tuple[str, str]]:
    lines = (line.strip() for block in blocks for line in block)
    return [("heading" if HEADING.fullmatch(line) else "text", line) for line in lines if line]
