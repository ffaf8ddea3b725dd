from __future__ import annotations

import re
from collections import Counter
from datetime import date

from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.lay_questions import FOLDER, digest, shipped, wording
from santai.knowledge.models import Level
from santai.knowledge.names import LABEL, place_of, short_name
from santai.knowledge.ranking.ranker import lay_for
from santai.knowledge.sources.texts import ArticleText, LawText
from tests.statutes import laws, statutes


def test_every_question_is_a_question_once_and_names_no_article():
    asked = [one.question for one in shipped()]
    assert [question for question, times in Counter(asked).items() if times > 1] == []
    assert [question for question in asked if not 5 <= len(question) <= 120] == []
    assert [question for question in asked if re.search(r"第[一二三四五六七八九十百\\d]+条", question)] == []


def test_every_question_has_articles_under_the_short_names_of_their_laws():
    wrong = [name for one in shipped() for name in one.gold if short_name(name) != name or not LABEL.search(name)]
    assert not wrong
    assert all(one.gold for one in shipped())
    assert not [name for one in shipped() for name in one.gold if wording(name) is None]


def test_every_article_of_a_law_that_a_fresh_home_has_stands_in_it():
    have, known = statutes(), laws()
    cut = [
        re.fullmatch(r"(.+?)(第[一二三四五六七八九十百千零]+条(?:之.+)?)", name)
        for one in shipped()
        for name in one.gold
    ]
    named = {(found[1], found[2]) for found in cut if found}
    lost = [place for place in named if place[0] in known and place not in have]
    assert len(lost) / len(named) < 0.05, "older wordings are named, but most must be those in force"


def test_the_digest_tells_one_set_from_another():
    assert re.fullmatch("[0-9a-f]{12}", digest())
    assert {path.name for path in FOLDER.glob("*.*")} == {"__init__.py", "wordings.csv"}


def test_an_article_is_not_taken_from_a_wording_whose_numbers_may_have_moved(tmp_path):
    one = next(one for one in shipped() if one.gold[0].startswith("公司法"))
    year = wording(one.gold[0])
    assert year is not None

    def lay(issued: int) -> tuple[str, ...]:
        place = place_of(one.gold[0].removeprefix("公司法"))
        text = LawText("公司法", "test", Level.STATUTE, issued_on=date(issued, 1, 1))
        text.articles.append(ArticleText(place, "公司应当依法办理。", "第一章 总则"))
        index = store.build(Corpus.of_texts([text]), tmp_path / str(issued))
        return next(found.gold for found in lay_for(index) if found.question == one.question)

    assert lay(year)[0] == one.gold[0]
    assert lay(year + 1) == ()
