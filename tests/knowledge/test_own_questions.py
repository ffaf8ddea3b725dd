"""What the platform has written and what staff found helpful are questions to learn from."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from santai.knowledge.entries.asking import note_question, told
from santai.knowledge.models import Entry
from santai.knowledge.ranking.own_questions import own_questions
from santai.trust.roles import Role
from tests import factories
from tests.knowledge.entry_texts import published

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_each_way_of_asking_leads_to_the_articles_of_its_answer():
    entry = published("unpaid-wages")
    found = own_questions(on=DAY)
    assert [one.question for one in found] == ["老板拖欠工资怎么办", "干完活老板不给钱", "公司两个月没发工资了"]
    assert {one.gold for one in found} == {("试验劳动法第三条",)}
    assert entry.published is not None


def test_a_policy_and_what_is_not_shown_teach_nothing():
    published("some-policy", kind=Entry.Kind.POLICY)
    published("old", expires_on=date(2026, 3, 1))
    assert own_questions(on=DAY) == []


def test_what_staff_found_helpful_is_learned_and_what_the_public_says_is_not(town: factories.Town):
    now = timezone.now()
    question = note_question("工资被克扣了找谁", answered_by=None, good=False, at=now)
    told(True, at=now, article="试验劳动法第三条", question=question)
    assert own_questions(on=DAY) == []
    told(True, at=now, article="试验劳动法第三条", question=question, by=town.staff[Role.HOTLINE_AGENT])
    assert [(one.question, one.gold) for one in own_questions(on=DAY)] == [("工资被克扣了找谁", ("试验劳动法第三条",))]


def test_without_a_law_the_command_says_what_is_missing(in_home, tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "question": "工资", "gold": ["试验劳动法第三条"]}\n')
    with pytest.raises(CommandError, match="import-laws"):
        call_command("train_ranker", str(file), "--own", "--words-only")
