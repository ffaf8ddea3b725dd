"""Subsidies: prepared by one, approved by another, within the budget, paid once."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from santai.casework.models import BudgetLine, Case, Payment
from santai.casework.money import quote
from santai.casework.payments import (
    approve,
    line_for,
    lines_for,
    pay,
    payments_for,
    prepare_payment,
    refuse,
    set_budget,
    spent_on,
)
from santai.casework.refusals import Missing, NotFromHere, NotYou, Refused, Stale
from santai.registry.models import OrganisationKind
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests import factories
from tests.at_once import at_the_same_instant

OFFICER, DIRECTOR, LAWYER = Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.LAWYER


@pytest.fixture
def line(town: factories.Town) -> BudgetLine:
    return set_budget(town.legal_aid, "legal_aid", year=2026, amount=Decimal(2000), actor=town.actor(DIRECTOR))


def prepared(town: factories.Town, line: BudgetLine, at: datetime, *, role: Role = OFFICER, **given: object) -> Payment:
    case = given.pop("case", None) or factories.make_case(at)
    lawyer = town.staff[LAWYER].practitioner
    found = quote(str(given.pop("item", "legal_aid.civil")), region="230102", on=at.date())
    return prepare_payment(case, line=line, quote=found, payee=lawyer, actor=town.actor(role), at=at, **given)


def test_a_subsidy_is_prepared_approved_and_paid(town, line, monday):
    payment = prepared(town, line, monday)
    assert (payment.condition, payment.amount) == ("待批准", Decimal(1350))
    assert payment.quote["lines"][0]["working"] == "1个阶段×1350元"
    approve(payment, actor=town.actor(DIRECTOR), at=monday)
    assert payment.condition == "待支付"
    line.refresh_from_db()
    assert (line.committed, spent_on([line])) == (Decimal(1350), {})
    pay(payment, actor=town.actor(OFFICER), at=monday)
    assert payment.condition == "已支付"
    assert spent_on([line]) == {line.pk: Decimal(1350)}


def test_nobody_approves_what_they_prepared(town, line, monday):
    payment = prepared(town, line, monday, role=DIRECTOR)
    with pytest.raises(NotYou, match="不能批准自己提出"):
        approve(payment, actor=town.actor(DIRECTOR), at=monday)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(approved_by=town.staff[DIRECTOR], approved_at=monday)


@pytest.mark.parametrize("role", [OFFICER, LAWYER, Role.SUPERVISOR, Role.AUDITOR])
def test_only_a_director_of_the_paying_office_approves(town, line, monday, role):
    payment = prepared(town, line, monday, role=DIRECTOR)
    with pytest.raises(NotYou):
        approve(payment, actor=town.actor(role), at=monday)
    elsewhere = factories.make_staff(DIRECTOR, factories.make_organisation(OrganisationKind.LEGAL_AID))
    with pytest.raises(NotYou):
        approve(payment, actor=Actor.staff(elsewhere), at=monday)


def test_a_lawyer_does_not_prepare_the_own_subsidy(town, line, monday):
    with pytest.raises(NotYou):
        prepared(town, line, monday, role=LAWYER)


def test_the_budget_is_never_overspent(town, line, monday):
    first, second = prepared(town, line, monday), prepared(town, line, monday)
    approve(first, actor=town.actor(DIRECTOR), at=monday)
    with pytest.raises(Missing, match="只剩650元"):
        approve(second, actor=town.actor(DIRECTOR), at=monday)
    second.refresh_from_db()
    assert second.condition == "待批准"
    set_budget(town.legal_aid, "legal_aid", year=2026, amount=Decimal(2700), actor=town.actor(DIRECTOR))
    assert approve(second, actor=town.actor(DIRECTOR), at=monday).condition == "待支付"
    with pytest.raises(Missing, match="不能比它少"):
        set_budget(town.legal_aid, "legal_aid", year=2026, amount=Decimal("2699.99"), actor=town.actor(DIRECTOR))


def test_the_database_keeps_the_budget_too(line):
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(committed=Decimal("2000.01"))


def test_cents_add_up_to_exactly_the_budget(town, monday):
    line = set_budget(town.legal_aid, "legal_aid", year=2026, amount=Decimal("0.30"), actor=town.actor(DIRECTOR))
    for _ in range(3):
        payment = prepared(town, line, monday, amount=Decimal("0.1"), reason="核减")
        approve(payment, actor=town.actor(DIRECTOR), at=monday)
    line.refresh_from_db()
    assert line.committed == line.amount


def test_the_same_work_is_not_paid_twice(town, line, monday):
    payment = prepared(town, line, monday)
    with pytest.raises(NotFromHere, match="已经"):
        prepared(town, line, monday, case=payment.case)
    refuse(payment, actor=town.actor(DIRECTOR), reason="缺结案报告", at=monday)
    assert prepared(town, line, monday, case=payment.case).condition == "待批准"
    with pytest.raises(Stale):
        approve(payment, actor=town.actor(DIRECTOR), at=monday)


def test_a_refusal_needs_a_reason(town, line, monday):
    payment = prepared(town, line, monday)
    with pytest.raises(Missing):
        refuse(payment, actor=town.actor(DIRECTOR), reason="  ", at=monday)


def test_another_amount_than_the_calculated_needs_a_reason(town, line, monday):
    with pytest.raises(Missing, match="1350元"):
        prepared(town, line, monday, amount=Decimal(1000))
    assert prepared(town, line, monday, amount=Decimal(1000), reason="扣减逾期归档").amount == 1000


def test_money_is_not_taken_from_a_line_for_something_else(town, line, monday):
    with pytest.raises(Missing, match="不能从"):
        prepared(town, line, monday, item="mediators.lost_work")


def test_nothing_is_paid_before_it_is_approved_nor_twice(town, line, monday):
    payment = prepared(town, line, monday)
    with pytest.raises(NotFromHere):
        pay(payment, actor=town.actor(OFFICER), at=monday)
    approve(payment, actor=town.actor(DIRECTOR), at=monday)
    with pytest.raises(Missing, match="早于"):
        pay(payment, actor=town.actor(OFFICER), at=monday - timedelta(days=1))
    pay(payment, actor=town.actor(OFFICER), at=monday)
    with pytest.raises(Stale):
        pay(payment, actor=town.actor(OFFICER), at=monday)


def test_an_office_sees_its_own_lines_a_supervisor_those_of_the_division(town, line, monday):
    prepared(town, line, monday)
    elsewhere = factories.make_organisation(OrganisationKind.LEGAL_AID, region="230202")
    stranger = factories.make_staff(DIRECTOR, elsewhere)
    seen = {role: lines_for(user).exists() for role, user in town.staff.items()}
    assert {role for role, sees in seen.items() if sees} == {OFFICER, DIRECTOR, Role.SUPERVISOR}
    assert not any(payments_for(user).exists() for user in (stranger, town.staff[LAWYER]))
    assert payments_for(town.staff[Role.SUPERVISOR]).count() == 1


def test_a_year_without_a_budget_says_so(town):
    with pytest.raises(Missing, match="还没有录入2026年度"):
        line_for(town.legal_aid, "legal_aid", year=2026)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one connection only")
def test_of_several_approvals_at_once_only_what_the_budget_bears_goes_through(monday):
    town = factories.build_town()
    line = set_budget(town.legal_aid, "legal_aid", year=2026, amount=Decimal(2700), actor=town.actor(DIRECTOR))
    waiting = [prepared(town, line, monday) for _ in range(5)]
    approved, refused = at_the_same_instant(
        *[lambda one=one: approve(one, actor=town.actor(DIRECTOR), at=monday) for one in (*waiting, waiting[0])]
    )
    line.refresh_from_db()
    assert (len(approved), line.committed) == (2, Decimal(2700))
    assert all(isinstance(fault, Refused) for fault in refused)
    assert Case.objects.count() == 5
