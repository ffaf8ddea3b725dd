"""Who may open somebody's dossier: a role that looks after people, a case or a conversation of theirs, and a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from santai.archive.dossier.reading import staff_scope
from santai.people.models import Party
from santai.people.parties import open_contacts
from santai.trust.actors import Actor
from santai.trust.looks import write_look
from santai.trust.memberships import roles_of
from santai.trust.models import SensitiveLook, User
from santai.trust.roles import ROLES, Reach

# Who works for the whole of a division or an office. Whoever only handles single cases has their case pages.
OPENERS = frozenset(
    role for role, spec in ROLES.items() if spec.reach in {Reach.REGION, Reach.ORGANISATION} and not spec.read_only
)
OPENED, EXPORTED = "dossier", "export"
SHORTEST_WORDS, LONGEST_WORDS = 4, 120
GOOD_FOR = timedelta(minutes=30)
SALT = "santai.dossier"


class Purpose(TextChoices):
    CONTACT = "contact", "当事人来电来访，接着办"
    HANDLING = "handling", "办理手上的事需要了解"
    SUPERVISION = "supervision", "督办或者处理投诉"
    COORDINATION = "coordination", "跨单位协调"
    OTHER = "other", "法律规定的其他情形"


class OpenedTooLongAgo(Exception):
    """The reason was given more than half an hour ago; `look` is when."""

    def __init__(self, look: SensitiveLook) -> None:
        super().__init__()
        self.look = look


class NotYours(Exception):
    """Nobody's ticket, somebody else's, or the right is gone."""


def may_open(actor: Actor, party: Party, *, at: datetime) -> bool:
    if actor.user is None or not roles_of(actor.user) & OPENERS:
        return False
    speaks = open_contacts(actor.user, at).filter(party=party).exists()
    return speaks or staff_scope(party, actor).cases.exists()


def open_dossier(
    party: Party, *, actor: Actor, purpose: str, words: str, case_code: str = "", at: datetime | None = None
) -> str:
    """Write down who opens it and why; the ticket that shows it for half an hour, to this user alone.

    Raises NotYours, or ValidationError when the reason says nothing.
    """
    moment = at or timezone.now()
    if actor.user is None or not may_open(actor, party, at=moment):
        raise NotYours
    reason = f"{_purpose(purpose).label}：{_meaningful(words)}"
    look = write_look(party.pk, user=actor.user, what=[OPENED], reason=reason, case_code=case_code, at=moment)
    return signing.dumps(look.pk, salt=SALT)


def _purpose(given: str) -> Purpose:
    if given not in Purpose.values:
        raise ValidationError({"purpose": "请选择为什么要看。"}, code="purpose")
    return Purpose(given)


def _meaningful(words: str) -> str:
    told = " ".join(words.split())
    if len(told.replace(" ", "")) < SHORTEST_WORDS:
        example = "例如“来电询问去年的援助案，核对经过”"
        raise ValidationError({"words": f"请写明具体理由，至少 {SHORTEST_WORDS} 个字，{example}。"}, code="words")
    if len(told) > LONGEST_WORDS:
        raise ValidationError({"words": f"理由最多 {LONGEST_WORDS} 个字，请写得短一些。"}, code="words")
    return told


def opened(ticket: str, *, actor: Actor, at: datetime | None = None) -> SensitiveLook:
    """The look this ticket stands for. Raises NotYours or OpenedTooLongAgo; the right is asked for again each time."""
    moment = at or timezone.now()
    try:
        number = signing.loads(ticket, salt=SALT)
    except signing.BadSignature as fault:
        raise NotYours from fault
    look: SensitiveLook | None = (
        SensitiveLook.objects.select_related("party", "user").filter(pk=number, fields=OPENED).first()
    )
    if look is None or actor.user is None or look.user_id != actor.user.pk:
        raise NotYours
    if not may_open(actor, look.party, at=moment):
        raise NotYours
    if moment - look.at > GOOD_FOR:
        raise OpenedTooLongAgo(look)
    return look


def note_export(look: SensitiveLook, *, user: User, form: str, number: str, at: datetime) -> None:
    """The person reads that it was taken away, under which number."""
    reason = f"{look.reason}（{form.upper()}，编号{number}）"
    write_look(look.party_id, user=user, what=[EXPORTED], reason=reason, case_code=look.case_code, at=at)
