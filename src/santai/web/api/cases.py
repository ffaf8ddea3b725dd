"""Cases under way: the work list, one case, a step, a paper, a rating."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from santai.casework.access import roles_on
from santai.casework.actions import attach_documents, take_step
from santai.casework.models import Case
from santai.casework.refusals import NotFromHere, NotYou
from santai.casework.worklist import worklist
from santai.documents.files import store
from santai.documents.models import DocumentKind, StoredFile
from santai.evaluation.rate import rate
from santai.intake.opening import Opening, open_at_desk
from santai.intake.receive import Applicant
from santai.people.models import Party
from santai.trust.actors import Actor, Channel
from santai.trust.roles import ROLES
from santai.web.api import schemas, showing
from santai.web.api.callers import STAFF, STAFF_OR_OWNER, known, seen_by, staff
from santai.web.api.problems import BadFilling
from santai.web.api.schemas import Given, answers

router = Router(tags=["案件"])
MOST_ROWS = 100
LARGEST = 2**63 - 1


class Filters(Schema):
    scope: Literal["mine", "organisation", "region"] = Field("mine", description="我的、本单位、辖区")
    state: str = Field("", description="状态", examples=["handling"])
    procedure: str = Field("", description="程序", examples=["work_order"])
    matter: str = Field("", description="事项", examples=["劳动纠纷"])
    channel: schemas.ChannelName | Literal[""] = Field("", description="来源")
    region: str = Field("", description="区划代码（前缀）", examples=["2301"])
    urgency: Literal["", "0", "1", "2"] = Field("", description="紧急程度")
    due: Literal["", "overdue", "soon", "paused", "provisional"] = Field(
        "", description="已逾期、三日内到期、已中止、期限暂定"
    )
    closed: bool = Field(False, description="看已了结的")
    cursor: str = Field("", description="上一页给出的 next_cursor")
    size: int = Field(30, ge=1, le=MOST_ROWS, description="一页几件")


class CasePage(Schema):
    cases: list[schemas.CaseRow] = Field(description="期限近的在前")
    next_cursor: str = Field(description="下一页的 cursor；没有下一页时为空")


class StepIn(Given):
    version: int | None = Field(None, description="您看到的案件版本；带上它，别人先办了会得到409")
    data: dict[str, Any] = Field(
        {}, description="填写的内容，见 available_steps 里的 form", examples=[{"answer": "可以申请劳动仲裁。"}]
    )
    documents: list[Annotated[int, Field(ge=1, le=LARGEST)]] = Field(
        [], description="这一步依据的材料编号（先用 POST /cases/{code}/documents 上传）"
    )
    channel: schemas.ChannelName | None = Field(None, description="通过哪里办的；默认 api")


class CaseIn(Given):
    procedure: str = Field(description="程序", examples=["legal_aid_civil"])
    text: str = Field(description="来由和经过", examples=["法院通知为被告人指派辩护律师。"])
    region: str = Field(description="区划代码", examples=["230102"])
    applicant: schemas.ApplicantIn = Field(description="案件是谁的：个人、村委会、企业、机关")


class RatingIn(Given):
    score: int = Field(description="1 非常不满意 … 5 非常满意", examples=[5])
    comment: schemas.Words = Field("", description="想说的话；不满意时请写明原因")
    version: int | None = Field(None, description="您看到的案件版本")
    channel: schemas.ChannelName | None = Field(None, description="通过哪里评价的；默认 api")


@router.get(
    "/cases",
    auth=STAFF,
    operation_id="listCases",
    summary="工作列表",
    response=answers({200: CasePage}, 401, 403, 422),
)
def list_cases(request: HttpRequest, filters: Annotated[Filters, Query()]) -> CasePage:
    at, actor = timezone.now(), Actor.staff(staff(request), Channel.API)
    wanted = {
        name: value
        for name, value in filters.model_dump(exclude={"scope", "cursor", "size", "closed"}).items()
        if value
    }
    if filters.closed:
        wanted["closed"] = "1"
    page = worklist(actor, filters.scope, filters=wanted, cursor=filters.cursor, size=filters.size, at=at)
    return CasePage(cases=showing.rows(page.rows, actor, at=at), next_cursor=page.next_cursor)


@router.post(
    "/cases",
    auth=STAFF,
    operation_id="openCase",
    summary="直接立案",
    description=(
        "不是从诉求转来的案件，例如法院的通知辩护、合同备案、执法检查；"
        "谁能立哪一类，见 GET /procedures/{name} 的 opened_by。"
    ),
    response=answers({201: schemas.CaseNow}, 401, 403, 415, 422),
)
def open_case(request: HttpRequest, given: CaseIn) -> Status[schemas.CaseNow]:
    at, actor = timezone.now(), Actor.staff(staff(request), Channel.API)
    about = given.applicant
    applicant = Applicant(about.name, about.phone, about.id_number, about.kind or Party.Kind.PERSON)
    case = open_at_desk(Opening(given.procedure, given.text, given.region, applicant), actor=actor, at=at)
    return Status(201, schemas.CaseNow(**showing.now_open(case, actor, at=at)))


@router.get(
    "/cases/{code}",
    auth=STAFF_OR_OWNER,
    operation_id="getCase",
    summary="一个案件的全部",
    response=answers({200: schemas.CaseDetail}, 401, 403, 404),
)
def get_case(request: HttpRequest, code: str) -> schemas.CaseDetail:
    case, actor = seen_by(known(request), code)
    return showing.detail(case, actor, at=timezone.now())


@router.post(
    "/cases/{code}/steps/{step}",
    auth=STAFF_OR_OWNER,
    operation_id="takeStep",
    summary="办理一步",
    description=(
        "409：当前环节不能这样办，或别人刚办过（请重新读取）；403：您的角色不能办这一步；"
        "422：缺少材料或填写有误，fields 里逐项说明。被拒绝时什么都没有写入。"
    ),
    response=answers({200: schemas.CaseNow}, 401, 403, 404, 409, 415, 422),
)
def take_a_step(request: HttpRequest, code: str, step: str, given: StepIn) -> schemas.CaseNow:
    at = timezone.now()
    case, actor = seen_by(known(request), code, Channel(given.channel or Channel.API))
    papers = _papers(case, given.documents)
    take_step(case, step, actor=actor, data=given.data, documents=papers, at=at, version=given.version)
    return schemas.CaseNow(**showing.now_open(case, actor, at=at))


@router.post(
    "/cases/{code}/rating",
    auth=STAFF_OR_OWNER,
    operation_id="rateCase",
    summary="评价",
    response=answers({200: schemas.CaseNow}, 401, 403, 404, 409, 415, 422),
)
def rate_case(request: HttpRequest, code: str, given: RatingIn) -> schemas.CaseNow:
    at = timezone.now()
    case, actor = seen_by(known(request), code, Channel(given.channel or Channel.API))
    rate(case, given.score, comment=given.comment, actor=actor, at=at, version=given.version)
    return schemas.CaseNow(**showing.now_open(case, actor, at=at))


@router.post(
    "/cases/{code}/documents",
    auth=STAFF_OR_OWNER,
    operation_id="addDocument",
    summary="上传一份材料",
    description="multipart/form-data，字段名 file。按内容识别类型，与文件名不符的不收。",
    response=answers({201: schemas.PaperOut}, 401, 403, 404, 409, 415, 422),
)
def add_document(
    request: HttpRequest,
    code: str,
    file: Annotated[UploadedFile, File(description="PDF、JPG、PNG、WEBP、HEIC、DOCX、OFD 或 TXT")],
    kind: Annotated[DocumentKind, Query(description="材料种类")] = DocumentKind.OTHER,
) -> Status[schemas.PaperOut]:
    caller = known(request)
    case, actor = seen_by(caller, code)
    _check_may_add(case, actor)
    with transaction.atomic():
        stored = store(file, by=caller.user)
        attach_documents(case, [(stored, kind.value)], actor=actor)
    return Status(201, showing.paper_out(case.documents.select_related("file").get(file=stored, kind=kind)))


def _check_may_add(case: Case, actor: Actor) -> None:
    if all(ROLES[role].read_only for role in roles_on(case, actor)):
        raise NotYou("您可以查看这件事，不能往里放材料", todo="请联系承办人或窗口人员。")
    if case.closed_at:
        raise NotFromHere("这件事已经了结，不能再放材料", todo="有新情况请重新提出诉求，或拨打12348。")


def _papers(case: Case, wanted: Iterable[int]) -> list[tuple[StoredFile, str]]:
    """The papers a step relies on; they must lie on this very case."""
    numbers = list(dict.fromkeys(wanted))
    found = {paper.pk: paper for paper in case.documents.select_related("file").filter(pk__in=numbers)}
    lacking = [str(number) for number in numbers if number not in found]
    if lacking:
        told = f"这个案件里没有编号为{'、'.join(lacking)}的材料"
        raise BadFilling(told, todo="请先上传，再填上传后得到的编号。", fields={"documents": [told]})
    return [(paper.file, paper.kind) for paper in found.values()]
