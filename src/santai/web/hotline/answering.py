"""For whoever leads a hotline: how fast the calls of the last days were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET

from santai.intake import calls
from santai.intake.calls import Answering
from santai.intake.models import CallRecord
from santai.registry.models import Organisation
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.guard import roles_required, user_of

DAYS, MOST_SLOW = 7, 20


@dataclass(frozen=True)
class Slow:
    """A call that was not answered in time; `waited` in seconds, none when nobody answered."""

    rang_at: datetime
    line: str
    waited: int | None
    agent: str


@roles_required(Role.HOTLINE_LEAD)
@require_GET
def answering(request: HttpRequest) -> HttpResponse:
    hotline, now = led_by(user_of(request)), timezone.now()
    begins = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1)
    days = calls.answering(hotline, since=localdate(begins), now=now)
    context = {
        "hotline": hotline,
        "seconds": calls.seconds_allowed(hotline.region_id, localdate(now)),
        "basis": calls.pick_up_clock(localdate(now)).basis,
        "today": next((row for row in days if row.day == localdate(now)), Answering()),
        "days": days,
        "number": DAYS,
        "unmeasured": calls.unmeasured(hotline, since=begins),
        "slow": [_slow(record) for record in calls.slowest(hotline, since=begins, now=now, limit=MOST_SLOW)],
    }
    return render(request, "web/hotline/answering.html", context)


def led_by(user: User) -> Organisation:
    return next(held.organisation for held in current_memberships(user) if held.role == Role.HOTLINE_LEAD)


def _slow(record: CallRecord) -> Slow:
    waited = (
        int((record.answered_at - record.rang_at).total_seconds()) if record.answered_at and record.rang_at else None
    )
    agent = record.agent.display_name if record.agent else ""
    return Slow(record.rang_at or timezone.now(), record.line, waited, agent)
