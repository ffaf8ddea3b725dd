"""Calls to the hotline: when they rang and were answered, and what a consultation on the phone takes from them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from santai.casework.models import Case, Parameter
from santai.casework.reading import clocks_of
from santai.intake import calls
from santai.intake.models import CallRecord
from santai.intake.receive import Applicant, Need, receive
from santai.trust.actors import Channel
from santai.trust.roles import Role
from tests.factories import Town, make_organisation, make_staff

pytestmark = pytest.mark.django_db
PHONE = "13800001111"


def rung(town: Town, at: datetime, *, after: float | None = None, number: str = PHONE) -> CallRecord:
    record = calls.ring(town.hotline, number, at=at)
    if after is not None:
        assert calls.answer(record, town.staff[Role.HOTLINE_AGENT], at=at + timedelta(seconds=after))
    record.refresh_from_db()
    return record


def consultation(town: Town, at: datetime, *, channel: Channel = Channel.HOTLINE) -> Case:
    need = Need(
        channel, "老板拖欠工资，问问怎么办", "230102", applicant=Applicant("王小明", PHONE), procedure="consultation"
    )
    root = receive(need, actor=town.actor(Role.HOTLINE_AGENT, channel), at=at).case
    return root.children.get()


def test_the_number_is_found_again_in_any_spelling_and_not_kept(town: Town, monday: datetime) -> None:
    record = rung(town, monday, number="138 0000 1111")
    assert calls.ringing(town.hotline, "+86-13800001111", at=monday) == record
    assert PHONE not in str(vars(record))


def test_a_ring_told_twice_is_one_call(town: Town, monday: datetime) -> None:
    first = calls.ring(town.hotline, PHONE, at=monday, reference="a-1")
    assert calls.ring(town.hotline, PHONE, at=monday + timedelta(seconds=2), reference="a-1") == first
    assert CallRecord.objects.get().rang_at == monday
    assert calls.ring(make_organisation("hotline"), PHONE, at=monday, reference="a-1") != first


def test_of_two_agents_one_answers(town: Town, monday: datetime) -> None:
    record = rung(town, monday, after=4)
    colleague = make_staff(Role.HOTLINE_AGENT, town.hotline)
    assert not calls.answer(record, colleague, at=monday + timedelta(seconds=5))
    record.refresh_from_db()
    assert record.agent == town.staff[Role.HOTLINE_AGENT]


def test_an_old_ring_and_another_hotlines_ring_are_not_taken_for_this_call(town: Town, monday: datetime) -> None:
    rung(town, monday)
    assert calls.ringing(town.hotline, PHONE, at=monday + calls.RINGS_FOR) is None
    assert calls.ringing(make_organisation("hotline"), PHONE, at=monday) is None


def test_no_call_is_answered_before_it_rang_or_ended_without_an_answer(town: Town, monday: datetime) -> None:
    record = rung(town, monday)
    for wrong in (
        {"agent": town.staff[Role.HOTLINE_AGENT], "answered_at": monday - timedelta(seconds=1)},
        {"ended_at": monday},
        {"rang_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallRecord.objects.filter(pk=record.pk).update(**wrong)


# --- what a consultation takes from it ----------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "verdict"), [(9, "met"), (15, "met"), (16, "missed")])
def test_a_consultation_opened_on_the_phone_begins_with_its_call(
    town: Town, monday: datetime, seconds: int, verdict: str
) -> None:
    rung(town, monday, after=seconds)
    case = consultation(town, monday + timedelta(minutes=3))
    assert [entry.step for entry in case.log.order_by("number")] == ["open", "ring", "pick_up"]
    assert case.version == 3
    clock = next(one for one in clocks_of(case, now=monday) if one.clock.name == "pick_up")
    assert (clock.condition, clock.started_at) == (verdict, monday)
    assert all(entry.told == "" for entry in case.log.filter(step__in=("ring", "pick_up")))


def test_without_a_ring_or_on_another_channel_or_after_the_call_nothing_is_made_up(
    town: Town, monday: datetime
) -> None:
    agent = town.staff[Role.HOTLINE_AGENT]
    calls.answered_unseen(town.hotline, PHONE, agent, at=monday)
    assert consultation(town, monday).log.count() == 1
    rung(town, monday, after=3)
    assert consultation(town, monday + timedelta(hours=1), channel=Channel.COUNTER).log.count() == 1
    calls.end(agent, at=monday + timedelta(hours=2))
    assert consultation(town, monday + timedelta(hours=3)).log.count() == 1


def test_a_call_nobody_hung_up_is_over_after_some_hours(town: Town, monday: datetime) -> None:
    rung(town, monday, after=3)
    assert consultation(town, monday + calls.LONGEST_CALL + timedelta(minutes=1)).log.count() == 1


# --- the share answered in time -----------------------------------------------------------------------------------


def test_the_share_counts_who_waited_and_who_was_never_answered(town: Town, monday: datetime) -> None:
    for minute, after in enumerate((2, 15, 15.5, 40, None)):
        rung(town, monday + timedelta(minutes=minute), after=after)
    calls.answered_unseen(town.hotline, PHONE, town.staff[Role.HOTLINE_AGENT], at=monday)
    rung(town, monday + timedelta(hours=1))
    found = calls.answering(town.hotline, since=date(2026, 3, 2), now=monday + timedelta(hours=1, seconds=5))
    day = found[0]
    assert (len(found), day.calls, day.in_time, day.late, day.unanswered) == (1, 5, 2, 2, 1)
    assert (day.percent, day.seconds, day.day) == ("40.0", "18.1", date(2026, 3, 2))
    assert calls.unmeasured(town.hotline, since=monday) == 1
    late = calls.slowest(town.hotline, since=monday, now=monday + timedelta(hours=2), limit=9)
    assert [one.answered_at is None for one in late] == [True, True, False, False]


def test_a_day_is_a_chinese_day_and_a_hotline_counts_its_own(town: Town, monday: datetime) -> None:
    late_evening = datetime(2026, 3, 2, 15, 59, 50, tzinfo=UTC)
    rung(town, late_evening, after=5)
    rung(town, late_evening + timedelta(seconds=15), after=5)
    calls.ring(make_organisation("hotline"), PHONE, at=late_evening)
    found = calls.answering(town.hotline, since=date(2026, 3, 1), now=late_evening + timedelta(days=1))
    assert [(day.day, day.calls) for day in found] == [(date(2026, 3, 3), 1), (date(2026, 3, 2), 1)]


def test_a_province_may_set_its_own_seconds(town: Town, monday: datetime) -> None:
    assert calls.seconds_allowed("23", monday.date()) == 15
    rung(town, monday, after=18)
    limit = {"count": 20, "unit": "SEC"}
    Parameter.objects.create(key="clock.HL01", region="23", value=limit, since=date(2024, 1, 1), basis="本省规定")
    assert calls.seconds_allowed("23", monday.date()) == 20
    assert calls.answering(town.hotline, since=monday.date(), now=monday + timedelta(hours=1))[0].in_time == 1


def test_not_quite_all_is_not_a_hundred() -> None:
    assert calls.Answering(calls=2001, in_time=2000).percent == "99.9"
    assert calls.Answering().percent == "—"
