"""The platform on a clock that can be set, for rehearsals of what happens after days and years.

Only `santai rehearse --all` serves it, to itself, for a province of its own that is thrown away. One request at a time:
the moment of a request holds for the whole process until the next one names another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

HEADER, TICK = "X-Rehearsal-Now", "/rehearsal/tick"
ENVIRON = "HTTP_X_REHEARSAL_NOW"
OWN_HOME = "SANTAI_REHEARSAL"

_real_now = timezone.now
_moment: datetime | None = None


def rehearsed_now() -> datetime:
    return _moment or _real_now()


def make_application() -> Callable[..., Iterable[bytes]]:
    """RuntimeError anywhere but in a rehearsal's own demo province."""
    if not (settings.DEMO and os.environ.get(OWN_HOME)):
        raise RuntimeError("the clock can be set in a rehearsal's own province only")
    from santai.config.wsgi import application

    timezone.now = rehearsed_now

    def clocked(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        global _moment
        told = environ.get(ENVIRON, "")
        _moment = datetime.fromisoformat(told) if told else None
        if environ["PATH_INFO"] == TICK:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [str(_tick(rehearsed_now())).encode()]
        return application(environ, start_response)

    return clocked


def _tick(at: datetime) -> int:
    from santai.notices.periodic import JOBS, discover

    discover()
    for job in list(JOBS.values()):
        job.work(at=at)
    return len(JOBS)
