"""Rounds of screening for disputes at the demo's own committee, opened by the platform in the last weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.demo.staged.choice import ROUNDS, Showing, current_scripts, taken_in
from santai.demo.staged.stage import Stage
from santai.demo.staged.troupe import Troupe
from santai.intake.screening import open_rounds
from santai.trust.roles import Role

DAYS, PLAYED = 45, 2


def show_rounds(staging: Callable[..., Stage], troupe: Troupe, *, now: datetime) -> None:
    """Some earlier rounds went as the first plays say; the others are still to be walked, or late."""
    script = next((one for one in current_scripts(localdate(now)) if one.procedure.name == ROUNDS), None)
    committee = troupe.body(Role.COMMITTEE_HEAD)
    for days in range(DAYS, -1, -1):
        open_rounds(at=now - timedelta(days=days), committees=[committee])
    earlier = Case.objects.filter(procedure=ROUNDS, organisation=committee).order_by("-pk")[1:]
    for case, play in zip(earlier, script.plays[:PLAYED] if script else (), strict=False):
        if script is not None:
            staging(Showing(script, play.name, taken_in(script, play), 0.0), begins=case.opened_at).lead(case)
