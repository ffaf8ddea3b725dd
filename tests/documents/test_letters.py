"""A letter is numbered, whole, and never changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from santai.documents import letters
from santai.documents.letters import LetterLacks, UnknownLetter, is_unchanged, issue, kinds, mark_served, render
from santai.documents.models import Letter, Serial
from santai.trust.immutable import NeverChanged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.LETTER_FOLDERS = [tmp_path]
    (tmp_path / "hello.txt").write_text(
        "问候信 | 问候\n\n{{ number }}\n{{ name }}您好。{{ issued_on }}\n", encoding="utf-8"
    )
    letters.template_of.cache_clear()
    yield tmp_path
    letters.template_of.cache_clear()


def write(at: datetime, *, region: str = "230102", name: str = "王小明") -> Letter:
    return issue("hello", case_code="2301020220260000011", region=region, context={"name": name}, at=at)


def test_the_number_names_province_word_year_division_and_a_serial_of_its_own(monday: datetime) -> None:
    assert [write(monday).number, write(monday).number, write(monday, region="2301").number] == [
        "黑问候字〔2026〕230102第000001号",
        "黑问候字〔2026〕230102第000002号",
        "黑问候字〔2026〕230100第000001号",
    ]


def test_the_year_of_the_number_is_that_of_chinese_time() -> None:
    assert "〔2026〕" in write(datetime.fromisoformat("2025-12-31T16:00:00+00:00")).number


def test_a_letter_says_what_its_context_says_without_escaping(monday: datetime) -> None:
    letter = write(monday, name="A&B <公司>")
    assert letter.body == f"{letter.number}\nA&B <公司>您好。2026年3月2日\n"
    assert letter.title == "问候信"


@pytest.mark.parametrize(
    "body", ["{{ nobody }}", "{{ data.nothing }}", "{% if nobody %}x{% endif %}", "{% for x in nobody %}{% endfor %}"]
)
def test_a_letter_with_a_hole_is_not_issued_and_uses_up_no_number(folder: Path, monday: datetime, body: str) -> None:
    (folder / "hole.txt").write_text(f"信 | 洞\n\n{body}", encoding="utf-8")
    with pytest.raises(LetterLacks):
        issue("hole", case_code="1", region="23", context={"data": {}}, at=monday)
    assert not Letter.objects.exists()
    assert not Serial.objects.exists()


def test_an_optional_part_may_ask_for_a_field_that_is_not_there() -> None:
    assert render("{% if data.note %}说明{% endif %}。", {"data": {}}) == "。"


@pytest.mark.parametrize("value", ["2026-12-03", "2026-12-02T16:30:00+00:00", date(2026, 12, 3)])
def test_days_are_written_the_chinese_way(value: object) -> None:
    assert render("{{ at|day }}", {"at": value}) == "2026年12月3日"


@pytest.mark.parametrize("source", ["没有文号\n\n正文", "标题 | 字\n正文", "标题 | 字\n\n \n"])
def test_a_template_without_a_proper_heading_is_named(folder: Path, monday: datetime, source: str) -> None:
    (folder / "odd.txt").write_text(source, encoding="utf-8")
    with pytest.raises(UnknownLetter, match="odd"):
        issue("odd", case_code="1", region="23", context={}, at=monday)


def test_an_unknown_kind_is_named(monday: datetime) -> None:
    with pytest.raises(UnknownLetter, match="nowhere"):
        issue("nowhere", case_code="1", region="23", context={}, at=monday)


def test_an_issued_letter_is_neither_changed_nor_deleted(monday: datetime) -> None:
    letter = write(monday)
    letter.body = "改过的"
    for change in (
        letter.save,
        lambda: letter.save(update_fields=["body"]),
        letter.delete,
        lambda: Letter.objects.update(body="改过的"),
        lambda: Letter.objects.all().delete(),
    ):
        with pytest.raises(NeverChanged):
            change()
    assert is_unchanged(Letter.objects.get())


def test_the_database_itself_refuses_to_change_or_delete_a_letter(monday: datetime) -> None:
    write(monday)
    for sql in ("UPDATE documents_letter SET body='x'", "DELETE FROM documents_letter"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_changed_text_no_longer_fits_its_digest(monday: datetime) -> None:
    letter = write(monday)
    letter.body += " "
    assert not is_unchanged(letter)


def test_service_is_recorded_once(monday: datetime) -> None:
    letter = write(monday)
    mark_served(letter, by="online", at=monday)
    mark_served(letter, by="post", at=monday.replace(day=9))
    letter.refresh_from_db()
    assert (letter.served_by, letter.served_at) == ("online", monday)


def test_the_kinds_are_those_of_the_folder() -> None:
    assert kinds() == ["hello"]
