"""What an interview may write as a condition or a sum, and that nothing else is ever read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from santai.guidance.expressions import BadExpression, compared_in, holds, names_in, parsed, value_of
from santai.guidance.functions import severance_months, whole_months

VALUES = {
    "contract": "no",
    "wage": Decimal(6000),
    "left": date(2026, 9, 30),
    "proofs": ("note", "chats"),
    "unknown": None,
}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", True),
        ("contract == 'no'", True),
        ("contract in ('yes', 'unsure')", False),
        ("wage > 5000 and contract == 'no'", True),
        ("wage >= 6000.01", False),
        ("'note' in proofs and not ('transfer' in proofs)", True),
        ("known(wage) and not known(unknown)", True),
        ("unknown == 'no'", False),
        ("unknown != 'no'", False),
        ("unknown > 5", False),
        ("wage > 'text'", False),
        ("days_between(left, unknown) > 0", False),
    ],
)
def test_a_condition_holds_or_not(text: str, answer: bool) -> None:
    assert holds(text, VALUES) is answer


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("wage * 3", Decimal(18000)),
        ("least(11, wage)", Decimal(11)),
        ("wage * unknown", None),
        ("wage / (wage - wage)", None),
        ("contract * 3", None),
        ("add_months(left, 5)", date(2027, 2, 28)),
        ("add_months(left, wage)", None),
        ("sum_known(unknown, wage, 1)", Decimal(6001)),
        ("first_known(unknown, left)", date(2026, 9, 30)),
    ],
)
def test_a_sum_of_what_is_known_is_exact_and_of_what_is_not_known_is_none(text: str, result: object) -> None:
    assert value_of(text, VALUES) == result


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "wage.__class__",
        "(lambda: 1)()",
        "[each for each in proofs]",
        "proofs[0]",
        "open('x')",
        "known(answer=wage)",
        "9 ** 9 ** 9",
        "wage if wage else 1",
        "f'{wage}'",
        "b'x' in proofs",
        "True",
        "None",
        "x := 5",
        "wage; wage",
        "'" + "x" * 500 + "'",
        "((((",
        "not " * 90 + "wage @ 1",
        "{'a': 1}",
        "1 << 60",
    ],
)
def test_nothing_but_names_numbers_texts_and_the_listed_functions_is_read(text: str) -> None:
    with pytest.raises(BadExpression):
        parsed(text)


def test_the_names_and_the_compared_answers_are_told() -> None:
    text = "known(wage) and contract in ('yes', 'no') or 'note' in proofs"
    assert names_in(text) == {"wage", "contract", "proofs"}
    assert compared_in(text) == {("contract", "yes"), ("contract", "no"), ("proofs", "note")}


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "1"),
        (date(2024, 1, 1), date(2025, 1, 1), "1.5"),
        (date(2024, 1, 1), date(2024, 6, 29), "0.5"),
        (date(2024, 1, 1), date(2024, 6, 30), "1"),
        (date(2024, 1, 31), date(2024, 1, 31), "0.5"),
        (date(2014, 3, 1), date(2026, 2, 28), "12"),
    ],
)
def test_half_a_year_counts_as_a_year_and_less_as_half_a_month_of_pay(start: date, end: date, months: str) -> None:
    assert severance_months(start, end) == Decimal(months)


def test_full_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert whole_months(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert whole_months(date(2026, 1, 31), date(2026, 2, 27)) == 0
    assert whole_months(date(2026, 2, 28), date(2026, 1, 31)) == 0
