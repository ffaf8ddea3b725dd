"""Is it office hours, and if not, when does work begin again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.timezone import localtime

from santai.workdays.calendar import is_workday, next_workday

OPENS, CLOSES = time(8, 30), time(17, 30)
NIGHT_FROM, NIGHT_UNTIL = time(21, 0), time(6, 0)
_ALWAYS = re.compile(r"7\s*[×xX*]\s*24|24\s*小时|全天|昼夜")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Moment:
    """`word` names the time in a sentence: 夜间, 休息日, 下班时间; `resumes_on` is the day work begins again."""

    is_office_time: bool
    word: str
    resumes_on: date

    @property
    def resumes(self) -> str:
        day = self.resumes_on
        return f"{day.month}月{day.day}日(周{_WEEKDAYS[day.weekday()]})"


def moment(at: datetime, region: str = "") -> Moment:
    local = localtime(at)
    day, clock = local.date(), local.time()
    works_today = is_workday(day, region)
    if works_today and OPENS <= clock < CLOSES:
        return Moment(True, "", day)
    resumes_on = day if works_today and clock < OPENS else next_workday(day, region)
    if clock >= NIGHT_FROM or clock < NIGHT_UNTIL:
        return Moment(False, "夜间", resumes_on)
    return Moment(False, "下班时间" if works_today else "休息日", resumes_on)


def is_always_open(hours: str) -> bool:
    return bool(_ALWAYS.search(hours))
