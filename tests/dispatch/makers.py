"""Firms, lawyers and waiting cases for the tests of dispatch."""

from __future__ import annotations

from datetime import datetime

from santai.casework.models import Case
from santai.dispatch.propose import Proposal
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.trust.roles import Role
from tests import factories

ROLE_OF = {
    OrganisationKind.LAW_FIRM: (Role.LAWYER, "lawyer"),
    OrganisationKind.LEGAL_AID: (Role.LEGAL_AID_OFFICER, "legal_aid"),
    OrganisationKind.MEDIATION: (Role.MEDIATOR, "mediator"),
    OrganisationKind.NOTARY: (Role.NOTARY, "notary"),
}


def body(region: str = "230102", *, kind: str = OrganisationKind.LAW_FIRM, **fields: object) -> Organisation:
    organisation = factories.make_organisation(kind, region=region)
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.save()
    return organisation


def person(organisation: Organisation, **fields: object) -> Practitioner:
    role, kind = ROLE_OF[OrganisationKind(organisation.kind)]
    user = factories.make_staff(role, organisation)
    made = factories.make_practitioner(user, organisation, kind=kind)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def firm(region: str = "230102", *, lawyers: int = 1, matters: tuple[str, ...] = (), **fields: object) -> Organisation:
    organisation = body(region, **fields)
    for _ in range(lawyers):
        person(organisation, matters=list(matters))
    return organisation


def waiting(at: datetime, *, service: str = "consultation", sure: bool = True, **fields: object) -> Case:
    facts = {"service": service, "needs_person": not sure, "groups": [], **fields.pop("facts", {})}  # type: ignore[dict-item]
    return factories.make_case(at, **{"matter": "合同纠纷", "facts": facts, **fields})


def busy(practitioner: Practitioner, count: int, at: datetime) -> None:
    for _ in range(count):
        factories.make_case(at, organisation=practitioner.organisation, handler=practitioner.user)


def organisations(proposals: list[Proposal]) -> list[Organisation]:
    return [proposal.organisation for proposal in proposals]


def said(proposal: Proposal) -> str:
    return "；".join(proposal.reasons)
