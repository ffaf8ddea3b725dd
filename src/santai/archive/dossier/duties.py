"""In which capacity somebody acted on a day: what they held then, not what they hold today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate

from santai.trust.models import Membership
from santai.trust.roles import Role


class Duties:
    """The duties of these users, read at once."""

    def __init__(self, users: Iterable[int]) -> None:
        self._held: dict[int, list[Membership]] = defaultdict(list)
        for held in Membership.objects.filter(user__in=set(users)).select_related("organisation").order_by("pk"):
            self._held[held.user_id].append(held)

    def at(self, user: int, moment: datetime) -> list[str]:
        """Role · organisation, for each one held on that day."""
        day = localdate(moment)
        return [_in_words(held) for held in self._held[user] if _holds(held, day)]


def _holds(held: Membership, day: date) -> bool:
    return held.since <= day and (held.until is None or day <= held.until)


def _in_words(held: Membership) -> str:
    return f"{Role(held.role).label} · {held.organisation.name}"
