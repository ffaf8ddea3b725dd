"""One-time codes that prove a phone: six digits, ten minutes, five tries, one use.

The code itself is written nowhere: the table keeps a keyed hash, the queued message keeps it sealed until it is sent.
"""

from __future__ import annotations

import hmac
import math
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from santai.casework.refusals import Refused
from santai.intake.models import OneTimeCode
from santai.notices.queue import queue
from santai.people.locks import take_turns
from santai.people.models import Party
from santai.people.validation import normalise_phone
from santai.trust.crypto import blind_index

DIGITS = 6
LIFE = timedelta(minutes=10)
MOST_WRONG_TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
MOST_PER_HOUR = 5
KEPT_FOR = timedelta(days=1)
TEXT = "【法律服务】您的验证码是{secret}，10分钟内有效，请不要告诉别人。不是您本人操作的请不用理会。有疑问请拨打12348。"


class TooManyCodes(Refused):
    """Another code for this phone may be sent in `wait_seconds`."""

    status = 429
    title = "验证码发得太频繁"

    def __init__(self, why: str, wait: timedelta) -> None:
        self.wait_seconds = max(1, math.ceil(wait.total_seconds()))
        super().__init__(why, todo=f"请等 {_spoken(self.wait_seconds)}再试；着急可以直接拨打12348。")


def send_code(phone: str, *, at: datetime | None = None) -> str | None:
    """Send a new code, after which older ones are void. Returns it in demo mode only, otherwise None.

    Raises ValidationError for a number that takes no text messages, and TooManyCodes.
    """
    moment = at or timezone.now()
    number = normalise_phone(phone, must_take_sms=True)
    index = blind_index(number, "phone")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    with transaction.atomic():
        take_turns(index)
        _refuse_haste(index, moment)
        made = OneTimeCode.objects.create(
            phone_index=index, digest=_digest(index, code), sent_at=moment, expires_at=moment + LIFE
        )
        queue(
            TEXT, case_code="", once=f"code:{made.pk}", phone=number, secret=code, at=moment, expires_at=made.expires_at
        )
    return code if settings.DEMO else None


def verify_code(phone: str, code: str, *, at: datetime | None = None) -> bool:
    """True once for the latest code of this phone; the phone of its parties is then verified.

    Do not call it inside a transaction that a False rolls back: the wrong try must stay counted.
    """
    moment = at or timezone.now()
    try:
        index = blind_index(normalise_phone(phone), "phone")
    except ValidationError:
        return False
    latest = OneTimeCode.objects.filter(phone_index=index).order_by("-sent_at", "-pk").first()
    if latest is None or not _count_try(latest, moment):
        return False
    if not hmac.compare_digest(latest.digest, _digest(index, code)) or not _use(latest, moment):
        return False
    Party.objects.filter(phone_index=index).update(phone_verified_at=moment)
    return True


def forget_old_codes(*, at: datetime) -> int:
    """Delete codes that neither open anything nor count towards a limit any more."""
    return OneTimeCode.objects.filter(sent_at__lt=at - KEPT_FOR).delete()[0]


def _digest(phone_index: str, code: str) -> str:
    return blind_index(f"{phone_index}:{''.join(code.split())}", "one-time code")


def _refuse_haste(phone_index: str, at: datetime) -> None:
    sent = OneTimeCode.objects.filter(phone_index=phone_index, sent_at__gt=at - timedelta(hours=1))
    times = list(sent.order_by("-sent_at").values_list("sent_at", flat=True)[:MOST_PER_HOUR])
    if times and at - times[0] < RESEND_AFTER:
        raise TooManyCodes("刚刚已经给这个手机号发过验证码", times[0] + RESEND_AFTER - at)
    if len(times) == MOST_PER_HOUR:
        raise TooManyCodes(f"这个手机号 1 小时内已经发过 {MOST_PER_HOUR} 次验证码", times[-1] + timedelta(hours=1) - at)


def _count_try(latest: OneTimeCode, at: datetime) -> bool:
    """Count before comparing: of many guesses at once, only five are ever compared."""
    alive = OneTimeCode.objects.filter(
        pk=latest.pk, used_at__isnull=True, expires_at__gt=at, wrong_tries__lt=MOST_WRONG_TRIES
    )
    return alive.update(wrong_tries=F("wrong_tries") + 1) == 1


def _use(latest: OneTimeCode, at: datetime) -> bool:
    unused = OneTimeCode.objects.filter(pk=latest.pk, used_at__isnull=True)
    return unused.update(used_at=at, wrong_tries=F("wrong_tries") - 1) == 1


def _spoken(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 120 else f"{math.ceil(seconds / 60)} 分钟"
