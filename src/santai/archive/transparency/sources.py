"""What becomes a leaf: every step, every letter and its PDF, every deposited file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from santai.archive.transparency.leaves import Entry, LeafKind, name_of, sha256_of
from santai.casework.chain import digest_of
from santai.casework.models import CaseDocument, LogEntry
from santai.documents.files import open_file
from santai.documents.models import DocumentKind, Letter, LetterCopy
from santai.trust.crypto import CannotDecrypt, decrypt_bytes, sm3

DEPOSIT = "evidence_deposit"


@dataclass(frozen=True)
class Source:
    """`entry` reads the digest that was stored with the record; `recomputed` trusts none that is stored. `rows` leaves
    out what is long; the audit reads it too."""

    kind: LeafKind
    rows: Callable[[], QuerySet[Any]]
    entry: Callable[[Any], Entry]
    recomputed: Callable[[Any], Entry]


def _steps() -> QuerySet[LogEntry]:
    return LogEntry.objects.select_related("case").order_by("pk")


def _letters() -> QuerySet[Letter]:
    return Letter.objects.defer("body").order_by("pk")


def _copies() -> QuerySet[LetterCopy]:
    return LetterCopy.objects.select_related("letter").defer("sealed", "letter__body").order_by("pk")


def _deposits() -> QuerySet[CaseDocument]:
    found = CaseDocument.objects.filter(case__procedure=DEPOSIT, kind=DocumentKind.DEPOSIT)
    return found.select_related("case", "file").order_by("pk")


def deposits_of(case_code: str, *, until: datetime) -> list[int]:
    return list(_deposits().filter(case__code=case_code, added_at__lte=until).values_list("pk", flat=True))


def _step(row: LogEntry, digest: str = "") -> Entry:
    return Entry(LeafKind.LOG, name_of(row.case.code, row.number), digest or row.digest)


def _letter(row: Letter, digest: str = "") -> Entry:
    return Entry(LeafKind.LETTER_TEXT, name_of(row.case_code, row.number), digest or row.digest)


def _copy(row: LetterCopy, digest: str = "") -> Entry:
    return Entry(LeafKind.LETTER, name_of(row.letter.case_code, row.letter.number), digest or row.sha256)


def _deposit(row: CaseDocument, digest: str = "") -> Entry:
    return Entry(LeafKind.DEPOSIT, name_of(row.case.code, row.pk), digest or row.file.sha256)


def _body_digest(row: Letter) -> str:
    try:
        return sm3(row.body.encode())
    except CannotDecrypt:
        return "unreadable"


def _bytes_digest(row: LetterCopy) -> str:
    try:
        return sha256_of(decrypt_bytes(bytes(row.sealed)))
    except CannotDecrypt:
        return "unreadable"


def _file_digest(row: CaseDocument) -> str:
    try:
        with open_file(row.file) as file:
            return sha256_of(file.read())
    except OSError:
        return "missing"


SOURCES: Sequence[Source] = (
    Source(LeafKind.LOG, _steps, _step, lambda row: _step(row, digest_of(row, code=row.case.code))),
    Source(LeafKind.LETTER_TEXT, _letters, _letter, lambda row: _letter(row, _body_digest(row))),
    Source(LeafKind.LETTER, _copies, _copy, lambda row: _copy(row, _bytes_digest(row))),
    Source(LeafKind.DEPOSIT, _deposits, _deposit, lambda row: _deposit(row, _file_digest(row))),
)
