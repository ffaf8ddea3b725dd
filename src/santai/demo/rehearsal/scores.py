"""What became of the stories, told by channel."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from santai.trust.actors import Channel

HEADINGS = ("渠道", "收到", "办结", "按时", "已评价", "丢失", "中位用时(秒)")
TOGETHER = "合计"


@dataclass
class Outcome:
    """How far one story came. `fault` says why it is lost; empty when its citizen has it, rated, on every channel."""

    channel: Channel
    number: int
    code: str = ""
    is_received: bool = False
    is_finished: bool = False
    is_in_time: bool = False
    is_rated: bool = False
    fault: str = ""
    seconds: float = 0.0
    trail: list[str] = field(default_factory=list)

    @property
    def is_lost(self) -> bool:
        return bool(self.fault)


def table(outcomes: Sequence[Outcome]) -> str:
    channels = [channel for channel in Channel if any(o.channel == channel for o in outcomes)]
    rows = [_row(str(channel.label), [o for o in outcomes if o.channel == channel]) for channel in channels]
    return drawn([HEADINGS, *rows, _row(TOGETHER, outcomes)])


def _row(name: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    counts = [
        sum(outcome.is_received for outcome in outcomes),
        sum(outcome.is_finished for outcome in outcomes),
        sum(outcome.is_finished and outcome.is_in_time for outcome in outcomes),
        sum(outcome.is_rated for outcome in outcomes),
        sum(outcome.is_lost for outcome in outcomes),
    ]
    times = [outcome.seconds for outcome in outcomes if not outcome.is_lost]
    return (name, *map(str, counts), f"{median(times):.1f}" if times else "-")


def drawn(rows: Iterable[Sequence[str]]) -> str:
    """Columns that line up in a terminal, where a Chinese character is two columns wide."""
    lines = list(rows)
    widths = [max(width(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(_padded(cell, widths[column], left=column == 0) for column, cell in enumerate(line)).rstrip()
        for line in lines
    )


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, wanted: int, *, left: bool) -> str:
    space = " " * (wanted - width(text))
    return text + space if left else space + text
