from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.index.store import Terms
from santai.knowledge.models import Level
from santai.knowledge.names import Place
from santai.knowledge.ranking import ranker as ranking
from santai.knowledge.ranking.features import ask, features, known
from santai.knowledge.ranking.judged import BadQuestions, Judged, read
from santai.knowledge.ranking.measuring import figures
from santai.knowledge.ranking.memory import Memory
from santai.knowledge.ranking.practice import practice
from santai.knowledge.ranking.ranker import Lessons, Ranker, ranker_for, remembered, train
from santai.knowledge.reading import find
from santai.knowledge.search import Library, home
from santai.knowledge.search import library as opened_library
from santai.knowledge.sources.texts import ArticleText, LawText

TOPICS = ("工资", "离婚", "继承", "租房", "车祸", "借款", "拆迁", "公证", "仲裁", "赡养")


def small_corpus() -> Corpus:
    laws = []
    for topic in TOPICS:
        texts = [f"关于{topic}的第{number}种情形，应当依照程序办理，{topic}由人民法院决定。" for number in range(1, 9)]
        articles = [ArticleText(Place(at), text, f"第一章 {topic}") for at, text in enumerate(texts, 1)]
        laws.append(LawText(f"{topic}法", "test", Level.STATUTE, articles=articles))
    return Corpus.of_texts(laws)


def judged() -> list[Judged]:
    """People of this land always mean article 5, which no word of theirs tells."""
    return [Judged(f"{topic}怎么办{extra}", (f"{topic}法第五条",)) for topic in TOPICS for extra in ("呢", "啊", "哦")]


def no_lay_words(question: str) -> dict[str, tuple[str, ...]]:
    return {}


@pytest.fixture(scope="module")
def memory(tmp_path_factory) -> Memory:
    return remembered(judged(), store.build(small_corpus(), tmp_path_factory.mktemp("index")), None)


@pytest.fixture(scope="module")
def ranker(memory: Memory) -> Ranker:
    return Ranker(train(Lessons.prepare(memory, small_corpus().texts)), memory)


def test_what_answered_the_nearest_questions_is_a_candidate_and_counts(memory: Memory):
    lessons = Lessons.prepare(memory, small_corpus().texts)
    rows, table = features(lessons.judged[0], memory, known(memory))
    assert memory.gold[0][0] in rows
    assert table.shape == (len(rows), table.shape[1])
    assert np.isfinite(table).all()


def test_a_question_outside_the_mask_is_neither_counted_nor_asked(memory: Memory):
    mask = np.ones(memory.size, dtype=bool)
    mask[:3] = False
    assert known(memory, mask).prior[memory.gold[0][0]] == 0
    assert memory.nearest(np.ones(memory.size, dtype=np.float32) * ~mask, mask).best == 0


def test_the_ranker_learns_what_words_alone_do_not_tell(memory: Memory, ranker: Ranker):
    library = Library(memory.index, ranker, no_lay_words)
    first = figures([library.search(one.question, learned=False).rows for one in judged()], memory.gold)
    learned = figures([library.search(one.question).rows for one in judged()], memory.gold)
    assert learned.mrr > first.mrr


def test_a_citation_stays_first_however_the_ranker_orders(memory: Memory, ranker: Ranker):
    ranking = Library(memory.index, ranker, no_lay_words).search("工资法第三条怎么办")
    assert memory.index.names[ranking.rows[0]] == "工资法第三条"


def test_an_artefact_is_read_back_and_orders_the_same(memory: Memory, ranker: Ranker, tmp_path: Path):
    ranker.save(tmp_path)
    again = ranker_for(memory.index, tmp_path)
    for question in ("工资怎么办", "离婚"):
        found = [Library(memory.index, one, no_lay_words).search(question).rows for one in (ranker, again)]
        assert found[0] == found[1]


