"""One search over everything, an entry's own page, and what is said of it: for everybody, without a script."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from santai.knowledge.entries import publishing
from santai.knowledge.models import AskedQuestion, Entry, Helpfulness
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.trust.roles import Role
from tests import factories
from tests.knowledge.entry_texts import AT, published, wording
from tests.knowledge.test_search import NASTY
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
LAW = quote("试验劳动法")
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 9) Mobile Safari"}


@pytest.fixture
def person() -> Client:
    return Client(**PHONE)


@pytest.fixture
def wages(library: Path) -> Entry:
    return published("unpaid-wages", service="arbitration_labour")


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def ask(client: Client, question: str, more: str = "") -> str:
    return page(client, f"/library?q={quote(question)}{more}")


def test_one_question_finds_answer_and_articles(person, wages):
    html = ask(person, "老板拖欠工资怎么办")
    assert 'href="/library/unpaid-wages?asked=' in html
    assert f'href="/laws/{LAW}/3?asked=' in html
    assert "<mark>拖欠工资</mark>" in html


def test_a_kind_shows_itself_alone_with_its_count(person, wages):
    published("wages-guide", kind=Entry.Kind.GUIDE, title="拖欠工资去哪里投诉")
    html = ask(person, "老板拖欠工资怎么办", "&kind=guide")
    assert "/library/wages-guide" in html
    assert 'href="/library/unpaid-wages' not in html
    assert 'aria-current="page"' in html


def test_an_institution_is_found_by_place_and_kind(person, library):
    office = factories.make_organisation(OrganisationKind.NOTARY, name="安字公证处")
    Organisation.objects.filter(pk=office.pk).update(phone="0451-12345678", hours="9:00-17:00", address="一号")
    factories.make_organisation(OrganisationKind.NOTARY, region="230103", name="远处公证处")
    html = ask(person, "道里区公证处电话")
    assert "安字公证处" in html
    assert "tel:0451-12345678" in html
    assert "远处公证处" not in html


def test_only_who_practises_is_shown_and_nothing_private(person, town: factories.Town):
    lawyer = town.staff[Role.LAWYER].practitioner
    Practitioner.objects.filter(pk=lawyer.pk).update(name="张安平", licence="12301201510000001")
    gone = factories.make_staff(Role.LAWYER, town.firm, name="张安平")
    Practitioner.objects.create(name="张安平", kind="lawyer", organisation=town.firm, standing="ended", licence="999")
    html = ask(person, "找张安平律师")
    assert "12301201510000001" in html
    assert "999" not in html
    assert gone.username not in html
    assert town.staff[Role.LAWYER].username not in html


def test_a_closed_institution_is_not_shown(person, library):
    office = factories.make_organisation(OrganisationKind.NOTARY, name="关门公证处")
    Organisation.objects.filter(pk=office.pk).update(is_active=False)
    assert "关门公证处</h3>" not in ask(person, "关门公证处")


def test_a_lay_question_is_no_search_for_lawyers(person, town: factories.Town, wages):
    html = ask(person, "请不起律师，老板拖欠工资怎么办")
    assert town.staff[Role.LAWYER].display_name not in html


def test_what_is_not_known_is_said_and_a_person_offered(person, wages):
    html = ask(person, "zzzz")
    assert "没有找到合适的内容" in html
    assert "12348" in html


def test_without_a_question_there_is_something_to_read(person, wages):
    assert 'href="/library/unpaid-wages"' in page(person, "/library")
    assert 'href="/library/unpaid-wages"' in page(person, "/library?kind=answer")
    assert "这里还没有内容" in page(person, "/library?kind=policy")


def test_a_second_page_exists_where_there_is_more(person, library):
    for number in range(25):
        published(f"wages-{number}")
    first, second = (ask(person, "老板拖欠工资怎么办", f"&kind=answer&page={one}") for one in (1, 2))
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert second.count('<a class="whole"') == 5


@pytest.mark.parametrize("question", NASTY, ids=range(len(NASTY)))
def test_nothing_a_person_types_breaks_a_page(person, wages, question):
    for more in ({}, {"kind": "answer"}, {"kind": "organisation"}, {"kind": "person"}, {"kind": "x", "region": "x'"}):
        response = person.get("/library", {"q": question, "page": "9" * 30, **more})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_one_address_cannot_search_without_end(person, wages, settings):
    settings.ENV = settings.ENV.model_copy(update={"search_rate": "2/m"})
    assert [person.get("/library", {"q": "工资"}).status_code for _ in range(3)] == [200, 200, 429]


class TestEntryPage:
    def test_it_says_what_it_rests_on_and_leads_on(self, person, wages):
        html = page(person, "/library/unpaid-wages")
        assert html.count(f'href="/laws/{LAW}/3"') == 2
        assert "<strong>证据</strong>" in html
        assert 'href="/request/?about=arbitration_labour"' in html
        assert "平台编写" in html

    def test_markup_in_a_text_stays_text(self, person, wages):
        wages.versions.update(body="## 一\n<script>alert(1)</script> [x](javascript:alert(1))")
        html = page(person, "/library/unpaid-wages")
        assert "<script>alert" not in html
        assert 'href="javascript' not in html

    def test_who_reviewed_it_is_said(self, person, town: factories.Town, library):
        version = publishing.begin(
            "answer", "own", wording(title="自己写的"), by=town.staff[Role.LAWYER], owner=town.bureau
        )
        publishing.publish(publishing.submit(version), by=town.staff[Role.BUREAU_HEAD], at=AT)
        html = page(person, "/library/own")
        assert "2026年3月2日审核" in html
        assert town.bureau.name in html

    def test_what_expired_is_gone_with_a_search_beside(self, person, library):
        published("late", expires_on=timezone.localdate() - timedelta(days=1))
        html = page(person, "/library/late", 410)
        assert "已经过期" in html
        assert 'action="/library"' in html

    def test_what_was_withdrawn_is_gone_with_the_reason(self, person, town: factories.Town, wages):
        publishing.withdraw(wages, "法律改了", by=town.staff[Role.LAWYER], at=AT)
        assert "法律改了" in page(person, "/library/unpaid-wages", 410)

    def test_a_draft_and_nothing_are_the_same(self, person, town: factories.Town, library):
        publishing.begin("answer", "secret", wording(title="自己写的"), by=town.staff[Role.LAWYER])
        page(person, "/library/secret", 404)
        page(person, "/library/none", 404)

    def test_looking_is_counted_but_not_that_of_staff_and_robots(self, person, town: factories.Town, wages):
        page(person, "/library/unpaid-wages")
        page(at_desk(town.staff[Role.LAWYER]), "/library/unpaid-wages")
        page(Client(HTTP_USER_AGENT="Googlebot/2.1"), "/library/unpaid-wages")
        wages.refresh_from_db()
        assert wages.uses == 1

    def test_a_vote_counts_once_and_can_be_changed_and_taken_back(self, person, wages):
        for helped, counts in (("1", (1, 0)), ("1", (1, 0)), ("0", (0, 1)), ("undo", (0, 0)), ("undo", (0, 0))):
            response = person.post("/library/unpaid-wages/told", {"helped": helped})
            assert response["Location"] == "/library/unpaid-wages#told"
            wages.refresh_from_db()
            assert (wages.helped, wages.not_helped) == counts
        assert "这些内容对您有用吗" in page(person, "/library/unpaid-wages")

    def test_a_vote_knows_the_question_it_was_found_for(self, person, wages):
        ask(person, "我叫张三，老板拖欠工资怎么办")
        question = AskedQuestion.objects.get()
        assert (question.text, question.answered_by) == ("我叫〔姓名〕,老板拖欠工资怎么办", wages)
        person.post("/library/unpaid-wages/told", {"helped": "1", "asked": question.digest})
        row = Helpfulness.objects.get()
        assert (row.entry, row.question, row.by) == (wages, question, None)

    def test_nobody_votes_without_end(self, person, wages, settings):
        settings.ENV = settings.ENV.model_copy(update={"public_rate": "2/m"})
        codes = [person.post("/library/unpaid-wages/told", {"helped": "1"}).status_code for _ in range(3)]
        assert codes == [302, 302, 429]


def test_a_question_is_counted_once_for_an_address_and_never_for_a_robot(person, wages):
    for _ in range(3):
        ask(person, "老板拖欠工资怎么办")
    ask(person, "老板拖欠工资怎么办", "&kind=answer")
    ask(Client(HTTP_USER_AGENT="Baiduspider"), "离婚怎么办")
    assert [(one.text, one.times) for one in AskedQuestion.objects.all()] == [("老板拖欠工资怎么办", 1)]


def test_a_question_without_a_good_answer_is_a_gap(person, wages):
    ask(person, "宠物猫丢了邻居捡到不还")
    assert AskedQuestion.objects.get().unanswered == 1


class TestArticleVotes:
    def test_an_article_found_for_a_question_can_be_voted_on(self, person, wages):
        page(person, "/laws?q=" + quote("老板拖欠工资怎么办"))
        digest = AskedQuestion.objects.get().digest
        assert "这些内容对您有用吗" in page(person, f"/laws/{LAW}/3?asked={digest}")
        person.post(f"/laws/{LAW}/3/told", {"helped": "1", "asked": digest})
        row = Helpfulness.objects.get()
        assert (row.article, row.helped, row.entry) == ("试验劳动法第三条", True, None)
        assert "您说：有用" in page(person, f"/laws/{LAW}/3?asked={digest}")

    def test_an_article_opened_by_itself_asks_nothing(self, person, wages):
        assert "有用吗" not in page(person, f"/laws/{LAW}/3")
        assert person.post(f"/laws/{LAW}/3/told", {"helped": "1"}).status_code == 404

    def test_a_citation_is_no_question(self, person, wages):
        page(person, "/laws?q=" + quote("试验劳动法第三条"))
        assert not AskedQuestion.objects.exists()


class TestDesk:
    def typed(self, client: Client, question: str) -> str:
        response = client.get("/desk/knowledge", {"q": question}, HTTP_HX_REQUEST="true", HTTP_HX_TRIGGER="knowledge-q")
        return response.content.decode()

    def test_an_agent_sees_what_to_read_out_while_typing(self, town: factories.Town, wages):
        html = self.typed(at_desk(town.staff[Role.HOTLINE_AGENT]), "老板拖欠工资")
        assert "念给来电人" in html
        assert wages.published.summary in html
        assert "<html" not in html
        assert not AskedQuestion.objects.exists()

    def test_what_helped_is_told_once_with_the_question(self, town: factories.Town, wages):
        agent = town.staff[Role.HOTLINE_AGENT]
        client = at_desk(agent)
        for _ in range(2):
            client.post("/desk/knowledge/helped", {"q": "老板拖欠工资", "entry": "unpaid-wages"})
            client.post("/desk/knowledge/helped", {"q": "老板拖欠工资", "law": "试验劳动法", "article": "3"})
        rows = {(row.entry, row.article, row.by) for row in Helpfulness.objects.all()}
        assert rows == {(wages, "", agent), (None, "试验劳动法第三条", agent)}
        assert Helpfulness.objects.count() == 2

    def test_with_a_script_the_button_alone_is_exchanged(self, town: factories.Town, wages):
        client = at_desk(town.staff[Role.HOTLINE_AGENT])
        data = {"q": "老板拖欠工资", "entry": "unpaid-wages"}
        html = client.post("/desk/knowledge/helped", data, HTTP_HX_REQUEST="true").content.decode()
        assert "记下了" in html
        assert "<html" not in html

    @pytest.mark.parametrize("data", [{}, {"entry": "none"}, {"law": "试验劳动法", "article": "99"}])
    def test_what_is_not_there_cannot_have_helped(self, town: factories.Town, wages, data):
        client = at_desk(town.staff[Role.HOTLINE_AGENT])
        assert client.post("/desk/knowledge/helped", {"q": "工资", **data}).status_code == 404

    def test_the_hotline_offers_what_to_read_out(self, town: factories.Town, wages):
        client = at_desk(town.staff[Role.HOTLINE_AGENT])
        html = client.post("/hotline/preview", {"text": "老板拖欠工资三个月"}, HTTP_HX_REQUEST="true").content.decode()
        assert "可以念给来电人" in html
        assert wages.published.summary in html


class TestInterface:
    def test_each_kind_is_found_by_itself(self, client, wages, town: factories.Town):
        found = client.get("/api/v1/knowledge/search", {"q": "老板拖欠工资怎么办", "kind": "answer"}).json()
        first = found["entries"][0]
        assert (first["slug"], first["url"], first["is_good"]) == ("unpaid-wages", "/library/unpaid-wages", True)
        assert (found["articles"], found["total"]) == ([], 1)
        found = client.get("/api/v1/knowledge/search", {"q": "道里区法律援助中心", "kind": "organisation"}).json()
        assert [one["name"] for one in found["organisations"]] == [town.legal_aid.name]
        Practitioner.objects.filter(user=town.staff[Role.LAWYER]).update(name="张安平")
        found = client.get("/api/v1/knowledge/search", {"q": "张安平律师", "kind": "person"}).json()
        assert [one["name"] for one in found["people"]] == ["张安平"]

    def test_articles_stay_what_is_searched_when_nothing_is_said(self, client, wages):
        plain = client.get("/api/v1/knowledge/search", {"q": "拖欠工资"}).json()
        assert plain == client.get("/api/v1/knowledge/search", {"q": "拖欠工资", "kind": "article"}).json()
        assert plain["articles"]

    def test_an_entry_is_given_with_what_it_rests_on(self, client, wages):
        entry = client.get("/api/v1/knowledge/entries/unpaid-wages").json()
        assert entry["laws"] == [{"law": "试验劳动法", "article": "第三条", "url": f"/laws/{LAW}/3"}]
        assert (entry["version"], entry["service"]) == (1, "arbitration_labour")

    def test_what_is_not_published_is_not_found(self, client, wages, town: factories.Town):
        publishing.withdraw(wages, "法律改了", by=town.staff[Role.LAWYER], at=AT)
        for slug in ("unpaid-wages", "none", "x" * 300):
            assert client.get(f"/api/v1/knowledge/entries/{slug}").status_code == 404

    @pytest.mark.parametrize("given", [{"kind": "nonsense"}, {"region": "23'"}, {"page": "0"}])
    def test_what_cannot_be_is_told(self, client, wages, given):
        assert client.get("/api/v1/knowledge/search", {"q": "工资", **given}).status_code == 422
