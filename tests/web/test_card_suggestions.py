"""A photographed identity card fills in nothing by itself: it suggests, to whoever took it, and goes if not sent."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from santai.casework.models import Case
from santai.casework.periodic import read_pictures
from santai.documents import reading as ocr
from santai.documents.cards import Read
from santai.documents.models import DocumentKind, Reading, StoredFile
from santai.intake.codes import send_code
from santai.people.models import Party
from santai.procedures.forms.dispute_screening import Found
from santai.procedures.forms.enforcement_clue import Register
from santai.procedures.forms.legal_aid import Application
from santai.trust.roles import Role
from santai.web import cards
from santai.web.cards import fills_of, plainly, suggest
from santai.web.periodic import forget_cards_not_handed_in
from tests.documents.test_reading import FRONT, NUMBER
from tests.documents.test_sheets import picture
from tests.factories import Town
from tests.web.staff_pages import at_desk, case_in_hand

pytestmark = pytest.mark.django_db
TYPED = {"kind": "person", "name": "", "phone": "13800001234", "region": "230102", "groups": ["elderly"]}


@pytest.fixture(autouse=True)
def _engine(monkeypatch: Any, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(ocr, "_recognised", lambda _: [Read(text, 0.99, x, y) for x, y, text in FRONT])


def photo(name: str = "身份证.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture("JPEG"), content_type="image/jpeg")


@pytest.fixture
def citizen(town: Town) -> Client:
    client = Client()
    client.post("/request/", {"text": "老板拖欠我三个月工资，打电话也不接。"})
    return client


def page(client: Client, path: str = "/request/who") -> str:
    return client.get(path).content.decode()


def test_a_citizen_sees_what_was_read_and_fills_it_in_with_one_press(citizen: Client, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    answer = citizen.post("/request/card", {**TYPED, "file": photo()})
    assert answer.headers["Location"] == "/request/who"
    waiting = page(citizen)
    assert "正在读取照片" in waiting
    assert 'value="13800001234"' in waiting, "what was typed before came along"
    read_pictures(at=timezone.now())
    told = page(citizen)
    assert f"从照片读出，请核对：{NUMBER}" in told
    assert f'value="{NUMBER}"' not in told
    used = page(citizen, "/request/who?card=use")
    assert f'value="{NUMBER}"' in used
    assert 'value="王小明"' in used
    assert not Party.objects.exists()
    assert NUMBER not in caplog.text


def sent(citizen: Client) -> Case:
    citizen.post("/request/who", {**TYPED, "name": "王小明"})
    citizen.post("/request/check", {"code": send_code(TYPED["phone"])})
    return Case.objects.get()


def test_sent_the_photograph_is_proof_of_identity(citizen: Client) -> None:
    citizen.post("/request/card", {**TYPED, "file": photo()})
    paper = sent(citizen).documents.get()
    assert (paper.kind, paper.file.name) == (DocumentKind.IDENTITY, "身份证.jpg")


def test_a_photograph_that_is_dropped_is_not_sent(citizen: Client) -> None:
    citizen.post("/request/card", {**TYPED, "file": photo()})
    citizen.post("/request/card", {**TYPED, "drop": "1"})
    assert not sent(citizen).documents.exists()


def test_what_came_with_the_photograph_is_used_by_nothing_before_it_is_checked(citizen: Client) -> None:
    odd = {"kind": "ghost", "name": "王小明", "phone": "12", "region": "999999", "groups": ["nobody"]}
    citizen.post("/request/card", {**odd, "file": photo()})
    assert citizen.get("/request/who").status_code == 200
    assert citizen.get("/request/check").headers["Location"] == "/request/who"
    assert citizen.post("/request/code").headers["Location"] == "/request/who"


def test_nobody_else_sees_what_was_read(citizen: Client) -> None:
    citizen.post("/request/card", {**TYPED, "file": photo()})
    read_pictures(at=timezone.now())
    other = Client()
    other.post("/request/", {"text": "房东不退押金，怎么办？"})
    assert NUMBER not in page(other)


def test_what_is_no_card_or_no_picture_is_told_plainly(citizen: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(ocr, "_recognised", lambda _: [])
    citizen.post("/request/card", {**TYPED, "file": photo()})
    read_pictures(at=timezone.now())
    assert cards.NOT_A_CARD in page(citizen)
    for odd in ({}, {"file": SimpleUploadedFile("x.exe", b"MZ")}):
        citizen.post("/request/card", {**TYPED, **odd})
        assert 'class="notice notice-error"' in page(citizen)


def test_reading_that_takes_too_long_or_a_long_line_is_told(citizen: Client, monkeypatch: Any) -> None:
    citizen.post("/request/card", {**TYPED, "file": photo()})
    reading = Reading.objects.get()
    assert plainly(reading, at=reading.asked_at + timedelta(minutes=2)).problem == cards.TOO_SLOW
    monkeypatch.setattr(cards, "MOST_WAITING", 1)
    citizen.post("/request/card", {**TYPED, "file": photo("另一张.jpg")})
    assert cards.TOO_MANY in page(citizen)


def test_a_photograph_never_sent_goes_after_a_day_and_one_that_was_sent_stays(citizen: Client) -> None:
    citizen.post("/request/card", {**TYPED, "file": photo()})
    read_pictures(at=timezone.now())
    stored = StoredFile.objects.get()
    assert forget_cards_not_handed_in(at=timezone.now() + timedelta(hours=23)) == 0
    assert forget_cards_not_handed_in(at=timezone.now() + timedelta(hours=25)) == 1
    assert not Reading.objects.exists()
    assert not StoredFile.objects.exists()
    assert not stored.content.storage.exists(stored.content.name)
    citizen.post("/request/card", {**TYPED, "file": photo()})
    sent(citizen)
    assert forget_cards_not_handed_in(at=timezone.now() + timedelta(days=2)) == 0


# --- the forms of steps -------------------------------------------------------------------------------------------


def test_a_step_is_offered_what_its_fields_ask_for() -> None:
    assert fills_of(Application())["adverse_name"] == "name"
    assert fills_of(Register())["id_number"] == "id_number"
    assert fills_of(Found())["who"] == "name"


def test_of_two_names_nobody_knows_which_so_none_is_filled_in() -> None:
    class Two(forms.Form):
        one = forms.CharField()
        other = forms.CharField()
        number = forms.CharField()

    form = Two()
    fills = {"one": "name", "other": "name", "number": "id_number"}
    suggest(form, {"name": "王小明", "id_number": NUMBER}, fills=fills, use=True)
    assert form.initial == {"number": NUMBER}
    assert "王小明" in str(form.fields["other"].help_text)


def test_staff_photograph_a_card_for_a_step_and_only_they_see_it(town: Town) -> None:
    from tests.procedures.legal_aid_story import OFFICER, Story

    story = Story(town, timezone.now() - timedelta(hours=2))
    officer = at_desk(town.staff[OFFICER])
    where = f"/desk/cases/{story.case.code}"
    answer = officer.post(f"{where}/steps/apply/card", {"file": photo()})
    assert answer.headers["Location"] == f"{where}?step=apply#open-step"
    read_pictures(at=timezone.now())
    assert "从照片读出，请核对：王小明" in page(officer, f"{where}?step=apply")
    assert 'value="王小明"' in page(officer, f"{where}?step=apply&card=use")
    assert "王小明" not in page(at_desk(town.staff[Role.LEGAL_AID_DIRECTOR]), f"{where}?step=apply")
    assert not story.case.documents.exists()
    officer.post(f"{where}/steps/apply/card", {"drop": "1"})
    assert "从照片读出" not in page(officer, f"{where}?step=apply")


def test_a_form_without_such_fields_offers_no_photograph(town: Town) -> None:
    case = case_in_hand(town)
    assert "拍身份证" not in page(at_desk(town.staff[Role.LAWYER]), f"/desk/cases/{case.code}?step=finish")
