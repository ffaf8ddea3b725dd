"""Guided help on a phone, without a script: from the first question to the papers and the request."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opens, Shot

pytestmark = pytest.mark.journey
PHONE = 360


def go_on(page: Page) -> None:
    page.get_by_role("button", name="下一步").click()


def is_within_the_screen(page: Page) -> bool:
    return page.locator("html").evaluate("node => node.scrollWidth <= node.clientWidth") is True


@pytest.mark.parametrize("javascript", [True, False])
def test_a_worker_answers_on_the_phone_and_takes_the_papers_along(
    opens: Opens, shot: Shot, *, javascript: bool
) -> None:
    page = opens("/help/", width=PHONE, javascript=javascript)
    page.get_by_role("link", name="被拖欠工资").click()
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_text(re.compile("第1步，大约还有"))).to_be_visible()
    page.get_by_label("在公司、工厂").check()
    go_on(page)
    page.get_by_label(re.compile("^欠您钱的是谁")).fill("冰城建工公司")
    go_on(page)
    page.locator("[name=place-unsure]").check()
    go_on(page)
    # Nothing filled in: it is said what is missing, and nothing is lost.
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("请填日期")
    page.get_by_label(re.compile("^哪天开始干的")).fill("2025-03-03")
    page.locator("[name=still][value=no]").check()
    go_on(page)
    page.get_by_label(re.compile("^最后一天")).fill("2026-01-30")
    go_on(page)
    page.get_by_label("因为不发工资").check()
    go_on(page)
    page.locator("[name=contract][value=no]").check()
    go_on(page)
    # Away and back: it goes on where it was left.
    address = page.url.split("/ask/")[0] + "/"
    page.goto(address)
    page.get_by_label(re.compile("^一个月工资")).fill("6,000")
    page.get_by_label(re.compile("^欠了几个月")).fill("3")
    go_on(page)
    go_on(page)
    page.get_by_label("工资条").check()
    go_on(page)
    go_on(page)
    expect(page.get_by_role("heading", name="法律咨询意见书")).to_be_visible()
    expect(page.get_by_text("18,000元").first).to_be_visible()
    assert page.url.endswith("/result")
    if javascript:
        assert is_within_the_screen(page)
        shot(page, "guidance-result")
        page.set_viewport_size({"width": PHONE, "height": 740})
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载 Word").click()
    assert taken.value.suggested_filename.startswith("劳动人事争议仲裁申请书")
    page.get_by_role("button", name="提出诉求").click()
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("月工资：6,000元"))


def test_somebody_in_danger_has_the_numbers_and_the_way_out_before_the_next_question(opens: Opens, shot: Shot) -> None:
    page = opens("/help/divorce/", width=PHONE)
    expect(page.get_by_role("link", name="快速离开")).to_be_visible()
    page.get_by_role("button", name="开始").click()
    page.locator("[name=violence][value=yes]").check()
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("您的安全最要紧")
    for number in ("110", "12338", "12348"):
        expect(page.get_by_role("alert").get_by_role("link", name=number)).to_be_visible()
    assert is_within_the_screen(page)
    shot(page, "guidance-danger")
