"""Invented citizens for a rehearsal: no two alike, in this run or another one against the same server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from santai.demo.names import person

# Demo applicants have phones from 199 0000 0000 and ID sequence numbers from 900; these are apart from them.
FIRST_PHONE = 199_1000_0000
FIRST_SEQUENCE, SEQUENCES = 800, 100
FIRST_BIRTHDAY = date(1945, 1, 1)
MOST_STORIES = 2000
MOST_RUNS = 1000


@dataclass(frozen=True)
class Citizen:
    name: str
    phone: str
    id_number: str
    region: str


def run_number(now: float | None = None) -> int:
    """Another one every minute, for sixteen hours."""
    return int((time.time() if now is None else now) // 60) % MOST_RUNS


def invent(rng: Random, run: int, number: int, region: str) -> Citizen:
    """`number` is that of the story, below MOST_STORIES; `run` below MOST_RUNS."""
    serial = run * MOST_STORIES + number
    name, _ = person(rng)
    return Citizen(name, str(FIRST_PHONE + serial), _id_number(serial, region), region)


def _id_number(serial: int, region: str) -> str:
    """A birthday and a sequence number that belong to this serial alone."""
    days, sequence = divmod(serial, SEQUENCES)
    head = f"{region}{FIRST_BIRTHDAY + timedelta(days=days):%Y%m%d}{FIRST_SEQUENCE + sequence}"
    return head + str(ric.calc_check_digit(head + "0"))
