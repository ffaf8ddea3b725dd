"""Dispatching: unasked when all is clear, otherwise left in the pool with the reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from santai.casework.models import Case
from santai.casework.refusals import Missing, Refused, Stale
from santai.dispatch.assign import dispatch
from santai.dispatch.models import PoolNote, Reservation, Rota
from santai.dispatch.periodic import dispatch_waiting
from santai.dispatch.pool import BadCursor, pool
from santai.dispatch.propose import propose
from santai.dispatch.reserve import reserve, show
from santai.dispatch.rota import on_duty
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests import factories
from tests.dispatch.makers import body, firm, person, waiting


def dispatcher(region: str = "2301") -> User:
    return factories.make_staff(Role.DISPATCHER, factories.make_organisation("centre", region=region))


def test_a_clear_case_is_dispatched_to_an_organisation_and_a_person_with_reasons(monday: datetime) -> None:
    office = firm()
    case = waiting(monday)

    proposal = dispatch(case, at=monday)

    assert proposal is not None
    assert (case.state, case.organisation) == ("dispatched", office)
    assert case.handler == office.practitioners.get().user
    entry = case.log.last()
    assert (entry.step, entry.role) == ("dispatch", Role.SYSTEM)
    assert "同在道里区" in entry.data["reasons"]
    assert not PoolNote.objects.exists()


def test_a_doubtful_case_stays_in_the_pool_with_the_reason(monday: datetime) -> None:
    firm()
    case = waiting(monday, sure=False)

    assert dispatch(case, at=monday) is None
    assert case.state == "received"
    assert case.pool_note.reason == "分类把握不大，请先核对事项和地点"


def test_a_case_that_only_another_city_could_take_is_left_to_a_person(monday: datetime) -> None:
    far = firm("230202")
    case = waiting(monday)

    assert dispatch(case, at=monday) is None
    assert case.pool_note.reason == f"首选{far.name}，但理由不够充分，请人工确认"


def test_a_case_nobody_can_take_stays_with_the_reason(monday: datetime) -> None:
    case = waiting(monday)

    assert dispatch(case, at=monday) is None
    assert case.pool_note.reason == "没有找到可以承办的单位，请人工选择"


def test_a_case_without_triage_facts_is_read_again(monday: datetime) -> None:
    office = firm()
    case = factories.make_case(monday, matter="劳动纠纷", text="老板拖欠我三个月工资，劳动合同也没签，我想申请劳动仲裁")

    assert dispatch(case, at=monday) is not None
    assert case.organisation == office


def test_a_dispatched_case_is_not_dispatched_again(monday: datetime) -> None:
    firm()
    case = waiting(monday)
    dispatch(case, at=monday)

    assert dispatch(case, at=monday) is None
    assert case.version == 2


def test_a_dispatcher_may_choose_the_second_proposal(monday: datetime) -> None:
    firm(), firm()
    case, actor = waiting(monday, sure=False), Actor.staff(dispatcher())
    second = propose(case, at=monday)[1]

    assert dispatch(case, actor=actor, proposal=second, at=monday) == second
    assert case.organisation == second.organisation
    assert case.log.last().actor == actor.user


def test_a_dispatcher_of_another_city_is_refused(monday: datetime) -> None:
    firm()
    case = waiting(monday)
    (proposal,) = propose(case, at=monday)

    with pytest.raises(Refused):
        dispatch(case, actor=Actor.staff(dispatcher("2302")), proposal=proposal, at=monday)
    assert Case.objects.get(pk=case.pk).state == "received"


def test_two_dispatchers_are_shown_different_people(monday: datetime) -> None:
    office = body()
    person(office), person(office)
    one, other = dispatcher(), dispatcher()

    first = show(waiting(monday), user=one, at=monday).proposals[0].practitioner
    second = show(waiting(monday), user=other, at=monday + timedelta(seconds=30)).proposals[0].practitioner

    assert None not in (first, second)
    assert first != second


def test_a_dispatcher_keeps_seeing_the_people_reserved_for_them(monday: datetime) -> None:
    firm()
    case, user = waiting(monday), dispatcher()

    once, again = (show(case, user=user, at=monday).proposals for _ in range(2))

    assert once == again
    assert once[0].practitioner is not None


def test_a_reservation_ends_after_a_minute(monday: datetime) -> None:
    firm()
    show(waiting(monday), user=dispatcher(), at=monday)
    case, other = waiting(monday), dispatcher()

    within = show(case, user=other, at=monday + timedelta(seconds=59)).proposals[0]
    after = show(case, user=other, at=monday + timedelta(seconds=60)).proposals[0]

    assert within.practitioner is None
    assert "另一位分派员" in within.reasons[-1]
    assert after.practitioner is not None
    assert Reservation.objects.get().user == other


def test_a_person_reserved_by_another_cannot_be_picked_from_an_old_screen(monday: datetime) -> None:
    firm()
    case = waiting(monday)
    (old,) = propose(case, at=monday)
    show(waiting(monday), user=dispatcher(), at=monday)

    with pytest.raises(Stale):
        dispatch(case, actor=Actor.staff(dispatcher()), proposal=old, at=monday)
    assert Case.objects.get(pk=case.pk).state == "received"


def test_of_two_dispatchers_in_the_same_instant_one_gets_the_person(monday: datetime) -> None:
    wanted = [firm().practitioners.get().pk]

    assert reserve(wanted, user=dispatcher(), at=monday) == set(wanted)
    assert reserve(wanted, user=dispatcher(), at=monday) == set()


def test_picking_a_person_ends_the_reservation(monday: datetime) -> None:
    firm()
    case, user = waiting(monday), dispatcher()
    (chosen,) = show(case, user=user, at=monday).proposals

    dispatch(case, actor=Actor.staff(user), proposal=chosen, at=monday)

    assert not Reservation.objects.exists()


def test_a_person_who_left_the_firm_meanwhile_is_refused_and_nothing_changes(monday: datetime) -> None:
    office = firm()
    case, user = waiting(monday), dispatcher()
    (chosen,) = propose(case, at=monday)
    office.memberships.update(until="2021-01-01")

    with pytest.raises(Missing):
        dispatch(case, actor=Actor.staff(user), proposal=chosen, at=monday)
    assert Case.objects.get(pk=case.pk).state == "received"


def test_the_sweep_dispatches_the_clear_and_leaves_the_doubtful(monday: datetime) -> None:
    firm()
    clear, doubtful = waiting(monday), waiting(monday, sure=False)

    assert dispatch_waiting(10, monday) == 1
    assert Case.objects.get(pk=clear.pk).state == "dispatched"
    assert Case.objects.get(pk=doubtful.pk).state == "received"


def test_doubtful_cases_do_not_hold_up_the_clear_one_behind_them(monday: datetime) -> None:
    firm()
    for _ in range(3):
        waiting(monday, sure=False, urgency=2)
    clear = waiting(monday + timedelta(minutes=1))

    done = [dispatch_waiting(2, monday + timedelta(minutes=minutes)) for minutes in (5, 10)]

    assert done == [0, 1]
    assert Case.objects.get(pk=clear.pk).state == "dispatched"


def test_the_sweep_takes_the_urgent_first(monday: datetime) -> None:
    firm()
    waiting(monday)
    urgent = waiting(monday + timedelta(minutes=1), urgency=2)

    assert dispatch_waiting(1, monday + timedelta(minutes=2)) == 1
    assert Case.objects.get(pk=urgent.pk).state == "dispatched"


def test_a_sweep_spreads_the_work(monday: datetime) -> None:
    offices = [firm() for _ in range(3)]
    for _ in range(9):
        waiting(monday)

    dispatch_waiting(20, monday)

    assert [office.cases.count() for office in offices] == [3, 3, 3]


def test_the_pool_shows_the_urgent_first_then_the_oldest_page_by_page(monday: datetime) -> None:
    made = [waiting(monday + timedelta(minutes=minute), urgency=minute % 2) for minute in range(5)]
    user = dispatcher()

    first = pool(user, size=3)
    second = pool(user, size=3, cursor=first.cursor)

    assert [*first.cases, *second.cases] == [made[1], made[3], made[0], made[2], made[4]]
    assert second.cursor == ""
    assert first.counts == {"received": 5, "returned": 0, "urgent": 0}


def test_the_pool_holds_only_the_dispatchers_own_region_and_only_what_waits(monday: datetime) -> None:
    firm()
    here, there, done = waiting(monday), waiting(monday, region="230202"), waiting(monday)
    dispatch(done, at=monday)

    assert pool(dispatcher()).cases == [here]
    assert pool(dispatcher("2302")).cases == [there]
    assert pool(factories.make_staff(Role.LAWYER, body())).cases == []


@pytest.mark.parametrize("cursor", ["x", "1|2|3", "1|2026-03-02T09:00:00|5", "a|b|c|d"])
def test_a_spoilt_cursor_is_told_apart_from_an_empty_page(monday: datetime, cursor: str) -> None:
    with pytest.raises(BadCursor):
        pool(dispatcher(), cursor=cursor)


def test_on_duty_names_who_began_first(monday: datetime) -> None:
    office = body()
    early, late = person(office), person(office)
    for who, start in ((late, 1), (early, 2)):
        Rota.objects.create(
            organisation=office,
            user=who.user,
            starts_at=monday - timedelta(hours=start),
            ends_at=monday + timedelta(hours=8),
        )

    assert on_duty(office, monday) == [early.user, late.user]
    assert on_duty(office, monday + timedelta(hours=8)) == []


def test_a_turn_of_duty_cannot_end_before_it_begins(monday: datetime) -> None:
    turn = Rota(organisation=body(), user=dispatcher(), starts_at=monday, ends_at=monday)

    with pytest.raises(ValidationError, match="值班结束时间要晚于开始时间"):
        turn.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        turn.save()


def test_the_platform_is_the_actor_when_nobody_asked(monday: datetime) -> None:
    firm()
    case = waiting(monday)
    dispatch(case, at=monday)

    assert case.log.last().actor_name == SYSTEM.name
