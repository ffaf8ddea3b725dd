"""The pages and the interface about laws: found, opened, and never broken by what is typed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from santai.knowledge.building import take_in
from santai.knowledge.models import LawVersion
from tests import factories
from tests.knowledge.small_library import TODAY, WORK_LAW
from tests.knowledge.test_search import NASTY
from tests.web.staff_pages import at_desk

LAW = quote("试验劳动法")
pytestmark = pytest.mark.django_db


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_a_question_is_answered_with_marked_articles(client: Client, library: Path):
    html = page(client, "/laws?q=" + quote("老板拖欠工资怎么办"))
    assert "<mark>拖欠工资</mark>" in html or "<mark>拖欠</mark>" in html
    assert f'href="/laws/{LAW}/3?asked=' in html


def test_a_citation_comes_first(client: Client, library: Path):
    html = page(client, "/laws?q=" + quote("试验劳动法第三条之一"))
    assert html.index("第三条之一</a>") < html.index("第三条</a>")


def test_what_the_platform_does_not_know_is_said_and_a_person_offered(client: Client, library: Path):
    html = page(client, "/laws?q=zzzz")
    assert "没有找到合适的条文" in html
    assert "12348" in html


def test_an_unknown_level_is_told(client: Client, library: Path):
    assert "没有这个效力级别" in page(client, "/laws?q=1&level=nonsense", 422)


def test_an_article_is_shown_in_its_place_with_citations_both_ways(client: Client, library: Path):
    html = page(client, f"/laws/{LAW}/3")
    assert "第二章 劳动报酬" in html
    assert f'href="/laws/{LAW}/4"' in html
    assert "提到这一条的" in html
    assert quote("试验婚姻法") in html


def test_an_old_wording_says_that_it_is_old_and_stays_in_its_day(client: Client, library: Path, folder: Path):
    (folder / "new.txt").write_text(
        WORK_LAW.replace("自2013年7月1日起施行", "根据2025年1月2日决定修正　自2025年5月1日起施行")
    )
    take_in(str(folder), on=TODAY)
    assert "已被修改" in page(client, f"/laws/{LAW}/3?on=2020-01-01")
    assert f"/laws/{LAW}/4?on=2013-07-01" in page(client, f"/laws/{LAW}/3?on=2020-01-01")
    assert "notice-warning" not in page(client, f"/laws/{LAW}/3")
    page(client, f"/laws/{LAW}/3?on=2001-01-01", 404)


def test_a_day_that_is_none_shows_the_current_wording(client: Client, library: Path):
    assert "现行有效" in page(client, f"/laws/{LAW}/3?on=tomorrow")


@pytest.mark.parametrize("path", [f"/laws/{LAW}/999", "/laws/none", "/laws/none/1", f"/laws/{LAW}/%00"])
def test_what_is_not_there_is_not_found(client: Client, library: Path, path):
    page(client, path, 404)


def test_the_table_of_contents_leads_to_every_article(client: Client, library: Path):
    html = page(client, f"/laws/{LAW}")
    assert html.count(f'href="/laws/{LAW}/') == 6


def test_before_the_first_import_the_page_says_so(client: Client, db, in_home: Path):
    assert "法律库还没有装好" in page(client, "/laws?q=" + quote("工资"))
    answer = client.get("/api/v1/knowledge/search", {"q": "工资"}).json()
    assert (answer["articles"], answer["is_ready"]) == ([], False)


@pytest.mark.parametrize("question", NASTY, ids=range(len(NASTY)))
def test_nothing_a_person_types_breaks_a_page(client: Client, library: Path, question):
    for path, allowed in (("/laws", {200}), ("/api/v1/knowledge/search", {200, 422})):
        response = client.get(path, {"q": question, "page": "9" * 30 if path == "/laws" else "1", "law": "x' --"[:0]})
        assert response.status_code in allowed
        assert b"<script>alert" not in response.content


def test_the_interface_gives_text_status_and_address(client: Client, library: Path):
    found = client.get("/api/v1/knowledge/search", {"q": "试验劳动法第3条", "in_force": "true"}).json()
    first = found["articles"][0]
    assert (first["name"], first["is_exact"], first["status"]) == ("试验劳动法第三条", True, LawVersion.Status.IN_FORCE)
    assert first["url"] == f"/laws/{LAW}/3"


def test_the_interface_names_a_law_it_does_not_have(client: Client, library: Path):
    answer = client.get("/api/v1/knowledge/search", {"q": "工资", "law": "没有的法"})
    assert (answer.status_code, "没有的法" in answer.json()["detail"]) == (422, True)


def test_one_address_cannot_search_without_end(client: Client, library: Path, settings):
    settings.ENV = settings.ENV.model_copy(update={"search_rate": "2/m"})
    for path in ("/laws", "/api/v1/knowledge/search"):
        assert [client.get(path, {"q": "工资"}).status_code for _ in range(3)] == [200, 200, 429]


def test_the_panel_answers_while_staff_type_with_the_list_alone(town: factories.Town, library: Path):
    client = at_desk(next(iter(town.staff.values())))
    whole = client.get("/desk/knowledge", {"q": "工资"})
    typed = client.get("/desk/knowledge", {"q": "工资"}, HTTP_HX_REQUEST="true", HTTP_HX_TRIGGER="knowledge-q")
    assert b"<html" in whole.content
    assert b"<html" not in typed.content
    assert "试验劳动法" in typed.content.decode()
