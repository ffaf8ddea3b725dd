"""What a member of staff is today: roles, and the divisions in which they hold them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from santai.registry.models import Organisation, Region
from santai.trust.models import Membership, User
from santai.trust.roles import Role

REMEMBERED = "_memberships_by_day"


def held_on(day: date) -> Q:
    """Memberships that have begun and not ended; the last day still counts."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def current_memberships(user: User | AnonymousUser, on: date | None = None) -> list[Membership]:
    """Read once per user object (which lives as long as a request), with organisation and so region."""
    if not isinstance(user, User) or not user.is_active:
        return []
    day = on or timezone.localdate()
    remembered: dict[date, list[Membership]] = user.__dict__.setdefault(REMEMBERED, {})
    if day not in remembered:
        remembered[day] = list(_memberships(user).filter(held_on(day)).order_by("pk"))
    return remembered[day]


def roles_of(user: User | AnonymousUser, on: date | None = None) -> frozenset[Role]:
    return frozenset(Role(held.role) for held in current_memberships(user, on))


def regions_of(user: User | AnonymousUser, role: str, on: date | None = None) -> list[str]:
    """Division codes (prefixes) in which the user holds the role, without those inside another of them."""
    codes = sorted({held.organisation.region_id for held in current_memberships(user, on) if held.role == role})
    outermost: list[str] = []
    for code in codes:
        if not (outermost and code.startswith(outermost[-1])):
            outermost.append(code)
    return outermost


def members_in_charge(
    roles: Collection[str], *, organisation_id: int | None = None, region: str = "", on: date | None = None
) -> set[int]:
    """Users who hold one of `roles` in that organisation; or, for a division, at the nearest level that has anybody."""
    day = on or timezone.localdate()
    held = Membership.objects.filter(held_on(day), role__in=roles, user__is_active=True)
    if organisation_id is not None:
        return set(held.filter(organisation_id=organisation_id).values_list("user_id", flat=True))
    levels = [region[:length] for length in Region.Level.values if length <= len(region)]
    found = list(held.filter(organisation__region__in=levels).values_list("user_id", "organisation__region_id"))
    nearest = max((code for _, code in found), key=len, default="")
    return {user_id for user_id, code in found if code == nearest}


def grant(user: User, role: str, organisation: Organisation, since: date, until: date | None = None) -> Membership:
    """Raises ValidationError for a role held twice, an end before the beginning, or duties that must be separate."""
    membership = Membership(user=user, role=role, organisation=organisation, since=since, until=until)
    with transaction.atomic():
        # Two grants at once would not see each other: the user's row makes them queue.
        User.objects.select_for_update().get(pk=user.pk)
        membership.full_clean()
        membership.save()
    forget(user)
    return membership


def end(membership: Membership, *, on: date) -> Membership:
    """The role ends with this day, the day included. Raises ValidationError before the first day of the role."""
    membership.until = on
    membership.full_clean()
    membership.save(update_fields=["until"])
    forget(membership.user)
    return membership


def remember(user: User, memberships: list[Membership], on: date) -> None:
    """For code that has read many people's memberships at once, with organisation: they are not read again."""
    user.__dict__.setdefault(REMEMBERED, {})[on] = memberships


def forget(user: User) -> None:
    """Memberships of this user object are read anew; for code that has just changed them."""
    user.__dict__.pop(REMEMBERED, None)


def _memberships(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user).select_related("organisation")
