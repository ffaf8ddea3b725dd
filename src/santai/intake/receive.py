"""The one door: web form, hotline, counter and API all bring a need in through `receive`."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from santai.casework.actions import attach_documents, open_case, take_step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.dispatch.assign import dispatch
from santai.documents.models import DocumentKind, StoredFile
from santai.intake.models import Arrival
from santai.people.locks import take_turns
from santai.people.models import Party
from santai.people.parties import find_or_create
from santai.people.safe_contact import Wish, set_rule
from santai.people.safe_contact import checked as checked_wish
from santai.people.validation import normalise_groups, normalise_id, normalise_name, normalise_phone
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.registry.models import Region
from santai.triage.classify import Finding, classify
from santai.triage.matters import matters
from santai.trust.actors import Actor, Channel
from santai.trust.crypto import blind_index, sm3

SAME_TEXT_WITHIN = timedelta(minutes=10)
SHORTEST_TEXT = 4
FEWEST_LETTERS = 2
LONGEST_KEY = 80
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Applicant:
    name: str
    phone: str
    id_number: str = ""
    kind: str = Party.Kind.PERSON


@dataclass(frozen=True)
class Need:
    """What a person brings, as they brought it. `idempotency_key` makes a repeated submission harmless; `procedure` is
    the statutory procedure they apply for, when they know it."""

    channel: Channel
    text: str
    region: str
    applicant: Applicant
    groups: tuple[str, ...] = ()
    matter: str = ""
    procedure: str = ""
    idempotency_key: str = ""
    phone_verified: bool = False
    documents: tuple[StoredFile, ...] = ()
    safe_contact: Wish = Wish()


@dataclass(frozen=True)
class Received:
    case: Case
    is_duplicate: bool
    finding: Finding | None


TODO = "您填写的内容都还在，改正后再提交一次。"


class BadNeed(Refused):
    """Something in the need cannot be right; `fields` names every fault."""

    status = 422
    title = "有几处需要改正"


class KeyReused(Refused):
    """The same idempotency key came with another need."""

    status = 409
    title = "这个提交编号已经用过"


def receive(need: Need, *, actor: Actor, at: datetime | None = None) -> Received:
    """Take a need in: one case, classified and, when it is clear, dispatched. Raises BadNeed naming every fault.

    It is dispatched in a transaction of its own: the need is safe before anybody is looked for, and the next one of
    the same county does not wait for its number meanwhile. What is applied for goes to the body the law names.
    """
    moment = at or timezone.now()
    received = _taken_in(validated(need), actor=actor, at=moment)
    if not received.is_duplicate and not need.procedure:
        _dispatch(received.case, at=moment)
    return received


@transaction.atomic
def _taken_in(need: Need, *, actor: Actor, at: datetime) -> Received:
    sender = _sender(actor, need)
    if need.idempotency_key:
        take_turns(blind_index(f"{sender}:{need.idempotency_key}", "arrival"))
    party = _party(need, at=at)
    _keep_safe(party, need, actor=actor, at=at)
    # Two arrivals of one person wait for each other here, so that neither misses the other.
    Party.objects.select_for_update().values_list("pk").get(pk=party.pk)
    arrival = Arrival(
        channel=need.channel,
        sender=sender,
        idempotency_key=need.idempotency_key,
        party=party,
        text_digest=sm3(need.text.encode()),
        body_digest=_digest(need),
        phone_verified=need.phone_verified,
        received_at=at,
    )
    earlier = _same_key(arrival) or _same_text(arrival)
    if earlier:
        # What is new in a repetition are the papers that came with it.
        _attach(earlier.case, need, actor=actor, at=at)
        return Received(earlier.case, is_duplicate=True, finding=None)
    finding = classify(
        need.text, region=need.region, groups=need.groups, matter=need.matter, today=timezone.localdate(at)
    )
    arrival.case = _open(need, party, finding, actor=actor, at=at)
    arrival.save()
    return Received(arrival.case, is_duplicate=False, finding=finding)


def _party(need: Need, *, at: datetime) -> Party:
    """Only here it shows whether the ID number belongs to somebody else."""
    given = need.applicant
    try:
        return find_or_create(
            name=given.name, phone=given.phone, id_number=given.id_number, kind=given.kind, groups=need.groups, at=at
        )
    except ValidationError as fault:
        fields = dict(fault.message_dict) if hasattr(fault, "error_dict") else {"name": fault.messages}
        raise BadNeed(*fault.messages, todo=TODO, fields=fields) from fault


def _keep_safe(party: Party, need: Need, *, actor: Actor, at: datetime) -> None:
    """How they want to be reached holds before anything is sent. Whoever only typed a known person's name and phone
    changes nothing: else their messages could be led to somebody else, or stopped."""
    is_known = Arrival.objects.filter(party=party).exists() or party.cases.exists()
    if need.safe_contact and (actor.user or need.phone_verified or not is_known):
        set_rule(party, need.safe_contact, user=actor.user, at=at)


def _dispatch(case: Case, *, at: datetime) -> None:
    """A need that was taken in is never lost because nobody could be found for it: then it waits in the pool."""
    try:
        with transaction.atomic():
            dispatch(case, at=at)
    except Exception:
        log.exception("case %s could not be dispatched; it stays in the pool", case.code)
        case.refresh_from_db()


def _open(need: Need, party: Party, finding: Finding, *, actor: Actor, at: datetime) -> Case:
    own = actor if actor.user else Actor.applicant(party.pk, need.channel)
    case = open_case(
        "work_order",
        applicant=party,
        region=finding.region or need.region,
        text=need.text,
        channel=need.channel,
        actor=own,
        matter=finding.matter,
        urgency=finding.urgency,
        facts={**finding.as_facts(), "groups": list(need.groups) or finding.groups},
        at=at,
    )
    _attach(case, need, actor=own, at=at)
    if need.procedure:
        take_step(case, "apply_for", actor=own, data={"procedure": need.procedure}, at=at)
    return case


def _attach(case: Case, need: Need, *, actor: Actor, at: datetime) -> None:
    own = actor if actor.user else Actor.applicant(case.applicant_id, need.channel)
    attach_documents(case, [(file, DocumentKind.OTHER) for file in need.documents], actor=own, at=at)


def _sender(actor: Actor, need: Need) -> str:
    return f"user:{actor.user.pk}" if actor.user else blind_index(need.applicant.phone, "sender")


def _digest(need: Need) -> str:
    given = need.applicant
    papers = sorted(file.sha256 for file in need.documents)
    what = (need.text, need.region, need.matter, need.procedure)
    parts = (*what, given.name, given.phone, given.id_number, given.kind)
    return blind_index("\x1f".join((*parts, *need.groups, *papers)), "need")


def _same_key(arrival: Arrival) -> Arrival | None:
    if not arrival.idempotency_key:
        return None
    known = {"sender": arrival.sender, "idempotency_key": arrival.idempotency_key}
    earlier = Arrival.objects.filter(**known).first()
    if earlier and earlier.body_digest != arrival.body_digest:
        raise KeyReused("同一个提交编号（Idempotency-Key）已用于另一件诉求", todo="请换一个新的编号再提交。")
    return earlier


def _same_text(arrival: Arrival) -> Arrival | None:
    since = arrival.received_at - SAME_TEXT_WITHIN
    same = {"party": arrival.party, "text_digest": arrival.text_digest, "received_at__gt": since}
    return Arrival.objects.filter(**same).first()


def validated(need: Need) -> Need:
    """The need in its normal form, or BadNeed."""
    faults: dict[str, list[str]] = {}

    def checked(field: str, check: Callable[[Any], Any], value: Any) -> Any:
        try:
            return check(value)
        except ValidationError as fault:
            faults.setdefault(field, []).extend(fault.messages)
            return value

    kind = checked("kind", _valid_kind, need.applicant.kind)
    applicant = Applicant(
        name=checked("name", partial(normalise_name, kind=kind), need.applicant.name),
        phone=checked("phone", normalise_phone, need.applicant.phone),
        id_number=checked("id_number", partial(normalise_id, kind=kind), need.applicant.id_number),
        kind=kind,
    )
    text = checked("text", valid_text, need.text)
    region = checked("region", valid_region, need.region)
    groups = checked("groups", normalise_groups, need.groups)
    safe_contact = _checked_wish(need.safe_contact, faults)
    checked("channel", _valid_channel, need.channel)
    checked("procedure", _valid_procedure, need.procedure)
    checked("idempotency_key", _valid_key, need.idempotency_key)
    if faults:
        problems = [message for messages in faults.values() for message in messages]
        raise BadNeed(*problems, todo=TODO, fields=faults)
    # A matter nobody knows is no fault of the person: the text decides.
    matter = need.matter if need.matter in matters() else ""
    return replace(
        need,
        text=text,
        region=region,
        applicant=applicant,
        groups=tuple(groups),
        matter=matter,
        safe_contact=safe_contact,
    )


def _checked_wish(wish: Wish, faults: dict[str, list[str]]) -> Wish:
    try:
        return checked_wish(wish)
    except ValidationError as fault:
        faults.update(fault.message_dict)
        return wish


def valid_text(text: str) -> str:
    # NUL and half characters (lone surrogates) carry nothing, and no database keeps them.
    tidy = unicodedata.normalize("NFC", text.replace("\x00", "").encode("utf-8", "ignore").decode()).strip()
    limit = settings.ENV.text_limit
    if len(tidy) < SHORTEST_TEXT or sum(map(str.isalnum, tidy)) < FEWEST_LETTERS:
        raise ValidationError("请写下您遇到的事，至少写几个字，例如“老板欠我三个月工资”。")
    if len(tidy) > limit:
        raise ValidationError(f"写得太长了（{len(tidy)}字），最多{limit}字。请先写主要经过，其余可以作为材料上传。")
    return tidy


def valid_region(code: str) -> str:
    tidy = code.strip()
    if not tidy:
        raise ValidationError("请选择事情发生在哪个县（市、区）。")
    if not tidy.isalnum() or not Region.objects.filter(code=tidy).exists():
        raise ValidationError("没有这个地区，请从列表中选择县（市、区）。")
    return tidy


def _valid_channel(channel: str) -> str:
    if channel == Channel.SYSTEM or channel not in Channel.values:
        raise ValidationError("诉求只能从网络、热线、窗口或接口提交。")
    return channel


def _valid_procedure(name: str) -> str:
    if name and name not in dict(procedures_to_apply_for()):
        raise ValidationError("没有这项可以申请的服务，请从列表中选择；拿不准就不选，我们会帮您转到合适的地方。")
    return name


def _valid_key(key: str) -> str:
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise ValidationError(f"提交编号最多{LONGEST_KEY}个字，不能有控制字符，请换一个编号再提交。")
    return key


def _valid_kind(kind: str) -> str:
    if kind not in Party.Kind.values:
        raise ValidationError("请选择是个人还是单位。")
    return kind
