"""The ways out of the house. An installation names its own adapter in SANTAI_SMS_ADAPTER."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

import phonenumbers
from django.conf import settings
from django.utils.module_loading import import_string
from phonenumbers import PhoneNumberType

HOLE = "{secret}"
LANDLINES = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP, PhoneNumberType.TOLL_FREE})
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """`key` is the same at every attempt: a provider that knows it can drop a repetition after a crash."""

    phone: str
    words: str
    key: str
    secret: str = ""

    @property
    def text(self) -> str:
        return self.words.replace(HOLE, self.secret)

    @property
    def masked_text(self) -> str:
        return self.words.replace(HOLE, "*" * len(self.secret))

    @property
    def masked_phone(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 8 else "****"

    def __repr__(self) -> str:
        return f"Message({self.masked_phone}, {self.masked_text})"


class SmsAdapter(Protocol):
    def send(self, message: Message) -> None:
        """Hand over one message, within a minute. Any exception means it was not taken and will be tried again."""


class LogAdapter:
    """For demo, tests and installations without a provider: says in the log that a message would have gone out."""

    def send(self, message: Message) -> None:
        log.info("sms to %s: %s", message.masked_phone, message.masked_text)


def sms_adapter() -> SmsAdapter:
    return _made(settings.SMS_ADAPTER)


@cache
def _made(dotted_path: str) -> SmsAdapter:
    return cast(SmsAdapter, import_string(dotted_path)())


def takes_sms(phone: str) -> bool:
    """False for a landline. An unknown sort of number gets the benefit of the doubt."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(phone, "CN")) not in LANDLINES
    except phonenumbers.NumberParseException:
        return False
