"""Signing letters by API: the person for themself, the handler for their office, each bound to the text they saw."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from santai.casework.models import Case
from santai.casework.refusals import NotYou, Refused
from santai.documents.models import Letter, Signature
from santai.documents.signing import APPLICANT, HANDLER, NotSigned, Signer, sign, still_to_sign
from santai.trust.actors import Actor
from santai.web.api.callers import STAFF_OR_OWNER, known, seen_by
from santai.web.api.letters import letter_of
from santai.web.api.problems import BadFilling
from santai.web.api.schemas import Given, Words, answers

router = Router(tags=["文书"])
SAYS_WHICH = 64


class CannotSign(Refused):
    """The letter is not to be signed like this, or not any more."""

    status = 409
    title = "没有签上"


class SignIn(Given):
    digest: Words = Field(
        description="您看过的那份文书的 digest（正文的 SM3），见案件的 letters", max_length=SAYS_WHICH
    )
    confirmed: bool = Field(description="看过全文，内容是签名人的真实意思", examples=[True])
    name: Words = Field("", description="当事人签名时写姓名，要和登记的一样；承办人不用写", max_length=60)


class SignatureOut(Schema):
    capacity: str = Field(description="以什么身份", examples=["当事人"])
    name: str
    how: str = Field(description="怎样签的", examples=["短信验证码"])
    signed_at: datetime
    digest: str = Field(description="签的正文（SM3）")
    sha256: str = Field(description="签的 PDF（SHA-256）")
    witnessed_by: str = Field(description="谁见证的；没有时为空")


class Signed(Schema):
    signatures: list[SignatureOut] = Field(description="已经签的，先签的在前")
    still_to_sign: list[str] = Field(description="还要谁签；不用签的文书为空")


@router.get(
    "/cases/{code}/letters/{number}/signatures",
    auth=STAFF_OR_OWNER,
    operation_id="getSignatures",
    summary="文书的签名",
    response=answers({200: Signed}, 401, 403, 404),
)
def signatures(request: HttpRequest, code: str, number: str) -> Signed:
    case, actor = seen_by(known(request), code)
    return _told(letter_of(case, actor, number))


@router.post(
    "/cases/{code}/letters/{number}/signatures",
    auth=STAFF_OR_OWNER,
    operation_id="signLetter",
    summary="给文书签名",
    description="当事人给自己签，承办人以承办人的身份签；替别人签的，请在窗口当面手写。409：不用签、已经签过，或者文书变了。",
    response=answers({201: Signed}, 401, 403, 404, 409, 415, 422),
)
def sign_letter(request: HttpRequest, code: str, number: str, given: SignIn) -> Status[Signed]:
    case, actor = seen_by(known(request), code)
    letter = letter_of(case, actor, number)
    signer = _signer(case, actor)
    _check(given, letter, signer, case)
    how = Signature.How.LOGIN if actor.user else Signature.How.CODE
    try:
        sign(letter, signer, how=how, channel=actor.channel, at=timezone.now())
    except NotSigned as fault:
        raise CannotSign(fault.problem, todo=fault.todo) from fault
    return Status(201, _told(letter))


def _signer(case: Case, actor: Actor) -> Signer:
    if actor.user is None:
        return Signer(APPLICANT, case.applicant.name, party=case.applicant)
    if case.handler_id != actor.user.pk:
        raise NotYou("只有当事人本人和这件事的承办人能这样签", todo="请联系承办人；当事人也可以在窗口当面签。")
    return Signer(HANDLER, actor.user.display_name, user=actor.user)


def _check(given: SignIn, letter: Letter, signer: Signer, case: Case) -> None:
    faults: dict[str, list[str]] = {}
    if not given.confirmed:
        faults["confirmed"] = ["请先看完全文，同意的再签；不同意的不要签，可以告诉承办人或打12348。"]
    if signer.party and "".join(given.name.split()) != "".join(case.applicant.name.split()):
        faults["name"] = ["和文书上的姓名不一样，请对照后再写一遍。"]
    if faults:
        problems = [told for several in faults.values() for told in several]
        raise BadFilling(*problems, todo="请改正后再签一次。", fields=faults)
    if given.digest != letter.digest:
        raise CannotSign("您看过的不是这份文书现在的内容", todo="请重新读取文书，看过全文再签。")


def _told(letter: Letter) -> Signed:
    done = letter.signatures.order_by("signed_at", "pk")
    return Signed(signatures=[_signature(one) for one in done], still_to_sign=still_to_sign(letter))


def _signature(one: Signature) -> SignatureOut:
    return SignatureOut(
        capacity=one.capacity,
        name=one.name,
        how=str(Signature.How(one.how).label),
        signed_at=one.signed_at,
        digest=one.digest,
        sha256=one.sha256,
        witnessed_by=one.witnessed_by,
    )
