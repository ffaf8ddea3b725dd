"""Criminal legal aid told step by step: on application, on notice, and by a duty lawyer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from santai.dispatch.duty import plan
from santai.documents.models import DocumentKind as Doc
from santai.registry.duty import DutyPlace, DutyShift
from santai.registry.models import Practitioner
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_party, make_practitioner, make_staff
from tests.procedures.legal_aid_story import LAWYER, OFFICER, Story

SHANGHAI = ZoneInfo("Asia/Shanghai")
CRIMINAL_APPLICATION = {
    "capacity": "accused",
    "stage": "first_instance",
    "applied_by": "self",
    "organ": "道里区人民法院",
    "place": "",
    "case_number": "（2026）黑0102刑初1号",
    "offence": "盗窃罪",
    "story": "被指控盗窃，没有钱请律师，请求指派律师辩护。",
    "household_size": 3,
    "household_income": "3000",
    "commitment": True,
}
PAPERS = (Doc.IDENTITY, Doc.MATTER_PROOF, Doc.COMMITMENT)
MET = {"met_on": None, "place": "看守所", "told_rights": True}
FINISH = {"outcome": "lighter", "summary": "法院采纳了从轻处罚的意见。"}
WHY = {"explanation": "理由写在这里，足够清楚明白。"}


def on(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


class Criminal(Story):
    """`procedure` names the table; the rest is as in civil aid."""

    procedure = "legal_aid_criminal"

    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        held_by = fields.pop("organisation", None)
        self.case = make_case(at, procedure=self.procedure, applicant=make_party(**fields), organisation=held_by)
        self.citizen = Actor.applicant(self.case.applicant_id)

    def apply(self, *papers: Doc, on: datetime | None = None, **changes: Any) -> Criminal:
        self.take("apply", Role.APPLICANT, {**CRIMINAL_APPLICATION, **changes}, *(papers or PAPERS), on=on)
        return self

    def assign(self, practitioner: Practitioner | None = None) -> Criminal:
        stage = (self.case.facts.get("notice") or self.case.facts["application"])["stage"]
        name = "assign" if stage in {"investigation", "prosecution"} else "assign_for_trial"
        self.take(name, data={"practitioner": (practitioner or self.lawyer).pk})
        return self

    def finish(self, stage: str = "judgement", closed_on: date | None = None) -> Criminal:
        data = {**FINISH, "stage": stage, "closed_on": closed_on or self.today}
        self.take("finish", LAWYER, data, Doc.COURT_PAPER, Doc.MEETING_RECORD)
        return self

    def hand_in(self) -> Criminal:
        self.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)
        self.take("accept_file", data={"grade": "good"})
        return self


class Notice(Criminal):
    procedure = "legal_aid_notice"

    def register(self, *, on: datetime | None = None, **changes: Any) -> Notice:
        at = on or self.at
        today = at.date()
        data = {
            "organ_kind": "court",
            "organ": "道里区人民法院",
            "document_number": "（2026）黑0102法援通1号",
            "case_number": "（2026）黑0102刑初1号",
            "ground": "disabled",
            "stage": "first_instance",
            "offence": "盗窃罪",
            "discovered_on": today - timedelta(days=1),
            "notified_on": today,
            "received_on": today,
            **changes,
        }
        self.take("register_notice", OFFICER, data, Doc.ORGAN_NOTICE, on=at)
        return self

    def begin(self) -> Notice:
        self.take("first_meeting", LAWYER, {**MET, "met_on": self.today}, Doc.MEETING_RECORD)
        return self

    def refuse(self, **changes: Any) -> Notice:
        data = {**WHY, "reason": "distrust", "refused_on": self.today, **changes}
        self.take("record_refusal", LAWYER, data, Doc.REFUSAL_RECORD)
        return self

    def organ_finds(self, step: str) -> Notice:
        self.take(step, data={**WHY, "decided_on": self.today})
        return self


class Duty(Criminal):
    procedure = "duty_lawyer"

    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        super().__init__(town, at, **fields)
        self.place = duty_place(town)

    @property
    def asked(self) -> dict[str, Any]:
        return {
            "place": self.place.name,
            "organ": "道里区公安分局",
            "stage": "investigation",
            "offence": "盗窃罪",
            "has_no_counsel": True,
        }

    def request(self, *, on: datetime | None = None, **changes: Any) -> Duty:
        at = on or self.at
        self.take("register_request", data={**self.asked, "requested_at": at.isoformat(), **changes}, on=at)
        return self

    def notice(self, step: str = "register_notice", **changes: Any) -> Duty:
        dates = {"received_on": self.today, "help_on": self.today + timedelta(days=7)}
        data = {**self.asked, "purpose": "consult", **dates, **changes}
        self.take(step, OFFICER, data, Doc.ORGAN_NOTICE)
        return self

    def tell(self, **changes: Any) -> Duty:
        self.on_rota(self.at)
        self.take("tell_lawyer", data={"practitioner": self.lawyer.pk, "told_at": self.at.isoformat(), **changes})
        return self

    def on_rota(self, at: datetime, lawyer: Practitioner | None = None) -> DutyShift:
        start = at.replace(hour=8, minute=0)
        return plan_shift(self.town, self.place, lawyer or self.lawyer, start, start + timedelta(hours=10))

    def help(self, **changes: Any) -> Duty:
        data = {
            "helped_at": self.at.isoformat(),
            "way": "in_person",
            "services": ["consult", "apply"],
            "told_rights": True,
            "note": "解答了罪名和程序的问题。",
            **changes,
        }
        self.take("help", LAWYER, data)
        return self


def duty_place(town: Town, name: str = "道里区看守所") -> DutyPlace:
    return DutyPlace.objects.get_or_create(name=name, organisation=town.legal_aid, defaults={"kind": "detention"})[0]


def plan_shift(town: Town, place: DutyPlace, lawyer: Practitioner, starts_at: datetime, ends_at: datetime) -> DutyShift:
    by = town.staff[OFFICER]
    shift = DutyShift(place=place, practitioner=lawyer, starts_at=starts_at, ends_at=ends_at, planned_by=by)
    return plan(shift)


def another_lawyer(town: Town, name: str = "李律师", **fields: object) -> Practitioner:
    return make_practitioner(make_staff(LAWYER, town.other_firm, name=name), town.other_firm, **fields)
