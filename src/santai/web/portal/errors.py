"""Pages for what went wrong: what it means, what to do, who to call. Named in config/urls.py and settings.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_ratelimit.exceptions import Ratelimited


@dataclass(frozen=True)
class Fault:
    title: str
    text: str
    todo: str


FAULTS = {
    400: Fault("这个请求我们没看懂", "链接可能不完整，或者页面放得太久了。", "请回到上一页刷新，再做一次。"),
    403: Fault(
        "这一页您没有权限打开", "它不属于您的职责范围，或者登录的不是合适的账号。", "需要办理时，请联系本单位的负责人。"
    ),
    404: Fault(
        "没有找到这一页", "链接可能输错了，或者内容已经不在这里。", "请从首页重新进入；查办理进度请用案码和手机号。"
    ),
    409: Fault(
        "这件事刚刚有了新的进展",
        "您打开页面之后，别人已经办理了一步，您的操作没有执行。",
        "请刷新页面，看过最新进展再办理。",
    ),
    413: Fault(
        "您交来的内容太大了", "一次提交的文字或文件超过了上限，没有保存。", "请把文字写短些，或把文件压缩、分几次上传。"
    ),
    429: Fault(
        "操作太频繁了", "同一个网络在短时间内提交了很多次，为了安全先停一停。", "请等 1 分钟再试；着急可以直接打电话。"
    ),
    500: Fault(
        "平台出了故障",
        "不是您的问题，我们已经记录下来。已经提交成功的内容不会丢。",
        "请过几分钟再试；着急可以直接打电话。",
    ),
}
SECONDS_TO_WAIT = 60
CSRF = Fault(
    "页面放得太久了", "为了您的安全，这次提交没有执行。", "请返回上一页刷新，您填写的内容多半还在，再提交一次。"
)
BARE = "<!doctype html><meta charset=utf-8><title>平台出了故障</title><p>平台出了故障，请过几分钟再试，或拨打 12348。"


def fault_page(request: HttpRequest, status: int, fault: Fault | None = None) -> HttpResponse:
    context = {"fault": fault or FAULTS[status], "status": status}
    return render(request, "web/errors/fault.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return fault_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if not isinstance(exception, Ratelimited):
        return fault_page(request, 403)
    answer = fault_page(request, 429)
    answer["Retry-After"] = str(SECONDS_TO_WAIT)
    return answer


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return fault_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without database, session or login: any of them may be what broke."""
    try:
        body = str(render_to_string("web/errors/fault.html", {"fault": FAULTS[500], "status": 500}))
    except Exception:  # the page about a fault must never be a fault
        body = BARE
    return HttpResponse(body, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return fault_page(request, 403, CSRF)
