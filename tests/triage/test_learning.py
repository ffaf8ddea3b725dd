"""What the model learns, keeps and states; and that nothing breaks without it."""

from __future__ import annotations

import json
import logging
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from santai.triage import areas as areas_room
from santai.triage import matters as matters_room
from santai.triage.classify import classify
from santai.triage.folding import fold
from santai.triage.learning.grams import grams, rarity
from santai.triage.learning.learned import Lesson
from santai.triage.learning.lessons import AREA, MATTER, Judged, certain, of_terms
from santai.triage.learning.measuring import _open_terms, calibration_error, cross_validate, figures
from santai.triage.learning.model import SHIPPED, Model, model_for, read
from santai.triage.learning.training import learn, temperature
from santai.triage.matters import matters, ranked

pytestmark = pytest.mark.django_db

LABELS = ("甲", "乙")
APPLES, PEARS = "苹果树的苹果", "梨树的梨子"
SIZE_LIMIT = 500_000


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def small_model() -> Model:
    texts = [(APPLES, "甲"), ("红苹果", "甲"), (PEARS, "乙"), ("黄梨子", "乙")]
    return Model(LABELS, learn([Lesson(grams(text), certain(LABELS, label)) for text, label in texts], 1e-3))


def judged_file(folder: Path) -> Path:
    path = folder / "judged.jsonl"
    rows = [
        {"id": f"{label}{number}", "question": f"{text}{number}", "label": label, "scheme": AREA}
        for number in range(6)
        for text, label in ((APPLES, "甲"), (PEARS, "乙"))
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_grams_do_not_reach_over_punctuation_and_leave_digits_out() -> None:
    assert grams("欠款3万，还钱") == {"欠", "款", "欠款", "万", "还", "钱", "还钱"}


def test_a_gram_of_one_document_is_not_learned() -> None:
    assert set(rarity([{"a", "b"}, {"a"}])) == {"a"}


def test_what_was_learned_is_recognised_and_chances_sum_to_one() -> None:
    model = small_model()

    assert model.labels[int(np.argmax(model.chances("大苹果")))] == "甲"
    assert model.chances("大苹果").sum() == pytest.approx(1)
    assert model.words("大苹果", "甲") == ["苹果"]


def test_a_model_read_back_says_the_same(tmp_path: Path) -> None:
    model = small_model()
    model.save(tmp_path / "m.json")

    found = read(tmp_path / "m.json")
    assert found is not None
    assert found.chances("梨子") == pytest.approx(model.chances("梨子"), abs=0.02)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1, "labels": []}'])
def test_a_file_that_cannot_be_used_is_passed_over(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    (tmp_path / "m.json").write_text(text, encoding="utf-8")

    assert read(tmp_path / "m.json") is None


def test_the_shipped_models_know_every_label_and_are_small() -> None:
    model = read(SHIPPED / f"{MATTER}.json")
    assert model is not None
    assert set(model.labels) == set(matters())
    area = read(SHIPPED / f"{AREA}.json")
    assert area is not None
    assert {one for areas in areas_room.areas_of().values() for one in areas} <= set(area.labels)
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < SIZE_LIMIT


def test_what_the_installation_learned_goes_before_what_is_shipped(home: Path) -> None:
    shipped = model_for(AREA)
    out = StringIO()
    call_command("train_triage", str(judged_file(home)), scheme=[AREA], stdout=out)

    learned = model_for(AREA)
    assert shipped is not None
    assert learned is not None
    assert (set(shipped.labels) > {"合同"}, learned.labels) == (True, ("乙", "甲"))
    assert "12 个问题" in out.getvalue()


def test_without_a_model_the_tables_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matters_room, "model_for", lambda scheme: None)
    monkeypatch.setattr(areas_room, "model_for", lambda scheme: None)

    finding = classify("老板拖欠我三个月工资，劳动合同也没签")
    assert (finding.matter, finding.area, finding.needs_person) == ("劳动纠纷", "劳动社保", False)


def test_chances_stand_in_order_and_low_confidence_goes_to_a_person() -> None:
    opinions = ranked(fold("合同签了以后对方不认账，房子也没有过户，钱还欠着"))
    chances = [opinion.chance or 0.0 for opinion in opinions]
    assert chances == sorted(chances, reverse=True)

    unsure = classify("事情比较复杂，一两句话说不清")
    assert unsure.needs_person


def test_a_term_that_only_held_out_texts_have_does_not_count() -> None:
    taught, held = Judged("1", "交通事故", "交通事故"), Judged("2", "交通事故后劳动合同", "劳动纠纷")

    is_open = _open_terms([taught], [held])
    assert (is_open("交通事故"), is_open("劳动合同"), is_open("房产证")) == (True, False, True)
    assert len(list(of_terms(matters(), is_open))) == len(list(of_terms(matters()))) - 1


def test_cross_validation_judges_each_text_once_and_learns_what_can_be_learned() -> None:
    judged = [Judged(str(at), (APPLES, PEARS)[at % 2] + "好坏大小红黄"[at % 6], LABELS[at % 2]) for at in range(20)]

    found = figures(cross_validate(judged, AREA, {}))
    assert (found.texts, found.accuracy, found.confused) == (20, 1.0, [])


def test_a_temperature_above_one_cools_what_is_stated_too_boldly() -> None:
    bold = np.array([[6.0, 0.0]] * 10)

    assert temperature(bold, [0] * 6 + [1] * 4) > 3
    assert temperature(bold, [0] * 10) < 1


def test_the_calibration_error_is_the_distance_of_what_is_stated_from_what_is_true() -> None:
    stated = np.full(10, 0.95)

    assert calibration_error(stated, np.array([True] * 5 + [False] * 5)) == pytest.approx(0.45)


@pytest.mark.parametrize(
    ("line", "told"), [("nonsense", "第 1 行"), ('{"id": 1, "question": "x"}', "第 1 行"), ("", "两种以上")]
)
def test_bad_lessons_are_named(home: Path, line: str, told: str) -> None:
    path = home / "bad.jsonl"
    path.write_text(line, encoding="utf-8")

    with pytest.raises(CommandError, match=told):
        call_command("train_triage", str(path))


def test_areas_are_answered_by_the_command(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": 7, "question": "商标被抢注怎么办", "scheme": "area"}', encoding="utf-8")
    out = StringIO()
    call_command("triage", jsonl=str(path), scheme=AREA, stdout=out)

    answer = json.loads(out.getvalue())
    assert (answer["id"], answer["labels"][0], len(answer["labels"])) == (7, "知识产权", 5)
