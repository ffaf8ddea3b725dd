"""The step log as a chain: each entry's digest covers its content and the digest before it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from santai.casework.models import LogEntry
from santai.trust.crypto import sm3


def jsonable(value: Any) -> Any:
    """Form values as they are kept in the log: dates as ISO, money as text, records as id and name."""
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item) for item in value]
    if isinstance(value, Model):
        return {"id": value.pk, "name": str(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def digest_of(entry: LogEntry, *, code: str) -> str:
    content = {
        "case": code,
        "number": entry.number,
        "step": entry.step,
        "from": entry.from_state,
        "to": entry.to_state,
        "actor": entry.actor_id,
        "name": entry.actor_name,
        "role": entry.role,
        "channel": entry.channel,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "data": entry.data,
        "told": entry.told,
        "previous": entry.previous,
    }
    return sm3(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def fault_in(log: Iterable[LogEntry], *, code: str, version: int | None = None) -> str:
    """The first fault of a case's chain in words; empty when every link holds.

    `version` is how many entries there must be.
    """
    previous, count = "", 0
    for count, entry in enumerate(log, start=1):
        if entry.number != count:
            return f"entry {count} is missing"
        if entry.previous != previous:
            return f"entry {count} does not follow the one before it"
        if entry.digest != digest_of(entry, code=code):
            return f"entry {count} was changed after it was written"
        previous = entry.digest
    if version is not None and count != version:
        return f"{version} entries are expected, {count} are there"
    return ""
