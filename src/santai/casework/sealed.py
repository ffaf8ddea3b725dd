"""Sealed files (密卷): cases that only the person, whoever handles them and the head of the office may open.

A procedure is sealed when its table names `sealed_for`; region, organisation and a conversation open nothing here, and
each opening by staff is written down for the person to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from santai.casework.kernel import all_procedures, get_procedure
from santai.trust.looks import write_look
from santai.trust.memberships import current_memberships
from santai.trust.models import Membership, SensitiveLook, User
from santai.trust.roles import Role

if TYPE_CHECKING:
    from santai.casework.models import Case

FILE = "file"
# A page that asks every few seconds whether anything is new is one look, not hundreds.
ONE_LOOK = timedelta(minutes=10)


def sealed_tables() -> dict[str, frozenset[Role]]:
    """Procedures whose files are sealed, and the roles that open them at the office that holds the case."""
    found: dict[str, frozenset[Role]] = {}
    for table in all_procedures():
        if table.sealed_for:
            found[table.name] = found.get(table.name, frozenset()) | table.sealed_for
    return found


def open_files() -> Q:
    """Cases whose file is not sealed: the most that a region, a history or a list of the late may show."""
    return ~Q(procedure__in=sorted(sealed_tables()))


def openable_by(user: User, memberships: Iterable[Membership]) -> Q:
    """Open files, and the sealed ones this user handles or heads."""
    held = list(memberships)
    found = open_files() | Q(handler_id=user.pk)
    for name, roles in sealed_tables().items():
        offices = [one.organisation_id for one in held if one.role in roles]
        if offices:
            found |= Q(procedure=name, organisation_id__in=offices)
    return found


def is_sealed(case: Case) -> bool:
    return bool(get_procedure(case.procedure, case.procedure_version).sealed_for)


def opens(membership: Membership, case: Case) -> bool:
    """Whether this membership opens this case, sealed or not."""
    roles = get_procedure(case.procedure, case.procedure_version).sealed_for
    if not roles or case.handler_id == membership.user_id:
        return True
    return membership.role in roles and membership.organisation_id == case.organisation_id


def note_look(case: Case, user: User, *, at: datetime) -> None:
    """The person can read who opened their sealed file, and when."""
    looks = SensitiveLook.objects.filter(user=user, party=case.applicant_id, case_code=case.code, fields=FILE)
    if not looks.filter(at__gt=at - ONE_LOOK).exists():
        reason = f"打开保密案卷（{_capacity(case, user)}）"
        write_look(case.applicant_id, user=user, what=[FILE], reason=reason, case_code=case.code, at=at)


def _capacity(case: Case, user: User) -> str:
    """As what somebody opened it, in the words of their role at the office that holds the case."""
    if case.handler_id == user.pk:
        return "承办人办理"
    held = {Role(one.role) for one in current_memberships(user) if opens(one, case)}
    labels = [str(role.label) for role in Role if role in held]
    return f"{'、'.join(labels)}履行职责" if labels else "履行职责"


def ending_of(case: Case) -> str:
    """How a child case ended, for the log of its parent; of a sealed one only that there is a result."""
    table = get_procedure(case.procedure, case.procedure_version)
    return f"{table.label}：{'已有结果' if table.sealed_for else table.state_label(case.state)}"
