"""May this person practise today?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from santai.registry.models import Practitioner

# Grades of the yearly assessment that bar from new work until the next one.
FAILED = ("不称职", "不合格")


@dataclass(frozen=True)
class Eligibility:
    """True or false, with the reason in plain Chinese."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def may_practise(practitioner: Practitioner, on: date) -> Eligibility:
    obstacle = _obstacle(practitioner, on)
    if obstacle:
        return Eligibility(False, f"{practitioner.name}{obstacle}，不能承办新的事项")
    return Eligibility(True, f"{practitioner.name}执业状态正常")


def _obstacle(practitioner: Practitioner, on: date) -> str:
    if practitioner.standing != Practitioner.Standing.ACTIVE:
        return f"的执业状态是“{practitioner.get_standing_display()}”"
    if practitioner.licensed_on and practitioner.licensed_on > on:
        return f"自{practitioner.licensed_on:%Y-%m-%d}起才可执业"
    if practitioner.last_assessment in FAILED:
        return f"上年度考核为“{practitioner.last_assessment}”"
    if not practitioner.organisation.is_active:
        return f"所在的{practitioner.organisation.name}已停业"
    return ""


def practising(on: date) -> Q:
    """The same rule as a filter on practitioners."""
    return (
        Q(standing=Practitioner.Standing.ACTIVE, organisation__is_active=True)
        & (Q(licensed_on__isnull=True) | Q(licensed_on__lte=on))
        & ~Q(last_assessment__in=FAILED)
    )


def years_of_criminal_defence(practitioner: Practitioner, on: date) -> int:
    """Whole years; a case that may end in life or death needs three (法律援助法第26条)."""
    since = practitioner.criminal_defence_since
    if since is None or since > on:
        return 0
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
