"""Planning the duty lawyers of an office (值班律师排班): no lawyer at two places at once, and only who may practise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime

from santai.registry.duty import DutyPlace, DutyShift, between, standing
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise
from santai.trust.memberships import current_memberships, regions_of
from santai.trust.models import User
from santai.trust.roles import Role

LONGEST_SHIFT = timedelta(days=31)
MAY_SIT = frozenset({Practitioner.Kind.LAWYER, Practitioner.Kind.LEGAL_AID})
PLANS = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})


def places_of(user: User) -> QuerySet[DutyPlace]:
    """Where this member of a legal aid office plans."""
    offices = {held.organisation_id for held in current_memberships(user) if Role(held.role) in PLANS}
    return DutyPlace.objects.filter(organisation__in=offices, is_active=True)


def seen_by(user: User) -> QuerySet[DutyShift]:
    """A lawyer's own shifts, those of one's own office, a supervisor's whole division."""
    seen = Q(practitioner__user=user) | Q(place__in=places_of(user))
    for prefix in regions_of(user, Role.SUPERVISOR):
        seen |= Q(place__organisation__region__code__startswith=prefix)
    return DutyShift.objects.filter(seen).select_related("place__organisation", "practitioner__organisation")


def plan(shift: DutyShift) -> DutyShift:
    """Save a new shift. ValidationError names every obstacle."""
    shift.full_clean()
    with transaction.atomic():
        # Two plans for one lawyer wait for each other here.
        Practitioner.objects.select_for_update().get(pk=shift.practitioner_id)
        problems = list(_obstacles(shift))
        if problems:
            raise ValidationError(problems)
        shift.save()
    return shift


def plan_weekly(shift: DutyShift, weeks: int) -> list[DutyShift]:
    """The shift, and the same in each of so many weeks after it: all of them, or none and every obstacle named."""
    problems: list[str] = []
    planned = []
    with transaction.atomic():
        for week in range(weeks + 1):
            try:
                planned.append(plan(_later(shift, timedelta(weeks=week))))
            except ValidationError as fault:
                problems += fault.messages
        if problems:
            raise ValidationError(list(dict.fromkeys(problems)))
    return planned


def cancel(shift: DutyShift, *, reason: str, at: datetime) -> None:
    """ValidationError without a reason, or when the shift is over or cancelled already."""
    if not reason.strip():
        raise ValidationError("请写明取消的原因。")
    if at >= shift.ends_at:
        raise ValidationError("这一班已经结束，不能取消；记错了的请在台账里说明。")
    if not standing().filter(pk=shift.pk).update(cancelled_at=at, cancelled_because=reason.strip()[:200]):
        raise ValidationError("这一班已经取消过了。")


def _later(shift: DutyShift, after: timedelta) -> DutyShift:
    return DutyShift(
        place=shift.place,
        practitioner=shift.practitioner,
        starts_at=shift.starts_at + after,
        ends_at=shift.ends_at + after,
        mode=shift.mode,
        planned_by=shift.planned_by,
    )


def _obstacles(shift: DutyShift) -> Iterator[str]:
    lawyer = shift.practitioner
    if lawyer.kind not in MAY_SIT:
        yield f"{lawyer.name}是{lawyer.get_kind_display()}，不能担任值班律师"
    may = may_practise(lawyer, localdate(shift.starts_at))
    if not may:
        yield may.reason
    if not shift.place.is_active:
        yield f"{shift.place}已停用，不能排班"
    if shift.ends_at - shift.starts_at > LONGEST_SHIFT:
        yield f"一班不能超过{LONGEST_SHIFT.days}天，请分开排"
    clashes = standing().filter(between(shift.starts_at, shift.ends_at), practitioner=lawyer).exclude(pk=shift.pk)
    for other in clashes.select_related("place"):
        yield f"{lawyer.name}在{told(other)}已排在{other.place}，同一时间不能排两处"


def told(shift: DutyShift) -> str:
    """2026-03-02 08:00至18:00, with the second day when it ends on another."""
    start, end = localtime(shift.starts_at), localtime(shift.ends_at)
    until = "%H:%M" if start.date() == end.date() else "%Y-%m-%d %H:%M"
    return f"{start:%Y-%m-%d %H:%M}至{end:{until}}"
