"""Special groups: what a person says of themselves, and what has been seen on a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from santai.people.models import GroupMembership, Party, SpecialGroup
from santai.people.validation import normalise_groups
from santai.trust.models import User

# What shows that somebody belongs to it.
PROOFS = {
    SpecialGroup.MINOR: "户口簿或者身份证、出生医学证明",
    SpecialGroup.ELDERLY: "身份证",
    SpecialGroup.DISABLED: "残疾人证",
    SpecialGroup.MIGRANT_WORKER: "劳动合同、工资条、考勤或者用工单位的证明",
    SpecialGroup.WOMAN: "报警回执、告诫书、人身安全保护令或者妇联的证明",
    SpecialGroup.SOLDIER_FAMILY: "军人证件或者部队出具的证明",
    SpecialGroup.VETERAN: "退役军人优待证或者退出现役证",
    SpecialGroup.LOW_INCOME: "低保证、特困人员救助供养证或者民政部门的证明",
}


@dataclass(frozen=True)
class Standing:
    """One group of a person. `checked_by` is empty while nobody has seen a document."""

    group: str
    is_verified: bool
    checked_by: str = ""
    checked_at: datetime | None = None
    valid_until: date | None = None
    membership_id: int | None = None

    @property
    def label(self) -> str:
        return str(SpecialGroup(self.group).label)

    @property
    def proof(self) -> str:
        return PROOFS[SpecialGroup(self.group)]

    @property
    def in_words(self) -> str:
        return f"{self.label}（{'已核实' if self.is_verified else '待核实'}）"


def standings(party: Party, on: date | None = None) -> list[Standing]:
    """Every group that was declared or verified, in the order of the list."""
    held = {one.group: one for one in _in_force(party, on or timezone.localdate()).select_related("checked_by")}
    return [_standing(group, held.get(group)) for group in SpecialGroup.values if group in {*party.groups, *held}]


def _standing(group: str, held: GroupMembership | None) -> Standing:
    if held is None:
        return Standing(group, is_verified=False)
    return Standing(group, True, held.checked_by.display_name, held.checked_at, held.valid_until, held.pk)


def verified_groups(party: Party, on: date | None = None) -> frozenset[str]:
    return frozenset(_in_force(party, on or timezone.localdate()).values_list("group", flat=True))


def _in_force(party: Party, on: date) -> QuerySet[GroupMembership]:
    unexpired = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return GroupMembership.objects.filter(unexpired, party=party, ended_at__isnull=True)


def verify(
    party: Party,
    group: str,
    *,
    document_id: int,
    user: User,
    valid_until: date | None = None,
    at: datetime | None = None,
) -> GroupMembership:
    """Somebody has seen the document. An earlier check of the same group is replaced, with the reason written."""
    moment = at or timezone.now()
    if group not in SpecialGroup.values:
        raise ValidationError({"group": "请从列表里选择一项。"})
    if valid_until and valid_until < localdate(moment):
        raise ValidationError({"valid_until": "证明已经过期，不能作为依据；请交有效的证明。"})
    membership = GroupMembership(
        party=party, group=group, document_id=document_id, checked_by=user, checked_at=moment, valid_until=valid_until
    )
    try:
        with transaction.atomic():
            before = GroupMembership.objects.filter(party=party, group=group, ended_at__isnull=True)
            before.update(ended_at=moment, ended_by=user, ended_reason="重新核实")
            membership.save(force_insert=True)
            _declare(party, group)
    except IntegrityError as fault:
        raise ValidationError({"group": "刚刚有人核实了这一项，请刷新页面查看。"}) from fault
    return membership


def _declare(party: Party, group: str) -> None:
    together = normalise_groups([*party.groups, group])
    if together != party.groups:
        party.groups = together
        party.save(update_fields=["groups"])


def withdraw(membership: GroupMembership, *, user: User, reason: str, at: datetime | None = None) -> None:
    """It turned out to be wrong, or does not hold any more; the group goes off the person's list as well."""
    if len(reason.strip()) < 2:
        raise ValidationError({"reason": "请写明为什么不再认定。"})
    with transaction.atomic():
        open_still = GroupMembership.objects.filter(pk=membership.pk, ended_at__isnull=True)
        open_still.update(ended_at=at or timezone.now(), ended_by=user, ended_reason=reason.strip()[:200])
        party = membership.party
        party.groups = [group for group in party.groups if group != membership.group]
        party.save(update_fields=["groups"])
