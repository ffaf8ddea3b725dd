"""A request being written: its answers are kept, sealed, in the session until it is sent."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest

from santai.documents.models import StoredFile
from santai.intake.receive import Applicant, Need
from santai.trust.actors import Channel
from santai.trust.crypto import CannotDecrypt, decrypt, encrypt
from santai.web.safe_contact import wish_in

DRAFT, SENT = "need", "sent_needs"
MOST_FILES = 9
MOST_SENT = 20


def _new_key() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class Draft:
    text: str = ""
    name: str = ""
    phone: str = ""
    id_number: str = ""
    kind: str = "person"
    region: str = ""
    groups: list[str] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    procedure: str = ""
    # The photograph of a card that is read for the fields.
    card: int = 0
    # What stood on the second screen when it was handed in: not checked yet, so nothing but that screen may use it.
    typed: dict[str, Any] = field(default_factory=dict)
    # How they can be reached safely, as it was typed.
    safe: dict[str, str] = field(default_factory=dict)
    key: str = field(default_factory=_new_key)

    @property
    def has_told_who(self) -> bool:
        return bool(self.name and self.phone and self.region)

    def stored_files(self) -> list[StoredFile]:
        return list(StoredFile.objects.filter(pk__in=self.files).order_by("pk"))

    def as_need(self) -> Need:
        return Need(
            channel=Channel.WEB,
            text=self.text,
            region=self.region,
            applicant=Applicant(name=self.name, phone=self.phone, id_number=self.id_number, kind=self.kind),
            groups=tuple(self.groups),
            procedure=self.procedure,
            idempotency_key=self.key,
            phone_verified=True,
            documents=tuple(self.stored_files()),
            safe_contact=wish_in(self.safe),
        )


def draft_of(request: HttpRequest) -> Draft:
    sealed = request.session.get(DRAFT)
    if not sealed:
        return Draft()
    try:
        return Draft(**json.loads(decrypt(sealed)))
    except (CannotDecrypt, TypeError, ValueError):
        return Draft()


def keep(request: HttpRequest, draft: Draft) -> None:
    request.session[DRAFT] = encrypt(json.dumps(asdict(draft)))


def mark_sent(request: HttpRequest, draft: Draft, code: str) -> None:
    """The draft is gone; its key still leads to the case, for whoever presses the button once more."""
    sent = {**request.session.get(SENT, {}), draft.key: code}
    request.session[SENT] = dict(list(sent.items())[-MOST_SENT:])
    request.session.pop(DRAFT, None)


def code_sent_with(request: HttpRequest, key: str) -> str:
    return str(request.session.get(SENT, {}).get(key, ""))
