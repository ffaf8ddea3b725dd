"""Pages that notice by themselves that a case has moved: a short stream of server-sent events, or a question to ask.

A stream lasts half a minute and is then opened again by the browser, so that a server thread is never held for long
and access is checked anew. When `ENV.live_streams` are open the next is answered with 204: its page asks instead.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from santai.casework.models import Case

LASTS = 25.0
EVERY = 1.0

_lock = threading.Lock()
_open_streams = 0


def versions_of(case: Case) -> str:
    """A word that changes when the case or one that came of it does."""
    near = Q(pk=case.pk) | Q(parent=case.pk) | Q(parent__parent=case.pk)
    members = Case.objects.filter(near).order_by("pk")
    return ".".join(str(version) for version in members.values_list("version", flat=True))


def stream(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Says "changed" whenever the versions differ from what the page (or the last event) knew."""
    if not _take_slot():
        return HttpResponse(status=204)
    known = request.headers.get("Last-Event-ID") or request.GET.get("version", "")
    response = StreamingHttpResponse(Stream(lambda: versions_of(case), known), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    # Compression would hold small events back.
    response["Content-Encoding"] = "identity"
    return response


def answer(request: HttpRequest, case: Case) -> JsonResponse:
    """The same for a page that asks every few seconds."""
    now = versions_of(case)
    response = JsonResponse({"version": now, "changed": now != request.GET.get("version", "")})
    response["Cache-Control"] = "no-store"
    return response


class Stream:
    """The events of one stream. `close` gives its place back, also when nobody ever read from it."""

    def __init__(self, read: Callable[[], str], known: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.read, self.known, self.sleep = read, known, sleep
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield b"retry: 1000\n\n"
            for _ in range(int(LASTS / EVERY)):
                yield self.event()
                self.sleep(EVERY)
        finally:
            self.close()

    def event(self) -> bytes:
        now = self.read()
        if now == self.known:
            # Nothing new; a comment still shows whether anybody is there.
            return b":\n\n"
        self.known = now
        return f"id: {now}\ndata: changed\n\n".encode()

    def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            _give_slot_back()


def _take_slot() -> bool:
    global _open_streams
    with _lock:
        if _open_streams >= settings.ENV.live_streams:
            return False
        _open_streams += 1
        return True


def _give_slot_back() -> None:
    global _open_streams
    with _lock:
        _open_streams = max(0, _open_streams - 1)
