"""A case of any procedure told step by step, and a clock read from a table and a short log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from santai.casework.access import steps_open_to
from santai.casework.actions import take_step
from santai.casework.clocks import Reading, readings
from santai.casework.kernel import Procedure
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.casework.clock_stories import HEILONGJIANG, published
from tests.factories import Town, make_case, make_file, make_party, make_staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
APPLICANT, SYSTEM_ROLE = Role.APPLICANT, Role.SYSTEM
HEAD, OFFICER, SUPERVISOR = Role.BUREAU_HEAD, Role.ENFORCEMENT_OFFICER, Role.SUPERVISOR
WORDS = "这里写明了情况，足够清楚，可以继续办理。"


def on(month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


class Told:
    """One case, and everybody who may act on it."""

    def __init__(self, town: Town, procedure: str, at: datetime, **party: Any) -> None:
        self.town, self.at = town, at
        for role in (HEAD, OFFICER):
            if role not in town.staff:
                town.staff[role] = make_staff(role, town.bureau)
        self.case = make_case(at, procedure=procedure, applicant=make_party(**party))

    def actor(self, who: Role | User) -> Actor:
        if isinstance(who, User):
            return Actor.staff(who)
        if who == APPLICANT:
            return Actor.applicant(self.case.applicant_id)
        return SYSTEM if who == SYSTEM_ROLE else self.town.actor(who)

    def take(
        self,
        name: str,
        who: Role | User = OFFICER,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        after: int = 0,
        at: datetime | None = None,
    ) -> LogEntry:
        self.at = at or self.at + timedelta(days=after)
        documents = [(make_file(), kind) for kind in papers]
        return take_step(self.case, name, actor=self.actor(who), data=data, documents=documents, at=self.at)

    def offered(self, who: Role | User) -> set[str]:
        return {step.name for step in steps_open_to(self.case, self.actor(who), at=self.at)}

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)

    @property
    def told(self) -> str:
        return self.case.log.latest("number").told

    @property
    def letters(self) -> list[str]:
        return list(Letter.objects.filter(case_code=self.case.code).order_by("pk").values_list("kind", flat=True))

    def letter(self, kind: str) -> str:
        return Letter.objects.filter(case_code=self.case.code, kind=kind).latest("pk").body

    def clock(self, name: str) -> Reading:
        found = {reading.clock.name: reading for reading in clocks_of(self.case, now=self.at)}
        return found[name]


def read(table: Procedure, clock: str, *steps: tuple[Any, ...], now: datetime | None = None) -> Reading:
    """The clock of a table after (step, moment[, data]); the case is opened an instant before. Needs no database."""
    state, first = table.initial, steps[0][1]
    log = [LogEntry(step="open", from_state="", to_state=state, at=first, data={}, number=1)]
    for number, (name, moment, *data) in enumerate(steps, start=2):
        step = table.step(name)
        assert state in step.sources, f"{name} does not lead on from {state}"
        target = step.target or state
        entry = LogEntry(step=name, from_state=state, to_state=target, at=moment, number=number)
        entry.data = data[0] if data else {}
        log.append(entry)
        state = target
    found = readings(table, log, region=HEILONGJIANG, now=now or steps[-1][1], calendar=published())
    return next(reading for reading in found if reading.clock.name == clock)
