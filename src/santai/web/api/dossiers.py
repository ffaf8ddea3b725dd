"""A person's dossier for programs, as on the page: staff with right and reason, the person their own; all is logged."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from santai.archive.dossier.exporting import Exported, export_for_staff, export_own
from santai.archive.dossier.opening import LONGEST_WORDS, OPENERS, NotYours, Purpose, open_dossier, opened
from santai.archive.dossier.reading import look_lines, own_scope, staff_scope
from santai.archive.dossier.shape import Dossier, LookLine
from santai.casework.codes import tidy
from santai.people.models import Party
from santai.trust.actors import Actor, Channel
from santai.trust.models import SensitiveLook
from santai.web.api.callers import STAFF_OR_OWNER, Caller, Proof, known, own_parties, staff_with
from santai.web.api.problems import BadFilling, NotFound
from santai.web.api.schemas import answers
from santai.web.dossier import as_download

router = Router(tags=["档案"])
ME = "me"
LONGEST_ID = 18
MOST_LOOKS = 500
PERSON = "当事人编号，见案件的 applicant；本人查自己的写 me"
Person = Annotated[str, Path(description=PERSON, pattern=rf"^(me|\d{{1,{LONGEST_ID}}})$")]


class WhyOpen(Schema):
    purpose: Literal["", "contact", "handling", "supervision", "coordination", "other"] = Field(
        "", description="为什么要看：" + "、".join(f"{one.value} {one.label}" for one in Purpose) + "。本人不用填"
    )
    reason: str = Field(
        "",
        max_length=LONGEST_WORDS,
        description="具体理由，至少4个字；当事人能看到。地址会留在日志里，不要写姓名和号码。本人不用填",
        examples=["来电询问去年的援助案"],
    )
    case: str = Field("", max_length=30, description="为哪个案件查看；本人的电话登记了几个人的，用案码选是哪一位")
    format: Literal["json", "pdf"] = Field("json", description="和网页上导出的一样")


class Looks(Schema):
    looks: list[LookLine] = Field(description="谁、什么时候、为什么看过，新的在前")


FILES = {
    "responses": {
        200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
    }
}


@router.get(
    "/dossiers/{person}",
    auth=STAFF_OR_OWNER,
    operation_id="getDossier",
    summary="一个人（单位）的综合档案",
    description="工作人员要有权限、写理由，打开和取走都会记录，当事人能看到；本人取自己的，内容齐全。",
    response=answers({200: Dossier}, 401, 403, 404, 422),
    openapi_extra=FILES,
)
def dossier(request: HttpRequest, person: Person, why: Query[WhyOpen]) -> HttpResponse:
    caller, now = known(request), timezone.now()
    made = _own(caller, person, why, at=now) if caller.user is None else _for_staff(request, person, why, at=now)
    return as_download(made)


def _own(caller: Caller, person: str, why: WhyOpen, *, at: datetime) -> Exported:
    return export_own(own_scope(_themself(caller, person, why.case)), why.format, at=at)


def _themself(caller: Caller, person: str, code: str) -> Party:
    """Among those of the proven phone, the one meant; anybody else does not exist."""
    held = own_parties(caller).filter(cases__code=tidy(code)).distinct() if code else own_parties(caller)
    found = list((held if person == ME else held.filter(pk=person)).order_by("pk")[:2])
    if not found:
        raise _nobody()
    if len(found) > 1:
        told = "这个手机号登记了不止一个人（单位）"
        raise BadFilling(told, todo="请用 case 写上其中一位的案码。", fields={"case": [told]})
    return found[0]


def _for_staff(request: HttpRequest, person: str, why: WhyOpen, *, at: datetime) -> Exported:
    user = staff_with(request, OPENERS)
    party = Party.objects.filter(pk=person).first() if person != ME else None
    if party is None:
        raise _nobody()
    actor = Actor.staff(user, Channel.API)
    look = _opened(party, actor, why, at=at)
    return export_for_staff(staff_scope(party, actor), why.format, look=look, user=user, at=at)


def _opened(party: Party, actor: Actor, why: WhyOpen, *, at: datetime) -> SensitiveLook:
    code = _code_of(party, actor, why.case)
    try:
        ticket = open_dossier(party, actor=actor, purpose=why.purpose, words=why.reason, case_code=code, at=at)
        return opened(ticket, actor=actor, at=at)
    except NotYours as fault:
        raise _nobody() from fault
    except ValidationError as fault:
        fields = {"reason" if name == "words" else name: told for name, told in fault.message_dict.items()}
        raise BadFilling(*fault.messages, todo="请补上再取一次。", fields=fields) from fault


def _code_of(party: Party, actor: Actor, typed: str) -> str:
    """The case it is for: one of this person's that the caller sees."""
    if not typed:
        return ""
    code = tidy(typed)
    if not staff_scope(party, actor).cases.filter(code=code).exists():
        raise _nobody()
    return code


def _nobody() -> NotFound:
    return NotFound("没有找到这位当事人，或者他的档案不归您查看", todo="请核对编号；正在接待的，请先登记接待。")


@router.get(
    "/dossiers/me/looks",
    auth=[Proof()],
    operation_id="getWhoLooked",
    summary="谁看过我的信息",
    description="只给本人。",
    response=answers({200: Looks}, 401, 404),
)
def looks(request: HttpRequest) -> Looks:
    parties = own_parties(known(request))
    rows = SensitiveLook.objects.filter(party__in=parties).select_related("user").order_by("-at", "-pk")[:MOST_LOOKS]
    return Looks(looks=look_lines(list(rows)))
