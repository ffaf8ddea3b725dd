"""A clerk at the counter: one question a screen, the person in front of them first."""

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


def meet(clerk: Page, citizen: Citizen) -> None:
    clerk.goto("/counter/")
    clerk.get_by_role("link", name="带了身份证").click()
    clerk.get_by_role("textbox").last.fill(citizen.id_number)
    clerk.get_by_role("button", name="查找").last.click()
    clerk.get_by_role("button", name=re.compile(re.escape(citizen.name[0]))).click()
    expect(clerk.get_by_role("heading", name="今天来办什么？")).to_be_visible()


def leave(clerk: Page) -> None:
    clerk.get_by_role("button", name="办完了").click()
    expect(clerk.get_by_role("heading", name="怎么找到这位当事人？")).to_be_visible()


def hand_in(clerk: Page, press: str, name: str = "劳动合同.png") -> None:
    clerk.get_by_role("link", name=press, exact=True).click()
    photo = {"name": name, "mimeType": "image/png", "buffer": sample(DocumentKind.MATTER_PROOF)}
    clerk.locator("input[type=file]").set_input_files(photo)
    clerk.get_by_role("button", name="收下").click()
    expect(clerk.get_by_text(f"收到 1 份材料：{name}")).to_be_visible()


def test_a_first_visit_ends_with_a_printed_receipt(staff: Opens, people: People, desk: Desk, shot: Shot) -> None:
    visitor = people.somebody()
    clerk = staff("clerk", "/counter/")
    shot(clerk, "counter-start")
    clerk.get_by_role("link", name="直接登记新的事").click()
    clerk.locator("textarea[name=text]").fill(OWED)
    clerk.get_by_role("button", name="下一步").click()
    clerk.get_by_label(re.compile("^姓名")).fill(visitor.name)
    clerk.get_by_label("联系电话").fill(visitor.phone)
    clerk.get_by_label(re.compile("^证件号码")).fill(visitor.id_number)
    clerk.get_by_role("button", name="下一步").click()
    clerk.get_by_label("市（地）").select_option(label="哈尔滨市")
    clerk.locator("select[name=region]").select_option(visitor.region)
    clerk.get_by_role("button", name="下一步").click()
    shot(clerk, "counter-check")
    clerk.get_by_role("button", name="对，登记").click()
    expect(clerk.get_by_role("heading", name="登记好了，请交给当事人")).to_be_visible()
    shot(clerk, "counter-receipt")
    code = re.search(r"cases/(\d+)/receipt", clerk.url).group(1)
    leave(clerk)
    case = desk.office.case(code)
    assert (case["channel"], case["region"]) == ("counter", visitor.region)


def test_a_visitor_found_by_id_card_hands_in_a_paper_and_rates(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    visitor = people.somebody()
    code = desk.need(visitor)
    handler = desk.handler_of(code)
    desk.office.step(code, "claim", handler)
    clerk = staff("clerk")
    meet(clerk, visitor)
    clerk.get_by_role("link", name=re.compile("劳动纠纷：")).click()
    shot(clerk, "counter-case")
    hand_in(clerk, "交材料")
    desk.office.step(code, "finish", handler, answer="带上劳动合同到劳动监察大队投诉。")
    clerk.reload()
    clerk.get_by_role("link", name="评价").click()
    clerk.get_by_label("满意", exact=True).check()
    shot(clerk, "counter-rate")
    clerk.get_by_role("button", name="就这样评价").click()
    expect(clerk.get_by_text("评价记下了")).to_be_visible()
    assert desk.office.case(code)["rating"] == 4
    leave(clerk)


def test_after_the_visit_nothing_of_the_person_is_left_on_the_screen(staff: Opens, people: People, desk: Desk) -> None:
    visitor = people.somebody("230111")
    code = desk.need(visitor)
    clerk = staff("clerk")
    meet(clerk, visitor)
    leave(clerk)
    answer = clerk.goto(f"/counter/cases/{code}")
    assert answer.status == 404
    clerk.goto("/counter/person")
    expect(clerk.get_by_role("heading", name="怎么找到这位当事人？")).to_be_visible()


def test_a_file_that_is_not_what_it_says_is_refused_at_the_counter_too(
    staff: Opens, people: People, desk: Desk
) -> None:
    visitor = people.somebody()
    code = desk.need(visitor)
    clerk = staff("clerk")
    meet(clerk, visitor)
    clerk.goto(f"/counter/cases/{code}/papers")
    disguised = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + b"0" * 200}
    clerk.locator("input[type=file]").set_input_files(disguised)
    clerk.get_by_role("button", name="收下").click()
    expect(clerk.get_by_role("alert")).to_contain_text("文件名写的是PDF，内容却是EXE文件")
    leave(clerk)
