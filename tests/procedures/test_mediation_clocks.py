"""Every time limit of people's mediation in the log of a real case: holidays, make-up days, pauses, extensions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.models import Parameter
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.mediation import PROCEDURE
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.mediation_story import (
    ALARM,
    CITIZEN,
    DRAFT,
    HEAD,
    MEDIATOR,
    REASON,
    Confirmation,
    Mediation,
    agreed,
    at_the_table,
    on,
)

pytestmark = pytest.mark.django_db
MONTH = {"amount": 1, "applicant_agrees": True, "other_agrees": True, "reason": "还要等一份测绘结果。"}
COURT_STEPS = {
    "court_delegated": ("accept_delegated", "delegated", 30),
    "court_entrusted": ("accept_entrusted_ordinary", "entrusted", 15),
    "court_entrusted_summary": ("accept_entrusted_summary", "entrusted_summary", 7),
}


@pytest.fixture(autouse=True)
def _calendar(town: Town) -> None:
    """2026: spring festival 15 to 23 February with working Saturdays on 14 and 28 February; national days 1 to 7
    October with a working Sunday on 20 September and a working Saturday on 10 October."""
    import_package_years([2026, 2025])


def from_court(town: Town, at: datetime, origin: str, **changes: object) -> Mediation:
    story = Mediation(town, at).register(origin).reply()
    return story.accept_from_court(COURT_STEPS[origin][0], **changes).name().begin()


# --- MD01 ---------------------------------------------------------------------------------------------------------


def test_the_month_of_mediation_ends_on_the_same_day_of_the_next_month(town: Town) -> None:
    assert at_the_table(town, on(3, 10)).clock("mediation").due_on == date(2026, 4, 10)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        (on(9, 1), date(2026, 10, 8)),  # 1 October is a holiday until the 7th
        (on(9, 10), date(2026, 10, 10)),  # a Saturday on which people work
        (on(1, 15), date(2026, 2, 24)),  # the spring festival ends on the 23rd
        (on(1, 14), date(2026, 2, 14)),  # a Saturday on which people work
        (on(1, 31), date(2026, 2, 28)),  # no 31 February; a working Saturday
        (on(3, 18), date(2026, 4, 20)),  # a plain Saturday
    ],
)
def test_the_month_moves_over_holidays_and_not_over_make_up_days(town: Town, accepted: datetime, due: date) -> None:
    assert at_the_table(town, accepted).clock("mediation").due_on == due


def test_both_sides_may_lengthen_the_talks_more_than_once(town: Town) -> None:
    story = at_the_table(town, on(9, 1))
    story.take("extend", HEAD, data=MONTH, on=on(9, 28))
    assert story.clock("mediation").due_on == date(2026, 11, 2)
    assert "2026年11月2日" in story.letter("mediation_extended")
    story.take("extend", HEAD, data={**MONTH, "amount": 2}, on=on(10, 30))
    assert story.clock("mediation").due_on == date(2027, 1, 1) + timedelta(days=3)


def test_what_the_table_lets_be_lengthened_eight_times_is_not_offered_a_ninth(town: Town) -> None:
    story = at_the_table(town, on(9, 1))
    for _ in range(8):
        story.take("extend", HEAD, data=MONTH, on=on(9, 28))
    assert "extend" not in {step.name for step in steps_open_to(story.case, story.actor(HEAD), at=story.at)}
    with pytest.raises(NotFromHere, match="已经延长过8次"):
        story.take("extend", HEAD, data=MONTH)


@pytest.mark.parametrize("lacking", ["applicant_agrees", "other_agrees", "reason", "amount"])
def test_one_side_alone_does_not_lengthen_the_talks(town: Town, lacking: str) -> None:
    story = at_the_table(town, on(9, 1))
    with pytest.raises(Missing) as refusal:
        story.take("extend", HEAD, data={key: value for key, value in MONTH.items() if key != lacking})
    assert set(refusal.value.fields) == {lacking}


def test_a_month_that_is_over_is_not_lengthened(town: Town) -> None:
    story = at_the_table(town, on(9, 1))
    with pytest.raises(Missing, match="已经届满"):
        story.take("extend", HEAD, data=MONTH, on=on(10, 9))
    assert story.clock("mediation").is_overdue


def test_the_month_stops_with_the_agreement_and_with_the_end(town: Town) -> None:
    assert agreed(town, on(9, 1)).clock("mediation").condition == "met"
    late = at_the_table(town, on(9, 1))
    late.take("stop", CITIZEN, on=on(10, 9))
    assert late.clock("mediation").condition == "missed"


# --- MD04 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "received", "due"),
    [
        ("court_delegated", on(9, 8), date(2026, 10, 8)),
        ("court_delegated", on(9, 10), date(2026, 10, 10)),
        ("court_delegated", on(1, 20), date(2026, 2, 24)),
        ("court_entrusted", on(9, 18), date(2026, 10, 8)),
        ("court_entrusted", on(1, 30), date(2026, 2, 14)),
        ("court_entrusted_summary", on(9, 28), date(2026, 10, 8)),
        ("court_entrusted_summary", on(10, 3), date(2026, 10, 10)),
        ("court_entrusted_summary", on(2, 10), date(2026, 2, 24)),
    ],
)
def test_what_a_court_hands_over_has_thirty_fifteen_or_seven_days(
    town: Town, origin: str, received: datetime, due: date
) -> None:
    _, clock, limit = COURT_STEPS[origin]
    reading = from_court(town, received, origin).clock(clock)
    assert (reading.limit.count, reading.due_on) == (limit, due)


def test_the_days_of_a_court_run_from_the_signed_receipt_not_from_the_record(town: Town) -> None:
    story = from_court(town, on(3, 16), "court_delegated", received_on=date(2026, 3, 12))
    assert story.clock("delegated").due_on == date(2026, 4, 13)


def test_only_the_limit_of_the_origin_runs(town: Town) -> None:
    for origin, (_, clock, _) in COURT_STEPS.items():
        story = from_court(town, on(3, 10), origin)
        names = {row.name for row in story.case.clocks.filter(condition="running")}
        assert names == {clock}


@pytest.mark.parametrize("origin", COURT_STEPS)
def test_a_dispute_is_accepted_only_the_way_it_came(town: Town, origin: str) -> None:
    story = Mediation(town, on(3, 10)).register(origin).reply()
    for other, (step, _, _) in COURT_STEPS.items():
        if other != origin:
            with pytest.raises(NotFromHere):
                story.accept_from_court(step)
    for step in ("accept", "accept_labour"):
        with pytest.raises(NotFromHere):
            story.accept(step, {"applied_on": story.today})
    with pytest.raises(Missing, match="移交"):
        story.accept(COURT_STEPS[origin][0], {"received_on": story.today})


@pytest.mark.parametrize("origin", COURT_STEPS)
def test_an_appraisal_online_is_left_out_of_the_courts_days(town: Town, origin: str) -> None:
    _, clock, _ = COURT_STEPS[origin]
    story = from_court(town, on(9, 21), origin, is_online=True)
    before = story.clock(clock).last_day
    story.take("begin_appraisal", data={"what": "墙体裂缝的原因", "by": "某鉴定所"}, on=on(9, 24))
    assert story.clock(clock).condition == "paused"
    with pytest.raises(NotFromHere):
        story.take("begin_appraisal", data={"what": "墙体裂缝的原因", "by": "某鉴定所"})
    story.take("end_appraisal", data={}, on=on(10, 12))
    # The day of the pause counts, the eighteen days to the resumption do not.
    assert story.clock(clock).last_day == before + timedelta(days=18)
    with pytest.raises(NotFromHere):
        story.take("end_appraisal", data={})


def test_an_appraisal_leaves_no_time_out_where_the_talks_are_not_online(town: Town) -> None:
    appraisal = {"what": "墙体裂缝的原因", "by": "某鉴定所"}
    for story in (from_court(town, on(9, 21), "court_delegated"), at_the_table(town, on(9, 21))):
        with pytest.raises(NotFromHere, match="在线"):
            story.take("begin_appraisal", data=appraisal)


def test_the_days_of_a_court_are_lengthened_in_days_by_both_sides(town: Town) -> None:
    story = from_court(town, on(9, 18), "court_entrusted")
    with pytest.raises(NotFromHere):
        story.take("extend", HEAD, data=MONTH)
    story.take("extend_days", HEAD, data={**MONTH, "amount": 10}, on=on(9, 29))
    assert story.clock("entrusted").due_on == date(2026, 10, 13)


# --- MD05 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("applied", "due"),
    [(on(9, 22), date(2026, 10, 8)), (on(9, 25), date(2026, 10, 10)), (on(2, 5), date(2026, 2, 24))],
)
def test_a_labour_dispute_is_free_for_arbitration_after_fifteen_days(town: Town, applied: datetime, due: date) -> None:
    story = Mediation(town, applied).apply(dispute="labour").reply()
    with pytest.raises(NotFromHere, match="15日"):
        story.accept()
    day = {"applied_on": applied.date()}
    story.at += timedelta(days=1)
    story.accept("accept_labour", day)
    assert story.clock("labour").due_on == due
    assert "mediation" not in {row.name for row in story.case.clocks.all()}
    story.take("extend_days", HEAD, data={**MONTH, "amount": 5})
    assert story.clock("labour").last_day == applied.date() + timedelta(days=20)


def test_the_labour_days_are_not_for_other_disputes(town: Town) -> None:
    story = Mediation(town, on(3, 10)).apply().reply()
    with pytest.raises(NotFromHere):
        story.accept("accept_labour", {"applied_on": story.today})


# --- MD02 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effective", "due"),
    [(on(9, 2), date(2026, 10, 8)), (on(9, 10), date(2026, 10, 10)), (on(1, 16), date(2026, 2, 24))],
)
def test_both_sides_have_thirty_days_for_the_court(town: Town, effective: datetime, due: date) -> None:
    story = agreed(town, effective)
    assert story.clock("confirmation_window").due_on == due
    late = datetime.combine(due, effective.timetz()) + timedelta(days=1)
    with pytest.raises(NotFromHere, match="30日"):
        story.take("confirm_in_court", CITIZEN, on=late)
    story.at = late - timedelta(days=1)
    Confirmation(story)
    assert story.clock("confirmation_window").condition == "met"


def test_a_window_nobody_used_closes_by_itself_and_the_agreement_stands(town: Town) -> None:
    story = agreed(town, on(3, 10))
    assert take_timed_steps(at=on(4, 9)) == 0
    assert take_timed_steps(at=on(4, 10)) == 1
    assert take_timed_steps(at=on(4, 11)) == 0
    story.reload()
    assert story.state == "agreed"
    assert "协议仍然有效" in story.case.log.latest("number").told


def test_an_oral_agreement_starts_no_days_for_the_court(town: Town) -> None:
    story = at_the_table(town, on(3, 10)).meet().agree_orally()
    assert "confirmation_window" not in {row.name for row in story.case.clocks.all()}
    story.at = on(3, 12)
    story.take("put_in_writing", MEDIATOR, {**DRAFT, **story.signatures()}, Doc.MEDIATION_AGREEMENT)
    assert story.clock("confirmation_window").due_on == date(2026, 4, 13)


# --- the defaults -------------------------------------------------------------------------------------------------


def test_a_dispute_is_registered_the_next_working_day_at_the_latest(town: Town) -> None:
    story = Mediation(town, on(9, 30))
    assert story.clock("registration").due_on == date(2026, 10, 8)
    assert Mediation(town, on(10, 9)).clock("registration").due_on == date(2026, 10, 10)


def test_the_committee_decides_within_three_working_days(town: Town) -> None:
    story = Mediation(town, on(9, 29)).apply()
    assert story.clock("acceptance").due_on == date(2026, 10, 9)


def test_the_committee_looks_at_the_performance_within_fifteen_days_of_each_due_date(town: Town) -> None:
    story = at_the_table(town, on(9, 1)).meet().draft().sign(due_on=date(2026, 9, 20))
    assert story.clock("follow_up").due_on == date(2026, 10, 8)
    visit = {"visited_on": date(2026, 9, 30), "way": "visit", "finding": "第一期已付。", "due_on": date(2026, 10, 30)}
    story.take("follow_up", data=visit, on=on(9, 30))
    assert story.clock("follow_up").due_on == date(2026, 11, 16)
    story.fulfil()
    assert story.clock("follow_up").condition == "met"


def test_the_police_hear_of_a_danger_within_the_hour(town: Town) -> None:
    story = at_the_table(town, on(10, 1, 8, minute=17))
    story.take("raise_alarm", data=ALARM, on=on(10, 1, 8, minute=20))
    assert story.clock("police").due_at == on(10, 1, 9, minute=20)
    assert story.clock("police", on(10, 1, 9, minute=21)).is_overdue
    story.take("report_police", data={"station": "派出所", "way": "110"}, on=on(10, 1, 9, minute=20))
    assert story.clock("police").condition == "met"
    story.take("raise_alarm", data=ALARM, on=on(10, 2, 8))
    assert story.clock("police").due_at == on(10, 2, 9)


def test_a_file_is_closed_within_thirty_days(town: Town) -> None:
    story = agreed(town, on(9, 1))
    story.at = on(9, 4)
    story.fulfil()
    assert story.clock("archive").due_on == date(2026, 10, 8)


def test_a_province_may_replace_an_unconfirmed_limit_without_touching_the_others(town: Town) -> None:
    Parameter.objects.create(
        key="clock.MD04", region="23", value={"count": 20, "unit": "CD"}, since="2025-01-01", basis="本省规定"
    )
    assert from_court(town, on(3, 10), "court_delegated").clock("delegated").due_on == date(2026, 3, 30)
    assert from_court(town, on(3, 10), "court_entrusted").clock("entrusted").due_on == date(2026, 3, 25)


def test_every_clock_of_the_catalogue_is_there() -> None:
    assert {clock.id for clock in PROCEDURE.clocks} >= {"MD01", "MD02", "MD04", "MD05"}


def test_no_clock_runs_on_in_a_closed_case(town: Town) -> None:
    story = agreed(town, on(9, 1)).fulfil().archive()
    assert {clock.condition for clock in story.case.clocks.all()} <= {"met", "missed"}
    other = Mediation(town, on(9, 1)).apply()
    other.take("decline", data={"reason": "not_civil", "route": "区政府信访局", **REASON})
    assert not other.case.clocks.filter(condition="running").exists()
