"""A case that came back: never to the same organisation, first to the one that was named."""

from __future__ import annotations

from datetime import datetime, timedelta

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.dispatch.assign import dispatch
from santai.dispatch.propose import propose, survey
from santai.registry.models import Organisation
from santai.trust.actors import SYSTEM, Actor
from tests.dispatch.makers import firm, organisations, said, waiting


def give(case: Case, organisation: Organisation, at: datetime) -> None:
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": str(organisation.pk)}, at=at)


def give_back(case: Case, step: str, *, by: Organisation, better: Organisation, at: datetime) -> None:
    actor = Actor.staff(by.practitioners.get().user)
    data = {
        "reason": "not_our_duty",
        "ground": "职责清单第3条",
        "explanation": "不属于本单位的业务范围",
        "better_owner": str(better.pk),
    }
    take_step(case, step, actor=actor, data=data, at=at)


def test_the_named_better_owner_comes_first_and_the_one_that_returned_it_not_at_all(monday: datetime) -> None:
    returner, bystander, named = firm(), firm(), firm("230202")
    case = waiting(monday)
    give(case, returner, monday)
    give_back(case, "return_order", by=returner, better=named, at=monday + timedelta(hours=1))

    seen = survey(case, at=monday + timedelta(hours=2))

    assert organisations(seen.proposals) == [named, bystander]
    assert f"{returner.name}退回时指明由该单位办理，依据：职责清单第3条" in seen.proposals[0].reasons
    assert [(one.organisation, one.reason) for one in seen.passed_over] == [(returner, "曾退回本件：职责清单第3条")]


def test_a_returned_case_goes_by_itself_to_the_named_better_owner(monday: datetime) -> None:
    returner, named = firm(), firm("230202")
    firm()
    case = waiting(monday, sure=False)
    give(case, returner, monday)
    give_back(case, "return_order", by=returner, better=named, at=monday)

    proposal = dispatch(case, at=monday + timedelta(hours=1))

    assert proposal is not None
    assert case.organisation == named
    assert case.log.last().step == "redispatch"
    assert "指明由该单位办理" in case.log.last().data["reasons"]


def test_after_a_second_return_only_the_arbiter_decides(monday: datetime) -> None:
    first, second, third = firm(), firm(), firm()
    case = waiting(monday)
    give(case, first, monday)
    give_back(case, "return_order", by=first, better=second, at=monday)
    dispatch(case, at=monday)
    give_back(case, "contest", by=second, better=first, at=monday)

    assert dispatch(case, at=monday) is None
    assert case.state == "disputed"
    assert organisations(propose(case, at=monday)) == [third]


def test_a_body_that_returned_it_is_not_preferred_because_another_names_it(monday: datetime) -> None:
    first, second = firm(), firm()
    case = waiting(monday)
    give(case, first, monday)
    give_back(case, "return_order", by=first, better=second, at=monday)
    dispatch(case, at=monday)
    give_back(case, "contest", by=second, better=first, at=monday)

    assert all("指明" not in said(proposal) for proposal in propose(case, at=monday))
