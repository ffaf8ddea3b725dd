"""One member of staff at one screen. They speak with one person at a time; everybody else waits their turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from santai.demo.rehearsal.browser import Browser


class Seat:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.turn = threading.Lock()

    @contextmanager
    def occupied(self) -> Iterator[Browser]:
        with self.turn:
            yield self.browser
