"""What a province would decide is set in the demo, as an example that is still to be confirmed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from santai.casework import parameters
from santai.casework.models import Parameter
from santai.demo.logins import COUNTY
from santai.demo.parameters import set_parameters
from santai.procedures.rules.arbitration_fees import SCALE_KEY, fee_for, scale_from
from santai.procedures.rules.arbitration_finality import finality, minimum_wage

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _set() -> None:
    set_parameters()


def test_a_labour_award_is_found_final_by_the_minimum_wage() -> None:
    wage = minimum_wage(COUNTY, DAY)
    assert wage is not None
    limit = wage.monthly * 12
    for amount, is_final in ((limit, True), (limit + 1, False)):
        found = finality({"wages": amount}, labour_standards=False, other_items=False, wage=wage)
        assert found.is_final is is_final


def test_the_fee_of_an_arbitration_is_an_exact_sum_within_the_law() -> None:
    given = parameters.value(SCALE_KEY, region=COUNTY, on=DAY)
    fee = fee_for(Decimal(100_000), scale_from(given))
    assert fee.exact is not None
    assert fee.low < fee.exact < fee.high


def test_no_example_passes_for_confirmed_and_each_says_that_it_is_one() -> None:
    rows = list(Parameter.objects.all())
    assert rows
    assert not [row.key for row in rows if row.confirmed or "演示用的数值" not in row.basis]


def test_setting_them_again_changes_nothing() -> None:
    before = Parameter.objects.count()
    set_parameters()
    assert Parameter.objects.count() == before
