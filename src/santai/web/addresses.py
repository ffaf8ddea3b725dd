"""An address that no database could look up leads nowhere; NUL characters in a query are spaces."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL, ESCAPED_NUL = "\x00", "%00"

Handler = Callable[[HttpRequest], HttpResponse]


def without_nul(handle: Handler) -> Handler:
    """PostgreSQL keeps no NUL in text, so one in an address must not reach a lookup."""

    def handled(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404("没有这个网址。")
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(ESCAPED_NUL, "+")
        return handle(request)

    return handled
