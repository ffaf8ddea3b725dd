"""A day at the desk: what is due first, a case from claim to answer, colleagues at the same time, the pool."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import Desk, People

pytestmark = pytest.mark.journey
VAGUE = "我想问问那件事还能不能办"


def take(page: Page, step: str, **filling: str) -> None:
    """Open the form of a step, fill it in by field name, confirm."""
    page.locator("#case-do").get_by_role("link", name=step, exact=True).click()
    form = page.locator("#open-step form")
    for name, value in filling.items():
        field = form.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("each => each.tagName") == "SELECT" else field.fill(value)
    form.get_by_role("button", name=f"确认：{step}").click()


def done(page: Page, step: str) -> None:
    expect(page.get_by_text(f"已办理：{step}")).to_be_visible()


def test_a_lawyers_day_from_the_list_to_the_answer(staff: Opens, people: People, desk: Desk, shot: Shot) -> None:
    code = desk.need(people.somebody())
    desk.given_to(code, "lawyer")
    lawyer = staff("lawyer", "/desk/mine")
    shot(lawyer, "desk-mine")
    lawyer.goto(f"/desk/cases/{code}")
    lawyer.get_by_role("button", name="签收").click()
    done(lawyer, "签收")
    take(lawyer, "联系当事人", way="phone", text="已通话，约好明天上午面谈")
    done(lawyer, "联系当事人")
    take(lawyer, "告知进展", text="正在核对工资条")
    expect(lawyer.get_by_text("办理进展：正在核对工资条")).to_be_visible()
    shot(lawyer, "desk-case")
    take(lawyer, "办结答复", answer="可以向劳动监察大队投诉，也可以申请支付令。", basis="劳动合同法第三十条")
    done(lawyer, "办结答复")
    assert desk.office.case(code)["state"] == "finished"


def test_the_clock_explains_line_by_line_how_the_day_was_found(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    code = desk.need(people.somebody())
    desk.given_to(code, "lawyer")
    lawyer = staff("lawyer", f"/desk/cases/{code}")
    clock = lawyer.locator(".clock").first
    clock.locator("summary").first.click()
    expect(clock).to_contain_text("工作日")
    shot(lawyer, "desk-clock")


def test_a_step_taken_elsewhere_appears_without_reload(staff: Opens, people: People, desk: Desk) -> None:
    code = desk.need(people.somebody())
    desk.given_to(code, "lawyer")
    lawyer = staff("lawyer", f"/desk/cases/{code}")
    lawyer.evaluate("window.notReloaded = true")
    desk.office.step(code, "urge", "dispatcher")
    expect(lawyer.get_by_text("已为您催办")).to_be_visible()
    assert lawyer.evaluate("window.notReloaded") is True


def test_of_two_who_act_on_one_case_the_second_is_told_and_keeps_what_was_written(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    code = desk.need(people.somebody())
    desk.given_to(code, "lawyer")
    desk.office.step(code, "claim", "lawyer")
    first, second = (staff("lawyer", f"/desk/cases/{code}?step=finish", javascript=False) for _ in range(2))
    for page, words in ((first, "先到劳动监察大队投诉。"), (second, "这是另一位同时写下的答复。")):
        page.locator("#open-step [name=answer]").fill(words)
    first.get_by_role("button", name="确认：办结答复").click()
    done(first, "办结答复")
    second.get_by_role("button", name="确认：办结答复").click()
    expect(second.get_by_role("alert")).to_contain_text("您的操作没有执行")
    expect(second.locator("#open-step [name=answer]")).to_have_value("这是另一位同时写下的答复。")
    expect(second.get_by_text("先到劳动监察大队投诉").first).to_be_visible()
    shot(second, "desk-second-is-told")
    answers = [line for line in desk.office.case(code)["story"] if line["label"] == "办结答复"]
    assert len(answers) == 1


def test_a_dispatcher_gives_what_waits_in_the_pool_to_whom_the_platform_proposes(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    code = desk.need(people.somebody(), VAGUE)
    assert desk.office.case(code)["state"] == "received"
    dispatcher = staff("dispatcher", "/desk/pool")
    shot(dispatcher, "pool")
    row = dispatcher.locator("li", has=dispatcher.get_by_role("link", name=code))
    while not row.count():
        dispatcher.get_by_role("link", name="下一页").click()
        row = dispatcher.locator("li", has=dispatcher.get_by_role("link", name=code))
    row.get_by_text("为什么").click()
    expect(row.locator("details li").first).to_be_visible()
    row.get_by_role("button", name="就派给他").click()
    expect(dispatcher.get_by_text(re.compile(f"{code} 已派给"))).to_be_visible()
    assert desk.office.case(code)["state"] == "dispatched"


def test_an_order_sent_back_with_a_better_owner_is_given_to_them(staff: Opens, people: People, desk: Desk) -> None:
    code = desk.need(people.somebody())
    desk.given_to(code, "lawyer")
    lawyer = staff("lawyer", f"/desk/cases/{code}")
    better = desk.organisation_of("mediator")
    take(
        lawyer,
        "退回",
        reason="wrong_matter",
        ground="本单位执业范围不含此类事项",
        explanation="邻里之间的小额纠纷适合先调解。",
        better_owner=better,
    )
    lawyer.wait_for_url(re.compile("/desk/"))
    dispatcher = staff("dispatcher", f"/desk/cases/{code}?step=redispatch")
    form = dispatcher.locator("#open-step form")
    expect(form.locator(".proposal").first).to_contain_text(better)
    form.get_by_role("button", name="确认：重新分派").click()
    done(dispatcher, "重新分派")
    assert desk.office.case(code)["organisation"] == better


def test_the_desk_goes_by_keyboard(staff: Opens, people: People, desk: Desk) -> None:
    code = desk.need(people.somebody())
    desk.given_to(code, "lawyer")
    lawyer = staff("lawyer", "/desk/mine")
    lawyer.keyboard.press("?")
    expect(lawyer.locator("dialog#keys")).to_be_visible()
    lawyer.keyboard.press("Escape")
    lawyer.keyboard.press("j")
    lawyer.keyboard.press("j")
    lawyer.keyboard.press("k")
    expect(lawyer.locator("[data-row].selected")).to_have_count(1)
    lawyer.keyboard.press("Enter")
    expect(lawyer.locator("#detail")).to_be_visible()
    expect(lawyer.locator("#detail #case-head")).to_be_visible()
    lawyer.keyboard.press("Escape")
    expect(lawyer.locator("#detail")).to_be_hidden()
    lawyer.keyboard.press("/")
    expect(lawyer.locator("[data-search]")).to_be_focused()
    lawyer.keyboard.press("Escape")
    lawyer.keyboard.press("g")
    lawyer.keyboard.press("o")
    expect(lawyer).to_have_url(re.compile("/desk/ours$"))


def test_a_saved_filter_comes_back_with_one_press(staff: Opens) -> None:
    supervisor = staff("supervisor", "/desk/region?state=handling")
    supervisor.get_by_text("筛选").click() if not supervisor.locator("#filter-name").is_visible() else None
    supervisor.locator("#filter-name").fill("在办的")
    supervisor.get_by_role("button", name="保存", exact=True).click()
    supervisor.goto("/desk/region")
    supervisor.get_by_role("link", name="在办的", exact=True).click()
    expect(supervisor).to_have_url(re.compile("state=handling"))


def test_seeing_a_whole_phone_number_needs_a_reason_and_the_person_can_read_it(
    staff: Opens, opens: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    person = people.somebody()
    code = desk.need(person)
    supervisor = staff("supervisor", f"/desk/cases/{code}")
    expect(supervisor.locator("main")).not_to_contain_text(person.phone)
    supervisor.get_by_text("查看完整信息").click()
    supervisor.get_by_label("为什么要看").fill("核对联系电话")
    supervisor.get_by_role("button", name="查看，并记下我看过").click()
    expect(supervisor.get_by_text(person.phone)).to_be_visible()
    shot(supervisor, "desk-person")
    security = staff("security", "/desk/looks")
    expect(security.get_by_text("核对联系电话").first).to_be_visible()
