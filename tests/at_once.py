"""Several at the same instant: each call in a thread and with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def at_the_same_instant(*calls: Callable[[], Any]) -> tuple[list[Any], list[Exception]]:
    """Start them together; what they returned and what they raised, in the order in which they ended."""
    barrier = threading.Barrier(len(calls))
    returned: list[Any] = []
    raised: list[Exception] = []

    def run(call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            returned.append(call())
        except Exception as fault:
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return returned, raised
