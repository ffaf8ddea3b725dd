import base64
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from santai.documents import letters
from santai.documents.copies import copy_of
from santai.documents.letters import issue
from santai.documents.models import Letter, Signature
from santai.documents.signing import (
    APPLICANT,
    HANDLER,
    OTHER_SIDE,
    NotSigned,
    Signer,
    drawing_from,
    sheet_bytes,
    sign,
    signers_of,
    still_holds,
    still_to_sign,
)
from santai.trust.crypto import decrypt_bytes
from santai.trust.immutable import NeverChanged
from tests.factories import make_party

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Iterator[None]:
    settings.LETTER_FOLDERS = [tmp_path]
    (tmp_path / "deal.txt").write_text(
        "人民调解协议书 | 人调 | letter | 当事人、对方、承办人\n\n张三三日内拆除棚屋。\n\n2026年3月2日\n",
        encoding="utf-8",
    )
    (tmp_path / "news.txt").write_text("通知 | 通\n\n不用签名。\n", encoding="utf-8")
    letters.template_of.cache_clear()
    yield
    letters.template_of.cache_clear()


@pytest.fixture
def deal(monday: datetime) -> Letter:
    return issue("deal", case_code="2301020220260000011", region="230102", context={}, at=monday)


def drawn(*, transparent: bool = True, ink: bool = True) -> str:
    image = Image.new("RGBA", (960, 320), (0, 0, 0, 0) if transparent else (255, 255, 255, 255))
    if ink:
        ImageDraw.Draw(image).line([(100, 250), (400, 60), (800, 250)], fill=(230, 230, 230, 255), width=9)
    if ink and not transparent:
        ImageDraw.Draw(image).line([(100, 250), (400, 60), (800, 250)], fill=(10, 10, 10, 255), width=9)
    kept = BytesIO()
    image.save(kept, format="PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()


def test_a_signature_is_bound_to_the_text_and_to_the_pdf(deal: Letter, monday: datetime) -> None:
    who = make_party()
    done = sign(deal, Signer(APPLICANT, "王小明", party=who), how="code", channel="web", at=monday)
    assert (done.digest, done.sha256) == (deal.digest, copy_of(deal).sha256)
    assert still_holds(done)
    assert still_to_sign(deal) == [OTHER_SIDE, HANDLER]


def test_a_changed_text_takes_no_signature_and_no_longer_holds_the_old_one(deal: Letter, monday: datetime) -> None:
    done = sign(deal, Signer(APPLICANT, "王小明"), how="code", channel="web", at=monday)
    done.letter.body += "再赔一万元。"
    assert not still_holds(done)
    deal.body += "再赔一万元。"
    with pytest.raises(NotSigned, match="不一致"):
        sign(deal, Signer(OTHER_SIDE, "张三"), how="drawn", channel="counter", at=monday)


def test_nobody_signs_twice_and_nobody_signs_who_is_not_asked(deal: Letter, monday: datetime) -> None:
    sign(deal, Signer(APPLICANT, "王小明"), how="code", channel="web", at=monday)
    with pytest.raises(NotSigned, match="已经签过"):
        sign(deal, Signer(APPLICANT, "王小明"), how="code", channel="web", at=monday)
    plain = issue("news", case_code="1", region="23", context={}, at=monday)
    assert signers_of(plain) == ()
    with pytest.raises(NotSigned, match="不用"):
        sign(plain, Signer(APPLICANT, "王小明"), how="code", channel="web", at=monday)


def test_a_signature_is_neither_changed_nor_deleted(deal: Letter, monday: datetime) -> None:
    done = sign(deal, Signer(APPLICANT, "王小明"), how="code", channel="web", at=monday)
    for change in (done.save, done.delete, Signature.objects.all().delete):
        with pytest.raises(NeverChanged):
            change()


@pytest.mark.parametrize("transparent", [True, False])
def test_a_drawn_name_is_kept_small_and_sealed(deal: Letter, monday: datetime, transparent: bool) -> None:
    small = drawing_from(drawn(transparent=transparent))
    assert len(small) < 5000
    done = sign(deal, Signer(OTHER_SIDE, "张三"), how="drawn", channel="counter", drawing=small, at=monday)
    assert b"PNG" not in bytes(done.drawing)
    with Image.open(BytesIO(decrypt_bytes(bytes(done.drawing)))) as image:
        assert image.width <= 480
        assert 0 < image.convert("L").histogram()[0] < image.width * image.height / 4


@pytest.mark.parametrize(
    "given",
    [
        "x",
        "data:image/png;base64,!!",
        "data:image/png;base64," + base64.b64encode(b"no picture").decode(),
        "data:image/jpeg;base64,AAAA",
        "data:image/png;base64," + "A" * 400_000,
        drawn(ink=False),
        drawn(ink=False, transparent=False),
    ],
)
def test_a_drawing_that_is_none_is_refused_with_what_to_do(given: str) -> None:
    with pytest.raises(NotSigned) as refused:
        drawing_from(given)
    assert refused.value.todo


def test_no_drawing_is_no_fault() -> None:
    assert drawing_from("") == b""


def test_the_sheet_names_who_signed_when_how_and_who_has_not(deal: Letter, monday: datetime) -> None:
    sign(deal, Signer(APPLICANT, "王小明#1"), how="code", channel="web", at=monday)
    sign(
        deal,
        Signer(OTHER_SIDE, "张三"),
        how="drawn",
        channel="counter",
        drawing=drawing_from(drawn()),
        witnessed_by="李窗口",
        at=monday,
    )
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(sheet_bytes(deal))).pages)
    for words in (
        "王小明#1",
        "手机验证码确认",
        "2026-03-0209:00:00",
        "当面见证：李窗口",
        deal.digest,
        copy_of(deal).sha256,
    ):
        assert words in text
    assert f"{deal.digest[:8]}…{copy_of(deal).sha256[:8]}" in text
    assert "还没有签名：承办人" in text


def test_the_copy_stays_as_it_was_when_somebody_signs(deal: Letter, monday: datetime) -> None:
    before = copy_of(deal).sha256
    sign(deal, Signer(APPLICANT, "王小明"), how="code", channel="web", at=monday)
    assert copy_of(deal).sha256 == before
