"""The calls of the last month behind what the demo's hotline took in, most of them answered in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from santai.casework.models import LogEntry
from santai.demo.requests import SEED
from santai.intake.models import CallRecord
from santai.registry.models import Organisation, OrganisationKind
from santai.trust.actors import Channel
from santai.trust.models import User

MONTH = timedelta(days=30)
# Seconds until somebody answers, and how often; nobody does in the last of them.
WAITS = {(2, 9): 70, (9, 15): 23, (16, 60): 5, None: 2}
LINES = ("法律咨询", "法律援助", "其他服务")


def build_calls(*, now: datetime, seed: int = SEED) -> None:
    rng, hotline = Random(seed), Organisation.objects.get(kind=OrganisationKind.HOTLINE)
    begun = LogEntry.objects.filter(
        number=1, channel=Channel.HOTLINE, actor__isnull=False, at__gt=now - MONTH, at__lte=now, case__parent=None
    )
    rows = begun.select_related("case__applicant", "actor").order_by("at", "pk")
    CallRecord.objects.bulk_create([_call(entry, hotline, rng) for entry in rows], batch_size=500)


def _call(entry: LogEntry, hotline: Organisation, rng: Random) -> CallRecord:
    """They spoke some minutes before the need was written down. A call nobody answered came before this one."""
    rang = entry.at - timedelta(minutes=rng.randint(3, 12), seconds=rng.randint(0, 59))
    wait = rng.choices(list(WAITS), weights=list(WAITS.values()))[0]
    record = CallRecord(
        organisation=hotline,
        number_index=entry.case.applicant.phone_index,
        line=rng.choice(LINES),
        rang_at=rang,
    )
    if wait is not None:
        _answer(record, entry.actor, rang + timedelta(seconds=rng.randint(*wait)), entry)
    return record


def _answer(record: CallRecord, agent: User | None, at: datetime, entry: LogEntry) -> None:
    record.agent, record.answered_at = agent, at
    record.ended_at = entry.at + timedelta(minutes=1)
    record.case_code = entry.case.code
