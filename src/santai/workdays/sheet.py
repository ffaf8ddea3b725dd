"""A holiday table handed in as CSV, checked line by line before anything is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("date", "region", "is_workday", "name", "source")
YES = frozenset({"1", "true", "yes", "是", "班", "上班", "工作日"})
NO = frozenset({"0", "false", "no", "否", "休", "放假", "休息日"})
YEARS = range(1990, 2101)
# Spreadsheet programs write 2027/1/1 when they save a date.
DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
REGION_LENGTHS = (0, 2, 4, 6, 9, 12)
NAME_LENGTH, SOURCE_LENGTH = 40, 120


class SheetRow(NamedTuple):
    day: date
    region: str
    is_workday: bool
    name: str
    source: str


class FaultySheet(Exception):
    """Every fault of the file, each with its line number, in Chinese."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_sheet(path: Path) -> list[SheetRow]:
    """The rows of a CSV file (UTF-8, or GB18030 as Chinese Excel saves it). FaultySheet names all faults at once."""
    try:
        return parse_sheet(_decoded(path.read_bytes()))
    except OSError as error:
        raise FaultySheet([f"打不开文件“{path}”，请检查文件名和读取权限。"]) from error


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FaultySheet(["文件不是文本表格，请另存为 CSV（UTF-8）后再导入。"])


def parse_sheet(text: str) -> list[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[str] = []
    rows: list[SheetRow] = []
    first_lines: dict[tuple[date, str], int] = {}
    try:
        _check_header(next(reader, []))
        for line, cells in _filled(reader):
            row = _row(cells, line, faults)
            if row is None:
                continue
            first = first_lines.setdefault((row.day, row.region), line)
            if first != line:
                faults.append(f"第{line}行：{row.day}（{row.region or '全国'}）在第{first}行已经写过，请只留一行。")
            rows.append(row)
    except csv.Error as error:
        faults.append(f"第{reader.line_num}行：引号或换行不成对，请检查这一行。（{error}）")
    if not rows and not faults:
        faults.append("文件里没有数据，请在表头下面每天写一行。")
    if faults:
        raise FaultySheet(faults)
    return rows


def _check_header(cells: list[str]) -> None:
    if tuple(cell.strip().lower() for cell in cells) != COLUMNS:
        raise FaultySheet([f"第1行：表头应为“{','.join(COLUMNS)}”，现在是“{','.join(cells)}”。"])


def _filled(reader: Reader) -> Iterator[tuple[int, list[str]]]:
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def _row(cells: list[str], line: int, faults: list[str]) -> SheetRow | None:
    if len(cells) != len(COLUMNS):
        faults.append(f"第{line}行：应有{len(COLUMNS)}列，现在有{len(cells)}列。")
        return None
    day, region, works = _day(cells[0]), _region(cells[1]), _truth(cells[2])
    problems = [
        *_problem(day is None, f"日期“{cells[0]}”不对，请写成 2027-02-06 这样的真实日期"),
        *_problem(region is None, f"区划“{cells[1]}”不对，全国请留空，地方请写区划代码（如 2230 或 222400）"),
        *_problem(works is None, f"is_workday“{cells[2]}”不对，上班写 1，放假写 0"),
        *_problem(len(cells[3]) > NAME_LENGTH, f"名称太长，最多{NAME_LENGTH}个字"),
        *_problem(works is False and not cells[3], "放假日请写名称，如“春节”"),
        *_problem(not cells[4], "请写来源，如通知的文号"),
        *_problem(len(cells[4]) > SOURCE_LENGTH, f"来源太长，最多{SOURCE_LENGTH}个字"),
    ]
    faults += [f"第{line}行：{problem}。" for problem in problems]
    if problems or day is None or region is None or works is None:
        return None
    return SheetRow(day, region, works, cells[3], cells[4])


def _problem(present: bool, words: str) -> list[str]:
    return [words] if present else []


def _day(text: str) -> date | None:
    match = DATE.fullmatch(text)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _region(text: str) -> str | None:
    """A code as the prefix of all codes under it: 230000 → 23, 230100 → 2301, 230102000000 → 230102."""
    if not re.fullmatch(r"[0-9]*", text) or len(text) not in REGION_LENGTHS:
        return None
    for width in (12, 9):
        text = text[: width - 3] if len(text) == width and text.endswith("000") else text
    for width in (6, 4):
        text = text[: width - 2] if len(text) == width and text.endswith("00") else text
    return text if text != "00" else None


def _truth(text: str) -> bool | None:
    word = text.lower()
    return True if word in YES else False if word in NO else None
