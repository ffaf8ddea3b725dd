"""Signatures on letters: who signed what, when and how (电子签名法第十三条、第十四条).

A signature is bound to the letter's text by `digest` (SM3) and to the PDF the person could read by `sha256`. The copy
itself is never changed by it: what was signed is told on a sheet of its own (`sheet_bytes`), which names both hashes.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from PIL import Image, ImageOps, UnidentifiedImageError

from santai.documents.copies import check_lines, copy_of
from santai.documents.letters import UnknownLetter, is_unchanged, template_of
from santai.documents.models import Letter, Signature
from santai.documents.typesetting import printable, typeset
from santai.people.models import Party
from santai.trust.crypto import decrypt_bytes, encrypt_bytes
from santai.trust.models import User

APPLICANT, OTHER_SIDE, HANDLER = "当事人", "对方", "承办人"
PNG = "data:image/png;base64,"
LARGEST_DRAWING = 300_000
MOST_PIXELS = 4_000_000
KEPT_SIZE = (480, 200)
# A dot by accident is no signature: so many dark pixels at the least, of those that are kept.
LEAST_INK = 40
DARK = 128


class NotSigned(Exception):
    """The signature was not taken. `problem` says why, `todo` what to do."""

    def __init__(self, problem: str, *, todo: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.todo = todo


@dataclass(frozen=True)
class Signer:
    """Who signs, in which capacity. A person of the platform has `party`, a member of staff `user`, others neither."""

    capacity: str
    name: str
    party: Party | None = None
    user: User | None = None


def signers_of(letter: Letter) -> tuple[str, ...]:
    """The capacities in which the letter is signed; none for most letters."""
    try:
        return template_of(letter.kind).signers
    except UnknownLetter:
        return ()


def still_to_sign(letter: Letter) -> list[str]:
    asked = signers_of(letter)
    signed = set(letter.signatures.values_list("capacity", flat=True)) if asked else set()
    return [capacity for capacity in asked if capacity not in signed]


def sign(
    letter: Letter,
    signer: Signer,
    *,
    how: str,
    channel: str,
    at: datetime,
    drawing: bytes = b"",
    witnessed_by: str = "",
) -> Signature:
    """Raises NotSigned when the letter is not to be signed in this capacity, is signed already, or was changed."""
    if signer.capacity not in signers_of(letter):
        raise NotSigned(f"这份文书不用{signer.capacity}签名", todo="请核对文书。")
    if not is_unchanged(letter):
        raise NotSigned("文书的内容与出具时不一致，不能签名", todo="请告诉承办人或拨打12348。")
    copy = copy_of(letter, at=at)
    with transaction.atomic():
        # Two that press at once: the second waits here and then sees the first.
        Letter.objects.select_for_update().get(pk=letter.pk)
        if signer.capacity not in still_to_sign(letter):
            raise NotSigned("已经签过名了，不用再签", todo="签名的记录在文书的签名页里。")
        return Signature.objects.create(
            letter=letter,
            capacity=signer.capacity,
            name=signer.name,
            party=signer.party,
            user=signer.user,
            how=how,
            drawing=encrypt_bytes(drawing) if drawing else None,
            digest=letter.digest,
            sha256=copy.sha256,
            signed_at=at,
            channel=channel,
            witnessed_by=witnessed_by,
        )


def drawing_from(data_url: str) -> bytes:
    """A drawn name as a small black-and-white PNG; empty for an empty value. Raises NotSigned."""
    if not data_url:
        return b""
    if not data_url.startswith(PNG) or len(data_url) > LARGEST_DRAWING:
        raise _unreadable()
    try:
        raw = base64.b64decode(data_url.removeprefix(PNG), validate=True)
        with Image.open(BytesIO(raw), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _unreadable()
            return _inked(image)
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError) as fault:
        raise _unreadable() from fault


def _inked(image: Image.Image) -> bytes:
    """On white ground, in black, no larger than a signature is."""
    alpha = image.convert("RGBA").getchannel("A")
    # Ink on glass: what is opaque was written, whatever its colour (the page may be dark).
    on_glass = alpha.getextrema()[0] == 0
    grey = ImageOps.invert(alpha) if on_glass else image.convert("L")
    grey.thumbnail(KEPT_SIZE)
    if sum(grey.histogram()[:DARK]) < LEAST_INK:
        raise NotSigned("签名框里没有写字", todo="请用手指写下您的姓名，或者直接填写姓名。")
    kept = BytesIO()
    grey.point(lambda value: 0 if value < DARK else 255).convert("1").save(kept, format="PNG", optimize=True)
    return kept.getvalue()


def _unreadable() -> NotSigned:
    return NotSigned("签名的笔迹没有传上来", todo="请清空后重新写一遍，或者直接填写姓名。")


def still_holds(signature: Signature) -> bool:
    """The text and the copy are the ones that were signed."""
    letter = signature.letter
    return is_unchanged(letter) and signature.digest == letter.digest and signature.sha256 == copy_of(letter).sha256


def sheet_bytes(letter: Letter) -> bytes:
    """The sheet that says who signed the letter, by when; drawn anew from the records, which never change."""
    signatures = list(letter.signatures.all())
    page = {
        "title": "电子签名页",
        "issuer": printable(letter.issued_by or "公共法律服务平台"),
        "number": printable(letter.number),
        "letter": printable(letter.title),
        "digest": letter.digest,
        "sha256": copy_of(letter).sha256,
        "signatures": [_told(signature) for signature in signatures],
        "waiting": still_to_sign(letter),
        "check": check_lines(letter),
    }
    return typeset("signatures", page, at=signatures[-1].signed_at if signatures else letter.issued_at)


def _told(signature: Signature) -> dict[str, Any]:
    drawing = decrypt_bytes(bytes(signature.drawing)) if signature.drawing else b""
    return {
        "capacity": printable(signature.capacity),
        "name": printable(signature.name),
        "how": str(Signature.How(signature.how).label),
        "at": f"{localtime(signature.signed_at):%Y-%m-%d %H:%M:%S}",
        "witness": printable(signature.witnessed_by),
        "mark": f"{signature.digest[:8]}…{signature.sha256[:8]}",
        "drawing": list(drawing),
    }
