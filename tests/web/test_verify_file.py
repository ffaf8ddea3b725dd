"""The public check of a PDF, and what outsiders get to watch over the records."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pymerkle import verify_consistency
from pymerkle.proof import ConsistencyProof

from santai.archive.models import Checkpoint
from santai.archive.transparency import keys
from santai.archive.transparency.checkpoints import PublicKey, read_checkpoint, read_kept, write_keys
from santai.archive.transparency.growing import sign_checkpoint, take_checkpoint
from santai.archive.transparency.leaves import sha256_of
from santai.casework.models import Case, CaseDocument
from santai.documents.copies import original_bytes, pdf_bytes
from santai.documents.models import Letter, StoredFile
from tests import factories

pytestmark = pytest.mark.django_db
DEPOSITED = b"%PDF-1.4 the recording"


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path: Path) -> None:
    settings.ENV = settings.ENV.model_copy(update={"home": tmp_path / "home", "checkpoint_key": ""})


@pytest.fixture
def letter(town, monday) -> Letter:
    case = factories.make_case(monday)
    return Letter.objects.get(case_code=case.code)


def ask(content: bytes, file: bytes | None = None, client: Client | None = None):
    given = {"pdf": SimpleUploadedFile("文书.pdf", content)}
    if file is not None:
        given["file"] = SimpleUploadedFile("录音.pdf", file)
    return (client or Client()).post("/verify/file", given)


def test_the_page_asks_for_a_file():
    page = Client().get("/verify/file").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "不会保存" in page


def test_a_genuine_letter_is_told_to_be_genuine_with_what_that_means_and_what_not(letter, settings):
    before = list(Path(settings.MEDIA_ROOT).rglob("*"))
    page = ask(pdf_bytes(letter))
    told = page.content.decode()
    assert page.status_code == 200
    assert "有效：是平台出的，没有改动过" in told
    assert letter.number in told
    assert "不说明它现在还有没有效力" in told
    assert "不在平台现在公开的列表里" not in told
    assert page.headers["Cache-Control"] == "no-store"
    assert (StoredFile.objects.count(), list(Path(settings.MEDIA_ROOT).rglob("*"))) == (0, before)


def test_a_forged_letter_is_refused(letter):
    told = ask(pdf_bytes(letter).replace(b"stream", b"strean", 1)).content.decode()
    assert "核对不通过" in told
    assert "被改动过" in told


def test_a_letter_without_proof_is_told_when_it_will_have_one(letter):
    told = ask(original_bytes(letter)).content.decode()
    assert "核对不通过" in told
    assert "将在一小时内加入" in told


def test_a_letter_of_a_foreign_key_is_refused(letter, settings):
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "ab" * 32})
    pdf = pdf_bytes(letter)
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "cd" * 32})
    assert "不是平台公布的密钥" in ask(pdf).content.decode()


def test_a_letter_of_a_former_key_stays_valid(letter, settings):
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "ab" * 32})
    pdf, former = pdf_bytes(letter), keys.public_key()
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "cd" * 32})
    file = settings.ENV.home / "keys" / keys.FORMER_NAME
    file.parent.mkdir(parents=True)
    file.write_text(write_keys([former]))
    assert "没有改动过" in ask(pdf).content.decode()


def test_a_checkpoint_nobody_published_is_pointed_out(letter, monkeypatch):
    pdf = pdf_bytes(letter)
    monkeypatch.setattr("santai.web.portal.checking.Checkpoint.objects", Checkpoint.objects.none())
    assert "不在平台现在公开的列表里" in ask(pdf).content.decode()


def test_a_deposit_is_checked_with_its_certificate(letter, monday):
    case = Case.objects.get(code=letter.case_code)
    Case.objects.filter(pk=case.pk).update(procedure="evidence_deposit")
    stored = factories.make_file("录音.pdf", DEPOSITED)
    StoredFile.objects.filter(pk=stored.pk).update(sha256=sha256_of(DEPOSITED))
    CaseDocument.objects.create(case=case, file=stored, kind="deposit", channel="web", added_by="x", added_at=monday)
    pdf = pdf_bytes(letter)
    assert "和存证时一模一样" in ask(pdf, DEPOSITED).content.decode()
    assert "不是您选的那个存证文件" in ask(pdf, DEPOSITED + b"x").content.decode()


def test_nothing_chosen_an_empty_and_a_huge_file_are_told_apart(settings):
    assert "请先选择要核对的 PDF" in Client().post("/verify/file", {}).content.decode()
    assert ask(b"").status_code == 422
    settings.ENV = settings.ENV.model_copy(update={"upload_limit_mb": 0})
    page = ask(b"%PDF")
    assert page.status_code == 422
    assert "文件超过了" in page.content.decode()


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7", b"\xff" * 3000, b"\n%SANTAI-PROOF "])
def test_any_file_gets_an_answer(content):
    page = ask(content)
    assert page.status_code == 200
    assert "核对不通过" in page.content.decode()


def test_whoever_asks_too_often_waits(settings, letter):
    settings.ENV = settings.ENV.model_copy(update={"public_rate": "2/m"})
    client = Client()
    assert [ask(b"x", client=client).status_code for _ in range(3)][-1] in (403, 429)


# --- for witnesses


def test_the_published_key_checks_the_published_checkpoints(letter, monday):
    take_checkpoint(at=monday)
    kept = read_kept(Client().get("/.well-known/santai-checkpoint-key").content.decode())
    told = Client().get("/api/v1/checkpoints/latest").json()
    text = told.pop("text")
    signed = read_checkpoint(told)
    assert signed.text.decode() == text
    assert signed.is_signed_by(kept.keys[0])
    assert Client().get("/api/v1/checkpoints/keys").json() == json.loads(write_keys(kept.keys))


def test_a_witness_follows_the_tree_from_checkpoint_to_checkpoint(letter, monday):
    take_checkpoint(at=monday)
    factories.make_case(monday + timedelta(minutes=1))
    take_checkpoint(at=monday + timedelta(hours=1))
    first, second = Client().get("/api/v1/checkpoints").json()["checkpoints"]
    answer = Client().get("/api/v1/checkpoints/consistency", {"prior": first["size"], "later": second["size"]})
    verify_consistency(
        bytes.fromhex(first["root"]),
        bytes.fromhex(second["root"]),
        ConsistencyProof.deserialize(answer.json()),
        first["size"],
        second["size"],
    )


@pytest.mark.parametrize(("prior", "later"), [(5, 2), (1, 10**9), (0, 1), ("x", 1)])
def test_a_tree_that_never_was_is_refused_in_words(prior, later, letter):
    take_checkpoint(at=timezone.now())
    answer = Client().get("/api/v1/checkpoints/consistency", {"prior": prior, "later": later})
    assert answer.status_code == 422


def test_a_page_holds_a_hundred_checkpoints(letter, monday):
    take_checkpoint(at=monday)
    for day in range(1, 102):
        sign_checkpoint(at=monday + timedelta(days=day * 2))
    first = Client().get("/api/v1/checkpoints").json()
    rest = Client().get("/api/v1/checkpoints", {"cursor": first["next_cursor"]}).json()
    assert (len(first["checkpoints"]), len(rest["checkpoints"]), rest["next_cursor"]) == (100, 2, "")


def test_without_records_there_is_no_checkpoint_yet():
    assert Client().get("/api/v1/checkpoints/latest").status_code == 404


def test_no_private_half_leaves_the_house(letter, settings):
    pdf = pdf_bytes(letter)
    seed = (settings.ENV.home / "keys" / keys.KEY_NAME).read_text()
    shown = Client().get("/.well-known/santai-checkpoint-key").content + pdf
    assert seed.encode() not in shown
    assert bytes.fromhex(seed) not in shown
    assert isinstance(keys.public_key(), PublicKey)
