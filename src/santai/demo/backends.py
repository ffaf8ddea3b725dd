"""The demo password opens the demo logins, and only while the installation is in demo mode."""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from santai.demo.logins import DEMO_PASSWORD, LOGINS
from santai.trust.models import User

USERNAMES = frozenset(login.username for login in LOGINS)


class DemoBackend(ModelBackend):
    """Demo accounts store no password at all, so a database that leaves demo mode keeps no door open."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if not settings.DEMO or username not in USERNAMES or password is None:
            return None
        if not hmac.compare_digest(password.encode(), DEMO_PASSWORD.encode()):
            return None
        user = User.objects.filter(username=username).first()
        return user if user and self.user_can_authenticate(user) else None
