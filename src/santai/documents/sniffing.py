"""What a file is, told from its content; and what its name claims it to be."""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

import filetype

HEAD = 8192
UNKNOWN = "无法识别的内容"
# "合同v1.2" and "合同.最终版" have no ending.
ENDING = re.compile(r"(?=.*[a-z])[a-z0-9]{1,5}")


@dataclass(frozen=True)
class FileKind:
    label: str
    media_type: str
    extensions: tuple[str, ...]
    needs_its_name: bool = False


PDF = FileKind("PDF", "application/pdf", ("pdf",))
JPEG = FileKind("JPG图片", "image/jpeg", ("jpg", "jpeg", "jpe"))
PNG = FileKind("PNG图片", "image/png", ("png",))
WEBP = FileKind("WEBP图片", "image/webp", ("webp",))
HEIC = FileKind("HEIC图片", "image/heic", ("heic", "heif"))
DOCX = FileKind("Word文档(docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
OFD = FileKind("OFD", "application/ofd", ("ofd",))
TEXT = FileKind("文本文件(txt)", "text/plain", ("txt",), needs_its_name=True)
MP4 = FileKind("MP4视频", "video/mp4", ("mp4", "m4v"))
M4A = FileKind("M4A录音", "audio/mp4", ("m4a",))
MP3 = FileKind("MP3录音", "audio/mpeg", ("mp3",))
WAV = FileKind("WAV录音", "audio/x-wav", ("wav",))
KINDS = (PDF, JPEG, PNG, WEBP, HEIC, DOCX, OFD, TEXT, MP4, M4A, MP3, WAV)

_BY_MEDIA_TYPE = {kind.media_type: kind for kind in (PDF, JPEG, PNG, WEBP, HEIC, MP4, M4A, MP3, WAV)}
_BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}


def claimed_by(name: str) -> tuple[FileKind | None, str]:
    """What the ending of a name claims: the kind when it is one of KINDS, and its name; empty without an ending."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if not ENDING.fullmatch(ending):
        return None, ""
    kind = _BY_EXTENSION.get(ending)
    return kind, kind.label if kind else f"{ending.upper()}文件"


def sniff(content: IO[Any]) -> tuple[FileKind | None, str]:
    """The kind of the content, None when it is not one of KINDS, and how to call it either way."""
    head = content.read(HEAD)
    guess = filetype.guess(head)
    if guess is not None and guess.mime in _BY_MEDIA_TYPE:
        kind = _BY_MEDIA_TYPE[guess.mime]
        return kind, kind.label
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(content, guess.extension if guess else "zip")
    if guess is not None:
        return None, f"{guess.extension.upper()}文件"
    return (TEXT, TEXT.label) if _is_text(head, content) else (None, UNKNOWN)


def _inside_zip(content: IO[Any], extension: str) -> tuple[FileKind | None, str]:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None, "损坏的压缩文件"
    if "OFD.xml" in names:
        return OFD, OFD.label
    if "word/vbaProject.bin" in names:
        return None, "带宏的Word文档"
    if "word/document.xml" in names:
        return DOCX, DOCX.label
    return None, f"{extension.upper()}文件"


def _is_text(head: bytes, content: IO[Any]) -> bool:
    whole = head + content.read()
    return any(_decodes(whole, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(whole: bytes, encoding: str) -> bool:
    try:
        text = codecs.decode(whole, encoding)
    except ValueError:
        return False
    return not any(ord(char) < 32 and char not in "\t\n\r\f" for char in text)
