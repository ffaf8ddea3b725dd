"""Each condition of legal aid by itself. Pure, but for the standard, which is looked up by place and date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from santai.casework.models import Parameter
from santai.documents.models import DocumentKind as Doc
from santai.procedures.rules.legal_aid_eligibility import (
    INCOME_KEY,
    Criterion,
    Eligibility,
    Matter,
    NoLimit,
    Outcome,
    Standard,
    assess,
    standard_for,
)

TODAY = date(2026, 3, 2)
STANDARD = Standard(Decimal(2000), "23 2024-01-01", "黑司规〔2023〕2号", confirmed=True)
POOR = {"household_size": 3, "household_income": "6000"}
RICH = {"household_size": 3, "household_income": "6000.03"}
BASE = {"matter": "support", "place": "230102", **POOR, "checked": "papers", "documents": {Doc.IDENTITY}}


def assessed(standard: Standard | None = STANDARD, **changes: Any) -> Eligibility:
    return assess({**BASE, **changes}, standard, "230102", TODAY)


def answer(name: str, standard: Standard | None = STANDARD, **changes: Any) -> Criterion:
    return next(one for one in assessed(standard, **changes).criteria if one.name == name)


def hardship(standard: Standard | None = STANDARD, **changes: Any) -> Criterion:
    return answer("hardship", standard, **changes)


def test_a_plain_case_passes_every_condition() -> None:
    found = assessed()
    assert found.overall == Outcome.PASS
    assert (found.has_economic_limit, found.is_unchecked, found.to_be_sampled) == (True, False, False)
    assert found.doubts == []


@pytest.mark.parametrize("matter", [matter for matter in Matter if matter != Matter.OTHER])
def test_the_matters_of_article_31_are_in_scope(matter: str) -> None:
    assert answer("scope", matter=matter).outcome == Outcome.PASS
    assert answer("scope", matter=matter).basis == "法律援助法第三十一条"


def test_another_matter_has_to_be_looked_at_and_an_unknown_one_is_out_of_scope() -> None:
    assert answer("scope", matter="other").outcome == Outcome.UNCLEAR
    assert answer("scope", matter="divorce").outcome == Outcome.FAIL


@pytest.mark.parametrize("situation", [one for one in NoLimit if one != NoLimit.OTHER])
def test_the_situations_of_article_32_have_no_economic_limit_whatever_the_income(situation: str) -> None:
    found = assessed(no_limit=situation, matter="other", **RICH, checked="")
    assert found.overall == Outcome.PASS
    assert found.has_economic_limit is False
    assert found.criteria[-1].basis == "法律援助法第三十二条"


def test_somebody_with_an_agent_of_their_own_does_not_need_one() -> None:
    assert answer("agent", has_agent=True).outcome == Outcome.FAIL


@pytest.mark.parametrize(
    ("place", "outcome"),
    [("230102", "pass"), ("230102001", "pass"), ("230103", "fail"), ("2301", "fail"), ("", "unclear")],
)
def test_the_place_must_lie_in_the_division_of_the_office(place: str, outcome: str) -> None:
    assert answer("venue", place=place).outcome == outcome


def test_an_office_of_the_city_takes_its_counties() -> None:
    found = assess(BASE, STANDARD, "2301", TODAY)
    assert {one.name: one.outcome for one in found.criteria}["venue"] == Outcome.PASS


def test_income_at_the_line_passes_and_a_cent_above_fails_with_both_figures() -> None:
    assert hardship().outcome == Outcome.PASS
    above = hardship(**RICH)
    assert above.outcome == Outcome.FAIL
    assert above.reason == "家庭人均收入每月2000.01元，标准为2000元，超过标准"
    assert "黑司规〔2023〕2号" in above.basis


@pytest.mark.parametrize("missing", ["household_size", "household_income"])
def test_without_figures_hardship_is_unclear(missing: str) -> None:
    assert hardship(**{missing: None}).outcome == Outcome.UNCLEAR


def test_no_income_at_all_is_a_figure() -> None:
    assert hardship(household_income="0").outcome == Outcome.PASS


def test_without_a_standard_nobody_fails_by_figures() -> None:
    assert hardship(None).outcome == Outcome.UNCLEAR
    assert assessed(None).standard_version == ""


def test_against_a_relative_of_the_same_household_only_ones_own_income_counts() -> None:
    against = {"adverse_lives_with": True, "household_size": 2, "household_income": "90000"}
    assert hardship(**against, own_income="1500").outcome == Outcome.PASS
    assert hardship(**against, own_income="2500").outcome == Outcome.FAIL
    assert hardship(**against, own_income=None).outcome == Outcome.UNCLEAR


def test_figures_nobody_checked_or_promised_are_unclear() -> None:
    assert hardship(checked="").outcome == Outcome.UNCLEAR


def test_a_commitment_counts_with_the_signed_paper_and_is_sampled_later() -> None:
    committed = {"checked": "", "commitment": True}
    assert hardship(**committed).outcome == Outcome.UNCLEAR
    found = assessed(**committed, documents={Doc.COMMITMENT})
    assert (found.overall, found.to_be_sampled) == (Outcome.PASS, True)


def test_a_commitment_does_not_help_somebody_above_the_line() -> None:
    assert hardship(**RICH, checked="", commitment=True, documents={Doc.COMMITMENT}).outcome == Outcome.FAIL


def test_an_exempt_person_is_not_checked_but_has_to_prove_who_they_are() -> None:
    exempt = {"unchecked": "relief", "checked": "", "household_income": None}
    assert hardship(**exempt).outcome == Outcome.UNCLEAR
    found = assessed(**exempt, documents={Doc.EXEMPTION})
    assert found.overall == Outcome.PASS
    assert (found.is_unchecked, found.has_economic_limit) == (True, True)


def test_exempt_from_checking_and_without_limit_are_two_different_things() -> None:
    unlimited = assessed(no_limit="violence")
    assert (unlimited.is_unchecked, unlimited.has_economic_limit) == (False, False)


@pytest.mark.parametrize(("matter", "outcome"), [("labour", "exempt"), ("injury", "exempt"), ("support", "fail")])
def test_a_migrant_worker_is_exempt_for_wages_and_work_injury_only(matter: str, outcome: str) -> None:
    given = hardship(unchecked="migrant_worker", matter=matter, documents={Doc.EXEMPTION})
    assert given.outcome == outcome


@pytest.mark.parametrize(("days", "urgent"), [(6, True), (7, False)])
def test_a_term_that_ends_within_seven_days_is_pointed_out(days: int, urgent: bool) -> None:
    given = answer("term", term_ends_on=(TODAY + timedelta(days=days)).isoformat())
    assert given.outcome == Outcome.PASS
    assert ("先行提供" in given.reason) is urgent


def test_one_failed_condition_is_enough_and_every_doubt_is_named() -> None:
    found = assessed(has_agent=True, place="")
    assert found.overall == Outcome.FAIL
    assert [doubt.split("：")[0] for doubt in found.doubts] == ["没有代理人", "受理地点"]


@pytest.mark.django_db
def test_the_standard_is_that_of_the_place_and_the_day() -> None:
    rows = [
        ("23", 1500, "2023-01-01"),
        ("23", 1800, "2025-07-01"),
        ("2301", 2100, "2024-01-01"),
        ("22", 1, "2020-01-01"),
    ]
    for region, value, since in rows:
        Parameter.objects.create(key=INCOME_KEY, region=region, value=value, since=since, basis="文号")
    asked = [("230102", TODAY), ("230202", TODAY), ("230202", date(2025, 6, 30)), ("230202", date(2022, 1, 1))]
    found = [standard_for(region, on) for region, on in asked]
    assert [one and (one.monthly_income_per_head, one.version) for one in found] == [
        (2100, "2301 2024-01-01"),
        (1800, "23 2025-07-01"),
        (1500, "23 2023-01-01"),
        None,
    ]


@pytest.mark.django_db
def test_a_mistyped_standard_is_no_standard() -> None:
    Parameter.objects.create(key=INCOME_KEY, region="23", value="很多", since="2023-01-01", basis="文号")
    assert standard_for("230102", TODAY) is None
