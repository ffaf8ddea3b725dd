"""Who has a case in hand, written with a step (`changes`)."""

from __future__ import annotations

from typing import Any

from santai.casework.kernel import Attempt


def take_it_myself(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.actor.user}
