"""Letters of a case: the PDF, the public check, and the person's consent to get them electronically."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema
from pydantic import Field

from santai.casework.electronic import opened_by_person
from santai.casework.models import Case
from santai.casework.refusals import NotYou
from santai.casework.service import consent_of
from santai.documents.consents import give_consent, withdraw_consent
from santai.documents.copies import as_pdf, copy_of, letter_marked
from santai.documents.letters import is_unchanged
from santai.documents.models import Letter, ServiceWay
from santai.trust.actors import Actor
from santai.web.api.callers import STAFF_OR_OWNER, known, seen_by
from santai.web.api.problems import NotFound
from santai.web.api.schemas import Given, answers

router = Router(tags=["文书"])
PDF_ANSWER = {
    "responses": {
        200: {"description": "PDF", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


class ConsentIn(Given):
    agreed: bool = Field(description="true 同意电子送达，false 不再同意", examples=[True])


class ConsentOut(Schema):
    agreed: bool = Field(description="现在是不是同意电子送达")
    since: datetime | None = Field(None, description="什么时候同意的")


class LetterVerified(Schema):
    number: str = Field(description="文号")
    title: str = Field(description="名称")
    issued_by: str = Field(description="出具单位")
    issued_on: date
    is_unchanged: bool = Field(description="内容与出具时一致")
    digest: str = Field(description="正文摘要（SM3）")
    sha256: str = Field(description="PDF 的 SHA-256")
    served_on: date | None = Field(None, description="送达日期；没有送达的记录时为空")
    served_by: str = Field("", description="送达方式")


@router.get(
    "/cases/{code}/letters/{number}/pdf",
    auth=STAFF_OR_OWNER,
    operation_id="getLetterPdf",
    summary="文书的 PDF",
    description="当事人同意过电子送达的，由本人取得就算收到，会记下时间。",
    response=answers({}, 401, 403, 404),
    openapi_extra=PDF_ANSWER,
)
def letter_pdf(request: HttpRequest, code: str, number: str) -> HttpResponse:
    case, actor = seen_by(known(request), code)
    found = letter_of(case, actor, number)
    if actor.party_id is not None:
        opened_by_person(found, case, at=timezone.now())
    return as_pdf(found)


def letter_of(case: Case, actor: Actor, number: str) -> Letter:
    """A letter of this case that the caller may read."""
    readable = Letter.objects.all() if actor.user else Letter.objects.for_the_person()
    found: Letter | None = readable.filter(case_code=case.code, number=number).first()
    if found is None:
        raise NotFound("这个案件里没有这个文号的文书", todo="请对照案件的 letters 核对文号。")
    return found


@router.post(
    "/cases/{code}/electronic-service",
    auth=STAFF_OR_OWNER,
    operation_id="consentToElectronicService",
    summary="同意或不再同意电子送达",
    description="只能由当事人本人表示；书面同意由工作人员随送达一起登记。",
    response=answers({200: ConsentOut}, 401, 403, 404, 415, 422),
)
def electronic_service(request: HttpRequest, code: str, given: ConsentIn) -> ConsentOut:
    case, actor = seen_by(known(request), code)
    now = timezone.now()
    if actor.party_id is None:
        raise NotYou("同意电子送达只能由当事人本人表示", todo="请本人在网上或窗口确认。")
    if given.agreed:
        give_consent(case.applicant, case_code=case.code, channel=actor.channel, recorded_by=actor.name, at=now)
    else:
        withdraw_consent(case.applicant, [case.code], at=now)
    held = consent_of(case, at=timezone.now())
    return ConsentOut(agreed=held is not None, since=held.given_at if held else None)


@router.get(
    "/verify/letters/{mark}",
    auth=None,
    operation_id="verifyLetter",
    summary="核验文书",
    description="扫描文书上的二维码就到这里；不显示姓名和内容。",
    response=answers({200: LetterVerified}, 404),
)
def verify_letter(request: HttpRequest, mark: str) -> LetterVerified:
    found = letter_marked(mark)
    if found is None:
        raise NotFound("没有这个核验码的文书", todo="请对照文书末尾的16位核验码；也可以拨打12348询问。")
    return LetterVerified(
        number=found.number,
        title=found.title,
        issued_by=found.issued_by,
        issued_on=localdate(found.issued_at),
        is_unchanged=is_unchanged(found),
        digest=found.digest,
        sha256=copy_of(found).sha256,
        served_on=localdate(found.served_at) if found.served_at else None,
        served_by=str(ServiceWay(found.served_by).label) if found.served_by in ServiceWay.values else "",
    )
