"""A village's contract with its legal adviser: three signatures, service on record, monthly duty, every way out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.chain import fault_in
from santai.casework.models import Parameter
from santai.casework.periodic import take_daily_steps, take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.notices.models import Notice
from santai.people.models import Party
from santai.procedures.rules.village import whole_months
from santai.procedures.village_adviser import PROCEDURE
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_party, make_practitioner, make_staff
from tests.procedures.adviser_story import (
    APPLICANT,
    DECLINE,
    LAWYER,
    REASON,
    SUPERVISOR,
    VISIT,
    VillageContract,
    on,
)

pytestmark = pytest.mark.django_db
END = {"ground": "agreed", "handover": "服务档案交村委会保管。", **REASON}


@pytest.fixture
def story(town: Town, monday: datetime) -> VillageContract:
    return VillageContract(town, monday)


@pytest.fixture
def served(story: VillageContract) -> VillageContract:
    """In force from 1 March 2026 to 28 February 2027: two visits and eight hours a month."""
    return story.in_force()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_village_gets_an_adviser_serves_a_year_and_the_contract_runs_out(story: VillageContract) -> None:
    story.in_force()
    assert (story.state, story.case.handler) == ("in_force", story.town.staff[LAWYER])
    story.visit(date(2026, 3, 10))
    story.visit(date(2026, 3, 24))
    assert take_daily_steps(at=on(4, 6)) == 1
    assert story.facts["months"]["2026-03"]["met"] is True
    take_daily_steps(at=on(3, 1, year=2027))
    assert story.refresh().state == "term_over"
    assert take_timed_steps(at=on(3, 31, year=2027)) == 0
    assert take_timed_steps(at=on(4, 1, year=2027)) == 1
    assert story.refresh().state == "closed"
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""


def test_the_village_reads_its_story_in_plain_words(served: VillageContract) -> None:
    served.visit(date(2026, 3, 10))
    told = [line.sentence for line in citizen_timeline(served.case)]
    assert any("解答土地流转" in sentence for sentence in told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_nobody_is_asked_for_money() -> None:
    labels = [str(field.label) for step in PROCEDURE.steps if step.form for field in step.form.base_fields.values()]
    assert [label for label in labels if "费" in label or "元" in label] == []


# --- proposal and nomination --------------------------------------------------------------------------------------


def test_the_contract_is_the_committees_and_not_a_villagers(town: Town, monday: datetime) -> None:
    story = VillageContract(town, monday)
    Party.objects.filter(pk=story.case.applicant_id).update(kind=Party.Kind.PERSON)
    story.refresh()
    with pytest.raises(Missing, match="村（居）民委员会"):
        story.propose()


def test_one_village_has_one_adviser(town: Town, served: VillageContract) -> None:
    other = VillageContract(town, served.at)
    with pytest.raises(Missing, match="已有在聘的法律顾问"):
        other.propose()
    other.take("propose", APPLICANT, {"village": "群力社区", "decided_on": served.today, "households": 500,
                                      "needs": "物业和邻里纠纷的咨询。"})  # fmt: skip
    assert other.state == "proposed"


def test_a_proposal_may_be_turned_down_with_a_way_on(story: VillageContract) -> None:
    story.propose()
    with pytest.raises(Missing):
        story.take("decline", data={"reason": "not_village"})
    story.take("decline", data={"reason": "not_here", **DECLINE})
    assert story.state == "declined"
    assert "不在本机关的辖区" in story.letter("village_adviser_declined")
    assert "道里区司法局" in story.letter("village_adviser_declined")


@pytest.mark.parametrize("role", [Role.LAWYER, Role.DISPATCHER, Role.AUDITOR, Role.MEDIATOR])
def test_only_the_bureau_recommends(story: VillageContract, role: Role) -> None:
    story.propose()
    with pytest.raises(NotYou):
        story.take("nominate", role, {"practitioner": story.lawyer.pk})


def test_whoever_is_not_in_good_standing_or_no_lawyer_is_not_recommended(story: VillageContract, town: Town) -> None:
    story.propose()
    story.lawyer.standing = Practitioner.Standing.SUSPENDED
    story.lawyer.save()
    with pytest.raises(Missing, match="停止执业"):
        story.nominate()
    mediator = town.staff[Role.MEDIATOR].practitioner  # type: ignore[attr-defined]
    with pytest.raises(Missing, match="由律师或基层法律服务工作者担任"):
        story.nominate(mediator)


def test_an_adviser_serves_no_more_villages_than_the_setting_allows(town: Town, monday: datetime) -> None:
    Parameter.objects.create(
        key="village.most_villages", region="2301", value=1, since=date(2020, 1, 1), basis="市司法局规定"
    )
    VillageContract(town, monday).in_force()
    other = VillageContract(town, monday)
    other.take("propose", APPLICANT, {"village": "群力社区", "decided_on": other.today, "households": 1,
                                      "needs": "物业和邻里纠纷的咨询。"})  # fmt: skip
    with pytest.raises(Missing, match="最多1个"):
        other.nominate()


def test_the_village_may_refuse_and_is_not_offered_the_same_one_again(story: VillageContract, town: Town) -> None:
    story.propose().nominate()
    story.take("refuse_adviser", APPLICANT, REASON)
    assert (story.state, story.case.handler_id) == ("proposed", None)
    with pytest.raises(Missing, match="没有同意"):
        story.nominate()
    newcomer = make_staff(LAWYER, town.firm)
    story.nominate(make_practitioner(newcomer, town.firm)).agree()
    assert story.state == "signing"


# --- signing ------------------------------------------------------------------------------------------------------


def test_the_bureau_signs_last_and_all_three_must_have_signed(story: VillageContract) -> None:
    story.propose().nominate().agree()
    with pytest.raises(Missing) as refusal:
        story.conclude()
    assert len(refusal.value.problems) == 2
    story.sign()
    with pytest.raises(NotFromHere, match="已经签过字"):
        story.take("sign_village", APPLICANT, {"signer": "签字人乙", "signed_on": story.today})
    with pytest.raises(NotYou):
        story.take("conclude", Role.LAWYER, {})
    story.conclude()
    assert "三方已经签约" in story.letter("village_contract")


def test_a_contract_below_what_is_due_here_is_not_signed(story: VillageContract) -> None:
    Parameter.objects.create(
        key="village.hours_per_month", region="23", value=8, since=date(2020, 1, 1), basis="本省规定"
    )
    story.propose().nominate().agree().sign()
    with pytest.raises(Missing, match="每月服务不少于8小时"):
        story.conclude(hours=4)
    story.conclude(hours=8)


def test_a_term_lies_ahead_and_is_not_too_long(story: VillageContract) -> None:
    story.propose().nominate().agree().sign()
    with pytest.raises(Missing, match="最长3年"):
        story.conclude(ends_on=date(2030, 1, 1))
    with pytest.raises(Missing, match="已经过去"):
        story.conclude(begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))


# --- visits -------------------------------------------------------------------------------------------------------


def test_a_visit_is_logged_by_the_adviser_within_the_term_and_in_time(served: VillageContract) -> None:
    with pytest.raises(NotYou):
        served.take("log_visit", Role.MEDIATOR, {})
    with pytest.raises(Missing, match="不在合同期内"):
        served.take("log_visit", LAWYER, {**VISIT, "visited_on": date(2026, 2, 26)}, on=served.at)
    with pytest.raises(Missing, match="不能晚于今天"):
        served.take("log_visit", LAWYER, {**VISIT, "visited_on": served.today + timedelta(days=1)}, on=served.at)
    with pytest.raises(Missing, match="结束时间应当晚于"):
        served.visit(date(2026, 3, 10), begins="13:00", ends="09:00")
    served.visit(date(2026, 3, 10))
    with pytest.raises(Missing, match="已经不能补记"):
        served.take("log_visit", LAWYER, {**VISIT, "visited_on": date(2026, 3, 31)}, on=on(4, 20))


def test_nobody_is_in_two_villages_at_once(town: Town, served: VillageContract) -> None:
    served.visit(date(2026, 3, 10))
    other = VillageContract(town, served.at)
    other.take("propose", APPLICANT, {"village": "群力社区", "decided_on": served.today, "households": 500,
                                      "needs": "物业和邻里纠纷的咨询。"})  # fmt: skip
    other.nominate().agree().sign().conclude()
    with pytest.raises(Missing, match="时间重叠"):
        other.visit(date(2026, 3, 10), begins="12:30", ends="14:00")
    other.visit(date(2026, 3, 10), begins="13:00", ends="14:00")


def test_the_village_may_say_a_record_is_not_true_and_the_bureau_decides(served: VillageContract) -> None:
    served.visit(date(2026, 3, 10))
    dispute = {"visited_on": date(2026, 3, 10), "begins": "09:00", **REASON}
    with pytest.raises(Missing, match="没有这一天这个时间"):
        served.take("dispute_visit", APPLICANT, {**dispute, "begins": "08:00"})
    served.take("dispute_visit", APPLICANT, dispute)
    with pytest.raises(NotFromHere, match="正在核实"):
        served.take("dispute_visit", APPLICANT, dispute)
    with pytest.raises(NotYou):
        served.take("strike_visit", LAWYER, REASON)
    served.take("strike_visit", SUPERVISOR, REASON)
    take_daily_steps(at=on(4, 6))
    assert served.facts["months"]["2026-03"]["visits"] == 0
    with pytest.raises(NotFromHere, match="没有待核实"):
        served.refresh().take("keep_visit", SUPERVISOR, REASON, on=on(4, 6, 11))


# --- monthly duty -------------------------------------------------------------------------------------------------


def test_a_missed_month_is_marked_and_everybody_hears_of_it(served: VillageContract) -> None:
    served.visit(date(2026, 3, 10))
    assert take_daily_steps(at=on(4, 5)) == 0
    assert take_daily_steps(at=on(4, 6)) == 1
    counted = served.refresh().facts["months"]["2026-03"]
    assert (counted["visits"], counted["hours"], counted["met"]) == (1, "4.0", False)
    assert "2026年3月" in served.letter("village_duty_missed")
    # The notices are addressed to the applicant or wait on the desk of the handler.
    assert Notice.objects.filter(case_code=served.case.code).count() >= 2
    assert take_daily_steps(at=on(4, 6, 20)) == 0


def test_a_month_that_reached_the_agreed_service_is_not_missed(served: VillageContract) -> None:
    served.visit(date(2026, 3, 10))
    served.visit(date(2026, 3, 24))
    assert take_daily_steps(at=on(4, 6)) == 1
    served.refresh()
    assert served.facts["months"]["2026-03"]["met"] is True
    assert served.letters == ["village_contract"]
    assert "达到了约定" in citizen_timeline(served.case)[-1].sentence


def test_a_month_the_contract_does_not_cover_whole_is_not_counted(town: Town, monday: datetime) -> None:
    story = VillageContract(town, monday)
    story.in_force(begins_on=date(2026, 3, 5), ends_on=date(2026, 4, 20))
    take_daily_steps(at=on(5, 8))
    assert "months" not in story.facts
    assert list(whole_months(date(2026, 3, 5), date(2026, 4, 20))) == []
    assert list(whole_months(date(2026, 3, 1), date(2026, 4, 30))) == [date(2026, 3, 1), date(2026, 4, 1)]


def test_a_missed_month_may_be_explained_and_excused(served: VillageContract) -> None:
    take_daily_steps(at=on(4, 6))
    served.refresh()
    with pytest.raises(Missing, match="没有“未达到服务量”"):
        served.take("explain_missed", LAWYER, {"month": "2026-02", **REASON}, on=on(4, 7))
    served.take("explain_missed", LAWYER, {"month": "2026-03", **REASON}, on=on(4, 7))
    with pytest.raises(NotYou):
        served.take("excuse_missed", LAWYER, {"month": "2026-03", **REASON})
    served.take("excuse_missed", SUPERVISOR, {"month": "2026-03", **REASON})
    assert served.facts["months"]["2026-03"]["excused"]


def test_a_service_booked_by_a_villager_counts_towards_the_month(served: VillageContract) -> None:
    session = {"visited_on": "2026-03-15", "begins": "09:00", "ends": "13:30", "kind": "advice",
               "persons": 1, "adviser": served.case.handler_id}  # fmt: skip
    service = make_case(served.at, procedure="village_service", applicant=make_party(), region="230102")
    service.facts = {"contract": served.case.code, "counts": True, "session": session}
    service.save()
    served.visit(date(2026, 3, 20))
    assert take_daily_steps(at=on(4, 6)) == 1
    counted = served.refresh().facts["months"]["2026-03"]
    assert (counted["visits"], counted["hours"], counted["met"]) == (2, "8.5", True)


def test_lectures_are_counted_with_the_quarter(served: VillageContract) -> None:
    served.case.facts["contract"]["lectures"] = 1
    served.case.save()
    for day in (3, 17):
        served.visit(date(2026, 3, day), begins="09:00", ends="13:00")
    take_daily_steps(at=on(4, 6))
    counted = served.refresh().facts["months"]["2026-03"]
    assert (counted["lectures_missing"], counted["met"]) == (1, False)
    assert "法治讲座还差1次" in served.letter("village_duty_missed")


def test_a_month_is_judged_by_what_was_agreed_then(served: VillageContract) -> None:
    """Renewed with more hours: the months before keep the old promise."""
    renewed = {"begins_on": date(2027, 3, 1), "ends_on": date(2028, 2, 28), "visits": 5, "hours": 50, "lectures": 0}
    served.take("renew", APPLICANT, {"decided_on": served.today})
    served.sign().conclude(**renewed)
    take_daily_steps(at=on(4, 6))
    assert served.refresh().facts["months"]["2026-03"]["due"] == {"visits": 2, "hours": 8, "lectures": 0}
