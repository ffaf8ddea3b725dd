"""Identity cards are read offline, suggest what checks out, and decide nothing. The pictures are drawn here."""

import io
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from santai.documents import reading as ocr
from santai.documents.cards import Read, card_in
from santai.documents.models import Reading, StoredFile
from santai.documents.reading import ahead_of, ask, card_of, is_readable, read_waiting, text_of
from tests.documents.test_sheets import pdf, stored

pytestmark = pytest.mark.django_db
NUMBER = "230102199003074518"
FRONT = [
    (60, 60, "姓 名"),
    (190, 56, "王小明"),
    (60, 140, "性 别 男"),
    (330, 140, "民 族 汉"),
    (60, 220, "出 生"),
    (190, 218, "1990 年 3 月 7 日"),
    (60, 300, "住 址"),
    (190, 298, "黑龙江省哈尔滨市道里区"),
    (190, 350, "群力大道100号2单元301室"),
    (60, 520, "公民身份号码"),
    (340, 516, NUMBER),
]
BACK = [
    (330, 80, "中华人民共和国"),
    (360, 180, "居民身份证"),
    (150, 430, "签发机关"),
    (360, 428, "哈尔滨市公安局道里分局"),
    (150, 520, "有效期限"),
    (360, 518, "2015.06.08-2035.06.08"),
]


def font(size: int) -> ImageFont.FreeTypeFont:
    package = find_spec("mplfonts")
    assert package
    assert package.origin
    return ImageFont.truetype(str(Path(package.origin).parent / "fonts" / "NotoSansCJKsc-Regular.otf"), size)


def drawn(words: list[tuple[int, int, str]]) -> Image.Image:
    image = Image.new("RGB", (1012, 638), "#e8f0f4")
    pen, letters = ImageDraw.Draw(image), font(40)
    for x, y, text in words:
        pen.text((x, y), text, font=letters, fill="black")
    return image


def photo(image: Image.Image, kind: str = "JPEG") -> StoredFile:
    kept = io.BytesIO()
    image.save(kept, format=kind, **({"quality": 60} if kind == "JPEG" else {}))
    return stored(kept.getvalue(), f"image/{kind.lower()}", "身份证.jpg")


