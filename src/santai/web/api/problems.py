"""Every error of the API is a problem document (RFC 9457) that says in Chinese what is wrong and what to do next."""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as BadFields
from pydantic import Field

from santai.casework.refusals import Refused
from santai.documents.files import BadFile
from santai.web.api.faults import described
from santai.web.api.parsing import NotJson

MEDIA_TYPE = "application/problem+json"
CALL = "如需帮助，请拨打12348。"
log = logging.getLogger(__name__)


class Problem(Schema):
    """出错时的回答（RFC 9457）。"""

    type: str = Field(description="问题的种类，不随文字变化", examples=["urn:santai:problem:stale"])
    title: str = Field(description="一句话说明", examples=["刚刚有人办理了这件事"])
    status: int = Field(description="HTTP 状态码", examples=[409])
    detail: str = Field(description="哪里不对", examples=["您打开页面之后，这件事已经有了新的进展，您的操作没有执行"])
    problems: list[str] = Field([], description="逐条列出的问题")
    todo: str = Field("", description="接下来怎么做", examples=["请刷新页面查看最新进展；您填写的内容仍然保留。"])
    fields: dict[str, list[str]] = Field({}, description="按字段列出的问题；嵌套字段用点连接，如 applicant.phone")


class NotFound(Refused):
    """It is not there, or it is not for this caller; the two look the same."""

    status = 404
    title = "没有找到"


class NotAllowed(Refused):
    """The caller is known, but their role does not open this."""

    status = 403
    title = "您没有这项权限"


class NotProven(Refused):
    """The caller has not shown who they are."""

    status = 401
    title = "请先证明您是谁"


class BadFilling(Refused):
    """Something that was filled in cannot be right."""

    status = 422
    title = "有几处需要改正"


class Down(Refused):
    """Something we depend on does not answer."""

    status = 503
    title = "服务暂时不可用"


class TooOften(Refused):
    """One address asks more often than a person would. `wait` is in seconds."""

    status = 429
    title = "操作太频繁"

    def __init__(self, *problems: str, todo: str = "", wait: int = 60) -> None:
        super().__init__(*problems, todo=todo)
        self.wait_seconds = wait


def problem(
    kind: str,
    status: int,
    title: str,
    *problems: str,
    todo: str = "",
    fields: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    body = {
        "type": f"urn:santai:problem:{kind}",
        "title": title,
        "status": status,
        "detail": "；".join(problems) or title,
        "problems": list(problems),
        "todo": todo,
        "fields": dict(fields or {}),
    }
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def slug(name: str) -> str:
    """NotFromHere → not-from-here."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def on_refused(_: HttpRequest, refused: Refused) -> HttpResponse:
    kind = slug(type(refused).__name__)
    response = problem(kind, refused.status, refused.title, *refused.problems, todo=refused.todo, fields=refused.fields)
    # The one-time code service has an own exception of this kind: both tell when to come back.
    if refused.status == 429:
        response["Retry-After"] = str(max(1, getattr(refused, "wait_seconds", 60)))
    if refused.status == 401:
        response["WWW-Authenticate"] = "Proof"
    return response


def on_bad_file(_: HttpRequest, fault: BadFile) -> HttpResponse:
    return problem(
        "bad-file", fault.status, fault.title, *fault.problems, todo=fault.todo, fields={"file": fault.problems}
    )


def on_bad_fields(_: HttpRequest, fault: BadFields) -> HttpResponse:
    fields = described(fault.errors)
    problems = [message for messages in fields.values() for message in messages]
    return problem("bad-filling", 422, BadFilling.title, *problems, todo="请改正后再提交一次。", fields=fields)


def on_invalid(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    fields = fault.message_dict if hasattr(fault, "error_dict") else {}
    return problem("bad-filling", 422, BadFilling.title, *fault.messages, todo="请改正后再提交一次。", fields=fields)


def on_nothing(_: HttpRequest, __: Exception) -> HttpResponse:
    return problem("not-found", 404, NotFound.title, "没有这个地址或这条记录", todo="请核对后再试。")


def on_stranger(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    response = problem(
        "not-proven",
        401,
        NotProven.title,
        "没有登录，或者令牌不对、已过期",
        todo="请在请求头写 Authorization: Bearer 令牌；当事人请用验证码换取的 Authorization: Proof 凭证。",
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def on_http_error(_: HttpRequest, fault: HttpError) -> HttpResponse:
    if isinstance(fault.__cause__, NotJson):
        return problem(
            "not-json", 415, "格式不支持", str(fault.__cause__), todo="请在请求头写 Content-Type: application/json。"
        )
    if fault.status_code == 403:
        return problem(
            "csrf", 403, "这个请求没有带防伪标记", "网页登录后的请求要带 X-CSRFToken", todo="请刷新页面后再试。"
        )
    told = "请求内容不是正确的JSON" if fault.status_code == 400 else "请求无法处理"
    return problem("bad-request", fault.status_code, "看不懂这个请求", told, todo="请检查括号、引号和编码（UTF-8）。")


def on_forbidden(_: HttpRequest, __: PermissionDenied) -> HttpResponse:
    return problem("not-allowed", 403, NotAllowed.title, "您的角色不能这样做", todo=CALL)


def too_big(_: HttpRequest, __: object = None) -> HttpResponse:
    return problem("too-big", 413, "内容太大", "一次提交的内容太大了", todo="请分几次提交，或者先压缩文件。")


def on_suspicious(_: HttpRequest, __: Exception) -> HttpResponse:
    return problem("bad-request", 400, "看不懂这个请求", "请求的格式不对，或者没有传完整", todo="请重新提交一次。")


def on_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    """A mistake of ours: the trace goes to the log, the caller gets a number to quote."""
    number = secrets.token_hex(4)
    log.error("fault %s at %s %s", number, request.method, request.path, exc_info=fault)
    return problem(
        "fault", 500, "系统出了差错", f"不是您的问题，我们已经记下（编号{number}）", todo=f"请稍后再试。{CALL}"
    )


def speak_problems(api: NinjaAPI) -> None:
    handlers: dict[type[Exception], Any] = {
        Refused: on_refused,
        BadFile: on_bad_file,
        BadFields: on_bad_fields,
        ValidationError: on_invalid,
        Http404: on_nothing,
        ObjectDoesNotExist: on_nothing,
        AuthenticationError: on_stranger,
        HttpError: on_http_error,
        PermissionDenied: on_forbidden,
        RequestDataTooBig: too_big,
        TooManyFieldsSent: too_big,
        TooManyFilesSent: too_big,
        SuspiciousOperation: on_suspicious,
        MultiPartParserError: on_suspicious,
        Exception: on_fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
