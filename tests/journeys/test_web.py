"""A citizen on the web: no account, no script needed, from the first word to the rating."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from santai.demo.rehearsal.office import sample
from santai.demo.rehearsal.people import Citizen
from santai.documents.models import DocumentKind
from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import OWED, Desk, People

pytestmark = pytest.mark.journey


def say_what_happened(page: Page, text: str) -> None:
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="下一步").click()


def say_who(page: Page, citizen: Citizen, *, javascript: bool) -> None:
    page.get_by_label(re.compile("^姓名")).fill(citizen.name)
    page.get_by_label("手机号").fill(citizen.phone)
    if javascript:
        page.get_by_label("市（地）").select_option(label="哈尔滨市")
    page.locator("select[name=region]").select_option(citizen.region)
    page.get_by_label(re.compile("^身份证号")).fill(citizen.id_number)
    page.get_by_role("button", name="下一步：核对并发送").click()


def hand_in_a_photo(page: Page, *, javascript: bool) -> None:
    photo = {"name": "欠条.png", "mimeType": "image/png", "buffer": sample(DocumentKind.OTHER)}
    page.locator("input[type=file]").set_input_files(photo)
    if not javascript:
        page.get_by_role("button", name="上传选好的文件").click()
    expect(page.get_by_text("欠条.png").first).to_be_visible()


def prove_the_phone(page: Page, press: str) -> None:
    """In demo mode the text message is shown on the page."""
    told = page.get_by_text("验证码是：").inner_text()
    page.get_by_label("短信验证码").fill(re.search(r"\d{6}", told).group())
    page.get_by_role("button", name=press).click()


def rate(page: Page, step: str, words: str) -> None:
    page.locator("summary", has_text=step).click()
    form = page.locator(f"form[action$='/steps/{'rate' if '：满意' in step else 'rate_poor'}']")
    form.get_by_label(words, exact=True).check()
    form.get_by_label(re.compile("您想说的话|哪里不满意")).fill("讲得很明白")
    form.get_by_role("button").click()


@pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
def test_a_citizen_raises_a_need_and_follows_it_to_a_rating(
    opens: Opens, people: People, desk: Desk, shot: Shot, javascript: bool
) -> None:
    citizen = people.somebody()
    page = opens("/", width=360, javascript=javascript)
    say_what_happened(page, OWED)
    say_who(page, citizen, javascript=javascript)
    hand_in_a_photo(page, javascript=javascript)
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "发送")
    expect(page.get_by_role("heading", name="已经收到您的诉求")).to_be_visible()
    code = page.url.rsplit("/", 1)[-1]
    shot(page, f"receipt-{'script' if javascript else 'plain'}")

    page.get_by_role("link", name="查看办理进展").click()
    expect(page.get_by_text("欠条.png").first).to_be_visible()
    desk.finished(code)
    page.reload()
    expect(page.get_by_text("已答复您：先收集欠条")).to_be_visible()
    shot(page, f"my-case-{'script' if javascript else 'plain'}")
    rate(page, "评价：满意", "非常满意")
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    assert desk.office.case(code)["rating"] == 5


def test_a_citizen_comes_back_on_another_device_with_phone_and_code(
    opens: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    citizen = people.somebody()
    code = desk.need(citizen)
    page = opens("/progress", width=360, javascript=False)
    shot(page, "progress")
    page.get_by_label("手机号").fill(citizen.phone)
    page.get_by_label("案码").fill(code)
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "查看我的事")
    expect(page).to_have_url(re.compile(f"/my/{code}$"))
    expect(page.get_by_text(OWED)).to_be_visible()


def test_the_open_page_shows_a_step_taken_elsewhere_without_reload(opens: Opens, people: People, desk: Desk) -> None:
    citizen = people.somebody()
    code = desk.need(citizen)
    page = opens(f"/progress?code={code}")
    page.get_by_label("手机号").fill(citizen.phone)
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "查看我的事")
    desk.office.step(code, "claim", desk.handler_of(code))
    expect(page.get_by_text("已接单，正在办理")).to_be_visible()


def test_a_dissatisfied_citizen_gets_a_second_answer(opens: Opens, people: People, desk: Desk) -> None:
    citizen = people.somebody()
    code = desk.need(citizen)
    desk.finished(code)
    page = opens(f"/progress?code={code}", width=360, javascript=False)
    page.get_by_label("手机号").fill(citizen.phone)
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "查看我的事")
    rate(page, "评价：不满意", "非常不满意")
    expect(page.get_by_text("您的不满意我们已经记下")).to_be_visible()
    desk.office.step(code, "order_redo", "lead", explanation="已电话回访，请写清步骤。")
    desk.office.step(code, "finish", desk.handler_of(code), answer="第一步投诉，第二步仲裁，第三步起诉。")
    page.reload()
    expect(page.get_by_text("第一步投诉")).to_be_visible()
    rate(page, "评价：满意", "基本满意")
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
