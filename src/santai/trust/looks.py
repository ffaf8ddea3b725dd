"""Reading what identifies a person: allowed with a reason, and written down before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from santai.trust.models import SensitiveLook, User

SHORTEST_REASON = 4
LONGEST_REASON = 200
SEALED = ("name", "phone", "id_number")


class Identifiable(Protocol):
    @property
    def pk(self) -> int: ...

    name: str
    phone: str
    id_number: str


def look(
    party: Identifiable,
    *,
    user: User,
    fields: Iterable[str],
    reason: str,
    case_code: str = "",
    at: datetime | None = None,
) -> dict[str, str]:
    """The plain values of `fields` (of name, phone, id_number). Raises ValidationError when the reason says nothing."""
    wanted = _known(fields)
    write_look(party.pk, user=user, what=wanted, reason=reason, case_code=case_code, at=at)
    return {field: getattr(party, field) for field in wanted}


def write_look(
    party_id: int,
    *,
    user: User,
    what: Iterable[str],
    reason: str,
    case_code: str = "",
    at: datetime | None = None,
) -> SensitiveLook:
    return SensitiveLook.objects.create(
        user=user,
        party_id=party_id,
        fields=",".join(what),
        reason=_meaningful(reason),
        case_code=case_code,
        at=at or timezone.now(),
    )


def looks_at(party: Identifiable) -> QuerySet[SensitiveLook]:
    """Who looked at this person, latest first."""
    return SensitiveLook.objects.filter(party_id=party.pk).select_related("user").order_by("-at", "-pk")


def _known(fields: Iterable[str]) -> list[str]:
    wanted = set(fields)
    if not wanted or wanted - set(SEALED):
        raise ValidationError({"fields": "请选择要查看的内容：姓名、电话或证件号"}, code="fields")
    return [field for field in SEALED if field in wanted]


def _meaningful(reason: str) -> str:
    told = " ".join(reason.split())
    if len(told.replace(" ", "")) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": f"请写明查看理由，至少 {SHORTEST_REASON} 个字，例如“核对到访人身份”"}, code="reason"
        )
    if len(told) > LONGEST_REASON:
        raise ValidationError({"reason": f"查看理由最多 {LONGEST_REASON} 个字，请写得短一些"}, code="reason")
    return told
