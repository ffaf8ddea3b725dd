"""A publication told step by step: prepared by one, approved by another, corrected and taken down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case
from santai.casework.reading import clocks_of
from santai.publication.models import Entry
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_party, make_staff

OFFICER, REVIEWER, HEAD = Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER, Role.BUREAU_HEAD
TEXT = {
    "title": "李某某行政处罚决定",
    "party": "李某某",
    "number": "黑司罚决字〔2026〕230102第000001号",
    "result": "罚款2,000.00元",
    "basis": "律师法第四十七条",
    "content": "当事人在代理案件中私自收取费用，依法给予处罚。",
}
CHECKED = {"was_checked": True}
WITHDRAW = {"ground": "revoked", "public_reason": "人民法院判决撤销原行政处罚决定。"}
TAKE_IN = {**TEXT, "phase": "after", "subject": "penalty"}


class Publication:
    """Of a penalty, begun by the platform, unless `case` is one that exists."""

    def __init__(self, town: Town, at: datetime, case: Case | None = None, **changes: Any) -> None:
        self.town, self.at = town, at
        self.officer, self.reviewer = make_staff(OFFICER, town.bureau), make_staff(REVIEWER, town.bureau)
        self.head = make_staff(HEAD, town.bureau)
        if case is None:
            party = make_party("李大明")
            case = make_case(at, procedure="publication", applicant=party, organisation=town.bureau)
            data = {**TAKE_IN, "formed_on": localdate(at), **changes}
            step = "take_in_decision" if data["subject"] in {"penalty", "licence"} else "take_in"
            take_step(case, step, actor=SYSTEM, data=data, at=at)
        self.case = case

    def take(
        self, name: str, who: User | Role, data: Any = None, *, on: datetime | None = None, after: int = 0
    ) -> None:
        self.at = on or self.at + timedelta(days=after)
        if isinstance(who, Role):
            actor = Actor.applicant(self.case.applicant_id) if who == Role.APPLICANT else SYSTEM
        else:
            actor = Actor.staff(User.objects.get(pk=who.pk))
        take_step(self.case, name, actor=actor, data=data, at=self.at)

    def prepared(self, **changes: Any) -> Publication:
        self.take("prepare", self.officer, {**TEXT, **CHECKED, **changes})
        return self

    def published(self, *, on: datetime | None = None, **changes: Any) -> Publication:
        self.prepared(**changes).take("approve", self.reviewer, CHECKED, on=on)
        return self

    @property
    def entry(self) -> Entry:
        found: Entry = Entry.objects.get(case=self.case)
        return found

    def is_shown(self, at: datetime | None = None) -> bool:
        return bool(Entry.objects.shown(localdate(at or self.at)).filter(case=self.case).exists())

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)

    def clock(self, name: str) -> Reading:
        return next(one for one in clocks_of(self.case, now=self.at) if one.clock.name == name)
