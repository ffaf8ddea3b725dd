"""The call an agent is on: number, beginning and person, sealed in the session until the agent ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from santai.people.models import Contact, Party
from santai.people.parties import find_by_phone, open_contact
from santai.people.validation import normalise_phone
from santai.trust.actors import Channel
from santai.trust.models import User
from santai.web import sealed
from santai.web.reception import contact_with, end_contacts

KEPT = "call"
LONGEST_NUMBER = 30


@dataclass(frozen=True)
class Call:
    """`phone` as the line gave it; it may be withheld, or no number we could store."""

    phone: str
    began_at: datetime
    party_id: int | None = None

    @property
    def shown_number(self) -> str:
        return self.phone or "没有显示号码"

    @property
    def storable_phone(self) -> str:
        try:
            return normalise_phone(self.phone)
        except ValidationError:
            return ""


def call_of(request: HttpRequest) -> Call | None:
    held = sealed.kept(request, KEPT)
    if not held:
        return None
    return Call(held["phone"], datetime.fromisoformat(held["began_at"]), held["party"])


def begin(request: HttpRequest, user: User, phone: str) -> Call:
    """A new call ends the one before. When only one person is known by the number, they are who calls."""
    number = " ".join(phone.split())[:LONGEST_NUMBER]
    end(request, user)
    call = Call(number, timezone.now())
    known = find_by_phone(number)
    if len(known) == 1:
        open_contact(known[0], user=user, channel=Channel.HOTLINE, found_by="phone")
        call = Call(number, call.began_at, known[0].pk)
    _keep(request, call)
    return call


def speak_with(request: HttpRequest, user: User, party: Party, found_by: str) -> None:
    """The caller turned out to be this person."""
    call = call_of(request) or Call("", timezone.now())
    open_contact(party, user=user, channel=Channel.HOTLINE, found_by=found_by)
    _keep(request, Call(call.phone, call.began_at, party.pk))


def end(request: HttpRequest, user: User) -> None:
    end_contacts(user, Channel.HOTLINE)
    sealed.forget(request, KEPT)


def contact_of(call: Call | None, user: User) -> Contact | None:
    return contact_with(user, call.party_id, Channel.HOTLINE) if call else None


def _keep(request: HttpRequest, call: Call) -> None:
    held = {"phone": call.phone, "began_at": call.began_at.isoformat(), "party": call.party_id}
    sealed.keep(request, KEPT, held)
