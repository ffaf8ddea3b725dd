"""A mediation told step by step, as far as a test wants it to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from santai.casework.models import Case
from santai.documents.models import DocumentKind as Doc
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_party
from tests.procedures.legal_aid_story import Story

SHANGHAI = ZoneInfo("Asia/Shanghai")
MEDIATOR, CITIZEN, CLERK = Role.MEDIATOR, Role.APPLICANT, Role.COUNTER_CLERK
HEAD = Role.COMMITTEE_HEAD
DISPUTE = {
    "dispute": "neighbour",
    "other_name": "李大山",
    "other_contact": "5组12号",
    "story": "邻居盖房占了公共通道，车进不来，吵了好几次。",
    "request": "把通道让出来，恢复原样。",
}
DRAFT = {"facts": "双方对通道的宽度有争议，均有责任。", "terms": "李大山在三个月内拆除占道部分，恢复通道。"}
SESSION = {"way": "in_person", "place": "村委会", "present": "双方和村干部", "record": "双方说明了情况，愿意各让一步。"}
REASON = {"explanation": "理由写在这里，足够清楚明白。"}
END = {"ground": "gap", "explanation": "双方对补偿金额差距太大，谈不拢。"}
ALARM = {"danger": "对方扬言要动手，家里有刀具。", "measures": "已把双方分开，村干部在场。"}
FILE = {"pages": 24, "keep_years": 10}


def on(month: int, day: int, hour: int = 9, year: int = 2026, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


class Mediation(Story):
    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        self.case = make_case(at, procedure="mediation", **{"applicant": make_party(), **fields})
        self.citizen = Actor.applicant(self.case.applicant_id)

    def take(self, name: str, role: Role = MEDIATOR, *rest: Any, **more: Any) -> Any:
        return super().take(name, role, *rest, **more)

    def apply(self, *papers: Doc, on: datetime | None = None, **changes: Any) -> Mediation:
        self.take("apply", CITIZEN, {**DISPUTE, **changes}, *papers, on=on)
        return self

    def register(self, origin: str, *, on: datetime | None = None, **changes: Any) -> Mediation:
        data = {**DISPUTE, "origin": origin, "sender": "道里区人民法院", "applicant_agrees": True, **changes}
        self.take("register", MEDIATOR, data, on=on)
        return self

    def reply(self, reply: str = "agrees", side: str = "other") -> Mediation:
        self.take("ask_other_side", data={"way": "phone", "asked_on": self.today})
        self.take("record_reply", data={"side": side, "reply": reply, "replied_on": self.today})
        return self

    def accept(self, step: str = "accept", data: Mapping[str, Any] | None = None, *papers: Doc) -> Mediation:
        self.take(step, MEDIATOR, data or {}, *papers)
        return self

    def accept_from_court(self, step: str, **changes: Any) -> Mediation:
        return self.accept(step, {"received_on": self.today, "case_number": "1号", **changes}, Doc.HANDOVER)

    def name(self) -> Mediation:
        self.take("name_mediator", HEAD, data={"practitioner": self.mediator.pk, "not_involved": True})
        return self

    def begin(self) -> Mediation:
        told = {"told_on": self.today, "way": "speech", "told_applicant": True, "told_other": True}
        self.take("tell_rights", data=told)
        return self

    def meet(self) -> Mediation:
        self.take("hold_session", MEDIATOR, {**SESSION, "held_on": self.today}, Doc.MEDIATION_RECORD)
        return self

    def draft(self) -> Mediation:
        self.take("draft_agreement", data=DRAFT)
        return self

    def sign(self, **changes: Any) -> Mediation:
        self.take("take_effect", MEDIATOR, self.signatures(**changes), Doc.MEDIATION_AGREEMENT)
        return self

    def signatures(self, **changes: Any) -> dict[str, Any]:
        names = ("applicant_signed_on", "other_signed_on", "mediator_signed_on", "sealed_on", "due_on")
        return {**dict.fromkeys(names, self.today), **changes}

    def agree_orally(self, **changes: Any) -> Mediation:
        data = {**DRAFT, "agreed_on": self.today, "due_on": self.today, "no_writing_wanted": True, **changes}
        self.take("agree_orally", MEDIATOR, data, Doc.MEDIATION_RECORD)
        return self

    def fulfil(self) -> Mediation:
        self.take("performed", data={"performed_on": self.today, "finding": "通道已经让出，双方都认可。"})
        return self

    def archive(self, *papers: Doc) -> Mediation:
        self.take("archive", MEDIATOR, FILE, *(papers or (Doc.IDENTITY,)))
        return self

    @property
    def mediator(self) -> Any:
        return self.town.staff[MEDIATOR].practitioner  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        return Case.objects.get(pk=self.case.pk).facts

    def reload(self) -> Mediation:
        self.case = Case.objects.select_related("applicant", "organisation", "handler").get(pk=self.case.pk)
        return self


def at_the_table(town: Town, at: datetime, **fields: Any) -> Mediation:
    return Mediation(town, at, **fields).apply().reply().accept().name().begin()


def agreed(town: Town, at: datetime) -> Mediation:
    return at_the_table(town, at).meet().draft().sign()


COURT_PAPER = (Doc.COURT_PAPER,)
AGREEMENT = {"court_by": "body", "court": "道里区人民法院"}
TOGETHER = {"way": "in_person", "applicant_agrees": True, "other_agrees": True}


class Confirmation(Story):
    """The child case of a mediation whose agreement took effect."""

    def __init__(self, mediation: Mediation) -> None:
        self.mediation, self.town, self.at = mediation, mediation.town, mediation.at
        mediation.take("confirm_in_court", CITIZEN)
        children = Case.objects.select_related("applicant", "organisation", "handler", "parent")
        self.case = children.filter(parent=mediation.case).latest("pk")
        self.citizen = mediation.citizen

    def take(self, name: str, role: Role = MEDIATOR, *rest: Any, **more: Any) -> Any:
        return super().take(name, role, *rest, **more)

    @property
    def effective_on(self) -> date:
        return date.fromisoformat(self.mediation.facts["agreement"]["effective_on"])

    def check(self, **changes: Any) -> Confirmation:
        effective_on = changes.pop("effective_on", None) or self.effective_on
        self.take("check_agreement", data={**AGREEMENT, "effective_on": effective_on, **changes})
        return self

    def submit(self, *papers: Doc, **changes: Any) -> Confirmation:
        there = papers or (Doc.CONFIRMATION_APPLICATION, Doc.IDENTITY)
        self.take("submit", MEDIATOR, {**TOGETHER, "filed_on": self.today, **changes}, *there)
        return self

    def filed(self) -> Confirmation:
        self.take("court_accepts", data={"accepted_on": self.today, "case_number": "（2026）黑0102民特1号"})
        return self

    def confirm(self, **changes: Any) -> Confirmation:
        data = {"decided_on": self.today, "served_on": self.today, "case_number": "（2026）黑0102民特1号"}
        self.take("confirm", MEDIATOR, {**data, "due_on": self.today, **changes}, Doc.COURT_PAPER)
        return self
