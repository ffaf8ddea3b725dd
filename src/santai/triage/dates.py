"""Days named in a text: 2026年3月5日, 3月5日, 2026-03-05, 明天, 下周三, 本月20号, 去年5月, 三个月前."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from santai.triage.amounts import chinese_number

# Years from today beyond which a day is a slip or a birthday, and nothing runs by it.
FARTHEST = 30
_OF_WEEK = "一二三四五六日"
_NEAR = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "昨日": -1, "前天": -2}
_YEARS = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_COUNT = r"(?P<count>\d{1,3}|半|[一二两三四五六七八九十]{1,3})"

_WRITTEN = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4}|\d{2})[年./-]|(?P<spoken>今年|去年|前年|明年))?"
    r"(?P<month>\d{1,2})(?:月(?:份)?(?:(?P<day>\d{1,2})[日号]?)?|[./-](?P<dotted>\d{1,2})[日号]?)(?!\d)"
)
_MONTH_DAY = re.compile(r"(?P<which>本月|这个月|下个月|下月)(?P<day>\d{1,2})[日号]")
_WEEKDAY = re.compile(r"(?P<next>下下|下|这|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
_WORD = re.compile("|".join(sorted(_NEAR, key=len, reverse=True)))
_AGO = re.compile(rf"{_COUNT}(?P<unit>天|个?星期|周|个月|年)(?P<way>前|以前|之前|后|以后|之后)")


@dataclass(frozen=True)
class Named:
    """A day and where the text names it. `is_exact` is false where only the month or about the day is known."""

    day: date
    start: int
    end: int
    is_exact: bool = True


def days_in(folded: str, today: date) -> list[Named]:
    """In reading order. A day without a year is the nearest one to today."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], tuple[date, bool] | None]], ...] = (
        (_WRITTEN, _written),
        (_MONTH_DAY, _of_month),
        (_WEEKDAY, _weekday),
        (_WORD, lambda match, today: (today + timedelta(_NEAR[match[0]]), True)),
        (_AGO, _ago),
    )
    found = []
    for pattern, reader in readers:
        for match in pattern.finditer(folded):
            try:
                read = reader(match, today)
            except (ValueError, OverflowError):
                continue
            if read and abs(read[0].year - today.year) <= FARTHEST:
                found.append(Named(read[0], match.start(), match.end(), read[1]))
    return sorted(found, key=lambda named: named.start)


def _written(match: re.Match[str], today: date) -> tuple[date, bool] | None:
    day = match["day"] or match["dotted"]
    if match["dotted"] and not match["year"]:
        return None  # 3.5 may be a number
    month = int(match["month"])
    if match["year"]:
        year = int(match["year"])
        return date(year if year > 99 else 2000 + year, month, int(day or 1)), bool(day)
    if match["spoken"]:
        return date(today.year + _YEARS[match["spoken"]], month, int(day or 1)), bool(day)
    if not day:
        return None
    near = [date(year, month, int(day)) for year in (today.year - 1, today.year, today.year + 1)]
    return min(near, key=lambda one: abs((one - today).days)), True


def _of_month(match: re.Match[str], today: date) -> tuple[date, bool]:
    first = today.replace(day=1)
    if match["which"].startswith("下"):
        first = (first + timedelta(days=32)).replace(day=1)
    return first.replace(day=int(match["day"])), True


def _weekday(match: re.Match[str], today: date) -> tuple[date, bool]:
    wanted = _OF_WEEK.index(match["weekday"].replace("天", "日"))
    weeks = {"下": 1, "下下": 2}.get(match["next"] or "", 0)
    return today + timedelta(days=wanted - today.weekday() + 7 * weeks), True


def _ago(match: re.Match[str], today: date) -> tuple[date, bool]:
    unit = {"天": 1.0, "周": 7.0, "个星期": 7.0, "星期": 7.0, "个月": 30.4, "年": 365.25}[match["unit"]]
    written = match["count"]
    count = 0.5 if written == "半" else float(written if written.isdigit() else chinese_number(written))
    way = -1 if "前" in match["way"] else 1
    return today + timedelta(days=round(way * count * unit)), match["unit"] == "天"
