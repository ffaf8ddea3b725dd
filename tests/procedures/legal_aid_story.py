"""A legal aid case told step by step: who does what, with which papers, how many days later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import BudgetLine, Case, LogEntry, Parameter
from santai.casework.reading import clocks_of
from santai.casework.service import RETURN_OF_SERVICE
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.procedures.rules.legal_aid_eligibility import INCOME_KEY
from santai.trust.actors import SYSTEM, Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_party

APPLICATION = {
    "matter": "labour",
    "service": "labour_arbitration",
    "story": "在工地干了三个月，老板一直没有发工资，想要回工资。",
    "place": "",
    "adverse_name": "某某建筑公司",
    "household_size": 3,
    "household_income": "3000",
    "commitment": True,
}
PAPERS = (Doc.IDENTITY, Doc.MATTER_PROOF, Doc.COMMITMENT)
OFFICER, DIRECTOR, LAWYER = Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.LAWYER
DECLINE = {"reason": "not_in_hardship", "explanation": "家庭人均收入超过本地经济困难标准。"}
REASON = {"explanation": "理由写在这里，足够清楚。"}
KEPT = {**REASON, "reason": "no_ground"}
FINISH = {"stage": "award", "outcome": "won", "recovered": "24000", "summary": "仲裁裁决公司支付工资24000元。"}


class Story:
    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        self.case = make_case(at, procedure="legal_aid_civil", applicant=make_party(**fields))
        self.citizen = Actor.applicant(self.case.applicant_id)

    def actor(self, role: Role) -> Actor:
        if role == Role.APPLICANT:
            return self.citizen
        return SYSTEM if role == Role.SYSTEM else self.town.actor(role)

    def take(
        self,
        name: str,
        role: Role = OFFICER,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        after: int = 0,
        on: datetime | None = None,
    ) -> LogEntry:
        """`after` days later, or `on` a given moment."""
        self.at = on or self.at + timedelta(days=after)
        documents = [(make_file(), kind) for kind in papers]
        return take_step(self.case, name, actor=self.actor(role), data=data, documents=documents, at=self.at)

    def apply(self, *papers: Doc, on: datetime | None = None, **changes: Any) -> Story:
        self.take("apply", Role.APPLICANT, {**APPLICATION, **changes}, *(papers or PAPERS), on=on)
        return self

    def accept(self) -> Story:
        self.take("accept")
        return self

    def grant(self) -> Story:
        self.take("grant")
        return self

    def assign(self) -> Story:
        self.take("assign", data={"practitioner": self.lawyer.pk})
        return self

    def begin_handling(self) -> Story:
        self.take("sign_agreement", LAWYER, {"signed_on": self.today}, Doc.AGREEMENT)
        return self

    def decline(self) -> Story:
        self.take("decline", data=DECLINE)
        return self

    def serve(self, step: str = "serve_decision") -> Story:
        self.take(step, data={"served_on": self.today, "way": "in_person"})
        return self

    def pay(self, **shares: int) -> Story:
        """From this year's budget: the officer proposes, the director approves, the officer pays."""
        keep_budget(self.town, self.today.year)
        self.take("propose_subsidy", data=shares)
        self.take("approve_subsidy", DIRECTOR)
        self.take("pay_subsidy", data={"paid_on": self.today})
        return self

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def lawyer(self) -> Any:
        return self.town.staff[LAWYER].practitioner  # type: ignore[attr-defined]

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)

    @property
    def letters(self) -> list[str]:
        """What the table's own steps issued, without the returns of service (送达回证)."""
        issued = Letter.objects.filter(case_code=self.case.code).exclude(kind=RETURN_OF_SERVICE)
        return list(issued.order_by("pk").values_list("kind", flat=True))

    def letter(self, kind: str) -> str:
        return Letter.objects.filter(case_code=self.case.code, kind=kind).latest("pk").body

    def clock(self, name: str, now: datetime | None = None) -> Reading:
        found = {reading.clock.name: reading for reading in clocks_of(self.case, now=now or self.at)}
        return found[name]


def keep_standard(income: object = 2000, *, region: str = "23", since: date = date(2024, 1, 1)) -> Parameter:
    return Parameter.objects.create(
        key=INCOME_KEY, region=region, value=income, since=since, basis="本省法律援助经济困难标准"
    )


def keep_budget(town: Town, year: int, amount: int = 100_000) -> BudgetLine:
    purpose = BudgetLine.Purpose.LEGAL_AID
    key = {"organisation": town.legal_aid, "year": year, "purpose": purpose}
    return BudgetLine.objects.get_or_create(**key, defaults={"amount": amount})[0]
