"""What must hold of every clock, whatever the limit, the start and the pauses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from santai.casework.models import CaseClock, LogEntry
from santai.casework.terms import Amount, Unit
from tests.casework.clock_stories import SHANGHAI, clock, published, read_all, story

BEGIN = datetime(2025, 1, 1, tzinfo=SHANGHAI)
starts = st.integers(0, 300 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
limits = st.one_of(
    st.builds(Amount, st.integers(1, 60), st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS])),
    st.builds(Amount, st.integers(1, 96), st.just(Unit.HOURS)),
    st.builds(Amount, st.integers(1, 6), st.just(Unit.MONTHS)),
)
# (hours after the start, hours long) of each pause
pauses = st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 400)), max_size=4)
extensions = st.lists(st.tuples(st.integers(0, 1500), st.integers(1, 30)), max_size=2)
quick = settings(max_examples=150, deadline=None)


def log_with(
    start: datetime, gaps: list[tuple[int, int]], more_time: list[tuple[int, int]] | None = None
) -> list[LogEntry]:
    """Pauses by both kinds of pairs, so that they overlap; entries in the order of time."""
    log = story(("accept", "2026-01-01"))
    log[-1].at = start
    events: list[tuple[datetime, str, int]] = []
    for begin, length in gaps:
        events += [(start + timedelta(hours=begin), "on", 0), (start + timedelta(hours=begin + length), "off", 0)]
    events += [(start + timedelta(hours=at), "extend", amount) for at, amount in more_time or []]
    depth = 0
    for at, kind, amount in sorted(events, key=lambda event: (event[0], event[1] == "off")):
        name = kind
        if kind in ("on", "off"):
            before, depth = depth, depth + (1 if kind == "on" else -1)
            name = "suspend" if before == 0 else "resume" if depth == 0 else "note"
        entry = LogEntry(step=name, from_state="working", to_state="working", at=at, number=len(log) + 1)
        entry.data = {"amount": amount}
        log.append(entry)
    return log


def due_at(limit: Amount, log: list[LogEntry]) -> datetime:
    (reading,) = read_all(clock(limit), log=log)
    assert reading.due_at is not None
    return reading.due_at


@quick
@given(limits, starts, pauses, st.tuples(st.integers(0, 1500), st.integers(0, 400)))
def test_a_further_pause_never_moves_the_end_earlier(
    limit: Amount, start: datetime, gaps: list[tuple[int, int]], further: tuple[int, int]
) -> None:
    assert due_at(limit, log_with(start, [*gaps, further])) >= due_at(limit, log_with(start, gaps))


@quick
@given(limits, starts, pauses, extensions, st.integers(0, 1500), st.integers(1, 30))
def test_a_further_extension_never_moves_the_end_earlier(
    limit: Amount, start: datetime, gaps: list[tuple[int, int]], more: list[tuple[int, int]], at: int, amount: int
) -> None:
    assert due_at(limit, log_with(start, gaps, [*more, (at, amount)])) >= due_at(limit, log_with(start, gaps, more))


@quick
@given(limits, starts, pauses)
def test_a_day_limit_ends_on_a_working_day_after_its_start(
    limit: Amount, start: datetime, gaps: list[tuple[int, int]]
) -> None:
    (reading,) = read_all(clock(limit), log=log_with(start, gaps))
    assert reading.due_on is not None
    assert reading.due_at is not None
    assert reading.due_at > start
    if limit.unit is not Unit.HOURS:
        assert published().is_workday(reading.due_on)


@quick
@given(st.integers(1, 40), starts, pauses)
def test_days_counted_one_by_one_give_the_same_working_day(
    count: int, start: datetime, gaps: list[tuple[int, int]]
) -> None:
    """A second, slower count: every day after the start that is no rest day and lies in no pause."""
    limit = Amount(count, Unit.WORKING_DAYS)
    (reading,) = read_all(clock(limit), log=log_with(start, gaps))
    left_out: set[date] = set()
    day, left, end = start.date(), count, start.date()
    spans = sorted((start + timedelta(hours=b), start + timedelta(hours=b + n)) for b, n in gaps)
    for began, ended in _union(spans):
        reached = _count_on(day, left, left_out)
        if began.date() > reached:
            break
        left_out |= {began.date() + timedelta(days=n + 1) for n in range((ended.date() - began.date()).days)}
        if reached == began.date() != ended.date():
            # The limit may not end inside the pause: its last day is given back.
            left_out.add(reached)
    end = _count_on(day, left, left_out)
    assert reading.due_on == end


def _union(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for began, ended in spans:
        if merged and began <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ended))
        else:
            merged.append((began, ended))
    return merged


def _count_on(day: date, left: int, left_out: set[date]) -> date:
    while left:
        day += timedelta(days=1)
        left -= published().is_workday(day) and day not in left_out
    return day


@quick
@given(limits, starts, pauses, st.integers(0, 3000))
def test_a_stop_is_met_exactly_when_it_is_not_after_the_end(
    limit: Amount, start: datetime, gaps: list[tuple[int, int]], after: int
) -> None:
    log = log_with(start, gaps)
    end = due_at(limit, log)
    stop = LogEntry(step="finish", from_state="working", to_state="done", number=99, data={})
    stop.at = max(log[-1].at, start + timedelta(hours=after))
    (reading,) = read_all(clock(limit), log=[*log, stop])
    in_time = stop.at <= end
    assert reading.condition == (CaseClock.Condition.MET if in_time else CaseClock.Condition.MISSED)
