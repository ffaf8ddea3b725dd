"""A petition told step by step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from santai.people.models import Party
from tests.procedures.adviser_story import (
    APPLICANT,
    CLERK,
    Story,
    on,
)

pytestmark = pytest.mark.django_db
REGISTER = {
    "kind": "claim",
    "unit": "某镇人民政府",
    "story": "村里的路修了一半停工，反映几次没有答复，希望解决。",
    "persons": 1,
    "representatives": 0,
}
ROUTE = {"explanation": "这件事可以先申请行政复议，不收费。", "contact": "道里区司法局，电话0451-12345678"}
REPLY = {"outcome": "partly", "summary": "已同意年底前修好剩下的路段。"}


class Petition(Story):
    procedure = "petition"
    name = "王小明"
    kind = Party.Kind.PERSON

    def register(self, **changes: Any) -> Petition:
        self.take("register", APPLICANT, {**REGISTER, **changes})
        return self

    def hand_over(self, office: str = "道里区信访局") -> Petition:
        data = {"office": office, "way": "online", "sent_at": self.at, "told_secret": True}
        self.take("transfer", CLERK, data)
        return self

    def received(self, at: datetime, step: str = "office_received") -> Petition:
        self.take(step, CLERK, {"received_at": at, "number": "XF2026-1"}, on=max(at, self.at))
        return self

    def with_office(self, at: datetime | None = None) -> Petition:
        return self.register().hand_over().received(at or self.at)

    def with_unit(self, passed_on: date | None = None) -> Petition:
        self.with_office()
        day = passed_on or self.today
        self.take("office_passes_on", CLERK, {"kind": "sent", "unit": "某镇人民政府", "passed_on": day})
        return self

    def handling(self, accepted_on: date | None = None) -> Petition:
        self.with_unit()
        self.received(self.at, "unit_received")
        day = accepted_on or self.today
        self.take("unit_accepts", CLERK, {"accepted_on": day}, on=max(self.at, on(day.month, day.day, year=day.year)))
        return self

    def replied(self, served_on: date | None = None) -> Petition:
        self.handling()
        day = served_on or self.today
        self.take("reply", CLERK, {**REPLY, "replied_on": day, "served_on": day})
        return self
