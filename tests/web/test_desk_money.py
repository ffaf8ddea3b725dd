"""The desk's room for subsidies: what may be spent, what waits, and how each sum came about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from santai.casework.models import BudgetLine, Payment
from santai.casework.money import quote
from santai.casework.payments import prepare_payment
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role
from santai.web.desk import money
from tests import factories
from tests.web.staff_pages import at_desk, earlier

pytestmark = pytest.mark.django_db
OFFICER, DIRECTOR = Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR
YEAR = timezone.localdate().year


@pytest.fixture
def line(town: factories.Town) -> BudgetLine:
    return BudgetLine.objects.create(organisation=town.legal_aid, year=YEAR, purpose="legal_aid", amount=Decimal(2000))


def waiting(town: factories.Town, line: BudgetLine) -> Payment:
    found = quote("legal_aid.civil", region="230102", on=timezone.localdate(), quantities={"excellent": 1})
    lawyer = town.staff[Role.LAWYER].practitioner
    at = earlier()
    return prepare_payment(
        factories.make_case(at), line=line, quote=found, payee=lawyer, actor=town.actor(OFFICER), at=at
    )


def test_an_empty_year_says_what_will_stand_there(town):
    page = at_desk(town.staff[DIRECTOR]).get("/desk/money").content.decode()
    assert "这一年还没有录入经费" in page
    assert "没有这样的补贴" in page


def test_each_sum_is_shown_with_its_calculation(town, line):
    waiting(town, line)
    page = at_desk(town.staff[DIRECTOR]).get("/desk/money").content.decode()
    assert all(words in page for words in ("1个阶段×1350元", "1350元×20%", "1620.00", "标准待核实", "依据："))


def test_a_director_approves_and_the_office_records_the_payment(town, line):
    payment = waiting(town, line)
    director = at_desk(town.staff[DIRECTOR])
    page = director.post(f"/desk/money/payments/{payment.pk}/approve", follow=True)
    assert "待支付" in page.content.decode()
    row = director.get("/desk/money").context["lines"][0]
    assert (row.line.committed, row.paid, row.left) == (Decimal(1620), Decimal(0), Decimal(380))
    at_desk(town.staff[OFFICER]).post(f"/desk/money/payments/{payment.pk}/pay")
    row = director.get("/desk/money").context["lines"][0]
    assert (row.paid, row.left) == (Decimal(1620), Decimal(380))


def test_what_the_budget_does_not_bear_is_told_in_words(town, line):
    first, second = waiting(town, line), waiting(town, line)
    director = at_desk(town.staff[DIRECTOR])
    director.post(f"/desk/money/payments/{first.pk}/approve")
    page = director.post(f"/desk/money/payments/{second.pk}/approve", follow=True)
    assert "只剩380元" in page.content.decode()


def test_a_refusal_without_a_reason_is_asked_for_one(town, line):
    payment = waiting(town, line)
    director = at_desk(town.staff[DIRECTOR])
    page = director.post(f"/desk/money/payments/{payment.pk}/refuse", {"reason": " "}, follow=True)
    assert "请写明不批准的理由" in page.content.decode()
    director.post(f"/desk/money/payments/{payment.pk}/refuse", {"reason": "缺结案报告"})
    assert "缺结案报告" in director.get(f"/desk/money?year={YEAR}&show=refused").content.decode()


def test_whoever_prepared_it_is_offered_nothing_and_may_not_approve(town, line):
    payment = waiting(town, line)
    Payment.objects.update(prepared_by=town.staff[DIRECTOR])
    director = at_desk(town.staff[DIRECTOR])
    assert director.get("/desk/money").context["rows"][0].may == frozenset()
    assert director.post(f"/desk/money/payments/{payment.pk}/approve").status_code == 403


def test_another_office_finds_nothing(town, line):
    payment = waiting(town, line)
    stranger = at_desk(
        factories.make_staff(DIRECTOR, factories.make_organisation(OrganisationKind.LEGAL_AID, region="230202"))
    )
    assert stranger.post(f"/desk/money/payments/{payment.pk}/approve").status_code == 404
    assert payment.case.code not in stranger.get("/desk/money?show=all").content.decode()


def test_a_supervisor_looks_and_does_not_touch(town, line):
    payment = waiting(town, line)
    supervisor = at_desk(town.staff[Role.SUPERVISOR])
    page = supervisor.get("/desk/money")
    assert (page.context["form"], page.context["rows"][0].may) == (None, frozenset())
    assert supervisor.post(f"/desk/money/payments/{payment.pk}/approve").status_code == 403


def test_a_budget_is_entered_and_changed_by_the_own_director(town):
    director = at_desk(town.staff[DIRECTOR])
    given = {"organisation": town.legal_aid.pk, "year": YEAR, "purpose": "legal_aid", "amount": "100000"}
    director.post("/desk/money/budget", given)
    director.post("/desk/money/budget", {**given, "amount": "120000.50"})
    assert BudgetLine.objects.get().amount == Decimal("120000.50")
    elsewhere = factories.make_organisation(OrganisationKind.LEGAL_AID)
    assert director.post("/desk/money/budget", {**given, "organisation": elsewhere.pk}).status_code == 422
    assert director.post("/desk/money/budget", {**given, "amount": "-1"}).status_code == 422


def test_the_list_goes_on_over_the_page(town, line, monkeypatch):
    monkeypatch.setattr(money, "PAGE", 2)
    for _ in range(3):
        waiting(town, line)
    director = at_desk(town.staff[DIRECTOR])
    first = director.get("/desk/money")
    second = director.get("/desk/money" + first.context["next"])
    assert [len(page.context["rows"]) for page in (first, second)] == [2, 1]
    assert second.context["next"] == ""


def test_the_table_for_a_spreadsheet_holds_the_calculation_and_nobody_private(town, line):
    payment = waiting(town, line)
    response = at_desk(town.staff[DIRECTOR]).get("/desk/money/export")
    sheet = b"".join(response.streaming_content).decode()
    assert "办案基本补贴 1个阶段×1350元＝1350.00" in sheet
    assert payment.case.applicant.name not in sheet


@pytest.mark.parametrize("year", ["abc", "0", "99999999999999999999"])
def test_a_year_that_is_none_is_told(town, year):
    assert at_desk(town.staff[DIRECTOR]).get(f"/desk/money?year={year}").status_code == 422


def test_the_room_stays_at_few_queries(town, line, django_assert_max_num_queries):
    for _ in range(5):
        waiting(town, line)
    client = at_desk(town.staff[DIRECTOR])
    client.get("/desk/money")
    with django_assert_max_num_queries(16):
        client.get("/desk/money")
