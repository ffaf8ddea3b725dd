"""The texts that a fresh home begins with: readable, and every article they rest on exists."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from santai.casework.kernel import all_procedures
from santai.knowledge.entries.files import EntryFile, read_all
from santai.knowledge.entries.imports import STARTER
from santai.knowledge.models import Entry
from santai.knowledge.sources.texts import Fault
from santai.triage.matters import matters
from tests.statutes import laws, statutes

HEADINGS = {
    Entry.Kind.ANSWER: ("## 现在怎么做", "## 期限"),
    Entry.Kind.GUIDE: ("## 谁可以办", "## 带什么", "## 怎么办", "## 多久", "## 多少钱", "## 不服怎么办"),
    Entry.Kind.CASE: ("## 发生了什么", "## 怎么处理的", "## 为什么", "## 对您的启发"),
    Entry.Kind.POLICY: (),
}


@cache
def texts() -> tuple[EntryFile, ...]:
    faults: list[Fault] = []
    read = [one for one in read_all(STARTER, faults) if one]
    assert faults == []
    return tuple(read)


def test_there_are_enough_of_each_kind():
    counted = Counter(one.kind for one in texts())
    assert counted[Entry.Kind.ANSWER] >= 60
    assert counted[Entry.Kind.GUIDE] >= 30


def test_every_cited_article_of_a_statute_exists():
    missing = [
        f"{one.slug}: {basis.law}{basis.place.label}"
        for one in texts()
        for basis in one.wording.laws
        if basis.law in laws() and (basis.law, basis.place.label) not in statutes()
    ]
    assert missing == []


def test_answers_guides_and_cases_rest_on_something():
    assert [
        one.slug for one in texts() if one.kind in (Entry.Kind.ANSWER, Entry.Kind.CASE) and not one.wording.laws
    ] == []


@pytest.mark.parametrize("kind", list(HEADINGS))
def test_each_kind_answers_the_questions_of_its_kind(kind: Entry.Kind):
    without = [
        (one.slug, heading)
        for one in texts()
        if one.kind == kind
        for heading in HEADINGS[kind]
        if heading not in one.wording.body
    ]
    assert without == []


def test_matters_and_services_exist():
    known = {"", *(table.name for table in all_procedures())}
    assert {one.wording.matter for one in texts()} <= {"", *matters()}
    assert {one.wording.service for one in texts()} <= known


def test_nobody_is_shown_a_text_that_nobody_looks_at_again():
    assert [one.slug for one in texts() if one.kind != Entry.Kind.POLICY and not one.wording.review_by] == []
    assert [one.slug for one in texts() if one.wording.review_by and one.wording.review_by < date(2026, 11, 22)] == []


def test_an_invented_case_says_so():
    assert {one.wording.source for one in texts() if one.kind == Entry.Kind.CASE} == {"本平台编写的示例"}


def test_no_two_entries_answer_the_same_words():
    asked = Counter(line for one in texts() if one.kind == Entry.Kind.ANSWER for line in one.wording.asked)
    assert [line for line, times in asked.items() if times > 1] == []
