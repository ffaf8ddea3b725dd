"""A notarization told step by step. `NOTARY` handles, `DIRECTOR` approves; a colleague re-checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.registry.models import OrganisationKind
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_organisation, make_party, make_practitioner, make_staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTARY, DIRECTOR = Role.NOTARY, Role.NOTARY_DIRECTOR
APPLICATION = {"item": "mandate", "purpose": "委托亲属办理车辆过户", "place": "230102", "medium": "paper"}
PAPERS = (Doc.IDENTITY, Doc.MATTER_PROOF)
REASON = {"explanation": "理由写在这里，足够清楚明白。"}
ASK = {"items": "户口簿原件", "by": date(2027, 12, 31)}
TOLD = {"told_meaning": True, "note": "已说明委托的法律意义和可能的后果。"}
DRAFT = {"text": "兹证明申请人在本公证员面前签署了委托书。", "opinion": "材料真实、合法、充分。"}
DECLINE = {"ground": "insufficient", "refund": "part", **REASON}
RECHECK = {"who": "party", "error": "公证书上的出生日期写错了一天。", "request": "请更正为身份证上的日期。"}
PROPOSAL = {"result": "correct", "opinion": "核对档案，确有笔误，建议更正。"}
REPORT = {"reported_to": "省公证协会", "registered": True}
FIX = {"text": "出生日期更正为1990年1月2日。", "copies": 2}
FILED = {"pages": 30, "term": "long"}


def on(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


class Notarization:
    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        self.office = make_organisation(OrganisationKind.NOTARY)
        self.notary, self.director = self.hire(), make_staff(DIRECTOR, self.office)
        self.colleague = self.hire()
        self.case = make_case(at, procedure="notarization", applicant=make_party(**fields))
        self.citizen = Actor.applicant(self.case.applicant_id)

    def hire(self, **fields: Any) -> User:
        user = make_staff(NOTARY, self.office)
        make_practitioner(user, self.office, kind="notary", **fields)
        return user

    def actor(self, who: Role | User) -> Actor:
        if isinstance(who, User):
            return Actor.staff(User.objects.get(pk=who.pk))
        if who in (Role.APPLICANT, Role.SYSTEM):
            return self.citizen if who == Role.APPLICANT else SYSTEM
        ours = {NOTARY: self.notary, DIRECTOR: self.director}
        return Actor.staff(ours[who]) if who in ours else self.town.actor(who)

    def take(
        self,
        name: str,
        who: Role | User = NOTARY,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        on: datetime | None = None,
        after: int = 0,
    ) -> LogEntry:
        self.at = on or self.at + timedelta(days=after)
        documents = [(make_file(), kind) for kind in papers]
        return take_step(self.case, name, actor=self.actor(who), data=data, documents=documents, at=self.at)

    def apply(self, *papers: Doc, **changes: Any) -> Notarization:
        self.take("apply", Role.APPLICANT, {**APPLICATION, **changes}, *(papers or PAPERS))
        return self

    def accept(self, on: datetime | None = None, **changes: Any) -> Notarization:
        self.take("accept", NOTARY, {"fee": "full", **changes}, on=on)
        return self

    def accepted(self, **changes: Any) -> Notarization:
        return self.apply(**changes).accept()

    def submit(self) -> Notarization:
        handler = self.case.handler or self.notary
        told = {**TOLD, "second_person": "见证人"}
        self.take("tell_meaning", handler, told, Doc.NOTARY_RECORD)
        self.take("submit", handler, DRAFT)
        return self

    def issue(self, on: datetime | None = None) -> Notarization:
        self.take("approve", DIRECTOR, on=on)
        self.take("issue", self.case.handler or NOTARY, {"copies": 2, "medium": "paper"})
        return self

    def deliver(self, after: int = 1) -> Notarization:
        self.at += timedelta(days=after)
        self.take("deliver", self.case.handler or NOTARY, {"received_on": self.at.date(), "way": "in_person"})
        return self

    def delivered(self) -> Notarization:
        return self.accepted().submit().issue().deliver()

    def recheck_reported(self) -> Notarization:
        self.delivered().take("ask_recheck", Role.APPLICANT, RECHECK, after=10)
        self.take("assign_recheck", DIRECTOR, {"handler": self.colleague.pk}, after=1)
        self.take("report_recheck", self.colleague, PROPOSAL, after=1)
        return self

    def decide(self, name: str, who: Role | User = DIRECTOR) -> Notarization:
        self.take(name, who, {"decided_on": self.at.date(), **REASON})
        return self

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)

    @property
    def letters(self) -> list[str]:
        return list(Letter.objects.filter(case_code=self.case.code).order_by("pk").values_list("kind", flat=True))

    def letter(self, kind: str) -> str:
        return Letter.objects.filter(case_code=self.case.code, kind=kind).latest("pk").body

    def clock(self, name: str, now: datetime | None = None) -> Reading:
        found = {reading.clock.name: reading for reading in clocks_of(self.case, now=now or self.at)}
        return found[name]
