"""Identity cards on the pages: a suggestion beside the field, for the clerk who took the picture; nothing by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from santai.casework.models import Case
from santai.casework.periodic import read_identity_cards, read_pictures
from santai.documents import reading as ocr
from santai.documents.cards import Read
from santai.documents.models import Reading
from santai.people.models import Party
from santai.trust.roles import Role
from tests.documents.test_reading import FRONT, NUMBER
from tests.documents.test_sheets import picture, stored
from tests.factories import Town, make_party
from tests.web.staff_pages import at_desk, case_in_hand


@pytest.fixture(autouse=True)
def _engine(monkeypatch: Any) -> None:
    monkeypatch.setattr(ocr, "_recognised", lambda _: [Read(text, 0.99, x, y) for x, y, text in FRONT])


@pytest.fixture
def clerk(town: Town) -> Client:
    return at_desk(town.staff[Role.COUNTER_CLERK])


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("身份证.jpg", picture("JPEG"), content_type="image/jpeg")


def shown(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_clerk_takes_a_picture_and_checks_what_was_read(clerk: Client) -> None:
    clerk.post("/counter/need/what", {"text": "老板拖欠我三个月工资，打电话也不接。", "procedure": ""})
    assert clerk.post("/counter/card", {"file": photo()}).headers["Location"] == "/counter/need/who"
    waiting = shown(clerk.get("/counter/need/who"))
    assert "正在读取照片" in waiting
    assert NUMBER not in waiting
    read_pictures(at=timezone.now())
    done = shown(clerk.get("/counter/need/who"))
    assert f"从照片读出，请核对：{NUMBER}" in done
    assert f'value="{NUMBER}"' not in done
    used = shown(clerk.get("/counter/need/who?card=use"))
    assert f'value="{NUMBER}"' in used
    assert 'value="王小明"' in used
    assert not Party.objects.exists()


def test_the_picture_becomes_proof_of_identity_of_the_case(clerk: Client) -> None:
    clerk.post("/counter/need/what", {"text": "老板拖欠我三个月工资，打电话也不接。", "procedure": ""})
    clerk.post("/counter/card", {"file": photo()})
    who = {"name": "王小明", "phone": "13812345678", "id_number": NUMBER, "kind": "person"}
    clerk.post("/counter/need/who", who)
    clerk.post("/counter/need/where", {"region": "230102"})
    clerk.get("/counter/need/check")
    assert clerk.post("/counter/need/check").status_code == 302
    assert list(Case.objects.get().documents.values_list("kind", flat=True)) == ["identity"]


def test_another_clerk_sees_nothing_of_the_picture(clerk: Client, town: Town) -> None:
    clerk.post("/counter/card", {"file": photo()})
    read_pictures(at=timezone.now())
    Reading.objects.update(file=stored(picture("PNG"), "image/png", "别人的.png"))
    assert NUMBER not in shown(clerk.get("/counter/need/who?card=use"))


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"%PDF-1.4 x"])
def test_what_is_no_picture_is_told_and_the_clerk_types(clerk: Client, content: bytes) -> None:
    clerk.post("/counter/card", {"file": SimpleUploadedFile("身份证.jpg", content)}, follow=True)
    assert not Reading.objects.exists()
    assert clerk.get("/counter/need/who").status_code == 200
    assert clerk.post("/counter/card", {}).status_code == 302


def test_an_identity_card_that_was_handed_in_is_compared_with_what_is_registered(town: Town) -> None:
    case = case_in_hand(town, applicant=make_party("王小明", "13812345678"))
    file = stored(picture("JPEG"), "image/jpeg", "身份证.jpg")
    case.documents.create(file=file, kind="identity", channel="web", added_by="x", added_at=timezone.now())
    assert read_identity_cards(at=timezone.now()) == 1
    assert read_identity_cards(at=timezone.now()) == 0
    read_pictures(at=timezone.now())
    page = shown(at_desk(town.staff[Role.LAWYER]).get(f"/desk/cases/{case.code}"))
    assert "从照片读出，请核对" in page
    assert "与登记的一致" in page
    assert "登记里没有，请核对后补上" in page
    assert NUMBER not in page
    case.applicant.refresh_from_db()
    assert case.applicant.id_number == ""


def test_a_card_of_somebody_else_and_an_expired_one_are_told(town: Town) -> None:
    case = case_in_hand(town, applicant=make_party("李四", "13812345678"))
    file = stored(picture("JPEG"), "image/jpeg", "身份证.jpg")
    case.documents.create(file=file, kind="identity", channel="web", added_by="x", added_at=timezone.now())
    found = {"card": {"name": "王小明", "valid_until": "2020-01-01"}, "text": []}
    Reading.objects.create(file=file, asked_at=timezone.now(), done_at=timezone.now(), found=json.dumps(found))
    page = shown(at_desk(town.staff[Role.LAWYER]).get(f"/desk/cases/{case.code}"))
    assert "与登记的不一致，请核对" in page
    assert "已过期，请核对" in page


def test_any_picture_may_be_read_on_request_by_whoever_works_on_the_case(town: Town) -> None:
    case = case_in_hand(town)
    file = stored(picture("JPEG"), "image/jpeg", "合同.jpg")
    paper = case.documents.create(file=file, kind="other", channel="web", added_by="x", added_at=timezone.now())
    path = f"/desk/cases/{case.code}/documents/{paper.pk}/read"
    assert at_desk(town.staff[Role.AUDITOR]).post(path).status_code in {403, 404}
    lawyer = at_desk(town.staff[Role.LAWYER])
    assert path in shown(lawyer.get(f"/desk/cases/{case.code}"))
    lawyer.post(path)
    assert Reading.objects.get().file == file
    assert "正在读取照片" in shown(lawyer.get(f"/desk/cases/{case.code}"))
