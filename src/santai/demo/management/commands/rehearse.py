"""`santai rehearse`: play real questions through the three channels, to a rated end, and count what is lost."""

from __future__ import annotations

import logging
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from santai.demo.rehearsal.browser import Network, Refused
from santai.demo.rehearsal.home import own_home
from santai.demo.rehearsal.page import CannotFill
from santai.demo.rehearsal.plays.run import rehearse_procedures
from santai.demo.rehearsal.run import CHANNELS, MOST_WORKERS, BadQuestions, plans, play_all, read_questions
from santai.demo.rehearsal.scores import Outcome, table
from santai.trust.actors import Channel

MOST_TOLD = 20
BAR = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}]{postfix}"
Audit = Callable[[], str]


class Command(BaseCommand):
    help = "用真实问题走一遍：三个渠道轮流提出，办到评价为止；有一件丢失或记录链对不上就报错退出。"
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--questions", type=Path, help="JSONL 文件，每行一个带 question 的对象")
        parser.add_argument("--all", action="store_true", help="把每个程序的每个环节都走一遍，最后列表")
        parser.add_argument("--only", default="", help="和 --all 一起用：只走这些程序，用逗号隔开")
        parser.add_argument("--url", default="", help="已经在运行的演示站点；不填就自己建一个临时的，演练完删掉")
        parser.add_argument("--limit", type=int, default=0, help="只演练前几个问题（默认全部）")
        parser.add_argument("--workers", type=int, default=2, help="同时演练几件（默认 2）")
        parser.add_argument("--channels", default=",".join(CHANNELS), help="轮流用哪些渠道（默认 web,hotline,counter）")

    def handle(
        self, *args: Any, questions: Path | None, url: str, limit: int, workers: int, channels: str, **options: Any
    ) -> None:
        if options["all"]:
            rehearse_procedures(self, url, options["only"])
            return
        if questions is None:
            raise CommandError("请用 --questions 给出问题文件，或者用 --all 把每个程序走一遍。")
        # A line for each of fifty thousand requests would drown the progress bar.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        if not 1 <= workers <= MOST_WORKERS:
            raise CommandError(f"--workers 应在 1 到 {MOST_WORKERS} 之间。")
        try:
            todo = plans(read_questions(questions, limit), chosen(channels))
            with self.stage(url) as (network, audit):
                outcomes = self.play(network, todo, workers)
                broken = audit()
        except (BadQuestions, CannotFill, Refused, RuntimeError, httpx.HTTPError) as fault:
            raise CommandError(f"演练没有做成：{fault}") from fault
        self.tell(outcomes, broken, url)

    @contextmanager
    def stage(self, url: str) -> Iterator[tuple[Network, Audit]]:
        if url:
            yield Network(url), lambda: ""
            return
        # Asked to end, it still stops the server it started and removes the folder.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        self.stderr.write("正在建立临时的演示省……")
        with own_home() as home:
            yield Network(home.url), home.audit

    def play(self, network: Network, todo: Sequence[Any], workers: int) -> list[Outcome]:
        lost = 0
        with tqdm(total=len(todo), unit="件", ncols=88, desc="演练", bar_format=BAR) as bar:

            def advance(outcome: Outcome) -> None:
                nonlocal lost
                lost += outcome.is_lost
                bar.set_postfix_str(f" 丢失 {lost}", refresh=False)
                bar.update()

            return play_all(network, todo, workers=workers, advance=advance)

    def tell(self, outcomes: list[Outcome], broken: str, url: str) -> None:
        self.stdout.write(table(outcomes))
        lost = [outcome for outcome in outcomes if outcome.is_lost]
        for outcome in lost[:MOST_TOLD]:
            self.stderr.write(f"第 {outcome.number} 件（{outcome.channel.label} {outcome.code}）{outcome.fault}")
        if broken:
            self.stderr.write(broken)
        if lost or broken:
            raise CommandError(f"丢失 {len(lost)} 件；记录链{'对不上' if broken else '没有发现问题'}。")
        self.stdout.write(
            "没有丢失。记录链请在该站点的机器上用 santai audit verify 核对。" if url else "没有丢失，记录链全部对得上。"
        )


def chosen(channels: str) -> list[Channel]:
    names = [name.strip() for name in channels.split(",") if name.strip()]
    strangers = [name for name in names if name not in CHANNELS]
    if strangers or not names:
        raise CommandError(f"--channels 只能是 {'、'.join(CHANNELS)}，用逗号隔开。")
    return [CHANNELS[name] for name in names]
