"""Consent to electronic service (民事诉讼法第九十条): given by the person, for one case or for all, and taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from santai.documents.models import ElectronicConsent
from santai.people.models import Party


def consent_in_force(party: Party, codes: Collection[str], *, at: datetime) -> ElectronicConsent | None:
    """The latest consent that holds at a moment for one of these cases."""
    for_these = Q(case_code="") | Q(case_code__in=list(codes))
    holding = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    given = ElectronicConsent.objects.filter(for_these, holding, party=party, given_at__lte=at)
    return given.order_by("-given_at", "-pk").first()


def give_consent(
    party: Party, *, case_code: str, channel: str, recorded_by: str, at: datetime, address: str = ""
) -> ElectronicConsent:
    """Consent given again for the same case is the one that is there. Without an address it is the phone."""
    found = consent_in_force(party, [case_code], at=at)
    if found is not None:
        return found
    return ElectronicConsent.objects.create(
        party=party,
        case_code=case_code,
        address=address or party.phone,
        channel=channel,
        recorded_by=recorded_by,
        given_at=at,
    )


def withdraw_consent(party: Party, codes: Collection[str], *, at: datetime) -> int:
    """What was served before stays served. Returns how many consents ended."""
    holding = ElectronicConsent.objects.filter(party=party, case_code__in=["", *codes], withdrawn_at__isnull=True)
    return holding.update(withdrawn_at=at)
