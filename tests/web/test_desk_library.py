"""The editor's room: written by one, let out by another, and what people ask that nobody has answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from santai.knowledge.entries.asking import note_question
from santai.knowledge.models import AskedQuestion, Entry, EntryVersion, Synonym
from santai.knowledge.synonyms import synonyms
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
WRITTEN = {
    "kind": "answer",
    "slug": "test-answer",
    "title": "押金不退怎么办",
    "summary": "先书面催，再申请调解。",
    "body": "## 现在怎么做\n1. 书面催要。\n\n## 期限\n三年。",
    "asked": "房东不退押金\n押金要不回来",
    "laws": "民法典 第五百七十七条",
    "matter": "房产纠纷",
    "topics": "押金 租房",
    "review_by": "2027-11-01",
}


@pytest.fixture
def writer(town: factories.Town) -> Client:
    return at_desk(town.staff[Role.LEGAL_AID_OFFICER])


@pytest.fixture
def reviewer(town: factories.Town) -> Client:
    return at_desk(town.staff[Role.SUPERVISOR])


def written(client: Client, **changes: str) -> EntryVersion:
    answer = client.post("/desk/library/new", WRITTEN | changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return EntryVersion.objects.latest("pk")


def step(client: Client, what: str, **given: str):
    return client.post(f"/desk/library/test-answer/steps/{what}", given)


def test_the_days_of_an_entry_are_still_there_when_it_is_changed(writer):
    written(writer, issued_on="2026-10-01", expires_on="2028-01-31")
    html = writer.get("/desk/library/test-answer/edit").content.decode()
    for day in ("2027-11-01", "2026-10-01", "2028-01-31"):
        assert f'value="{day}"' in html


def test_a_policy_is_written_for_one_place_and_found_there_alone(writer, reviewer, town):
    place = town.bureau.region_id[:6]
    written(writer, kind="policy", region=place)
    assert Entry.objects.get().region_id == place
    assert writer.post("/desk/library/new", WRITTEN | {"slug": "x-y", "region": "999999"}).status_code == 422


def test_an_entry_is_written_reviewed_by_another_and_shown(writer, reviewer):
    version = written(writer)
    assert (version.status, version.topics) == ("draft", ["押金", "租房"])
    step(writer, "submit")
    assert "审核通过，发布" in reviewer.get("/desk/library/test-answer").content.decode()
    step(reviewer, "publish")
    assert Entry.objects.get().published == version


def test_nobody_lets_out_their_own_words(reviewer):
    written(reviewer)
    step(reviewer, "submit")
    assert "审核通过，发布" not in reviewer.get("/desk/library/test-answer").content.decode()
    step(reviewer, "publish")
    assert Entry.objects.get().published is None


def test_who_only_writes_lets_nothing_out(writer, reviewer):
    written(reviewer)
    step(reviewer, "submit")
    assert step(writer, "publish").status_code == 403
    assert step(writer, "withdraw", note="不想要").status_code == 403


def test_a_draft_sent_back_says_why_and_is_written_again(writer, reviewer):
    written(writer)
    step(writer, "submit")
    step(reviewer, "return", note="期限要写清从哪天算")
    assert "期限要写清从哪天算" in writer.get("/desk/library/test-answer").content.decode()
    writer.post("/desk/library/test-answer/edit", WRITTEN | {"title": "房东不退押金怎么办"})
    assert EntryVersion.objects.get().title == "房东不退押金怎么办"


def test_a_new_version_leaves_the_shown_one_until_it_is_published(writer, reviewer):
    first = written(writer)
    step(writer, "submit")
    step(reviewer, "publish")
    writer.post("/desk/library/test-answer/edit", WRITTEN | {"summary": "先要，再调解，最后起诉。"})
    assert Entry.objects.get().published == first
    assert EntryVersion.objects.count() == 2


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(writer):
    answer = writer.post("/desk/library/new", WRITTEN | {"laws": "劳动法第几条来着", "body": "<b>粗</b>"})
    assert answer.status_code == 422
    assert {"laws"} <= set(answer.context["form"].errors)
    answer = writer.post("/desk/library/new", WRITTEN | {"body": "<b>粗</b>"})
    assert (answer.status_code, "不能用 HTML" in answer.content.decode()) == (422, True)
    assert "押金要不回来" in answer.content.decode()


@pytest.mark.parametrize("slug", ["new", "questions", "words"])
def test_an_address_of_the_room_itself_is_not_given_away(writer, slug):
    assert writer.post("/desk/library/new", WRITTEN | {"slug": slug}).status_code == 422


def test_withdrawing_asks_why(writer, reviewer):
    written(writer)
    step(writer, "submit")
    step(reviewer, "publish")
    step(reviewer, "withdraw", note="")
    assert Entry.objects.get().published is not None
    step(reviewer, "withdraw", note="法律改了")
    assert Entry.objects.get().published is None


def test_a_question_without_an_answer_becomes_one(writer):
    now = timezone.now()
    for _ in range(3):
        note_question("村里修路占了我家菜地给多少钱", answered_by=None, good=False, at=now)
    note_question("身份证丢了去哪补", answered_by=None, good=False, at=now - timedelta(days=60))
    page = writer.get("/desk/library/questions").content.decode()
    assert "村里修路占了我家菜地" in page
    assert "身份证丢了" not in page
    question = AskedQuestion.objects.get(text__startswith="村里")
    assert "村里修路" in writer.get(f"/desk/library/new?question={question.pk}").content.decode()
    written(writer, question=str(question.pk))
    assert "村里修路" not in writer.get("/desk/library/questions").content.decode()


def test_a_question_that_needs_no_answer_is_set_aside_and_found_again(writer):
    question = note_question("你吃饭了吗今天", answered_by=None, good=False, at=timezone.now())
    writer.post(f"/desk/library/questions/{question.pk}/aside")
    assert "你吃饭了吗" not in writer.get("/desk/library/questions").content.decode()
    assert "你吃饭了吗" in writer.get("/desk/library/questions?show=aside").content.decode()


def test_a_word_that_staff_add_counts_in_the_next_search_and_can_be_taken_back(writer):
    writer.post("/desk/library/words", {"lay": "跑路", "words": "逃匿"})
    assert synonyms().found_in("他跑路了")["跑路"] == ("逃匿",)
    writer.post("/desk/library/words", {"lay": "欠薪", "words": ""})
    assert "欠薪" not in synonyms().found_in("公司欠薪")
    writer.post("/desk/library/words", {"remove": "跑路"})
    assert not Synonym.objects.filter(lay="跑路").exists()
    assert "跑路" not in synonyms().found_in("他跑路了")


@pytest.mark.parametrize("given", [{"lay": "跑"}, {"lay": "跑路", "words": "一 二 三 四 五 六 七"}, {"lay": "跑" * 30}])
def test_a_word_that_cannot_be_used_is_told(writer, given):
    assert writer.post("/desk/library/words", given).status_code == 422


@pytest.mark.parametrize("path", ["entries", "questions", "words", "new"])
def test_whoever_may_not_write_does_not_come_in(town, path):
    address = "/desk/library" if path == "entries" else f"/desk/library/{path}"
    assert at_desk(town.staff[Role.LAWYER]).get(address).status_code == 403


ODD = ("?show=x&kind=y", "?q=%00&cursor=zz", "?days=abc&matter=zz", "?question=9999999999999999999")


@pytest.mark.parametrize("query", ODD)
def test_odd_filters_are_left_out(writer, query):
    for address in ("/desk/library", "/desk/library/questions", "/desk/library/words", "/desk/library/new"):
        assert writer.get(address + query).status_code == 200
