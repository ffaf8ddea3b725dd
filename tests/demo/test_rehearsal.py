"""What a rehearsal plays, with whom, and how it tells the outcome."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError

from santai.demo.management.commands.rehearse import chosen
from santai.demo.rehearsal.people import MOST_RUNS, invent, run_number
from santai.demo.rehearsal.run import BadQuestions, plans, read_questions
from santai.demo.rehearsal.scores import Outcome, drawn, table, width
from santai.people.validation import normalise_id, normalise_name, normalise_phone
from santai.trust.actors import Channel

ALL = [Channel.WEB, Channel.HOTLINE, Channel.COUNTER]


def outcome(channel: Channel, **how: object) -> Outcome:
    fine = {"is_received": True, "is_finished": True, "is_in_time": True, "is_rated": True, "seconds": 1.5}
    return Outcome(channel, 1, **(fine | how))


def test_the_channels_take_turns_and_some_stories_go_the_longer_way() -> None:
    played = plans(["问题"] * 60, ALL)
    assert [plan.channel for plan in played[:4]] == [*ALL, Channel.WEB]
    assert [plan.number for plan in played if plan.is_rated_poor] == [10, 20, 30, 40, 50, 60]
    assert [plan.number for plan in played if plan.is_returned] == [15, 30, 45, 60]
    assert [plan.number for plan in played if plan.is_referred] == [20, 40, 60]


def test_every_citizen_is_somebody_else_and_passes_the_platforms_own_checks() -> None:
    rng = Random(1)
    people = [invent(rng, run, number, "230102") for run in (0, MOST_RUNS - 1) for number in range(300)]
    assert len({person.id_number for person in people}) == len({person.phone for person in people}) == 600
    for person in people[::50]:
        assert normalise_id(person.id_number) == person.id_number
        assert normalise_phone(person.phone, must_take_sms=True) == person.phone
        assert normalise_name(person.name) == person.name


def test_another_minute_is_another_run() -> None:
    assert run_number(0.0) != run_number(60.0) < MOST_RUNS


def test_the_table_counts_by_channel_and_together() -> None:
    rows = table(
        [
            outcome(Channel.WEB),
            outcome(Channel.WEB, is_in_time=False, seconds=2.5),
            outcome(Channel.COUNTER, is_rated=False, fault="找不到了"),
        ]
    ).splitlines()
    assert [row.split() for row in rows[1:]] == [
        ["网络", "2", "2", "1", "2", "0", "2.0"],
        ["窗口", "1", "1", "1", "0", "1", "-"],
        ["合计", "3", "3", "2", "2", "1", "2.0"],
    ]


def test_the_columns_line_up_where_a_chinese_character_is_two_wide() -> None:
    first, second = drawn([("渠道", "收到"), ("a", "1")]).splitlines()
    assert width(first) == width(second) == width("渠道  收到")


def test_questions_are_read_up_to_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"question": "甲"}\n\n{"question": "乙"}\n', encoding="utf-8")
    assert read_questions(file) == ["甲", "乙"]
    assert read_questions(file, 1) == ["甲"]


@pytest.mark.parametrize("text", ["", "不是 JSON", '{"text": "没有问题"}', "[1]"])
def test_a_file_without_questions_is_told_with_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadQuestions, match=r"q\.jsonl"):
        read_questions(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadQuestions, match="读不了"):
        read_questions(tmp_path / "nothing.jsonl")


def test_only_the_three_channels_can_be_chosen() -> None:
    assert chosen("hotline, web") == [Channel.HOTLINE, Channel.WEB]
    for wrong in ("fax", "", "web,api"):
        with pytest.raises(CommandError):
            chosen(wrong)
