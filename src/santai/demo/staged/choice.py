"""Which plays the demo shows, and where each stops: fresh, half way, nearly done, and over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

from santai.casework.kernel import procedure_in_force
from santai.demo.rehearsal.plays.script import Line, Play, Script, scripts

# These two fill the demo by the thousand already (`paths`, `aid_paths`).
ELSEWHERE = frozenset({"work_order", "legal_aid_civil"})
# Drawn by lot from closed cases (`quality`), and opened by the platform round by round (`rounds`).
DRAWN = frozenset({"legal_aid_peer_review", "legal_aid_commitment_check"})
ROUNDS = "dispute_screening"
MOST = 6
# How far the happy path of a procedure has come in the cases that are open, and how many days ago that was.
OPEN_AT = ((0.0, 0.1), (0.3, 0.4), (0.6, 1.5), (0.85, 3.0))
OVER_FOR = (4.0, 12.0, 33.0)
# A demo does not reach back to when what is kept for thirty years was handed in.
LONGEST_WAIT = timedelta(days=400)


@dataclass(frozen=True)
class Showing:
    """Lines of one script, and how many days ago the last of them was played."""

    script: Script
    name: str
    lines: tuple[Line, ...]
    rests: float
    is_over: bool = False
    # Whether it fits is left to the draw.
    may_stop: bool = False

    @property
    def procedure(self) -> str:
        return self.script.procedure.name


@cache
def current_scripts(on: date) -> tuple[Script, ...]:
    """Of the versions in force on the day."""
    return tuple(script for script in scripts() if _is_in_force(script, on))


def _is_in_force(script: Script, on: date) -> bool:
    try:
        return procedure_in_force(script.procedure.name, on) is script.procedure
    except KeyError:
        return False


def showings(on: date) -> list[Showing]:
    apart = ELSEWHERE | DRAWN | {ROUNDS}
    return [one for script in current_scripts(on) if script.procedure.name not in apart for one in _of(script)]


def _of(script: Script) -> list[Showing]:
    """The first play that leaves its case for no other page is the long way through; the shortest end otherwise."""
    found: list[Showing] = []
    for stop in _stops(script):
        if stop.lines and stop.lines not in [one.lines for one in found]:
            found.append(stop)
    return found[:MOST]


def _stops(script: Script) -> Iterator[Showing]:
    whole = next((play for play in script.plays if not _needs_pages(play)), script.plays[0])
    name, lines = whole.name, taken_in(script, whole)
    others = [(play.name, taken_in(script, play)) for play in script.plays if play is not whole]
    for share, rests in OPEN_AT[:2]:
        yield Showing(script, name, up_to(lines, share), rests)
    for (other, ending), rests in zip(sorted(others, key=lambda play: len(play[1]))[:2], OVER_FOR, strict=False):
        yield Showing(script, other, ending, rests, is_over=True)
    yield Showing(script, name, up_to(lines, OPEN_AT[2][0]), OPEN_AT[2][1])
    yield Showing(script, name, lines, OVER_FOR[2], is_over=True)


def _needs_pages(play: Play) -> bool:
    return any(line.word == "page" for line in play.lines)


def taken_in(script: Script, play: Play) -> tuple[Line, ...]:
    """What really happens: neither attempts that are refused, nor what follows forms of other pages or long waits."""
    lines = takewhile(lambda line: line.word != "page" and line.wait <= LONGEST_WAIT, (*script.begins, *play.lines))
    return tuple(line for line in lines if not line.must_be_refused)


def up_to(lines: tuple[Line, ...], share: float) -> tuple[Line, ...]:
    """The first step, and of the others that share."""
    steps = [number for number, line in enumerate(lines) if line.is_step]
    last = steps[int((len(steps) - 1) * share)] if steps else -1
    return lines[: last + 1]
