"""Plays many stories side by side and counts what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from santai.demo.rehearsal.browser import Network
from santai.demo.rehearsal.crew import Crew, Seats
from santai.demo.rehearsal.people import MOST_STORIES, run_number
from santai.demo.rehearsal.scores import Outcome
from santai.demo.rehearsal.story import Plan
from santai.trust.actors import Channel

MOST_WORKERS = 16
CHANNELS = {channel.value: channel for channel in (Channel.WEB, Channel.HOTLINE, Channel.COUNTER)}


class BadQuestions(Exception):
    """The file does not hold questions; the message says where."""


def read_questions(path: Path, limit: int = 0) -> list[str]:
    """One JSON object a line with a `question`; the first `limit` of them, or all."""
    found: list[str] = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            found.append(str(json.loads(line)["question"]))
        except (ValueError, TypeError, KeyError) as fault:
            raise BadQuestions(f"{path} 第 {number} 行不是带有 question 的 JSON。") from fault
        if limit and len(found) == limit:
            break
    if not found:
        raise BadQuestions(f"{path} 里没有问题。")
    if len(found) > MOST_STORIES - 1:
        raise BadQuestions(f"一次最多 {MOST_STORIES - 1} 个问题，请用 --limit 限制。")
    return found


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadQuestions(f"读不了 {path}：{fault}") from fault
    return (line for line in text.splitlines() if line.strip())


def plans(questions: Sequence[str], channels: Sequence[Channel]) -> list[Plan]:
    """The channels take turns."""
    return [
        Plan(number, channels[(number - 1) % len(channels)], question)
        for number, question in enumerate(questions, start=1)
    ]


def play_all(
    network: Network, todo: Sequence[Plan], *, workers: int, advance: Callable[[Outcome], None]
) -> list[Outcome]:
    run, seats = run_number(), Seats.taken(network)
    idle: SimpleQueue[Crew] = SimpleQueue()
    for number in range(workers):
        idle.put(Crew(network, seats, run, seed=run * MOST_WORKERS + number))

    def play(plan: Plan) -> Outcome:
        crew = idle.get()
        try:
            outcome = crew.play(plan)
        finally:
            idle.put(crew)
        advance(outcome)
        return outcome

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(play, todo))
