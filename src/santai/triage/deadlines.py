"""Hearings and limitation periods that end soon by a day the text names: deadlines.csv beside the days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from santai.triage.dates import Named, days_in
from santai.triage.lexicon import Lexicon
from santai.triage.tables import rows_of
from santai.triage.urgency import Alarm

# Who writes more, or names more days, tells a story; its beginning is looked at.
LONGEST, MOST_DAYS = 3000, 40
# How far the day may stand from the word it belongs to, in characters.
NEAR = 14
# Days: at once, and first among others.
AT_ONCE, SOON = 7, 30
# A period that ended longer ago than this is a question for counsel, not for haste.
LONG_PAST = 365


@dataclass(frozen=True)
class Deadline:
    kind: str
    words: tuple[str, ...]
    matters: frozenset[str]
    count: int
    unit: str
    what: str
    basis: str
    at_once: str

    def ends_on(self, day: date) -> date:
        """A year ends on the day of the same date; 29 February on the 28th."""
        if self.unit == "days":
            return day + timedelta(days=self.count)
        try:
            return day.replace(year=day.year + self.count)
        except ValueError:
            return day.replace(year=day.year + self.count, day=28)


@cache
def deadlines() -> tuple[Deadline, ...]:
    return tuple(
        Deadline(
            row["kind"],
            tuple(row["words"].split()),
            frozenset(row["matters"].split()),
            int(row["count"]),
            row["unit"],
            row["what"],
            row["basis"],
            row["at_once"],
        )
        for row in rows_of("deadlines.csv")
    )


@cache
def _words() -> Lexicon[Deadline]:
    return Lexicon((word, one) for one in deadlines() for word in one.words)


def deadline_alarms(folded: str, matter: str, today: date) -> list[Alarm]:
    """Each deadline once, by the day nearest to its word."""
    days = days_in(folded[:LONGEST], today)[:MOST_DAYS]
    found: dict[str, Alarm] = {}
    for one, named, term in _belonging(folded[:LONGEST], matter, days) if days else ():
        alarm = _alarm(one, named, term, today)
        if alarm:
            found.setdefault(one.what, alarm)
    return list(found.values())


def _belonging(folded: str, matter: str, days: list[Named]) -> Iterator[tuple[Deadline, Named, str]]:
    for hit in _words().find(folded, nested=True):
        near = min(days, key=lambda named: max(named.start - hit.end, hit.start - named.end))
        if max(near.start - hit.end, hit.start - near.end) <= NEAR:
            for one in hit.rows:
                if not one.matters or matter in one.matters:
                    yield one, near, hit.term


def _alarm(one: Deadline, named: Named, term: str, today: date) -> Alarm | None:
    ends = one.ends_on(named.day)
    left = (ends - today).days
    if one.kind == "hearing":
        return _hearing(one, ends, left, term) if 0 <= left <= SOON else None
    if named.day > today or not -LONG_PAST <= left <= SOON:
        return None
    about = "" if named.is_exact else "大约"
    law = f"（{one.basis}）"
    if left < 0:
        reason = f"按文字里的日期，{one.what}的期限{about}在{_said(ends)}已过{law}，请核对有没有中断、中止"
        return Alarm(1, "limitation", reason, one.at_once, term)
    reason = f"按文字里的日期，{one.what}的期限{about}到{_said(ends)}，还有{left}天{law}"
    return Alarm(2 if left <= AT_ONCE else 1, "limitation", reason, one.at_once, term)


def _hearing(one: Deadline, ends: date, left: int, term: str) -> Alarm:
    when = "今天" if left == 0 else f"还有{left}天"
    return Alarm(2 if left <= AT_ONCE else 1, "hearing", f"{_said(ends)}{one.what}，{when}", one.at_once, term)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
