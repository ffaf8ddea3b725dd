"""Why a limit ends when it ends, in sentences a clerk can read to a caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from santai.casework.clock_count import HOUR, SECOND, next_full_hour
from santai.casework.clock_runs import CHINA, Lengthening, Pause, china_day
from santai.casework.kernel import OPENING
from santai.casework.models import CaseClock
from santai.casework.terms import EXACT, UNIT_LABELS, Confidence, Unit
from santai.workdays.table import ONE_DAY, SATURDAY, days_after

if TYPE_CHECKING:
    from santai.casework.clocks import Reading

WEEKDAYS = "一二三四五六日"


def explain(reading: Reading) -> list[str]:
    teller = _Teller(reading)
    return [
        teller.limit(),
        teller.start(),
        *teller.changes(),
        *teller.days_on_the_way(),
        *teller.roll_over(),
        *teller.end(),
        *teller.before(),
        *teller.promise(),
        *teller.caution(),
    ]


@dataclass(frozen=True, slots=True)
class _Teller:
    reading: Reading

    def limit(self) -> str:
        clock = self.reading.clock
        kind = "（当事人约定）" if self.reading.run.agreed > 0 else "（本地参数）" if self.reading.is_replaced else ""
        doubt = "（待核实，默认值）" if clock.confidence is Confidence.U and not self.reading.is_replaced else ""
        return f"{clock.label}的期限是{self.reading.limit}{kind}{doubt}，依据：{clock.basis}。"

    def before(self) -> Iterator[str]:
        if self.reading.missed_before:
            yield f"此前还有{self.reading.missed_before}次没有在期限内完成，已经记录在案。"

    def start(self) -> str:
        reading = self.reading
        began = reading.started_at
        if reading.run.target is not None:
            what = f"从{self._day(reading.run.target)}往前数，当天不计"
            return (
                f"{what}，只数工作日。" if reading.limit.unit is Unit.WORKING_DAYS else f"{what}，周末和节假日也计入。"
            )
        what = f"从{self._moment(began)}“{self._step(reading.run.started_by)}”起算"
        if reading.limit.unit in EXACT:
            if reading.clock.from_next_hour:
                return f"{what}，当小时不计，从{self._moment(next_full_hour(began.astimezone(CHINA)))}开始数。"
            by_seconds = reading.limit.unit is Unit.SECONDS
            return f"{what}，按秒连续计算。" if by_seconds else f"{what}，按小时连续计算，精确到分钟。"
        if reading.limit.unit in (Unit.MONTHS, Unit.YEARS):
            return f"{what}，首日不计，最后一日是到期月的对应日；没有对应日的，是那个月的最后一日。"
        manner = "只数工作日" if reading.limit.unit is Unit.WORKING_DAYS else "中间的周末和节假日也计入"
        return f"{what}，首日不计，从次日{self._day(china_day(began) + ONE_DAY)}开始数，{manner}。"

    def changes(self) -> Iterator[str]:
        for change in self.reading.run.changes:
            if change in self.reading.counted.ignored:
                yield f"{self._moment(change.at)}“{self._step(change.step)}”时期限已经届满，不再影响期限。"
            elif isinstance(change, Lengthening):
                yield f"{self._moment(change.at)}“{self._step(change.step)}”，延长{self._in_unit(change.count)}。"
            else:
                yield self._pause(change)

    def _pause(self, pause: Pause) -> str:
        began = f"{self._moment(pause.at)}“{self._step(pause.step)}”，期限中止"
        if pause.resumed_at is None:
            return f"{began}，至今没有恢复。"
        ended = f"{began}；{self._moment(pause.resumed_at)}“{self._step(pause.resumed_by)}”恢复"
        if self.reading.limit.unit in EXACT:
            return f"{ended}，中间{_duration(pause.resumed_at - pause.at)}不计。"
        first, last = china_day(pause.at) + ONE_DAY, china_day(pause.resumed_at)
        if last < first:
            return f"{ended}，同一天内恢复，不影响期限。"
        if last == first:
            return f"{ended}，{self._day(last)}这1天不计。"
        return f"{ended}，{self._day(first)}到{self._day(last)}共{(last - first).days + 1}天不计。"

    def days_on_the_way(self) -> Iterator[str]:
        """Holidays and make-up days that working days had to step over."""
        if self.reading.limit.unit is not Unit.WORKING_DAYS:
            return
        rest: list[date] = []
        for day in self._counted_days():
            if not self.reading.calendar.is_workday(day):
                rest.append(day)
                continue
            yield from self._holiday(rest)
            rest = []
            if day.weekday() >= SATURDAY:
                name = self.reading.calendar.name_of(day)
                yield f"{self._day(day)}因{name}调休上班，算工作日。" if name else f"{self._day(day)}上班，算工作日。"
        yield from self._holiday(rest)

    def _counted_days(self) -> list[date]:
        reading = self.reading
        if reading.run.target is not None and reading.due_on is not None:
            return list(days_after(reading.due_on, reading.run.target - ONE_DAY))
        pauses = [c for c in reading.run.changes if isinstance(c, Pause) and c not in reading.counted.ignored]
        still = next((pause.at for pause in pauses if pause.resumed_at is None), reading.now)
        days = days_after(china_day(reading.started_at), reading.due_on or china_day(still))
        spans = [(china_day(p.at), china_day(p.resumed_at)) for p in pauses if p.resumed_at]
        return [day for day in days if not any(first < day <= last for first, last in spans)]

    def _holiday(self, rest: list[date]) -> Iterator[str]:
        names = dict.fromkeys(name for day in rest if (name := self.reading.calendar.name_of(day)))
        if names:
            span = self._day(rest[0]) if len(rest) == 1 else f"{self._day(rest[0])}到{self._day(rest[-1])}"
            yield f"{span}{'、'.join(names)}放假，不算工作日。"

    def roll_over(self) -> Iterator[str]:
        last_day, due_on = self.reading.last_day, self.reading.due_on
        if last_day is None or due_on is None:
            return
        if not self.reading.clock.rolls_over:
            yield f"最后一日是{self._day(last_day)}；羁押类期限不因节假日顺延。"
        elif last_day != due_on:
            name = self.reading.calendar.name_of(last_day)
            why = f"{name}放假" if name else "周末"
            if self.reading.run.target is not None:
                yield f"{self._day(last_day)}是{why}，提前到之前最后一个工作日{self._day(due_on)}。"
                return
            yield f"最后一日{self._day(last_day)}是{why}，顺延到之后第一个工作日{self._day(due_on)}。"

    def end(self) -> Iterator[str]:
        reading = self.reading
        if reading.due_at is None:
            yield self._paused_end()
            return
        yield f"因此应在{self._deadline(reading.due_at)}前完成。"
        if reading.stopped_at is not None:
            verdict = "按期" if reading.condition is CaseClock.Condition.MET else self._late(reading.stopped_at)
            yield f"{self._moment(reading.stopped_at)}“{self._step(reading.run.stopped_by)}”，{verdict}。"
        elif reading.is_overdue:
            yield f"现在{self._late(reading.now)}。"
        elif reading.limit.unit not in EXACT and reading.due_on == china_day(reading.now):
            yield "今天是最后一天。"
        else:
            yield f"现在还剩{self._left()}。"

    def _paused_end(self) -> str:
        reading = self.reading
        if reading.stopped_at is not None:
            stopped = f"{self._moment(reading.stopped_at)}“{self._step(reading.run.stopped_by)}”"
            return f"{stopped}时仍在中止，没有超期。"
        resumes = "恢复时继续计算" if reading.limit.unit in EXACT else "恢复的次日继续计算"
        return f"现在期限中止，还剩{self._left()}，{resumes}。"

    def _left(self) -> str:
        reading = self.reading
        if reading.limit.unit in EXACT and reading.due_at is not None:
            return _duration(reading.due_at - reading.now)
        return str(reading.remaining)

    def _late(self, moment: datetime) -> str:
        due_at = self.reading.due_at or moment
        if self.reading.limit.unit in EXACT:
            return f"已超期{_duration(moment - due_at)}"
        return f"已超期{(china_day(moment) - china_day(due_at)).days}天"

    def promise(self) -> Iterator[str]:
        day = self.reading.promise_due_on
        if day is not None:
            yield f"本地承诺更早：{self._day(day)}前完成。"

    def caution(self) -> Iterator[str]:
        if self.reading.is_provisional:
            yield "其中有年份的放假安排还没有公布或导入，这个日期是暂定的；公布并导入后会自动重算。"

    def _step(self, name: str) -> str:
        return "收到诉求" if name == OPENING else self.reading.procedure.step(name).label

    def _in_unit(self, count: int) -> str:
        return f"{count}{UNIT_LABELS[self.reading.limit.unit]}"

    def _day(self, day: date) -> str:
        year = "" if day.year == china_day(self.reading.started_at).year else f"{day.year}年"
        return f"{year}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"

    def _moment(self, moment: datetime) -> str:
        local = moment.astimezone(CHINA)
        year = f"{local.year}年" if moment == self.reading.started_at else ""
        clock = "%H:%M:%S" if self.reading.limit.unit is Unit.SECONDS else "%H:%M"
        return f"{year}{self._day(local.date())}{local:{clock}}"

    def _deadline(self, due_at: datetime) -> str:
        if self.reading.limit.unit in EXACT:
            return self._moment(due_at)
        return f"{self._day(china_day(due_at))}24:00"


def _duration(length: timedelta) -> str:
    hours, rest = divmod(length, HOUR)
    minutes, rest = divmod(rest, timedelta(minutes=1))
    if not hours and not minutes:
        return f"{rest // SECOND}秒" if rest >= SECOND else "不到1秒"
    if hours and minutes:
        return f"{hours}小时{minutes}分钟"
    return f"{hours}小时" if hours else f"{minutes}分钟"
