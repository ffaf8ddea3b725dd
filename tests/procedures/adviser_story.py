"""Stories of advisers, filings, check-ups and hand-offs: one applicant (often a body), one town, step after step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.people.models import Party
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_party

SHANGHAI = ZoneInfo("Asia/Shanghai")
APPLICANT, LAWYER, SUPERVISOR, HEAD = Role.APPLICANT, Role.LAWYER, Role.SUPERVISOR, Role.BUREAU_HEAD
REVIEWER, CLERK, DISPATCHER = Role.LEGALITY_REVIEWER, Role.COUNTER_CLERK, Role.DISPATCHER
REASON = {"explanation": "理由写在这里，足够清楚明白，可以办理。"}
DECLINE = {**REASON, "route": "道里区司法局，电话0451-12345678"}


def on(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


class Story:
    """`procedure` and `applicant` are set by each kind."""

    procedure = ""
    name = "榆树村村民委员会"
    kind = Party.Kind.COMPANY

    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        party = make_party(self.name, kind=self.kind)
        self.case = make_case(at, procedure=self.procedure, applicant=party, **fields)
        self.citizen = Actor.applicant(party.pk)

    def actor(self, role: Role) -> Actor:
        if role == APPLICANT:
            return self.citizen
        return SYSTEM if role == Role.SYSTEM else self.town.actor(role)

    def take(
        self,
        name: str,
        role: Role = SUPERVISOR,
        data: Mapping[str, Any] | None = None,
        *papers: Doc,
        after: int = 0,
        on: datetime | None = None,
        user: User | None = None,
    ) -> LogEntry:
        """`after` days later, or `on` a given moment; a step that is refused takes no time."""
        at = on or self.at + timedelta(days=after)
        actor = Actor.staff(user) if user else self.actor(role)
        entry = take_step(
            self.case, name, actor=actor, data=data, documents=[(make_file(), kind) for kind in papers], at=at
        )
        self.at = at
        return entry

    @property
    def today(self) -> date:
        return self.at.astimezone(SHANGHAI).date()

    @property
    def lawyer(self) -> Any:
        return self.town.staff[LAWYER].practitioner  # type: ignore[attr-defined]

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)

    @property
    def facts(self) -> dict[str, Any]:
        return dict(Case.objects.values_list("facts", flat=True).get(pk=self.case.pk))

    @property
    def letters(self) -> list[str]:
        return list(Letter.objects.filter(case_code=self.case.code).order_by("pk").values_list("kind", flat=True))

    def letter(self, kind: str) -> str:
        return Letter.objects.filter(case_code=self.case.code, kind=kind).latest("pk").body

    def clock(self, name: str, now: datetime | None = None) -> Reading:
        found = {reading.clock.name: reading for reading in clocks_of(self.case, now=now or self.at)}
        return found[name]

    def due(self, name: str) -> date | None:
        return self.clock(name).due_on

    def refresh(self) -> Any:
        """The case as the worker or somebody else has left it."""
        self.case = Case.objects.select_related("applicant", "organisation", "handler").get(pk=self.case.pk)
        return self


# --- village ------------------------------------------------------------------------------------------------------

PROPOSAL = {
    "village": "榆树村",
    "decided_on": date(2026, 2, 27),
    "households": 320,
    "needs": "土地流转合同和婚姻家庭纠纷的咨询。",
}
TERM = {"begins_on": date(2026, 3, 1), "ends_on": date(2027, 2, 28), "visits": 2, "hours": 8, "lectures": 0}
VISIT = {
    "begins": "09:00",
    "ends": "13:00",
    "way": "on_site",
    "kind": "advice",
    "place": "村委会",
    "persons": 6,
    "topic": "解答土地流转和宅基地的问题。",
}


class VillageContract(Story):
    procedure = "village_adviser"

    def propose(self, **changes: Any) -> VillageContract:
        self.take("propose", APPLICANT, {**PROPOSAL, "decided_on": self.today - timedelta(days=2), **changes})
        return self

    def nominate(self, practitioner: Any = None) -> VillageContract:
        self.take("nominate", data={"practitioner": (practitioner or self.lawyer).pk})
        return self

    def agree(self) -> VillageContract:
        self.take("agree_adviser", APPLICANT, {"decided_on": self.today})
        return self

    def sign(self) -> VillageContract:
        signed = {"signer": "签字人甲", "signed_on": self.today}
        self.take("sign_village", APPLICANT, signed)
        self.take("sign_firm", LAWYER, signed)
        return self

    def conclude(self, **changes: Any) -> VillageContract:
        self.take("conclude", SUPERVISOR, {**TERM, **changes}, Doc.SERVICE_CONTRACT)
        return self

    def in_force(self, **changes: Any) -> VillageContract:
        return self.propose().nominate().agree().sign().conclude(**changes)

    def visit(self, day: date, **changes: Any) -> LogEntry:
        at = datetime(day.year, day.month, day.day, 18, tzinfo=SHANGHAI)
        return self.take("log_visit", LAWYER, {**VISIT, "visited_on": day, **changes}, on=max(at, self.at))


class VillageService(Story):
    procedure = "village_service"
    name = "王小明"
    kind = Party.Kind.PERSON
