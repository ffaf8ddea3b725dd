"""An address that no database could look up leads nowhere; NUL characters in a query or a form carry nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError

NUL, ESCAPED_NUL = "\x00", "%00"
API = "/api/"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

Handler = Callable[[HttpRequest], HttpResponse]


def without_nul(handle: Handler) -> Handler:
    """PostgreSQL keeps no NUL in text, so none must reach a lookup or a row."""

    def handled(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404("没有这个网址。")
        query = request.META.get("QUERY_STRING", "")
        # What is left when one is taken out may be another.
        while ESCAPED_NUL in query:
            query = query.replace(ESCAPED_NUL, "")
        request.META["QUERY_STRING"] = query
        # The interface reads bodies by itself (api/parsing.py), and leaves NULs out too.
        is_page = not request.path_info.startswith(API)
        if is_page and request.method == "POST" and request.content_type in FORMS:
            _clean_form(request)
        return handle(request)

    return handled


def _clean_form(request: HttpRequest) -> None:
    try:
        posted = request.POST
    except UnreadablePostError:
        # Whoever sent it has gone; the form is as empty as it is for everybody after this.
        return
    if any(NUL in text for name, values in posted.lists() for text in (name, *map(str, values))):
        request.POST = _without_nul(posted)  # type: ignore[assignment]


def _without_nul(posted: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True, encoding=posted.encoding)
    for name, values in posted.lists():
        cleaned.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
    # As Django's own: whoever changes it takes a copy.
    cleaned._mutable = False
    return cleaned
