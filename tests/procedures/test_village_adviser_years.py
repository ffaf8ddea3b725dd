"""A village contract over the years: evaluation, replacement, exit, renewal, and its limits."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from santai.casework.access import steps_open_to
from santai.casework.models import Parameter
from santai.casework.periodic import take_daily_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.procedures.rules.village import Session, plain_name
from santai.procedures.village_adviser import PROCEDURE
from santai.trust.models import Membership, User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import LONG_AGO, Town, make_practitioner, make_staff
from tests.procedures.adviser_story import (
    APPLICANT,
    LAWYER,
    REASON,
    SUPERVISOR,
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


# --- evaluation and assessment ------------------------------------------------------------------------------------


def test_a_quarter_is_rated_once_and_only_when_it_is_over(served: VillageContract) -> None:
    first = {"year": 2026, "quarter": "1", "score": 5}
    with pytest.raises(Missing, match="还没有结束"):
        served.take("evaluate", APPLICANT, first)
    served.take("evaluate", APPLICANT, first, on=on(4, 2))
    with pytest.raises(Missing, match="已经评价过"):
        served.take("evaluate", APPLICANT, first)
    with pytest.raises(Missing, match="不在合同期内"):
        served.take("evaluate", APPLICANT, {"year": 2025, "quarter": "4", "score": 3})
    assert served.case.rating == 5


def test_a_poor_rating_is_followed_up(served: VillageContract) -> None:
    served.take("evaluate_poor", APPLICANT, {"year": 2026, "quarter": "1", "score": 1, "comment": "没有来过村里。"},
                on=on(4, 2))  # fmt: skip
    assert served.clock("follow_up").due_on == date(2026, 4, 10)  # 4 to 6 April is Qingming
    served.take("follow_up", SUPERVISOR, REASON, on=on(4, 3))
    with pytest.raises(NotFromHere):
        served.take("follow_up", SUPERVISOR, REASON)


def test_the_yearly_assessment_is_not_the_advisers_own_and_comes_once_a_year(served: VillageContract) -> None:
    assess = {"year": 2026, "grade": "failed", "opinion": "全年服务严重不足，群众评价不满意。"}
    with pytest.raises(Missing, match="还没有结束"):
        served.take("assess", SUPERVISOR, assess)
    adviser = User.objects.get(pk=served.town.staff[LAWYER].pk)
    Membership.objects.create(user=adviser, role=SUPERVISOR, organisation=served.town.bureau, since=LONG_AGO)
    with pytest.raises(NotYou, match="不能考核自己"):
        served.take("assess", user=adviser, data=assess, on=on(1, 10, year=2027))
    served.take("assess", SUPERVISOR, assess, on=on(1, 10, year=2027))
    assert "不称职" in served.letter("village_assessment")
    with pytest.raises(Missing, match="已经考核过"):
        served.take("assess", SUPERVISOR, assess)


def test_a_failed_adviser_is_not_renewed(served: VillageContract) -> None:
    assess = {"year": 2026, "grade": "failed", "opinion": "全年服务严重不足，群众评价不满意。"}
    served.take("assess", SUPERVISOR, assess, on=on(1, 10, year=2027))
    take_daily_steps(at=on(3, 1, year=2027))
    served.refresh()
    with pytest.raises(NotFromHere, match="不称职"):
        served.take("renew", APPLICANT, {"decided_on": served.today}, on=on(3, 2, year=2027))


# --- replacement, exit, renewal -----------------------------------------------------------------------------------


def test_a_replacement_is_granted_with_a_handover(served: VillageContract, town: Town) -> None:
    newcomer = make_staff(LAWYER, town.firm)
    data = {"practitioner": make_practitioner(newcomer, town.firm).pk, "ground": "asked", "village_agrees": True,
            "handover": "服务档案已经移交。"}  # fmt: skip
    served.take("ask_replacement", APPLICANT, {"ground": "asked", **REASON})
    assert served.state == "replacing"
    served.take("replace", SUPERVISOR, data)
    assert (served.state, served.case.handler) == ("in_force", newcomer)
    assert "服务档案已经移交" in served.letter("village_adviser_replaced")


def test_a_replacement_is_refused_with_a_reason(served: VillageContract) -> None:
    served.take("ask_replacement", APPLICANT, {"ground": "asked", **REASON})
    served.take("keep_adviser", SUPERVISOR, REASON)
    assert served.state == "in_force"
    assert "向上一级司法行政机关反映" in served.letter("village_adviser_kept")


def test_the_same_adviser_does_not_replace_himself(served: VillageContract) -> None:
    same = {"practitioner": served.lawyer.pk, "ground": "asked", "village_agrees": True,
            "handover": "服务档案已经移交。"}  # fmt: skip
    with pytest.raises(Missing, match="就是现任"):
        served.take("replace", SUPERVISOR, same)


def test_a_contract_is_ended_with_a_ground_and_a_way_on(served: VillageContract) -> None:
    served.take("ask_exit", LAWYER, {"ground": "adviser", **REASON})
    served.take("end", SUPERVISOR, {**END, "ended_on": served.today})
    assert served.state == "ended"
    assert "向上一级司法行政机关反映" in served.letter("village_contract_ended")


def test_exit_may_be_refused(served: VillageContract) -> None:
    served.take("ask_exit", APPLICANT, {"ground": "village", **REASON})
    served.take("refuse_exit", SUPERVISOR, REASON)
    assert (served.state, served.letters[-1]) == ("in_force", "village_exit_refused")


def test_no_contract_ends_before_its_first_day_or_in_a_dispute(served: VillageContract) -> None:
    with pytest.raises(Missing, match="早于合同开始日"):
        served.take("end", SUPERVISOR, {**END, "ended_on": date(2026, 2, 1)})
    served.visit(date(2026, 3, 10))
    served.take("dispute_visit", APPLICANT, {"visited_on": date(2026, 3, 10), "begins": "09:00", **REASON})
    with pytest.raises(Missing, match="异议还没有核实"):
        served.take("end", SUPERVISOR, {**END, "ended_on": served.today})


def test_a_renewal_needs_all_three_signatures_again(served: VillageContract) -> None:
    take_daily_steps(at=on(2, 1, year=2027))
    served.refresh()
    assert "快到期了" in citizen_timeline(served.case)[-1].sentence
    served.take("renew", APPLICANT, {"decided_on": served.today}, on=on(2, 1, year=2027))
    with pytest.raises(Missing, match="还没有签字"):
        served.conclude(begins_on=date(2027, 3, 1), ends_on=date(2028, 2, 28))
    served.sign().conclude(begins_on=date(2027, 3, 1), ends_on=date(2028, 2, 28))
    assert served.state == "in_force"
    assert [one["ends_on"] for one in served.facts["earlier"]] == ["2027-02-28"]


def test_nobody_renews_into_the_running_term(served: VillageContract) -> None:
    served.take("renew", APPLICANT, {"decided_on": served.today})
    served.sign()
    with pytest.raises(Missing, match="续签的开始日应当在它之后"):
        served.conclude(begins_on=date(2027, 1, 1), ends_on=date(2028, 2, 28))


def test_the_village_may_give_up_the_renewal(served: VillageContract) -> None:
    served.take("renew", APPLICANT, {"decided_on": served.today})
    served.take("give_up_renewal", APPLICANT, REASON)
    assert served.state == "in_force"


def test_who_may_do_what_is_what_the_table_says(served: VillageContract) -> None:
    def offered(role: Role) -> set[str]:
        actor = served.citizen if role == APPLICANT else served.town.actor(role)
        return {step.name for step in steps_open_to(served.case, actor, at=served.at)}

    assert {"dispute_visit", "evaluate", "ask_replacement", "renew"} <= offered(APPLICANT)
    assert "log_visit" in offered(LAWYER)
    assert {"nominate", "assess"} & offered(LAWYER) == set()
    assert {"assess", "end", "replace"} <= offered(SUPERVISOR)
    assert offered(Role.MEDIATOR) == set()


# --- helpers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("village", "plain"),
    [("榆树村", "榆树"), ("榆树村村民委员会", "榆树"), ("群力社区", "群力"), (" 榆树村 ", "榆树")],
)
def test_a_village_is_known_under_its_plain_name(village: str, plain: str) -> None:
    assert plain_name(village) == plain


def test_two_sessions_overlap_only_when_their_times_do() -> None:
    one = Session(date(2026, 3, 10), "09:00", "11:00", "advice", 1, "")
    assert one.overlaps(Session(date(2026, 3, 10), "10:00", "12:00", "advice", 1, ""))
    assert not one.overlaps(Session(date(2026, 3, 10), "11:00", "12:00", "advice", 1, ""))
    assert not one.overlaps(Session(date(2026, 3, 11), "10:00", "12:00", "advice", 1, ""))
    assert one.hours == 2


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> VillageContract:
    """Thursday 24 September 2026: Mid-Autumn to the 27th, National Day 1 to 7 October, Saturday 10 October works."""
    import_package_years([2026])
    return VillageContract(town, on(9, 24))


def test_the_limits_before_a_contract_leave_out_the_holidays(autumn: VillageContract) -> None:
    autumn.propose()
    # 28, 29, 30 September, 8, 9, Saturday 10, 12 to 16, 19 to 22 October.
    assert autumn.due("nomination") == date(2026, 10, 22)
    autumn.nominate()
    assert autumn.due("village_answer") == date(2026, 10, 9)
    autumn.take("refuse_adviser", APPLICANT, REASON, on=on(10, 8))
    assert autumn.due("nomination") == date(2026, 10, 28)


def test_the_three_have_thirty_days_to_sign(autumn: VillageContract) -> None:
    autumn.propose().nominate().agree()
    assert autumn.due("signing") == date(2026, 10, 26)


def test_answers_to_the_village_are_due_in_ten_working_days(autumn: VillageContract) -> None:
    autumn.in_force(begins_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    autumn.take("ask_replacement", APPLICANT, {"ground": "asked", **REASON}, on=on(9, 28))
    assert autumn.due("replacement") == date(2026, 10, 16)
    autumn.take("keep_adviser", SUPERVISOR, REASON, on=on(10, 16, 17))
    assert autumn.clock("replacement").condition == "met"
    autumn.take("ask_exit", APPLICANT, {"ground": "village", **REASON}, on=on(10, 19))
    assert autumn.due("exit") == date(2026, 11, 2)
    autumn.take("refuse_exit", SUPERVISOR, REASON, on=on(11, 3))
    assert autumn.clock("exit").condition == "missed"


def test_a_province_may_replace_a_default(autumn: VillageContract) -> None:
    Parameter.objects.create(
        key="clock.VA01", region="23", value={"count": 3, "unit": "WD"}, since=date(2020, 1, 1), basis="本省规定"
    )
    autumn.propose()
    assert autumn.due("nomination") == date(2026, 9, 30)
    assert autumn.clock("nomination").is_replaced


def test_no_limit_of_a_contract_pretends_to_be_law() -> None:
    assert {clock.confidence for clock in PROCEDURE.clocks} == {"U"}
