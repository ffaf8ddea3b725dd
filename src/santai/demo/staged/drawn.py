"""Legal aid looked at again: cases of the last two quarters, the draws of their office, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.demo.rehearsal.plays.script import Line, Script
from santai.demo.staged.choice import DRAWN, Showing, current_scripts, taken_in, up_to
from santai.demo.staged.stage import Stage, working_time
from santai.demo.staged.troupe import Troupe
from santai.evaluation.samples import PROCEDURE, Purpose, Quarter, draw_sample
from santai.trust.actors import Actor
from santai.trust.roles import Role

# How far what was drawn has come: the older quarter is over, the newer one under way.
SHARES = (1.0, 0.3)
BEGINS, DRAWS = timedelta(days=12), timedelta(days=2)
Staging = Callable[..., Stage]


def show_drawn(staging: Staging, troupe: Troupe, *, now: datetime) -> None:
    newer = Quarter.of(localdate(now)).before
    for share, quarter in zip(SHARES, (newer.before, newer), strict=True):
        for purpose, name in PROCEDURE.items():
            script = next((one for one in current_scripts(localdate(now)) if one.procedure.name == name), None)
            if script is not None and name in DRAWN:
                _show(staging, troupe, script, purpose, quarter, share, now)


def _show(
    staging: Staging, troupe: Troupe, script: Script, purpose: Purpose, quarter: Quarter, share: float, now: datetime
) -> None:
    """One case that can be drawn, the draw, and the cases it opened."""
    play = script.plays[0]
    before = tuple(line for line in taken_in(script, play) if line.is_step)
    staging(Showing(script, play.name, before, 0.0, is_over=True), begins=quarter.starts_at + BEGINS).show()
    at = min(working_time(quarter.ends_at + DRAWS), now)
    for number, case in enumerate(_drawn(troupe, purpose, quarter, at)):
        after = tuple(_after(script.plays[number % len(script.plays)].lines))
        showing = Showing(script, play.name, up_to(after, share), 0.0, may_stop=True)
        staging(showing, begins=at).lead(case)


def _drawn(troupe: Troupe, purpose: Purpose, quarter: Quarter, at: datetime) -> list[Case]:
    actor = Actor.staff(troupe.member(Role.LEGAL_AID_DIRECTOR))
    office = troupe.body(Role.LEGAL_AID_DIRECTOR)
    try:
        sample = draw_sample(purpose, organisation=office, quarter=quarter, actor=actor, at=at)
    except Refused:
        return []
    return list(Case.objects.filter(parent__in=sample.drawn, procedure=PROCEDURE[purpose]).order_by("pk"))


def _after(lines: list[Line]) -> Iterator[Line]:
    """What follows once the drawn case was opened."""
    found = next((number for number, line in enumerate(lines) if line.word == "child"), -1)
    for line in lines[found + 1 :]:
        if not line.must_be_refused:
            yield line
