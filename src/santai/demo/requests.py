"""Requests of the last eighteen months, in every state, through every channel; written by the engine itself."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from santai.casework.access import log_of
from santai.casework.models import Case
from santai.casework.parameters import remembered
from santai.demo import side_by_side
from santai.demo.aid_paths import AID_PATHS
from santai.demo.applicants import Applicants, make_applicants
from santai.demo.cast import PROFESSION, Cast
from santai.demo.logins import COUNTY, LOGINS
from santai.demo.matters import FREQUENCY, SPECIALTIES
from santai.demo.paths import AT_WORK, TO_CLAIM, WORK_ORDER_PATHS, Path
from santai.demo.proportions import county_weights
from santai.demo.staged.fill import stage_all
from santai.demo.walk import Walker
from santai.intake.models import Arrival
from santai.notices.models import Notice
from santai.registry.models import Region
from santai.trust.crypto import blind_index, sm3
from santai.trust.roles import HANDLERS

SEED = 12348
PATHS = (*WORK_ORDER_PATHS, *AID_PATHS)
EIGHTEEN_MONTHS = timedelta(days=548)
BATCH = 200
# The county of the demo logins gets more than its part, so that each login finds work.
AT_HOME = 0.08
# A case that is shown takes about as long as so many requests.
WEIGHT_OF_SHOWN = 2.5


@dataclass(frozen=True)
class Deal:
    """One request before it is walked."""

    path: Path
    matter: str
    county: str
    username: str = ""


def build_requests(
    count: int,
    *,
    now: datetime,
    seed: int = SEED,
    processes: int = 1,
    staged: int = 0,
    on_batch: Callable[[int], None] = lambda done: None,
) -> None:
    """Walk `count` requests, with one process or two, and show `staged` cases of the other procedures in the county of
    the demo logins, if any; `on_batch` hears how many more are done."""
    rng = Random(seed)
    deals = _deals(rng, count)
    people = make_applicants(rng, [deal.county for deal in deals], now=now, since=now - EIGHTEEN_MONTHS)
    walker = Walker(Cast(rng, localdate()), rng, now)
    # The thousands of people read just now stay to the end: the collector need not look at them again and again.
    gc.freeze()

    def at_home(mine: list[Deal], report: Callable[[int], None]) -> None:
        walk_all(walker, people, mine, report)
        if staged:
            stage_all(walker.cast, now=now, report=report)

    if processes > 1 and side_by_side.possible():
        mine, theirs = _halves(deals, staged=staged)
        side_by_side.work_side_by_side(
            lambda report: at_home(mine, report),
            lambda report: walk_all(walker.with_seed(seed + 1), people, theirs, report),
            on_batch,
        )
    else:
        at_home(deals, on_batch)
    gc.unfreeze()
    _deliver_old_messages(now)


def walk_all(walker: Walker, people: Applicants, deals: list[Deal], on_batch: Callable[[int], None]) -> None:
    remaining = iter(deals)
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic(), remembered():
            cases = [_walk(walker, people, deal) for deal in batch]
            Arrival.objects.bulk_create(_arrival(case) for case in cases)
        on_batch(len(batch))


def _halves(deals: list[Deal], *, staged: int) -> tuple[list[Deal], list[Deal]]:
    """Whole counties to each side, the larger ones first, always to the side that has less to do. The county of the
    demo logins is on the first side, where cases are shown as well."""
    sides: tuple[list[Deal], list[Deal]] = [], []
    load = [staged * WEIGHT_OF_SHOWN, 0.0]
    by_county: dict[str, list[Deal]] = {COUNTY: []}
    for deal in deals:
        by_county.setdefault(deal.county, []).append(deal)
    for county, members in sorted(by_county.items(), key=lambda item: (item[0] != COUNTY, -len(item[1]))):
        side = 0 if county == COUNTY else load.index(min(load))
        sides[side].extend(members)
        load[side] += len(members)
    return sides


def _walk(walker: Walker, people: Applicants, deal: Deal) -> Case:
    applicant = walker.rng.choice(people.by_county[deal.county])
    post = walker.cast.posts.get(deal.username)
    return walker.walk(deal.path, matter=deal.matter, applicant=applicant, region=deal.county, meant_for=post)


def _deals(rng: Random, count: int) -> list[Deal]:
    """Every path once and work for every demo login, while there are enough requests; then each path as often as its
    weight says; in a mixed order."""
    weights = _county_weights()
    deals = [Deal(path, _matter(rng, path), _county(rng, weights)) for path in PATHS]
    deals = [*deals, *_work_for_logins(rng)][:count]
    for path in rng.choices(PATHS, [path.weight for path in PATHS], k=count - len(deals)):
        deals.append(Deal(path, _matter(rng, path), _county(rng, weights)))
    rng.shuffle(deals)
    return deals


def _work_for_logins(rng: Random) -> list[Deal]:
    """One order to claim and one at work for each demo login that handles orders."""
    return [
        Deal(path, rng.choice(SPECIALTIES[PROFESSION[login.kind]]), COUNTY, login.username)
        for login in LOGINS
        if login.role in HANDLERS
        for path in (TO_CLAIM, AT_WORK)
    ]


def _matter(rng: Random, path: Path) -> str:
    known = {matter: weight for matter, weight in FREQUENCY.items() if not path.matters or matter in path.matters}
    return rng.choices(list(known), list(known.values()))[0]


def _county(rng: Random, weights: dict[str, float]) -> str:
    if rng.random() < AT_HOME:
        return COUNTY
    return rng.choices(list(weights), list(weights.values()))[0]


def _county_weights() -> dict[str, float]:
    counties: dict[str, list[str]] = {}
    for code in Region.objects.filter(level=Region.Level.COUNTY).order_by("code").values_list("code", flat=True):
        counties.setdefault(code[:4], []).append(code)
    return county_weights(counties)


def _arrival(case: Case) -> Arrival:
    opening = log_of(case)[0]
    phone = blind_index(case.applicant.phone, "sender")
    return Arrival(
        case=case,
        channel=case.channel,
        sender=f"user:{opening.actor_id}" if opening.actor_id else phone,
        party=case.applicant,
        text_digest=sm3(case.text.encode()),
        body_digest=blind_index(case.code, "need"),
        phone_verified=case.applicant.phone_verified_at is not None,
        received_at=case.opened_at,
    )


def _deliver_old_messages(now: datetime) -> None:
    """What was queued in the past has long been sent: a worker that starts now must not send it again."""
    Notice.objects.filter(sent_at__isnull=True, queued_at__lte=now).update(sent_at=F("queued_at"), attempts=1)
