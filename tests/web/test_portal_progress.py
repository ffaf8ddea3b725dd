"""Following a case: only with the proven phone, whatever the channel; steps as forms; nothing lost on refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.documents.models import Letter
from santai.trust.actors import Channel
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from santai.web.portal import session
from tests.factories import Town, make_case, make_party
from tests.web.portal_steps import prove, shown_code, submit

PHONE = "13812345678"


@pytest.fixture(autouse=True)
def _demo(settings: Any, town: Town) -> None:
    settings.DEMO = True


def by_phone_call(phone: str = PHONE, **fields: Any) -> Case:
    party = make_party("王小明", phone)
    return make_case(timezone.now(), applicant=party, channel=Channel.HOTLINE, **fields)


def in_hand(town: Town, case: Case) -> Case:
    """Dispatched to the firm and claimed by its lawyer."""
    fields = {"organisation": town.firm.pk, "handler": town.staff[Role.LAWYER].pk}
    take_step(case, "dispatch", actor=town.actor(Role.DISPATCHER), data=fields)
    take_step(case, "claim", actor=town.actor(Role.LAWYER))
    return case


def test_a_case_told_by_telephone_is_seen_on_the_web(client: Client) -> None:
    case = by_phone_call()
    prove(client)
    assert case.code in client.get("/my").content.decode()
    assert "您的诉求已经收到" in client.get(f"/my/{case.code}").content.decode()


def test_the_code_leads_straight_to_the_case(client: Client) -> None:
    case = by_phone_call()
    client.post("/progress", {"phone": PHONE, "code": case.code})
    answer = client.post("/progress/code", {"code": shown_code(client, "/progress/code")})
    assert answer.url == f"/my/{case.code}"


def test_a_mistyped_code_is_told_before_anything_is_sent(client: Client) -> None:
    answer = client.post("/progress", {"phone": PHONE, "code": "230102"})
    assert answer.status_code == 422
    assert "少输了13位" in answer.content.decode()


def test_without_a_proven_phone_the_page_asks_for_it() -> None:
    case = by_phone_call()
    for path in ("/my", "/my/looks", f"/my/{case.code}", f"/my/{case.code}/letters/x"):
        assert Client().get(path).url.startswith("/progress")


def test_a_stranger_gets_404_for_a_foreign_case_as_for_none(client: Client) -> None:
    case = by_phone_call("13900000001")
    prove(client)
    assert client.get(f"/my/{case.code}").status_code == 404
    assert client.get("/my/2301020120260099990").status_code == 404
    assert client.get(f"/my/{case.code}/version").status_code == 404
    assert client.post(f"/my/{case.code}/steps/withdraw", {"version": 1}).status_code == 404
    assert Case.objects.get(pk=case.pk).version == case.version


def test_a_wrong_one_time_code_opens_nothing(client: Client) -> None:
    by_phone_call()
    client.post("/progress", {"phone": PHONE})
    right = shown_code(client, "/progress/code")
    answer = client.post("/progress/code", {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
    assert answer.status_code == 422
    assert client.get("/my").url == "/progress"


def test_the_proof_lasts_two_hours(rf: Any, client: Client) -> None:
    request = rf.get("/")
    request.session = client.session
    now = timezone.now()
    session.prove_phone(request, PHONE, at=now)
    assert session.is_proven(request, PHONE, at=now + timedelta(minutes=119))
    assert not session.is_proven(request, PHONE, at=now + timedelta(minutes=121))


def test_when_the_proof_has_run_out_the_page_asks_for_it_again_and_comes_back_to_the_case(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = by_phone_call()
    monkeypatch.setattr(session, "PROVEN_FOR", -session.PROVEN_FOR)
    prove(client)
    back = f"/progress?code={case.code}"
    assert client.get("/my").url == "/progress"
    assert client.get(f"/my/{case.code}").url == back
    assert client.post(f"/my/{case.code}/steps/withdraw", {"version": case.version}).url == back
    assert "没有保存" in client.get(back).content.decode()
    assert Case.objects.get(pk=case.pk).version == case.version


def test_leaving_forgets_the_phone(client: Client) -> None:
    by_phone_call()
    prove(client)
    client.post("/my/leave")
    assert client.get("/my").url == "/progress"


def test_a_message_is_a_step_of_the_case(client: Client) -> None:
    code = submit(client)
    version = Case.objects.get(code=code).version
    answer = client.post(f"/my/{code}/steps/add", {"version": version, "text": "对方今天又打电话来了"})
    assert answer.url == f"/my/{code}"
    assert "对方今天又打电话来了" in client.get(f"/my/{code}").content.decode()


def test_an_empty_message_comes_back_with_its_fault(client: Client) -> None:
    code = submit(client)
    version = Case.objects.get(code=code).version
    answer = client.post(f"/my/{code}/steps/add", {"version": version, "text": ""})
    assert answer.status_code == 422
    assert "请填写这一项" in answer.content.decode()


def test_a_stale_page_is_told_and_keeps_what_was_written(client: Client) -> None:
    code = submit(client)
    seen = Case.objects.get(code=code).version
    client.post(f"/my/{code}/steps/add", {"version": seen, "text": "第一句"})
    answer = client.post(f"/my/{code}/steps/add", {"version": seen, "text": "第二句很长的话"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第二句很长的话</textarea>" in page
    assert f'name="version" value="{seen + 1}"' in page


def test_a_step_that_is_not_open_is_refused_with_409(client: Client) -> None:
    code = submit(client)
    version = Case.objects.get(code=code).version
    assert client.post(f"/my/{code}/steps/rate", {"version": version, "score": 5}).status_code == 409


def test_a_step_of_staff_is_refused_with_403(client: Client, town: Town) -> None:
    case = in_hand(town, by_phone_call())
    prove(client)
    answer = client.post(f"/my/{case.code}/steps/finish", {"version": case.version, "answer": "我自己办结"})
    assert answer.status_code == 403


def test_what_is_missing_stands_on_top_and_papers_alone_are_enough(client: Client, town: Town) -> None:
    case = in_hand(town, by_phone_call())
    by = timezone.localdate() + timedelta(days=5)
    take_step(case, "ask_for_more", actor=town.actor(Role.LAWYER), data={"what": "三月的工资条", "by": by.isoformat()})
    prove(client)
    page = client.get(f"/my/{case.code}").content.decode()
    assert "在等您" in page
    assert "工资条" in page
    paper = SimpleUploadedFile("工资条.txt", "三月 四月".encode())
    fields = {"version": case.version, "text": "", "file_other": paper}
    assert client.post(f"/my/{case.code}/steps/supplement", fields).status_code == 302
    case.refresh_from_db()
    assert case.state == "handling"
    assert [each.file.name for each in case.documents.all()] == ["工资条.txt"]


def test_papers_of_a_refused_step_need_not_be_chosen_again(client: Client) -> None:
    code = submit(client)
    seen = Case.objects.get(code=code).version
    client.post(f"/my/{code}/steps/add", {"version": seen, "text": "先说一句"})
    paper = SimpleUploadedFile("欠条.txt", "今欠".encode())
    refused = client.post(f"/my/{code}/steps/add", {"version": seen, "text": "", "file_other": paper})
    kept = refused.content.decode().split('name="papers" value="')[1].split('"')[0]
    again = client.post(f"/my/{code}/steps/add", {"version": seen + 1, "text": "欠条在这里", "papers": kept})
    assert again.status_code == 302
    assert [each.file.name for each in Case.objects.get(code=code).documents.all()] == ["欠条.txt"]


def test_papers_cannot_be_named_by_number(client: Client) -> None:
    code = submit(client)
    version = Case.objects.get(code=code).version
    client.post(f"/my/{code}/steps/add", {"version": version, "text": "看看别人的文件", "papers": '[[1,"other"]]'})
    assert not Case.objects.get(code=code).documents.exists()


def test_a_finished_case_can_be_rated_on_the_web(client: Client, town: Town) -> None:
    case = in_hand(town, by_phone_call())
    take_step(case, "finish", actor=town.actor(Role.LAWYER), data={"answer": "可以申请劳动仲裁，时效一年。"})
    prove(client)
    client.post(f"/my/{case.code}/steps/rate", {"version": case.version, "score": 5})
    case.refresh_from_db()
    assert case.rating == 5


def test_letters_can_be_opened_by_their_owner_only(client: Client) -> None:
    code = submit(client)
    letter = Letter.objects.filter(case_code=code).first()
    assert letter
    assert letter.title in client.get(f"/my/{code}/letters/{letter.number}").content.decode()
    foreign = by_phone_call("13900000002")
    other = Letter.objects.filter(case_code=foreign.code).first()
    assert other
    assert client.get(f"/my/{code}/letters/{other.number}").status_code == 404
    assert client.get(f"/my/{foreign.code}/letters/{other.number}").status_code == 404


def test_who_looked_is_told_with_the_reason(client: Client, town: Town) -> None:
    case = by_phone_call()
    SensitiveLook.objects.create(
        user=town.staff[Role.LAWYER], party=case.applicant, fields="phone,id_number", reason="核对身份"
    )
    prove(client)
    page = client.get("/my/looks").content.decode()
    assert town.staff[Role.LAWYER].display_name in page
    assert "电话、证件号码" in page
    assert "核对身份" in page


def test_the_live_answer_changes_when_the_story_does(client: Client) -> None:
    code = submit(client)
    before = client.get(f"/my/{code}/version").content
    version = Case.objects.get(code=code).version
    client.post(f"/my/{code}/steps/add", {"version": version, "text": "有新情况"})
    assert client.get(f"/my/{code}/version").content != before
