"""An agent on the phone: who calls, what is it about, read out what happens next."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from santai.demo.rehearsal.people import Citizen
from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import OWED, Desk, People

pytestmark = pytest.mark.journey


def call_comes_in(agent: Page, phone: str) -> None:
    """As the telephone system opens the console."""
    agent.goto(f"/hotline/?phone={phone}")
    expect(agent.get_by_text("来电振铃")).to_be_visible()
    agent.get_by_role("button", name="接听").click()
    expect(agent.get_by_text("通话中")).to_be_visible()


def hang_up(agent: Page) -> None:
    agent.get_by_role("button", name="结束通话").click()
    expect(agent.get_by_text("等待来电")).to_be_visible()


def register(agent: Page, citizen: Citizen, text: str = OWED) -> str:
    agent.get_by_label("发生了什么事？").fill(text)
    agent.get_by_role("textbox", name=re.compile("^姓名")).fill(citizen.name)
    agent.get_by_label("市（地）").select_option(label="哈尔滨市")
    agent.locator("select[name=region]").select_option(citizen.region)
    agent.get_by_role("button", name="登记", exact=True).click()
    expect(agent.get_by_role("heading", name="已登记，请念给来电人听")).to_be_visible()
    return re.search(r"done=(\d+)", agent.url).group(1)


def test_a_first_call_becomes_a_case_while_the_agent_listens(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    caller = people.somebody()
    agent = staff("agent", "/hotline/")
    call_comes_in(agent, caller.phone)
    expect(agent.get_by_text("第一次来电的号码")).to_be_visible()
    expect(agent.get_by_label("联系电话")).to_have_value(caller.phone)
    agent.get_by_label("发生了什么事？").fill(OWED)
    expect(agent.locator("#knowledge")).to_contain_text("劳动纠纷")
    shot(agent, "hotline-call")
    code = register(agent, caller)
    shot(agent, "hotline-read-out")
    hang_up(agent)
    case = desk.office.case(code)
    assert (case["channel"], case["matter"], case["region"]) == ("hotline", "劳动纠纷", caller.region)


def test_the_number_of_a_known_caller_opens_their_whole_history_and_the_agent_goes_on_with_it(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    caller = people.somebody()
    code = desk.need(caller)
    agent = staff("agent", "/hotline/")
    call_comes_in(agent, caller.phone)
    agent.get_by_role("link", name=re.compile("劳动纠纷：")).click()
    expect(agent.get_by_text("您的诉求已经收到")).to_be_visible()
    agent.get_by_role("link", name="留言").click()
    agent.get_by_label("内容").fill("来电人说老板今天回了电话，答应月底给。")
    agent.get_by_role("button", name="确认：留言").click()
    expect(agent.get_by_text("您留言：来电人说老板今天回了电话").first).to_be_visible()
    shot(agent, "hotline-history")
    story = desk.office.case(code)["story"]
    assert story[-1]["channel"] == "热线"
    hang_up(agent)


def test_an_agent_takes_the_rating_over_the_phone_and_a_low_one_needs_a_reason(
    staff: Opens, people: People, desk: Desk
) -> None:
    caller = people.somebody()
    code = desk.need(caller)
    desk.finished(code)
    agent = staff("agent", "/hotline/")
    call_comes_in(agent, caller.phone)
    agent.get_by_role("link", name=re.compile("劳动纠纷 · ")).click()
    agent.get_by_label("非常不满意").check()
    agent.get_by_role("button", name="记下评价").click()
    expect(agent.get_by_text("请写明哪里不满意").first).to_be_visible()
    expect(agent.get_by_label("非常不满意")).to_be_checked()
    agent.get_by_label(re.compile("当事人说的话")).fill("说得太快没听懂")
    agent.get_by_role("button", name="记下评价").click()
    expect(agent.get_by_text("评价已记下")).to_be_visible()
    assert desk.office.case(code)["state"] == "dissatisfied"
    hang_up(agent)


def test_what_the_agent_typed_stays_when_something_is_wrong(staff: Opens, people: People) -> None:
    caller = people.somebody()
    agent = staff("agent", "/hotline/")
    call_comes_in(agent, caller.phone)
    agent.get_by_label("发生了什么事？").fill(OWED)
    agent.get_by_label("联系电话").fill("123")
    agent.get_by_role("button", name="登记", exact=True).click()
    expect(agent.get_by_role("alert")).to_contain_text("处需要改")
    expect(agent.get_by_label("发生了什么事？")).to_have_value(OWED)
    expect(agent.get_by_label("联系电话")).to_have_value("123")
    hang_up(agent)
