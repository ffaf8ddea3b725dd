"""The visit a clerk is serving: whom they speak with, and the need being written down; sealed in the session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from santai.people.models import Contact, Party
from santai.people.parties import open_contact
from santai.trust.actors import Channel
from santai.trust.models import User
from santai.web import sealed
from santai.web.reception import contact_with, end_contacts

VISIT, DRAFT = "visit", "counter_need"
# Sent along by the page's own clock; without a script the contact closes by itself after two hours.
IDLE_SECONDS = 120
COUNTDOWN_SECONDS = 20


def begin(request: HttpRequest, user: User, party: Party, found_by: str) -> Contact:
    """A new visit ends the one before."""
    end(request, user)
    contact = open_contact(party, user=user, channel=Channel.COUNTER, found_by=found_by)
    sealed.keep(request, VISIT, {"party": party.pk})
    return contact


def visitor(request: HttpRequest, user: User) -> Party | None:
    contact = contact_with(user, sealed.kept(request, VISIT).get("party"), Channel.COUNTER)
    return contact.party if contact else None


def end(request: HttpRequest, user: User) -> None:
    end_contacts(user, Channel.COUNTER)
    sealed.forget(request, VISIT)
    sealed.forget(request, DRAFT)


def draft_of(request: HttpRequest) -> dict[str, Any]:
    return sealed.kept(request, DRAFT)


def keep_draft(request: HttpRequest, values: dict[str, Any]) -> None:
    sealed.keep(request, DRAFT, {**draft_of(request), **values})


def drop_draft(request: HttpRequest) -> None:
    sealed.forget(request, DRAFT)
