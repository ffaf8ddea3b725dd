"""One story, three platforms: begun on the phone, supplemented at the counter, answered and rated on the web."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from santai.demo.rehearsal.legal_aid import in_a_week
from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import Desk, People
from tests.journeys.test_counter import hand_in, leave, meet
from tests.journeys.test_hotline import call_comes_in, hang_up, register
from tests.journeys.test_web import prove_the_phone, rate

pytestmark = pytest.mark.journey


def sentences(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".timeline .said").all_inner_texts()]


def test_a_story_goes_on_from_the_phone_to_the_counter_to_the_web(
    staff: Opens, opens: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    person = people.somebody()
    agent = staff("agent", "/hotline/")
    call_comes_in(agent, person.phone)
    agent.get_by_text("证件号、单位来电").click()
    agent.get_by_label(re.compile("^证件号码")).fill(person.id_number)
    code = register(agent, person)
    hang_up(agent)

    handler = desk.handler_of(code)
    desk.office.step(code, "claim", handler)
    desk.office.step(code, "ask_for_more", handler, what="劳动合同复印件", by=in_a_week())

    clerk = staff("clerk")
    meet(clerk, person)
    clerk.get_by_role("link", name=re.compile("劳动纠纷：")).click()
    expect(clerk.get_by_text("还需要您补充：劳动合同复印件").first).to_be_visible()
    hand_in(clerk, "交补充的材料")
    seen_at_the_counter = sentences(clerk)
    leave(clerk)

    desk.office.step(code, "finish", handler, answer="合同有效，可以申请支付令。")
    citizen = opens(f"/progress?code={code}", width=360)
    citizen.get_by_label("手机号").fill(person.phone)
    citizen.get_by_role("button", name="获取验证码").click()
    prove_the_phone(citizen, "查看我的事")
    expect(citizen.get_by_text("合同有效，可以申请支付令")).to_be_visible()
    assert sentences(citizen)[: len(seen_at_the_counter)] == seen_at_the_counter
    rate(citizen, "评价：满意", "满意")
    expect(citizen.get_by_text("谢谢您的评价")).to_be_visible()
    shot(citizen, "three-channels-web")

    call_comes_in(agent, person.phone)
    agent.get_by_role("link", name=re.compile("劳动纠纷：")).click()
    heard = sentences(agent)
    assert all(line in heard for line in sentences(citizen))
    shot(agent, "three-channels-hotline")
    hang_up(agent)
    channels = [line["channel"] for line in desk.office.case(code)["story"]]
    assert {"热线", "窗口", "网络"} <= set(channels)
