"""The platform opens rounds of screening by itself: one for each committee and period, whatever happens."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.models import Case
from santai.intake import screening
from santai.intake.screening import open_rounds
from santai.notices import periodic
from santai.procedures.rules.screening_rounds import round_due
from santai.registry.models import Organisation
from tests.factories import Town, make_organisation
from tests.procedures.mediation_story import on
from tests.procedures.screening_story import PLACE, VILLAGE, make_committee, set_value

pytestmark = pytest.mark.django_db


def keys(committee: Organisation) -> list[str]:
    rounds = Case.objects.filter(procedure="dispute_screening", organisation=committee).order_by("pk")
    return [case.facts["round"]["key"] for case in rounds]


def days_of(committee: Organisation, first: datetime, days: int) -> list[str]:
    for day in range(days):
        open_rounds(at=first + timedelta(days=day))
    return keys(committee)


def test_a_village_has_one_round_a_week_and_a_town_one_a_month(town: Town, monday: datetime) -> None:
    village, place = make_committee(), make_committee(PLACE, "幸福镇人民调解委员会")
    days_of(village, monday, 40)
    assert keys(village) == [f"2026-W{week}" for week in range(10, 16)]
    assert keys(place) == ["2026-03", "2026-04"]


def test_asking_again_opens_nothing(town: Town, monday: datetime) -> None:
    make_committee()
    assert (open_rounds(at=monday), open_rounds(at=monday), open_rounds(at=monday + timedelta(days=6))) == (1, 0, 0)
    assert open_rounds(at=monday + timedelta(days=7)) == 1


def test_a_worker_that_did_not_see_the_round_of_another_opens_no_second(
    town: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = make_committee()
    open_rounds(at=monday)
    monkeypatch.setattr(screening, "LONGEST", timedelta(days=-1))
    assert open_rounds(at=monday) == 0
    assert keys(village) == ["2026-W10"]


def test_a_committee_of_a_county_or_a_closed_one_has_no_duty(town: Town, monday: datetime) -> None:
    county = make_organisation("mediation")
    closed = make_committee()
    Organisation.objects.filter(pk=closed.pk).update(is_active=False)
    assert open_rounds(at=monday) == 0
    assert keys(county) == keys(closed) == []


def test_a_key_period_makes_every_day_a_round_and_the_week_goes_on_after_it(town: Town, monday: datetime) -> None:
    set_value("screening.key_periods", [{"name": "两会", "from": "2026-03-04", "to": "2026-03-06"}])
    village = make_committee()
    found = days_of(village, monday, 8)
    assert found == ["2026-W10", "2026-03-04", "2026-03-05", "2026-03-06", "2026-W11"]


def test_a_key_period_of_one_division_is_not_that_of_another(town: Town, monday: datetime) -> None:
    periods = [{"name": "庙会", "from": "2026-03-02", "to": "2026-03-03"}]
    set_value("screening.key_periods", periods, region="230102001")
    here, there = make_committee(), make_committee("230102002201", "和平村人民调解委员会")
    days_of(here, monday, 1)
    assert (keys(here), keys(there)) == (["2026-03-02"], ["2026-W10"])


def test_a_period_holds_from_the_day_its_parameter_does(town: Town) -> None:
    periods = [{"name": "两会", "from": "2026-03-01", "to": "2026-03-31"}]
    set_value("screening.key_periods", periods, since=date(2026, 3, 3))
    village = make_committee()
    assert [round_due(village, date(2026, 3, day)).rhythm for day in (2, 3)] == ["weekly", "daily"]


def test_a_province_may_ask_counties_too(town: Town, monday: datetime) -> None:
    set_value("screening.rhythm", {"12": "weekly", "9": "weekly", "6": "monthly"})
    county, place = make_organisation("mediation"), make_committee(PLACE, "幸福镇人民调解委员会")
    open_rounds(at=monday)
    assert (keys(county), keys(place)) == (["2026-03"], ["2026-W10"])


@pytest.mark.parametrize(
    "value", [[{"name": "两会"}], ["2026-03-02"], [{"name": "x", "from": "昨天", "to": "今天"}], [None]]
)
def test_a_mistyped_period_stops_nobody(town: Town, monday: datetime, value: object) -> None:
    set_value("screening.key_periods", value)
    village = make_committee()
    open_rounds(at=monday)
    assert keys(village) == ["2026-W10"]


def test_one_committee_that_fails_does_not_hold_up_the_others(
    town: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = make_committee(), make_committee("230102002201", "和平村人民调解委员会")
    real = screening.party_of

    def failing(committee: Organisation) -> object:
        if committee == bad:
            raise RuntimeError("no party")
        return real(committee)

    monkeypatch.setattr(screening, "party_of", failing)
    assert open_rounds(at=monday) == 1
    assert (keys(bad), keys(good)) == ([], ["2026-W10"])
    monkeypatch.setattr(screening, "party_of", real)
    assert open_rounds(at=monday) == 1


def test_a_committee_stays_one_party(town: Town, monday: datetime) -> None:
    village = make_committee()
    days_of(village, monday, 15)
    rounds = Case.objects.filter(procedure="dispute_screening", organisation=village)
    assert rounds.count() == 3
    assert len({case.applicant_id for case in rounds}) == 1


@pytest.mark.parametrize(
    ("day", "key", "first", "last"),
    [
        (date(2027, 1, 1), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2026, 12, 31), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2027, 1, 4), "2027-W01", date(2027, 1, 4), date(2027, 1, 10)),
    ],
)
def test_a_week_over_new_year_is_one_round(town: Town, day: date, key: str, first: date, last: date) -> None:
    found = round_due(make_committee(VILLAGE), day)
    assert found is not None
    assert (found.key, found.starts_on, found.ends_on) == (key, first, last)


def test_a_month_ends_on_its_last_day(town: Town) -> None:
    found = round_due(make_committee(PLACE, "幸福镇人民调解委员会"), date(2028, 2, 10))
    assert found is not None
    assert (found.starts_on, found.ends_on) == (date(2028, 2, 1), date(2028, 2, 29))


def test_the_worker_knows_the_job(town: Town) -> None:
    periodic.discover()
    assert "santai.intake.periodic.open_screening_rounds" in periodic.JOBS


def test_a_round_opened_on_a_wednesday_is_of_the_whole_week(town: Town) -> None:
    village = make_committee()
    open_rounds(at=on(3, 4))
    (case,) = Case.objects.filter(organisation=village)
    assert (case.facts["round"]["starts_on"], case.facts["round"]["ends_on"]) == ("2026-03-02", "2026-03-08")
