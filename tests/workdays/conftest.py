from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from santai.workdays.calendar import forget
from santai.workdays.imports import import_package_years

HEADER = "date,region,is_workday,name,source"
NOTICE = "国办发明电〔2026〕0号"


@pytest.fixture
def published(db: None) -> Iterator[None]:
    """The years of the package, as every installation begins with."""
    import_package_years()
    yield
    forget()


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV of the given lines under the header, and gives its path."""

    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "holidays.csv"
        path.write_bytes("\n".join([HEADER, *lines]).encode(encoding))
        return path

    return write


@pytest.fixture
def year_2027(sheet: Callable[..., Path]) -> Path:
    """A made-up arrangement of 2027: thirteen days off net of the weekend days worked."""
    off = {
        "元旦": ["01-01"],
        "春节": [f"02-{day:02}" for day in range(5, 13)],
        "清明": ["04-05"],
        "劳动节": ["05-01", "05-02", "05-03", "05-04"],
        "端午": ["06-09"],
        "中秋": ["09-15"],
        "国庆节": [f"10-{day:02}" for day in range(1, 8)],
    }
    lines = [f"2027-{day},,0,{name},{NOTICE}" for name, days in off.items() for day in days]
    worked = {"02-14": "春节", "02-20": "春节", "09-26": "国庆节", "10-09": "国庆节"}
    return sheet(*lines, *(f"2027-{day},,1,{name},{NOTICE}" for day, name in worked.items()))
