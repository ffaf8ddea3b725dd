"""The rota of duty lawyers: nobody sits at two places at once; and the ledger that is read from the cases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from santai.dispatch.duty import cancel, places_of, plan, plan_weekly, seen_by, told
from santai.dispatch.duty_ledger import entries, summary
from santai.registry.duty import DutyPlace, DutyShift, on_duty_at
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town, make_organisation, make_staff
from tests.procedures.legal_aid_criminal_story import WHY, Duty, another_lawyer, duty_place
from tests.procedures.legal_aid_story import DIRECTOR, LAWYER, OFFICER

pytestmark = pytest.mark.django_db


def shift(town: Town, place: DutyPlace, starts_at: datetime, hours: float = 8, **fields: object) -> DutyShift:
    values: dict[str, object] = {
        "practitioner": town.staff[LAWYER].practitioner,  # type: ignore[attr-defined]
        "planned_by": town.staff[OFFICER],
        "ends_at": starts_at + timedelta(hours=hours),
        **fields,
    }
    return DutyShift(place=place, starts_at=starts_at, **values)


# --- planning -----------------------------------------------------------------------------------------------------


def test_a_lawyer_sits_where_and_when_it_was_planned(town: Town, monday: datetime) -> None:
    place = duty_place(town)
    plan(shift(town, place, monday))
    assert [one.practitioner.user for one in on_duty_at(place, monday)] == [town.staff[LAWYER]]
    assert not on_duty_at(place, monday + timedelta(hours=8)).exists()
    assert not on_duty_at(place, monday - timedelta(minutes=1)).exists()


@pytest.mark.parametrize("offset", [-7.9, -1, 0, 4, 7.9])
def test_no_lawyer_sits_at_two_places_at_once(town: Town, monday: datetime, offset: float) -> None:
    plan(shift(town, duty_place(town), monday))
    court = duty_place(town, "道里区人民法院")
    with pytest.raises(ValidationError, match="同一时间不能排两处"):
        plan(shift(town, court, monday + timedelta(hours=offset)))


@pytest.mark.parametrize("offset", [-8, 8])
def test_one_shift_may_begin_where_another_ends(town: Town, monday: datetime, offset: int) -> None:
    plan(shift(town, duty_place(town), monday))
    plan(shift(town, duty_place(town, "道里区人民法院"), monday + timedelta(hours=offset)))
    assert DutyShift.objects.count() == 2


def test_two_lawyers_may_sit_together(town: Town, monday: datetime) -> None:
    place = duty_place(town)
    plan(shift(town, place, monday))
    plan(shift(town, place, monday, practitioner=another_lawyer(town)))
    assert on_duty_at(place, monday).count() == 2


@pytest.mark.parametrize(
    ("fields", "says"), [({"standing": "suspended"}, "停止执业"), ({"kind": "notary"}, "不能担任值班律师")]
)
def test_who_may_not_practise_is_not_planned(
    town: Town, monday: datetime, fields: dict[str, object], says: str
) -> None:
    lawyer = another_lawyer(town)
    Practitioner.objects.filter(pk=lawyer.pk).update(**fields)
    lawyer.refresh_from_db()
    with pytest.raises(ValidationError, match=says):
        plan(shift(town, duty_place(town), monday, practitioner=lawyer))


def test_a_shift_ends_after_it_begins_and_within_a_month(town: Town, monday: datetime) -> None:
    place = duty_place(town)
    for hours, says in ((0, "要晚于开始时间"), (-1, "要晚于开始时间"), (24 * 31 + 1, "不能超过31天")):
        with pytest.raises(ValidationError, match=says):
            plan(shift(town, place, monday, hours))
    plan(shift(town, place, monday, 24 * 31))


def test_weeks_are_planned_all_or_none_and_every_clash_is_named(town: Town, monday: datetime) -> None:
    place, court = duty_place(town), duty_place(town, "道里区人民法院")
    for week in (1, 3):
        plan(shift(town, court, monday + timedelta(weeks=week)))
    with pytest.raises(ValidationError) as refusal:
        plan_weekly(shift(town, place, monday), weeks=3)
    assert len(refusal.value.messages) == 2
    assert DutyShift.objects.filter(place=place).count() == 0
    assert len(plan_weekly(shift(town, place, monday + timedelta(days=1)), weeks=3)) == 4


def test_a_cancelled_shift_frees_the_lawyer_and_stays_on_record_with_its_reason(town: Town, monday: datetime) -> None:
    first = plan(shift(town, duty_place(town), monday))
    with pytest.raises(ValidationError, match="原因"):
        cancel(first, reason=" ", at=monday - timedelta(days=1))
    cancel(first, reason="律师出庭", at=monday - timedelta(days=1))
    with pytest.raises(ValidationError, match="取消过"):
        cancel(first, reason="再取消一次", at=monday - timedelta(days=1))
    plan(shift(town, duty_place(town, "道里区人民法院"), monday))
    first.refresh_from_db()
    assert first.cancelled_because == "律师出庭"
    assert not on_duty_at(first.place, monday).exists()


def test_a_shift_that_is_over_is_not_cancelled(town: Town, monday: datetime) -> None:
    past = plan(shift(town, duty_place(town), monday))
    with pytest.raises(ValidationError, match="已经结束"):
        cancel(past, reason="记错了", at=past.ends_at)


def test_a_night_shift_names_both_days(town: Town, monday: datetime) -> None:
    assert told(shift(town, duty_place(town), monday, 8)) == "2026-03-02 09:00至17:00"
    assert told(shift(town, duty_place(town), monday, 24)) == "2026-03-02 09:00至2026-03-03 09:00"


def test_everybody_sees_their_own_part_of_the_rota(town: Town, monday: datetime) -> None:
    one = plan(shift(town, duty_place(town), monday))
    elsewhere = make_organisation("legal_aid", region="230103")
    stranger = make_staff(Role.LEGAL_AID_OFFICER, elsewhere)
    for role in (LAWYER, OFFICER, DIRECTOR, Role.SUPERVISOR):
        assert list(seen_by(town.staff[role])) == [one], role
    for user in (stranger, another_lawyer(town).user, town.staff[Role.DISPATCHER]):
        assert user
        assert not seen_by(user).exists()
    assert list(places_of(town.staff[OFFICER])) == [one.place]
    assert not places_of(town.staff[LAWYER]).exists()


# --- the ledger ---------------------------------------------------------------------------------------------------


def book(town: Town, monday: datetime, role: Role = OFFICER, **wanted: object) -> list[str]:
    first = monday.date()
    given = {"first": first, "last": first + timedelta(days=7), "at": monday, **wanted}
    return [one.what for one in entries(town.actor(role), **given)]  # type: ignore[arg-type]


def test_help_refusal_and_plea_are_in_the_ledger_without_being_typed_again(town: Town, monday: datetime) -> None:
    helped = Duty(town, monday).request().tell().help()
    helped.take("give_opinion", LAWYER, {"about": "charge", "text": "罪名应当是盗窃而不是抢劫。"})
    helped.take("no_plea_paper", LAWYER, {**WHY, "reason": "changed_mind"})
    assert book(town, monday) == ["没有签署具结书", "向办案机关提出意见", "提供法律帮助"]
    found = entries(town.actor(OFFICER), first=monday.date(), last=monday.date(), at=monday)[-1]
    assert (found.place, found.organ, found.details) == (
        "道里区看守所",
        "道里区公安分局",
        "当面；法律咨询、帮助申请法律援助",
    )
    assert found.happened_on == "2026-03-02 09:00"


def test_the_ledger_is_of_a_place_and_a_period(town: Town, monday: datetime) -> None:
    story = Duty(town, monday).request().tell().help()
    court = duty_place(town, "道里区人民法院")
    assert book(town, monday, place=story.place.pk) == ["提供法律帮助"]
    assert book(town, monday, place=court.pk) == []
    assert book(town, monday, first=monday.date() + timedelta(days=1)) == []


def test_what_was_written_down_a_day_later_is_marked(town: Town, monday: datetime) -> None:
    story = Duty(town, monday).request().tell()
    story.at += timedelta(days=1)
    story.help(helped_at=monday.isoformat())
    found = entries(town.actor(OFFICER), first=monday.date(), last=story.today, at=story.at)
    assert [one.is_late for one in found] == [True]


def test_the_ledger_shows_nobody_more_than_their_cases(town: Town, monday: datetime) -> None:
    Duty(town, monday).request().tell().help()
    assert book(town, monday, LAWYER) == ["提供法律帮助"]
    assert book(town, monday, Role.SUPERVISOR) == ["提供法律帮助"]
    stranger = make_staff(Role.LEGAL_AID_OFFICER, make_organisation("legal_aid", region="230103"))
    town.staff[Role.LEGAL_AID_OFFICER] = stranger
    assert book(town, monday) == []


def test_requests_help_and_the_24_hours_are_counted(town: Town, monday: datetime) -> None:
    Duty(town, monday).request().tell().help()
    late = Duty(town, monday).request()
    late.at += timedelta(hours=25)
    late.tell(told_at=late.at.isoformat(), off_rota="没有排班，电话通知。")
    Duty(town, monday).notice()
    found = summary(town.actor(OFFICER), first=monday.date(), last=monday.date() + timedelta(days=2), at=late.at)
    assert (found.asked, found.noticed, found.helped, found.refused) == (2, 1, 1, 0)
    assert (found.told_in_time, found.told) == (1, 2)
