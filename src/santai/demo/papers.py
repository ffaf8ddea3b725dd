"""One sample of each kind of paper, shared by all requests: a QR code that says what it stands for."""

from __future__ import annotations

from io import BytesIO

import segno
from django.core.files.uploadedfile import SimpleUploadedFile

from santai.documents.files import store
from santai.documents.models import DocumentKind, StoredFile


def sample_papers() -> dict[DocumentKind, StoredFile]:
    return {kind: store(_sample(kind)) for kind in DocumentKind}


def _sample(kind: DocumentKind) -> SimpleUploadedFile:
    picture = BytesIO()
    segno.make(f"演示材料：{kind.label}").save(picture, kind="png", scale=6)
    return SimpleUploadedFile(f"演示-{kind.label}.png", picture.getvalue(), content_type="image/png")
