"""An administrative penalty told step by step: the officers investigate, the reviewer reviews, the head decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_party, make_staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICER, REVIEWER, HEAD = Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER, Role.BUREAU_HEAD
REASON = {"explanation": "理由写在这里，足够清楚明白，依据也写清楚了。"}
FACTS = "在代理案件中私自向委托人收取费用一万元，有收条和询问笔录为证。"
# 律师法第四十八条: up to 10 000 yuan; "normal" leaves 3 000 to 7 000.
SMALL = {"facts": FACTS, "row": "LS47", "grade": "normal", "warning": True, "fine": "2000"}
LARGE = {"facts": FACTS, "row": "LS48", "grade": "normal", "warning": True, "fine": "5000"}
SUSPENSION = {**LARGE, "months": "4"}
OPINION = {"opinion": "复核后认为陈述申辩的理由不成立，不予采纳。"}
REVIEWED = {"opinion": "主体适格，事实清楚，证据确凿，程序合法。", "is_qualified": True}
REASONS = {"reasons": "当事人没有提出新的事实和证据，处罚适当。"}
DISCUSSION = {"held_on": "", "attendees": "局长、两名副局长", "conclusion": "一致同意承办处室的处罚意见。"}
REVOCATION = {
    "ground": "court",
    "document": "〔2026〕黑01行终1号",
    "public_reason": "人民法院判决撤销原行政处罚决定。",
}


def on(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


class Enforcement:
    def __init__(self, town: Town, at: datetime, kind: str = "person", **facts: Any) -> None:
        self.town, self.at = town, at
        self.lead, self.second = (make_staff(OFFICER, town.bureau) for _ in range(2))
        self.reviewer, self.head = make_staff(REVIEWER, town.bureau), make_staff(HEAD, town.bureau)
        name = "金诚律师事务所" if kind == "company" else "李大明"
        self.party = make_party(name, kind=kind)
        self.case = make_case(
            at, procedure="enforcement", applicant=self.party, text=FACTS, organisation=town.bureau, facts=facts
        )

    def actor(self, who: Role | User) -> Actor:
        if isinstance(who, User):
            return Actor.staff(User.objects.get(pk=who.pk))
        if who in (Role.APPLICANT, Role.SYSTEM):
            return Actor.applicant(self.party.pk) if who == Role.APPLICANT else SYSTEM
        ours = {OFFICER: self.lead, REVIEWER: self.reviewer, HEAD: self.head}
        return Actor.staff(User.objects.get(pk=ours[who].pk)) if who in ours else self.town.actor(who)

    def take(
        self,
        name: str,
        who: Role | User = OFFICER,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        on: datetime | None = None,
        after: int = 0,
    ) -> LogEntry:
        self.at = on or self.at + timedelta(days=after)
        documents = [(make_file(), kind) for kind in papers]
        return take_step(self.case, name, actor=self.actor(who), data=data, documents=documents, at=self.at)

    def assigned(self) -> Enforcement:
        data = {
            "lead": self.lead.pk,
            "lead_certificate": "执法01",
            "second": self.second.pk,
            "second_certificate": "执法02",
        }
        self.take("assign_officers", HEAD, {**data, "note": "案情需要，更换人员。"})
        return self

    def proposed(self, penalty: Mapping[str, Any] = SMALL, **more: Any) -> Enforcement:
        if (penalty.get("months") or penalty.get("revoke")) and not self.case.facts.get("listed"):
            self.take("identify", OFFICER, {"not_listed": True})
        self.take("propose_penalty", OFFICER, {**penalty, **more}, Doc.INVESTIGATION_REPORT)
        return self

    def told(self, penalty: Mapping[str, Any] = SMALL, **more: Any) -> Enforcement:
        self.assigned().proposed(penalty, **more).take("notify")
        self.take("serve_notice", OFFICER, {"served_on": self.day(), "way": "in_person"})
        return self

    def considered(self, step: str = "to_decision") -> Enforcement:
        self.take("waive", Role.APPLICANT, REASON)
        self.take(step, OFFICER, OPINION)
        return self

    def reviewed(self) -> Enforcement:
        self.take("pass_review", REVIEWER, REVIEWED, Doc.LEGALITY_OPINION)
        self.take("discuss", HEAD, {**DISCUSSION, "held_on": self.day()}, Doc.DISCUSSION_RECORD)
        return self

    def decided(self, penalty: Mapping[str, Any] = SMALL) -> Enforcement:
        self.take("decide_penalty", HEAD, {**penalty, **REASONS})
        return self

    def punished(self, penalty: Mapping[str, Any] = SMALL) -> Enforcement:
        """Small and ordinary: no review is needed."""
        return self.told(penalty).considered().decided(penalty)

    def served(
        self, step: str = "serve_fine", *, on: datetime | None = None, way: str = "in_person", **more: Any
    ) -> Enforcement:
        self.at = on or self.at
        self.take(step, OFFICER, {"served_on": self.day(), "way": way, **more})
        return self

    def pay(self, amount: str, *, on: datetime | None = None) -> Enforcement:
        self.at = on or self.at
        self.take("record_payment", OFFICER, {"amount": amount, "paid_on": self.day()}, Doc.PAYMENT_PROOF)
        return self

    def perform(self, **more: Any) -> Enforcement:
        self.take("perform", OFFICER, {"done_on": self.day(), "ending": "paid", **more})
        return self

    def revoke(self, step: str = "revoke", **more: Any) -> Enforcement:
        data = {**REVOCATION, "received_on": self.day(), **more}
        self.take(step, HEAD, data, Doc.COURT_PAPER)
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

    def day(self, after: int = 0) -> date:
        return localdate(self.at + timedelta(days=after))
