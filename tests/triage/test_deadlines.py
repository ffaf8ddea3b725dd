"""Days named in a text, and what runs out by them."""

from __future__ import annotations

from datetime import date

import pytest

from santai.knowledge.names import place_of
from santai.knowledge.numerals import to_chinese
from santai.triage.classify import classify
from santai.triage.dates import days_in
from santai.triage.deadlines import deadline_alarms, deadlines
from santai.triage.folding import fold
from santai.triage.matters import matters
from tests.statutes import statutes

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年12月1日", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026.3.5", date(2026, 3, 5)),
        ("12月1号", date(2026, 12, 1)),
        ("1月5日", date(2027, 1, 5)),
        ("去年5月20日", date(2025, 5, 20)),
        ("去年5月", date(2025, 5, 1)),
        ("明天", date(2026, 11, 24)),
        ("大后天", date(2026, 11, 26)),
        ("下周三", date(2026, 12, 2)),
        ("星期天", date(2026, 11, 29)),
        ("下个月5号", date(2026, 12, 5)),
        ("十天前", date(2026, 11, 13)),
        ("2天后", date(2026, 11, 25)),
    ],
)
def test_a_day_is_read_as_people_say_it(text: str, day: date) -> None:
    assert [named.day for named in days_in(fold(text), TODAY)] == [day]


@pytest.mark.parametrize(
    "text", ["", "2026年13月1日", "2月30日", "3.5万元", "99年99月", "0月0日", "9999年12月31日后年", "五险一金"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert days_in(fold(text), TODAY) == []


def test_a_day_at_the_end_of_the_calendar_breaks_nothing() -> None:
    assert deadline_alarms("9999年12月31日收到判决书", "合同纠纷", TODAY) == []
    assert deadline_alarms("9999年12月31日离职", "劳动纠纷", TODAY) == []
    assert deadline_alarms("2024年2月29日离职", "劳动纠纷", date(2025, 2, 20))[0].reason.count("2025年2月28日") == 1


def test_the_day_must_stand_near_its_word_and_the_matter_must_fit() -> None:
    far = "11月10日我去了一趟北京办了很多很多别的事情后来又回到家里。收到判决书"
    assert deadline_alarms(far, "合同纠纷", TODAY) == []
    assert deadline_alarms("2025年12月1日离职", "婚姻家庭", TODAY) == []


def test_what_ended_is_told_to_be_checked_and_long_ago_is_not() -> None:
    (late,) = deadline_alarms("2025年10月1日被辞退", "劳动纠纷", TODAY)
    assert (late.level, "已过" in late.reason) == (1, True)
    assert deadline_alarms("2019年10月1日被辞退", "劳动纠纷", TODAY) == []


@pytest.mark.django_db
def test_without_a_day_of_its_own_the_clock_is_not_looked_at() -> None:
    text = "2026年11月25日开庭"
    assert (classify(text).urgency, classify(text, today=TODAY).urgency) == (0, 2)


def test_the_table_speaks_only_of_what_exists() -> None:
    for one in deadlines():
        assert one.matters <= set(matters())
        assert one.unit in {"days", "years"}
        assert one.kind in {"hearing", "limitation"}
        assert one.what
        assert one.at_once
        assert one.kind == "hearing" or one.basis


def test_every_period_stands_in_the_article_named_beside_it():
    """The same law as in the table of periods that people are told; both are held against the statutes."""
    units = {"days": "日", "years": "年"}
    checked = 0
    for one in deadlines():
        law, _, place = one.basis.partition("第")
        label = place_of(f"第{place}").label if place else ""
        if (law, label) in statutes():
            checked += 1
            assert f"{to_chinese(one.count)}{units[one.unit]}" in statutes()[law, label], one.basis
    assert checked >= 9
