"""Messages wait in a table, in the transaction of what caused them, and leave it once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.utils import timezone

from santai.notices.adapters import Message, SmsAdapter, sms_adapter, takes_sms
from santai.notices.models import MOST_ATTEMPTS, Notice
from santai.people.safe_contact import Route, route_for

if TYPE_CHECKING:
    from santai.people.models import Party
    from santai.trust.models import User

LONGEST_TEXT = 500
LONGEST_KEY = 120
LONGEST_FAULT = 200
BATCH = 200
# Minutes to wait after the first, second, third and fourth failure; after the fifth the message is given up.
BACKOFF = (1, 5, 30, 120)
# A claimed message whose worker died is free again after this; an adapter must answer well within it.
LEASE = timedelta(minutes=10)


def queue(text: str, **words: Any) -> None:
    """Write one message (see `written`) and put it in the queue."""
    put([written(text, **words)])


def put(notices: list[Notice]) -> None:
    """One insert for all of them; a message whose `once` is there already is dropped."""
    for notice in notices:
        _check(notice)
    # No savepoint and no caught IntegrityError: this runs inside the transaction of a step and must stay one statement.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def written(
    text: str,
    *,
    case_code: str,
    once: str,
    party: Party | None = None,
    user: User | None = None,
    user_id: int | None = None,
    phone: str = "",
    secret: str = "",
    way: str = Notice.Way.SMS,
    at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Notice:
    """A message, not yet in the queue. `{secret}` in the text is where the secret goes.

    A text message needs a party or a phone, a message to the desk a user; after `expires_at` it is no longer sent.
    """
    moment = at or timezone.now()
    notice = Notice(
        text=_fitting(text), case_code=case_code, once=once, way=way, phone=phone, secret=secret, expires_at=expires_at
    )
    notice.party = party
    notice.user_id = user.pk if user else user_id
    notice.queued_at = notice.send_after = moment
    notice.sent_at = moment if way == Notice.Way.DESK else None
    return notice


def send_due(*, at: datetime | None = None) -> int:
    """Send what is due, as long as nobody else does; returns how many went out. Safe with any number of workers."""
    adapter = sms_adapter()
    due = Notice.objects.due(at or timezone.now()).select_related("party").order_by("send_after")[:BATCH]
    return sum(_send(notice, adapter, at or timezone.now()) for notice in due)


def inbox(user: User) -> QuerySet[Notice]:
    """Unread messages at the desk of this user, latest first."""
    return Notice.objects.unread_by(user).order_by("-queued_at", "-pk")


def mark_read(user: User, notices: Collection[int] | None = None, *, at: datetime | None = None) -> int:
    """Mark these (or all) of the user's own messages as read; returns how many were unread."""
    unread = Notice.objects.unread_by(user)
    if notices is not None:
        unread = unread.filter(pk__in=notices)
    return unread.update(read_at=at or timezone.now())


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _check(notice: Notice) -> None:
    # SQLite's INSERT OR IGNORE would swallow a row that breaks any constraint, not only a repeated key.
    if not 0 < len(notice.once) <= LONGEST_KEY:
        raise ValueError(f"the key of a message has 1 to {LONGEST_KEY} characters")
    if notice.way == Notice.Way.SMS and not (notice.party_id or notice.phone):
        raise ValueError("a text message needs a party or a phone")
    if notice.way == Notice.Way.DESK and not notice.user_id:
        raise ValueError("a message to the desk needs a user")
    if notice.way not in Notice.Way.values:
        raise ValueError(f"no such way: {notice.way}")


def _send(notice: Notice, adapter: SmsAdapter, at: datetime) -> bool:
    if not _claim(notice, at):
        return False
    if notice.expires_at and notice.expires_at <= at:
        return _give_up(notice, "过期未发")
    # Read at the last moment: what a person forbids now also holds for what was queued before.
    route = route_for(notice.party, notice.phone, has_secret=bool(notice.secret), at=at)
    if route.blocked:
        return _give_up(notice, route.blocked)
    if route.wait_until:
        return _hold_back(notice, route.wait_until)
    message = _message(notice, route)
    if not takes_sms(message.phone):
        return _give_up(notice, "这个号码收不到短信")
    try:
        adapter.send(message)
    except Exception as fault:
        return _fail(notice, message, fault, at)
    _mine(notice).update(sent_at=at, secret="", fault="")
    return True


def _claim(notice: Notice, at: datetime) -> bool:
    """Compare and swap on the attempt: of two workers that read the same row, one gets it."""
    unclaimed = Notice.objects.filter(pk=notice.pk, sent_at__isnull=True, attempts=notice.attempts)
    notice.attempts += 1
    return unclaimed.update(attempts=F("attempts") + 1, send_after=at + LEASE) == 1


def _mine(notice: Notice) -> QuerySet[Notice]:
    return Notice.objects.filter(pk=notice.pk, attempts=notice.attempts)


def _message(notice: Notice, route: Route) -> Message:
    return Message(phone=route.phone, words=route.text or notice.text, key=notice.once, secret=notice.secret)


def _hold_back(notice: Notice, until: datetime) -> bool:
    """It waits for the hours the person named; that was no attempt."""
    _mine(notice).update(send_after=until, attempts=F("attempts") - 1, fault="等当事人方便的时间再发")
    return False


def _fail(notice: Notice, message: Message, fault: Exception, at: datetime) -> bool:
    told = f"{type(fault).__name__}: {fault}".replace(message.phone, message.masked_phone)
    if message.secret:
        told = told.replace(message.secret, "***")
    if notice.attempts >= MOST_ATTEMPTS:
        return _give_up(notice, told)
    wait = timedelta(minutes=BACKOFF[notice.attempts - 1])
    _mine(notice).update(send_after=at + wait, fault=told[:LONGEST_FAULT])
    return False


def _give_up(notice: Notice, fault: str) -> bool:
    _mine(notice).update(attempts=MOST_ATTEMPTS, secret="", fault=fault[:LONGEST_FAULT])
    return False
