"""What a staff page remembers of a person between two screens: in the session, but unreadable there."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from santai.trust.crypto import CannotDecrypt, decrypt, encrypt


def keep(request: HttpRequest, name: str, values: dict[str, Any]) -> None:
    request.session[name] = encrypt(json.dumps(values))


def kept(request: HttpRequest, name: str) -> dict[str, Any]:
    """Empty when nothing was kept, or when the key has changed since."""
    held = request.session.get(name)
    if not held:
        return {}
    try:
        values: dict[str, Any] = json.loads(decrypt(held))
    except (CannotDecrypt, ValueError):
        return {}
    return values


def forget(request: HttpRequest, name: str) -> None:
    request.session.pop(name, None)
