"""Everything that happens without anybody asking: messages go out, periodic jobs run."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from santai.notices import periodic
from santai.notices.queue import send_due

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "发送排队的通知并执行定时任务；按 Ctrl+C 或收到 SIGTERM 后做完当前一轮再退出"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="只做一轮")
        parser.add_argument("--every", type=float, default=5.0, metavar="秒", help="每轮之间等几秒（默认 5）")

    def handle(self, *_: Any, once: bool, every: float, **__: Any) -> None:
        periodic.discover()
        if once:
            self.work_a_round()
            return
        with stopped_by_signal() as stop:
            while not stop.is_set():
                self.survive_a_round()
                stop.wait(every)
        self.stdout.write("已停止")

    def survive_a_round(self) -> None:
        """A database that is away for a moment must not end the worker."""
        try:
            self.work_a_round()
        except Exception:
            log.exception("this round failed; the next one follows")
        close_old_connections()

    def work_a_round(self) -> None:
        sent = send_due()
        ran = periodic.run_due(at=timezone.now())
        if sent or ran:
            self.stdout.write(f"发出通知 {sent} 条，执行定时任务 {len(ran)} 项")


@contextmanager
def stopped_by_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM or SIGINT sets; the former handlers come back afterwards."""
    stop = threading.Event()
    former = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
