"""先问问: what a person says is answered with its sources, or honestly not; one button makes it a request."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from santai.knowledge.models import AskedQuestion, Entry
from tests.knowledge.entry_texts import published
from tests.knowledge.test_search import NASTY

pytestmark = pytest.mark.django_db
WAGES = "老板拖欠工资怎么办，公司两个月没发工资了，电话13812345678"


@pytest.fixture
def wages(library: Path) -> Entry:
    return published("unpaid-wages", service="arbitration_labour")


def ask(client: Client, text: str) -> str:
    answer = client.post("/ask", {"text": text}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_one_page_tells_matter_answer_articles_period_and_service(client, wages):
    html = ask(client, WAGES)
    assert "劳动纠纷" in html
    assert 'href="/library/unpaid-wages"' in html
    assert "先把<strong>证据</strong>留好" in html
    assert "<mark>拖欠" in html
    assert "申请劳动仲裁：一年" in html
    assert 'name="procedure" value="arbitration_labour"' in html


def test_one_button_opens_the_request_with_what_was_said(client, wages):
    ask(client, WAGES)
    answer = client.post("/ask/request", {"procedure": "arbitration_labour"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/request/"
    assert "公司两个月没发工资了" in answer.content.decode()


def test_the_words_stand_in_no_address(client, wages):
    answer = client.post("/ask", {"text": WAGES})
    assert (answer.status_code, answer["Location"]) == (302, "/ask")


def test_a_question_is_counted_once_and_without_numbers(client, wages):
    ask(client, WAGES)
    client.get("/ask")
    question = AskedQuestion.objects.get()
    assert (question.times, question.unanswered, question.matter) == (1, 0, "劳动纠纷")
    assert question.answered_by == wages
    assert "13812345678" not in question.text


@pytest.mark.parametrize("text", ["床前明月光疑是地上霜", "12345678", "🙂🙂🙂", "qwertyuiop"])
def test_where_nothing_is_good_enough_the_page_says_so_and_offers_a_person(client, wages, text):
    html = ask(client, text)
    assert "最好请人来答" in html
    assert "请人答复我" in html
    assert "这件事可以这样办" not in html


def test_danger_is_told_first(client, wages):
    html = ask(client, "我老公正在打我，孩子也在家")
    assert "110" in html[: html.index("</blockquote>") + 800]


@pytest.mark.parametrize("text", ["我老公正在打我", "欠了网贷三十万，不想活了想自杀"])
def test_in_danger_the_first_thing_to_press_is_a_telephone(client, wages, text):
    html = ask(client, text)
    assert "先保证人平安" in html
    assert 0 < html.index('href="tel:110"') < html.index("您遇到了什么事")
    assert 'href="tel:12348"' in html[: html.index("您遇到了什么事")]
    assert "诉讼时效" not in html


def test_an_answer_for_people_in_danger_begins_with_the_telephone_whatever_the_words(client, wages):
    asked = ("老板扣了我身份证不让我走",)
    published("held", title="被人关着不让走怎么办", asked=asked, matter="刑事辩护", topics=("人身自由",))
    html = ask(client, "老板扣了我的身份证，不让我走")
    assert 0 < html.index("先打 110") < html.index('href="tel:110"') < html.index("被人关着不让走怎么办")


def test_advice_to_a_group_is_not_shouted(client, wages):
    html = ask(client, "农民工，老板拖欠工资")
    assert "请保存考勤" in html
    assert "notice-error" not in html[: html.index("请保存考勤")].rpartition("<h1>")[2]


@pytest.mark.parametrize("text", ["试验劳动法第3条", "试验劳动法第三条是怎么规定的？"])
def test_who_asks_for_an_article_gets_the_article_and_no_guess(client, wages, text):
    html = ask(client, text)
    assert "您要找的条文" in html
    assert "《试验劳动法》第三条" in html
    assert "最好请人来答" not in html
    assert 'href="/library/unpaid-wages"' not in html


def test_a_story_that_cites_an_article_is_answered_as_a_story(client, wages):
    html = ask(client, "老板拖欠工资怎么办，公司两个月没发工资了，试验劳动法第3条管不管我这种情况")
    assert "您要找的条文" not in html
    assert 'href="/library/unpaid-wages"' in html


@pytest.mark.parametrize("text", ["111", "1" * 400, "2026-11-23"])
def test_numbers_alone_are_like_no_answer(client, wages, text):
    published("call-first", summary="先打110，再打120，2026年11月23日起。", title="2026年先打110")
    assert "最好请人来答" in ask(client, text)


def test_every_period_shown_leads_to_its_article_or_names_it(client, wages):
    html = ask(client, WAGES)
    shown = re.findall(r"<strong>[^<]+：[^<]+</strong>。.*?</li>", html, re.DOTALL)
    assert shown
    assert all("《" in row for row in shown)


@pytest.mark.parametrize("text", [one for one in NASTY if one.strip("\x00 \n\t　")][:20])
def test_nothing_that_is_typed_breaks_the_page(client, wages, text):
    answer = client.post("/ask", {"text": text}, follow=True)
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.content.decode()


def test_an_empty_question_says_what_to_write(client, db):
    answer = client.post("/ask", {"text": "   "})
    assert (answer.status_code, "还没有写" in answer.content.decode()) == (422, True)


def test_before_the_first_import_the_page_still_answers(client, db, in_home):
    assert "请人答复我" in ask(client, "老板欠我钱")


def test_asking_something_else_forgets_the_first(client, wages):
    ask(client, WAGES)
    client.post("/ask", {"again": "1"})
    assert "没发工资" not in client.get("/ask").content.decode()
