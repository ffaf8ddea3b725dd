"""One booking of the village's adviser: booked, met, recorded, confirmed, rated; and everything that goes wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.chain import fault_in
from santai.casework.models import Parameter
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.evaluation.rate import rate
from santai.procedures.village_service import PROCEDURE
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_practitioner, make_staff
from tests.procedures.adviser_story import (
    APPLICANT,
    CLERK,
    DECLINE,
    DISPATCHER,
    LAWYER,
    REASON,
    SUPERVISOR,
    VillageContract,
    VillageService,
    on,
)

pytestmark = pytest.mark.django_db
BOOK = {"village": "榆树村", "kind": "advice", "way": "on_site", "story": "邻居占了我家的宅基地，想问怎么办。"}
SERVED = {
    "begins": "14:00",
    "ends": "16:00",
    "kind": "advice",
    "persons": 1,
    "advice": "先找村委会调解，调不成再起诉。",
}


class Booking(VillageService):
    def book(self, role: Role = APPLICANT, **changes: Any) -> Booking:
        self.take("book", role, {**BOOK, **changes})
        return self

    def schedule(self, appointed_on: date | None = None) -> Booking:
        data = {"appointed_on": appointed_on or self.today, "hour": "14:00", "place": "村委会", "no_conflict": True}
        self.take("schedule", LAWYER, data)
        return self

    def arrive(self) -> Booking:
        self.take("arrive", LAWYER, {"arrived_on": self.today, "hour": "14:00", "place": "村委会"})
        return self

    def log(self, **changes: Any) -> Booking:
        self.take("log_service", LAWYER, {**SERVED, "visited_on": self.today, **changes})
        return self

    def served(self) -> Booking:
        return self.book().schedule().arrive().log()


@pytest.fixture
def contract(town: Town, monday: datetime) -> VillageContract:
    return VillageContract(town, monday).in_force()


@pytest.fixture
def story(contract: VillageContract) -> Booking:
    return Booking(contract.town, contract.at)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_villager_books_is_served_confirms_and_rates(story: Booking, contract: VillageContract) -> None:
    story.book()
    assert (story.case.organisation, story.case.handler) == (story.town.firm, story.town.staff[LAWYER])
    assert story.facts["contract"] == contract.case.code
    story.schedule().arrive().log()
    assert story.facts["counts"] is False
    story.take("confirm", APPLICANT)
    assert story.facts["counts"] is True
    rate(story.case, 5, actor=story.citizen, at=story.at)
    assert (story.state, story.case.rating) == ("done", 5)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""


def test_the_villager_reads_the_story_in_plain_words(story: Booking) -> None:
    story.served()
    told = [line.sentence for line in citizen_timeline(story.case)]
    assert any("先找村委会调解" in sentence for sentence in told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_the_committee_books_too_and_its_own_contract_is_found(contract: VillageContract) -> None:
    story = Booking(contract.town, contract.at)

    story.case.applicant = contract.case.applicant
    story.case.save()
    story.citizen = contract.citizen
    story.book(village="别的村")
    assert story.facts["contract"] == contract.case.code
    assert story.facts["booking"]["asked_by"] == "村（居）民委员会"


# --- who is asked -------------------------------------------------------------------------------------------------


def test_without_a_contract_the_centre_finds_somebody(town: Town, monday: datetime) -> None:
    story = Booking(town, monday).book()
    assert (story.case.organisation, story.case.handler) == (town.centre, None)
    mediator = town.staff[Role.MEDIATOR].practitioner  # type: ignore[attr-defined]
    with pytest.raises(Missing, match="由律师或基层法律服务工作者服务"):
        story.take("assign", DISPATCHER, {"organisation": town.mediation.pk, "practitioner": mediator.pk})
    story.take("assign", DISPATCHER, {"organisation": town.firm.pk, "practitioner": story.lawyer.pk})
    assert story.case.handler == town.staff[LAWYER]


def test_a_lawyer_is_asked_at_their_own_firm(story: Booking, town: Town) -> None:
    story.book()
    with pytest.raises(Missing, match="不在"):
        story.take("assign", DISPATCHER, {"organisation": town.other_firm.pk, "practitioner": story.lawyer.pk})


def test_who_passed_it_on_is_not_asked_again(story: Booking) -> None:
    story.book()
    story.take("pass_on", LAWYER, {"reason": "conflict", **REASON})
    assert (story.state, story.case.handler) == ("booked", None)
    with pytest.raises(Missing, match="已因利益冲突"):
        story.take("assign", DISPATCHER, {"organisation": story.town.firm.pk, "practitioner": story.lawyer.pk})


def test_the_name_of_the_other_side_is_sealed(story: Booking) -> None:
    story.book(other_side="李四")
    assert "李四" not in str(story.facts)
    assert "李四" not in str(story.case.log.latest("number").data)


# --- meeting ------------------------------------------------------------------------------------------------------


def test_an_appointment_lies_ahead_and_is_kept(story: Booking) -> None:
    story.book()
    with pytest.raises(Missing, match="已经过去"):
        story.schedule(story.today - timedelta(days=1))
    story.schedule(story.today + timedelta(days=3))
    story.take("reschedule", APPLICANT, {"appointed_on": story.today + timedelta(days=5), "hour": "09:00",
                                         "place": "村委会", **REASON})  # fmt: skip
    assert story.facts["appointment"]["hour"] == "09:00"


def test_when_nobody_came_the_meeting_is_arranged_anew(story: Booking) -> None:
    story.book().schedule(story.today + timedelta(days=2))
    with pytest.raises(NotFromHere, match="还没有到"):
        story.take("not_met", APPLICANT, {"absent": "adviser", **REASON})
    story.take("not_met", APPLICANT, {"absent": "adviser", **REASON}, after=2)
    assert story.state == "booked"


def test_only_the_adviser_serves(story: Booking) -> None:
    story.book()
    with pytest.raises(NotYou):
        story.take("schedule", Role.MEDIATOR, {})
    with pytest.raises(NotYou):
        story.take("schedule", APPLICANT, {})


# --- record -------------------------------------------------------------------------------------------------------


def test_a_record_does_not_precede_arrival_and_does_not_overlap(story: Booking, contract: VillageContract) -> None:
    story.book().schedule().arrive()
    with pytest.raises(Missing, match="早于到场"):
        story.log(visited_on=story.today - timedelta(days=1))
    contract.visit(story.today, begins="13:00", ends="15:00")
    with pytest.raises(Missing, match="时间重叠"):
        story.log()
    story.log(begins="15:00")


def test_what_is_not_true_is_settled_and_not_counted(story: Booking) -> None:
    story.served()
    story.take("dispute", APPLICANT, REASON)
    with pytest.raises(NotYou):
        story.take("settle_untrue", LAWYER, REASON)
    story.take("settle_untrue", SUPERVISOR, REASON)
    assert (story.state, story.facts["counts"]) == ("confirmed", False)


def test_a_true_record_counts_after_it_was_doubted(story: Booking) -> None:
    story.served()
    story.take("dispute", APPLICANT, REASON)
    story.take("correct", LAWYER, {**SERVED, "visited_on": story.today, "ends": "15:00"})
    story.take("dispute", APPLICANT, REASON)
    story.take("settle_true", SUPERVISOR, REASON)
    assert story.facts["counts"] is True


def test_nobody_answers_so_the_record_counts(story: Booking) -> None:
    story.served()
    assert take_timed_steps(at=story.at + timedelta(days=7)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=8)) == 1
    assert story.refresh().facts["counts"] is True


def test_a_service_leads_into_a_statutory_procedure(story: Booking) -> None:
    story.served()
    story.take("refer", LAWYER, {"procedure": "legal_aid_civil"})
    child = story.case.children.get()
    assert (child.procedure, child.applicant_id) == ("legal_aid_civil", story.case.applicant_id)


# --- rating and endings -------------------------------------------------------------------------------------------


def test_an_unsatisfied_villager_is_called_back(story: Booking) -> None:
    story.served()
    story.take("confirm", APPLICANT)
    story.take("rate_poor", APPLICANT, {"score": 2, "comment": "讲得太快，没有听懂。"})
    assert story.state == "dissatisfied"
    story.take("serve_again", SUPERVISOR, REASON)
    assert story.state == "booked"


def test_no_rating_at_all_ends_it(story: Booking) -> None:
    story.served()
    story.take("confirm", APPLICANT)
    assert take_timed_steps(at=story.at + timedelta(days=15)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=16)) == 1
    assert story.refresh().state == "done"


def test_a_booking_is_declined_with_a_reason_and_a_way_on(story: Booking) -> None:
    story.book()
    with pytest.raises(Missing):
        story.take("decline", DISPATCHER, {"reason": "not_legal"})
    story.take("decline", DISPATCHER, {"reason": "private", **DECLINE})
    assert story.state == "declined"
    assert "要求代理诉讼" in story.letter("village_service_declined")


def test_a_booking_is_cancelled_by_whoever_asked(story: Booking) -> None:
    story.book()
    with pytest.raises(NotYou):
        story.take("withdraw", LAWYER, {})
    story.take("withdraw", CLERK, {})
    assert story.state == "withdrawn"


def test_a_wish_for_a_day_that_is_gone_is_corrected(story: Booking) -> None:
    with pytest.raises(Missing, match="已经过去"):
        story.book(wished_on=story.today - timedelta(days=1))


def test_a_villager_is_asked_for_no_money() -> None:
    labels = [str(field.label) for step in PROCEDURE.steps if step.form for field in step.form.base_fields.values()]
    assert [label for label in labels if "费" in label or "元" in label] == []


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> Booking:
    """Thursday 24 September 2026; 1 to 7 October are holidays, Saturday 10 October is a working day."""
    import_package_years([2026])
    contract = VillageContract(town, on(9, 24))
    contract.in_force(begins_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    return Booking(town, on(9, 29))


def test_the_appointment_is_made_within_two_working_days(autumn: Booking) -> None:
    autumn.book()
    assert autumn.due("schedule") == date(2026, 10, 8)
    autumn.take("pass_on", LAWYER, {"reason": "unable", **REASON}, on=on(9, 30))
    assert autumn.due("schedule") == date(2026, 10, 9)


def test_the_record_is_written_within_three_days_of_the_meeting(autumn: Booking) -> None:
    autumn.book().schedule().arrive()
    assert autumn.due("record") == date(2026, 10, 8)
    autumn.log()
    assert autumn.clock("record").condition == "met"
    assert autumn.due("confirmation") == date(2026, 10, 8)


def test_the_village_is_not_kept_waiting_after_a_bad_word(autumn: Booking) -> None:
    autumn.served()
    autumn.take("dispute", APPLICANT, REASON)
    assert autumn.due("dispute") == date(2026, 10, 12)
    autumn.take("settle_true", SUPERVISOR, REASON)
    autumn.take("rate_poor", APPLICANT, {"score": 1, "comment": "等了很久。"})
    assert autumn.due("follow_up") == date(2026, 10, 9)


def test_a_province_may_set_a_shorter_promise(town: Town, monday: datetime) -> None:
    Parameter.objects.create(
        key="clock.VS01", region="23", value={"count": 1, "unit": "WD"}, since=date(2020, 1, 1), basis="市服务承诺"
    )
    story = Booking(town, monday).book()
    assert (story.due("schedule"), story.clock("schedule").is_replaced) == (date(2026, 3, 3), True)


def test_a_second_lawyer_of_the_town_may_be_asked(story: Booking, town: Town) -> None:
    story.book()
    story.take("pass_on", LAWYER, {"reason": "unable", **REASON})
    colleague = make_staff(LAWYER, town.firm)
    person = make_practitioner(colleague, town.firm)
    story.take("assign", DISPATCHER, {"organisation": town.firm.pk, "practitioner": person.pk})
    data = {"appointed_on": story.today, "hour": "15:00", "place": "村委会", "no_conflict": True}
    story.take("schedule", user=colleague, data=data)
    assert story.state == "scheduled"
