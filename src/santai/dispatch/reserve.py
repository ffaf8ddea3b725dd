"""Two dispatchers do not pick the same person: whoever is shown to one is not offered to another for a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from santai.casework.models import Case
from santai.dispatch.models import Reservation
from santai.dispatch.propose import Survey, survey
from santai.registry.models import Practitioner
from santai.trust.models import User

HELD_FOR = timedelta(seconds=60)
ATTEMPTS = 2


def show(case: Case, *, user: User, limit: int = 5, at: datetime | None = None) -> Survey:
    """The survey for one dispatcher's screen, its people reserved for them. Whom another took in the same instant is
    looked for once more."""
    now = at or timezone.now()
    for _ in range(ATTEMPTS):
        seen = survey(case, limit=limit, at=now, viewer=user)
        wanted = [proposal.practitioner.pk for proposal in seen.proposals if proposal.practitioner]
        if reserve(wanted, user=user, at=now) == set(wanted):
            break
    return seen


@transaction.atomic
def reserve(practitioners: list[int], *, user: User, at: datetime) -> set[int]:
    """Those of the people now reserved for the user. The key of the table lets only one of two dispatchers win."""
    mine = Reservation.objects.filter(practitioner__in=practitioners)
    mine.filter(until__lte=at).delete()
    mine.filter(user=user).update(until=at + HELD_FOR)
    rows = [Reservation(practitioner_id=pk, user=user, until=at + HELD_FOR) for pk in sorted(practitioners)]
    Reservation.objects.bulk_create(rows, ignore_conflicts=True)
    return set(mine.filter(user=user).values_list("practitioner", flat=True))


def reserved_by_another(practitioner: Practitioner, *, user: User | None, at: datetime) -> User | None:
    held = Reservation.objects.filter(practitioner=practitioner, until__gt=at).select_related("user").first()
    return held.user if held and held.user != user else None


def release(practitioner: Practitioner) -> None:
    Reservation.objects.filter(practitioner=practitioner).delete()
