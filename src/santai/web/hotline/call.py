"""The call an agent is on: number, beginning and person, sealed in the session until the agent ends it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from santai.casework.models import Case
from santai.intake import calls as records
from santai.intake.models import CallRecord
from santai.people.models import Contact, Party
from santai.people.parties import find_by_phone, open_contact
from santai.people.validation import normalise_phone
from santai.registry.models import Organisation
from santai.trust.actors import Channel
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.web import sealed
from santai.web.navigation import CALLS
from santai.web.reception import contact_with, end_contacts

KEPT = "call"
LONGEST_NUMBER = 30


@dataclass(frozen=True)
class Call:
    """`phone` as the line gave it; it may be withheld, or no number we could store. `began_at` is when it rang, or
    when it was answered if nothing told of the ring. `rings` is the record that still waits to be answered."""

    phone: str
    began_at: datetime
    party_id: int | None = None
    rings: int | None = None
    answered_at: datetime | None = None

    @property
    def timed_from(self) -> datetime:
        """How long it rings, then how long they speak."""
        return self.answered_at or self.began_at

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
    began, answered = (datetime.fromisoformat(at) if at else None for at in (held["began_at"], held.get("answered_at")))
    return Call(held["phone"], began or timezone.now(), held["party"], held.get("rings"), answered)


def hotline_of(user: User) -> Organisation:
    """Where the user answers the phone; the guard of the pages has seen to it that there is one."""
    return next(held.organisation for held in current_memberships(user) if held.role in CALLS)


def is_under_way(request: HttpRequest, user: User, phone: str) -> bool:
    """The same number shown again is the same call, unless it has rung anew since it was answered."""
    call, number = call_of(request), _tidy(phone)
    if call is None or call.phone != number:
        return False
    return call.rings is not None or records.ringing(hotline_of(user), number, at=timezone.now()) is None


def begin(request: HttpRequest, user: User, phone: str, *, is_ringing: bool) -> Call:
    """A new call ends the one before. When only one person is known by the number, they are who calls."""
    number = _tidy(phone)
    end(request, user)
    call = _rung(user, number) if is_ringing else _answered(user, number)
    known = find_by_phone(number)
    if len(known) == 1:
        open_contact(known[0], user=user, channel=Channel.HOTLINE, found_by="phone")
        call = replace(call, party_id=known[0].pk)
    _keep(request, call)
    return call


def _tidy(phone: str) -> str:
    return " ".join(phone.split())[:LONGEST_NUMBER]


def _rung(user: User, number: str) -> Call:
    """The console shows a call before it is answered: it rings since now, unless the telephone said since when."""
    hotline, now = hotline_of(user), timezone.now()
    record = records.ringing(hotline, number, at=now) or records.ring(hotline, number, at=now)
    return Call(number, record.rang_at or now, rings=record.pk)


def _answered(user: User, number: str) -> Call:
    hotline, now = hotline_of(user), timezone.now()
    record = records.ringing(hotline, number, at=now)
    if record is None or not records.answer(record, user, at=now):
        records.answered_unseen(hotline, number, user, at=now)
    return Call(number, now, answered_at=now)


def pick_up(request: HttpRequest, user: User) -> bool:
    """Whatever the agent does for the caller, they have answered. False when a colleague was faster."""
    call = call_of(request)
    if call is None or call.rings is None:
        return True
    now = timezone.now()
    record = CallRecord.objects.filter(pk=call.rings).first()
    if record is None or not records.answer(record, user, at=now):
        end(request, user)
        return False
    _keep(request, replace(call, answered_at=now, rings=None))
    return True


def speak_with(request: HttpRequest, user: User, party: Party, found_by: str) -> None:
    """The caller turned out to be this person."""
    call = call_of(request) or Call("", timezone.now())
    open_contact(party, user=user, channel=Channel.HOTLINE, found_by=found_by)
    _keep(request, replace(call, party_id=party.pk))


def is_about(case: Case, user: User) -> None:
    records.is_about(case, user, at=timezone.now())


def end(request: HttpRequest, user: User) -> None:
    end_contacts(user, Channel.HOTLINE)
    records.end(user, at=timezone.now())
    sealed.forget(request, KEPT)


def contact_of(call: Call | None, user: User) -> Contact | None:
    return contact_with(user, call.party_id, Channel.HOTLINE) if call else None


def _keep(request: HttpRequest, call: Call) -> None:
    held = {
        "phone": call.phone,
        "began_at": call.began_at.isoformat(),
        "party": call.party_id,
        "rings": call.rings,
        "answered_at": call.answered_at.isoformat() if call.answered_at else "",
    }
    sealed.keep(request, KEPT, held)
