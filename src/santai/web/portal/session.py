"""Which phones this browser has proven by a one-time code, and so whose cases it may show. Kept for two hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from santai.casework.models import Case
from santai.people.models import Party
from santai.people.safe_contact import parties_with_safe_phone
from santai.people.validation import normalise_phone
from santai.trust.actors import Actor, Channel
from santai.trust.crypto import blind_index, decrypt, encrypt

PROVEN_FOR = timedelta(hours=2)
PHONES, RECEIPTS, ASKED, AFTER = "proven_phones", "receipts", "asked_phone", "after_proof"
MOST_RECEIPTS = 20


def prove_phone(request: HttpRequest, phone: str, *, at: datetime | None = None) -> None:
    moment = at or timezone.now()
    proven = _unexpired(request, moment)
    proven[_index(phone)] = (moment + PROVEN_FOR).isoformat()
    request.session.cycle_key()
    request.session[PHONES] = proven


def is_proven(request: HttpRequest, phone: str, *, at: datetime | None = None) -> bool:
    return _index(phone) in _unexpired(request, at or timezone.now())


def has_proven(request: HttpRequest, *, at: datetime | None = None) -> bool:
    """Any phone, and not too long ago."""
    return bool(_unexpired(request, at or timezone.now()))


def proven_indexes(request: HttpRequest, *, at: datetime | None = None) -> list[str]:
    """The proven phones as they are found in stored rows, the latest last."""
    return list(_unexpired(request, at or timezone.now()))


def proven_parties(request: HttpRequest, *, at: datetime | None = None) -> list[Party]:
    """Everybody who gave one of the proven phones as theirs, or as the one they can safely be reached at."""
    indexes = list(_unexpired(request, at or timezone.now()))
    if not indexes:
        return []
    theirs = Q(phone_index__in=indexes) | parties_with_safe_phone(indexes)
    return list(Party.objects.filter(theirs).order_by("pk"))


def applicant_of(request: HttpRequest, code: str) -> Actor | None:
    """The person of this browser as the applicant of this case; None when it is not theirs or does not exist."""
    parties = [party.pk for party in proven_parties(request)]
    owner = Case.objects.filter(code=code, applicant_id__in=parties).values_list("applicant_id", flat=True).first()
    return Actor.applicant(owner, Channel.WEB) if owner else None


def forget_phones(request: HttpRequest) -> None:
    for key in (PHONES, RECEIPTS, ASKED, AFTER):
        request.session.pop(key, None)


def keep_receipt(request: HttpRequest, code: str) -> None:
    kept = [each for each in request.session.get(RECEIPTS, []) if each != code]
    request.session[RECEIPTS] = [*kept, code][-MOST_RECEIPTS:]


def has_receipt(request: HttpRequest, code: str) -> bool:
    return code in request.session.get(RECEIPTS, [])


def ask_for(request: HttpRequest, phone: str, code: str) -> None:
    """Remember, sealed, whose one-time code is awaited and which case is wanted."""
    request.session[ASKED] = encrypt(f"{phone}|{code}")


def go_on_to(request: HttpRequest, path: str) -> None:
    """Where somebody was who has to prove a phone first: a path of ours, never one that was sent."""
    request.session[AFTER] = path


def way_on(request: HttpRequest) -> str:
    """Where to go on, asked once; nothing for whoever came of themselves."""
    return str(request.session.pop(AFTER, ""))


def asked_for(request: HttpRequest) -> tuple[str, str] | None:
    sealed = request.session.get(ASKED)
    if not sealed:
        return None
    phone, code = decrypt(sealed).split("|")
    return phone, code


def _index(phone: str) -> str:
    return blind_index(normalise_phone(phone), "phone")


def _unexpired(request: HttpRequest, moment: datetime) -> dict[str, str]:
    kept: dict[str, Any] = request.session.get(PHONES, {})
    return {index: until for index, until in kept.items() if datetime.fromisoformat(until) > moment}
