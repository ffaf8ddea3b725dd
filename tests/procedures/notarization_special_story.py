"""The special kinds of notarization told step by step; people and office as in `notarization_story`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from santai.documents.models import DocumentKind as Doc
from santai.registry.models import OrganisationKind
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_party, make_staff
from tests.procedures.notarization_story import DIRECTOR, DRAFT, FILED, NOTARY, PAPERS, REASON, TOLD, Notarization

APPLY = Role.APPLICANT
MOMENT = "%Y-%m-%d %H:%M"


class Special(Notarization):
    procedure = ""
    application: dict[str, Any] = {}
    papers = PAPERS

    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        self.office = make_organisation(OrganisationKind.NOTARY)
        self.notary, self.director = self.hire(), make_staff(DIRECTOR, self.office)
        self.colleague = self.hire()
        self.case = make_case(at, procedure=self.procedure, applicant=make_party(**fields))
        self.citizen = Actor.applicant(self.case.applicant_id)

    def apply(self, *papers: Doc, **changes: Any) -> Any:
        self.take("apply", APPLY, {**self.application, **changes}, *(papers or self.papers))
        return self

    def approved(self) -> Any:
        self.take("submit", self.handler, DRAFT)
        self.take("approve", DIRECTOR)
        return self

    def archived(self) -> Any:
        self.take("archive", self.handler, FILED, Doc.CASE_FILE, after=3)
        return self

    def certified(self) -> Any:
        self.take("issue", self.handler, {"copies": 2, "medium": "paper"})
        return self

    @property
    def handler(self) -> User:
        return self.case.handler or self.notary

    @property
    def today(self) -> date:
        return self.at.date()


class Will(Special):
    procedure = "notarization_will"
    application = {"is_adult": True, "in_person": True}

    def assign(self) -> Will:
        self.take("assign", DIRECTOR, {"handler": self.notary.pk})
        return self

    def accepted(self, **changes: Any) -> Will:
        self.apply().assign().accept(**changes)
        return self

    def able(self, result: str = "able") -> Will:
        self.take("check_capacity", NOTARY, {"result": result, "asked": "能说清家里有谁、房屋在哪里。"})
        return self

    def made(self, **changes: Any) -> Will:
        data = {
            "made_on": self.today,
            "place": "本处接待室",
            "second": "staff",
            "second_name": "赵公证",
            "content": "房屋一套由女儿继承。",
            **dict.fromkeys(("fit_to_witness", "nobody_else", "recorded", "told_meaning", "read_and_signed"), True),
        }
        self.take("make_will", NOTARY, {**data, **changes}, Doc.NOTARY_RECORD, Doc.RECORDING)
        return self

    def delivered(self) -> Will:
        self.accepted().able().made().approved()
        self.take("issue", NOTARY, {"copies": 2})
        self.deliver()
        return self

    def deliver(self, after: int = 1) -> Will:
        self.at += timedelta(days=after)
        kept = {"received_on": self.today, "in_person": True, "pages": 40, "kept_at": "密卷室"}
        self.take("deliver", NOTARY, kept, Doc.CASE_FILE)
        return self

    def dead(self) -> Will:
        self.delivered()
        data = {"died_on": self.today, "told_by": "李小梅，女儿"}
        self.take("note_death", NOTARY, data, Doc.DEATH_PROOF, after=100)
        return self


class Evidence(Special):
    procedure = "notarization_evidence"
    application = {
        "what": "scene",
        "purpose": "打官司用",
        "where": "中山路1号工地",
        "about": "墙体开裂的状况",
    }

    def planned(self) -> Evidence:
        self.apply().accept()
        self.take("plan_visit", NOTARY, self.plan())
        return self

    def plan(self, **changes: Any) -> dict[str, Any]:
        return {"on_day": self.today, "place": "中山路1号工地", "companion": self.colleague.pk, **changes}

    def on_site(self, **changes: Any) -> dict[str, Any]:
        began = self.at - timedelta(minutes=30)
        return {
            "began": began.strftime(MOMENT),
            "ended": self.at.strftime(MOMENT),
            "place": "中山路1号工地",
            "present": "申请人",
            "clean_device": True,
            "notary_there": True,
            "record": "9时整到达，依次拍摄东墙、西墙的裂缝。",
            **changes,
        }

    def recorded(self) -> Evidence:
        self.planned()
        self.at += timedelta(hours=2)
        self.take("record_acts", NOTARY, self.on_site(), Doc.NOTARY_RECORD, Doc.RECORDING)
        return self

    def sealed(self) -> Evidence:
        seal = {"what": "存储卡一张", "seal_number": "公封2026第8号", "kept_at": "office", "both_signed": True}
        self.take("seal_originals", NOTARY, seal)
        return self

    def told(self) -> Evidence:
        self.take("tell_meaning", NOTARY, {**TOLD, "second_person": "赵公证"}, Doc.NOTARY_RECORD)
        return self


class Overseas(Special):
    procedure = "notarization_overseas"
    application = {
        "item": "mandate",
        "purpose": "委托父亲办理户口",
        "country": "新西兰",
        "post": "驻奥克兰总领馆",
        "residence": "180_days",
        **dict.fromkeys(("is_citizen", "used_here", "embassy_cannot", "voluntary", "alone"), True),
    }
    BOOK = {"post": "驻奥克兰总领馆", "confirmed_by": "on_spot"}
    IDENTITY = {
        "document": "passport",
        "face_matches": True,
        "post_confirms": True,
        "officer": "刘领事",
    }

    def booked(self, **changes: Any) -> Overseas:
        self.apply(**changes).accept()
        return self.book(5)

    def book(self, hours: int, **changes: Any) -> Overseas:
        """A video so many hours from now."""
        starts_at = self.at + timedelta(hours=hours)
        when = {"on_day": starts_at.date(), "at_time": f"{starts_at:%H:%M}"}
        self.take("book_video", NOTARY, {**self.BOOK, **when, **changes})
        return self

    def held(self, **changes: Any) -> Overseas:
        self.booked(**changes)
        self.at += timedelta(hours=6)
        self.take("check_identity", NOTARY, self.IDENTITY)
        self.take("hold_video", NOTARY, self.video(), Doc.RECORDING, Doc.NOTARY_RECORD)
        return self

    def video(self, **changes: Any) -> dict[str, Any]:
        began = self.at - timedelta(minutes=40)
        checks = ("nobody_else", "told_meaning", "signed_on_screen", "recorded")
        data = {"began": began.strftime(MOMENT), "ended": self.at.strftime(MOMENT), "note": "当事人清楚委托的后果。"}
        return {**data, **dict.fromkeys(checks, True), **changes}


class Execution(Special):
    procedure = "notarization_execution"
    papers = (*PAPERS, Doc.DEBT_INSTRUMENT)
    application = {
        "kind": "loan",
        "purpose": "保证还款",
        "debtor": "周欠款",
        "debtor_contact": "13900001111",
        "amount": "50000",
        "what": "一次还清本金5万元",
        "last_due_on": date(2026, 4, 30),
        "has_promise": True,
        "both_apply": True,
    }
    CHECK = {
        **dict.fromkeys(("has_payment", "no_dispute", "has_promise", "told"), True),
        "verify_by": "phone",
        "answer_days": 10,
    }
    REQUEST = {
        "unpaid": "50000",
        "facts": "到期一分没有还",
        "due_on": date(2026, 4, 30),
        "proof": True,
    }
    CERTIFY = {"amount": "50000", "subject": "本金5万元", "against": "周欠款"}

    def checked(self) -> Execution:
        self.apply().accept()
        self.take("tell_meaning", NOTARY, TOLD, Doc.NOTARY_RECORD)
        self.take("check_instrument", NOTARY, self.CHECK)
        return self

    def in_force(self) -> Execution:
        self.checked().approved().certified()
        self.deliver()
        return self

    def requested(self, on: datetime | None = None, **changes: Any) -> Execution:
        self.in_force()
        self.at = on or self.at.replace(month=5, day=6)
        self.take("ask_execution", APPLY, {**self.REQUEST, **changes}, Doc.PERFORMANCE)
        return self

    def inquiring(self, **changes: Any) -> Execution:
        self.requested(**changes)
        self.take("inquire", NOTARY, {"way": "phone", "served_on": self.today})
        return self

    def answered(self, answer: str = "confirms") -> Execution:
        self.inquiring()
        data = {"answer": answer, "answered_on": self.today, "words": "确实没有钱还。"}
        self.take("record_answer", NOTARY, data)
        return self

    def proposed(self, answer: str = "confirms") -> Execution:
        self.answered(answer)
        self.take("propose", NOTARY, {"result": "issue", "opinion": "核实清楚，可以出具执行证书。"})
        return self

    def executable(self) -> Execution:
        self.proposed().take("issue_execution", DIRECTOR, self.CERTIFY)
        return self

    def noticed(self) -> Execution:
        self.executable()
        notice = {"court": "道里区人民法院", "case_number": "（2026）黑0102执8号", "served_on": self.today}
        self.take("note_execution", APPLY, notice)
        return self


__all__ = ["DIRECTOR", "NOTARY", "REASON", "Evidence", "Execution", "Overseas", "Special", "Will"]
