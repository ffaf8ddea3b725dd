"""Reading pictures and scans (OCR) with the models that come with the package: offline, suggestions only.

The engine is loaded once per process, when the first picture is read, and takes about 400 MB; it runs in the worker,
never while somebody waits for a page. What was read is kept sealed and decides nothing.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageOps

from santai.documents.cards import Read, card_in
from santai.documents.files import open_file
from santai.documents.models import Reading, StoredFile
from santai.documents.sheets import PICTURES

MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
THREADS = 1
LONGEST_SIDE = 1600
LARGEST_FILE = 15 * 2**20
MOST_PIXELS = 60_000_000
MOST_LINES = 400
log = logging.getLogger(__name__)


class CannotRead(Exception):
    """In words for whoever asked for it."""


def is_readable(stored: StoredFile) -> bool:
    return settings.ENV.ocr and stored.media_type in PICTURES and stored.size <= LARGEST_FILE


def ask(stored: StoredFile, *, at: datetime) -> Reading | None:
    """Put a picture in the line to be read; the same picture is read once. None when pictures are not read here."""
    if not is_readable(stored):
        return None
    reading, _ = Reading.objects.get_or_create(file=stored, defaults={"asked_at": at})
    return reading


def read_waiting(*, at: datetime, most: int = 5) -> int:
    """Read the oldest in the line. Returns how many were read."""
    if not settings.ENV.ocr:
        return 0
    waiting = list(
        Reading.objects.filter(done_at__isnull=True).select_related("file").order_by("asked_at", "pk")[:most]
    )
    for reading in waiting:
        _read(reading, at)
    return len(waiting)


def _read(reading: Reading, at: datetime) -> None:
    try:
        found = {"card": card_in(lines := lines_of(reading.file)), "text": [line.text for line in lines]}
        reading.found = json.dumps(found, ensure_ascii=False)
    except CannotRead as fault:
        reading.problem = str(fault)
    except Exception:
        # A picture that breaks the engine must not stop those behind it.
        log.warning("stored file %s could not be read", reading.file_id, exc_info=True)
        reading.problem = "这张图片读不出来，请手工填写。"
    reading.done_at = at
    reading.save(update_fields=["found", "problem", "done_at"])


def lines_of(stored: StoredFile) -> list[Read]:
    """The lines of a picture, as the engine orders them. Raises CannotRead."""
    if not is_readable(stored):
        raise CannotRead("这种文件不能读取，请手工填写。")
    with open_file(stored) as opened:
        content = opened.read()
    return _recognised(_upright(content))


def _upright(content: bytes) -> bytes:
    """As a camera meant it, no larger than the engine needs."""
    with Image.open(BytesIO(content)) as image:
        if image.width * image.height > MOST_PIXELS:
            raise CannotRead("图片太大，请缩小后再试。")
        shown = ImageOps.exif_transpose(image).convert("RGB")
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = BytesIO()
    shown.save(kept, format="PNG")
    return kept.getvalue()


def _recognised(content: bytes) -> list[Read]:
    result = _engine()(content)
    if result.boxes is None or result.txts is None:
        return []
    told = zip(result.boxes, result.txts, result.scores, strict=True)
    return [
        Read(text, float(score), float(sum(p[0] for p in box)) / 4, float(sum(p[1] for p in box)) / 4)
        for box, text, score in list(told)[:MOST_LINES]
    ]


@cache
def _engine() -> Any:
    """With the paths of the models given, the package has no reason to look for them anywhere else."""
    from rapidocr import RapidOCR

    params: dict[str, Any] = {
        "Global.log_level": "error",
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": THREADS,
    }
    for part, name in MODELS.items():
        path = _models() / name
        if not path.is_file():
            raise CannotRead("没有安装读取图片用的模型，请手工填写。")
        params[f"{part}.model_path"] = str(path)
    return RapidOCR(params=params)


def _models() -> Path:
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        raise CannotRead("没有安装读取图片的程序，请手工填写。")
    return Path(found.origin).parent / "models"


def card_of(reading: Reading) -> dict[str, str]:
    """What the picture says as an identity card; empty when it is none or has not been read."""
    return dict(json.loads(reading.found)["card"]) if reading.found else {}


def text_of(reading: Reading) -> list[str]:
    return list(json.loads(reading.found)["text"]) if reading.found else []


def ahead_of(reading: Reading) -> int:
    """How many wait before it."""
    return Reading.objects.filter(done_at__isnull=True, pk__lt=reading.pk).count()
