from datetime import date

import pytest

from santai.registry.models import Organisation, Practitioner, Region
from santai.registry.standing import may_practise, practising, years_of_criminal_defence

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def firm():
    region = Region.objects.create(code="23", name="黑龙江省", full_name="黑龙江省", level=2)
    return Organisation.objects.create(name="砚川律师事务所", kind="law_firm", region=region)


def lawyer(firm, **fields):
    usual = {"licensed_on": date(2015, 1, 1), "last_assessment": "称职"}
    return Practitioner.objects.create(name="王明", kind="lawyer", organisation=firm, **{**usual, **fields})


def test_whoever_is_in_good_standing_may_practise(firm):
    assert may_practise(lawyer(firm), TODAY)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"standing": "suspended"}, "停止执业"),
        ({"standing": "ended"}, "注销"),
        ({"last_assessment": "不称职"}, "不称职"),
        ({"licensed_on": date(2026, 6, 2)}, "2026-06-02"),
    ],
)
def test_an_obstacle_is_named(firm, fields, word):
    answer = may_practise(lawyer(firm, **fields), TODAY)
    assert not answer
    assert word in answer.reason
    assert "王明" in answer.reason


def test_nobody_practises_in_a_firm_that_has_closed(firm):
    firm.is_active = False
    assert "已停业" in may_practise(lawyer(firm), TODAY).reason


@pytest.mark.parametrize("fields", [{"last_assessment": ""}, {"last_assessment": "基本称职"}, {"licensed_on": None}])
def test_a_newcomer_and_a_barely_good_one_may_practise(firm, fields):
    assert may_practise(lawyer(firm, **fields), TODAY)


def test_a_licence_counts_from_its_first_day(firm):
    assert may_practise(lawyer(firm, licensed_on=TODAY), TODAY)


def test_the_filter_and_the_answer_agree(firm):
    for standing in Practitioner.Standing.values:
        for assessment in ("", "称职", "不称职", "不合格"):
            for licensed_on in (None, date(2020, 1, 1), date(2027, 1, 1)):
                lawyer(firm, standing=standing, last_assessment=assessment, licensed_on=licensed_on)
    able = set(Practitioner.objects.filter(practising(TODAY)).values_list("pk", flat=True))
    everybody = Practitioner.objects.select_related("organisation")
    assert able == {person.pk for person in everybody if may_practise(person, TODAY)}


@pytest.mark.parametrize(
    ("since", "years"),
    [(date(2023, 6, 1), 3), (date(2023, 6, 2), 2), (date(2024, 2, 29), 2), (None, 0), (date(2027, 1, 1), 0)],
)
def test_years_of_defence_are_whole_years(firm, since, years):
    assert years_of_criminal_defence(lawyer(firm, criminal_defence_since=since), TODAY) == years
