from __future__ import annotations

import pytest

from santai.guidance.asking.agreement import MOST, agreeing
from santai.knowledge.entries.finding import Found
from santai.knowledge.entries.wording import Basis
from santai.knowledge.models import EntryCitation
from santai.knowledge.reading import Hit
from tests.knowledge import entry_texts

pytestmark = pytest.mark.django_db


def test_an_answer_that_rests_on_what_was_found_comes_before_one_that_is_a_little_more_alike(library):
    alike = entry_texts.published("alike", laws=(Basis.read("试验劳动法 第四条"),))
    resting = entry_texts.published("resting", laws=(Basis.read("试验劳动法 第三条"),))
    articles = [row.article for row in EntryCitation.objects.filter(version=resting.published)]
    found = [Found(alike, alike.published, 0.40), Found(resting, resting.published, 0.36)]
    ordered = agreeing(found, [Hit(article, []) for article in articles])
    assert [one.entry.slug for one in ordered] == ["resting", "alike"]
    assert ordered[0].score == pytest.approx(0.36 + MOST)
    assert agreeing(found, []) == found


def test_nothing_found_stays_nothing():
    assert agreeing([], []) == []
