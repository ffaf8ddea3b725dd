"""Whatever was handed in, as A4 pages for a file: PDFs drawn anew, pictures fitted, the rest named on a page.

Every page of an upload is drawn onto a fresh page: scripts, forms and links in it stay behind.
"""

from __future__ import annotations

import io
import logging

from django.utils.timezone import localtime
from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import NameObject

from santai.documents.files import open_file
from santai.documents.models import StoredFile
from santai.documents.typesetting import printable, typeset

A4 = (595.28, 841.89)
EDGE = 24.0
DOTS = 150
IMAGE_SIZE = (1240, 1754)
IMAGE_EDGE = 75
MOST_PAGES = 600
MOST_PIXELS = 120_000_000
PDF, TEXT = "application/pdf", "text/plain"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
log = logging.getLogger(__name__)


class Unprintable(Exception):
    """Why a file has no pages, in words for the person who reads the file."""


def sheets_of(stored: StoredFile) -> bytes:
    """A4 pages of an upload. What cannot be shown becomes a page that says which file it is and why."""
    try:
        return _drawn(stored)
    except Unprintable as fault:
        return notice_of(stored, str(fault))
    except Exception:
        # Whatever a broken upload makes a reader do, the other papers of the file are still wanted.
        log.warning("stored file %s could not be drawn", stored.pk, exc_info=True)
        return notice_of(stored, "文件已经损坏，打不开。请当事人或承办人重新提供。")


def _drawn(stored: StoredFile) -> bytes:
    # Before it is read: a recording may be larger than the memory.
    if stored.media_type not in {PDF, TEXT, *PICTURES}:
        raise Unprintable("这种格式不能印成页面，原文件另行保存，请在系统里下载查看。")
    with open_file(stored) as opened:
        content = opened.read()
    if stored.media_type == PDF:
        return _pdf(content)
    return _text(stored, content) if stored.media_type == TEXT else _picture(content)


def _pdf(content: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unprintable("文件设有密码，打不开。请当事人去掉密码后重新提供。")
    if not reader.pages:
        raise Unprintable("文件里没有页面。")
    if len(reader.pages) > MOST_PAGES:
        raise Unprintable(f"文件有{len(reader.pages)}页，超过一份材料最多{MOST_PAGES}页的上限，请单独成册。")
    writer = PdfWriter()
    for page in reader.pages:
        _draw(writer.add_blank_page(*A4), page)
    return _written(writer)


def _draw(fresh: PageObject, page: PageObject) -> None:
    """Upright, as large as it fits; a page of A4 keeps its size."""
    page.pop(NameObject("/Annots"), None)
    page.transfer_rotation_to_content()
    box = page.cropbox
    width, height = float(box.width), float(box.height)
    if width <= 0 or height <= 0:
        raise Unprintable("文件里有一页没有大小，打不开。")
    fits = abs(width - A4[0]) < 3 and abs(height - A4[1]) < 3
    scale = 1.0 if fits else min((A4[0] - 2 * EDGE) / width, (A4[1] - 2 * EDGE) / height)
    across = (A4[0] - width * scale) / 2 - float(box.left) * scale
    up = (A4[1] - height * scale) / 2 - float(box.bottom) * scale
    fresh.merge_transformed_page(page, Transformation().scale(scale).translate(across, up))


def _picture(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Unprintable("图片太大，打不开。请缩小后重新提供。")
        upright = ImageOps.exif_transpose(image)
        shown = upright.convert("RGBA") if upright.mode in {"RGBA", "LA", "P"} else upright.convert("RGB")
    shown.thumbnail((IMAGE_SIZE[0] - 2 * IMAGE_EDGE, IMAGE_SIZE[1] - 2 * IMAGE_EDGE))
    page = Image.new("RGB", IMAGE_SIZE, "white")
    at = ((IMAGE_SIZE[0] - shown.width) // 2, (IMAGE_SIZE[1] - shown.height) // 2)
    page.paste(shown, at, shown if shown.mode == "RGBA" else None)
    drawn = io.BytesIO()
    page.save(drawn, format="PDF", resolution=DOTS, quality=85)
    return drawn.getvalue()


def _text(stored: StoredFile, content: bytes) -> bytes:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = content.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
        page = {"title": printable(stored.name), "lines": [printable(line) for line in lines]}
        return typeset("plain", page, at=stored.stored_at)
    raise Unprintable("文字的编码认不出来，打不开。")


def notice_of(stored: StoredFile, why: str) -> bytes:
    page = {
        "title": "这份材料没有印出来",
        "lines": [
            f"文件：{printable(stored.name)}",
            f"类型：{stored.media_type}，{stored.size}字节",
            f"收到时间：{localtime(stored.stored_at):%Y-%m-%d %H:%M}",
            f"SHA-256：{printable(stored.sha256)}",
            f"原因：{why}",
        ],
    }
    return typeset("plain", page, at=stored.stored_at)


def _written(writer: PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()
