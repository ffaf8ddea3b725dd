"""A work order against the calendar and the rules it lives under, told by what really is in its log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.actions import open_case, take_step
from santai.casework.models import Case, LogEntry, Parameter
from santai.casework.periodic import take_timed_steps
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import Membership
from santai.trust.roles import Role
from tests.conftest import SHANGHAI
from tests.factories import LONG_AGO, Town, make_case

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "可以向劳动监察投诉，也可以申请劳动仲裁。"}
MORE = {"what": "请交来工资条", "by": "2026-12-31"}
WISH = {"amount": 3, "reason": "需要调取工资流水"}
RETURN = {"reason": "not_our_duty", "ground": "律师法第二条", "explanation": "属于调解事项"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text if ":" in text else f"{text} 09:00").replace(tzinfo=SHANGHAI)


class Order:
    """A work order to which things happen on given days."""

    def __init__(self, town: Town, opened: str) -> None:
        self.town = town
        self.case = make_case(moment(opened))

    def take(self, name: str, role: Role, on: str, data: Mapping[str, Any] | None = None) -> LogEntry:
        actors = {Role.SYSTEM: SYSTEM, Role.APPLICANT: Actor.applicant(self.case.applicant_id)}
        actor = actors.get(role) or self.town.actor(role)
        return take_step(self.case, name, actor=actor, data=data, at=moment(on))

    def dispatch(self, on: str, step: str = "dispatch", role: Role = Role.SYSTEM) -> Order:
        self.take(step, role, on, {"organisation": self.town.firm.pk})
        return self

    def claim(self, on: str) -> Order:
        self.take("claim", Role.LAWYER, on)
        return self

    def due(self, clock: str) -> str:
        found = {one.clock.name: one for one in clocks_of(self.case, now=self.case.opened_at)}
        return str(found[clock].due_on)


# --- the calendar -------------------------------------------------------------------------------------------------


def test_the_spring_festival_is_no_time_to_claim_and_its_make_up_saturdays_are(town: Town) -> None:
    """2026: off from 15 to 23 February, at work on Saturday the 14th and on Saturday the 28th."""
    order = Order(town, "2026-02-12").dispatch("2026-02-13")
    assert (order.due("claim"), order.due("finish")) == ("2026-02-24", "2026-02-27")
    claim = next(one for one in clocks_of(order.case, now=moment("2026-02-24")) if one.clock.name == "claim")
    told = "".join(claim.explain())
    assert "春节" in told
    assert "2月14日（周六）因春节调休上班，算工作日" in told


def test_whoever_claims_on_the_last_evening_is_in_time_and_the_next_morning_is_not(town: Town) -> None:
    for evening, condition in (("2026-02-24 23:59", "met"), ("2026-02-25 00:01", "missed")):
        order = Order(town, "2026-02-12").dispatch("2026-02-13").claim(evening)
        assert order.case.clocks.get(name="claim").condition == condition


def test_waiting_for_the_citizen_over_the_festival_stops_the_clock(town: Town) -> None:
    """Counted: the 14th. Then 4 working days are left after the 25th: 26, 27, Saturday 28, Monday 2 March."""
    order = Order(town, "2026-02-12").dispatch("2026-02-13").claim("2026-02-13 10:00")
    order.take("ask_for_more", Role.LAWYER, "2026-02-14", MORE)
    assert (order.case.due_at, order.case.is_paused) == (None, True)
    order.take("supplement", Role.APPLICANT, "2026-02-25", {"text": "交来工资条"})
    assert order.due("finish") == "2026-03-02"


def test_an_extension_after_a_pause_is_added_to_what_was_left(town: Town) -> None:
    order = Order(town, "2026-02-12").dispatch("2026-02-13").claim("2026-02-13 10:00")
    order.take("ask_extension", Role.LAWYER, "2026-02-13 11:00", WISH)
    order.take("ask_for_more", Role.LAWYER, "2026-02-14", MORE)
    order.take("supplement", Role.APPLICANT, "2026-02-25", {"text": "交来工资条"})
    order.take("extend", Role.DISPATCHER, "2026-02-26", WISH)
    assert order.due("finish") == "2026-03-05"


def test_a_second_wait_stops_the_clock_again(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    for asked, supplied in (("2026-03-03", "2026-03-10"), ("2026-03-11", "2026-03-20")):
        order.take("ask_for_more", Role.LAWYER, asked, MORE)
        order.take("supplement", Role.APPLICANT, supplied, {"text": "交来工资条"})
    assert order.due("finish") == "2026-03-25"


def test_a_new_dispatch_starts_both_clocks_anew_and_the_claim_moves_neither(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02")
    order.take("return_order", Role.LAWYER, "2026-03-03", {**RETURN, "better_owner": town.other_firm.pk})
    assert order.case.due_clock == "dispatch"
    order.dispatch("2026-03-05", "redispatch", Role.DISPATCHER)
    expected = ("2026-03-09", "2026-03-12")
    assert (order.due("claim"), order.due("finish")) == expected
    order.claim("2026-03-09 16:00")
    assert (order.due("claim"), order.due("finish")) == expected


# --- returns ------------------------------------------------------------------------------------------------------


def test_after_the_ruling_nobody_returns_it_not_even_after_a_transfer(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02")
    order.take("return_order", Role.LAWYER, "2026-03-02", {**RETURN, "better_owner": town.mediation.pk})
    order.take("redispatch", Role.DISPATCHER, "2026-03-02", {"organisation": town.mediation.pk})
    order.take("contest", Role.MEDIATOR, "2026-03-02", {**RETURN, "better_owner": town.firm.pk})
    with pytest.raises(NotYou):
        order.take("rule_owner", Role.DISPATCHER, "2026-03-02", {"organisation": town.firm.pk, "ruling": "由你所主办"})
    order.take("rule_owner", Role.SUPERVISOR, "2026-03-02", {"organisation": town.firm.pk, "ruling": "由你所主办"})
    order.claim("2026-03-03")
    order.take("transfer", Role.DISPATCHER, "2026-03-03", {"organisation": town.mediation.pk})
    for step in ("return_order", "contest"):
        with pytest.raises(NotFromHere, match="已经裁定"):
            order.take(step, Role.MEDIATOR, "2026-03-04", {**RETURN, "better_owner": town.firm.pk})


# --- requests and their answers -----------------------------------------------------------------------------------


def test_a_citizen_urges_once_a_day(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02")
    order.take("urge", Role.APPLICANT, "2026-03-03 09:00")
    for who, when in ((Role.APPLICANT, "2026-03-04 08:59"), (Role.HOTLINE_AGENT, "2026-03-03 18:00")):
        with pytest.raises(NotFromHere, match="24小时内"):
            order.take("urge", who, when)
    offered = steps_open_to(order.case, Actor.applicant(order.case.applicant_id), at=moment("2026-03-03 18:00"))
    assert "urge" not in {step.name for step in offered}
    order.take("urge", Role.HOTLINE_AGENT, "2026-03-04 09:00")


def test_an_extension_that_comes_too_late_is_refused_and_not_merely_without_effect(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    order.take("ask_extension", Role.LAWYER, "2026-03-06", WISH)
    with pytest.raises(Missing, match="已经超过办理期限"):
        order.take("extend", Role.DISPATCHER, "2026-03-10", WISH)
    order.take("refuse_extension", Role.DISPATCHER, "2026-03-10", {"explanation": "已经超过期限"})


def test_nobody_grants_what_they_asked_for_themselves(town: Town) -> None:
    lawyer = town.staff[Role.LAWYER]
    Membership.objects.create(user=lawyer, role=Role.SUPERVISOR, organisation=town.bureau, since=LONG_AGO)
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    reason = {"reason": "unreachable", "explanation": "三次电话都没有接通"}
    order.take("ask_extension", Role.LAWYER, "2026-03-03", WISH)
    order.take("ask_termination", Role.LAWYER, "2026-03-03", reason)
    for step, data in (("extend", WISH), ("terminate", reason)):
        with pytest.raises(NotYou, match="不能由自己批准"):
            order.take(step, Role.LAWYER, "2026-03-03", data)
    order.take("terminate", Role.SUPERVISOR, "2026-03-04", reason)
    assert order.case.state == "terminated"


def test_what_one_body_asked_for_is_void_for_the_next(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    reason = {"reason": "unreachable", "explanation": "三次电话都没有接通"}
    order.take("ask_extension", Role.LAWYER, "2026-03-03", WISH)
    order.take("ask_termination", Role.LAWYER, "2026-03-03", reason)
    order.take("transfer", Role.DISPATCHER, "2026-03-03", {"organisation": town.mediation.pk})
    order.take("claim", Role.MEDIATOR, "2026-03-04")
    offered = {step.name for step in steps_open_to(order.case, town.actor(Role.DISPATCHER), at=moment("2026-03-04"))}
    assert not offered & {"extend", "refuse_extension", "terminate", "refuse_termination"}


def test_a_refused_termination_is_settled_until_it_is_asked_for_again(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    reason = {"reason": "unreachable", "explanation": "三次电话都没有接通"}
    order.take("ask_termination", Role.LAWYER, "2026-03-03", reason)
    order.take("refuse_termination", Role.SUPERVISOR, "2026-03-03", {"explanation": "请再联系一次"})
    with pytest.raises(NotFromHere, match="没有待审批的终止申请"):
        order.take("terminate", Role.SUPERVISOR, "2026-03-04", reason)
    order.take("ask_termination", Role.LAWYER, "2026-03-05", reason)
    order.take("terminate", Role.SUPERVISOR, "2026-03-05", reason)


# --- the end ------------------------------------------------------------------------------------------------------


def finished(town: Town, on: str) -> Order:
    order = Order(town, on).dispatch(on).claim(on)
    order.take("finish", Role.LAWYER, on, ANSWER)
    return order


@pytest.mark.parametrize(
    ("answered", "last_day", "next_day"),
    [
        ("2026-03-02", "2026-03-17", "2026-03-18"),
        # The fifteenth day is a Saturday: the citizen has until Monday.
        ("2026-03-06", "2026-03-23", "2026-03-24"),
    ],
)
def test_the_rating_lapses_when_its_clock_has_run_out_and_not_an_hour_before(
    town: Town, answered: str, last_day: str, next_day: str
) -> None:
    order = finished(town, answered)
    assert order.due("rating") == last_day
    with pytest.raises(NotFromHere, match="评价期还没有结束"):
        order.take("lapse", Role.HOTLINE_LEAD, f"{last_day} 23:59")
    assert take_timed_steps(at=moment(f"{last_day} 23:59")) == 0
    assert take_timed_steps(at=moment(f"{next_day} 00:01")) == 1
    order.case.refresh_from_db()
    assert (order.case.state, order.case.rating) == ("rated", None)


def test_a_longer_local_rating_period_is_kept_by_the_lapse_too(town: Town) -> None:
    longer = {"count": 30, "unit": "CD"}
    Parameter.objects.create(key="clock.WO03", region="23", value=longer, since=date(2026, 1, 1), basis="本省办法")
    order = finished(town, "2026-03-02")
    with pytest.raises(NotFromHere) as caught:
        order.take("lapse", Role.HOTLINE_LEAD, "2026-03-20")
    assert "4月1日过后" in caught.value.todo
    order.take("rate", Role.APPLICANT, "2026-04-01", {"score": 5})


def test_when_the_child_ends_the_parent_is_answered_even_if_somebody_wrote_to_it_meanwhile(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    order.take("refer", Role.LAWYER, "2026-03-03", {"procedure": "legal_aid_civil"})
    child = order.case.children.get()
    order.take("add", Role.APPLICANT, "2026-03-05 10:00", {"text": "我想先不申请了"})
    take_step(child, "withdraw", actor=Actor.applicant(child.applicant_id), at=moment("2026-03-05 09:59"))
    parent = Case.objects.get(pk=order.case.pk)
    assert (parent.state, parent.due_clock) == ("finished", "rating")
    closing = parent.log.latest("number")
    assert (closing.step, closing.role, closing.at) == ("child_closed", Role.SYSTEM, moment("2026-03-05 10:00"))
    assert child.code in closing.data["child"]


def test_a_parent_with_two_children_waits_for_both(town: Town) -> None:
    order = Order(town, "2026-03-02").dispatch("2026-03-02").claim("2026-03-02")
    order.take("refer", Role.LAWYER, "2026-03-03", {"procedure": "legal_aid_civil"})
    citizen = Actor.applicant(order.case.applicant_id)
    first = order.case.children.get()
    same = {"applicant": first.applicant, "region": first.region, "text": first.text, "channel": first.channel}
    second = open_case("legal_aid_civil", **same, actor=citizen, parent=order.case, at=moment("2026-03-03"))
    take_step(first, "withdraw", actor=citizen, at=moment("2026-03-04"))
    assert Case.objects.get(pk=order.case.pk).state == "referred"
    take_step(second, "withdraw", actor=citizen, at=moment("2026-03-05"))
    assert Case.objects.get(pk=order.case.pk).state == "finished"
