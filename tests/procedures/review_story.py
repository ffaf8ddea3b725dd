"""An administrative review told step by step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from santai.people.models import Party
from tests.procedures.adviser_story import APPLICANT, HEAD, REVIEWER, Story

pytestmark = pytest.mark.django_db
APPLY = {
    "respondent": "道里区某局",
    "act": "penalty",
    "act_number": "罚字2026第1号",
    "told_remedy": True,
    "amount": "50000",
    "request": "请求撤销行政处罚决定。",
    "story": "处罚认定的事实不清，没有听取我的陈述和申辩。",
}
OPINION = {"opinion": "被申请人没有告知陈述申辩权，程序违法，建议撤销。", "heard_or_written": True}
DECIDE = {
    "result": "revoked",
    "reasons": "经查，被申请人作出决定前没有告知陈述申辩权，程序违法。",
    "decision": "撤销该行政处罚决定，责令重新作出。",
}
SERVED = {"way": "in_person"}


class Review(Story):
    procedure = "administrative_review"
    name = "王小明"
    kind = Party.Kind.PERSON

    def apply(self, **changes: Any) -> Review:
        self.take("apply", APPLICANT, {**APPLY, "known_on": self.today - timedelta(days=2), **changes})
        return self

    def accept(self, **changes: Any) -> Review:
        data = {"has_jurisdiction": True, **changes}
        self.take("accept", REVIEWER, data)
        return self

    def accept_simple(self, simple: str = "agreed", **changes: Any) -> Review:
        self.take("accept_simple", REVIEWER, {"has_jurisdiction": True, "simple": simple, **changes})
        return self

    def copy(self, served_on: date | None = None, step: str = "send_copy") -> Review:
        self.take(step, REVIEWER, {"served_on": served_on or self.today, **SERVED})
        return self

    def answered(self) -> Review:
        step = "send_copy_simple" if self.state == "simple" else "send_copy"
        self.copy(step=step)
        self.take("agency_answers", REVIEWER, {"answered_on": self.today, "summary": "处罚决定合法，应当维持。"})
        return self

    def heard(self) -> Review:
        self.answered()
        data = {"heard_on": self.today, "side": "applicant", "way": "phone", "summary": "坚持复议请求。"}
        self.take("hear_opinions", REVIEWER, data)
        return self

    def proposed(self) -> Review:
        self.heard()
        self.take("propose", REVIEWER, OPINION)
        return self

    def decided(self, step: str = "decide_for", **changes: Any) -> Review:
        self.proposed()
        data = {**DECIDE, **changes}
        if step == "dismiss":
            data.pop("result")
        self.take(step, HEAD, data)
        return self

    def served(self) -> Review:
        self.decided()
        self.take("serve_decision", REVIEWER, {"served_on": self.today, **SERVED})
        return self
