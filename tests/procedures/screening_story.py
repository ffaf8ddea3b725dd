"""Committees of a village and a town, and the rounds the platform opens for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from santai.casework.actions import take_step
from santai.casework.models import Case, LogEntry, Parameter
from santai.casework.reading import clocks_of
from santai.intake.screening import open_rounds
from santai.registry.models import Organisation, OrganisationKind, Region
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_file, make_organisation, make_practitioner, make_staff

MEDIATOR, HEAD = Role.MEDIATOR, Role.COMMITTEE_HEAD
PLACE, VILLAGE = "230102001", "230102001201"
FOUND = {
    "who": "孙家庄",
    "phone": "13812345678",
    "story": "两家为宅基地边界争执多年，最近又吵起来了。",
    "at_risk": "no",
}
ELSEWHERE = {"reason": "police", "to": "某派出所", "story": "有人偷电缆", "told": "3月4日电话转告，已登记。"}
REPORT = {"places": "一组、二组，沿街商铺", "households": 46, "disputes_found": 0}
ALARM = {"danger": "扬言今晚动手，家里有刀。", "measures": "已把双方分开。"}
POLICE = {"station": "某派出所", "way": "110"}


def make_place(code: str, name: str) -> Region:
    region, _ = Region.objects.get_or_create(
        code=code, defaults={"name": name, "full_name": name, "level": len(code), "parent_id": None}
    )
    return region


def make_committee(code: str = VILLAGE, name: str = "幸福村人民调解委员会") -> Organisation:
    make_place(code, "某地")
    return make_organisation(OrganisationKind.MEDIATION, region=code, name=name)


def set_value(key: str, value: Any, *, region: str = "23", since: date = date(2026, 1, 1)) -> Parameter:
    return Parameter.objects.create(key=key, region=region, value=value, since=since, basis="本省排查安排")


class Screening:
    """The round of one committee, opened by the platform."""

    def __init__(self, town: Town, at: datetime, code: str = VILLAGE) -> None:
        self.town, self.at = town, at
        self.committee = make_committee(code)
        self.people = {role: make_staff(role, self.committee) for role in (MEDIATOR, HEAD)}
        make_practitioner(self.people[MEDIATOR], self.committee, kind="mediator")
        open_rounds(at=at)
        self.case = self.rounds().get()

    def rounds(self) -> Any:
        found = Case.objects.filter(procedure="dispute_screening", organisation=self.committee)
        return found.select_related("applicant", "organisation", "handler").order_by("pk")

    def actor(self, who: Role | User) -> Actor:
        if isinstance(who, User):
            return Actor.staff(User.objects.get(pk=who.pk))
        return Actor.staff(self.people[who]) if who in self.people else self.town.actor(who)

    def take(
        self, name: str, who: Role | User = MEDIATOR, data: Any = None, *papers: Any, on: datetime | None = None
    ) -> LogEntry:
        self.at = on or self.at
        documents = [(make_file(), kind) for kind in papers]
        return take_step(self.case, name, actor=self.actor(who), data=data, documents=documents, at=self.at)

    def report(self, on: datetime | None = None, **changes: Any) -> LogEntry:
        self.at = on or self.at
        return self.take("report", MEDIATOR, {**REPORT, "visited_on": localdate(self.at), **changes})

    def due_on(self) -> date | None:
        found = {one.clock.name: one for one in clocks_of(self.case, now=self.at)}
        reading = found.get("report") or found["daily_report"]
        return reading.due_on
