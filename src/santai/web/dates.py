"""Dates and time limits in the words of a village notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from santai.casework.models import Case

WEEKDAYS = "一二三四五六日"
SOON_DAYS = 2
# Beyond two years nobody counts days.
MANY_DAYS = 730
HOURS_MATTER = timedelta(hours=24)


def local_day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def in_words(moment: date | datetime, *, today: date | None = None) -> str:
    """12月3日(周四); another year is named."""
    day = local_day(moment)
    year = "" if day.year == (today or timezone.localdate()).year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日(周{WEEKDAYS[day.weekday()]})"


def with_clock(moment: datetime, *, today: date | None = None) -> str:
    return f"{in_words(moment, today=today)} {timezone.localtime(moment):%H:%M}"


@dataclass(frozen=True)
class Due:
    """`tone` is late, soon, calm, paused, met or none; a word and an icon always go with it."""

    tone: str
    icon: str
    words: str
    on: datetime | None = None
    provisional: bool = False


def due_of(case: Case, *, now: datetime) -> Due:
    if case.closed_at:
        return Due("none", "check", "已了结", case.closed_at)
    if case.due_at is None:
        return Due("paused", "pause", "中止计时") if case.is_paused else Due("none", "clock", "没有期限")
    return due_on(case.due_at, now=now, provisional=case.is_provisional)


def due_on(due_at: datetime, *, now: datetime, provisional: bool = False) -> Due:
    days = (local_day(due_at) - local_day(now)).days
    if due_at < now:
        late = f"已超期 {-days} 天" if days else "今天已超期"
        return Due("late", "alert", late, due_at, provisional)
    if days > MANY_DAYS:
        return Due("calm", "clock", f"还有 {days // 365} 年", due_at, provisional)
    if days > SOON_DAYS:
        return Due("calm", "clock", f"还有 {days} 天", due_at, provisional)
    return Due("soon", "hurry", _near(due_at - now, days), due_at, provisional)


def _near(left: timedelta, days: int) -> str:
    if left < HOURS_MATTER and days == 0:
        return "今天到期"
    return "明天到期" if days == 1 else f"还有 {days} 天"
