"""An arbitration told step by step: a secretary with a roster, an applicant, a respondent not on the platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from santai.casework.access import procedure_of
from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case, LogEntry, Parameter
from santai.casework.reading import clocks_of
from santai.casework.service import RETURN_OF_SERVICE
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.procedures.rules.arbitration import RECUSAL
from santai.procedures.rules.arbitration_fees import SCALE_KEY
from santai.procedures.rules.arbitration_finality import MINIMUM_WAGE_KEY
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_organisation, make_party, make_staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECRETARY, APPLICANT = Role.ARBITRATION_SECRETARY, Role.APPLICANT
HEAD, ARBITRATOR = Role.ARBITRATION_DIRECTOR, Role.ARBITRATOR
REASON = {"explanation": "理由写在这里，足够清楚明白。"}
DECLINE = {**REASON, "route": "道里区人民法院，电话0451-12345678"}
TRIBUNAL = {"presiding": "张仲裁"}
THREE = {**TRIBUNAL, "second": "李仲裁", "third": "王仲裁", "secretary": "赵书记"}
HEARING = {"hour": "上午9:00", "place": "第一仲裁庭"}
AWARD = {
    "kind": "merits",
    "opinion": "unanimous",
    "reasons": "经审理查明，双方的约定和履行情况有证据证明。",
    "decision": "被申请人十日内向申请人支付所欠款项。",
}
PARTIES = {"adverse_name": "某某贸易公司", "adverse_contact": "道里区中央大街1号，电话0451-1"}
STORY = {"request": "请求支付货款和违约金。", "story": "货已经交付，对方一直没有付款，多次催要无果。"}
SCALE = {"flat": "100", "rates": ["0.05", "0.04", "0.03", "0.02", "0.01", "0.005"]}


def on(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


class Story:
    """`procedure` and `application` are set by each kind of arbitration."""

    procedure = ""
    application: Mapping[str, Any] = {}
    papers: tuple[Doc, ...] = (Doc.IDENTITY, Doc.MATTER_PROOF)

    def __init__(self, town: Town, at: datetime) -> None:
        self.town, self.at = town, at
        self.body = commission()
        self.secretary, self.head = make_staff(SECRETARY, self.body), make_staff(HEAD, self.body)
        self.case = make_case(at, procedure=self.procedure, applicant=make_party())
        self.citizen = Actor.applicant(self.case.applicant_id)

    def actor(self, role: Role) -> Actor:
        if role == APPLICANT:
            return self.citizen
        if role in (SECRETARY, HEAD):
            return Actor.staff(self.secretary if role == SECRETARY else self.head)
        if role == ARBITRATOR:
            return Actor.staff(self.presiding)
        return SYSTEM if role == Role.SYSTEM else self.town.actor(role)

    def take(
        self,
        name: str,
        role: Role | User | None = None,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        after: int = 0,
        on: datetime | None = None,
    ) -> LogEntry:
        """`after` days later, or `on` a given moment. A step that is refused takes no time. Unless told by whom, the
        first of secretary, head and arbitrator whom the table names takes it."""
        at = on or self.at + timedelta(days=after)
        who = Actor.staff(role) if isinstance(role, User) else self.actor(role or self.usual(name))
        documents = [(make_file(), kind) for kind in papers]
        entry = take_step(self.case, name, actor=who, data=data, documents=documents, at=at)
        self.at = at
        return entry

    def usual(self, name: str) -> Role:
        allowed = procedure_of(self.case).step(name).allowed_roles
        if name in RECUSAL and HEAD in allowed:
            return HEAD
        return next((role for role in (SECRETARY, HEAD, ARBITRATOR) if role in allowed), SECRETARY)

    @property
    def presiding(self) -> User:
        found = Practitioner.objects.get(name=self.case.facts["tribunal"]["presiding"], organisation=self.body)
        return User.objects.get(pk=found.user_id)

    def apply(self, *papers: Doc, on: datetime | None = None, **changes: Any) -> Any:
        self.take("apply", APPLICANT, {**self.application, **changes}, *(papers or self.papers), on=on)
        return self

    def accept(self, on: datetime | None = None) -> Any:
        self.take("accept", on=on)
        return self

    def form(self, data: Mapping[str, Any] = TRIBUNAL, on: datetime | None = None) -> Any:
        self.take("form_tribunal", data=data, on=on)
        return self

    def announce(self, hearing_on: date | None = None, **data: Any) -> Any:
        self.take("set_hearing", data={**HEARING, "hearing_on": hearing_on or self.today + timedelta(days=14), **data})
        return self

    def hear(self, **data: Any) -> Any:
        """On the day that was announced."""
        day = date.fromisoformat(self.case.facts["hearing"]["hearing_on"])
        held = {"held_on": day, "present": "both", **data}
        self.take("hold_hearing", SECRETARY, held, Doc.HEARING_RECORD, on=at_nine(day))
        return self

    def mediate(self) -> Any:
        self.take("try_mediation", data={"tried_on": self.today, "note": "双方差距较大，没有谈成。"})
        return self

    def award(self, **data: Any) -> Any:
        self.take("award", data={**AWARD, "decided_on": self.today, **data})
        return self

    def serve(self, step: str = "serve_award", **data: Any) -> Any:
        self.take(step, data={"served_on": self.today, "way": "in_person", **data})
        return self

    def suspend(self, on: datetime | None = None) -> Any:
        self.take("suspend", data={"ground": "appraisal", **REASON}, on=on)
        return self

    @property
    def today(self) -> date:
        return self.at.astimezone(SHANGHAI).date()

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
        return {reading.clock.name: reading for reading in clocks_of(self.case, now=now or self.at)}[name]

    def due(self, name: str) -> date | None:
        return self.clock(name).due_on


class Commercial(Story):
    procedure = "arbitration_commercial"
    papers = (Doc.IDENTITY, Doc.ARBITRATION_AGREEMENT, Doc.MATTER_PROOF)
    application = {
        **PARTIES,
        **STORY,
        "kind": "contract",
        "institution": "道里仲裁委员会",
        "agreement_text": "因本合同引起的一切争议，提交道里仲裁委员会仲裁。",
        "agrees_to_arbitrate": True,
        "agreed_matters": "因本合同引起的一切争议",
        "amount": "100000",
    }

    def accept(self, on: datetime | None = None, **data: Any) -> Commercial:
        self.take("accept", data={"fee": "4000", "reason": "参照本会标准在幅度内确定。", **data}, on=on)
        return self

    def pay(self, on: datetime | None = None) -> Commercial:
        data = {"amount": self.case.facts["fee"], "paid_on": (on or self.at).date()}
        self.take("pay_fee", data=data, on=on)
        return self

    def announce(self, hearing_on: date | None = None, **data: Any) -> Any:
        return super().announce(hearing_on, **{"mode": "in_person", **data})

    def award(self, **data: Any) -> Any:
        return super().award(**{"fee_burden": "仲裁费4000元由被申请人承担。", **data})

    def serve_old(self, **data: Any) -> Commercial:
        """Both sides on one day, under the table of 2017."""
        checked = {"law_checked": "依受理时的法律适用六个月，经核对。"}
        return self.serve(**checked, **data).serve("serve_respondent", **data)


class Labour(Story):
    procedure = "arbitration_labour"
    application = {
        **PARTIES,
        **STORY,
        "applicant_is": "worker",
        "kind": "pay",
        "claim_amount": "12000",
        "known_on": "2026-01-05",
        "workers": "1",
    }


class RuralLand(Story):
    procedure = "arbitration_rural_land"
    application = {
        **PARTIES,
        **STORY,
        "kind": "transfer",
        "land": "村东头三亩旱地",
        "known_on": "2025-06-01",
        "farmers": "1",
    }


def commission(name: str = "道里仲裁委员会", region: str = "230102") -> Organisation:
    """An arbitration body with three arbitrators on its roster, all of whom use the platform."""
    body = make_organisation(OrganisationKind.ARBITRATION, region=region, name=name)
    for person in ("张仲裁", "李仲裁", "王仲裁"):
        arbitrator(person, body)
    return body


def arbitrator(name: str, body: Organisation, **fields: Any) -> Practitioner:
    user = fields.pop("user", None) or make_staff(ARBITRATOR, body, name=name)
    given = {
        "kind": Practitioner.Kind.ARBITRATOR,
        "licensed_on": date(2015, 1, 1),
        "last_assessment": "称职",
        "user": user,
        **fields,
    }
    return Practitioner.objects.create(name=name, organisation=body, **given)


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def keep_scale(value: Any = SCALE, region: str = "23") -> Parameter:
    return Parameter.objects.create(
        key=SCALE_KEY, region=region, value=value, since=date(2020, 1, 1), basis="本省仲裁收费标准"
    )


def keep_minimum_wage(value: Any = 2000, region: str = "2301", since: date = date(2024, 1, 1)) -> Parameter:
    return Parameter.objects.create(
        key=MINIMUM_WAGE_KEY, region=region, value=value, since=since, basis="本省最低工资标准"
    )
