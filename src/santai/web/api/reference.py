"""What anybody may know: places, organisations, the procedures themselves, whether a code is genuine, and health."""

from __future__ import annotations

import logging
from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field

from santai import __version__
from santai.casework.access import procedure_of
from santai.casework.codes import tidy
from santai.casework.models import Case
from santai.registry.models import Organisation, OrganisationKind, Region
from santai.registry.regions import UnknownRegion, within
from santai.triage.classify import classify
from santai.web.api.callers import OPEN_TO_ANYBODY, caller_of, nothing_under, slow_down
from santai.web.api.problems import BadFilling, Down, NotFound
from santai.web.api.schemas import Given, Words, answers
from santai.web.paging import page_of

router = Router(tags=["公开信息"])
log = logging.getLogger(__name__)


class RegionOut(Schema):
    code: str = Field(examples=["230102"])
    name: str = Field(examples=["道里区"])
    full_name: str = Field(examples=["黑龙江省哈尔滨市道里区"])
    level: int = Field(description="2 省、4 市(地)、6 县(市、区)")


class Where(Schema):
    region: str = Field("", description="区划代码（前缀）", max_length=12)
    kind: Annotated[OrganisationKind | None, BeforeValidator(lambda given: given or None)] = Field(
        None, description="类别"
    )
    cursor: str = Field("", description="上一页给出的 next_cursor")


class OrganisationOut(Schema):
    id: int
    name: str
    kind: str = Field(examples=["legal_aid"])
    kind_label: str = Field(examples=["法律援助机构"])
    region: str = Field(examples=["230102"])
    region_name: str
    address: str
    phone: str
    hours: str = Field(description="服务时间")
    matters: list[str] = Field(description="擅长事项")


class OrganisationPage(Schema):
    organisations: list[OrganisationOut]
    next_cursor: str = Field(description="下一页的 cursor；没有下一页时为空")


class Verified(Schema):
    code: str
    is_genuine: bool = Field(description="本平台确实有这个案码")
    procedure_label: str = Field(examples=["工单"])
    region_name: str = Field(description="受理地")
    opened_on: date = Field(description="受理日期")
    stage: str = Field(examples=["办理"])


class TextIn(Given):
    text: str = Field(description="遇到的事", examples=["老板拖欠我三个月工资，怎么办？"])
    region: Words = Field("", description="区划代码；不填就从文字里找")


class Why(Schema):
    kind: str = Field(description="matter、procedure、region、urgency、group、amount 或 doubt")
    text: str = Field(description="理由")
    term: str = Field(description="依据的词")


class OtherOut(Schema):
    name: str = Field(description="文字里的名称或者姓名，没有时为空")
    role: str = Field(description="是什么人，如老板、房东；没有时为空")


class FindingOut(Schema):
    matter: str = Field(examples=["劳动纠纷"])
    area: str = Field(description="法律部门", examples=["劳动"])
    others: list[OtherOut] = Field(description="对方可能是谁，请核对")
    procedure: str = Field(examples=["work_order"])
    suggested_service: str = Field(examples=["法律援助"])
    region: str
    urgency: int = Field(description="0 一般、1 优先、2 紧急")
    groups: list[str]
    amounts: list[int] = Field(description="文字里的金额，元")
    at_once: list[str] = Field(description="要马上告诉当事人的话")
    confidence: float = Field(description="把握，0到1")
    needs_person: bool = Field(description="要有人核对")
    reasons: list[Why]


class Health(Schema):
    status: Literal["ok"]
    db: bool = Field(description="数据库可用")
    version: str


@router.get(
    "/regions",
    auth=None,
    operation_id="listRegions",
    summary="区划",
    response=answers({200: list[RegionOut]}, 404, 422),
)
def list_regions(
    request: HttpRequest, parent: Annotated[str, Query(description="上级区划代码；不填为省一级", max_length=12)] = ""
) -> list[Region]:
    if parent and not Region.objects.filter(code=parent).exists():
        raise NotFound(f"没有区划代码为“{parent}”的地方", todo="请从上一级的列表中选择。")
    return list(Region.objects.filter(parent=parent) if parent else Region.objects.filter(parent__isnull=True))


@router.get(
    "/organisations",
    auth=None,
    operation_id="listOrganisations",
    summary="在业的法律服务机构",
    response=answers({200: OrganisationPage}, 422),
)
def list_organisations(request: HttpRequest, where: Annotated[Where, Query()]) -> OrganisationPage:
    try:
        found = Organisation.objects.filter(within(where.region, "region"), is_active=True).select_related("region")
    except UnknownRegion as fault:
        raise BadFilling(str(fault), todo="区划代码见 GET /regions。", fields={"region": [str(fault)]}) from fault
    page = page_of(found.filter(kind=where.kind) if where.kind else found, cursor=where.cursor, size=50)
    return OrganisationPage(organisations=[_organisation(one) for one in page.rows], next_cursor=page.after or "")


def _organisation(one: Organisation) -> OrganisationOut:
    return OrganisationOut(
        id=one.pk,
        name=one.name,
        kind=one.kind,
        kind_label=one.get_kind_display(),
        region=one.region_id,
        region_name=one.region.full_name,
        address=one.address,
        phone=one.phone,
        hours=one.hours,
        matters=one.matters,
    )


@router.get(
    "/verify/{code}",
    auth=None,
    operation_id="verifyCode",
    summary="核验案码",
    description="扫描回执或文书上的二维码就到这里；不显示任何人的信息。",
    response=answers({200: Verified}, 404),
)
def verify(request: HttpRequest, code: str) -> Verified:
    plain = tidy(code)
    case = Case.objects.filter(code=plain).first()
    if case is None:
        raise nothing_under(plain)
    place = Region.objects.filter(code=case.region[:6]).first()
    table = procedure_of(case)
    return Verified(
        code=case.code,
        is_genuine=True,
        procedure_label=table.label,
        region_name=place.full_name if place else "",
        opened_on=localdate(case.opened_at),
        stage=table.stage_of(case.state),
    )


@router.post(
    "/triage",
    auth=None,
    operation_id="triage",
    summary="只分类，不登记",
    response=answers({200: FindingOut}, 401, 415, 422, 429),
    openapi_extra=OPEN_TO_ANYBODY,
)
def triage(request: HttpRequest, given: TextIn) -> FindingOut:
    if caller_of(request).user is None:
        slow_down(request, "triage")
    if len(given.text) > settings.ENV.text_limit:
        told = f"文字太长，最多{settings.ENV.text_limit}字"
        raise BadFilling(told, todo="请只写主要经过。", fields={"text": [told]})
    found = classify(given.text, region=given.region, today=localdate())
    return FindingOut(
        **{name: getattr(found, name) for name in FindingOut.model_fields if name not in ("reasons", "others")},
        others=[OtherOut(name=other.name, role=other.label) for other in found.others],
        reasons=[Why(kind=reason.kind, text=reason.text, term=reason.term) for reason in found.reasons],
    )


@router.get(
    "/health",
    auth=None,
    operation_id="health",
    summary="服务是否正常",
    response=answers({200: Health}, 503),
)
def health(request: HttpRequest) -> Health:
    if not _database_answers():
        raise Down("数据库没有回应", todo="请过一会儿再试。")
    return Health(status="ok", db=True, version=__version__)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        log.exception("the database does not answer")
        return False
