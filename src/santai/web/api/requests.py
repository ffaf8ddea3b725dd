"""A need comes in, and its owner looks how it is getting on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router, Schema, Status
from pydantic import Field

from santai.casework.codes import tidy
from santai.intake.codes import send_code, verify_code
from santai.intake.receive import Applicant, BadNeed, Need, Received, receive
from santai.people.models import Party
from santai.people.parties import open_contact
from santai.people.safe_contact import Wish, phones_of
from santai.people.validation import normalise_phone
from santai.trust.actors import Actor, Channel
from santai.trust.crypto import blind_index
from santai.web.api import schemas, showing
from santai.web.api.callers import (
    ANYBODY,
    OPEN_TO_ANYBODY,
    SPOKEN,
    Caller,
    caller_of,
    check_channel,
    nothing_under,
    proof_for,
    seen_by,
    slow_down,
)
from santai.web.api.problems import BadFilling, NotAllowed, NotProven
from santai.web.api.schemas import Given, answers

router = Router(tags=["诉求"])
LONGEST_KEY = 80
OF_APPLICANT = frozenset({"name", "phone", "id_number", "kind"})
OF_SAFE_CONTACT = frozenset({"safe_phone", "safe_until"})
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="提交编号（每件诉求一个，最长80字）：网络不好重发时带同一个编号，不会变成两件",
    ),
]


class NeedIn(Given):
    channel: schemas.ChannelName = Field(description="从哪里来：hotline、counter 只给热线和窗口人员", examples=["api"])
    text: str = Field(description="遇到的事", examples=["老板拖欠我三个月工资共15000元，怎么办？"])
    region: str = Field(description="事情发生地的区划代码（6位），见 GET /regions", examples=["230102"])
    applicant: schemas.ApplicantIn
    groups: list[str] | None = Field(
        None,
        description="特殊群体：minor、elderly、disabled、migrant_worker、woman、soldier_family、veteran、low_income",
        examples=[["migrant_worker"]],
    )
    safe_contact: schemas.SafeContactIn | None = Field(None, description="有人身安全顾虑的：怎样联系才安全")
    matter: schemas.Words = Field("", description="事项；不填由系统判断")
    procedure: schemas.Words = Field(
        "", description="直接申请的法定程序，见 GET /procedures 里的 applied_for；不填按诉求受理"
    )


class PhoneIn(Given):
    phone: str = Field(description="手机号", examples=["13800001234"])


class CodeSent(Schema):
    detail: str = Field(examples=["验证码已发出，10分钟内有效"])
    code: str | None = Field(None, description="验证码；只在演示环境给出")


@router.post(
    "/requests",
    auth=None,
    operation_id="createRequest",
    summary="提交一件诉求",
    description="任何人都可以用 web 或 api 渠道提交；同一编号、或同一人10分钟内同样的内容，返回原来那件（200）。",
    response=answers({201: schemas.RequestReceived, 200: schemas.RequestReceived}, 401, 403, 409, 415, 422, 429),
    openapi_extra=OPEN_TO_ANYBODY,
)
def create_request(request: HttpRequest, need: NeedIn, key: Key = "") -> Status[schemas.RequestReceived]:
    caller, channel, at = caller_of(request), Channel(need.channel), timezone.now()
    check_channel(caller, channel)
    if caller.user is None:
        slow_down(request, "requests")
    actor = Actor.staff(caller.user, channel) if caller.user else Actor(channel=channel, name="当事人")
    received = _received(_need_of(need, key, caller), actor=actor, at=at)
    case = received.case
    if caller.user and channel in SPOKEN:
        open_contact(case.applicant, user=caller.user, channel=channel, found_by="phone", at=at)
    told = actor if caller.user else Actor.applicant(case.applicant_id, channel)
    body = schemas.RequestReceived(
        **showing.now_open(case, told, at=at),
        reasons=showing.reasons(case),
        at_once=case.facts.get("at_once", []),
        is_duplicate=received.is_duplicate,
    )
    return Status(200 if received.is_duplicate else 201, body)


def _need_of(need: NeedIn, key: str, caller: Caller) -> Need:
    if len(key) > LONGEST_KEY:
        raise BadFilling(
            f"提交编号太长，最多{LONGEST_KEY}字", todo="请换一个短一些的编号。", fields={"Idempotency-Key": ["太长"]}
        )
    given = need.applicant
    return Need(
        channel=Channel(need.channel),
        text=need.text,
        region=need.region,
        applicant=Applicant(given.name, given.phone, given.id_number, given.kind or Party.Kind.PERSON),
        groups=tuple(need.groups or ()),
        safe_contact=Wish(**need.safe_contact.model_dump()) if need.safe_contact else Wish(),
        matter=need.matter,
        procedure=need.procedure,
        idempotency_key=key,
        # A phone that nobody proved counts as not verified, whoever says it is theirs.
        phone_verified=_has_proven(caller, given.phone),
    )


def _has_proven(caller: Caller, phone: str) -> bool:
    try:
        return bool(caller.phone_index) and caller.phone_index == blind_index(normalise_phone(phone), "phone")
    except ValidationError:
        return False


def _received(need: Need, *, actor: Actor, at: datetime) -> Received:
    """Faults are named after the fields of the request body."""
    try:
        return _once(need, actor=actor, at=at)
    except BadNeed as fault:
        raise BadNeed(*fault.problems, todo=fault.todo, fields=_as_sent(fault.fields)) from fault
    except ValidationError as fault:
        fields = _as_sent(fault.message_dict) if hasattr(fault, "error_dict") else {}
        raise BadNeed(*fault.messages, todo="请改正后再提交一次。", fields=fields) from fault


def _once(need: Need, *, actor: Actor, at: datetime) -> Received:
    try:
        return receive(need, actor=actor, at=at)
    except IntegrityError:
        # Two arrivals with one key at the same moment: the second, tried again, finds the first.
        return receive(need, actor=actor, at=at)


def _as_sent(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    return {_path_of(name): told for name, told in fields.items()}


def _path_of(name: str) -> str:
    if name in OF_APPLICANT:
        return f"applicant.{name}"
    return f"safe_contact.{name}" if name in OF_SAFE_CONTACT else name


@router.post(
    "/codes",
    auth=None,
    operation_id="sendCode",
    summary="给手机发验证码",
    description="查询进度、继续办事前，用验证码证明手机是自己的。演示环境直接返回验证码。",
    response=answers({202: CodeSent}, 415, 422, 429),
)
def send_a_code(request: HttpRequest, given: PhoneIn) -> Status[CodeSent]:
    slow_down(request, "codes")
    return Status(202, CodeSent(detail="验证码已发出，10分钟内有效", code=send_code(given.phone)))


@router.get(
    "/requests/{code}",
    auth=None,
    operation_id="getRequest",
    summary="查看一件诉求的进展",
    description=(
        "当事人：X-Phone-Last4 和 X-One-Time-Code，或此前得到的 Authorization: Proof 凭证；工作人员：令牌或登录。"
    ),
    response=answers({200: schemas.CaseDetail}, 401, 403, 404, 429),
    openapi_extra=OPEN_TO_ANYBODY,
)
def get_request(
    request: HttpRequest,
    code: str,
    last4: Annotated[str, Header(alias="X-Phone-Last4", description="手机号后四位")] = "",
    one_time_code: Annotated[str, Header(alias="X-One-Time-Code", description="短信收到的验证码")] = "",
) -> Any:
    at = timezone.now()
    caller, proof = caller_of(request), None
    if caller == ANYBODY:
        slow_down(request, "proof")
        caller = _proven(code, last4, one_time_code, at=at)
        token, expires_at = proof_for(caller.phone_index, at=at)
        proof = schemas.ProofOut(token=token, expires_at=expires_at)
    case, actor = seen_by(caller, code)
    shown = showing.detail(case, actor, at=at)
    shown.proof = proof
    return shown


def _proven(code: str, last4: str, one_time_code: str, *, at: datetime) -> Caller:
    """The owner of the case, by the last digits of the phone and the code that was sent to it."""
    if not (last4 and one_time_code):
        raise NotProven(
            "查看进展要先证明手机是您的",
            todo="请先 POST /codes 取验证码，再带上请求头 X-Phone-Last4 和 X-One-Time-Code。",
        )
    party = Party.objects.filter(cases__code=tidy(code)).first()
    if party is None:
        raise nothing_under(tidy(code))
    for phone in phones_of(party):
        if len(last4) == 4 and phone.endswith(last4) and verify_code(phone, one_time_code, at=at):
            return Caller(phone_index=blind_index(phone, "phone"))
    # One answer for both faults: it must not be possible to try out the digits of somebody's phone.
    raise NotAllowed("手机号后四位或验证码不对，或者验证码已过期", todo="请核对后再试；验证码可以重新获取。")
