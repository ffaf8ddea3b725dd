"""A file is taken only when it is what its name says, and its content is kept once."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from santai.documents.files import BadFile, as_attachment, open_file, store, tidy_name
from santai.documents.models import StoredFile
from santai.trust.models import User

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 20
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 20


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("申请表.pdf", PDF, "application/pdf"),
        ("照片.JPG", JPEG, "image/jpeg"),
        ("照片.jpeg", JPEG, "image/jpeg"),
        ("截图.png", PNG, "image/png"),
        ("图.webp", WEBP, "image/webp"),
        ("手机照片.heic", HEIC, "image/heic"),
        (
            "合同.docx",
            zipped("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument",
        ),
        ("电子发票.ofd", zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        ("说明.txt", "老板拖欠工资".encode(), "text/plain"),
        ("旧说明.txt", "老板拖欠工资".encode("gb18030"), "text/plain"),
    ],
)
def test_every_kind_that_may_be_handed_in_is_known_by_its_content(name: str, content: bytes, media_type: str) -> None:
    stored = store(upload(name, content))
    assert stored.media_type.startswith(media_type)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    with open_file(stored) as kept:
        assert kept.read() == content


def test_a_picture_that_calls_itself_a_pdf_is_turned_away_with_both_names() -> None:
    with pytest.raises(BadFile) as refusal:
        store(upload("工资条.pdf", PNG))
    assert refusal.value.problems == ["文件名写的是PDF，内容却是PNG图片，请重新选择文件"]
    assert refusal.value.status == 422
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("病毒.exe", b"MZ\x90\x00" + b"\x00" * 64, "EXE文件"),
        ("网页.html", b"<script>alert(1)</script>", "HTML文件"),
        ("网页", b"<script>alert(1)</script>", "文本文件"),
        ("打包.zip", zipped("a.pdf"), "ZIP文件"),
        ("表格.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "XLSX文件"),
        ("乱码.bin", bytes(range(256)), "BIN文件"),
    ],
)
def test_other_kinds_are_turned_away_with_a_list_of_what_is_taken(name: str, content: bytes, says: str) -> None:
    with pytest.raises(BadFile) as refusal:
        store(upload(name, content))
    assert says in refusal.value.problems[0]
    assert "PDF、JPG图片" in refusal.value.todo


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("脚本.pdf", b"<html><script>alert(1)</script></html>"),
        ("程序.jpg", b"MZ\x90\x00" + b"\x00" * 64),
        ("宏.docx", zipped("word/document.xml", "word/vbaProject.bin")),
        ("坏的.docx", b"PK\x03\x04 not really a zip"),
        ("假的.docx", zipped("OFD.xml")),
        ("二进制.txt", b"\x00\x01\x02\x03"),
    ],
)
def test_a_dressed_up_file_is_turned_away(name: str, content: bytes) -> None:
    with pytest.raises(BadFile, match="文件名写的是"):
        store(upload(name, content))


def test_an_empty_file_is_turned_away() -> None:
    with pytest.raises(BadFile, match="空文件"):
        store(upload("空.pdf", b""))


def test_a_file_above_the_limit_is_turned_away_with_its_size_and_the_limit(settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"upload_limit_mb": 1})
    with pytest.raises(BadFile, match=r"有1\.5MB，超过了1MB的上限"):
        store(upload("大.pdf", PDF + b"0" * (3 * 2**19)))


def test_the_same_content_lies_on_disk_once_and_keeps_each_persons_name(settings) -> None:
    clerk = User.objects.create(username="clerk", display_name="窗口")
    first = store(upload("我的.pdf", PDF))
    second = store(upload("他的.pdf", PDF), by=clerk)
    assert store(upload("我的.pdf", PDF)) == first
    assert (first.name, second.name, second.stored_by) == ("我的.pdf", "他的.pdf", clerk)
    assert first.content.name == second.content.name
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\王\\合同.pdf", "合同.pdf"),
        ("照片\u202efdp.exe", "照片 fdp.exe"),
        ("a\x00b\n.pdf", "a b .pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ('<img src="x">.png', "img src= x .png"),
        ("...", "未命名"),
        ("", "未命名"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_loses_folders_invisible_characters_and_length(given: str, kept: str) -> None:
    assert tidy_name(given) == kept


def test_a_file_without_an_ending_gets_the_one_of_its_content() -> None:
    assert store(upload("身份证", JPEG)).name == "身份证.jpg"
    assert store(upload("合同v1.2", PDF)).name == "合同v1.2.pdf"


def infected(_: File[Any]) -> str:
    return "Eicar"


def out_of_order(_: File[Any]) -> str:
    raise ConnectionRefusedError


@pytest.mark.parametrize(("scanner", "says"), [("infected", "含有病毒（Eicar）"), ("out_of_order", "暂时无法检查")])
def test_a_file_the_scanner_does_not_pass_is_not_kept(settings, scanner: str, says: str) -> None:
    settings.ENV = settings.ENV.model_copy(update={"virus_scanner": f"{__name__}.{scanner}"})
    with pytest.raises(BadFile, match=says):
        store(upload("表.pdf", PDF))
    assert not StoredFile.objects.exists()


def test_a_download_is_an_attachment_that_no_browser_guesses_about() -> None:
    answer = as_attachment(store(upload("说明.txt", b"<script>alert(1)</script>")))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"
    answer.close()
