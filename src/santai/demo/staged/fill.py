"""Fills the demo with cases of every procedure, held by the organisations of the demo logins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

from django.db import transaction
from django.utils.timezone import localdate

from santai.casework.parameters import remembered
from santai.demo.cast import Cast
from santai.demo.rehearsal.plays.setting import duty_rota, screening_plan, village_contract
from santai.demo.staged.choice import Showing, showings
from santai.demo.staged.drawn import show_drawn
from santai.demo.staged.rounds import show_rounds
from santai.demo.staged.stage import Papers, Stage
from santai.demo.staged.troupe import Troupe

log = logging.getLogger(__name__)
# The rota of duty lawyers: a colleague sat there for the last weeks, and the demo's lawyer from a week ago on.
SAT, SITS = (timedelta(weeks=7), 49), (timedelta(weeks=1), 28)
# The village has had its adviser for a while.
CONTRACT_BACK = timedelta(days=100)
PLAN_SINCE = date(2026, 1, 1)
BATCH = 10


def stage_all(cast: Cast, *, now: datetime, report: Callable[[int], None]) -> None:
    """`report` hears how many more showings are over. Runs after the requests were walked: the draws read them."""
    troupe, colleagues = Troupe(cast), Troupe(cast, colleagues_first=True)
    papers, numbers = Papers(), count()

    def staging(showing: Showing, *, begins: datetime | None = None) -> Stage:
        """What is over was done by colleagues: the demo's lawyer has open cases enough."""
        people = colleagues if showing.is_over else troupe
        return Stage(showing, people, papers, number=next(numbers), now=now, begins=begins)

    for people, (back, days) in ((colleagues, SAT), (troupe, SITS)):
        _safely(partial(duty_rota, people, localdate(now - back), days))
    _safely(lambda: screening_plan(troupe, PLAN_SINCE))
    _safely(lambda: village_contract(troupe, localdate(now - CONTRACT_BACK)))
    todo = showings(localdate(now))
    for first in range(0, len(todo), BATCH):
        batch = todo[first : first + BATCH]
        with transaction.atomic(), remembered():
            for showing in batch:
                staging(showing).show()
        report(len(batch))
    _safely(partial(show_drawn, staging, troupe, now=now))
    _safely(partial(show_rounds, staging, troupe, now=now))


def _safely(work: Callable[[], None]) -> None:
    try:
        with transaction.atomic(), remembered():
            work()
    except Exception:  # as with a case that cannot go on: the rest of the demo is worth having
        log.warning("a part of the demo was left out", exc_info=True)
