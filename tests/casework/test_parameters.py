"""A parameter is looked up by place and date."""

from __future__ import annotations

from datetime import date

import pytest

from santai.casework.models import Parameter
from santai.casework.parameters import amount_from, clock_overrides, remembered, value
from santai.casework.terms import days, workdays

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def keep(key: str, content: object, *, region: str = "", since: date = date(2024, 1, 1)) -> Parameter:
    return Parameter.objects.create(key=key, region=region, value=content, since=since, basis="黑司通〔2023〕1号")


def ask(region: str = "230102", on: date = TODAY) -> object:
    return value("line", region=region, on=on, default="none")


def test_the_nearest_division_wins_and_neighbours_do_not_count() -> None:
    for region, content in (("", 1), ("23", 2), ("2301", 3), ("230103", 4)):
        keep("line", content, region=region)
    assert [ask("230102"), ask("230103"), ask("230200"), ask("110101")] == [3, 4, 2, 1]


def test_the_latest_value_that_has_begun_wins() -> None:
    for year in (2024, 2025, 2027):
        keep("line", year, region="23", since=date(year, 3, 2))
    assert [ask(), ask(on=date(2025, 3, 1)), ask(on=date(2027, 3, 2))] == [2025, 2024, 2027]


def test_place_goes_before_date() -> None:
    keep("line", "county", region="230102", since=date(2020, 1, 1))
    keep("line", "province", region="23", since=date(2026, 1, 1))
    assert ask() == "county"


def test_without_a_row_the_default_holds() -> None:
    keep("line", 1, since=date(2030, 1, 1))
    assert ask() == "none"


def test_clock_rows_replace_limits_by_their_id() -> None:
    keep("clock.LA07", {"count": 30, "unit": "CD"}, region="23")
    keep("clock.HL03", {"count": 3, "unit": "WD"})
    keep("line", 5)
    assert clock_overrides("230102", TODAY) == {"LA07": days(30), "HL03": workdays(3)}
    assert clock_overrides("110101", TODAY) == {"HL03": workdays(3)}


@pytest.mark.parametrize(
    "wrong",
    [5, "15", {}, {"count": 0, "unit": "CD"}, {"count": True, "unit": "CD"}, {"count": 5, "unit": "日"}, {"count": 5}],
)
def test_a_mistyped_limit_is_named_and_does_not_replace_the_law(wrong: object, caplog) -> None:
    with pytest.raises(ValueError):
        amount_from(wrong)
    keep("clock.LA07", wrong)
    assert clock_overrides("230102", TODAY) == {}
    assert "clock.LA07" in caplog.text


def test_many_questions_inside_one_block_cost_one_query(django_assert_num_queries) -> None:
    keep("line", 1)
    keep("clock.LA07", {"count": 30, "unit": "CD"})
    with django_assert_num_queries(1), remembered():
        assert [ask(), ask("23"), clock_overrides("23", TODAY)] == [1, 1, {"LA07": days(30)}]


def test_what_was_remembered_is_forgotten_after_the_block() -> None:
    with remembered():
        keep("line", 1)
        assert ask() == "none"
    assert ask() == 1
