"""Whatever was handed in becomes A4 pages; what cannot be read becomes a page that says so."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from santai.documents.file_order import ORDERS, order_of, read, row_for_letter, row_for_paper
from santai.documents.letters import kinds
from santai.documents.models import DocumentKind, StoredFile
from santai.documents.sheets import A4, sheets_of

pytestmark = pytest.mark.django_db


def stored(content: bytes, media_type: str = "application/pdf", name: str = "材料.pdf") -> StoredFile:
    made = StoredFile(sha256="a" * 64, name=name, media_type=media_type, size=len(content))
    made.content.save(name, ContentFile(content), save=False)
    made.save()
    return made


def pdf(*sizes: tuple[float, float], password: str = "", rotate: int = 0) -> bytes:
    writer = PdfWriter()
    for width, height in sizes or ((595, 842),):
        writer.add_blank_page(width, height).rotate(rotate)
    if password:
        writer.encrypt(password)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def picture(kind: str, size: tuple[int, int] = (800, 400), **more: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "#884422").save(kept, format=kind, **more)
    return kept.getvalue()


def drawn(given: StoredFile) -> PdfReader:
    return PdfReader(io.BytesIO(sheets_of(given)))


def told(given: StoredFile) -> str:
    return "".join("".join(page.extract_text().split()) for page in drawn(given).pages)


@pytest.mark.parametrize("sizes", [[(595, 842)], [(842, 595)], [(2000, 3000), (100, 60)], [(612, 792)] * 3])
@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_every_page_of_a_pdf_becomes_an_upright_a4_page(sizes: list[tuple[float, float]], rotate: int) -> None:
    pages = drawn(stored(pdf(*sizes, rotate=rotate))).pages
    assert len(pages) == len(sizes)
    for page in pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
        assert page.rotation == 0


@pytest.mark.parametrize(("kind", "media"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_fills_one_a4_page(kind: str, media: str) -> None:
    pages = drawn(stored(picture(kind, (3000, 1000)), media, "照片")).pages
    assert len(pages) == 1
    assert float(pages[0].mediabox.width) == pytest.approx(A4[0], abs=1)


def test_a_text_is_printed_as_it_is() -> None:
    assert "#import*经过*" in told(stored("#import\n*经过*".encode("gb18030"), "text/plain", "经过.txt"))


@pytest.mark.parametrize(
    ("content", "media", "why"),
    [
        (b"%PDF-1.4 a paper", "application/pdf", "打不开"),
        (b"", "application/pdf", "打不开"),
        (pdf(password="secret"), "application/pdf", "设有密码"),
        (pdf((0, 0)), "application/pdf", "没有大小"),
        (b"\x89PNG broken", "image/png", "打不开"),
        (b"PK", "application/ofd", "原文件另行保存"),
        (b"\xff\xfe\x00\x81", "text/plain", "编码"),
    ],
)
def test_what_cannot_be_shown_is_named_with_the_reason(content: bytes, media: str, why: str) -> None:
    page = told(stored(content, media, "证据三.pdf"))
    for words in ("证据三.pdf", "a" * 24, why):
        assert words in page.replace("\u200b", "")


def test_scripts_forms_and_links_stay_behind() -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_annotation(0, Link(rect=(0, 0, 100, 100), url="http://example.org/"))
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): TextStringObject("x")})
    kept = io.BytesIO()
    writer.write(kept)
    raw = sheets_of(stored(kept.getvalue()))
    for left in (b"/JavaScript", b"/Annots", b"/AA", b"example.org"):
        assert left not in raw


def test_a_missing_file_on_disk_is_named_too() -> None:
    gone = stored(pdf())
    gone.content.storage.delete(gone.content.name)
    assert "材料.pdf" in told(gone)


# --- the order of a file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.stem for path in ORDERS.glob("*.csv")))
def test_every_order_names_papers_and_letters_that_exist_and_takes_the_rest(name: str) -> None:
    rows = read(name)
    assert {paper for row in rows for paper in row.papers} - {"*"} <= set(DocumentKind.values)
    named = {letter for row in rows for letter in row.letters if "*" not in letter}
    assert named <= set(kinds())
    assert row_for_letter(rows, "never_heard_of").title
    assert row_for_paper(rows, "never_heard_of").title
    assert all(row.title for row in rows)


def test_a_procedure_without_an_order_of_its_own_has_that_of_its_family() -> None:
    assert order_of("legal_aid_criminal") == read("legal_aid")
    assert order_of("arbitration_labour") == read("arbitration")
    assert order_of("work_order") == read("default")


def test_an_exact_name_is_stronger_than_a_pattern() -> None:
    rows = read("legal_aid")
    assert row_for_letter(rows, "legal_aid_granted").title == "审查决定"
    assert row_for_letter(rows, "legal_aid_objection_upheld").title == "异议审查文书"
    assert row_for_paper(rows, "other").title == "其他材料"
