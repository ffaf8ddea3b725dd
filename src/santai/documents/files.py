"""What people hand in: taken only when it is what its name says, and stored once per content."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.http import FileResponse
from django.utils.module_loading import import_string

from santai.documents.models import StoredFile
from santai.documents.sniffing import KINDS, FileKind, claimed_by, sniff
from santai.trust.models import User

NAME_LENGTH = 120
UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*\s]+')

# Returns what was found in words, or an empty string; raises OSError when it cannot look.
Scanner = Callable[["File[Any]"], str]


class BadFile(Exception):
    """The file was not taken. `problems` says what is wrong with it, `todo` what to do next.

    `status` is 413 when it is too large, 415 when it is of a kind that is not taken, else 422.
    """

    title = "这个文件不能上传"

    def __init__(self, problem: str, *, todo: str = "请重新选择文件。", status: int = 422) -> None:
        super().__init__(problem)
        self.status = status
        self.problems = [problem]
        self.todo = todo


def store(upload: File[Any], *, by: User | None = None) -> StoredFile:
    """Keep an upload. The same content is kept on disk once, whoever hands it in and under whatever name.

    Raises BadFile when it is empty, too large, of a kind that is not taken, not what its name says, or infected.
    """
    name = tidy_name(upload.name or "")
    _check_size(name, upload.size)
    kind = _kind_of(name, upload)
    name = name if claimed_by(name)[0] else f"{name}.{kind.extensions[0]}"
    _check_for_viruses(name, upload)
    sha256 = _digest(upload)
    twin = StoredFile.objects.filter(sha256=sha256).order_by("pk").first()
    if twin and (twin.name, twin.stored_by) == (name, by):
        return twin
    stored = StoredFile(sha256=sha256, name=name, media_type=kind.media_type, size=upload.size, stored_by=by)
    if twin and twin.content.storage.exists(str(twin.content)):
        stored.content.name = twin.content.name
    else:
        upload.seek(0)
        stored.content.save(f"{sha256}.{kind.extensions[0]}", upload, save=False)
    stored.save()
    return stored


def open_file(stored: StoredFile) -> File[Any]:
    """The bytes, for reading. The caller has checked that the reader may see them."""
    return stored.content.storage.open(str(stored.content), "rb")


def as_attachment(stored: StoredFile) -> FileResponse:
    """The answer to a download. Never shown inside the page, whatever it contains; the view has checked access."""
    response = FileResponse(open_file(stored), as_attachment=True, filename=stored.name, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def tidy_name(name: str) -> str:
    """The name alone: no folders, no invisible characters, at most 120 characters with its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Control and format characters hide the true ending: "photo<U+202E>fdp.exe" is shown as "photoexe.pdf".
    visible = "".join(char if not unicodedata.category(char).startswith("C") else " " for char in last)
    plain = UNSAFE_IN_NAMES.sub(" ", visible).strip(" .")
    path = PurePosixPath(plain or "未命名")
    return path.stem[: NAME_LENGTH - len(path.suffix[:10])] + path.suffix[:10]


def _check_size(name: str, size: int) -> None:
    if not size:
        raise BadFile(f"“{name}”是空文件，里面没有内容", todo="请打开文件确认有内容，再重新选择。")
    limit = settings.ENV.upload_limit_mb
    if size > limit * 2**20:
        raise BadFile(
            f"“{name}”有{size / 2**20:.1f}MB，超过了{limit}MB的上限",
            todo="请压缩后再上传，或分成几个文件上传；也可以到窗口提交纸质材料。",
            status=413,
        )


def _kind_of(name: str, upload: File[Any]) -> FileKind:
    upload.seek(0)
    found, found_label = sniff(upload)
    claimed, claimed_label = claimed_by(name)
    if claimed and claimed != found:
        raise BadFile(
            f"文件名写的是{claimed_label}，内容却是{found_label}，请重新选择文件", todo="请确认选对了文件，再上传。"
        )
    # Plain text is taken only under its own name: a script or a web page is text as well.
    if found is None or (claimed is None and (claimed_label or found.needs_its_name)):
        accepted = "、".join(kind.label for kind in KINDS)
        told = f"“{name}”是{claimed_label or found_label}，不能上传"
        raise BadFile(told, todo=f"可以上传：{accepted}。", status=415)
    return found


def _check_for_viruses(name: str, upload: File[Any]) -> None:
    if not settings.ENV.virus_scanner:
        return
    scan: Scanner = import_string(settings.ENV.virus_scanner)
    upload.seek(0)
    try:
        found = scan(upload)
    except OSError as fault:
        raise BadFile(f"暂时无法检查“{name}”是否安全", todo="请过几分钟再上传。") from fault
    if found:
        raise BadFile(f"“{name}”含有病毒（{found}），没有保存", todo="请先用杀毒软件清理，再重新上传。")


def _digest(upload: File[Any]) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
