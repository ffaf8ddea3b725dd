"""Opening somebody's dossier at the desk, over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from santai.archive.models import DossierExport
from santai.people.models import Contact
from santai.people.parties import close_contact, open_contact
from santai.trust.actors import Channel
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import at_desk, case_in_hand, earlier

pytestmark = pytest.mark.django_db
WHY = {"purpose": "supervision", "words": "核对投诉的经过"}


@pytest.fixture
def case(town):
    return case_in_hand(town)


def opened_by(town, case, role=Role.SUPERVISOR):
    client = at_desk(town.staff[role])
    answer = client.post(f"/desk/cases/{case.code}/dossier", WHY)
    assert answer.status_code == 302, answer.content.decode()
    return client, answer.headers["Location"]


def test_first_the_reason_then_the_dossier(town, case):
    client = at_desk(town.staff[Role.SUPERVISOR])
    page = client.get(f"/desk/cases/{case.code}/dossier").content.decode()
    assert "打开，并记下我看过" in page
    assert SensitiveLook.objects.count() == 0
    client, url = opened_by(town, case)
    page = client.get(url)
    assert case.code in page.content.decode()
    assert "核对投诉的经过" in page.content.decode()
    assert case.applicant.name not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert SensitiveLook.objects.filter(fields="dossier", case_code=case.code).count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"purpose": "supervision"},
        {"words": "核对投诉的经过"},
        {**WHY, "words": "看"},
        {**WHY, "purpose": "curious"},
    ],
)
def test_without_a_reason_the_page_stays_shut_and_says_what_is_missing(town, case, given):
    client = at_desk(town.staff[Role.SUPERVISOR])
    page = client.post(f"/desk/cases/{case.code}/dossier", given)
    assert page.status_code == 422
    assert "有 " in page.content.decode()
    assert SensitiveLook.objects.count() == 0


def test_every_part_opens_also_with_nonsense_in_the_address(town, case):
    client, url = opened_by(town, case)
    for query in (
        "part=letters",
        "part=reliefs",
        "part=ratings",
        "part=complaints",
        "part=contacts",
        "part=looks",
        "part=%00",
        "page=99",
        "page=x",
    ):
        page = client.get(f"{url}?{query}")
        assert page.status_code == 200
    assert "谁看过" not in client.get(f"{url}?part=looks").content.decode()


def test_an_empty_part_says_what_would_be_there(town, case):
    client, url = opened_by(town, case)
    assert "没有投诉过" in client.get(f"{url}?part=complaints").content.decode()


def test_twenty_lines_are_a_page(town, case):
    for _ in range(24):
        factories.make_case(earlier(), applicant=case.applicant)
    client, url = opened_by(town, case)
    first, second = client.get(url).content.decode(), client.get(f"{url}?page=2").content.decode()
    assert "第 1 页，共 2 页" in first
    assert first.count("<li>\n") == 20
    assert second.count("<li>\n") == 5


def test_the_address_opens_nothing_for_a_colleague(town, case):
    _, url = opened_by(town, case)
    for role in (Role.COUNTER_CLERK, Role.HOTLINE_LEAD, Role.DISPATCHER):
        colleague = at_desk(town.staff[role])
        assert colleague.get(url).status_code == 404
        assert colleague.post(f"{url}/export/pdf").status_code == 404
    for role in (Role.LAWYER, Role.AUDITOR, Role.SYSTEM_ADMIN):
        assert at_desk(town.staff[role]).get(url).status_code == 403


def test_after_half_an_hour_the_reason_is_asked_again(town, case, monkeypatch):
    client, url = opened_by(town, case)
    monkeypatch.setattr("santai.archive.dossier.opening.GOOD_FOR", timedelta(seconds=-1))
    answer = client.get(url, follow=True)
    assert answer.redirect_chain == [(f"/desk/cases/{case.code}/dossier", 302)]
    assert "再说明一次理由" in answer.content.decode()
    assert client.post(f"{url}/export/json").status_code == 302
    assert DossierExport.objects.count() == 0


@pytest.mark.parametrize(("form", "media_type"), [("pdf", "application/pdf"), ("json", "application/json")])
def test_an_export_is_a_download_and_is_written_down(form, media_type, town, case):
    client, url = opened_by(town, case)
    answer = client.post(f"{url}/export/{form}")
    kept = DossierExport.objects.get()
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dossier-{kept.number}.{form}"'
    assert (kept.user, kept.party) == (town.staff[Role.SUPERVISOR], case.applicant)
    assert client.get(f"{url}/export/{form}").status_code == 405
    assert client.post(f"{url}/export/exe").status_code == 404
    assert SensitiveLook.objects.filter(fields="export").count() == 1


def test_a_foreign_case_is_no_way_in(town, case):
    factories.make_region("230203")
    foreign = factories.make_case(earlier(), region="230203")
    client = at_desk(town.staff[Role.SUPERVISOR])
    assert client.get(f"/desk/cases/{foreign.code}/dossier").status_code == 404
    assert client.post(f"/desk/cases/{foreign.code}/dossier", WHY).status_code == 404


def test_a_conversation_is_a_way_in_while_it_lasts_and_for_whoever_has_it(town):
    party, clerk = factories.make_party(), town.staff[Role.COUNTER_CLERK]
    contact = open_contact(party, user=clerk, channel=Channel.COUNTER, found_by="phone")
    path = f"/desk/contacts/{contact.pk}/dossier"
    client = at_desk(clerk)
    url = client.post(path, WHY).headers["Location"]
    page = client.get(url).content.decode()
    assert "还没有办过的事" in page
    assert at_desk(town.staff[Role.HOTLINE_AGENT]).get(path).status_code == 404
    close_contact(Contact.objects.get(pk=contact.pk), at=timezone.now() - timedelta(minutes=1))
    assert client.get(path).status_code == 404
    assert client.get(url).status_code == 404


def test_the_case_page_leads_to_it_only_for_whoever_may(town, case):
    link = f"/desk/cases/{case.code}/dossier"
    assert link in at_desk(town.staff[Role.SUPERVISOR]).get(f"/desk/cases/{case.code}").content.decode()
    for role in (Role.LAWYER, Role.AUDITOR):
        assert link not in at_desk(town.staff[role]).get(f"/desk/cases/{case.code}").content.decode()


def test_those_who_watch_over_looks_read_of_openings_and_exports(town, case):
    client, url = opened_by(town, case)
    client.post(f"{url}/export/pdf")
    page = at_desk(town.staff[Role.AUDITOR]).get("/desk/looks").content.decode()
    assert "综合档案" in page
    assert "导出综合档案" in page
