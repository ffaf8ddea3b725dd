"""Finding the person one is speaking with, and reading what identifies them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import Field

from santai.casework.access import cases_for
from santai.casework.models import Case
from santai.people.models import Party
from santai.people.parties import find_by_id_number, find_by_name, find_by_phone, open_contact
from santai.people.safe_contact import with_safe_phone
from santai.trust.actors import Actor, Channel
from santai.trust.looks import look, write_look
from santai.trust.memberships import roles_of
from santai.trust.models import User
from santai.trust.roles import FRONT_LINE, ROLES
from santai.web.api import schemas, showing
from santai.web.api.callers import STAFF, staff, staff_with
from santai.web.api.problems import BadFilling, NotAllowed, NotFound
from santai.web.api.schemas import Given, Words, answers

router = Router(tags=["当事人"])
FINDERS = {"phone": find_by_phone, "id_number": find_by_id_number, "name": find_by_name}
MOST_MATCHES = 20
MOST_CASES = 100


class LookupIn(Given):
    phone: Words = Field("", description="电话", examples=["13800001234"])
    id_number: Words = Field("", description="证件号")
    name: Words = Field("", description="姓名（名称），要写全")
    party: int | None = Field(None, description="同名的人不止一个时，选中的那位的编号")
    channel: Literal["hotline", "counter"] = Field(description="通过哪里接待")
    reason: str = Field(description="为什么查，至少4个字", min_length=4, max_length=200, examples=["来电人询问进展"])


class PartyOut(Schema):
    id: int
    name: str = Field(description="已隐去", examples=["王**"])
    phone: str = Field(description="已隐去", examples=["138****5678"])
    id_number: str = Field(description="已隐去")
    kind: str = Field(description="person 个人、company 单位")
    groups: list[str] = Field(description="特殊群体")
    safe_contact: list[str] = Field(description="怎样联系才安全：联系前先看，逐条照办；没有顾虑的为空")
    is_open: bool = Field(description="接待已登记，可以查看并接着办他的事")
    cases: list[schemas.CaseBrief] = Field(description="他的全部案件，新的在前；还没有选定时为空")


class Matches(Schema):
    parties: list[PartyOut]
    todo: str = Field(description="接下来怎么做")


class UnmaskIn(Given):
    fields: list[Literal["name", "phone", "id_number"]] = Field(description="要查看的内容", min_length=1)
    reason: str = Field(
        description="理由，至少4个字，会记录在案", min_length=4, max_length=200, examples=["电话回访当事人"]
    )
    case: Words = Field("", description="为哪个案件查看（案码）")


class Unmasked(Schema):
    fields: dict[str, str] = Field(
        description="看了电话、当事人又另外留了安全的电话的，还有 safe_phone：只联系这个",
        examples=[{"phone": "13800001234"}],
    )
    safe_contact: list[str] = Field(description="怎样联系才安全：联系前先看，逐条照办；没有顾虑的为空")


@router.post(
    "/parties/lookup",
    auth=STAFF,
    operation_id="lookUpParty",
    summary="查来电人、来访人，登记接待",
    description="电话、证件号、姓名填一项。登记接待后两小时内可以查看并接着办他的事；查找和理由都会记录。",
    response=answers({200: Matches}, 401, 403, 415, 422),
)
def look_up(request: HttpRequest, given: LookupIn) -> Matches:
    user, at = staff_with(request, FRONT_LINE), timezone.now()
    found_by = _found_by(given)
    matches = FINDERS[found_by](getattr(given, found_by))
    chosen = _chosen(matches, found_by, given.party)
    with transaction.atomic():
        for party in chosen:
            write_look(party.pk, user=user, what=["cases"], reason=given.reason, at=at)
            open_contact(party, user=user, channel=given.channel, found_by=found_by, at=at)
    cases = _cases_of(chosen, Actor.staff(user, Channel(given.channel)), at=at)
    opened = {party.pk for party in chosen}
    shown = [_shown(party, cases, is_open=party.pk in opened) for party in matches[:MOST_MATCHES]]
    return Matches(parties=shown, todo=_todo(matches, chosen))


def _found_by(given: LookupIn) -> str:
    filled = [name for name in FINDERS if getattr(given, name).strip()]
    if len(filled) != 1:
        told = "电话、证件号、姓名请填其中一项"
        raise BadFilling(told, todo="填一项最有把握的。", fields={name: [told] for name in filled or FINDERS})
    return filled[0]


def _chosen(matches: list[Party], found_by: str, wanted: int | None) -> list[Party]:
    """Those one is speaking with. A name alone opens nobody's cases while others have the same name."""
    if wanted is not None:
        return [party for party in matches if party.pk == wanted]
    return matches if found_by != "name" or len(matches) == 1 else []


def _cases_of(parties: list[Party], actor: Actor, *, at: datetime) -> list[Case]:
    found = cases_for(actor, at=at).filter(applicant__in=parties)
    return list(found.select_related("organisation", "handler").order_by("-opened_at", "-pk")[:MOST_CASES])


def _shown(party: Party, cases: list[Case], *, is_open: bool) -> PartyOut:
    return PartyOut(
        id=party.pk,
        name=party.masked_name,
        phone=party.masked_phone,
        id_number=party.masked_id,
        kind=party.kind,
        groups=party.groups,
        safe_contact=showing.safe_contact_of(party),
        is_open=is_open,
        cases=[schemas.CaseBrief(**showing.brief(case)) for case in cases if case.applicant_id == party.pk],
    )


def _todo(matches: list[Party], chosen: list[Party]) -> str:
    if not matches:
        return "没有找到，可能是第一次来。请核对后再查，或直接登记新的诉求。"
    if not chosen:
        return "同名的不止一位，请核对电话尾号，再带上 party 查一次。"
    return ""


@router.post(
    "/parties/{party_id}/unmask",
    auth=STAFF,
    operation_id="unmaskParty",
    summary="查看当事人的完整信息",
    description="要写理由；谁、看了谁、为什么、什么时候，都会记录，不能删改。",
    response=answers({200: Unmasked}, 401, 403, 404, 415, 422),
)
def unmask(
    request: HttpRequest, party_id: Annotated[int, Path(description="当事人编号", ge=1, le=2**63 - 1)], given: UnmaskIn
) -> Unmasked:
    user = staff(request)
    party = _party_seen_by(user, party_id, given.case)
    plain = look(party, user=user, fields=given.fields, reason=given.reason, case_code=given.case)
    return Unmasked(fields=with_safe_phone(plain, party), safe_contact=showing.safe_contact_of(party))


def _party_seen_by(user: User, party_id: int, code: str) -> Party:
    visible = cases_for(Actor.staff(user, Channel.API)).filter(applicant_id=party_id)
    party = Party.objects.filter(pk=party_id).first()
    if party is None or not (visible.filter(code=code) if code else visible).exists():
        raise NotFound("没有找到这位当事人，或者他的事不归您查看", todo="请先按电话、证件号或姓名登记接待。")
    if all(ROLES[role].read_only for role in roles_of(user)):
        raise NotAllowed("您的角色只能查看隐去后的信息", todo="确有需要的，请联系承办人。")
    return party
