"""Who is proposed, in what order, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from santai.casework.models import Case, CaseParty
from santai.casework.other_parties import AGAINST
from santai.dispatch.models import Rota
from santai.dispatch.propose import propose, survey
from santai.registry.models import OrganisationKind, Practitioner
from santai.trust.roles import Role
from tests import factories
from tests.dispatch.makers import body, busy, firm, organisations, person, said, waiting


def test_a_firm_of_the_same_county_comes_before_one_of_the_same_city(monday: datetime) -> None:
    far, near = firm("230103"), firm("230102")

    first, second = propose(waiting(monday), at=monday)

    assert (first.organisation, second.organisation) == (near, far)
    assert "同在道里区" in first.reasons
    assert "同在哈尔滨市（南岗区）" in second.reasons


def test_a_firm_of_another_city_is_proposed_only_when_the_city_has_none(monday: datetime) -> None:
    elsewhere = firm("230202")
    assert organisations(propose(waiting(monday), at=monday)) == [elsewhere]
    assert "由同省的龙沙区承接" in said(propose(waiting(monday), at=monday)[0])

    here = firm("230103")

    assert organisations(propose(waiting(monday), at=monday)) == [here]


def test_a_county_without_a_firm_is_served_by_a_neighbour_and_told_so(monday: datetime) -> None:
    neighbour = firm("230103")

    (only,) = propose(waiting(monday, region="230127"), at=monday)

    assert only.organisation == neighbour
    assert "木兰县没有可以承办的律师事务所，由同市的南岗区就近承接" in only.reasons
    assert only.is_clear


def test_a_firm_without_a_practising_lawyer_does_not_serve_its_county(monday: datetime) -> None:
    empty = body("230127")
    neighbour = firm("230103")

    seen = survey(waiting(monday, region="230127"), at=monday)

    assert organisations(seen.proposals) == [neighbour]
    assert "木兰县没有可以承办的律师事务所，由同市的南岗区就近承接" in seen.proposals[0].reasons
    assert [(one.organisation, one.reason) for one in seen.passed_over] == [(empty, "目前没有可以执业的人员")]


def test_the_specialist_is_chosen_and_named_with_the_skill(monday: datetime) -> None:
    office = body()
    person(office, matters=["婚姻家庭"])
    specialist = person(office, matters=["劳动纠纷"])

    (only,) = propose(waiting(monday, matter="劳动纠纷"), at=monday)

    assert only.practitioner == specialist
    assert f"{specialist.name}擅长劳动纠纷" in only.reasons


def test_between_equals_the_less_busy_person_is_chosen_and_compared_with_the_firm(monday: datetime) -> None:
    office = body()
    loaded, free = person(office), person(office)
    busy(loaded, 5, monday)
    busy(free, 1, monday)

    (only,) = propose(waiting(monday), at=monday)

    assert only.practitioner == free
    assert "在办1件，低于本所平均3件" in only.reasons


def test_an_average_below_one_is_not_rounded_away(monday: datetime) -> None:
    office = body()
    busy(person(office), 1, monday)
    person(office)
    office.practitioners.order_by("pk").update(matters=[])
    office.practitioners.filter(pk=office.practitioners.order_by("pk")[0].pk).update(matters=["合同纠纷"])

    (only,) = propose(waiting(monday), at=monday)

    assert "在办1件，高于本所平均0.5件" in only.reasons


def test_a_finished_case_is_no_load(monday: datetime) -> None:
    office = body()
    first, second = person(office), person(office)
    busy(first, 2, monday)
    first.user.cases.update(closed_at=monday, due_at=None)
    busy(second, 1, monday)

    assert propose(waiting(monday), at=monday)[0].practitioner == first


def test_between_equal_firms_the_less_busy_one_comes_first(monday: datetime) -> None:
    loaded, free = firm(), firm()
    busy(loaded.practitioners.get(), 4, monday)

    assert organisations(propose(waiting(monday), at=monday)) == [free, loaded]


@pytest.mark.parametrize(
    "flaw",
    [{"standing": Practitioner.Standing.SUSPENDED}, {"last_assessment": "不称职"}, {"licensed_on": date(2030, 1, 1)}],
)
def test_nobody_who_may_not_practise_is_proposed(monday: datetime, flaw: dict[str, object]) -> None:
    office = body()
    person(office, **flaw)

    assert propose(waiting(monday), at=monday) == []


def test_a_lower_assessment_comes_behind_and_says_so(monday: datetime) -> None:
    office = body()
    basic, good = person(office, last_assessment="基本称职"), person(office)
    assert propose(waiting(monday), at=monday)[0].practitioner == good

    good.standing = Practitioner.Standing.ENDED
    good.save()

    (only,) = propose(waiting(monday), at=monday)
    assert only.practitioner == basic
    assert "上年度考核为基本称职，排序靠后" in only.reasons


def test_legal_aid_goes_to_the_legal_aid_body_and_not_to_a_firm_beside_it(monday: datetime) -> None:
    firm()
    aid = body(kind=OrganisationKind.LEGAL_AID)
    factories.make_staff(Role.LEGAL_AID_OFFICER, aid)

    first = propose(waiting(monday, service="legal_aid"), at=monday)[0]

    assert first.organisation == aid
    assert first.is_clear
    assert any("法律援助法第36条" in reason for reason in first.reasons)


def test_a_neighbours_quarrel_goes_to_the_mediators(monday: datetime) -> None:
    firm()
    committee = body(kind=OrganisationKind.MEDIATION)
    person(committee)

    assert propose(waiting(monday, service="mediation", matter="侵权"), at=monday)[0].organisation == committee


def test_a_criminal_matter_is_never_given_to_a_grassroots_office(monday: datetime) -> None:
    office = body(kind=OrganisationKind.GRASSROOTS)
    factories.make_practitioner(factories.make_staff(Role.VILLAGE_ADVISER, office), office, kind="grassroots")

    assert organisations(propose(waiting(monday), at=monday)) == [office]
    assert propose(waiting(monday, matter="刑事辩护"), at=monday) == []


def test_a_minor_gets_somebody_who_knows_minors(monday: datetime) -> None:
    office = body()
    person(office)
    suited = person(office, knows_minors=True)

    (only,) = propose(waiting(monday, facts={"groups": ["minor"]}), at=monday)

    assert only.practitioner == suited
    assert "未成年人保护法第104条" in said(only)


def test_years_of_criminal_defence_count_in_a_criminal_matter(monday: datetime) -> None:
    office = body()
    person(office)
    experienced = person(office, criminal_defence_since=date(2016, 1, 1))

    (only,) = propose(waiting(monday, matter="刑事辩护"), at=monday)

    assert only.practitioner == experienced
    assert "刑事辩护执业10年" in only.reasons


def test_the_person_on_duty_comes_first(monday: datetime) -> None:
    office = body()
    person(office)
    on_turn = person(office)
    Rota.objects.create(
        organisation=office,
        user=on_turn.user,
        starts_at=monday - timedelta(hours=1),
        ends_at=monday + timedelta(hours=1),
    )

    (only,) = propose(waiting(monday), at=monday)
    assert only.practitioner == on_turn
    assert f"{on_turn.name}正在值班" in only.reasons

    later = propose(waiting(monday), at=monday + timedelta(hours=1))[0]
    assert later.practitioner != on_turn


def test_the_person_on_duty_is_found_among_many_firms(monday: datetime) -> None:
    offices = [firm() for _ in range(20)]
    last = offices[-1]
    on_turn = last.practitioners.get().user
    Rota.objects.create(organisation=last, user=on_turn, starts_at=monday, ends_at=monday + timedelta(hours=8))

    assert propose(waiting(monday), at=monday)[0].organisation == last


def test_a_county_without_a_firm_has_its_grassroots_office_answer(monday: datetime) -> None:
    office = body("230127", kind=OrganisationKind.GRASSROOTS)
    factories.make_practitioner(factories.make_staff(Role.VILLAGE_ADVISER, office), office, kind="grassroots")
    firm("230103")

    first = propose(waiting(monday, region="230127"), at=monday)[0]

    assert first.organisation == office
    assert first.is_clear


def test_at_night_a_body_that_is_always_open_comes_first_and_the_other_says_when_it_opens(monday: datetime) -> None:
    night = monday.replace(hour=23)
    closed, always = firm(), firm(hours="7×24小时")

    first, second = propose(waiting(monday), at=night)

    assert (first.organisation, second.organisation) == (always, closed)
    assert "现在是夜间，该单位24小时服务" in first.reasons
    assert "现在是夜间，该单位3月3日(周二)上班后办理" in second.reasons


def test_on_friday_evening_the_next_working_day_is_monday(monday: datetime) -> None:
    firm()
    friday_evening = monday + timedelta(days=4, hours=11)

    (only,) = propose(waiting(monday), at=friday_evening)

    assert "现在是下班时间，该单位3月9日(周一)上班后办理" in only.reasons


def test_a_firm_that_acts_for_the_other_side_is_passed_over_with_the_reason(monday: datetime) -> None:
    conflicted, free = firm(), firm()
    factories.make_case(monday, applicant=factories.make_party("宏达公司", kind="company"), organisation=conflicted)

    seen = survey(waiting(monday, facts={"adverse_party": "宏达公司"}), at=monday)

    assert organisations(seen.proposals) == [free]
    assert seen.passed_over[0].organisation == conflicted
    assert "利益冲突" in seen.passed_over[0].reason


def named_against(case: Case, name: str, *, number: int, side: str = "respondent", field: str = "adverse_name") -> None:
    CaseParty.objects.create(
        case=case, side=side, kind="company", name=name, field=field, number=number, named_at=case.opened_at
    )


@pytest.mark.parametrize("side", sorted(AGAINST))
def test_a_firm_that_acts_for_whom_a_step_named_is_passed_over(monday: datetime, side: str) -> None:
    conflicted, free = firm(), firm()
    factories.make_case(monday, applicant=factories.make_party("宏达公司", kind="company"), organisation=conflicted)
    case = waiting(monday)
    assert set(organisations(propose(case, at=monday))) == {conflicted, free}

    named_against(case, "宏达公司", number=2, side=side)

    seen = survey(case, at=monday)
    assert organisations(seen.proposals) == [free]
    assert [one.organisation for one in seen.passed_over] == [conflicted]


def test_a_firm_that_acts_for_whom_a_case_that_came_of_this_names_is_passed_over(monday: datetime) -> None:
    conflicted, free = firm(), firm()
    factories.make_case(monday, applicant=factories.make_party("宏达公司", kind="company"), organisation=conflicted)
    case = waiting(monday)
    child = factories.make_case(monday, procedure="mediation", applicant=case.applicant, parent=case)

    named_against(child, "宏达公司", number=2)

    assert organisations(propose(case, at=monday)) == [free]


def test_a_witness_or_a_name_that_was_corrected_bars_nobody(monday: datetime) -> None:
    office = firm()
    factories.make_case(monday, applicant=factories.make_party("宏达公司", kind="company"), organisation=office)
    case = waiting(monday)
    named_against(case, "宏达公司", number=2)
    named_against(case, "宏远公司", number=3)
    named_against(case, "宏达公司", number=4, side="witness", field="witness")

    assert organisations(propose(case, at=monday)) == [office]


def test_a_mediator_who_knows_both_sides_is_not_in_conflict(monday: datetime) -> None:
    committee = body(kind=OrganisationKind.MEDIATION)
    person(committee)
    factories.make_case(monday, applicant=factories.make_party("李四"), organisation=committee)

    case = waiting(monday, service="mediation", facts={"adverse_party": "李四"})

    assert organisations(propose(case, at=monday)) == [committee]


def test_a_firm_whose_people_have_no_account_is_last_and_not_clear(monday: datetime) -> None:
    office = body()
    Practitioner.objects.create(name="无账号", kind="lawyer", organisation=office, licence="1")
    other = firm("230103")

    first, second = propose(waiting(monday), at=monday)

    assert (first.organisation, second.organisation) == (other, office)
    assert second.handler_id is None
    assert not second.is_clear
    assert "请电话告知" in said(second)


def test_the_same_facts_give_the_same_order_and_ties_go_by_number(monday: datetime) -> None:
    made = [firm() for _ in range(6)]
    case = waiting(monday)

    once, again = propose(case, at=monday), propose(case, at=monday)

    assert once == again
    assert organisations(once) == made[:5]


def test_every_proposal_says_why(monday: datetime) -> None:
    firm("230102")
    firm("230103")

    for proposal in propose(waiting(monday), at=monday):
        assert len(proposal.reasons) >= 3


def _queries_for(case_maker: Callable[[], object]) -> int:
    case = case_maker()
    with CaptureQueriesContext(
        connection,
    ) as context:
        propose(case, at=case.opened_at)  # type: ignore[arg-type, attr-defined]
    return len(context)


def test_six_queries_are_enough_whatever_the_size(monday: datetime) -> None:
    def fresh_case() -> object:
        return Case.objects.get(pk=waiting(monday, facts={"adverse_party": "宏达公司"}).pk)

    firm()
    propose(waiting(monday), at=monday)  # the divisions and the calendar are read once for many cases
    small = _queries_for(fresh_case)
    for number in range(30):
        busy(firm("230102" if number % 2 else "230103", lawyers=2).practitioners.first(), 1, monday)

    assert _queries_for(fresh_case) == small <= 6
