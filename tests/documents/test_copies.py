import hashlib
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from santai.documents import copies, letters
from santai.documents.copies import copy_of, original_bytes, pdf_bytes, pdf_name, render_missing_copies
from santai.documents.letters import issue
from santai.documents.models import Letter, LetterCopy
from santai.documents.typesetting import typeset
from santai.trust.crypto import CannotDecrypt, decrypt_bytes, encrypt_bytes
from santai.trust.immutable import NeverChanged

pytestmark = pytest.mark.django_db

CODE = "2301020220260000011"
TRAPS = (
    '#import "secret.typ": *\n*粗体* _斜体_ $x^2$ `raw` <label> @ref // 注释 /* */ \\ \\u{41} #{1+1} = 标题\n'
    "“引号”…—— -- 😀 👨‍👩‍👧"
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Iterator[Path]:
    settings.LETTER_FOLDERS = [tmp_path]
    (tmp_path / "plain.txt").write_text(
        "给予法律援助决定书 | 法援准\n\n编号：{{ number }}\n\n王小明：\n\n{{ words }}\n\n"
        "道里区法律援助中心\n{{ issued_on }}\n",
        encoding="utf-8",
    )
    (tmp_path / "rows.txt").write_text(
        "送达回证 | 送 | table\n\n编号：{{ number }}\n\n送达方式：邮寄\n受送达人：{{ words }}\n\n{{ issued_on }}\n",
        encoding="utf-8",
    )
    letters.template_of.cache_clear()
    yield tmp_path
    letters.template_of.cache_clear()


def written(at: datetime, words: str = "决定给予法律援助。", kind: str = "plain") -> Letter:
    context = {"words": words}
    return issue(kind, case_code=CODE, region="230102", context=context, at=at, issued_by="道里区法律援助中心")


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_a_copy_shows_issuer_number_title_text_and_where_to_check(monday: datetime) -> None:
    letter = written(monday)
    text = squeezed(text_of(pdf_bytes(letter)))
    for words in (letter.issued_by, letter.number, letter.title, "决定给予法律援助。", "2026年3月2日", CODE):
        assert words in text
    assert f"/verify/letters/{letter.digest[:16]}" in text
    assert "第1页共1页" in text


def test_a_letter_has_one_copy_and_it_stays_the_same(monday: datetime) -> None:
    letter = written(monday)
    first = copy_of(letter)
    assert copy_of(Letter.objects.get()) == first
    assert LetterCopy.objects.count() == 1
    pdf = original_bytes(letter)
    assert (first.sha256, first.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    for change in (first.save, first.delete, LetterCopy.objects.all().delete):
        with pytest.raises(NeverChanged):
            change()


def test_of_two_that_print_at_once_both_get_the_copy_of_the_first(monday: datetime, monkeypatch) -> None:
    letter = written(monday)

    def overtaken(layout: str, page: object, *, at: datetime) -> bytes:
        monkeypatch.setattr(copies, "typeset", typeset)
        copy_of(letter)
        return b"late"

    monkeypatch.setattr(copies, "typeset", overtaken)
    assert copy_of(letter).sha256 != hashlib.sha256(b"late").hexdigest()
    assert LetterCopy.objects.count() == 1


def test_the_same_letter_gives_the_same_bytes(monday: datetime) -> None:
    letter = written(monday)
    drawn = [typeset("letter", copies.page_of(letter), at=letter.issued_at) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_the_bytes_are_sealed_in_the_database(monday: datetime) -> None:
    kept = bytes(copy_of(written(monday)).sealed)
    assert b"%PDF" not in kept
    assert decrypt_bytes(kept).startswith(b"%PDF")
    with pytest.raises(CannotDecrypt):
        decrypt_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert decrypt_bytes(encrypt_bytes(b"")) == b""


@pytest.mark.parametrize("kind", ["plain", "rows"])
def test_what_people_wrote_is_printed_as_text_and_never_read_as_markup(monday: datetime, kind: str) -> None:
    text = squeezed(text_of(pdf_bytes(written(monday, TRAPS, kind))))
    for words in ('#import"secret.typ":*', "*粗体*", "$x^2$", "`raw`", "<label>", "@ref", "\\u{41}", "#{1+1}"):
        assert words in text


def test_ten_thousand_characters_fill_numbered_pages_and_lose_nothing(monday: datetime) -> None:
    words = "".join(f"第{n:04d}句话。" for n in range(1250))
    pdf = pdf_bytes(written(monday, words))
    pages = PdfReader(BytesIO(pdf)).pages
    whole = "".join(squeezed(page.extract_text()).split(f"第{at}页共")[0] for at, page in enumerate(pages, 1))
    assert words in whole
    assert f"第{len(pages)}页共{len(pages)}页" in squeezed(pages[-1].extract_text())


def test_ten_thousand_letters_without_a_blank_stay_on_the_page(monday: datetime) -> None:
    page = PdfReader(BytesIO(pdf_bytes(written(monday, "a" * 10_000)))).pages[0]
    longest = max((line.count("a") for line in page.extract_text().splitlines()), default=0)
    assert 24 <= longest <= 96


def test_control_characters_and_halves_of_characters_do_no_harm(monday: datetime) -> None:
    letter = Letter(number="1", title="信", body="甲\x00\x07乙\u202e丙\n", digest="0" * 64, issued_at=monday)
    assert "甲乙丙" in squeezed(text_of(typeset("letter", copies.page_of(letter), at=monday)))


def test_a_letter_whose_template_is_gone_is_still_printed(monday: datetime) -> None:
    letter = Letter.objects.create(
        case_code=CODE, kind="old", number="旧1号", title="旧信", body="旧的内容\n", digest="a" * 64, issued_at=monday
    )
    assert "旧的内容" in squeezed(text_of(pdf_bytes(letter)))
    assert copies.PLATFORM in squeezed(text_of(pdf_bytes(letter)))


def test_finishers_add_behind_the_copy_in_their_order(monday: datetime, monkeypatch) -> None:
    monkeypatch.setattr(copies, "finishing", [lambda _, pdf: pdf + b"%1", lambda _, pdf: pdf + b"%2"])
    letter = written(monday)
    assert pdf_bytes(letter) == original_bytes(letter) + b"%1%2"
    assert PdfReader(BytesIO(pdf_bytes(letter))).pages


def test_every_letter_gets_a_copy_even_when_one_cannot_be_printed(monday: datetime, monkeypatch) -> None:
    bad, good = written(monday, "坏"), written(monday, "好")

    def picky(layout: str, page: dict[str, object], *, at: datetime) -> bytes:
        if page["number"] == bad.number:
            raise RuntimeError("cannot be drawn")
        return typeset(layout, page, at=at)

    monkeypatch.setattr(copies, "typeset", picky)
    assert render_missing_copies(at=monday) == 1
    assert list(LetterCopy.objects.values_list("letter_id", flat=True)) == [good.pk]
    assert render_missing_copies(at=monday) == 0


def test_a_letter_is_found_by_its_mark_however_it_is_typed(monday: datetime) -> None:
    letter = written(monday)
    mark = copies.mark_of(letter)
    assert copies.letter_marked(mark) == letter
    assert copies.letter_marked(f" {mark[:4].upper()} {mark[4:]}") == letter
    for wrong in ("", mark[:-1], mark[:-1] + "g", mark + "0", "0" * 16):
        assert copies.letter_marked(wrong) is None


def test_a_download_has_a_chinese_name_and_is_kept_nowhere(monday: datetime) -> None:
    letter = written(monday)
    answer = copies.as_pdf(letter)
    assert pdf_name(letter) == f"给予法律援助决定书（{letter.number}）.pdf"
    assert "filename*=utf-8''%E7%BB%99" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "application/pdf"


def test_a_warm_letter_is_drawn_within_its_budget(monday: datetime) -> None:
    page = copies.page_of(written(monday))
    typeset("letter", page, at=monday)
    taken = []
    for n in range(5):
        begun = time.process_time()
        typeset("letter", {**page, "title": f"决定书{n}"}, at=monday)
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.05


def test_every_kind_of_letter_names_a_layout_that_exists(settings) -> None:
    settings.LETTER_FOLDERS = [Path(letters.__file__).parents[1] / "procedures" / "letters"]
    letters.template_of.cache_clear()
    for kind in letters.kinds():
        assert letters.template_of(kind).layout == copies.layout_of(kind), kind
