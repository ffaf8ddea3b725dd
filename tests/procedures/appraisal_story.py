"""An appraisal told step by step. `FIRST` and `SECOND` appraise, `THIRD`, a colleague, reviews, `HEAD` decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_organisation, make_party, make_practitioner, make_staff

FIRST, SECOND, THIRD = range(3)
HEAD = Role.APPRAISAL_DIRECTOR
MEDICINE = ["法医类", "交通事故"]
COMMISSION = {
    "client": "agency",
    "agency": "道里区人民法院（2026）黑0102民初1号",
    "discipline": "medicine",
    "subject": "伤残等级",
    "purpose": "机动车交通事故责任纠纷，确定伤残等级。",
    "materials": "病历复印件一套\nCT片六张",
}
PAPERS = (Doc.COMMISSION, Doc.MATTER_PROOF)
REASON = {"explanation": "理由写在这里，足够清楚明白。"}
ASK = {"items": "出院后的复查片", "by": date(2027, 12, 31)}
RECORD = {"place": "本中心检查室", "present": "被鉴定人及家属", "identity_checked": True, "standard": "national"}
DRAFT = {"text": "经检验，左下肢功能部分丧失，分析如下。", "conclusion": "构成十级伤残。"}
ISSUE = {"first_signed": True, "second_signed": True, "copies": 4}
EXTEND = {"amount": 30, **REASON}
REJECT = {"ground": "out_of_scope", "returned": True, **REASON}
TERMINATE = {"ground": "refused", "refund": "part", "returned": True, **REASON}
CORRECT = {"kind": "wording", "old": "2026年3月32日", "new": "2026年3月31日", "meaning_kept": True}
FILED = {"pages": 40}


class Appraisal:
    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        self.institution = make_organisation(OrganisationKind.APPRAISAL)
        self.experts = [hire(self.institution) for _ in range(3)]
        self.head = make_staff(HEAD, self.institution)
        self.case = make_case(at, procedure="appraisal", applicant=make_party("道里区人民法院", **fields))
        self.citizen = Actor.applicant(self.case.applicant_id)

    def actor(self, who: Role | int | User) -> Actor:
        if isinstance(who, User) or who == HEAD:
            return Actor.staff(User.objects.get(pk=self.head.pk if who == HEAD else who.pk))
        if isinstance(who, int):
            return Actor.staff(User.objects.get(pk=self.experts[who].user_id))
        if who in (Role.APPLICANT, Role.SYSTEM):
            return self.citizen if who == Role.APPLICANT else SYSTEM
        return self.town.actor(who)

    def take(
        self,
        name: str,
        who: Role | int | User = FIRST,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        on: datetime | None = None,
        after: int = 0,
    ) -> LogEntry:
        self.at = on or self.at + timedelta(days=after)
        documents = [(make_file(), kind) for kind in papers]
        return take_step(self.case, name, actor=self.actor(who), data=data, documents=documents, at=self.at)

    def commission(self, on: datetime | None = None, **changes: Any) -> Appraisal:
        self.take("commission", Role.APPLICANT, {**COMMISSION, **changes}, *PAPERS, on=on)
        return self

    def accept(self) -> Appraisal:
        self.take("accept", HEAD)
        return self

    def signing(self, **changes: Any) -> dict[str, Any]:
        first, second, _ = self.experts
        chosen = {"practitioner": first.pk, "second": second.pk}
        return {"effective_on": self.at.date(), "fee": "full", "fee_amount": "2600", **chosen, **changes}

    def sign(self, on: datetime | None = None, **changes: Any) -> Appraisal:
        self.at = on or self.at
        self.take("sign", HEAD, self.signing(**changes), Doc.AGREEMENT)
        return self

    def at_work(self) -> Appraisal:
        return self.commission().accept().sign()

    def record(self) -> Appraisal:
        self.take("record", FIRST, {**RECORD, "done_on": self.at.date(), "note": "检查过程记录如下，拍照存档。"})
        return self

    def submit(self) -> Appraisal:
        self.record().take("submit", FIRST, DRAFT)
        return self

    def issue(self, on: datetime | None = None) -> Appraisal:
        self.take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"}, on=on)
        self.take("issue", SECOND, ISSUE)
        return self

    def issued(self) -> Appraisal:
        return self.at_work().submit().issue()

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


def hire(institution: Organisation, **fields: Any) -> Practitioner:
    values: dict[str, Any] = {"kind": "appraiser", "matters": MEDICINE, **fields}
    return make_practitioner(make_staff(Role.APPRAISER, institution), institution, **values)
