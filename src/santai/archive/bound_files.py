"""The case file of a closed case is bound once, by the worker or by whoever opens it first, and kept sealed.

An open case changes with every step: its file is bound when somebody asks for it. A sealed case (密卷) is never bound
ahead: no copy of it lies about.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import QuerySet

from santai.archive.models import BoundFile
from santai.casework.case_file import case_file
from santai.casework.models import Case
from santai.casework.sealed import is_sealed, open_files
from santai.documents.binding import TooLong
from santai.documents.models import Letter, Signature
from santai.trust.crypto import decrypt_bytes, encrypt_bytes

LARGEST = 20 * 2**20
# Older ones are bound when somebody opens them.
LOOKS_BACK = timedelta(days=30)
log = logging.getLogger(__name__)


def file_of(case: Case, *, at: datetime) -> bytes:
    """The whole file as it stands. Raises documents.binding.TooLong."""
    if not may_keep(case):
        return case_file(case, at=at)
    standing = standing_of(case)
    kept = BoundFile.objects.filter(case=case, standing=standing, sealed__isnull=False).first()
    if kept is not None and kept.sealed is not None:
        return decrypt_bytes(bytes(kept.sealed))
    pdf = case_file(case, at=at)
    _keep(case, standing, pdf, at)
    return pdf


def may_keep(case: Case) -> bool:
    return case.closed_at is not None and not is_sealed(case)


def standing_of(case: Case) -> str:
    """Differs as soon as a step, a paper, a letter or a signature was added."""
    letters = Letter.objects.filter(case_code=case.code).count()
    signed = Signature.objects.filter(letter__case_code=case.code).count()
    return f"{case.version}.{case.documents.count()}.{letters}.{signed}"


def bind_closed(*, at: datetime, most: int) -> int:
    """Bind what was closed lately and is not bound as it stands. Returns how many were."""
    bound = 0
    for case in _closed_lately(at).iterator():
        if bound >= most:
            break
        standing = standing_of(case)
        if not BoundFile.objects.filter(case=case, standing=standing).exists():
            _bind(case, standing, at)
            bound += 1
    return bound


def _closed_lately(at: datetime) -> QuerySet[Case]:
    closed = Case.objects.filter(open_files(), closed_at__gt=at - LOOKS_BACK)
    return closed.select_related("applicant", "organisation", "handler").order_by("closed_at", "pk")


def _bind(case: Case, standing: str, at: datetime) -> None:
    """One that cannot be bound is remembered as such: it does not come up again until something is added."""
    try:
        _keep(case, standing, case_file(case, at=at), at)
    except TooLong:
        _keep(case, standing, b"", at)
    except Exception:
        log.exception("case %s: its file could not be bound", case.code)
        _keep(case, standing, b"", at)


def _keep(case: Case, standing: str, pdf: bytes, at: datetime) -> None:
    sealed = encrypt_bytes(pdf) if 0 < len(pdf) <= LARGEST else None
    BoundFile.objects.update_or_create(case=case, defaults={"standing": standing, "sealed": sealed, "bound_at": at})
