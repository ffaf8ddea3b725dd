"""Guided help in the browser, without a script: every page answers, nothing is lost, nothing is seen by others."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from santai.guidance import saving
from santai.guidance.interview import interviews
from santai.guidance.models import SavedInterview
from santai.guidance.periodic import forget_interviews
from tests.factories import Town
from tests.web.portal_steps import prove

WAGES = {
    "relation": "company",
    "employer": "冰城<b>建工</b>公司",
    "place": "230102",
    "started": "2025-03-03",
    "still": "no",
    "left_on": "2026-09-30",
    "why_left": "unpaid",
    "contract": "no",
    "wage": "6,000",
    "owed_months": "3",
    "owed_exact": "",
    "asked_on": "2026-10-20",
    "proofs": ["slips", "chats"],
    "name": "王小明",
    "phone": "13812345678",
}


@pytest.fixture(autouse=True)
def _demo(settings: Any, town: Town) -> None:
    settings.DEMO = True


def begin(client: Client, slug: str) -> str:
    """The address of a fresh interview, with its key."""
    answer = client.post(f"/help/{slug}/start")
    assert answer.status_code == 302
    return str(answer.url)


def fields_on(client: Client, slug: str, address: str) -> list[str]:
    """The questions a page asks, as somebody without a script sees them."""
    body, known = client.get(address).content.decode(), {each.id for each in interviews()[slug].questions}
    return [name for name in dict.fromkeys(re.findall(r'name="([a-z_]+)"', body)) if name in known]


def answered(client: Client, slug: str, given: dict[str, Any]) -> str:
    """From the first page to the result; what is not given is “I do not know”. Returns the address of the result."""
    interview, address = interviews()[slug], begin(client, slug)
    for _ in range(30):
        address = client.get(address).url if address.endswith("/") else address
        if address.endswith("/result"):
            return address
        typed: dict[str, Any] = {}
        for name in fields_on(client, slug, address):
            kind = interview.question(name).kind
            unsure = {name: "unsure"} if kind in ("choice", "yesno") else {f"{name}-unsure": "on"}
            typed |= {name: given[name]} if name in given else unsure
        answer = client.post(address, typed)
        assert answer.status_code == 302, re.findall(r"<li><a href.*?</a>", answer.content.decode())
        address = str(answer.url)
    raise AssertionError("the interview does not end")


def test_a_whole_interview_ends_in_advice_with_sources_and_papers_to_take_away(client: Client) -> None:
    result = answered(client, "wages", WAGES)
    page = client.get(result).content.decode()
    for words in (
        "法律咨询意见书",
        "劳动争议调解仲裁法第二十七条",
        "18,000元",
        "2027年9月30日",
        "66,000元",
        "这是一般性信息",
    ):
        assert words in page, words
    base = result.removesuffix("result") + "papers/"
    assert client.get(f"{base}advice.pdf").content.startswith(b"%PDF")
    assert client.get(f"{base}draft-1.pdf").content.startswith(b"%PDF")
    written = Document(BytesIO(client.get(f"{base}draft-1.docx").content))
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert "劳动人事争议仲裁申请书" in text
    assert "申请人：王小明" in text
    assert "【待填" in text
    calendar = client.get(f"{base}deadlines.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20270930" in calendar
    assert client.get(f"{base}draft-2.pdf").status_code == 404


@pytest.mark.parametrize("slug", list(interviews()))
def test_who_knows_nothing_still_comes_to_an_end(slug: str, client: Client) -> None:
    result = answered(client, slug, {})
    page = client.get(result)
    assert page.status_code == 200
    assert "还没弄清楚的" in page.content.decode()
    for name in ("advice.pdf", "draft-1.pdf"):
        assert client.get(result.removesuffix("result") + f"papers/{name}").content.startswith(b"%PDF")


def test_a_page_says_which_step_it_is_and_leads_back(client: Client) -> None:
    address = client.get(begin(client, "wages")).url
    assert "第1步，大约还有" in client.get(address).content.decode()
    following = client.post(address, {"relation": "odd"}).url
    page = client.get(following).content.decode()
    assert "第2步，大约还有" in page
    assert "上一步" in page
    assert address in page


def test_a_wrong_answer_keeps_what_was_typed_and_says_what_to_do(client: Client) -> None:
    base = begin(client, "wages")
    client.post(f"{base}ask/relation", {"relation": "company"})
    client.post(f"{base}ask/employer", {"employer": "某公司"})
    client.post(f"{base}ask/place", {"place": "230102"})
    answer = client.post(f"{base}ask/days", {"started": "2099-01-01", "still": "no"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "2099-01-01" in body
    assert "是不是写错了年份" in body
    assert client.post(f"{base}ask/days", {"started": "昨天", "still": "no"}).status_code == 422
    assert client.post(f"{base}ask/days", {"still": "no"}).status_code == 422
    assert (
        client.post(f"{base}ask/days", {"started": "写不出", "started-unsure": "on", "still": "no"}).status_code == 302
    )


def test_what_was_typed_is_never_markup(client: Client) -> None:
    page = client.get(answered(client, "wages", WAGES)).content.decode()
    assert "<b>建工</b>" not in page
    assert "&lt;b&gt;建工&lt;/b&gt;" in page


def test_an_answer_can_be_changed_and_what_no_longer_applies_is_left_out(client: Client) -> None:
    result = answered(client, "wages", WAGES)
    base = result.removesuffix("result")
    assert client.post(f"{base}ask/relation", {"relation": "odd"}).status_code == 302
    page = client.get(result).content.decode()
    assert "民事起诉状" in page
    assert "二倍工资" not in page
    assert client.get(f"{base}ask/contract").status_code == 302


def test_it_is_taken_up_where_it_was_left_by_its_code(client: Client) -> None:
    base = begin(client, "loan")
    client.post(f"{base}ask/other", {"borrower": "李四", "place": "230102"})
    key = base.rstrip("/").rsplit("/", 1)[1]
    other = Client()
    answer = other.post("/help/resume", {"code": f" {saving.grouped(key).lower()} "})
    assert answer.url == base
    assert other.get(base).url == f"{base}ask/sum"
    assert other.post("/help/resume", {"code": "没有这个码"}).status_code == 422


def test_a_key_that_is_wrong_or_of_another_interview_opens_nothing(client: Client) -> None:
    base = begin(client, "loan")
    key = base.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"/help/wages/{key}/").status_code == 404
    assert client.get("/help/loan/AAAABBBBCCCCDDDD/").status_code == 404
    assert client.get("/help/nothing/").status_code == 404
    assert client.get(f"{base}ask/no-such-page").status_code == 302


def test_answers_lie_sealed_in_the_database(client: Client) -> None:
    from django.db import connection

    answered(client, "wages", WAGES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, key, key_index FROM guidance_savedinterview")
        answers, key, index = cursor.fetchone()
    kept = SavedInterview.objects.get()
    assert json.loads(kept.answers)["name"] == "王小明"
    assert "王小明" not in answers
    assert kept.key not in (key, index)


def test_the_person_deletes_what_they_told(client: Client) -> None:
    base = begin(client, "wages")
    assert client.post(f"{base}forget").status_code == 302
    assert not SavedInterview.objects.exists()
    assert client.get(base).status_code == 404


def test_it_is_forgotten_on_its_day(client: Client) -> None:
    result = answered(client, "wages", WAGES)
    base = result.removesuffix("result")
    client.post(f"{base}keep", {"days": "7"})
    kept = SavedInterview.objects.get()
    assert kept.expires_on == timezone.localdate() + timedelta(days=7)
    assert saving.saved(kept.key, on=kept.expires_on + timedelta(days=1)) is None
    forget_interviews(at=timezone.now() + timedelta(days=7))
    assert SavedInterview.objects.exists()
    forget_interviews(at=timezone.now() + timedelta(days=8))
    assert not SavedInterview.objects.exists()


def test_under_a_proven_phone_it_is_found_among_my_things_and_only_there(client: Client) -> None:
    prove(client)
    result = answered(client, "wages", WAGES)
    base = result.removesuffix("result")
    assert base not in client.get("/my").content.decode()
    client.post(f"{base}keep", {"days": "90", "phone": "1"})
    assert base in client.get("/my").content.decode()
    stranger = Client()
    prove(stranger, "13987654321")
    assert base not in stranger.get("/my").content.decode()


def test_one_button_opens_the_request_with_everything_told(client: Client) -> None:
    result = answered(client, "wages", WAGES)
    answer = client.post(result.removesuffix("result") + "request")
    assert answer.url == "/request/"
    page = client.get("/request/").content.decode()
    assert "月工资：6,000元" in page
    assert "申请劳动仲裁" in page
    assert "王小明" not in page
    client.post("/request/", {"text": "我被拖欠工资三个月"})
    assert "13812345678" in client.get("/request/who").content.decode()


@pytest.mark.parametrize(
    ("slug", "question"), [("divorce", "violence"), ("support", "unsafe"), ("neighbours", "threat")]
)
def test_somebody_in_danger_sees_whom_to_call_and_the_way_out_at_once(slug: str, question: str, client: Client) -> None:
    base = begin(client, slug)
    following = client.post(f"{base}ask/{question}", {question: "yes"}).url
    page = client.get(following).content.decode()
    for words in ("tel:110", "tel:12338", "tel:12348", "/help/leave"):
        assert words in page
    calm = Client()
    other = begin(calm, slug)
    assert "tel:110" not in calm.get(calm.post(f"{other}ask/{question}", {question: "no"}).url).content.decode()


def test_the_way_out_leads_away_and_leaves_no_page_behind(client: Client) -> None:
    answer = client.get("/help/leave")
    assert answer.status_code == 302
    assert answer.url.startswith("https://")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get(client.get(begin(client, "divorce")).url)["Cache-Control"] == "no-store"


def test_the_result_waits_for_the_last_answer(client: Client) -> None:
    base = begin(client, "wages")
    for spot in ("result", "papers/advice.pdf"):
        assert client.get(f"{base}{spot}").url.endswith(base)
    assert client.post(f"{base}request").url.endswith(base)


@pytest.mark.parametrize(
    "typed", ["", "🙂" * 50, "'; DROP TABLE x;--", "1" * 10_000, "<script>alert(1)</script>", "\x00\x1f"]
)
def test_no_answer_breaks_a_page(typed: str, client: Client) -> None:
    base = begin(client, "consumer")
    client.post(f"{base}ask/where", {"where": "shop"})
    for given in ({"seller": typed, "place": typed}, {"seller": typed, "place-unsure": "on"}):
        assert client.post(f"{base}ask/seller", given).status_code in (302, 422)
    assert client.post(f"{base}ask/where", {"where": typed}).status_code == 422
    answer = client.post("/help/resume", {"code": typed})
    assert answer.status_code == 422
    # On a telephone the field is far down the page.
    html = answer.content.decode()
    assert 0 < html.index("没有找到这份问答") < html.index('href="/help/wages/"')
