"""What the log says of a clock: when it started and stopped, and what happened to it on the way, in order."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from santai.casework.terms import Clock, Extension

if TYPE_CHECKING:
    from santai.casework.models import LogEntry

# Deadlines are days of Chinese law, whatever the time zone of the server or of the reader.
CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Pause:
    """One stretch of the union of all grounds for pausing; open while `resumed_at` is None."""

    at: datetime
    step: str
    resumed_at: datetime | None = None
    resumed_by: str = ""


@dataclass(frozen=True, slots=True)
class Lengthening:
    at: datetime
    step: str
    count: int


@dataclass(slots=True)
class Run:
    """From a start to a stop. `changes` are in the order of the log."""

    started_at: datetime
    started_by: str
    agreed: int = 0
    changes: list[Pause | Lengthening] = field(default_factory=list)
    stopped_at: datetime | None = None
    stopped_by: str = ""
    paused: Pause | None = None
    # The day of the event a limit is counted back from.
    target: date | None = None

    @property
    def is_active(self) -> bool:
        return self.stopped_at is None


def runs_of(clock: Clock, log: Sequence[LogEntry], *, final: Set[str], moving: Set[str]) -> list[Run]:
    """Every run, the one that counts last: the only one, or the latest when the clock restarts.

    A final state stops every clock. `moving` names the steps with a target: they enter a state even when the case is
    in it already.
    """
    walk = _Walk(clock, final, moving)
    for entry in log:
        walk.take(entry)
    return [*walk.earlier, walk.run] if walk.run else []


class _Walk:
    """Goes through a log once, holding the current run and the open grounds for pausing."""

    def __init__(self, clock: Clock, final: Set[str], moving: Set[str]) -> None:
        self.clock = clock
        self.moving = moving
        self.stops_in = clock.until | final
        self.run: Run | None = None
        self.earlier: list[Run] = []
        self.grounds: set[int] = set()
        self.extensions_left = clock.extension.times if clock.extension else 0

    def take(self, entry: LogEntry) -> None:
        moved = entry.to_state != entry.from_state or entry.step in self.moving
        entered = entry.to_state if moved else ""
        self._stop(entry, entered)
        if self.clock.before:
            self._aim(entry, entered)
            return
        self._pause_or_resume(entry, entered)
        self._start(entry, entered)
        self._lengthen(entry)

    @property
    def active(self) -> Run | None:
        return self.run if self.run is not None and self.run.is_active else None

    def _stop(self, entry: LogEntry, entered: str) -> None:
        run = self.active
        if run and (entered in self.stops_in or entry.step in self.clock.until_steps):
            self._end(run, entry)

    def _end(self, run: Run, entry: LogEntry) -> None:
        done_on = _moment_in(entry, self.clock.stop_field)
        # What is counted back may have been done before anybody knew the day of the event.
        earliest = done_on if self.clock.before else run.started_at
        run.stopped_at = max(min(done_on, entry.at), earliest) if done_on and earliest else entry.at
        run.stopped_by = entry.step

    def _aim(self, entry: LogEntry, entered: str) -> None:
        """The day of the event became known, or the event was put off."""
        day = _moment_in(entry, self.clock.before)
        if day is None or not self._is_start(entry, entered):
            return
        if self.run is None:
            self.run = Run(_moment_in(entry, self.clock.start_field) or entry.at, entry.step)
        self.run.target = china_day(day)
        if self.clock.stop_field and _moment_in(entry, self.clock.stop_field):
            self._end(self.run, entry)

    def _pause_or_resume(self, entry: LogEntry, entered: str) -> None:
        was_paused = bool(self.grounds)
        self._update_grounds(entry, entered)
        if self.active and was_paused != bool(self.grounds):
            _resume(self.active, entry) if was_paused else _pause(self.active, entry.at, entry.step)

    def _update_grounds(self, entry: LogEntry, entered: str) -> None:
        """Grounds are told apart by number: 0 is the state, 1… the pairs of steps."""
        if entered and entered in self.clock.paused_in:
            self.grounds.add(0)
        elif entered:
            self.grounds.discard(0)
        for number, (pausing, resuming) in enumerate(self.clock.paused_between, start=1):
            if entry.step == pausing:
                self.grounds.add(number)
            elif entry.step == resuming:
                self.grounds.discard(number)

    def _start(self, entry: LogEntry, entered: str) -> None:
        if not self._is_start(entry, entered) or (self.run is not None and not self.clock.restarts):
            return
        if self.run is not None:
            self._keep(self.run, entry)
        agreed = _number(entry.data.get(self.clock.limit_field)) if self.clock.limit_field else 0
        self.run = Run(_moment_in(entry, self.clock.start_field) or entry.at, entry.step, agreed)
        self.extensions_left = self.clock.extension.times if self.clock.extension else 0
        if self.grounds:
            _pause(self.run, entry.at, entry.step)

    def _keep(self, run: Run, entry: LogEntry) -> None:
        """An earlier run stays on the record: a new start does not undo a missed limit."""
        if run.is_active:
            self._end(run, entry)
        self.earlier.append(run)

    def _is_start(self, entry: LogEntry, entered: str) -> bool:
        if entry.step in self.clock.runs_from_steps:
            return True
        if entered not in self.clock.runs_from:
            return False
        # Coming back from a pause, or moving between starting states, continues the run; entering the same state anew
        # (an order handed from one body to the next) starts afresh.
        within = entry.from_state in self.clock.runs_from or entry.from_state in self.clock.paused_in
        return not (self.active and within and entry.from_state != entered)

    def _lengthen(self, entry: LogEntry) -> None:
        extension, run = self.clock.extension, self.active
        if extension is None or run is None or entry.step != extension.step or not self.extensions_left:
            return
        count = _granted(extension, entry.data)
        if count > 0:
            self.extensions_left -= 1
            run.changes.append(Lengthening(entry.at, entry.step, count))


def _pause(run: Run, at: datetime, step: str) -> None:
    run.paused = Pause(at, step)
    run.changes.append(run.paused)


def _resume(run: Run, entry: LogEntry) -> None:
    if run.paused is not None:
        run.paused.resumed_at, run.paused.resumed_by = entry.at, entry.step
        run.paused = None


def _granted(extension: Extension, data: dict[str, Any]) -> int:
    """What the step grants, never more than `at_most`; a field that holds no number grants nothing.

    An extension without a field grants `at_most`.
    """
    return min(_number(data.get(extension.field)), extension.at_most) if extension.field else extension.at_most


def _number(value: Any) -> int:
    try:
        return 0 if isinstance(value, bool) or value is None else int(value)
    except (TypeError, ValueError):
        return 0


def _moment_in(entry: LogEntry, field: str) -> datetime | None:
    """The day of service (receipt, postmark, filing …) that was filled in at the step; None when there is none."""
    text = entry.data.get(field) if field else None
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=CHINA)


def china_day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def end_of(day: date) -> datetime:
    """24:00 of a day (民法典 203(2)), as the last microsecond before it."""
    return datetime.combine(day, time.max, CHINA)
