"""Jobs that come round: a function marked `@every(...)` in any room's `periodic.py` is found and run by the worker.

    @every(minutes=5)
    def remind_of_due_cases(*, at: datetime) -> None: ...

A job must be safe to run again: a worker that dies in the middle leaves it for the next round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.module_loading import autodiscover_modules

from santai.notices.models import PeriodicRun

log = logging.getLogger(__name__)


class Work(Protocol):
    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True)
class Job:
    name: str
    interval: timedelta
    work: Work


JOBS: dict[str, Job] = {}


def every(*, seconds: int = 0, minutes: int = 0, hours: int = 0, days: int = 0) -> Callable[[Work], Work]:
    interval = timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
    if interval <= timedelta(0):
        raise ValueError("a periodic job needs an interval")

    def register(work: Work) -> Work:
        name = f"{work.__module__}.{getattr(work, '__name__', '')}"
        JOBS[name] = Job(name, interval, work)
        return work

    return register


def discover() -> None:
    autodiscover_modules("periodic")


def run_due(*, at: datetime) -> list[str]:
    """Run the jobs that are due and return their names. A fault in one is logged and does not stop the others."""
    planned = dict(PeriodicRun.objects.values_list("job", "due_at"))
    waiting = [job for job in JOBS.values() if planned.get(job.name, at) <= at]
    return [job.name for job in waiting if _claim(job, planned.get(job.name), at) and _run(job, at)]


def _claim(job: Job, planned: datetime | None, at: datetime) -> bool:
    """Compare and swap on the planned time: of two workers that read the same plan, one runs the job."""
    if planned is None:
        planned = at
        PeriodicRun.objects.bulk_create([PeriodicRun(job=job.name, due_at=planned)], ignore_conflicts=True)
    return PeriodicRun.objects.filter(job=job.name, due_at=planned).update(due_at=at + job.interval) == 1


def _run(job: Job, at: datetime) -> bool:
    try:
        job.work(at=at)
    except Exception:
        log.exception("periodic job %s failed; it runs again at its next time", job.name)
    return True
