"""The right entry for what people say; only what may be read today and holds where they are."""

from __future__ import annotations

import csv
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from santai.knowledge.entries import publishing
from santai.knowledge.entries.files import files_in, read
from santai.knowledge.entries.finding import GOOD, find
from santai.knowledge.entries.imports import STARTER, import_entries
from santai.knowledge.models import Entry
from santai.triage.matters import matters
from santai.trust.roles import Role
from tests import factories
from tests.knowledge.entry_texts import AT, published, wording

QUESTIONS = Path(__file__).with_name("entry_questions.csv")
TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db

# What no starter text answers: none of these may be told one as the answer, but for a few.
ELSEWHERE = (
    "今天天气怎么样",
    "红烧肉怎么做",
    "我家猫不吃饭了",
    "身份证丢了怎么补办",
    "怎么考驾照",
    "手机没信号怎么办",
    "怎么给孩子改名",
    "退休金一个月能领多少",
    "飞机晚点赔钱吗",
    "想当兵要什么条件",
    "护照过期了去哪换",
    "公交卡充值在哪",
    "遛狗不牵绳罚款多少",
    "酒驾第一次怎么处罚",
    "闯红灯扣几分",
    "高考志愿怎么填",
    "医保卡余额怎么查",
    "火车票改签",
    "种地补贴什么时候发",
    "怎么写检讨书",
)


def slugs(question: str, **given: object) -> list[str]:
    return [one.entry.slug for one in find(question, today=TODAY, **given)]  # type: ignore[arg-type]


def test_lay_questions_find_their_starter_text_fast():
    """R@3 ≥ .9 on questions in other words than the texts' own; ten milliseconds of processor time each."""
    import_entries(at=AT)
    with QUESTIONS.open(encoding="utf-8", newline="") as rows:
        asked = [(row["question"], set(row["slugs"].split())) for row in csv.DictReader(rows)]
    own = {line for version in Entry.objects.all() for line in version.published.asked.splitlines()}
    assert len(asked) >= 60
    assert not own & {question for question, _ in asked}
    begun = time.process_time()
    found = [find(question, today=TODAY) for question, _ in asked]
    spent = (time.process_time() - begun) / len(asked)
    judged = [(ranked, wanted) for ranked, (_, wanted) in zip(found, asked, strict=True)]
    hits = [bool(wanted & {one.entry.slug for one in ranked[:3]}) for ranked, wanted in judged]
    assert sum(hits) / len(hits) >= 0.9
    good = [ranked[0].entry.slug in wanted for ranked, wanted in judged if ranked and ranked[0].is_good]
    assert len(good) >= 0.25 * len(asked)
    assert sum(good) / len(good) >= 0.85
    strange = [ranked[0].is_good for question in ELSEWHERE if (ranked := find(question, today=TODAY))]
    assert sum(strange) <= 0.15 * len(ELSEWHERE)
    assert spent < 0.02


def test_the_own_words_of_a_text_are_a_good_answer():
    published("unpaid-wages")
    published(
        "divorce", title="离婚要多久", summary="协议离婚有三十天冷静期。", asked=("两口子想离婚",), body="## 一\n离婚。"
    )
    found = find("干完活老板不给钱", today=TODAY)[0]
    assert found.entry.slug == "unpaid-wages"
    assert found.score >= GOOD
    assert found.version == found.entry.published


def test_nothing_is_found_for_nothing():
    published("unpaid-wages")
    for nothing in ("", "   ", "zzzz", "😀😀", "'; DROP TABLE entry; --", "12345678"):
        assert slugs(nothing) == []


def test_what_expired_or_was_withdrawn_is_not_found(town: factories.Town):
    published("late", expires_on=TODAY)
    entry = published("wrong")
    assert set(slugs("老板拖欠工资")) == {"late", "wrong"}
    publishing.withdraw(entry, "写错了", by=town.staff[Role.LAWYER], at=AT)
    assert slugs("老板拖欠工资") == ["late"]
    assert [one.entry.slug for one in find("老板拖欠工资", today=TODAY + timedelta(days=1))] == []


def test_a_new_version_is_found_by_its_new_words_at_once():
    entry = published("unpaid-wages")
    assert not any(one.is_good for one in find("公积金怎么提取", today=TODAY))
    publishing.publish_file(entry, wording(title="公积金怎么提取"), digest="new", at=AT + timedelta(minutes=1))
    assert [one.version.title for one in find("公积金怎么提取", today=TODAY) if one.is_good] == ["公积金怎么提取"]


def test_elsewhere_s_entries_are_not_for_here():
    published("everywhere")
    published("province", region=factories.make_region("23", "省", "省"))
    published("city", region=factories.make_region("2301"))
    published("other", region=factories.make_region("2302"))
    assert set(slugs("老板拖欠工资", region="230102")) == {"everywhere", "province", "city"}
    assert set(slugs("老板拖欠工资")) == {"everywhere", "province", "city", "other"}


def test_only_the_kinds_that_are_asked_for():
    published("answer")
    published("guide", kind=Entry.Kind.GUIDE)
    assert slugs("老板拖欠工资", kinds={Entry.Kind.GUIDE}) == ["guide"]


def test_the_matter_decides_between_equals():
    published("first", matter="婚姻家庭")
    published("second", matter="劳动纠纷")
    assert slugs("老板拖欠工资", matter="劳动纠纷")[0] == "second"


def test_the_words_that_matter_are_told_for_marking():
    published("unpaid-wages")
    assert "拖欠工资" in find("老板拖欠工资怎么办", today=TODAY)[0].matched


def test_every_starter_text_can_be_read_and_names_a_matter_and_a_service_there_is():
    # A table of a law with two versions is named after the procedure and the year.
    files = (STARTER.parents[1] / "procedures").glob("*.py")
    procedures = {path.stem.removesuffix("_2025") for path in files}
    wrong = []
    for path in files_in(STARTER):
        one = read(path)
        if one.wording.matter not in matters() or one.wording.service not in procedures | {""}:
            wrong.append((path.name, one.wording.matter, one.wording.service))
        if one.kind in (Entry.Kind.ANSWER, Entry.Kind.GUIDE) and not one.wording.laws:
            wrong.append((path.name, "no law"))
    assert wrong == []
