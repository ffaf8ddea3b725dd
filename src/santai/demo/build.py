"""Builds the whole demo in named stages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command
from django.utils.timezone import localdate

from santai.demo import home
from santai.demo.calls import build_calls
from santai.demo.parameters import set_parameters
from santai.demo.province import build_province
from santai.demo.requests import build_requests
from santai.demo.staged.choice import showings
from santai.knowledge.building import take_in
from santai.knowledge.entries.imports import import_entries
from santai.knowledge.sources import package
from santai.workdays.imports import import_package_years

# How much of the bar a stage takes, in requests.
STAGE_SIZES = {"建表": 100, "节假日": 10, "机构和人员": 120, "法律": 150, "知识": 20}
# Whoever asks for fewer requests wants a province to rehearse in, not one to look at.
ENOUGH = 100
Report = Callable[[str, int], None]


def stages_total(requests: int, *, now: datetime) -> int:
    return requests + _staged(requests, now) + sum(STAGE_SIZES.values())


def _staged(requests: int, now: datetime) -> int:
    """How many cases of the other procedures are shown beside the requests."""
    return len(showings(localdate(now))) if requests >= ENOUGH else 0


def build_demo(*, requests: int, processes: int, now: datetime, report: Report) -> None:
    """`report` is called with the stage and how much of it has been done since the last call."""
    home.mark(home.BUILDING, at=now)
    report("建表", 0)
    call_command("migrate", verbosity=0, interactive=False)
    report("节假日", STAGE_SIZES["建表"])
    import_package_years()
    report("机构和人员", STAGE_SIZES["节假日"])
    build_province(on=localdate(now))
    set_parameters()
    report("法律", STAGE_SIZES["机构和人员"])
    take_in(package.NAME, on=localdate(now))
    report("知识", STAGE_SIZES["法律"])
    import_entries(at=now)
    report("诉求", STAGE_SIZES["知识"])
    staged = _staged(requests, now)
    build_requests(requests, now=now, processes=processes, staged=staged, on_batch=lambda done: report("诉求", done))
    build_calls(now=now)
    home.mark(home.READY, at=now)
