from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def run(path: Path) -> list[dict[str, object]]:
    out = StringIO()
    call_command("triage", jsonl=str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_question_gets_its_labels_under_its_id(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    rows = [
        {"id": "a", "question": "老板拖欠工资", "scheme": "matter24"},
        {"id": "b", "question": "", "scheme": "matter24"},
        {"id": "c", "question": "另一种分类", "scheme": "area"},
    ]
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    answers = run(path)

    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["labels"][0] == "劳动纠纷"  # type: ignore[index]
    assert answers[1]["labels"][0] == "综合咨询"  # type: ignore[index]
    assert all(len(set(answer["labels"])) == 5 for answer in answers)  # type: ignore[call-overload]


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": "a"}', "3"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line, encoding="utf-8")

    with pytest.raises(CommandError, match="第 1 行"):
        run(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="请检查路径"):
        run(tmp_path / "none.jsonl")


@pytest.mark.parametrize(("text", "told"), [(None, "--questions"), ("{}", "第 1 行"), ("", "两种以上")])
def test_the_bench_says_what_it_needs(tmp_path: Path, text: str | None, told: str) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text(text or "", encoding="utf-8")

    with pytest.raises(CommandError, match=told):
        call_command("bench", "triage", questions=None if text is None else path, stdout=StringIO())
