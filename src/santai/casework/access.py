"""Who may see a case, and as what they may act on it. Deny by default: nothing is reached except through here."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from santai.casework.extensions import may_lengthen
from santai.casework.kernel import Attempt, Procedure, Step, get_procedure
from santai.casework.models import Case, CaseDocument, LogEntry
from santai.casework.refusals import NotFromHere
from santai.casework.sealed import is_sealed, note_look, openable_by, opens
from santai.casework.tribunals import seated
from santai.documents.records import INTERNAL
from santai.people.models import Contact
from santai.trust.actors import Actor, Channel
from santai.trust.memberships import current_memberships
from santai.trust.models import Membership
from santai.trust.roles import FRONT_LINE, ROLES, Reach, Role


def procedure_of(case: Case) -> Procedure:
    return get_procedure(case.procedure, case.procedure_version)


def in_region(prefix: str) -> Q:
    """Cases under a division prefix; cities and counties have indexed columns of their own."""
    if len(prefix) == 4:
        return Q(city=prefix)
    if len(prefix) == 6:
        return Q(county=prefix)
    return Q(region__startswith=prefix)


def _within_reach(membership: Membership) -> Q | None:
    reach = ROLES[Role(membership.role)].reach
    if reach is Reach.REGION:
        return in_region(membership.organisation.region_id)
    if reach is Reach.ORGANISATION:
        return Q(organisation_id=membership.organisation_id) | Q(handler_id=membership.user_id)
    if reach is Reach.HOLDER:
        unclaimed = Q(organisation_id=membership.organisation_id, handler__isnull=True)
        return unclaimed | Q(handler_id=membership.user_id)
    if reach is Reach.TRIBUNAL:
        return Q(handler_id=membership.user_id)
    return None


def cases_for(actor: Actor, *, at: datetime | None = None) -> QuerySet[Case]:
    """Every case the actor may see; nobody sees anything by default."""
    if actor.user is None:
        return Case.objects.filter(applicant_id=actor.party_id) if actor.party_id else Case.objects.none()
    memberships = current_memberships(actor.user)
    reaches = [reach for membership in memberships if (reach := _within_reach(membership)) is not None]
    if any(Role(membership.role) in FRONT_LINE for membership in memberships):
        spoken_with = Contact.objects.filter(user=actor.user, closes_at__gt=at or timezone.now()).values("party_id")
        reaches.append(Q(applicant_id__in=spoken_with))
    if not reaches:
        return Case.objects.none()
    visible = seated(actor.user, memberships) or Q()
    for reach in reaches:
        visible |= reach
    return Case.objects.filter(visible & openable_by(actor.user, memberships))


def case_for(actor: Actor, code: str, *, at: datetime | None = None) -> Case:
    """The case, or Case.DoesNotExist, which a page answers with 404 whether the case exists or not."""
    if not code.isalnum():
        raise Case.DoesNotExist
    found = cases_for(actor, at=at).select_related("applicant", "organisation", "handler", "parent").get(code=code)
    if actor.user is not None and is_sealed(found):
        note_look(found, actor.user, at=at or timezone.now())
    return found


def _covers(membership: Membership, case: Case) -> bool:
    if not opens(membership, case):
        return False
    reach = ROLES[Role(membership.role)].reach
    if reach is Reach.REGION:
        return case.region.startswith(membership.organisation.region_id)
    if case.handler_id == membership.user_id:
        return reach in {Reach.ORGANISATION, Reach.HOLDER, Reach.TRIBUNAL}
    if reach is Reach.ORGANISATION:
        return case.organisation_id == membership.organisation_id
    if reach is Reach.HOLDER:
        return case.organisation_id == membership.organisation_id and case.handler_id is None
    return False


def roles_on(case: Case, actor: Actor, *, at: datetime | None = None) -> frozenset[Role]:
    """The roles in which the actor stands to this case. A member of its tribunal who does not preside reads it and has
    none: for the tribunal acts whoever has the case in hand."""
    if actor.user is None:
        if actor.party_id is None:
            return frozenset({Role.SYSTEM}) if actor.channel == Channel.SYSTEM else frozenset()
        return frozenset({Role.APPLICANT}) if actor.party_id == case.applicant_id else frozenset()
    memberships = current_memberships(actor.user)
    roles = {Role(membership.role) for membership in memberships if _covers(membership, case)}
    away = {Role(membership.role) for membership in memberships} & FRONT_LINE - roles
    if away and _speaks_with(actor, case, at or timezone.now()):
        roles |= away
    return frozenset(roles)


def _speaks_with(actor: Actor, case: Case, at: datetime) -> bool:
    if is_sealed(case):
        return False
    return Contact.objects.filter(user=actor.user, party_id=case.applicant_id, closes_at__gt=at).exists()


def papers_for_the_person(case: Case) -> QuerySet[CaseDocument]:
    """The papers of a case without what the office keeps to itself."""
    return CaseDocument.objects.filter(case=case).exclude(kind__in=INTERNAL).select_related("file")


def log_of(case: Case) -> list[LogEntry]:
    """The case's log in order, read once per version of the case object."""
    kept: list[LogEntry] | None = getattr(case, "kept_log", None)
    if kept is None or len(kept) != case.version:
        kept = list(case.log.order_by("number"))
        case.kept_log = kept  # type: ignore[attr-defined]
    return kept


def steps_open_to(case: Case, actor: Actor, *, at: datetime | None = None) -> list[Step]:
    """The steps the actor may take now, whatever papers and fields are still to be given."""
    roles = roles_on(case, actor, at=at)
    moment = at or timezone.now()
    offered = []
    for step in procedure_of(case).open_to(case.state, roles):
        role = min(step.allowed_roles & roles)
        if _possible(Attempt(case, log_of(case), step, actor, role, {}, moment)):
            offered.append(step)
    return offered


def history_allows(attempt: Attempt) -> None:
    """NotFromHere when what has happened in the case forbids the step, whatever is filled in."""
    if attempt.step.when:
        attempt.step.when(attempt)
    may_lengthen(procedure_of(attempt.case), attempt.step, attempt.log)


def _possible(attempt: Attempt) -> bool:
    try:
        history_allows(attempt)
    except NotFromHere:
        return False
    return True
