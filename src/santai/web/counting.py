"""Noting what is asked: once for a question of an address within an hour, and never what a robot asks."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from santai.knowledge.entries.asking import digest_of, note_question
from santai.knowledge.entries.finding import Found
from santai.web.helping import is_robot

ONCE_IN = timedelta(hours=1)


def note(request: HttpRequest, question: str, found: list[Found], *, others: bool = False) -> str:
    """The digest of the question for the links of its results. `others` says that something else answers it."""
    digest = digest_of(question)
    if is_robot(request) or not _is_first(request, digest):
        return digest
    best = found[0] if found and found[0].is_good else None
    note_question(
        question,
        answered_by=best.entry if best else None,
        good=best is not None or others,
        at=timezone.now(),
        matter=best.version.matter if best else "",
    )
    return digest


def _is_first(request: HttpRequest, digest: str) -> bool:
    """The address is kept as a hash, and not for longer."""
    asker = f"{request.META.get('REMOTE_ADDR', '')}|{request.session.session_key or ''}|{digest}"
    return cache.add(f"asked.{sha256(asker.encode()).hexdigest()}", 1, int(ONCE_IN.total_seconds()))