@pytest.mark.parametrize("spoiled", ["model.txt", "questions.json"])
def test_a_spoiled_artefact_leaves_the_first_stage(memory: Memory, ranker: Ranker, tmp_path: Path, spoiled: str):
    ranker.save(tmp_path)
    (tmp_path / spoiled).write_text("{}")
    assert ranker_for(memory.index, tmp_path) is None
    assert ranker_for(memory.index, tmp_path / "nowhere") is None


def test_a_ranker_that_forgets_keeps_no_question_and_still_orders(memory: Memory, tmp_path: Path):
    lessons = Lessons.prepare(memory, small_corpus().texts)
    boosters = train(lessons, forgets=True)
    Ranker(boosters, remembered([], memory.index, None)).save(tmp_path)
    assert json.loads((tmp_path / "questions.json").read_text())["questions"] == []
    again = ranker_for(memory.index, tmp_path)
    assert again is not None
    assert again.memory.size == 0
    assert Library(memory.index, again, no_lay_words).search("工资怎么办").is_ranked


def test_what_is_shipped_orders_where_nothing_was_trained(memory: Memory, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(ranking, "SHIPPED", Path(ranking.__file__).parent / "shipped")
    opened = ranker_for(memory.index, tmp_path / "nowhere")
    assert opened is not None
    assert opened.memory.size == 0
    assert opened.memory.meaning is None, "an index without vectors is searched by words"
    ranking_found = Library(memory.index, opened, no_lay_words).search("工资法第三条怎么办")
    assert memory.index.names[ranking_found.rows[0]] == "工资法第三条"
    assert ranking_found.is_ranked


def test_questions_shipped_are_looked_at_beside_judged_ones_and_never_left_out(memory: Memory):
    lay = Memory([Judged("老板跑了", ("工资法第七条",))], memory.index)
    both = Memory(judged(), memory.index, lay=lay)
    terms = Terms.of("老板跑了怎么办")
    scores = memory.index.scores(terms)
    rows, table = features(
        ask(memory.index, both, terms, scores, memory.index.total(scores)), both, known(both, forgets=True)
    )
    assert memory.index.position["工资法第七条"] in rows
    assert np.isfinite(table).all()


def test_practice_questions_are_the_same_for_the_same_library():
    texts = small_corpus().texts
    assert practice(texts, 5) == practice(texts, 5)
    assert all(len(question) >= 7 for question, _ in practice(texts))


def test_a_file_of_questions_that_is_none_is_told(tmp_path: Path):
    path = tmp_path / "questions.jsonl"
    for text in ("", "no json", '{"id": 1}'):
        path.write_text(text)
        with pytest.raises(BadQuestions):
            read(path)


@pytest.mark.django_db
def test_the_commands_train_search_and_answer_for_the_scorer(library: Path, tmp_path: Path, capsys):
    questions = tmp_path / "questions.jsonl"
    rows = [{"id": str(at), "question": "老板拖欠工资", "gold": ["中华人民共和国试验劳动法第三条"]} for at in range(4)]
    questions.write_text("\n".join(json.dumps(row) for row in rows))
    call_command("train_ranker", str(questions))
    assert opened_library().ranker is not None
    assert find("老板拖欠工资").hits
    capsys.readouterr()
    call_command("search", jsonl=questions, k=3)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in told] == ["0", "1", "2", "3"]
    assert len(told[0]["names"]) == 3
    call_command("search", jsonl=questions, k=3, first_stage=True)
    assert json.loads(capsys.readouterr().out.splitlines()[0])["names"][0] == "试验劳动法第三条"
    assert (home() / "ranker" / "model.txt").exists()


@pytest.mark.django_db
def test_training_without_the_laws_is_refused_in_words(in_home: Path, tmp_path: Path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"id": "1", "question": "工资", "gold": ["甲法第一条"]}))
    with pytest.raises(CommandError, match="法律库是空的"):
        call_command("train_ranker", str(questions))
