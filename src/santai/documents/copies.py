"""The PDF of a letter: compiled once, sealed, and given out as it is for ever.

`copy_of(letter)` makes it at the first wish or finds the one that exists; `pdf_bytes(letter)` is what is downloaded.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from santai.documents.body import parts_of, rows_of
from santai.documents.files import tidy_name
from santai.documents.letter_words import day
from santai.documents.letters import UnknownLetter, template_of
from santai.documents.models import Letter, LetterCopy
from santai.documents.typesetting import LAYOUTS, printable, qr_svg, typeset
from santai.trust.crypto import decrypt_bytes, encrypt_bytes

PLATFORM = "公共法律服务平台"
DEFAULT_LAYOUT = "letter"
# So many hexadecimal digits of the digest name a letter at the public check: too many to guess.
MARK_LENGTH = 16

# What a copy passes through on its way out, in order: each gets the letter and the bytes so far. The bytes of the copy
# must stay at the front, unchanged; a finisher only adds behind them.
finishing: list[Callable[[Letter, bytes], bytes]] = []
log = logging.getLogger(__name__)


def copy_of(letter: Letter, *, at: datetime | None = None) -> LetterCopy:
    """The only copy of the letter. Two that ask at once get the same one."""
    found: LetterCopy | None = LetterCopy.objects.filter(letter=letter).first()
    if found is not None:
        return found
    pdf = typeset(layout_of(letter.kind), page_of(letter), at=letter.issued_at)
    made = LetterCopy(
        letter=letter,
        sealed=encrypt_bytes(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        rendered_at=at or timezone.now(),
    )
    with transaction.atomic():
        LetterCopy.objects.bulk_create([made], ignore_conflicts=True)
    return LetterCopy.objects.get(letter=letter)


def original_bytes(letter: Letter) -> bytes:
    """The bytes whose SHA-256 the copy names."""
    return decrypt_bytes(bytes(copy_of(letter).sealed))


def pdf_bytes(letter: Letter) -> bytes:
    """The copy as it is handed out: the original bytes with what the finishers add behind them."""
    pdf = original_bytes(letter)
    for finish in finishing:
        pdf = finish(letter, pdf)
    return pdf


def as_pdf(letter: Letter, *, inline: bool = False) -> HttpResponse:
    """The answer to a download; the view has checked that the reader may see the letter."""
    return pdf_answer(pdf_bytes(letter), pdf_name(letter), inline=inline)


def pdf_answer(pdf: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_name(letter: Letter) -> str:
    return tidy_name(f"{letter.title}（{letter.number}）.pdf")


def mark_of(letter: Letter) -> str:
    """What names the letter at the public check."""
    return letter.digest[:MARK_LENGTH]


def letter_marked(mark: str) -> Letter | None:
    """The letter of this mark, which may be typed with blanks and capitals."""
    plain = "".join(mark.split()).lower()
    if len(plain) != MARK_LENGTH or not all(char in "0123456789abcdef" for char in plain):
        return None
    # A range, because the index answers it on every database; “g” comes after every hexadecimal digit.
    return Letter.objects.filter(digest__gte=plain, digest__lt=f"{plain}g").first()


def check_url(letter: Letter) -> str:
    return f"{settings.ENV.public_url.rstrip('/')}/verify/letters/{mark_of(letter)}"


def layout_of(kind: str) -> str:
    """Letters of a kind whose template is gone are still printed."""
    try:
        layout = template_of(kind).layout
    except UnknownLetter:
        return DEFAULT_LAYOUT
    return layout if (LAYOUTS / f"{layout}.typ").is_file() else DEFAULT_LAYOUT


def page_of(letter: Letter) -> dict[str, Any]:
    """What the layout shows, ready to print."""
    number, body = printable(letter.number), printable(letter.body)
    is_table = layout_of(letter.kind) == "table"
    rows, parts = rows_of(body, number=number) if is_table else ([], parts_of(body, number=number))
    return {
        "issuer": printable(letter.issued_by) or PLATFORM,
        "number": number,
        "title": printable(letter.title),
        "salutation": parts.salutation,
        "paragraphs": parts.paragraphs,
        "rows": rows,
        "signature": parts.signature,
        "notes": parts.notes,
        "check": check_lines(letter),
    }


def check_lines(letter: Letter) -> dict[str, Any]:
    mark = mark_of(letter)
    grouped = " ".join(mark[at : at + 4] for at in range(0, MARK_LENGTH, 4))
    lines = [
        f"出具日期：{day(letter.issued_at)}　　案码：{letter.case_code}",
        f"核验码：{grouped}　　正文摘要（SM3）前{MARK_LENGTH}位",
        f"扫右边的码，或打开 {check_url(letter)} 核对真伪；也可以拨打12348询问。",
    ]
    return {"lines": [printable(line) for line in lines], "qr": qr_svg(check_url(letter))}


def render_missing_copies(*, at: datetime, most: int = 500) -> int:
    """Every letter gets its copy, also one that nobody has opened yet. Returns how many were made."""
    made = 0
    for letter in Letter.objects.filter(copy__isnull=True).order_by("pk")[:most]:
        try:
            copy_of(letter, at=at)
        except Exception:
            # One letter that cannot be printed must not hold up all the others.
            log.exception("letter %s could not be made into a PDF", letter.pk)
            continue
        made += 1
    return made
