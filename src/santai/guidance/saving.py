"""Keeping an interview that was begun: found by its key alone, forgotten on its day or when the person says so."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from santai.guidance.interview import Interview, interviews
from santai.guidance.models import SavedInterview
from santai.trust.crypto import keyed_hash

# Without letters and digits that are taken for one another when they are read out.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
KEY_LENGTH, GROUP = 16, 4
# For how many days answers may be kept; the first is what nobody chose.
KEPT_FOR = (30, 7, 90)
PURPOSE = "interview"


def begin(interview: Interview, *, at: datetime) -> SavedInterview:
    key = "".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH))
    return SavedInterview.objects.create(
        slug=interview.slug,
        key=key,
        key_index=keyed_hash(key, PURPOSE),
        started_at=at,
        changed_at=at,
        expires_on=localdate(at) + timedelta(days=KEPT_FOR[0]),
    )


def tidy_key(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


def grouped(key: str) -> str:
    return "-".join(key[at : at + GROUP] for at in range(0, len(key), GROUP))


def saved(typed: str, *, on: date) -> SavedInterview | None:
    """None for an unknown key, one whose day has passed, and one of an interview that is no longer offered."""
    key = tidy_key(typed[:60])
    if len(key) != KEY_LENGTH:
        return None
    found = SavedInterview.objects.filter(key_index=keyed_hash(key, PURPOSE), expires_on__gte=on).first()
    return found if found and found.slug in interviews() else None


def answers_of(kept: SavedInterview) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept.answers or "{}")
    return found


@transaction.atomic
def keep(kept: SavedInterview, given: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """Add or replace answers. Two pages sent at once both count."""
    row = SavedInterview.objects.select_for_update().get(pk=kept.pk)
    merged = {**answers_of(row), **given}
    row.answers, row.changed_at = json.dumps(merged, ensure_ascii=False), at
    row.save(update_fields=["answers", "changed_at"])
    kept.answers, kept.changed_at = row.answers, at
    return merged


def keep_for(kept: SavedInterview, days: int, *, phone_index: str | None, at: datetime) -> None:
    """`phone_index` None leaves it as it is; "" takes it off the phone."""
    kept.expires_on = localdate(at) + timedelta(days=days)
    if phone_index is not None:
        kept.phone_index = phone_index
    kept.save(update_fields=["expires_on", "phone_index"])


def of_phones(indexes: Iterable[str], *, on: date) -> list[SavedInterview]:
    wanted = [index for index in indexes if index]
    rows = SavedInterview.objects.filter(phone_index__in=wanted, expires_on__gte=on)
    return [row for row in rows if row.slug in interviews()]


def forget_old(*, on: date) -> int:
    return SavedInterview.objects.filter(expires_on__lt=on).delete()[0]
