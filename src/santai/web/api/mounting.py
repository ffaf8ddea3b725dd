"""The API as Django sees it: no redirect to the login page, no HTML error, nothing kept in a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from ninja import NinjaAPI

from santai.web.api.problems import MEDIA_TYPE, NotFound, on_refused, problem, speak_problems, too_big

View = Callable[..., HttpResponseBase]
MEGABYTE = 2**20
WORDS = {
    200: "成功",
    201: "已收下",
    202: "已发出",
    400: "看不懂这个请求",
    401: "没有证明身份",
    403: "没有权限",
    404: "没有找到",
    405: "这个地址不接受这种方法",
    409: "情况已经变化，或者当前环节不能这样办",
    413: "内容太大",
    415: "格式不支持",
    422: "填写的内容有误，或者缺少办理条件",
    429: "操作太频繁",
    500: "服务出错",
    503: "服务暂时不可用",
}


class PublicService(NinjaAPI):
    """NinjaAPI whose every answer is JSON, and whose every error is a problem document."""

    def set_default_exception_handlers(self) -> None:
        speak_problems(self)

    def _get_urls(self) -> list[Any]:
        patterns = [*super()._get_urls(), re_path("^", _no_such_address, name="no-such-address")]
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = self._shielded(pattern.callback)
        return patterns

    def _shielded(self, view: View) -> View:
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase
            try:
                response = too_big(request) if _is_too_big(request) else view(request, *args, **kwargs)
            except Exception as fault:
                response = self.on_exception(request, fault)
            if response.status_code == 405:
                response = _not_this_method(request, response)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        update_wrapper(answer, view)
        # Operations ask for credentials themselves and answer 401; they check the CSRF token of a session themselves.
        answer.login_required = False  # type: ignore[attr-defined]
        answer.csrf_exempt = True  # type: ignore[attr-defined]
        return answer

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    response["description"] = WORDS[status]
                    if status >= 400 and "content" in response:
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
        return schema


def _is_too_big(request: HttpRequest) -> bool:
    """By what the caller says of the size: a body that is too big is not read at all."""
    declared = request.headers.get("Content-Length", "")
    return declared.isdigit() and int(declared) > (settings.ENV.upload_limit_mb + 1) * MEGABYTE


def _not_this_method(request: HttpRequest, refused: HttpResponseBase) -> HttpResponse:
    allowed = refused.headers.get("Allow", "")
    told = f"这个地址不接受 {request.method}"
    response = problem("wrong-method", 405, "方法不对", told, todo=f"可以用：{allowed}。")
    response["Allow"] = allowed
    return response


def _no_such_address(request: HttpRequest) -> HttpResponse:
    where = f"没有 {request.path[:120]} 这个地址"
    return on_refused(request, NotFound(where, todo="请对照接口说明 /api/v1/openapi.json 核对，末尾不带斜线。"))
