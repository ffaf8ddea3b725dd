"""Small makers of the records tests speak of. Synthetic people only."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from santai.casework.actions import open_case
from santai.casework.models import Case
from santai.documents.models import StoredFile
from santai.people.models import Party
from santai.registry.models import Organisation, OrganisationKind, Practitioner, Region
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.models import Membership, User
from santai.trust.roles import Role

_numbers = itertools.count(1)
LONG_AGO = date(2020, 1, 1)


def make_region(code: str = "230102", name: str = "道里区", full_name: str = "黑龙江省哈尔滨市道里区") -> Region:
    parent = make_region(code[:-2], f"上级{code[:-2]}", f"上级{code[:-2]}") if len(code) in (4, 6) else None
    region, _ = Region.objects.get_or_create(
        code=code, defaults={"name": name, "full_name": full_name, "level": len(code), "parent": parent}
    )
    return region


def make_organisation(kind: str = OrganisationKind.LAW_FIRM, *, region: str = "230102", name: str = "") -> Organisation:
    label = name or f"{OrganisationKind(kind).label}{next(_numbers)}"
    return Organisation.objects.create(name=label, kind=kind, region=make_region(region))


def make_staff(role: Role, organisation: Organisation, *, name: str = "") -> User:
    user = User(username=f"{role}{next(_numbers)}", display_name=name or f"{role.label}{next(_numbers)}")
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role=role, organisation=organisation, since=LONG_AGO)
    return user


def make_practitioner(user: User, organisation: Organisation, kind: str = "lawyer", **fields: object) -> Practitioner:
    return Practitioner.objects.create(
        name=user.display_name,
        kind=kind,
        organisation=organisation,
        user=user,
        licence=f"1230120101{next(_numbers):07d}",
        licensed_on=date(2015, 1, 1),
        last_assessment="称职",
        **fields,
    )


def make_party(name: str = "王小明", phone: str = "", id_number: str = "", **fields: object) -> Party:
    number = phone or f"138{next(_numbers):08d}"
    return Party.objects.create(name=name, phone=number, id_number=id_number, **fields)


def make_file(name: str = "身份证.pdf", content: bytes = b"%PDF-1.4 test") -> StoredFile:
    return StoredFile.objects.create(
        sha256=f"{next(_numbers):064x}",
        content=SimpleUploadedFile(name, content),
        name=name,
        media_type="application/pdf",
        size=len(content),
    )


def make_case(at: datetime, *, procedure: str = "work_order", applicant: Party | None = None, **fields: object) -> Case:
    make_region()
    values: dict[str, object] = {
        "region": "230102",
        "text": "老板拖欠三个月工资",
        "channel": Channel.WEB,
        "actor": SYSTEM,
        "at": at,
        **fields,
    }
    return open_case(procedure, applicant=applicant or make_party(), **values)  # type: ignore[arg-type]


@dataclass
class Town:
    """Everybody a story needs, in 道里区. `staff[role]` is one person of that role."""

    firm: Organisation
    other_firm: Organisation
    legal_aid: Organisation
    mediation: Organisation
    centre: Organisation
    hotline: Organisation
    bureau: Organisation
    staff: dict[Role, User] = field(default_factory=dict)

    def actor(self, role: Role, channel: Channel = Channel.WEB) -> Actor:
        return Actor.staff(self.staff[role], channel)


def build_town() -> Town:
    kinds = OrganisationKind
    town = Town(
        firm=make_organisation(kinds.LAW_FIRM),
        other_firm=make_organisation(kinds.LAW_FIRM),
        legal_aid=make_organisation(kinds.LEGAL_AID),
        mediation=make_organisation(kinds.MEDIATION),
        centre=make_organisation(kinds.CENTRE),
        hotline=make_organisation(kinds.HOTLINE, region="23"),
        bureau=make_organisation(kinds.BUREAU),
    )
    homes = {
        Role.LAWYER: town.firm,
        Role.LEGAL_AID_OFFICER: town.legal_aid,
        Role.LEGAL_AID_DIRECTOR: town.legal_aid,
        Role.MEDIATOR: town.mediation,
        Role.COMMITTEE_HEAD: town.mediation,
        Role.COUNTER_CLERK: town.centre,
        Role.DISPATCHER: town.centre,
        Role.HOTLINE_AGENT: town.hotline,
        Role.HOTLINE_LEAD: town.hotline,
        Role.ENFORCEMENT_OFFICER: town.bureau,
        Role.LEGALITY_REVIEWER: town.bureau,
        Role.BUREAU_HEAD: town.bureau,
        Role.SUPERVISOR: town.bureau,
        Role.AUDITOR: town.bureau,
        Role.SYSTEM_ADMIN: town.bureau,
    }
    town.staff = {role: make_staff(role, organisation) for role, organisation in homes.items()}
    make_practitioner(town.staff[Role.LAWYER], town.firm)
    make_practitioner(town.staff[Role.MEDIATOR], town.mediation, kind="mediator")
    return town
