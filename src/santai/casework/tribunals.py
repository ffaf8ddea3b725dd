"""Who sits on a tribunal reads its file, presiding or not. The seats are the case's fact `tribunal` (see parts)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from santai.trust.models import Membership, User
from santai.trust.roles import ROLES, Reach, Role

# One arbitrator or three, by every law of arbitration.
MOST_SEATS = 3


def seated(user: User, memberships: Iterable[Membership]) -> Q | None:
    """Cases on whose tribunal the user sits, of the bodies where they are an arbitrator today; None for all others."""
    bodies = [one.organisation_id for one in memberships if ROLES[Role(one.role)].reach is Reach.TRIBUNAL]
    practitioner = getattr(user, "practitioner", None) if bodies else None
    if practitioner is None:
        return None
    sits = Q()
    for seat in range(MOST_SEATS):
        sits |= Q(**{f"facts__tribunal__members__{seat}__practitioner": practitioner.pk})
    return sits & Q(organisation_id__in=bodies)
