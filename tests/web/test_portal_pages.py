"""Public pages: open to everybody, nothing private, friendly when something is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from santai.casework.codes import tidy
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role
from santai.web.paging import page_of
from santai.web.portal.errors import server_error
from santai.web.templatetags.santai_ui import url_or_home
from tests.factories import Town, make_case, make_organisation, make_party

PUBLIC = [
    "/",
    "/about",
    "/disclosure",
    "/disclosure/discretion",
    "/services",
    "/find",
    "/find?what=people",
    "/verify",
    "/progress",
    "/request/",
    "/login",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_needs_no_login_and_no_script(client: Client, town: Town, path: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#main"' in page
    assert "12348" in page
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_first_page_asks_what_happened_and_has_four_doors(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    for words in ("您遇到了什么事", "我要咨询", "我要办事", "找人找机构", "查进度", "附近的服务中心"):
        assert words in page


def test_large_type_and_contrast_are_kept_without_a_script(client: Client, db: None) -> None:
    answer = client.post("/display", {"size": "large", "contrast": "high", "next": "/about"})
    assert answer.url == "/about"
    page = client.get("/about").content.decode()
    assert 'data-size="large"' in page
    assert 'data-contrast="high"' in page


def test_the_display_switch_never_leads_away(client: Client, db: None) -> None:
    assert client.post("/display", {"size": "large", "next": "https://example.org/"}).url == "/"


def test_verification_says_that_a_case_exists_and_nothing_private(client: Client, town: Town) -> None:
    party = make_party("欧阳建国", "13900000003")
    case = make_case(timezone.now(), applicant=party, text="老板拖欠三个月工资，不给")
    page = client.get(f"/verify/{case.code}").content.decode()
    assert "平台上有这件事" in page
    assert "工单" in page
    for private in ("欧阳", "13900000003", "工资", "拖欠"):
        assert private not in page


def test_an_unknown_code_is_404_and_a_mistyped_one_422(client: Client, town: Town) -> None:
    case = make_case(timezone.now())
    last = str((int(case.code[-1]) + 1) % 10)
    mistyped = client.get(f"/verify/{case.code[:-1]}{last}")
    assert mistyped.status_code == 422
    assert "输错了" in mistyped.content.decode()
    unknown = client.get(f"/verify/{other_valid_code(case.code)}")
    assert unknown.status_code == 404
    assert "没有这个案码的记录" in unknown.content.decode()


def other_valid_code(code: str) -> str:
    from stdnum.iso7064 import mod_11_10

    body = code[:-2] + "9"
    return body + str(mod_11_10.calc_check_digit(body))


def test_a_code_may_be_typed_with_blanks(client: Client, town: Town) -> None:
    case = make_case(timezone.now())
    typed = f"{case.code[:6]} {case.code[6:]}"
    assert client.get("/verify", {"code": typed}).url == f"/verify/{tidy(typed)}"


def test_the_directory_finds_by_region_kind_and_name(client: Client, town: Town) -> None:
    far = make_organisation(OrganisationKind.NOTARY, region="230202", name="远方公证处")
    page = client.get("/find", {"region": "2301", "kind": "law_firm"}).content.decode()
    assert town.firm.name in page
    assert town.mediation.name not in page
    assert far.name not in page
    assert far.name in client.get("/find", {"name": "远方"}).content.decode()


def test_the_directory_finds_people(client: Client, town: Town) -> None:
    page = client.get("/find", {"what": "people", "kind": "lawyer"}).content.decode()
    assert town.staff[Role.LAWYER].display_name in page
    assert town.staff[Role.MEDIATOR].display_name not in page


def test_an_unknown_region_is_told(client: Client, town: Town) -> None:
    answer = client.get("/find", {"region": "99"})
    assert answer.status_code == 422
    assert "没有这个地区" in answer.content.decode()


def test_pages_of_the_directory_meet_without_gap_or_repeat(town: Town) -> None:
    rows = type(town.firm).objects.all()
    first = page_of(rows, size=3)
    second = page_of(rows, cursor=first.after or "", size=3)
    back = page_of(rows, cursor=second.before or "", size=3)
    assert [row.pk for row in first.rows + second.rows] == list(rows.order_by("pk").values_list("pk", flat=True)[:6])
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert (first.before, back.before) == (None, None)


def test_a_forged_cursor_gives_the_first_page(town: Town) -> None:
    rows = type(town.firm).objects.all()
    assert page_of(rows, cursor="a999:forged").rows == page_of(rows).rows


def test_a_missing_page_says_whom_to_call(client: Client, db: None) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "打 12348" in answer.content.decode()


def test_too_many_posts_are_answered_with_429(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENV, "public_rate", "2/m")
    answers = [client.post("/request/", {"text": ""}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert "操作太频繁" in answers[-1].content.decode()


def test_a_body_that_is_too_large_is_answered_with_413(client: Client, db: None, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/request/", {"text": "长" * 2000})
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


def test_a_forged_post_is_told_in_words(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/request/", {"text": "老板欠我工资"})
    assert answer.status_code == 403
    assert "页面放得太久了" in answer.content.decode()


def test_the_page_for_a_fault_needs_no_database(rf: Any) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "12348" in answer.content.decode()


def test_a_wrong_password_is_told_in_chinese(client: Client, town: Town) -> None:
    answer = client.post("/login", {"username": "nobody", "password": "wrong"})
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.content.decode()


def test_five_wrong_passwords_lock_the_account_with_429(client: Client, town: Town) -> None:
    answers = [client.post("/login", {"username": "nobody", "password": "wrong"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "暂时锁定" in answers[-1].content.decode()


def test_logins_are_listed_in_demo_mode_only(client: Client, town: Town, settings: Any) -> None:
    settings.DEMO = False
    assert "演示账号" not in client.get("/login").content.decode()


@pytest.mark.parametrize(("role", "begins"), [(Role.HOTLINE_AGENT, "hotline"), (Role.LAWYER, "desk")])
def test_after_login_everybody_begins_at_their_own_place(client: Client, town: Town, role: Role, begins: str) -> None:
    user = town.staff[role]
    user.set_password("correct horse battery")
    user.save()
    answer = client.post("/login", {"username": user.username, "password": "correct horse battery"})
    assert answer.url == url_or_home(begins, "desk")
