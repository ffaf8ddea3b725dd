"""The subsidy of a case: nobody types an amount, one proposes, another approves, the budget holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from santai.casework.access import steps_open_to
from santai.casework.payments import approve, pay, refuse
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.rules.legal_aid_subsidy import quote_for
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.procedures.legal_aid_criminal_story import another_lawyer
from tests.procedures.legal_aid_story import DIRECTOR, FINISH, LAWYER, OFFICER, REASON, Story, keep_budget

pytestmark = pytest.mark.django_db


def close(story: Story, grade: str = "good", **changes: object) -> Story:
    data = {**FINISH, "closed_on": story.today, **changes}
    story.take("finish", LAWYER, data, Doc.COURT_PAPER, Doc.MEETING_RECORD)
    story.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)
    story.take("accept_file", data={"grade": grade})
    return story


def offered(story: Story, role: Role = OFFICER) -> set[str]:
    return {step.name for step in steps_open_to(story.case, story.actor(role), at=story.at)}


@pytest.fixture
def closed(handled: Story) -> Story:
    keep_budget(handled.town, handled.today.year)
    return close(handled)


def total(story: Story) -> Decimal:
    return story.case.payments.get().amount


def test_a_case_in_court_is_paid_in_full_and_a_settlement_less(handled: Story) -> None:
    keep_budget(handled.town, handled.today.year)
    full = quote_for(handled.case, on=handled.today).total
    close(handled, stage="settled").pay()
    assert total(handled) < full


@pytest.mark.parametrize(("grade", "sign"), [("excellent", 1), ("good", 0), ("unqualified", -1)])
def test_the_grade_of_the_file_moves_the_subsidy(handled: Story, grade: str, sign: int) -> None:
    usual = quote_for(handled.case, on=handled.today).total
    close(handled, grade).pay()
    assert (total(handled) > usual) - (total(handled) < usual) == sign


def test_the_case_keeps_how_it_was_calculated_and_by_which_rule(closed: Story) -> None:
    closed.pay()
    kept = closed.case.facts["subsidy"][0]
    assert kept["total"] == str(total(closed))
    assert kept["lines"]
    assert "法律援助法第五十二条" in kept["basis"]


def test_no_form_of_the_subsidy_has_a_field_for_an_amount(closed: Story) -> None:
    closed.take("propose_subsidy", data={"amount": "99999"})
    assert total(closed) == quote_for(closed.case, on=closed.today).total


def test_without_a_budget_nothing_is_proposed(handled: Story) -> None:
    close(handled)
    with pytest.raises(Missing, match="还没有录入"):
        handled.take("propose_subsidy")
    assert (handled.state, handled.case.payments.count()) == ("closed", 0)


def test_only_the_head_approves_and_payment_waits_for_it(closed: Story) -> None:
    closed.take("propose_subsidy")
    assert "pay_subsidy" not in offered(closed)
    with pytest.raises(NotYou):
        closed.take("approve_subsidy", OFFICER)
    closed.take("approve_subsidy", DIRECTOR)
    closed.take("pay_subsidy", data={"paid_on": closed.today})
    assert closed.state == "paid"


def test_whoever_proposed_does_not_approve(closed: Story) -> None:
    closed.take("propose_subsidy", DIRECTOR)
    with pytest.raises(NotYou, match="不能批准自己"):
        closed.take("approve_subsidy", DIRECTOR)
    assert closed.case.payments.get().approved_at is None


def test_what_the_head_turns_down_is_calculated_again(closed: Story) -> None:
    closed.take("propose_subsidy")
    closed.take("refuse_subsidy", DIRECTOR, REASON)
    assert closed.state == "closed"
    closed.pay()
    assert closed.state == "paid"


def test_what_is_decided_on_the_pages_of_the_budget_counts_here_too(closed: Story) -> None:
    closed.take("propose_subsidy")
    payment = closed.case.payments.get()
    approve(payment, actor=closed.actor(DIRECTOR), at=closed.at)
    pay(payment, actor=closed.actor(OFFICER), at=closed.at)
    closed.take("pay_subsidy", data={"paid_on": closed.today})
    assert closed.state == "paid"


def test_a_refusal_on_the_pages_of_the_budget_does_not_leave_the_case_stuck(closed: Story) -> None:
    closed.take("propose_subsidy")
    with pytest.raises(NotFromHere, match="没有被退回"):
        closed.take("recalculate_subsidy")
    refuse(closed.case.payments.get(), actor=closed.actor(DIRECTOR), reason="等次有误", at=closed.at)
    closed.take("recalculate_subsidy")
    closed.pay()
    assert closed.state == "paid"


def test_two_who_worked_on_a_case_share_it(handled: Story) -> None:
    keep_budget(handled.town, handled.today.year)
    first, second = handled.lawyer, another_lawyer(handled.town)
    data = {"practitioner": second.pk, "reason": "unable", "handover": "材料已经全部移交。", **REASON}
    handled.take("replace", data=data)
    handled.town.staff[LAWYER] = second.user  # type: ignore[assignment]
    handled.begin_handling()
    close(handled)
    with pytest.raises(Missing) as refusal:
        handled.take("propose_subsidy", data={"earlier_percent": 30})
    assert set(refusal.value.fields) == {"done_percent"}
    with pytest.raises(Missing, match="不能超过100"):
        handled.take("propose_subsidy", data={"done_percent": 80, "earlier_percent": 30})
    handled.pay(done_percent=70, earlier_percent=30)
    shares = {one.payee_id: one.amount for one in handled.case.payments.all()}
    assert shares[first.pk] * 7 == shares[second.pk] * 3


def test_the_offices_own_staff_are_not_paid_and_nobody_else_is_called_staff(closed: Story) -> None:
    with pytest.raises(Missing, match="不是法律援助机构的工作人员"):
        closed.take("no_subsidy", data={"reason": "staff", "note": "本机构工作人员承办。"})
    Practitioner.objects.filter(pk=closed.lawyer.pk).update(kind="legal_aid")
    assert "propose_subsidy" not in offered(closed)
    closed.take("no_subsidy", data={"reason": "staff", "note": "本机构工作人员承办。"})
    assert (closed.state, closed.letters[-1]) == ("paid", "legal_aid_no_subsidy")
