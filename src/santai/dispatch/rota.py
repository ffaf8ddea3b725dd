"""Who is on duty (领办转) in an organisation."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from santai.dispatch.models import Rota
from santai.registry.models import Organisation
from santai.trust.models import User


def at_work(at: datetime) -> Q:
    """Turns of duty that have begun and not ended."""
    return Q(starts_at__lte=at, ends_at__gt=at)


def on_duty(organisation: Organisation, at: datetime) -> list[User]:
    """The people on duty, whose turn began first, first."""
    turns = Rota.objects.filter(at_work(at), organisation=organisation, user__is_active=True).select_related("user")
    return list(dict.fromkeys(turn.user for turn in turns.order_by("starts_at", "pk")))


def is_on_duty(at: datetime, *, user: str, organisation: str) -> Exists:
    """An annotation: is the person in column `user` on duty in the organisation of column `organisation`?"""
    return Exists(Rota.objects.filter(at_work(at), user=OuterRef(user), organisation=OuterRef(organisation)))
