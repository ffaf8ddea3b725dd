"""Raising a need on the web: nothing is lost, nothing is registered twice, every fault is told beside its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from santai.casework.models import Case
from santai.people.models import Party
from tests.factories import Town
from tests.web.portal_steps import TEXT, WHO, draft_key, send, shown_code, submit, tell


@pytest.fixture(autouse=True)
def _demo(settings: Any, town: Town) -> None:
    settings.DEMO = True


def test_a_request_needs_no_account_and_ends_with_a_receipt(client: Client) -> None:
    code = submit(client)
    case = Case.objects.get(code=code)
    assert (case.text, case.region, case.channel) == (TEXT, "230102", "web")
    page = client.get(f"/receipt/{code}").content.decode()
    assert "已经收到" in page
    assert "<svg" in page
    assert f"<span>{code[:6]}</span>" in page


def test_the_receipt_of_another_browser_is_not_found(client: Client) -> None:
    code = submit(client)
    assert Client().get(f"/receipt/{code}").status_code == 404


def test_without_the_right_code_nothing_is_registered(client: Client) -> None:
    tell(client)
    client.post("/request/code")
    right = shown_code(client, "/request/check")
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    answer = client.post("/request/check", {"code": wrong, "key": "x"})
    assert answer.status_code == 422
    assert "验证码不对" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_phone_proven_before_is_not_asked_again(client: Client) -> None:
    submit(client)
    tell(client, "另一件事：邻居装修把我家墙弄裂了")
    answer = client.post("/request/check", {"key": draft_key(client)})
    assert answer.status_code == 302
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("region", "999999", "没有这个地区"),
        ("region", "", "请选择市和县"),
        ("phone", "1381234567", "少了 1 位"),
        ("phone", "045112345678", "座机收不到短信"),
        ("id_number", "23010219800101123", "身份证号少了 1 位"),
        ("name", "", "请填写姓名"),
        ("groups", "astronaut", "请重新勾选"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_the_others_are_kept(
    client: Client, field: str, value: str, told: str
) -> None:
    client.post("/request/", {"text": TEXT})
    answer = client.post("/request/who", {**WHO, "name": "王小明", field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'id="id_{field}_fault"' in page
    assert field == "phone" or 'value="13812345678"' in page


def test_two_hundred_kilobytes_are_refused_and_kept(client: Client) -> None:
    text = "长" * 70_000
    answer = client.post("/request/", {"text": text})
    assert answer.status_code == 422
    assert "写得太长了" in answer.content.decode()
    assert text in answer.content.decode()


def test_a_script_is_shown_as_text(client: Client) -> None:
    tell(client, "<script>alert(1)</script> 老板欠我工资")
    page = client.get("/request/check").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_going_back_keeps_every_answer(client: Client) -> None:
    tell(client, groups=["elderly"])
    assert TEXT in client.get("/request/").content.decode()
    page = client.get("/request/who").content.decode()
    assert 'value="13812345678"' in page
    assert 'value="elderly"' in page.split("checked")[0].split("<input")[-1] or "checked" in page
    assert '<option value="230102" selected>' in page


def test_what_is_kept_in_the_session_is_sealed(client: Client) -> None:
    tell(client)
    assert "13812345678" not in str(dict(client.session))
    assert "王小明" not in str(dict(client.session))


def test_pressing_send_twice_registers_once(client: Client) -> None:
    tell(client)
    key = draft_key(client)
    first = send(client)
    again = client.post("/request/check", {"code": "000000", "key": key})
    assert again.url == first.url
    assert Case.objects.count() == 1
    assert "没有重复登记" in client.get(again.url).content.decode()


def test_the_second_of_two_presses_at_once_finds_the_case_of_the_first(client: Client) -> None:
    """Both left with the same session; the code is used up when the second arrives."""
    tell(client)
    second = Client()
    second.cookies = client.cookies.copy()
    draft = client.session["need"]
    first = send(client)
    session = client.session
    session.update({"need": draft, "sent_needs": {}, "proven_phones": {}})
    session.save()
    answer = client.post("/request/check", {"code": "123456", "key": "lost"})
    assert answer.url == first.url
    assert Case.objects.count() == 1


def test_the_same_text_within_ten_minutes_shows_the_earlier_receipt(client: Client) -> None:
    code = submit(client)
    tell(client)
    answer = client.post("/request/check", {"key": draft_key(client)})
    assert answer.url == f"/receipt/{code}"
    assert Case.objects.count() == 1


def test_papers_arrive_with_the_request(client: Client) -> None:
    tell(client)
    client.post("/request/files", {"files": SimpleUploadedFile("经过.txt", "那天的事".encode())})
    assert "经过.txt" in client.get("/request/check").content.decode()
    code = send(client).url.rsplit("/", 1)[1]
    assert [paper.file.name for paper in Case.objects.get(code=code).documents.all()] == ["经过.txt"]


def test_a_file_that_is_not_what_it_says_is_refused_and_the_rest_stays(client: Client) -> None:
    tell(client)
    answer = client.post("/request/files", {"files": SimpleUploadedFile("合同.pdf", b"MZ\x90\x00 not a pdf")})
    assert answer.status_code == 422
    assert "文件名写的是" in answer.content.decode()
    assert TEXT in answer.content.decode()


def test_a_paper_can_be_taken_out_again(client: Client) -> None:
    tell(client)
    client.post("/request/files", {"files": SimpleUploadedFile("经过.txt", "那天的事".encode())})
    page = client.get("/request/check").content.decode()
    number = page.split('name="remove" value="')[1].split('"')[0]
    client.post("/request/files", {"remove": number})
    assert "经过.txt" not in client.get("/request/check").content.decode()


def test_a_known_id_number_with_another_name_is_told_beside_the_name(client: Client) -> None:
    Party.objects.create(name="赵大山", phone="13900000000", id_number="110101199003070038")
    tell(client, id_number="110101199003070038")
    answer = send(client)
    assert answer.status_code == 422
    assert 'id="id_name_fault"' in answer.content.decode()
    assert not Case.objects.exists()


def test_screens_cannot_be_skipped(client: Client) -> None:
    assert client.get("/request/who").url == "/request/"
    assert client.get("/request/check").url == "/request/"
    client.post("/request/", {"text": TEXT})
    assert client.get("/request/check").url == "/request/who"


def test_an_example_or_a_service_begins_the_text(client: Client) -> None:
    assert client.post("/request/", {"example": "借钱不还"}).url == "/request/"
    assert "借钱不还" in client.get("/request/").content.decode()
    assert "我想申请法律援助" in Client().get("/request/?about=legal_aid_civil").content.decode()


def test_asking_for_codes_too_often_is_told_with_429(client: Client) -> None:
    tell(client)
    client.post("/request/code")
    answer = client.post("/request/code")
    assert answer.status_code == 429
    assert "12348" in answer.content.decode()


def test_whoever_changed_phones_is_told_which_one_is_on_record(client: Client) -> None:
    Party.objects.create(name="王小明", phone="13900000000", id_number="110101199003070038")
    code = submit(client, id_number="110101199003070038")
    page = client.get(f"/receipt/{code}").content.decode()
    assert "139****0000" in page
    assert f"/my/{code}" not in page
