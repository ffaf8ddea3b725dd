"""One party for one person: found by what identifies them, made when nobody is found."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from santai.people import validation
from santai.people.locks import take_turns
from santai.people.models import Contact, Party
from santai.trust.actors import Channel
from santai.trust.crypto import blind_index
from santai.trust.looks import write_look
from santai.trust.models import User

CONTACT_HOURS = 2
FOUND_BY = {"phone": "电话", "id_number": "证件号", "name": "姓名", "code": "案码"}


@dataclass(frozen=True)
class Identity:
    """What a person said of themselves, checked and normalised."""

    name: str
    phone: str
    id_number: str
    kind: str

    @property
    def name_index(self) -> str:
        return blind_index(self.name, "name")

    @property
    def phone_index(self) -> str:
        return blind_index(self.phone, "phone")

    @property
    def id_index(self) -> str:
        return blind_index(self.id_number, "id")


def identify(
    *, name: str, phone: str, id_number: str = "", kind: str = "person", id_kind: str = validation.RESIDENT_ID
) -> Identity:
    """Check everything and name every fault at once: ValidationError with a message per field."""
    faults: dict[str, ValidationError] = {}
    checked: dict[str, str] = {"name": "", "phone": "", "id_number": ""}
    checks: dict[str, Callable[[], str]] = {
        "name": lambda: validation.normalise_name(name, kind=kind),
        "phone": lambda: validation.normalise_phone(phone),
        "id_number": lambda: validation.normalise_id(id_number, kind=kind, id_kind=id_kind),
    }
    for field, check in checks.items():
        try:
            checked[field] = check()
        except ValidationError as fault:
            faults[field] = fault
    if faults:
        raise ValidationError(dict(faults))
    return Identity(kind=kind, **checked)


def find_or_create(
    *,
    name: str,
    phone: str,
    id_number: str = "",
    kind: str = "person",
    groups: Collection[str] = (),
    id_kind: str = validation.RESIDENT_ID,
    at: datetime | None = None,
) -> Party:
    """The party with this ID number, else with this phone and name, else a new one.

    A known ID number with another name raises ValidationError: two people are never merged in silence. The phone on
    record is not changed by a new one: who knows somebody's name and ID number must not receive their messages.
    """
    identity = identify(name=name, phone=phone, id_number=id_number, kind=kind, id_kind=id_kind)
    wanted = validation.normalise_groups(list(groups))
    with transaction.atomic():
        take_turns(identity.phone_index, identity.id_index)
        party = _with_id(identity) or _with_phone_and_name(identity) or _new(identity, at)
        return _with_groups(_with_number(party, identity), wanted)


def find_by_phone(phone: str) -> list[Party]:
    """The parties with this phone in any spelling; none for what is not a phone number."""
    try:
        return _found(phone_index=blind_index(validation.normalise_phone(phone), "phone"))
    except ValidationError:
        return []


def find_by_id_number(id_number: str) -> list[Party]:
    """Exact and unchecked: a number that was stored as another document is found as well."""
    return _found(id_index=blind_index(validation.folded_number(id_number), "id"))


def find_by_name(name: str) -> list[Party]:
    return _found(name_index=blind_index(validation.folded_name(name), "name"))


def change_phone(party: Party, phone: str, *, user: User, reason: str, at: datetime | None = None) -> Party:
    """A member of staff who has seen the document puts another phone on record; it is not verified yet."""
    number = validation.normalise_phone(phone)
    with transaction.atomic():
        write_look(party.pk, user=user, what=["phone"], reason=reason, at=at)
        party.phone, party.phone_verified_at = number, None
        party.save(update_fields=["phone", "phone_index", "phone_verified_at"])
    return party


def open_contact(party: Party, *, user: User, channel: str, found_by: str, at: datetime | None = None) -> Contact:
    """Note that `user` speaks with this person from now on, for CONTACT_HOURS. Opened again, it lasts anew."""
    moment = at or timezone.now()
    closes_at = moment + timedelta(hours=CONTACT_HOURS)
    with transaction.atomic():
        write_look(party.pk, user=user, what=["cases"], reason=_why(channel, found_by), at=moment)
        contact = open_contacts(user, moment).filter(party=party, channel=channel).first()
        if contact is None:
            return Contact.objects.create(
                party=party, user=user, channel=channel, found_by=found_by, opened_at=moment, closes_at=closes_at
            )
        contact.closes_at = closes_at
        contact.save(update_fields=["closes_at"])
    return contact


def open_contacts(user: User, at: datetime | None = None) -> QuerySet[Contact]:
    """The people this member of staff is speaking with, the latest first."""
    moment = at or timezone.now()
    current = Contact.objects.filter(user=user, opened_at__lte=moment, closes_at__gt=moment)
    return current.select_related("party").order_by("-opened_at", "-pk")


def close_contact(contact: Contact, *, at: datetime | None = None) -> Contact:
    """End it early; one that is over already stays as it ended."""
    contact.closes_at = min(contact.closes_at, at or timezone.now())
    contact.save(update_fields=["closes_at"])
    return contact


def _why(channel: str, found_by: str) -> str:
    return f"{Channel(channel).label}接待，按{FOUND_BY.get(found_by, found_by)}查找"


def _found(**index: str) -> list[Party]:
    return list(Party.objects.filter(**index).order_by("-created_at", "-pk")) if all(index.values()) else []


def _with_id(identity: Identity) -> Party | None:
    if not identity.id_number:
        return None
    party = Party.objects.filter(id_index=identity.id_index).first()
    if party and (party.name_index, party.kind) != (identity.name_index, identity.kind):
        told = "这个证件号已登记在另一个姓名（名称）下，请对照证件核对姓名和号码；改过名的请到窗口或拨打12348更正"
        raise ValidationError({"name": ValidationError(told, code="conflict")})
    return party


def _with_phone_and_name(identity: Identity) -> Party | None:
    """Without an ID number the latest is meant; with one, only a party that has none yet can be the same person."""
    same = Party.objects.filter(
        phone_index=identity.phone_index, name_index=identity.name_index, kind=identity.kind
    ).order_by("-created_at", "-pk")
    return (same.filter(id_index="") if identity.id_number else same).first()


def _new(identity: Identity, at: datetime | None) -> Party:
    party = Party(kind=identity.kind, name=identity.name, phone=identity.phone, created_at=at or timezone.now())
    if not identity.id_number:
        party.save()
    return party


def _with_number(party: Party, identity: Identity) -> Party:
    """Store the ID number where there is none; whoever comes second with one number gets the party of the first."""
    if not identity.id_number or party.id_number:
        return party
    party.id_number = identity.id_number
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError:
        winner = _with_id(identity)
        if winner is None:
            raise
        return winner
    return party


def _with_groups(party: Party, groups: list[str]) -> Party:
    together = validation.normalise_groups([*party.groups, *groups])
    if together != party.groups:
        party.groups = together
        party.save(update_fields=["groups"])
    return party
