"""Letters on every surface: read, taken home as PDF, signed, served electronically; each by whom it concerns alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw
from pypdf import PdfReader

from santai.casework.models import Case
from santai.documents import letters
from santai.documents.copies import mark_of
from santai.documents.letters import issue
from santai.documents.models import Delivery, ElectronicConsent, Letter, Signature
from santai.people.models import Contact
from santai.trust.roles import Role
from tests.factories import Town, make_party
from tests.web.api_calls import get, post, proof_of, token_of
from tests.web.portal_steps import prove
from tests.web.staff_pages import at_desk, case_in_hand

PHONE = "13812345678"
SECRET = "张三三日内拆除棚屋"


@pytest.fixture(autouse=True)
def _letters(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DEMO = True
    settings.LETTER_FOLDERS = [*project.LETTER_FOLDERS, tmp_path]
    heading = "人民调解协议书 | 测调 | letter | 当事人、对方、承办人"
    (tmp_path / "deal.txt").write_text(f"{heading}\n\n王小明：\n\n{SECRET}。\n", encoding="utf-8")
    letters.template_of.cache_clear()
    yield
    letters.template_of.cache_clear()


@pytest.fixture
def case(town: Town) -> Case:
    return case_in_hand(town, applicant=make_party("王小明", PHONE))


@pytest.fixture
def deal(case: Case) -> Letter:
    return issue(
        "deal", case_code=case.code, region="230102", context={}, at=timezone.now(), issued_by="道里区人民调解委员会"
    )


@pytest.fixture
def citizen(client: Client, case: Case) -> Client:
    prove(client)
    return client


def own(letter: Letter, *more: str) -> str:
    return "/".join(("/my", letter.case_code, "letters", quote(letter.number), *more))


def desk(letter: Letter, *more: str) -> str:
    return "/".join(("/desk/cases", letter.case_code, "letters", str(letter.pk), *more))


def drawn() -> str:
    image = Image.new("RGBA", (960, 320), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(100, 250), (400, 60), (800, 250)], fill=(0, 0, 0, 255), width=9)
    kept = BytesIO()
    image.save(kept, format="PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()


def shown(answer: Any) -> str:
    return str(answer.content.decode())


# --- the PDF ------------------------------------------------------------------------------------------------------


def test_the_person_the_handler_and_the_program_get_the_same_bytes(citizen: Client, town: Town, deal: Letter) -> None:
    lawyer = town.staff[Role.LAWYER]
    mine = citizen.get(own(deal, "pdf"))
    assert mine.headers["Content-Type"] == "application/pdf"
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert "filename*=utf-8''" in mine.headers["Content-Disposition"]
    assert SECRET in "".join(PdfReader(BytesIO(mine.content)).pages[0].extract_text().split())
    at_office = at_desk(lawyer).get(desk(deal, "pdf"))
    by_program = get(f"/cases/{deal.case_code}/letters/{quote(deal.number)}/pdf", auth=token_of(lawyer))
    assert mine.content == at_office.content == by_program.content
    assert by_program.headers["Content-Type"] == "application/pdf"


def test_the_counter_prints_letters_of_whoever_stands_there(town: Town, case: Case, deal: Letter) -> None:
    clerk = town.staff[Role.COUNTER_CLERK]
    path = f"/counter/cases/{case.code}/letters/{deal.pk}/pdf"
    Contact.objects.all().delete()
    assert at_desk(clerk).get(path).headers["Content-Type"] == "application/pdf"
    page = shown(at_desk(clerk).get(f"/counter/cases/{case.code}"))
    assert path in page


def test_a_stranger_finds_no_letter_under_any_address(client: Client, town: Town, deal: Letter) -> None:
    make_party("李别人", "13800009999")
    prove(client, "13800009999")
    for more in ((), ("pdf",), ("sign",), ("signatures",)):
        assert client.get(own(deal, *more)).status_code == 404
    assert client.post(f"/my/{deal.case_code}/consent", {"consent": "give"}).status_code == 404
    assert not ElectronicConsent.objects.exists()
    stranger = make_party("赵路人", "13800008888")
    path = f"/cases/{deal.case_code}/letters/{quote(deal.number)}/pdf"
    assert get(path, auth=proof_of(stranger)).status_code == 404


def test_a_letter_of_another_case_is_not_found_under_this_one(citizen: Client, town: Town, deal: Letter) -> None:
    other = case_in_hand(town, applicant=make_party("李别人", "13800009999"))
    assert citizen.get(own(deal).replace(deal.case_code, other.code)).status_code == 404
    lawyer = at_desk(town.staff[Role.LAWYER])
    assert lawyer.get(desk(deal, "pdf").replace(deal.case_code, other.code)).status_code == 404
    answer = get(f"/cases/{deal.case_code}/letters/nothing/pdf", auth=token_of(town.staff[Role.LAWYER]))
    assert answer.status_code == 404


# --- the public check ---------------------------------------------------------------------------------------------


def test_the_public_check_tells_what_is_on_the_first_page_and_nothing_private(client: Client, deal: Letter) -> None:
    for answer in (client.get(f"/verify/letters/{mark_of(deal)}"), get(f"/verify/letters/{mark_of(deal)}")):
        page = shown(answer)
        for words in (deal.number, deal.title, deal.digest, "道里区人民调解委员会"):
            assert words in page
        for private in ("王小明", SECRET, PHONE, deal.case_code):
            assert private not in page


def test_the_public_check_says_when_it_was_served(client: Client, deal: Letter) -> None:
    address = f"/verify/letters/{mark_of(deal)}"
    assert "还没有送达的记录" in shown(client.get(address))
    letters.mark_served(deal, by="post", at=timezone.now())
    assert "邮寄送达" in shown(client.get(address))


@pytest.mark.parametrize("mark", ["0" * 16, "x", "%27%3B--", "ABCDEFGHIJKLMNOP", "文" * 16])
def test_an_unknown_mark_is_not_found_and_says_what_to_do(client: Client, db: None, mark: str) -> None:
    answer = client.get(f"/verify/letters/{mark}")
    assert answer.status_code == 404
    assert "12348" in shown(answer)
    assert get(f"/verify/letters/{mark}").status_code == 404


def test_the_code_on_the_letter_may_be_typed_into_the_form(client: Client, deal: Letter) -> None:
    mark = mark_of(deal)
    typed = " ".join(mark[at : at + 4] for at in range(0, 16, 4))
    assert client.get("/verify", {"code": typed}).headers["Location"] == f"/verify/letters/{mark}"


# --- electronic service -------------------------------------------------------------------------------------------


def test_a_person_agrees_opens_and_is_served_and_may_take_it_back(citizen: Client, case: Case, deal: Letter) -> None:
    assert "同意电子送达" in shown(citizen.get(f"/my/{case.code}"))
    citizen.get(own(deal))
    assert not Delivery.objects.exists()
    citizen.post(f"/my/{case.code}/consent", {"consent": "give"})
    assert ElectronicConsent.objects.get().case_code == case.code
    page = shown(citizen.get(own(deal)))
    assert "收到的时间已经记下" in page
    kept = Delivery.objects.get()
    assert (kept.way, kept.letter, kept.opened_at is not None) == ("online", deal, True)
    citizen.get(own(deal, "pdf"))
    assert Delivery.objects.count() == 1
    citizen.post(f"/my/{case.code}/consent", {"consent": "withdraw"})
    assert ElectronicConsent.objects.get().withdrawn_at is not None
    assert "不同意也没关系" in shown(citizen.get(f"/my/{case.code}"))


def test_staff_who_open_a_letter_serve_nothing(town: Town, citizen: Client, case: Case, deal: Letter) -> None:
    citizen.post(f"/my/{case.code}/consent", {"consent": "give"})
    lawyer = town.staff[Role.LAWYER]
    at_desk(lawyer).get(desk(deal))
    at_desk(lawyer).get(desk(deal, "pdf"))
    get(f"/cases/{case.code}/letters/{quote(deal.number)}/pdf", auth=token_of(lawyer))
    assert not Delivery.objects.exists()


def test_a_program_of_the_person_agrees_and_is_served(case: Case, deal: Letter, town: Town) -> None:
    person = proof_of(case.applicant)
    assert post(f"/cases/{case.code}/electronic-service", {"agreed": True}, auth=person).json()["agreed"] is True
    get(f"/cases/{case.code}/letters/{quote(deal.number)}/pdf", auth=person)
    assert Delivery.objects.get().letter == deal
    assert post(f"/cases/{case.code}/electronic-service", {"agreed": False}, auth=person).json()["agreed"] is False
    by_staff = post(f"/cases/{case.code}/electronic-service", {"agreed": True}, auth=token_of(town.staff[Role.LAWYER]))
    assert by_staff.status_code == 403


# --- signing ------------------------------------------------------------------------------------------------------


def test_a_person_reads_and_signs_on_the_phone_without_a_script(citizen: Client, case: Case, deal: Letter) -> None:
    assert own(deal, "sign") in shown(citizen.get(f"/my/{case.code}"))
    page = shown(citizen.get(own(deal, "sign")))
    assert SECRET in page
    answer = citizen.post(own(deal, "sign"), {"name": "王小明", "confirmed": "on"})
    assert answer.status_code == 302
    done = Signature.objects.get()
    assert (done.name, done.capacity, done.how, done.digest) == ("王小明", "当事人", "code", deal.digest)
    assert done.party == case.applicant
    sheet = citizen.get(own(deal, "signatures"))
    assert "王小明" in PdfReader(BytesIO(sheet.content)).pages[0].extract_text()
    assert own(deal, "sign") not in shown(citizen.get(f"/my/{case.code}"))
    assert citizen.post(own(deal, "sign"), {"name": "王小明", "confirmed": "on"}).status_code == 302
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"confirmed": "on"}, "请写下您的姓名"),
        ({"name": "王大明", "confirmed": "on"}, "和文书上的姓名不一样"),
        ({"name": "王小明"}, "请先看完全文"),
        ({"name": "王小明", "confirmed": "on", "drawing": "data:image/png;base64,AAAA"}, "笔迹没有传上来"),
    ],
)
def test_a_signature_that_is_not_whole_is_not_taken(citizen: Client, deal: Letter, sent: Any, told: str) -> None:
    answer = citizen.post(own(deal, "sign"), sent)
    assert answer.status_code == 422
    assert told in shown(answer)
    assert not Signature.objects.exists()


def test_a_letter_that_nobody_signs_leads_back(citizen: Client, case: Case) -> None:
    plain = Letter.objects.filter(case_code=case.code, kind="acceptance").get()
    assert citizen.get(own(plain, "sign")).status_code == 302
    assert citizen.get(own(plain, "signatures")).status_code == 404


def test_at_the_counter_the_other_side_signs_by_hand_before_a_witness(town: Town, case: Case, deal: Letter) -> None:
    clerk = town.staff[Role.COUNTER_CLERK]
    at_counter, path = at_desk(clerk), f"/counter/cases/{case.code}/letters/{deal.pk}/sign"
    sent = {"capacity": "对方", "name": "张三", "confirmed": "on"}
    assert at_counter.post(path, sent).status_code == 422
    assert at_counter.post(path, {**sent, "drawing": drawn()}).status_code == 302
    done = Signature.objects.get()
    assert (done.name, done.how, done.channel, done.witnessed_by) == ("张三", "drawn", "counter", clerk.display_name)
    assert done.party is None
    wrong = {"capacity": "当事人", "name": "张三", "confirmed": "on", "drawing": drawn()}
    assert "和文书上的姓名不一样" in shown(at_counter.post(path, wrong))
    made_up = {**wrong, "capacity": "承办人"}
    assert at_counter.post(path, made_up).status_code == 422
    assert Signature.objects.count() == 1


def test_only_the_handler_signs_as_the_handler(town: Town, case: Case, deal: Letter) -> None:
    supervisor = at_desk(town.staff[Role.SUPERVISOR])
    assert supervisor.post(desk(deal, "sign"), {"own": "1"}).status_code == 403
    handler = at_desk(town.staff[Role.LAWYER])
    assert "您是承办人" in shown(handler.get(desk(deal, "sign")))
    assert handler.post(desk(deal, "sign"), {"own": "1"}).status_code == 302
    done = Signature.objects.get()
    assert (done.capacity, done.how, done.user) == ("承办人", "login", town.staff[Role.LAWYER])
    assert "本人账号签名" in shown(handler.get(desk(deal)))
    assert handler.get(desk(deal, "signatures")).headers["Content-Type"] == "application/pdf"
