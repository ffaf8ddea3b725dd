"""How long a page of the work list takes as the province grows, and how many queries it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from santai.casework.models import Case
from santai.casework.worklist import worklist
from santai.demo.bench.bare import undisturbed
from santai.demo.bench.kernel import WEB, needs
from santai.demo.bench.scratch import analyse
from santai.intake.receive import receive
from santai.registry.regions import scopes
from santai.trust.actors import Actor
from santai.trust.memberships import members_in_charge
from santai.trust.models import User
from santai.trust.roles import HANDLERS, Role

SEEDS = 400
REPETITIONS = 25
SPREAD_DAYS = 60


@dataclass(frozen=True)
class Viewer:
    label: str
    scope: str
    user_id: int


@dataclass(frozen=True)
class Page:
    viewer: str
    cases: int
    seconds: float
    queries: int


def measure_worklist(sizes: list[int], *, now: datetime, report: Callable[[], object]) -> list[Page]:
    seed(now, report)
    viewers = busiest()
    pages = []
    for size in sizes:
        grow_to(size)
        analyse()
        pages += [_page(viewer, size, now) for viewer in viewers]
        report()
    return pages


def seed(now: datetime, report: Callable[[], object]) -> None:
    rng = Random(2)
    for _, need in zip(range(SEEDS), needs(rng), strict=False):
        receive(need, actor=WEB, at=now - timedelta(days=rng.uniform(0, SPREAD_DAYS)))
        report()


def busiest() -> list[Viewer]:
    """Whoever has most to look at, for every tab of the list."""
    handler, organisation, county = _commonest("handler"), _commonest("organisation"), _commonest("county")
    colleague = min(members_in_charge(HANDLERS, organisation_id=organisation))
    dispatcher = min(members_in_charge({Role.DISPATCHER}, region=county))
    lead = min(members_in_charge({Role.HOTLINE_LEAD}, region=scopes(county)[-1]))
    return [
        Viewer("承办人，我的", "mine", handler),
        Viewer("承办单位，本单位", "organisation", colleague),
        Viewer("分派员，辖区", "region", dispatcher),
        Viewer("热线班长，全省", "region", lead),
    ]


def _commonest(field: str) -> Any:
    counted = Case.objects.exclude(**{field: None}).values(field).annotate(number=Count("pk"))
    return counted.order_by("-number", field).values_list(field, flat=True)[0]


def grow_to(size: int) -> None:
    """Copy the rows under new codes, so that what everybody has to look at grows alike."""
    copied = [str(field.column) for field in Case._meta.concrete_fields if _is_copied(field)]
    columns = ", ".join(map(connection.ops.quote_name, copied))
    with connection.cursor() as cursor:
        for number, missing in enumerate(_missing(size)):
            cursor.execute(
                f"INSERT INTO casework_case (code, {columns}) SELECT 'B{size}-{number}-' || id, {columns} "  # noqa: S608
                "FROM casework_case ORDER BY id LIMIT %s",
                [missing],
            )


def _is_copied(field: Any) -> bool:
    return not (field.primary_key or field.generated or field.name == "code")


def _missing(size: int) -> Iterator[int]:
    while (missing := size - Case.objects.count()) > 0:
        yield missing


def _page(viewer: Viewer, size: int, now: datetime) -> Page:
    seconds = []
    for _ in range(REPETITIONS):
        actor = Actor.staff(User.objects.get(pk=viewer.user_id))
        with CaptureQueriesContext(connection) as asked:
            began = perf_counter()
            worklist(actor, viewer.scope, at=now)
            seconds.append(perf_counter() - began)
    return Page(viewer.label, size, undisturbed(seconds), len(asked))
