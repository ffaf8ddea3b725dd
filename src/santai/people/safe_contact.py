"""Reaching somebody without endangering them: who is beaten at home must not get a message on the kitchen table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localtime

from santai.people.models import ContactRule, Party
from santai.people.validation import normalise_phone
from santai.trust.crypto import blind_index
from santai.trust.models import User

# No name of the service, no number to call back, no code: whoever reads it over a shoulder learns nothing.
NEUTRAL = "您好，您托的事有了新消息，方便的时候请联系一下您的联系人。"
NEUTRAL_CODE = "您的验证码是{secret}，10分钟内有效。"
BLOCKED = "当事人要求不往这个电话发短信"


@dataclass(frozen=True)
class Wish:
    """How a person wants to be reached. All empty: as usual."""

    no_sms: bool = False
    is_neutral: bool = False
    safe_phone: str = ""
    safe_from: time | None = None
    safe_until: time | None = None
    note: str = ""

    def __bool__(self) -> bool:
        return any((self.no_sms, self.is_neutral, self.safe_phone, self.safe_from, self.note))


@dataclass(frozen=True)
class Route:
    """How a message may go now: to `phone`, with `text` in place of its own when that is not empty; not at all when it
    is `blocked`; not before `wait_until`."""

    phone: str
    text: str = ""
    blocked: str = ""
    wait_until: datetime | None = None


def rule_of(party: Party) -> ContactRule | None:
    return ContactRule.objects.filter(party=party, ended_at__isnull=True).first()


def phones_of(party: Party) -> list[str]:
    """Their own, and the one they can safely be reached at."""
    rule = rule_of(party)
    return [phone for phone in (party.phone, rule.safe_phone if rule else "") if phone]


def with_safe_phone(plain: dict[str, str], party: Party) -> dict[str, str]:
    """Whoever was shown the phone is shown the one to call instead, under `safe_phone`."""
    rule = rule_of(party)
    return {**plain, "safe_phone": rule.safe_phone} if rule and rule.safe_phone and "phone" in plain else plain


def checked(wish: Wish) -> Wish:
    """Normalised, or ValidationError by field."""
    faults: dict[str, str] = {}
    phone = ""
    if wish.safe_phone.strip():
        try:
            phone = normalise_phone(wish.safe_phone)
        except ValidationError as fault:
            faults["safe_phone"] = fault.messages[0]
    if bool(wish.safe_from) != bool(wish.safe_until):
        faults["safe_until"] = "方便的时间请把从几点、到几点都填上。"
    elif wish.safe_from and wish.safe_from == wish.safe_until:
        faults["safe_until"] = "从几点和到几点不能一样；什么时候都方便的，两个都不填。"
    if faults:
        raise ValidationError(faults)
    return Wish(wish.no_sms, wish.is_neutral, phone, wish.safe_from, wish.safe_until, wish.note.strip()[:200])


def set_rule(party: Party, wish: Wish, *, user: User | None = None, at: datetime | None = None) -> ContactRule | None:
    """From now on this holds; an empty wish ends what held before. `user` is None when the person sets it themself."""
    wanted, moment = checked(wish), at or timezone.now()
    with transaction.atomic():
        # Two changes at once would both find nothing to end: the person's row makes them queue.
        Party.objects.select_for_update().values_list("pk").get(pk=party.pk)
        ContactRule.objects.filter(party=party, ended_at__isnull=True).update(ended_at=moment)
        if not wanted:
            return None
        return ContactRule.objects.create(
            party=party,
            no_sms=wanted.no_sms,
            is_neutral=wanted.is_neutral,
            safe_phone=wanted.safe_phone,
            safe_from=wanted.safe_from,
            safe_until=wanted.safe_until,
            note=wanted.note,
            set_by=user,
            set_at=moment,
        )


def parties_with_safe_phone(indexes: list[str]) -> Q:
    """Parties who named one of these phones (blind indexes) as the safe one."""
    rules = ContactRule.objects.filter(safe_phone_index__in=indexes, ended_at__isnull=True)
    return Q(pk__in=rules.values("party"))


def route_for(party: Party | None, phone: str, *, has_secret: bool, at: datetime) -> Route:
    """`phone` is the number the message names itself, if it does; else it goes to the party's own."""
    number = phone or (party.phone if party else "")
    own = rule_of(party) if party else None
    if own and own.safe_phone and not phone:
        number = own.safe_phone
    index = blind_index(number, "phone")
    # Several people share a telephone: what endangers one of them is not sent there for another one either.
    rules = _rules_at(index, own)
    if any(rule.no_sms and rule.party.phone_index == index != rule.safe_phone_index for rule in rules):
        return Route(number, blocked=BLOCKED)
    text = (NEUTRAL_CODE if has_secret else NEUTRAL) if any(rule.is_neutral for rule in rules) else ""
    return Route(number, text=text, wait_until=max((_next_safe(rule, at) for rule in rules), default=None, key=_known))


def _known(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


def _rules_at(index: str, own: ContactRule | None) -> list[ContactRule]:
    """The person's own rule, and those of whoever else can be reached at this number."""
    here = Q(party__phone_index=index) | Q(safe_phone_index=index) if index else Q(pk__in=[])
    wanted = here | Q(pk=own.pk) if own else here
    return list(ContactRule.objects.filter(wanted, ended_at__isnull=True).select_related("party"))


def _next_safe(rule: ContactRule, at: datetime) -> datetime | None:
    """None when the moment is safe; else when the next safe time begins. The window may go over midnight."""
    since, until = rule.safe_from, rule.safe_until
    if since is None or until is None:
        return None
    here = localtime(at)
    clock = here.time().replace(tzinfo=None)
    is_safe = since <= clock < until if since < until else clock >= since or clock < until
    if is_safe:
        return None
    begins = here.replace(hour=since.hour, minute=since.minute, second=0, microsecond=0)
    return begins if begins > here else begins + timedelta(days=1)
