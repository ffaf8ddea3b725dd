"""The checker of interviews finds what would lead somebody astray."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from santai.guidance.checking import faults
from santai.guidance.interview import BadInterview, from_data

pytestmark = pytest.mark.django_db


def question(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "yesno", "ask": "是吗？", "short": name, **more}


SOUND: dict[str, Any] = {
    "title": "试验",
    "whom": "试验的人",
    "intro": "试验",
    "matter": "劳动纠纷",
    "service": "mediation",
    "begins": "我想试验。",
    "as_of": date(2026, 11, 22),
    "place": "place",
    "icon": "book",
    "questions": [
        {
            "id": "kind",
            "kind": "choice",
            "ask": "哪一种？",
            "short": "种类",
            "options": {"one": "甲", "two": "乙", "other": "别的"},
        },
        question("first", when="kind == 'one'"),
        question("second", when="kind == 'two'"),
        {"id": "place", "kind": "place", "ask": "哪里？", "short": "地方"},
        {"id": "begun", "kind": "date", "ask": "哪天？", "short": "日子"},
        {"id": "sum", "kind": "money", "ask": "多少？", "short": "钱"},
        {"id": "name", "kind": "text", "ask": "姓名？", "short": "姓名"},
        {"id": "why", "kind": "text", "ask": "为什么？", "short": "原因"},
    ],
    "computed": [
        {"id": "twice", "value": "sum * 2", "label": "两倍", "shown": "<sum> × 2", "laws": ["民法典第一百八十八条"]}
    ],
    "advice": [
        {"text": "总是这样。", "laws": ["民法典第一百八十八条"]},
        {"text": "甲是这样。", "laws": ["民法典第一百八十八条"], "when": "first == 'yes' or second == 'yes'"},
    ],
    "deadlines": [{"id": "court", "label": "起诉", "start": "begun", "period": "3年", "basis": "民法典第一百八十八条"}],
    "papers": [{"text": "身份证"}],
    "drafts": [{"title": "申请书", "blocks": [{"p": "<name>因<why>要<twice>。"}]}],
}


def changed(part: str, at: int, **values: Any) -> dict[str, Any]:
    data = copy.deepcopy(SOUND)
    data[part][at] |= values
    return data


def found_in(data: dict[str, Any]) -> str:
    return "\n".join(faults(from_data("test", data)))


def test_a_sound_interview_has_no_faults() -> None:
    assert found_in(SOUND) == ""


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (changed("questions", 1, when="nobody == 'one'"), "nobody is not known there"),
        (changed("questions", 1, when="begun == 'one'"), "begun is not known there"),
        (changed("questions", 1, when="kind == 'three'"), "kind is never 'three'"),
        (changed("questions", 1, when="kind.upper()"), "only the functions of"),
        (changed("questions", 2, when="kind == 'two' and kind == 'one'"), "question second is never reached"),
        (changed("questions", 2, id="first"), "first is used twice"),
        (changed("questions", 0, ask="问" * 61), "asked in more than"),
        (changed("advice", 1, when="first == 'yes' and first == 'no' and second == 'yes'"), "is never reached"),
        (changed("advice", 1, laws=[]), "no law is cited"),
        (changed("advice", 1, laws=["试验法第一条"]), "试验法 is not in laws.csv"),
        (changed("advice", 1, laws=["民法典"]), "cites no article"),
        (changed("advice", 1, text="<nobody>这样。"), "nobody is not known"),
        (changed("advice", 0, when="first == 'yes'"), "ends without advice or draft"),
        (changed("drafts", 0, when="first == 'yes'"), "ends without advice or draft"),
        (changed("drafts", 0, blocks=[{"p": "<name>要<twice>。"}]), "why is asked for nothing"),
        (changed("deadlines", 0, period="三年"), "is no period"),
        (changed("deadlines", 0, start="nobody"), "nobody is not known"),
        ({**SOUND, "matter": "没有"}, "is not one of triage"),
        ({**SOUND, "service": "nothing"}, "is no procedure"),
        ({**SOUND, "place": "nowhere"}, "nowhere is no question"),
        ({**SOUND, "questions": SOUND["questions"][:5]}, "5 questions; 8 to 16 are asked"),
    ],
)
def test_a_fault_is_told_with_its_spot(data: dict[str, Any], told: str) -> None:
    assert told in found_in(data)


def test_an_option_that_changes_nothing_is_told() -> None:
    data = changed("questions", 0, options={"one": "甲", "two": "乙", "other": "别的", "idle": "闲着的"})
    assert "kind: the options other, idle change nothing" in found_in(data)


@pytest.mark.parametrize(
    "data",
    [
        changed("questions", 0, kind="guess"),
        changed("questions", 0, colour="red"),
        changed("drafts", 0, blocks=[{"poem": "x"}]),
        changed("questions", 0, options={True: "是", False: "否"}),
        {**SOUND, "advice": ["总是这样"]},
    ],
)
def test_a_file_that_is_no_interview_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(BadInterview):
        from_data("test", data)
