"""The one door: web form, hotline, counter and API all bring a need in through `receive`."""

from __future__ import annotations

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

from santai.casework.actions import attach_documents, open_case
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.dispatch.assign import dispatch
from santai.documents.models import DocumentKind, StoredFile
from santai.intake.models import Arrival
from santai.people.models import Party
from santai.people.parties import find_or_create
from santai.people.validation import normalise_groups, normalise_id, normalise_name, normalise_phone
from santai.registry.models import Region
from santai.triage.classify import Finding, classify
from santai.trust.actors import Actor, Channel
from santai.trust.crypto import blind_index, sm3

SAME_TEXT_WITHIN = timedelta(minutes=10)
SHORTEST_TEXT = 4


@dataclass(frozen=True)
class Applicant:
    name: str
    phone: str
    id_number: str = ""
    kind: str = Party.Kind.PERSON


@dataclass(frozen=True)
class Need:
    """What a person brings, as they brought it. `idempotency_key` makes a repeated submission harmless."""

    channel: Channel
    text: str
    region: str
    applicant: Applicant
    groups: tuple[str, ...] = ()
    matter: str = ""
    idempotency_key: str = ""
    phone_verified: bool = False
    documents: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Received:
    case: Case
    is_duplicate: bool
    finding: Finding | None


class BadNeed(Refused):
    """Something in the need cannot be right; `fields` names every fault."""

    status = 422
    title = "有几处需要改正"


class KeyReused(Refused):
    """The same idempotency key came with another need."""

    status = 409
    title = "这个提交编号已经用过"


@transaction.atomic
def receive(need: Need, *, actor: Actor, at: datetime | None = None) -> Received:
    """Take a need in: one case, classified and, when it is clear, dispatched. Raises BadNeed naming every fault."""
    moment = at or timezone.now()
    need = validated(need)
    party = find_or_create(
        name=need.applicant.name,
        phone=need.applicant.phone,
        id_number=need.applicant.id_number,
        kind=need.applicant.kind,
        groups=need.groups,
    )
    # Two arrivals of one person wait for each other here, so that neither misses the other.
    Party.objects.select_for_update().get(pk=party.pk)
    arrival = Arrival(
        channel=need.channel,
        sender=_sender(actor, need),
        idempotency_key=need.idempotency_key[:80],
        party=party,
        text_digest=sm3(need.text.encode()),
        body_digest=_digest(need),
        phone_verified=need.phone_verified,
        received_at=moment,
    )
    earlier = _same_key(arrival) or _same_text(arrival)
    if earlier:
        return Received(earlier.case, is_duplicate=True, finding=None)
    finding = classify(need.text, region=need.region, groups=need.groups, matter=need.matter)
    arrival.case = _open(need, party, finding, actor=actor, at=moment)
    arrival.save()
    dispatch(arrival.case, at=moment)
    return Received(arrival.case, is_duplicate=False, finding=finding)


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
    attach_documents(case, [(file, DocumentKind.OTHER) for file in need.documents], actor=own, at=at)
    return case


def _sender(actor: Actor, need: Need) -> str:
    return f"user:{actor.user.pk}" if actor.user else blind_index(need.applicant.phone, "sender")


def _digest(need: Need) -> str:
    parts = (need.text, need.region, need.applicant.name, need.applicant.phone, need.applicant.id_number)
    return blind_index("\x1f".join(parts), "need")


def _same_key(arrival: Arrival) -> Arrival | None:
    if not arrival.idempotency_key:
        return None
    known = {"sender": arrival.sender, "idempotency_key": arrival.idempotency_key}
    earlier = Arrival.objects.select_related("case").filter(**known).first()
    if earlier and earlier.body_digest != arrival.body_digest:
        raise KeyReused("同一个提交编号（Idempotency-Key）已用于另一件诉求", todo="请换一个新的编号再提交。")
    return earlier


def _same_text(arrival: Arrival) -> Arrival | None:
    return (
        Arrival.objects.select_related("case")
        .filter(
            party=arrival.party,
            text_digest=arrival.text_digest,
            received_at__gt=arrival.received_at - SAME_TEXT_WITHIN,
        )
        .first()
    )


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
    text = checked("text", _valid_text, need.text)
    region = checked("region", _valid_region, need.region)
    groups = checked("groups", normalise_groups, need.groups)
    if faults:
        problems = [message for messages in faults.values() for message in messages]
        raise BadNeed(*problems, todo="您填写的内容都还在，改正后再提交一次。", fields=faults)
    return replace(need, text=text, region=region, applicant=applicant, groups=tuple(groups))


def _valid_text(text: str) -> str:
    tidy = unicodedata.normalize("NFC", text.replace("\x00", "")).strip()
    limit = settings.ENV.text_limit
    if len(tidy) < SHORTEST_TEXT:
        raise ValidationError("请写下您遇到的事，至少写几个字，例如“老板欠我三个月工资”。")
    if len(tidy) > limit:
        raise ValidationError(f"写得太长了（{len(tidy)}字），最多{limit}字。请先写主要经过，其余可以作为材料上传。")
    return tidy


def _valid_region(code: str) -> str:
    tidy = code.strip()
    if not tidy:
        raise ValidationError("请选择事情发生在哪个县（市、区）。")
    if not Region.objects.filter(code=tidy).exists():
        raise ValidationError("没有这个地区，请从列表中选择县（市、区）。")
    return tidy


def _valid_kind(kind: str) -> str:
    if kind not in Party.Kind.values:
        raise ValidationError("请选择是个人还是单位。")
    return kind