@pytest.fixture
def _no_network(monkeypatch) -> Iterator[None]:
    def closed(*_: object, **__: object) -> None:
        raise OSError("the network is closed")

    monkeypatch.setattr(socket.socket, "connect", closed)
    monkeypatch.setattr(socket, "create_connection", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    ocr._engine.cache_clear()
    yield
    ocr._engine.cache_clear()


@pytest.mark.usefixtures("_no_network")
def test_both_sides_of_a_card_are_read_without_a_network(monday: datetime) -> None:
    pictures = [drawn(FRONT).rotate(3, fillcolor="gray"), drawn(FRONT).rotate(90, expand=True), drawn(BACK)]
    asked = [ask(photo(picture), at=monday) for picture in pictures]
    assert read_waiting(at=monday) == 3
    crooked, sideways, back = (card_of(Reading.objects.get(pk=one.pk)) for one in asked if one)
    assert crooked == {
        "name": "王小明",
        "id_number": NUMBER,
        "birth": "1990-03-07",
        "address": "黑龙江省哈尔滨市道里区群力大道100号2单元301室",
    }
    # On its side the lines of the address may come in another order; what identifies the person does not change.
    assert (sideways["name"], sideways["id_number"]) == ("王小明", NUMBER)
    assert back == {"issuer": "哈尔滨市公安局道里分局", "valid_until": "2035-06-08"}


def test_a_number_that_does_not_check_out_is_not_suggested() -> None:
    wrong = NUMBER[:-1] + "0"
    lines = [Read(text.replace(NUMBER, wrong), 0.99, x, y) for x, y, text in FRONT]
    assert card_in(lines) == {}


def test_what_the_reader_is_not_sure_of_is_not_suggested() -> None:
    lines = [Read(text, 0.4 if text == "王小明" else 0.99, x, y) for x, y, text in FRONT]
    assert "name" not in card_in(lines)


def test_a_name_on_the_line_of_its_label_and_a_name_of_a_minority() -> None:
    assert card_in([Read("姓名阿依古丽·买买提", 0.9, 0, 0), Read(NUMBER, 0.9, 0, 9)])["name"] == "阿依古丽·买买提"
    assert card_in([Read("姓名WANG", 0.9, 0, 0), Read(NUMBER, 0.9, 0, 9)]).get("name") is None


@pytest.mark.parametrize(("words", "until"), [("2015.06.08-长期", "长期"), ("2015.06.08-2035.02.31", None)])
def test_how_long_a_card_holds(words: str, until: str | None) -> None:
    assert card_in([Read(f"有效期限{words}", 0.9, 0, 0)]).get("valid_until") == until


@pytest.mark.parametrize("lines", [[], [Read("", 1, 0, 0)], [Read("借条 今借到人民币三万元", 1, 0, 0)]])
def test_another_picture_is_no_card(lines: list[Read]) -> None:
    assert card_in(lines) == {}


def test_what_was_read_lies_sealed(monday: datetime, monkeypatch) -> None:
    from django.db import connection

    monkeypatch.setattr(ocr, "_recognised", lambda _: [Read(text, 0.99, x, y) for x, y, text in FRONT])
    asked = ask(photo(drawn([])), at=monday)
    read_waiting(at=monday)
    with connection.cursor() as cursor:
        cursor.execute("SELECT found FROM documents_reading")
        (kept,) = cursor.fetchone()
    assert NUMBER not in kept
    assert "王小明" not in kept
    assert asked
    assert "王小明" in text_of(Reading.objects.get(pk=asked.pk))


def test_a_picture_is_read_once_however_often_it_is_asked_for(monday: datetime, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(ocr, "_recognised", lambda content: seen.append(content) or [])
    file = photo(drawn([]))
    assert ask(file, at=monday) == ask(file, at=monday + timedelta(minutes=1))
    assert [read_waiting(at=monday), read_waiting(at=monday)] == [1, 0]
    assert len(seen) == 1


def test_pictures_are_read_in_the_order_they_came(monday: datetime, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "_recognised", lambda _: [])
    first, second = ask(photo(drawn([])), at=monday), ask(photo(drawn([])), at=monday)
    assert second
    assert ahead_of(second) == 1
    read_waiting(at=monday, most=1)
    assert first
    assert Reading.objects.get(pk=first.pk).done_at
    assert ahead_of(second) == 0


def test_a_broken_picture_is_told_and_does_not_stop_the_next(monday: datetime, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "_recognised", lambda _: [])
    bad = ask(stored(b"\xff\xd8\xff broken", "image/jpeg", "坏.jpg"), at=monday)
    ask(photo(drawn([])), at=monday)
    assert read_waiting(at=monday) == 2
    assert bad
    assert "手工填写" in Reading.objects.get(pk=bad.pk).problem


def test_what_is_no_picture_or_too_large_is_not_read(monday: datetime, monkeypatch) -> None:
    assert ask(stored(pdf()), at=monday) is None
    monkeypatch.setattr(ocr, "LARGEST_FILE", 10)
    assert ask(photo(drawn([])), at=monday) is None


def test_an_installation_may_switch_reading_off(settings, monday: datetime, monkeypatch) -> None:
    file = photo(drawn([]))
    ask(file, at=monday)
    monkeypatch.setattr(settings.ENV, "ocr", False)
    assert not is_readable(file)
    assert read_waiting(at=monday) == 0
    assert ask(photo(drawn(FRONT)), at=monday) is None


def test_without_the_models_a_person_is_told_to_type(monday: datetime, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "_models", lambda: tmp_path)
    ocr._engine.cache_clear()
    asked = ask(photo(drawn([])), at=monday)
    read_waiting(at=monday)
    assert asked
    assert "请手工填写" in Reading.objects.get(pk=asked.pk).problem
