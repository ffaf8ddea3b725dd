"""Rounds of screening for disputes, opened by the platform: one for each committee and period, never two."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from santai.casework.actions import open_case, take_step
from santai.casework.models import Case
from santai.casework.parameters import remembered
from santai.people.locks import take_turns
from santai.people.models import Party
from santai.procedures.rules.screening_rounds import Round, round_due
from santai.registry.models import Organisation, OrganisationKind
from santai.trust.actors import SYSTEM, Channel
from santai.trust.crypto import blind_index

PROCEDURE = "dispute_screening"
# No round is longer than a month.
LONGEST = timedelta(days=32)
log = logging.getLogger(__name__)


def open_rounds(*, at: datetime, committees: Sequence[Organisation] = ()) -> int:
    """Open what is due today and not open yet, of all committees or of these alone; returns how many."""
    with remembered():
        chosen = committees or _committees()
        due = [(committee, found) for committee in chosen if (found := round_due(committee, localdate(at)))]
    recent = Case.objects.filter(procedure=PROCEDURE, opened_at__gt=at - LONGEST)
    there = set(recent.values_list("organisation_id", "facts__round__key"))
    return sum(_opened(committee, found, at) for committee, found in due if (committee.pk, found.key) not in there)


def _committees() -> list[Organisation]:
    return list(Organisation.objects.filter(kind=OrganisationKind.MEDIATION, is_active=True).order_by("pk"))


def _opened(committee: Organisation, found: Round, at: datetime) -> bool:
    try:
        with transaction.atomic():
            return _open(committee, found, at)
    except Exception:
        # One committee whose round cannot be opened must not hold up the others.
        log.exception("the round %s of committee %s could not be opened", found.key, committee.pk)
        return False


def _open(committee: Organisation, found: Round, at: datetime) -> bool:
    take_turns(blind_index(f"{committee.pk}:{found.key}", "screening"))
    same = Case.objects.filter(procedure=PROCEDURE, organisation=committee, facts__round__key=found.key)
    if same.exists():
        return False
    case = open_case(
        PROCEDURE,
        applicant=party_of(committee),
        region=committee.region_id,
        text=f"{committee.name} {found.name} 矛盾纠纷排查",
        channel=Channel.SYSTEM,
        actor=SYSTEM,
        organisation=committee,
        facts={"round": {"key": found.key}},
        at=at,
    )
    step, data = _beginning(found)
    take_step(case, step, actor=SYSTEM, data=data, at=at)
    return True


def _beginning(found: Round) -> tuple[str, dict[str, object]]:
    if found.rhythm == "daily":
        eve = found.starts_on - timedelta(days=1)
        return "begin_daily", {"name": found.name, "starts_on": found.starts_on, "eve": eve}
    rest = {"rhythm": found.rhythm, "starts_on": found.starts_on, "ends_on": found.ends_on}
    return "begin", {"name": found.name, **rest}


def party_of(committee: Organisation) -> Party:
    """The committee as a party: a round is its own affair, nobody applied for it."""
    index = blind_index(committee.name, "name")
    known = Party.objects.filter(kind=Party.Kind.COMPANY, name_index=index, cases__organisation=committee)
    return known.first() or Party.objects.create(kind=Party.Kind.COMPANY, name=committee.name, phone=committee.phone)
