"""Every time limit of an appraisal, in the log of a real case: holidays, make-up days, suspension, extension."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.appraisal import PROCEDURE
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.appraisal_story import ASK, EXTEND, FILED, FIRST, HEAD, REASON, TERMINATE, THIRD, Appraisal
from tests.procedures.notarization_story import on

pytestmark = pytest.mark.django_db
SUSPEND = {"ground": "material", **REASON}


@pytest.fixture
def story(town: Town) -> Appraisal:
    """Thursday 5 February 2026. Spring Festival is 15 to 23 February, Mid-Autumn 25 to 27 September, the National Day
    holidays 1 to 7 October; 14 and 28 February, 20 September and 10 October are working days."""
    import_package_years([2026])
    return Appraisal(town, on(2, 5))


# --- FA01 seven working days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (on(2, 12), date(2026, 2, 28)),  # 13, 14 (make-up), 24 to 27, 28 February (make-up)
        (on(9, 28), date(2026, 10, 13)),  # 29, 30 September, 8, 9, 10 (make-up), 12, 13 October
    ],
)
def test_the_institution_answers_within_seven_working_days(story: Appraisal, received: datetime, due: date) -> None:
    assert story.commission(on=received).clock("acceptance").due_on == due


def test_waiting_for_material_is_not_counted_against_the_answer(story: Appraisal) -> None:
    story.commission(on=on(9, 28)).take("ask_materials", THIRD, ASK, on=on(9, 30))
    assert story.clock("acceptance").condition == "paused"
    story.take("hand_in_materials", Role.APPLICANT, {}, on=on(10, 9))
    # Two days were used; five follow 9 October, the make-up Saturday first.
    assert story.clock("acceptance").due_on == date(2026, 10, 15)


def test_a_longer_time_to_answer_is_agreed_once(story: Appraisal) -> None:
    story.commission(on=on(9, 28)).take("agree_time", HEAD, {"amount": 3, **REASON})
    assert story.clock("acceptance").due_on == date(2026, 10, 16)
    with pytest.raises(NotFromHere, match="已经商定过"):
        story.take("agree_time", HEAD, {"amount": 3, **REASON})


def test_an_answer_on_the_eighth_day_is_late(story: Appraisal) -> None:
    story.commission(on=on(9, 28))
    story.take("accept", HEAD, on=on(10, 14))
    assert story.clock("acceptance").condition == "missed"


# --- FA02 thirty working days and thirty more ---------------------------------------------------------------------


def working(story: Appraisal, at: datetime) -> Appraisal:
    return story.commission(on=at).accept().sign()


def test_thirty_working_days_over_spring_festival(story: Appraisal) -> None:
    # Twelve up to the make-up Saturday of 28 February; three weeks of five; 23 to 25 March.
    assert working(story, on(2, 5)).clock("completion").due_on == date(2026, 3, 25)


def test_thirty_working_days_over_national_day(story: Appraisal) -> None:
    assert working(story, on(9, 24)).clock("completion").due_on == date(2026, 11, 12)


def test_the_thirtieth_day_may_be_a_make_up_saturday(story: Appraisal) -> None:
    assert working(story, on(8, 24)).clock("completion").due_on == date(2026, 10, 10)


def test_the_time_begins_when_the_agreement_takes_effect_not_when_it_is_recorded(story: Appraisal) -> None:
    story.commission(on=on(9, 24)).accept().sign(on=on(9, 29), effective_on=date(2026, 9, 24))
    assert story.clock("completion").due_on == date(2026, 11, 12)


def test_the_time_the_parties_agreed_takes_the_place_of_thirty_days(story: Appraisal) -> None:
    story.commission(on=on(9, 24)).accept().sign(agreed_days=10)
    # 28, 29, 30 September; 8, 9, 10 (make-up), 12, 13, 14, 15 October.
    assert story.clock("completion").due_on == date(2026, 10, 15)


def test_suspension_over_the_holidays_is_not_counted(story: Appraisal) -> None:
    working(story, on(9, 24)).take("suspend", FIRST, SUSPEND, on=on(9, 29))
    assert story.clock("completion").condition == "paused"
    story.take("resume", Role.APPLICANT, {}, on=on(10, 9))
    # Two days were used up to 29 September; twenty-eight follow 9 October.
    assert story.clock("completion").due_on == date(2026, 11, 17)


def test_the_head_extends_once_by_thirty_working_days_at_most(story: Appraisal) -> None:
    working(story, on(9, 24))
    with pytest.raises(Missing) as refusal:
        story.take("extend", HEAD, {**EXTEND, "amount": 31})
    assert "amount" in refusal.value.fields
    story.take("extend", HEAD, EXTEND, on=on(11, 2))
    assert story.clock("completion").due_on == date(2026, 12, 24)
    assert "12月24日" in story.letter("appraisal_extended")
    with pytest.raises(NotFromHere, match="只能延长一次"):
        story.take("extend", HEAD, EXTEND)


def test_nothing_is_extended_after_the_time_is_over(story: Appraisal) -> None:
    working(story, on(9, 24))
    with pytest.raises(Missing, match="已经届满"):
        story.take("extend", HEAD, EXTEND, on=on(11, 13))


@pytest.mark.parametrize(("day", "condition"), [(12, "met"), (13, "missed")])
def test_an_opinion_of_the_last_day_is_in_time_and_of_the_next_is_not(
    story: Appraisal, day: int, condition: str
) -> None:
    working(story, on(9, 24)).submit().issue(on=on(11, day, 23))
    assert story.clock("completion").condition == condition


def test_a_supplementary_appraisal_has_its_own_thirty_days_and_its_own_extension(story: Appraisal) -> None:
    working(story, on(2, 5)).take("extend", HEAD, EXTEND)
    story.submit().issue(on=on(3, 10))
    more = {"reason": "new_material", "effective_on": date(2026, 9, 24), **REASON}
    story.take("supplementary", HEAD, more, Doc.COMMISSION, on=on(9, 24))
    assert story.clock("completion").due_on == date(2026, 11, 12)
    story.take("extend", HEAD, EXTEND)
    assert story.clock("completion").due_on == date(2026, 12, 24)


def test_review_and_recusal_do_not_stop_the_clock(story: Appraisal) -> None:
    working(story, on(9, 24)).submit()
    challenge = {"practitioner": story.experts[FIRST].pk, **REASON}
    story.take("ask_recusal", Role.APPLICANT, challenge)
    story.take("keep_expert", HEAD, REASON, on=on(10, 20))
    assert story.clock("completion").due_on == date(2026, 11, 12)


# --- filing and afterwards ----------------------------------------------------------------------------------------


def test_the_file_is_archived_within_ninety_days_of_opinion_or_termination(story: Appraisal) -> None:
    working(story, on(2, 5)).take("terminate", HEAD, TERMINATE, on=on(7, 6))
    archive = story.clock("archive")
    assert (archive.due_on, archive.clock.confidence) == (date(2026, 10, 8), "U")


def test_an_archived_case_closes_by_itself_a_year_after_the_opinion(story: Appraisal) -> None:
    working(story, on(2, 5)).submit().issue(on=on(3, 10)).take("archive", FIRST, FILED, Doc.CASE_FILE)
    assert story.clock("aftercare").due_on == date(2027, 3, 10)
    with pytest.raises(NotFromHere, match="2027-03-10"):
        story.take("settle", Role.SYSTEM, on=on(3, 10, 23, year=2027))
    story.take("settle", Role.SYSTEM, on=on(3, 11, year=2027))
    assert story.state == "closed"


def test_a_province_may_replace_a_limit(story: Appraisal) -> None:
    Parameter.objects.create(
        key="clock.FA05", region="23", value={"count": 30, "unit": "CD"}, since="2025-01-01", basis="本省规定"
    )
    working(story, on(2, 5)).take("terminate", HEAD, TERMINATE, on=on(6, 1))
    assert story.clock("archive").due_on == date(2026, 7, 1)


def test_a_year_without_published_holidays_gives_a_provisional_date(town: Town) -> None:
    story = Appraisal(town, on(9, 24, year=2031)).commission()
    assert story.clock("acceptance").is_provisional


def test_the_clocks_of_the_catalogue_are_there() -> None:
    found = {clock.id: (str(clock.limit), clock.confidence.value) for clock in PROCEDURE.clocks}
    assert (found["FA01"], found["FA02"]) == (("7个工作日", "S2"), ("30个工作日", "S2"))
