"""The explanation names everything that moved the date, in words a clerk can read out."""

from __future__ import annotations

from santai.casework.terms import Confidence, days, hours, months, workdays
from tests.casework.clock_stories import clock, read

START = ("accept", "2026-02-10 10:00")


def told(*args: object, **more: object) -> str:
    return "\n".join(read(*args, **more).explain())  # type: ignore[arg-type]


def test_a_working_day_limit_over_spring_festival_is_told_in_full() -> None:
    steps = (
        START,
        ("ask", "2026-02-12"),
        ("supply", "2026-02-14 15:30"),
        ("extend", "2026-02-24", {"amount": 3}),
    )
    assert read(clock(workdays(5)), *steps, now="2026-02-25").explain() == [
        "办理的期限是5个工作日，依据：试验规则第1条。",
        "从2026年2月10日（周二）10:00“受理”起算，首日不计，从次日2月11日（周三）开始数，只数工作日。",
        "2月12日（周四）09:00“要求补充”，期限中止；2月14日（周六）15:30“补充材料”恢复，"
        "2月13日（周五）到2月14日（周六）共2天不计。",
        "2月24日（周二）09:00“同意延期”，延长3个工作日。",
        "2月15日（周日）到2月23日（周一）春节放假，不算工作日。",
        "2月28日（周六）因春节调休上班，算工作日。",
        "因此应在3月2日（周一）24:00前完成。",
        "现在还剩4个工作日。",
    ]


def test_a_roll_over_names_the_holiday() -> None:
    assert "最后一日2月17日（周二）是春节放假，顺延到之后第一个工作日2月24日（周二）。" in told(clock(days(7)), START)
    assert "最后一日3月7日（周六）是周末，顺延到之后第一个工作日3月9日（周一）。" in told(
        clock(days(5)), ("accept", "2026-03-02")
    )


def test_a_custody_clock_says_that_it_does_not_roll_over() -> None:
    assert "不因节假日顺延" in told(clock(days(7), rolls_over=False), START)


def test_an_unconfirmed_default_says_so_until_a_parameter_confirms_it() -> None:
    doubtful = clock(days(15), confidence=Confidence.U)
    assert "（待核实，默认值）" in told(doubtful, START)
    local = told(doubtful, START, parameters={"work": days(10)})
    assert "10日（本地参数）" in local
    assert "待核实" not in local


def test_an_open_pause_says_what_is_left() -> None:
    assert "还剩4个工作日，恢复的次日继续计算" in told(clock(workdays(5)), START, ("ask", "2026-02-11"))


def test_a_pause_within_a_day_says_that_it_changes_nothing() -> None:
    steps = (START, ("ask", "2026-02-11 09:00"), ("supply", "2026-02-11 11:00"))
    assert "同一天内恢复，不影响期限" in told(clock(workdays(5)), *steps)


def test_hours_are_told_to_the_minute() -> None:
    paused = told(clock(hours(24)), START, ("ask", "2026-02-10 11:00"), ("supply", "2026-02-10 12:30"))
    assert "中间1小时30分钟不计" in paused
    assert "因此应在2月11日（周三）11:30前完成。" in paused
    assert "现在已超期2小时5分钟" in told(clock(hours(24)), START, now="2026-02-11 12:05")
    assert "从2月10日（周二）11:00开始数" in told(clock(hours(24), from_next_hour=True), START)


def test_a_change_after_the_end_is_told_as_without_effect() -> None:
    late = told(clock(workdays(1)), START, ("extend", "2026-02-13", {"amount": 3}))
    assert "“同意延期”时期限已经届满，不再影响期限" in late


def test_months_speak_of_the_corresponding_day() -> None:
    assert "到期月的对应日" in told(clock(months(1)), START)


def test_an_end_is_told_as_in_time_or_late() -> None:
    assert "“办结”，按期。" in told(clock(workdays(3)), START, ("finish", "2026-02-11"))
    assert "“办结”，已超期2天。" in told(clock(workdays(1)), START, ("finish", "2026-02-13"))
    assert "没有超期" in told(clock(workdays(3)), START, ("ask", "2026-02-11"), ("drop", "2026-03-11"))
    assert "现在已超期3天" in told(clock(workdays(1)), START, now="2026-02-14")
    assert "今天是最后一天" in told(clock(workdays(1)), START, now="2026-02-11")


def test_a_promise_is_told_beside_the_limit() -> None:
    assert "本地承诺更早：2月12日（周四）前完成。" in told(clock(workdays(5), promise=workdays(2)), START)


def test_a_provisional_date_says_that_it_may_move() -> None:
    reading = read(clock(workdays(5)), ("accept", "2026-12-29"))
    assert reading.explain()[-1].startswith("其中有年份的放假安排还没有公布或导入，这个日期是暂定的")
    assert "因此应在2027年1月6日（周三）24:00前完成。" in reading.explain()
    assert "2027年1月1日（周五）到2027年1月3日（周日）元旦放假，不算工作日。" in reading.explain()
