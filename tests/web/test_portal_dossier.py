"""One's own dossier in the portal: whole, with who looked, and nobody else's."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from santai.archive.dossier.opening import open_dossier
from santai.archive.models import DossierExport
from santai.trust.roles import Role
from tests import factories
from tests.web.portal_steps import prove
from tests.web.staff_pages import earlier

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.DEMO = True


@pytest.fixture
def mine(town):
    return factories.make_case(earlier(), applicant=factories.make_party("王小明", phone=PHONE))


def proven(phone: str = PHONE) -> Client:
    client = Client()
    prove(client, phone)
    return client


def test_without_a_proven_phone_it_leads_to_the_proof(mine):
    for answer in (Client().get("/my/dossier"), Client().post("/my/dossier/export/pdf", {"who": mine.applicant_id})):
        assert answer.headers["Location"] == "/progress"
    assert DossierExport.objects.count() == 0


def test_the_person_sees_the_own_dossier_and_who_looked_at_it(mine, town):
    open_dossier(mine.applicant, actor=town.actor(Role.SUPERVISOR), purpose="supervision", words="核对投诉的经过")
    client = proven()
    page = client.get("/my/dossier")
    assert mine.code in page.content.decode()
    assert "王小明" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    told = client.get("/my/dossier", {"who": mine.applicant_id, "part": "looks"}).content.decode()
    for words in (town.bureau.name, "监督员(司法行政)", "综合档案", "督办或者处理投诉：核对投诉的经过"):
        assert words in told
    assert town.bureau.name in client.get("/my/looks").content.decode()


def test_nobody_elses_dossier_is_found_by_number(mine):
    other = factories.make_case(earlier(), applicant=factories.make_party("李四", phone="13900001111"))
    client = proven()
    assert client.get("/my/dossier", {"who": other.applicant_id}).status_code == 404
    assert client.get("/my/dossier", {"who": "x"}).status_code == 404
    for who in (other.applicant_id, "", "0"):
        assert client.post("/my/dossier/export/json", {"who": who}).status_code == 404
    assert DossierExport.objects.count() == 0


def test_the_person_takes_the_own_dossier_along(mine):
    client = proven()
    told = json.loads(client.post("/my/dossier/export/json", {"who": mine.applicant_id}).content)
    assert [case["code"] for case in told["cases"]] == [mine.code]
    assert (told["format"], told["made"]["scope"]) == ("santai-dossier/1", "own")
    assert client.post("/my/dossier/export/pdf", {"who": mine.applicant_id}).content.startswith(b"%PDF")
    assert client.post("/my/dossier/export/exe", {"who": mine.applicant_id}).status_code == 404
    assert client.get("/my/dossier/export/pdf").status_code == 405
    assert DossierExport.objects.filter(user=None, party=mine.applicant).count() == 2


def test_whoever_stands_for_a_company_sees_its_dossier_too(mine):
    company = factories.make_party("哈尔滨某某食品有限公司", phone=PHONE, kind="company")
    theirs = factories.make_case(earlier(), applicant=company)
    client = proven()
    assert company.name in client.get("/my/dossier").content.decode()
    page = client.get("/my/dossier", {"who": company.pk}).content.decode()
    assert "单位的法律服务档案" in page
    assert theirs.code in page
    assert mine.code not in page


def test_a_shared_phone_shows_no_whole_id_number(town):
    number = "230102199001011234"
    party = factories.make_party("王小明", phone=PHONE, id_number=number)
    factories.make_case(earlier(), applicant=party)
    client = proven()
    assert number not in client.get("/my/dossier").content.decode()
    assert number not in client.post("/my/dossier/export/json", {"who": party.pk}).content.decode()


def test_the_way_there_is_on_the_page_of_ones_cases(mine):
    assert "/my/dossier" in proven().get("/my").content.decode()
