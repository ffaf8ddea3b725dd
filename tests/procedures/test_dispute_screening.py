"""A round of screening: what was visited, what was found, what became of it, and what is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from santai.casework.access import cases_for
from santai.casework.family import begun_by, family, root_of
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import Letter
from santai.notices.models import Notice
from santai.people.models import Party
from santai.procedures.dispute_screening import PROCEDURE
from santai.procedures.forms.dispute_screening import ELSEWHERE as REASONS
from santai.trust.actors import Actor
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_party
from tests.procedures.mediation_story import DISPUTE, on
from tests.procedures.screening_story import (
    ALARM,
    ELSEWHERE,
    FOUND,
    HEAD,
    MEDIATOR,
    POLICE,
    Screening,
    set_value,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Screening:
    return Screening(town, monday)


def letters(story: Screening) -> dict[str, str]:
    return {one.kind: one.body for one in Letter.objects.filter(case_code=story.case.code)}


# --- report -------------------------------------------------------------------------------------------------------


def test_a_round_of_nothing_is_reported_as_nothing(story: Screening) -> None:
    story.report()
    story.case.refresh_from_db()
    assert (story.case.state, story.case.due_at) == ("reported", None)
    body = letters(story)["screening_report"]
    for words in ("2026年第10周", "一组、二组", "46", "零报告", story.committee.name):
        assert words in body


def test_every_dispute_found_is_dealt_with_before_the_report(story: Screening) -> None:
    with pytest.raises(Missing, match="报告发现2件，登记的是0件") as refusal:
        story.report(disputes_found=2)
    assert set(refusal.value.fields) == {"disputes_found"}
    story.take("find_dispute", MEDIATOR, FOUND)
    story.take("hand_elsewhere", HEAD, ELSEWHERE)
    with pytest.raises(Missing, match="登记的是2件"):
        story.report(disputes_found=0)
    story.report(disputes_found=2)
    body = letters(story)["screening_report"]
    assert "转入调解：1件" in body
    assert "某派出所" in body


@pytest.mark.parametrize("lacking", ["visited_on", "places", "households", "disputes_found"])
def test_a_report_says_when_where_and_how_many(story: Screening, lacking: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.report(**{lacking: ""})
    assert set(refusal.value.fields) == {lacking}


@pytest.mark.parametrize(("days", "words"), [(1, "不能晚于今天"), (-30, "这一轮从2026-03-02开始")])
def test_a_visit_lies_in_the_round_and_not_ahead(story: Screening, days: int, words: str) -> None:
    with pytest.raises(Missing, match=words):
        story.report(visited_on=story.at.date() + timedelta(days=days))


def test_only_people_of_the_committee_report(story: Screening) -> None:
    for who in (Role.SUPERVISOR, story.town.staff[MEDIATOR], Role.DISPATCHER):
        with pytest.raises(NotYou):
            story.take("report", who, {})


# --- what is found ------------------------------------------------------------------------------------------------


def test_a_dispute_found_is_the_mediation_of_the_person_not_of_the_committee(story: Screening) -> None:
    story.take("find_dispute", MEDIATOR, FOUND)
    child = story.case.children.select_related("applicant", "organisation", "parent").get()
    assert (child.procedure, child.state, child.applicant.name) == ("mediation", "requested", "孙家庄")
    assert (child.organisation, child.text) == (story.committee, FOUND["story"])
    assert root_of(child) == child
    assert list(begun_by([child.applicant])) == [child]
    assert "孙家庄" not in repr(list(story.case.log.values_list("data", flat=True)))


def test_the_person_follows_the_mediation_and_the_committee_sees_no_stranger_as_its_own(story: Screening) -> None:
    story.take("find_dispute", MEDIATOR, FOUND)
    child = story.case.children.get()
    assert family(story.case, Actor.applicant(story.case.applicant_id)) == [story.case]
    assert family(child, Actor.applicant(child.applicant_id)) == [child]
    assert not cases_for(Actor.applicant(child.applicant_id)).filter(pk=story.case.pk).exists()


def test_the_mediation_goes_on_as_the_committees_own_initiative(story: Screening) -> None:
    from santai.casework.actions import take_step

    story.take("find_dispute", MEDIATOR, FOUND)
    child = story.case.children.select_related("applicant", "organisation", "handler").get()
    data = {**DISPUTE, "origin": "own_initiative", "applicant_agrees": True}
    take_step(child, "register", actor=story.actor(MEDIATOR), data=data, at=story.at)
    assert child.state == "registered"


def test_one_person_found_twice_is_one_party(story: Screening) -> None:
    known = make_party("孙家庄", "13812345678")
    story.take("find_dispute", MEDIATOR, FOUND)
    story.take("find_dispute", MEDIATOR, {**FOUND, "story": "又和另一家为灌溉用水吵架。"})
    assert {child.applicant_id for child in story.case.children.all()} == {known.pk}


@pytest.mark.parametrize(("field", "value"), [("phone", "123"), ("who", "<b>"), ("story", "短"), ("at_risk", "")])
def test_a_dispute_found_names_a_person_who_can_be_reached(story: Screening, field: str, value: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.take("find_dispute", MEDIATOR, {**FOUND, field: value})
    assert set(refusal.value.fields) == {field}
    assert not story.case.children.exists()


@pytest.mark.parametrize("reason", [key for key, _ in REASONS])
def test_what_goes_elsewhere_goes_with_a_reason_and_a_letter(story: Screening, reason: str) -> None:
    story.take("hand_elsewhere", MEDIATOR, {**ELSEWHERE, "reason": reason})
    assert dict(REASONS)[reason] in letters(story)["screening_handed_on"]
    assert Notice.objects.filter(user=story.town.staff[Role.SUPERVISOR], case_code=story.case.code).exists()


@pytest.mark.parametrize("lacking", ["reason", "to", "story", "told"])
def test_nothing_goes_elsewhere_without_a_reason(story: Screening, lacking: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.take("hand_elsewhere", MEDIATOR, {**ELSEWHERE, lacking: ""})
    assert set(refusal.value.fields) == {lacking}


# --- danger -------------------------------------------------------------------------------------------------------


def test_a_danger_is_told_to_the_supervisor_and_the_police_before_any_report(story: Screening) -> None:
    story.take("raise_alarm", MEDIATOR, ALARM)
    assert story.case.urgency == Case.Urgency.URGENT
    assert Notice.objects.filter(user=story.town.staff[Role.SUPERVISOR], text__contains="激化预警").exists()
    with pytest.raises(NotFromHere, match="公安机关"):
        story.report()
    story.take("report_police", MEDIATOR, POLICE)
    assert "某派出所" in letters(story)["screening_police_report"]
    story.report()


def test_the_police_hear_of_it_within_the_hour_at_night_and_on_holidays(town: Town) -> None:
    import_package_years([2026])
    story = Screening(town, on(10, 1, 23, minute=40))
    story.take("raise_alarm", MEDIATOR, ALARM)
    clock = story.case.clocks.get(name="police")
    assert clock.due_at == on(10, 2, 0, minute=40)
    story.take("report_police", MEDIATOR, POLICE, on=on(10, 2, 0, minute=39))
    assert story.case.clocks.get(name="police").condition == "met"


# --- late and missed ----------------------------------------------------------------------------------------------


def test_a_round_that_is_not_reported_is_overdue_and_the_supervisor_writes_it_down(story: Screening) -> None:
    explain = {"explanation": "多次督促仍没有排查。"}
    with pytest.raises(NotFromHere, match="还没有到期"):
        story.take("call_missed", Role.SUPERVISOR, explain)
    story.take("urge", Role.SUPERVISOR, {"note": "请尽快。"}, on=on(3, 6))
    assert Notice.objects.filter(user=story.people[HEAD], text__contains="督促").exists()
    story.at = on(3, 11)
    with pytest.raises(NotYou):
        story.take("call_missed", HEAD, explain)
    story.take("call_missed", Role.SUPERVISOR, explain)
    assert story.case.state == "missed"
    assert "提交已经排查的证明" in letters(story)["screening_missed"]


def test_a_late_report_is_taken_and_stays_late(story: Screening) -> None:
    story.report(on=on(3, 12))
    assert story.case.state == "reported"
    assert story.case.clocks.get(name="report").condition == "missed"


# --- clocks: when a report is due ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (on(3, 2), date(2026, 3, 9)),
        # The week of 9 to 15 February ends in the Spring Festival, which lasts to the 23rd.
        (on(2, 9), date(2026, 2, 24)),
        # The week of 14 to 20 September ends on a make-up Sunday; the Monday after is an ordinary day.
        (on(9, 14), date(2026, 9, 21)),
        # 28 September to 4 October ends in National Day, which lasts to the 7th.
        (on(9, 28), date(2026, 10, 8)),
    ],
)
def test_a_week_is_reported_by_the_next_working_day(town: Town, opened: datetime, due: date) -> None:
    import_package_years([2026])
    assert Screening(town, opened).due_on() == due


@pytest.mark.parametrize(
    ("opened", "due"),
    [(on(3, 2), date(2026, 4, 1)), (on(2, 2), date(2026, 3, 2)), (on(9, 2), date(2026, 10, 8))],
)
def test_a_month_is_reported_by_the_next_working_day(town: Town, opened: datetime, due: date) -> None:
    import_package_years([2026])
    assert Screening(town, opened, "230102001").due_on() == due


def test_a_day_of_a_key_period_is_reported_that_day_holiday_or_not(town: Town) -> None:
    import_package_years([2026])
    set_value("screening.key_periods", [{"name": "国庆", "from": "2026-10-01", "to": "2026-10-07"}])
    story = Screening(town, on(10, 3))
    assert story.due_on() == date(2026, 10, 3)
    story.report(on=on(10, 3, 23))
    assert story.case.clocks.get(name="daily_report").condition == "met"


def test_a_province_may_set_another_time_to_report(town: Town, monday: datetime) -> None:
    set_value("clock.SC01", {"count": 3, "unit": "WD"})
    assert Screening(town, monday).due_on() == date(2026, 3, 11)


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_step_of_the_system_is_nobodys_button(story: Screening) -> None:
    assert PROCEDURE.step("begin").allowed_roles == {Role.SYSTEM}
    assert Party.objects.filter(kind="company", cases=story.case).get().name == story.committee.name
    assert Client().get("/desk/screening").status_code == 302
