"""Easy to read for everybody: large type, high contrast, read aloud, print, keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import Desk, People
from tests.journeys.test_bad_input import at_the_last_screen, sent

pytestmark = pytest.mark.journey
PUBLIC = ("/", "/request/", "/progress", "/services", "/find", "/verify", "/about", "/login")


def type_size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


@pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
def test_large_type_and_high_contrast_are_one_press_away_and_stay(opens: Opens, shot: Shot, javascript: bool) -> None:
    page = opens("/", width=360, javascript=javascript)
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="高对比").click()
    expect(page.locator("html[data-size=large][data-contrast=high]")).to_be_attached()
    page.goto("/progress")
    expect(page.locator("html[data-size=large][data-contrast=high]")).to_be_attached()
    shot(page, "large-high-contrast")
    page.get_by_role("button", name="正常字").click()
    expect(page.locator("html[data-size=large]")).not_to_be_attached()


def test_large_type_is_larger_by_a_quarter_at_least_and_nothing_runs_off_the_screen(opens: Opens) -> None:
    page = opens("/", width=360)
    usual = type_size(page)
    page.get_by_role("button", name="大字").click()
    page.wait_for_selector("html[data-size=large]")
    assert type_size(page) >= usual * 1.2
    for path in PUBLIC:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_offers_large_type_contrast_and_reading_aloud(opens: Opens, path: str) -> None:
    page = opens(path, width=360)
    for name in ("大字", "高对比", "朗读"):
        expect(page.get_by_role("button", name=name)).to_be_visible()


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_page_is_wider_than_a_phone(opens: Opens, path: str) -> None:
    page = opens(path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_reading_aloud_speaks_the_main_part_and_can_be_stopped(opens: Opens) -> None:
    page = opens("/about")
    page.evaluate(
        "window.said = []; speechSynthesis.speak = (words) => said.push(words.text); speechSynthesis.cancel = () => {}"
    )
    page.get_by_role("button", name="朗读").click()
    expect(page.get_by_role("button", name="停止朗读")).to_be_visible()
    assert len(page.evaluate("said")) > 5
    page.get_by_role("button", name="停止朗读").click()
    expect(page.get_by_role("button", name="朗读", exact=True)).to_be_visible()


def test_the_receipt_prints_alone_without_menus_and_buttons(opens: Opens, people: People, shot: Shot) -> None:
    page = at_the_last_screen(opens, people.somebody())
    code = sent(page)
    page.emulate_media(media="print")
    for hidden in (".site-nav", ".ease", ".no-print"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".receipt")).to_contain_text(re.compile(r"\s*".join(code)))
    expect(page.locator(".receipt svg").first).to_be_visible()
    shot(page, "receipt-print")


def test_the_code_on_the_receipt_leads_to_a_public_check_without_anybodys_name(
    opens: Opens, people: People, desk: Desk
) -> None:
    citizen = people.somebody()
    code = desk.need(citizen)
    page = opens(f"/verify/{code}", width=360, javascript=False)
    expect(page.locator("main")).to_contain_text(re.compile(r"\s*".join(code)))
    for private in (citizen.name, citizen.phone, citizen.id_number, "老板"):
        expect(page.locator("main")).not_to_contain_text(private)


def test_the_public_pages_can_be_walked_by_keyboard_alone(opens: Opens) -> None:
    page = opens("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#ask-text")).to_be_focused()
    page.keyboard.type("邻居的树倒在我家院墙上，他不管。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile("^姓名"))).to_be_visible()
