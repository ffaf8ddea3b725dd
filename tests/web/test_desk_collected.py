"""存进政策库: what was searched for one person becomes the draft of a policy for everybody."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from santai.knowledge.models import Entry, EntryVersion
from santai.trust.roles import Role
from tests.factories import Town
from tests.knowledge.entry_texts import published
from tests.procedures.test_special_collection import APPLICANT, CLERK, Search
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
TOLD = "灵活就业人员可以自愿参加。我叫李建国，电话13812345678，请先看第一条。"


@pytest.fixture
def found(town: Town, monday: datetime) -> Search:
    story = Search(town, monday).request().accept().collect()
    story.take("deliver", CLERK, {"summary": TOLD})
    return story


@pytest.fixture
def writer(town: Town) -> Client:
    return at_desk(town.staff[Role.SUPERVISOR])


def draft_page(client: Client, story: Search) -> str:
    return f"/desk/library/new?case={story.case.code}"


def test_a_finished_search_offers_to_be_stored_and_an_open_one_does_not(writer, found, town, monday):
    assert "存进政策库" in writer.get(f"/desk/cases/{found.case.code}").content.decode()
    still_open = Search(town, monday).request().accept().collect()
    assert "存进政策库" not in writer.get(f"/desk/cases/{still_open.case.code}").content.decode()
    assert writer.get(draft_page(writer, still_open)).status_code == 404


def test_the_draft_begins_with_topic_place_text_and_citations(writer, found):
    begun = writer.get(draft_page(writer, found)).context["form"].initial
    assert (begun["kind"], begun["title"]) == ("policy", "灵活就业人员的工伤保险")
    assert begun["region"] == found.case.region
    assert begun["laws"] == "工伤保险条例 第十四条"
    assert "人社部发〔2021〕56号" in begun["body"]
    assert begun["summary"] == "灵活就业人员可以自愿参加。"


def test_the_topics_are_those_of_the_library_that_it_speaks_of(writer, found):
    published("p-1", kind="policy", topics=("工伤保险", "公证"))
    assert writer.get(draft_page(writer, found)).context["form"].initial["topics"] == "工伤保险"


def test_nothing_of_the_person_goes_into_the_draft(writer, found):
    begun = writer.get(draft_page(writer, found)).context["form"].initial
    assert "请先看第一条" in begun["body"]
    assert [word for word in ("13812345678", "李建国") if word in str(begun)] == []


def test_looking_at_the_draft_stores_nothing_and_saving_it_lets_nothing_out(writer, found):
    begun = writer.get(draft_page(writer, found)).context["form"].initial
    assert not Entry.objects.exists()
    assert f'value="{begun["review_by"]:%Y-%m-%d}"' in writer.get(draft_page(writer, found)).content.decode()
    answer = writer.post("/desk/library/new", begun)
    assert answer.status_code == 302, answer.context["form"].errors
    version = EntryVersion.objects.get()
    assert (version.status, version.entry.published) == ("draft", None)
    assert version.entry.region_id == found.case.region


def test_whoever_may_not_write_is_not_offered_it(town, found):
    clerk = at_desk(town.staff[CLERK])
    assert "存进政策库" not in clerk.get(f"/desk/cases/{found.case.code}").content.decode()
    assert clerk.get(draft_page(clerk, found)).status_code == 403


def test_a_case_that_is_no_search_has_nothing_to_store(writer, found, town, monday):
    found.take("confirm", APPLICANT, {})
    assert writer.get(draft_page(writer, found)).status_code == 200
    assert writer.get("/desk/library/new?case=nonsense").status_code == 404
