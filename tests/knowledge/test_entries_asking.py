"""What people ask is counted without who they are, and counting never costs an answer."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from santai.knowledge.entries import asking
from santai.knowledge.entries.asking import note_question, question_with, take_back, told
from santai.knowledge.entries.redaction import redacted
from santai.knowledge.models import AskedQuestion, Entry, Helpfulness
from santai.knowledge.ranking.judged import read
from santai.trust.roles import Role
from tests import factories
from tests.knowledge.entry_texts import published


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我叫张小明，老板不给钱", "我叫〔姓名〕,老板不给钱"),
        ("我叫王五住在南岗区", "我叫〔姓名〕住在南岗区"),
        ("姓名：李四 电话13812345678", "姓名〔姓名〕 电话〔电话〕"),
        ("打我138-1234-5678", "打我〔电话〕"),
        ("家里电话0451-87654321", "家里电话〔电话〕"),
        ("身份证２３０１０２１９９００１０１１２３Ｘ被冒用", "身份证〔证件号〕被冒用"),
        ("一三八零零一二三四五六打不通", "〔号码〕打不通"),
        ("欠我1200000元", "欠我1200000元"),
        ("卡号6222 0212 3456 7890 123被冻结", "卡号〔号码〕被冻结"),
        ("微信号abc_12345把我删了", "〔账号〕把我删了"),
        ("黑A12345撞了我", "〔车牌〕撞了我"),
        ("住在中山路88号3单元501室漏水", "〔地址〕漏水"),
        ("哈尔滨市南岗区幸福小区停水", "哈尔滨市南岗区〔地址〕停水"),
        ("发到test@example.com了", "发到〔邮箱〕了"),
        ("我是高中生能打工吗", "我是高中生能打工吗"),
        ("老板叫我去加班，不给钱", "老板叫我去加班,不给钱"),
        ("民法典第1079条是什么", "民法典第1079条是什么"),
        ("2024年5月干的活，欠三万五", "2024年5月干的活,欠三万五"),
    ],
)
def test_who_asks_is_taken_out_and_what_is_asked_stays(said, kept):
    assert redacted(said) == kept


@pytest.mark.django_db
def test_a_question_asked_twice_is_one_question_asked_twice(monday):
    entry = published("unpaid-wages")
    note_question("老板不给工资！", answered_by=None, good=False, at=monday)
    note_question("老板 不给工资？", answered_by=entry, good=True, at=monday + timedelta(days=1))
    question = AskedQuestion.objects.get()
    assert (question.times, question.unanswered, question.answered_by) == (2, 1, entry)
    assert (question.first_asked_at, question.last_asked_at) == (monday, monday + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", ["", "  ", "？？", "123456", "😀", "1"])
def test_what_says_nothing_is_not_kept(nothing, monday):
    assert note_question(nothing, answered_by=None, good=False, at=monday) is None
    assert not AskedQuestion.objects.exists()


@pytest.mark.django_db
def test_a_very_long_question_is_kept_by_its_beginning(monday):
    question = note_question("工资" * 2000, answered_by=None, good=False, at=monday)
    assert question is not None
    assert len(question.text) == 300


@pytest.mark.django_db
def test_a_fault_while_counting_costs_no_answer(monday, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(asking, "_note", broken)
    assert note_question("老板不给工资", answered_by=None, good=False, at=monday) is None
    assert "could not be counted" in caplog.text


@pytest.mark.django_db
def test_helped_is_counted_and_can_be_taken_back_once(monday):
    entry = published("unpaid-wages")
    row = told(True, entry=entry, at=monday)
    told(False, entry=entry, at=monday)
    entry.refresh_from_db()
    assert (entry.helped, entry.not_helped) == (1, 1)
    assert take_back(row.pk)
    assert not take_back(row.pk)
    entry.refresh_from_db()
    assert (entry.helped, entry.not_helped) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("digest", ["", "x" * 64, "é" * 64, "1", "a" * 63 + "'"])
def test_a_link_with_no_question_leads_to_none(digest):
    assert question_with(digest) is None


@pytest.mark.django_db
def test_only_what_staff_found_helpful_becomes_training(town: factories.Town, monday, tmp_path):
    agent = town.staff[Role.HOTLINE_AGENT]
    question = note_question("老板不给工资", answered_by=None, good=True, at=monday)
    other = note_question("离婚孩子归谁", answered_by=None, good=True, at=monday)
    told(True, article="劳动法第五十条", question=question, by=agent, at=monday)
    told(True, article="劳动法第一条", question=question, at=monday)
    told(True, article="民法典第一条", question=question, by=agent, at=monday)
    told(False, article="民法典第一条", question=question, by=agent, at=monday)
    told(False, article="民法典第一千零八十四条", question=other, by=agent, at=monday)
    file = tmp_path / "feedback.jsonl"
    call_command("export_feedback", file)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(row["question"], row["gold"]) for row in rows] == [("老板不给工资", ["劳动法第五十条"])]
    assert len(read(file)) == 1


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(CommandError, match="写不了"):
        call_command("export_feedback", tmp_path / "none" / "feedback.jsonl")


@pytest.mark.django_db
def test_an_entry_that_goes_takes_its_votes_along(monday):
    entry = published("unpaid-wages")
    told(True, entry=entry, at=monday)
    Entry.objects.filter(pk=entry.pk).update(published=None)
    entry.delete()
    assert not Helpfulness.objects.exists()
