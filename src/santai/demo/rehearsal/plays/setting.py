"""What must stand ready in the rehearsal's own province before the plays of a procedure begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from santai.casework.actions import open_case, take_step
from santai.casework.models import Parameter
from santai.demo.rehearsal.office import sample
from santai.demo.rehearsal.plays.cast import COUNTY, Members
from santai.dispatch.duty import plan
from santai.documents.files import store
from santai.documents.models import DocumentKind
from santai.people.models import Party
from santai.people.parties import find_or_create
from santai.procedures.rules.screening_rounds import PERIODS_KEY, RHYTHM_KEY
from santai.registry.duty import DutyPlace, DutyShift
from santai.registry.models import Practitioner
from santai.trust.actors import Actor, Channel
from santai.trust.roles import Role

CHINA = ZoneInfo("Asia/Shanghai")
PLACES = (("道里区看守所值班室", DutyPlace.Kind.DETENTION), ("道里区人民法院值班室", DutyPlace.Kind.COURT))
VILLAGE = "演练榆林村"
BEGINS, ENDS, DAYS = time(8), time(18), 10


def duty_rota(cast: Members, first: date, days: int = DAYS) -> None:
    """The first lawyer sits at the first place on the first days; nobody was planned for the second place."""
    officer, lawyer = cast.member(Role.LEGAL_AID_OFFICER), cast.member(Role.LAWYER)
    office = cast.body(Role.LEGAL_AID_OFFICER, 1, None)
    places = [
        DutyPlace.objects.get_or_create(organisation=office, name=name, defaults={"kind": kind})[0]
        for name, kind in PLACES
    ]
    sitting = Practitioner.objects.get(user=lawyer)
    for day in (first + timedelta(days=number) for number in range(days)):
        starts_at, ends_at = datetime.combine(day, BEGINS, CHINA), datetime.combine(day, ENDS, CHINA)
        plan(DutyShift(place=places[0], practitioner=sitting, starts_at=starts_at, ends_at=ends_at, planned_by=officer))


def village_contract(cast: Members, first: date) -> None:
    """演练榆林村 has an adviser for two years; other villages have none."""
    at = datetime.combine(first, BEGINS, CHINA)
    bureau = Actor.staff(cast.member(Role.SUPERVISOR))
    adviser = Practitioner.objects.get(user=cast.member(Role.VILLAGE_ADVISER))
    committee = find_or_create(name=f"{VILLAGE}村民委员会", phone="13945110000", kind=Party.Kind.COMPANY)
    case = open_case(
        "village_adviser",
        applicant=committee,
        region=COUNTY,
        text="聘请法律顾问",
        channel=Channel.WEB,
        actor=bureau,
        at=at,
    )
    signed = {"signer": "演练签字人", "signed_on": first}
    term = {"begins_on": first, "ends_on": first + timedelta(days=700), "visits": 1, "hours": 0, "lectures": 0}
    needs = {"village": VILLAGE, "decided_on": first, "households": 200, "needs": "土地流转和邻里纠纷的咨询"}
    for name, actor, filling in (
        ("propose", bureau, needs),
        ("nominate", bureau, {"practitioner": adviser.pk}),
        ("agree_adviser", Actor.applicant(committee.pk), {"decided_on": first}),
        ("sign_village", Actor.applicant(committee.pk), signed),
        ("sign_firm", bureau, signed),
    ):
        take_step(case, name, actor=actor, data=filling, at=at)
    contract = ContentFile(sample(DocumentKind.SERVICE_CONTRACT), "聘用合同.png")
    paper = store(contract, by=bureau.user)
    take_step(case, "conclude", actor=bureau, data=term, documents=[(paper, DocumentKind.SERVICE_CONTRACT)], at=at)


def screening_plan(cast: Members, first: date) -> None:
    """The committees of the demo province have the code of their county: they screen for disputes weekly, and daily in
    the week of the national day."""
    period = {"name": "国庆", "from": f"{first.year}-10-01", "to": f"{first.year}-10-07"}
    for key, value in ((RHYTHM_KEY, {str(len(COUNTY)): "weekly"}), (PERIODS_KEY, [period])):
        Parameter.objects.create(key=key, region=COUNTY, value=value, since=first, basis="演练")


def domestic_notarization(cast: Members, first: date) -> None:
    """A statement by video that disposes of property belongs to a notarization at home."""
    open_case(
        "notarization",
        applicant=find_or_create(name="演练国内申请人", phone="13945110001"),
        region=COUNTY,
        text="继承房屋，哥哥在境外，要出具声明。",
        channel=Channel.WEB,
        actor=Actor.staff(cast.member(Role.NOTARY)),
        organisation=cast.body(Role.NOTARY, 1, None),
        at=datetime.combine(first, BEGINS, CHINA),
    )


SETTINGS: dict[str, Callable[[Members, date], None]] = {
    "duty_lawyer": duty_rota,
    "village_service": village_contract,
    "dispute_screening": screening_plan,
    "notarization_overseas": domestic_notarization,
}
