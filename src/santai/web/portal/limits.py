"""What every public page has in common: no login, and a limit on how often one address may post."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django_ratelimit.decorators import ratelimit

View = Callable[..., HttpResponse]


def rate(group: str, request: HttpRequest) -> str:
    return str(settings.ENV.public_rate)


def public(view: View) -> View:
    """Open to everybody; too many posts from one address are answered with 429."""
    limited: View = ratelimit(group="public", key="ip", rate=rate, method="POST", block=True)(view)
    return login_not_required(limited)


def search_rate(group: str, request: HttpRequest) -> str:
    return str(settings.ENV.search_rate)


def searched(view: View) -> View:
    """A page that searches when it is read: too many questions from one address are answered with 429."""
    limited: View = ratelimit(group="search", key="ip", rate=search_rate, method="GET", block=True)(view)
    return limited
