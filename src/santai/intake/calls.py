"""Calls to the hotline: when each rang and was answered, and how many were answered in time (GB/T 33358-2016)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from santai.casework.actions import take_step
from santai.casework.kernel import Procedure, procedure_in_force
from santai.casework.models import Case, LogEntry
from santai.casework.parameters import clock_overrides
from santai.casework.terms import Clock, Unit
from santai.intake.models import CallRecord
from santai.people.validation import normalise_phone
from santai.registry.models import Organisation
from santai.trust.actors import SYSTEM, Channel
from santai.trust.crypto import blind_index
from santai.trust.models import User

CONSULTATION, PICK_UP = "consultation", "pick_up"
# A ring that nobody took stays open to the next console that shows the same number this long.
RINGS_FOR = timedelta(minutes=3)
# A call whose end nobody pressed is over by then.
LONGEST_CALL = timedelta(hours=4)


def number_index(number: str) -> str:
    """The same for every spelling of a number; "" when the caller withheld it."""
    try:
        return blind_index(normalise_phone(number), "phone")
    except ValidationError:
        return blind_index("".join(number.split()), "phone")


# --- the course of a call -----------------------------------------------------------------------------------------


def ring(hotline: Organisation, number: str, *, at: datetime, line: str = "", reference: str = "") -> CallRecord:
    """A call comes in; told twice with one reference it is one call, and a console that shows it joins it."""
    if reference:
        told = {"number_index": number_index(number), "line": line, "rang_at": at}
        record, _ = CallRecord.objects.get_or_create(organisation=hotline, reference=reference, defaults=told)
        return record
    return CallRecord.objects.create(organisation=hotline, number_index=number_index(number), line=line, rang_at=at)


def ringing(hotline: Organisation, number: str, *, at: datetime) -> CallRecord | None:
    """The call from this number that waits to be answered."""
    waiting = CallRecord.objects.filter(organisation=hotline, number_index=number_index(number), agent__isnull=True)
    return waiting.filter(rang_at__gt=at - RINGS_FOR, rang_at__lte=at).order_by("rang_at", "pk").first()


def answer(record: CallRecord, agent: User, *, at: datetime) -> bool:
    """False when a colleague was faster."""
    waiting = CallRecord.objects.filter(pk=record.pk, agent__isnull=True)
    return bool(waiting.update(agent=agent, answered_at=at))


def answered_unseen(hotline: Organisation, number: str, agent: User, *, at: datetime) -> CallRecord:
    """The agent is already speaking, and nothing told when it rang."""
    index = number_index(number)
    return CallRecord.objects.create(organisation=hotline, number_index=index, agent=agent, answered_at=at)


def end(agent: User, *, at: datetime) -> None:
    """One agent speaks on one call at a time, whatever became of the page it was on."""
    CallRecord.objects.filter(agent=agent, ended_at__isnull=True).update(ended_at=at)


def call_of(agent: User, *, at: datetime) -> CallRecord | None:
    """The call the agent is on."""
    held = CallRecord.objects.filter(agent=agent, ended_at__isnull=True, answered_at__gt=at - LONGEST_CALL)
    return held.order_by("pk").last()


def is_about(case: Case, agent: User, *, at: datetime) -> None:
    """What was taken in during the call, the first when there were several."""
    call = call_of(agent, at=at)
    if call and not call.case_code:
        CallRecord.objects.filter(pk=call.pk, case_code="").update(case_code=case.code)


# --- a consultation that is opened from a call --------------------------------------------------------------------


def begin_with_the_call(*, case: Case, entry: LogEntry, procedure: Procedure, **_: Any) -> None:
    """In the transaction that opens it: the moments of the call are the first two steps of the consultation."""
    if procedure.name != CONSULTATION or entry.step != "open" or entry.channel != Channel.HOTLINE:
        return
    call = call_of(entry.actor, at=entry.at) if entry.actor else None
    if call is None or call.rang_at is None:
        return
    take_step(case, "ring", actor=SYSTEM, data={"rang_at": call.rang_at, "line": call.line}, at=entry.at)
    take_step(case, PICK_UP, actor=SYSTEM, data={"answered_at": call.answered_at}, at=entry.at)


# --- how many were answered in time -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answering:
    """Calls that rang on one day, or on several together. What still rings is not counted."""

    calls: int = 0
    in_time: int = 0
    late: int = 0
    unanswered: int = 0
    waited: timedelta | None = None
    day: date | None = None

    @property
    def percent(self) -> str:
        """Rounded down: 99.96 in a hundred are not all."""
        return f"{self.in_time * 1000 // self.calls / 10:.1f}" if self.calls else "—"

    @property
    def seconds(self) -> str:
        return f"{self.waited.total_seconds():.1f}" if self.waited is not None else "—"


def pick_up_clock(on: date) -> Clock:
    table = procedure_in_force(CONSULTATION, on)
    return next(clock for clock in table.clocks if clock.name == PICK_UP)


def seconds_allowed(region: str, on: date) -> int:
    """The limit of clock HL01 at this place; a province may have its own in seconds."""
    clock = pick_up_clock(on)
    own = clock_overrides(region, on).get(clock.id)
    return own.count if own and own.unit is Unit.SECONDS else clock.limit.count


def answering(hotline: Organisation, *, since: date, now: datetime) -> list[Answering]:
    """A row for each day with calls, the latest first."""
    allowed = timedelta(seconds=seconds_allowed(hotline.region_id, localdate(now)))
    rows = (
        _decided(hotline, now - allowed)
        .annotate(day=TruncDate("rang_at"))
        .filter(day__gte=since)
        .values("day")
        .annotate(
            calls=Count("pk"),
            in_time=Count("pk", filter=Q(answered_at__lte=F("rang_at") + allowed)),
            late=Count("pk", filter=Q(answered_at__gt=F("rang_at") + allowed)),
            unanswered=Count("pk", filter=Q(answered_at__isnull=True)),
            waited=Avg(F("answered_at") - F("rang_at")),
        )
    )
    return [Answering(**row) for row in rows.order_by("-day")]


def _decided(hotline: Organisation, rang_before: datetime) -> QuerySet[CallRecord]:
    rang = CallRecord.objects.filter(organisation=hotline, rang_at__isnull=False)
    return rang.filter(Q(answered_at__isnull=False) | Q(rang_at__lt=rang_before))


def unmeasured(hotline: Organisation, *, since: datetime) -> int:
    return CallRecord.objects.filter(organisation=hotline, rang_at__isnull=True, answered_at__gte=since).count()


def slowest(hotline: Organisation, *, since: datetime, now: datetime, limit: int) -> list[CallRecord]:
    """The calls that were not answered in time, the latest first."""
    allowed = timedelta(seconds=seconds_allowed(hotline.region_id, localdate(now)))
    found = _decided(hotline, now - allowed).filter(rang_at__gte=since)
    missed = found.exclude(answered_at__lte=F("rang_at") + allowed)
    return list(missed.select_related("agent").order_by("-rang_at", "-pk")[:limit])
