"""The rehearsal's small browser sends what a person's browser would, and complains where a person could not go on."""

from __future__ import annotations

import httpx
import pytest

from santai.demo.rehearsal.browser import Browser, Network, Refused
from santai.demo.rehearsal.page import CannotFill, Page

FORM = """
<form method="post" action="/elsewhere"><input name="text" value="not this one"></form>
<form method="post" action="/send?a=1&amp;b=2">
  <input type="hidden" name="csrfmiddlewaretoken" value="t&amp;k"><input type="hidden" name="version" value="7">
  <input name="name" value="王小明"><input name="off" value="x" disabled><input type="file" name="papers">
  <textarea name="text">
第一行
第二行</textarea>
  <select name="region"><option value="">请选择</option><option value="230102">道里区</option></select>
  <select name="way"><option value="phone">电话</option><option value="visit" selected>当面</option></select>
  <label><input type="radio" name="score" value="5"></label><label><input type="radio" name="score" value="4" checked>
  <input type="checkbox" name="groups" value="elderly" checked><input type="checkbox" name="groups" value="minor">
  <button name="review" value="1">回到核对</button><button name="look" value="1" formaction="/preview">看看</button>
</form>
"""


def page(text: str = FORM) -> Page:
    return Page("http://server/form", 200, text)


def test_a_form_is_sent_as_it_stands_with_hidden_and_chosen_values_and_nothing_disabled() -> None:
    assert page().form("/send").filled({}) == {
        "csrfmiddlewaretoken": ["t&k"],
        "version": ["7"],
        "name": ["王小明"],
        "text": ["第一行\n第二行"],
        "region": [""],
        "way": ["visit"],
        "score": ["4"],
        "groups": ["elderly"],
    }


def test_the_form_is_found_by_its_address_and_entities_are_read() -> None:
    form = page().form("/send")
    assert (form.action, form.is_post, form.files) == ("/send?a=1&b=2", True, ["papers"])
    assert form.button("review").value == "1"


@pytest.mark.parametrize("filling", [{"score": 3}, {"region": "999999"}, {"phone": "139"}, {"off": "x"}])
def test_what_the_page_does_not_offer_cannot_be_filled_in(filling: dict[str, object]) -> None:
    with pytest.raises(CannotFill):
        page().form("/send").filled(filling)


def test_several_choices_may_be_ticked() -> None:
    assert page().form("/send").filled({"groups": ["elderly", "minor"]})["groups"] == ["elderly", "minor"]


def test_a_page_without_the_form_says_which_forms_it_has() -> None:
    with pytest.raises(CannotFill, match="/elsewhere"):
        page().form("/nowhere")


def test_texts_of_a_class_are_read_whole_with_what_is_inside_them() -> None:
    text = (
        '<li><span class="big said">已交给<b>甲所</b>办理<br>请等候</span></li><span class="said">二</span><p>不是</p>'
    )
    assert page(text).texts("said") == ["已交给 甲所 办理 请等候", "二"]


def served(answer: httpx.Response | list[httpx.Response], log: list[httpx.Request], waits: list[float]) -> Browser:
    answers = list(answer) if isinstance(answer, list) else [answer]

    def handle(request: httpx.Request) -> httpx.Response:
        log.append(request)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    return Browser(Network("http://server", transport=httpx.MockTransport(handle), sleep=waits.append))


def test_a_refused_form_fails_in_the_words_of_the_page() -> None:
    fault = '<div class="notice notice-error">有 1 处需要改</div><span class="fault">请填写手机号。</span>'
    log: list[httpx.Request] = []
    browser = served([httpx.Response(200, text=FORM), httpx.Response(422, text=fault)], log, [])
    browser.get("/form")
    with pytest.raises(Refused, match="请填写手机号"):
        browser.submit("/send", {"name": "李四"})
    assert log[-1].headers["Referer"] == "http://server/form"


def test_the_button_that_is_pressed_is_sent_and_may_lead_elsewhere() -> None:
    log: list[httpx.Request] = []
    browser = served(httpx.Response(200, text=FORM), log, [])
    browser.get("/form")
    browser.submit("/send", button="review")
    assert b"review=1" in log[-1].content
    browser.submit("/send", button="look")
    assert [request.url.path for request in log] == ["/form", "/send", "/preview"]


def test_asked_to_slow_down_it_waits_as_long_as_it_is_told() -> None:
    waits: list[float] = []
    slow = httpx.Response(429, headers={"Retry-After": "7"})
    browser = served([slow, httpx.Response(429), httpx.Response(200, text="好")], [], waits)
    assert browser.get("/").text == "好"
    assert waits == [7.0, 5.0]


def test_a_server_that_always_says_slow_down_is_given_up_in_the_end() -> None:
    waits: list[float] = []
    with pytest.raises(Refused, match="429"):
        served(httpx.Response(429), [], waits).get("/")
    assert sum(waits) > 60


def test_each_browser_keeps_its_own_cookies() -> None:
    log: list[httpx.Request] = []
    browser = served(httpx.Response(200, headers={"Set-Cookie": "session=mine; Path=/"}, text=""), log, [])
    browser.get("/")
    browser.get("/")
    other = Browser(browser.network)
    other.get("/")
    assert [request.headers.get("Cookie") for request in log] == [None, "session=mine", None]
