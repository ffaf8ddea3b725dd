"""Builds the whole demo in named stages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command
from django.utils.timezone import localdate

from santai.demo import home
from santai.demo.parameters import set_parameters
from santai.demo.province import build_province
from santai.demo.requests import build_requests
from santai.workdays.imports import import_package_years

# How much of the bar a stage takes, in requests.
STAGE_SIZES = {"建表": 100, "节假日": 10, "机构和人员": 120}
Report = Callable[[str, int], None]


def stages_total(requests: int) -> int:
    return requests + sum(STAGE_SIZES.values())


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
    report("诉求", STAGE_SIZES["机构和人员"])
    build_requests(requests, now=now, processes=processes, on_batch=lambda done: report("诉求", done))
    home.mark(home.READY, at=now)
