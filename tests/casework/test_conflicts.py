"""May this person take part? Each tie is found, explained, and lifted only by what the law lets lift it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.conflicts import CONSENT, NAMESAKE, Conflict, Kind, conflicts, told, unresolved
from santai.casework.models import Case, CaseParty, DeclaredInterest
from santai.casework.parts import Duty
from santai.registry.models import OrganisationKind, Practitioner
from santai.trust.roles import Role
from tests import factories
from tests.factories import Town, make_case, make_party, make_practitioner, make_staff

DAY = date(2026, 3, 2)
US, THEM = "王小明", "李大山"


def names(case: Case, name: str, side: str = "other") -> Case:
    CaseParty.objects.create(case=case, side=side, name=name, field="x", number=1, named_at=case.opened_at)
    return case


def held_by(lawyer: Practitioner, at: datetime, client: str, against: str = "", **fields: Any) -> Case:
    case = make_case(at, applicant=make_party(client), handler=lawyer.user, **fields)
    return names(case, against) if against else case


def person(town: Town, kind: str = "lawyer", home: Any = None, role: Role = Role.LAWYER, **fields: Any) -> Practitioner:
    where = home or town.firm
    return make_practitioner(make_staff(role, where, **fields), where, kind=kind)


def kinds(found: list[Conflict]) -> list[Kind]:
    return [one.kind for one in found]


@pytest.fixture
def lawyer(town: Town) -> Practitioner:
    return town.staff[Role.LAWYER].practitioner


@pytest.fixture
def ours(town: Town, monday: datetime) -> Case:
    return names(make_case(monday, applicant=make_party(US), matter="邻里纠纷"), THEM)


def test_whoever_has_nothing_to_do_with_it_is_free(ours, lawyer):
    assert conflicts(ours, lawyer, DAY) == []
    assert conflicts(ours, lawyer.user, DAY) == []


# --- the other side is a client ------------------------------------------------------------------------------------


@pytest.mark.parametrize("same_person", [True, False])
def test_a_firm_whose_client_is_the_other_side_may_act_only_with_consent(ours, town, lawyer, monday, same_person):
    one = held_by(lawyer if same_person else person(town), monday, THEM, matter="合同纠纷")
    (found,) = conflicts(ours, lawyer, DAY)
    assert (found.kind, one.code in found.reason) == (Kind.CLIENT, True)
    assert found.may_be_overridden
    assert NAMESAKE in found.override
    assert CONSENT in found.override
    assert unresolved([found], "双方书面同意") == []
    assert unresolved([found], "  ") == [found]


def test_in_a_criminal_case_only_a_namesake_is_set_apart(ours, lawyer, monday):
    held_by(lawyer, monday, THEM)
    (found,) = conflicts(ours, lawyer, DAY, is_criminal=True)
    assert found.override == NAMESAKE


def test_a_firm_that_acts_against_the_applicant_elsewhere_is_named(ours, lawyer, monday):
    held_by(lawyer, monday, "别人", against=US)
    (found,) = conflicts(ours, lawyer, DAY)
    assert found.kind is Kind.CLIENT
    assert "以本案当事人" in found.reason


def test_the_lawyer_of_the_other_side_of_the_same_quarrel_never_comes_over(ours, lawyer, town, monday):
    held_by(lawyer, monday, THEM, against=US, matter="邻里纠纷")
    (found,) = conflicts(ours, lawyer, DAY)
    assert (found.kind, found.override) == (Kind.BOTH_SIDES, NAMESAKE)
    (of_colleague,) = conflicts(ours, person(town), DAY)
    assert CONSENT in of_colleague.override


@pytest.mark.parametrize(("days", "kind"), [(365, [Kind.FORMER_CLIENT]), (366, [])])
def test_a_former_client_of_the_same_quarrel_counts_for_a_year(ours, lawyer, monday, days, kind):
    one = held_by(lawyer, monday - timedelta(days=days), THEM, against=US, matter="邻里纠纷")
    one.closed_at, one.due_at = one.opened_at, None
    one.save()
    assert kinds(conflicts(ours, lawyer, DAY)) == kind


def test_a_finished_matter_of_another_kind_is_no_conflict(ours, lawyer, monday):
    one = held_by(lawyer, monday, THEM)
    one.closed_at, one.due_at = monday, None
    one.save()
    assert conflicts(ours, lawyer, DAY) == []


def test_the_own_client_is_no_conflict(ours, lawyer, monday):
    make_case(monday, applicant=ours.applicant, handler=lawyer.user)
    assert conflicts(ours, lawyer, DAY) == []


def test_staff_of_the_office_that_received_the_other_application_are_not_barred_by_it(ours, town, monday):
    make_case(monday, applicant=make_party(THEM), organisation=town.legal_aid)
    staff = person(town, "legal_aid", town.legal_aid, Role.LEGAL_AID_OFFICER)
    assert conflicts(ours, staff, DAY) == []


# --- the person themself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["other", "agent", "witness"])
def test_a_namesake_of_anybody_in_the_case_is_pointed_out(town, monday, side):
    case = names(make_case(monday, applicant=make_party(US)), "赵律师", side)
    (found,) = conflicts(case, person(town, name="赵律师"), DAY)
    assert (found.kind, found.override) == (Kind.SELF, NAMESAKE)


def test_a_declared_interest_bars_until_it_ends(ours, town, lawyer, monday):
    tie = DeclaredInterest.objects.create(
        practitioner=lawyer, relation="kin", name=THEM, declared_by=lawyer.user, declared_at=monday
    )
    (found,) = conflicts(ours, lawyer, DAY)
    assert found.kind is Kind.INTEREST
    assert "近亲属" in found.reason
    assert conflicts(ours, person(town), DAY) == []
    tie.ended_on = DAY
    tie.save()
    assert conflicts(ours, lawyer, DAY) == []


@pytest.mark.parametrize("as_account", [True, False])
def test_whoever_was_recused_does_not_come_back(ours, lawyer, as_account):
    ours.facts = {"recused": [lawyer.user_id] if as_account else [{"practitioner": lawyer.pk}]}
    (found,) = conflicts(ours, lawyer, DAY)
    assert (found.kind, found.may_be_overridden) == (Kind.RECUSED, False)
    assert unresolved([found], "确有需要") == [found]


# --- earlier part in the matter --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"mediator": {"id": 0, "name": "x"}}, "mediator"),
        ({"tribunal": {"members": [{"practitioner": 0}]}}, "arbitrator"),
        ({"experts": [{"practitioner": 0}]}, "appraiser"),
    ],
)
def test_whoever_stood_between_the_two_does_not_act_for_one_later(ours, town, monday, facts, kind):
    known = person(town, "lawyer")
    text = str(facts).replace(": 0", f": {known.pk}")
    make_case(monday, applicant=ours.applicant, parent=ours, facts=eval(text))  # noqa: S307
    (found,) = conflicts(ours, known, DAY)
    assert (found.kind, found.may_be_overridden, kind != "") == (Kind.EARLIER_PART, False, True)
    assert "不能再代理" in found.reason


def test_the_same_part_goes_on(ours, town, monday):
    mediator = person(town, "mediator", town.mediation, Role.MEDIATOR)
    make_case(monday, applicant=ours.applicant, parent=ours, facts={"mediator": {"id": mediator.pk}})
    assert conflicts(ours, mediator, DAY) == []


def test_whoever_acted_for_one_side_does_not_stand_between_the_two(ours, town, lawyer, monday):
    held_by(lawyer, monday, THEM)
    (found,) = conflicts(ours, lawyer, DAY, duty=Duty.MEDIATE)
    assert found.kind is Kind.ACTED_FOR
    assert CONSENT in found.override
    (of_colleague,) = conflicts(ours, person(town), DAY, duty=Duty.ARBITRATE)
    assert (of_colleague.kind, CONSENT in of_colleague.override) == (Kind.ACTED_FOR, False)
    elsewhere = person(town, home=town.other_firm)
    assert conflicts(ours, elsewhere, DAY, duty=Duty.MEDIATE) == []


def test_the_order_a_mediation_came_from_is_no_mandate(town, lawyer, monday):
    order = make_case(monday, applicant=make_party(US), handler=lawyer.user)
    child = make_case(monday, procedure="mediation", applicant=order.applicant, parent=order)
    assert conflicts(child, lawyer, DAY, duty=Duty.MEDIATE) == []


@pytest.mark.parametrize("kind", ["notary", "appraiser"])
def test_a_notary_or_an_expert_is_not_barred_by_advice_in_another_matter(ours, town, monday, kind):
    home = factories.make_organisation(OrganisationKind.NOTARY)
    known = person(town, kind, home, Role.NOTARY)
    make_case(monday, applicant=ours.applicant, handler=known.user)
    assert conflicts(ours, known, DAY) == []


# --- what is told ----------------------------------------------------------------------------------------------------


def test_a_sealed_file_is_not_named_to_whoever_assigns(ours, lawyer, monday):
    will = held_by(lawyer, monday, THEM, procedure="notarization_will")
    will.facts = {"assignment": {"practitioner": lawyer.pk}}
    will.save()
    found = conflicts(ours, lawyer, DAY)
    assert found
    assert not any(will.code in one.reason for one in found)


def test_the_sentence_says_why_on_what_ground_and_what_to_do(ours, lawyer, monday):
    held_by(lawyer, monday, THEM)
    found = conflicts(ours, lawyer, DAY)
    (sentence,) = told(found)
    assert all(part in sentence for part in (found[0].reason, "律师法第三十九条", NAMESAKE))
    assert THEM not in sentence
    assert NAMESAKE not in told(found, with_remedy=False)[0]


def test_the_question_is_a_fixed_number_of_queries(ours, lawyer, monday, django_assert_max_num_queries):
    for number in range(8):
        held_by(lawyer, monday, THEM, against=f"别人{number}")
    ours = Case.objects.select_related("applicant").get(pk=ours.pk)
    with django_assert_max_num_queries(9):
        assert len(conflicts(ours, lawyer, DAY)) == 8
