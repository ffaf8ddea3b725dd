"""What goes wrong in the citizen's browser is told in plain words, and nothing that was written is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from santai.demo.rehearsal.people import Citizen
from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import OWED, Desk, People
from tests.journeys.test_web import prove_the_phone, rate, say_what_happened, say_who

pytestmark = pytest.mark.journey
TWO_HUNDRED_KB = 200 * 1024
SCRIPT = "<script>document.title = '被改了'</script><img src=x onerror=\"document.title='被改了'\">邻居占了我家的地"


def at_the_last_screen(opens: Opens, citizen: Citizen, text: str = OWED, *, javascript: bool = False) -> Page:
    page = opens("/request/", width=360, javascript=javascript)
    say_what_happened(page, text)
    say_who(page, citizen, javascript=javascript)
    return page


def sent(page: Page) -> str:
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "发送")
    expect(page.get_by_role("heading", name="已经收到您的诉求")).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def test_an_unknown_region_from_a_tampered_form_is_refused_and_the_rest_is_kept(opens: Opens, people: People) -> None:
    citizen = people.somebody()
    page = opens("/request/", width=360)
    say_what_happened(page, OWED)
    page.get_by_label(re.compile("^姓名")).fill(citizen.name)
    page.get_by_label("手机号").fill(citizen.phone)
    page.evaluate(
        """() => {
            const list = document.querySelector('select[name=region]');
            list.append(new Option('桃花源', '999999'));
            list.value = '999999';
        }"""
    )
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="下一步：核对并发送").click()
    assert answer.value.status == 422
    expect(page.get_by_role("alert")).to_contain_text("没有这个地区，请从列表里重新选择")
    expect(page.get_by_label(re.compile("^姓名"))).to_have_value(citizen.name)
    expect(page.get_by_label("手机号")).to_have_value(citizen.phone)


def test_a_wrong_id_number_says_which_digit_and_keeps_every_field(opens: Opens, people: People, shot: Shot) -> None:
    citizen = people.somebody()
    wrong = citizen.id_number[:-1] + ("1" if citizen.id_number[-1] != "1" else "2")
    page = at_the_last_screen(opens, Citizen(citizen.name, citizen.phone, wrong, citizen.region))
    expect(page.get_by_role("alert")).to_contain_text("身份证号校验位不对")
    expect(page.get_by_label(re.compile("^身份证号"))).to_have_value(wrong)
    expect(page.get_by_label(re.compile("^姓名"))).to_have_value(citizen.name)
    expect(page.locator("select[name=region]")).to_have_value(citizen.region)
    shot(page, "fault-id-number")


def test_two_hundred_kilobytes_of_text_are_refused_with_the_limit_and_stay_on_the_page(opens: Opens) -> None:
    page = opens("/request/", width=360, javascript=False)
    long = "他们欠我钱不还。" * (TWO_HUNDRED_KB // 24)
    say_what_happened(page, long)
    expect(page.get_by_text(re.compile("写得太长了.*最多"))).to_be_visible()
    assert len(page.locator("textarea[name=text]").input_value()) >= len(long) - 1


def test_a_script_in_the_text_is_shown_as_text_to_citizen_and_staff(
    opens: Opens, staff: Opens, people: People, desk: Desk
) -> None:
    citizen = people.somebody()
    page = at_the_last_screen(opens, citizen, SCRIPT, javascript=True)
    expect(page.get_by_text("<script>document.title")).to_be_visible()
    code = sent(page)
    for seen in (page, staff("supervisor", f"/desk/cases/{code}")):
        expect(seen.get_by_text("邻居占了我家的地").first).to_be_visible()
        assert "被改了" not in seen.title()


def test_the_same_need_sent_twice_is_one_case(opens: Opens, people: People) -> None:
    citizen = people.somebody()
    page = at_the_last_screen(opens, citizen)
    first = sent(page)
    page.goto("/request/")
    say_what_happened(page, OWED)
    say_who(page, citizen, javascript=False)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.get_by_text("没有重复登记")).to_be_visible()
    assert page.url.rsplit("/", 1)[-1] == first


def test_a_file_that_is_not_what_it_says_is_refused_and_the_draft_stays(opens: Opens, people: People) -> None:
    page = at_the_last_screen(opens, people.somebody())
    disguised = {"name": "欠条.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 100}
    page.locator("input[type=file]").set_input_files(disguised)
    page.get_by_role("button", name="上传选好的文件").click()
    expect(page.get_by_role("alert")).to_contain_text("文件名写的是")
    expect(page.get_by_text(OWED)).to_be_visible()


def test_a_wrong_one_time_code_is_told_and_the_right_one_still_works(opens: Opens, people: People) -> None:
    page = at_the_last_screen(opens, people.somebody())
    page.get_by_role("button", name="获取验证码").click()
    right = re.search(r"\d{6}", page.get_by_text("验证码是：").inner_text()).group()
    page.get_by_label("短信验证码").fill("000000" if right != "000000" else "111111")
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.get_by_text("验证码不对或者已经过期").first).to_be_visible()
    page.get_by_label("短信验证码").fill(right)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.get_by_role("heading", name="已经收到您的诉求")).to_be_visible()


def test_a_rating_from_a_page_that_is_out_of_date_is_told_and_what_was_written_is_kept(
    opens: Opens, people: People, desk: Desk
) -> None:
    citizen = people.somebody()
    code = desk.need(citizen)
    desk.finished(code)
    page = opens(f"/progress?code={code}", width=360, javascript=False)
    page.get_by_label("手机号").fill(citizen.phone)
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "查看我的事")
    desk.office.call("POST", "parties/lookup", "agent", json=by_phone(citizen))
    desk.office.step(code, "add", "agent", text="当事人来电补充了一句")
    rate(page, "评价：满意", "满意")
    expect(page.get_by_text("已经有了新的进展").first).to_be_visible()
    expect(page.locator(f"#id_{code}_rate_comment")).to_have_value("讲得很明白")


def by_phone(citizen: Citizen) -> dict[str, str]:
    return {"phone": citizen.phone, "channel": "hotline", "reason": "来电人询问进展"}


def test_an_address_that_does_not_exist_says_where_to_go(opens: Opens) -> None:
    page = opens("/no/such/page", width=360)
    expect(page.get_by_role("heading")).to_contain_text("没有找到这一页")
    expect(page.locator("main a").first).to_be_visible()
