"""A case that begins at a desk and not with a citizen's request: a court's notice, a contract, an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from santai.casework.actions import open_case
from santai.casework.kernel import Procedure, procedures_in_force
from santai.casework.models import Case
from santai.casework.refusals import NotYou
from santai.intake.receive import TODO, Applicant, BadNeed, valid_region, valid_text
from santai.people.parties import find_or_create
from santai.registry.models import Organisation
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships
from santai.trust.models import Membership, User
from santai.trust.roles import Role


@dataclass(frozen=True)
class Opening:
    """`applicant` is whoever the case is about: a person, a village, a firm."""

    procedure: str
    text: str
    region: str
    applicant: Applicant


def procedures_open_to(user: User, *, on: datetime | None = None) -> list[Procedure]:
    """What this member of staff may open, in the order of the kinds."""
    held = {Role(membership.role) for membership in current_memberships(user)}
    return [table for table in procedures_in_force(localdate(on or timezone.now())) if table.opened_by & held]


@transaction.atomic
def open_at_desk(opening: Opening, *, actor: Actor, at: datetime | None = None) -> Case:
    """Raises NotYou when the role does not open such cases there, BadNeed naming every fault."""
    moment = at or timezone.now()
    table, membership = _permitted(opening, actor, moment)
    text, region = _checked(opening, membership)
    given = opening.applicant
    try:
        party = find_or_create(
            name=given.name, phone=given.phone, id_number=given.id_number, kind=given.kind, at=moment
        )
    except ValidationError as fault:
        fields = dict(fault.message_dict) if hasattr(fault, "error_dict") else {"name": fault.messages}
        raise BadNeed(*fault.messages, todo=TODO, fields=fields) from fault
    return open_case(
        table.name,
        applicant=party,
        region=region,
        text=text,
        channel=actor.channel,
        actor=actor,
        organisation=_body(table, membership.organisation),
        at=moment,
    )


def _permitted(opening: Opening, actor: Actor, at: datetime) -> tuple[Procedure, Membership]:
    user = actor.user
    known = {table.name: table for table in procedures_open_to(user, on=at)} if user else {}
    table = known.get(opening.procedure)
    if user is None or table is None:
        raise NotYou("您的角色不能直接办理这类立案", todo="可以立的案件列在“新立案件”里。")
    held = [membership for membership in current_memberships(user) if Role(membership.role) in table.opened_by]
    # The one whose organisation is responsible, else any that may.
    return table, next((one for one in held if one.organisation.kind == table.body), held[0])


def _checked(opening: Opening, membership: Membership) -> tuple[str, str]:
    faults: dict[str, list[str]] = {}
    for field, check in (("text", lambda: valid_text(opening.text)), ("region", lambda: _own(opening, membership))):
        try:
            check()
        except ValidationError as fault:
            faults[field] = fault.messages
    if faults:
        problems = [message for messages in faults.values() for message in messages]
        raise BadNeed(*problems, todo=TODO, fields=faults)
    return valid_text(opening.text), valid_region(opening.region)


def _own(opening: Opening, membership: Membership) -> None:
    place = valid_region(opening.region)
    if not place.startswith(membership.organisation.region_id):
        raise ValidationError(f"这个地区不在{membership.organisation.name}的辖区里，请由当地单位立案。")


def _body(table: Procedure, own: Organisation) -> Organisation | None:
    return own if not table.body or own.kind == table.body else None
