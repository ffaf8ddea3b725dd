"""Criminal legal aid on application: who may apply, from where, who may defend, and every way it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.legal_aid_criminal import PROCEDURE
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town, make_practitioner, make_staff
from tests.procedures.legal_aid_criminal_story import (
    CRIMINAL_APPLICATION,
    MET,
    PAPERS,
    WHY,
    Criminal,
    another_lawyer,
)
from tests.procedures.legal_aid_story import DECLINE, DIRECTOR, LAWYER, OFFICER, keep_standard

pytestmark = pytest.mark.django_db
REPLACE = {"reason": "asked", "handover": "案卷材料全部移交。", **WHY}


@pytest.fixture
def story(town: Town, monday: datetime) -> Criminal:
    keep_standard()
    return Criminal(town, monday)


@pytest.fixture
def granted(story: Criminal) -> Criminal:
    story.apply().accept().grant()
    return story


@pytest.fixture
def handled(granted: Criminal) -> Criminal:
    granted.assign().begin_handling()
    return granted


def criteria(story: Criminal) -> dict[str, str]:
    return {one["name"]: one["outcome"] for one in story.case.facts["eligibility"]["criteria"]}


# --- the whole way ------------------------------------------------------------------------------------------------


def test_an_accused_without_means_is_defended_until_the_judgement_and_the_file_is_closed(handled: Criminal) -> None:
    handled.take("submit_papers", LAWYER, {"submitted_on": handled.today})
    handled.take("meet", LAWYER, {**MET, "met_on": handled.today, "told_risks": True}, Doc.MEETING_RECORD)
    handled.finish().hand_in().pay()
    assert handled.state == "paid"
    assert handled.letters == ["legal_aid_received", "legal_aid_granted", "legal_aid_assigned", "legal_aid_closed"]
    assert handled.case.facts["application"]["matter_label"] == "被告人（一审）"


def test_the_lawyers_subsidy_is_that_of_the_stage_and_nobody_types_it(handled: Criminal) -> None:
    handled.finish().hand_in().pay()
    payment = handled.case.payments.get()
    assert (payment.item, payment.payee) == ("legal_aid.criminal_trial", handled.lawyer)
    assert payment.amount == sum(Decimal(line["amount"]) for line in payment.quote["lines"])
    assert payment.approved_by == handled.town.staff[DIRECTOR]


# --- from detention -----------------------------------------------------------------------------------------------


def test_an_application_from_detention_comes_through_whoever_received_it(story: Criminal) -> None:
    received = {
        "receiver": "detention",
        "receiver_name": "道里区看守所",
        "received_at": (story.at - timedelta(hours=20)).isoformat(),
    }
    story.take("receive_in_custody", data=received)
    assert "道里区看守所已收到" in story.case.log.latest("number").told
    story.take("family_told", data={"told_on": story.today, "note": "请提供户口簿和收入证明。"})
    story.take("hand_over", OFFICER, {**CRIMINAL_APPLICATION, "handed_over_at": story.at.isoformat()}, *PAPERS)
    assert (story.state, story.clock("transfer").condition) == ("submitted", "met")
    assert "handed_over_at" not in story.case.facts["application"]
    story.accept().grant()
    assert story.state == "granted"


def test_it_cannot_reach_the_office_before_it_was_handed_in_nor_in_the_future(story: Criminal) -> None:
    received = {"receiver": "police", "receiver_name": "道里分局", "received_at": story.at.isoformat()}
    later, earlier = ((story.at + timedelta(minutes=one)).isoformat() for one in (1, -1))
    with pytest.raises(Missing, match="不能晚于现在"):
        story.take("receive_in_custody", data={**received, "received_at": later})
    story.take("receive_in_custody", data=received)
    with pytest.raises(Missing, match="早于"):
        story.take("hand_over", OFFICER, {**CRIMINAL_APPLICATION, "handed_over_at": earlier}, *PAPERS)


def test_only_the_office_writes_down_what_came_from_detention(story: Criminal) -> None:
    with pytest.raises(NotYou):
        story.take("receive_in_custody", Role.APPLICANT, {})


# --- who may have it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "criterion", "says"),
    [
        ({"capacity": "suspect"}, "scope", "审判阶段的当事人是被告人"),
        ({"stage": "investigation"}, "scope", "起诉以前的当事人是犯罪嫌疑人"),
        ({"stage": "retrial"}, "scope", "人民法院决定再审或人民检察院抗诉"),
        ({"has_agent": True}, "agent", "已经委托了辩护人"),
        ({"household_income": "9000"}, "hardship", "超过标准"),
    ],
)
def test_each_condition_that_fails_is_named_and_is_set_aside_only_with_a_reason(
    story: Criminal, changes: dict[str, Any], criterion: str, says: str
) -> None:
    story.apply(**changes).accept()
    with pytest.raises(Missing, match=says) as refusal:
        story.grant()
    assert "override" in refusal.value.fields
    story.take("grant", data={"override": "经集体研究，情况特殊，仍应援助。"})
    assert criteria(story)[criterion] == "fail"
    assert story.case.facts["eligibility"]["standard_version"] == "23 2024-01-01"


def test_an_accused_may_have_another_reason_than_poverty(story: Criminal) -> None:
    reason = {"other_reason": "多名律师以案件敏感为由拒绝接受委托。", "household_size": "", "household_income": ""}
    story.apply(**reason).accept().grant()
    assert criteria(story)["hardship"] == "exempt"


def test_a_victim_has_no_such_other_reason(story: Criminal) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(capacity="victim", other_reason="多名律师拒绝接受委托，没有办法。")
    assert set(refusal.value.fields) == {"other_reason"}


@pytest.mark.parametrize("capacity", ["private_prosecutor", "civil_claimant"])
def test_relatives_do_not_apply_for_private_prosecutors_and_claimants(story: Criminal, capacity: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(capacity=capacity, applied_by="relative")
    assert "第二十九条" in refusal.value.fields["applied_by"][0]
    story.apply(capacity=capacity, applied_by="guardian")
    assert story.state == "submitted"


def test_a_retrial_that_the_court_ordered_is_in_scope(story: Criminal) -> None:
    story.apply(stage="retrial", reopened="court").accept().grant()
    assert criteria(story)["scope"] == "pass"


def test_the_office_is_told_where_counsel_is_owed_without_application(story: Criminal) -> None:
    story.apply(may_be_heavy=True).accept().grant()
    found = {one["name"]: one["reason"] for one in story.case.facts["eligibility"]["criteria"]}
    assert "应当通知辩护" in found["scope"]


def test_the_same_stage_of_the_same_case_is_not_accepted_twice(story: Criminal, town: Town) -> None:
    story.apply()
    again = Criminal(town, story.at)
    again.case.applicant = story.case.applicant
    again.case.save(update_fields=["applicant"])
    again.citizen = story.citizen
    again.apply()
    with pytest.raises(Missing, match=story.case.code):
        again.accept()


# --- who may defend -----------------------------------------------------------------------------------------------


def refused(story: Criminal, practitioner: Practitioner) -> list[str]:
    with pytest.raises(Missing) as refusal:
        story.assign(practitioner)
    assert story.state == "granted"
    return refusal.value.problems


def test_a_grass_roots_worker_does_not_defend(granted: Criminal) -> None:
    Practitioner.objects.filter(pk=granted.lawyer.pk).update(kind="grassroots")
    assert "须由律师承办" in refused(granted, granted.lawyer)[0]


@pytest.mark.parametrize(("since", "years"), [(None, 0), ("2023-03-03", 2), ("2023-03-02", 3)])
def test_life_and_death_need_three_years_of_defence_to_the_day(story: Criminal, since: str | None, years: int) -> None:
    story.apply(may_be_heavy=True).accept().grant()
    lawyer = another_lawyer(story.town, criminal_defence_since=since)
    if years < 3:
        assert f"登记的是{years}年" in refused(story, lawyer)[0]
    else:
        story.assign(lawyer)
        assert story.state == "assigned"


def test_one_lawyer_does_not_defend_two_accused_of_one_case(granted: Criminal, town: Town) -> None:
    granted.assign()
    other = Criminal(town, granted.at, name="赵同案").apply().accept().grant()
    assert "同案的另一人辩护" in refused(other, other.lawyer)[0]
    other.assign(another_lawyer(town))
    assert other.state == "assigned"


def test_one_firm_does_not_stand_on_both_sides_of_one_case(granted: Criminal, town: Town) -> None:
    granted.assign()
    victim = Criminal(town, granted.at, name="钱被害").apply(capacity="victim").accept().grant()
    colleague = make_practitioner(make_staff(LAWYER, town.firm), town.firm)
    assert any("站在两边" in problem for problem in refused(victim, colleague))
    victim.assign(another_lawyer(town))
    assert victim.state == "assigned"


def test_a_written_check_does_not_set_the_same_case_aside(granted: Criminal, town: Town) -> None:
    granted.assign()
    victim = Criminal(town, granted.at, name="钱被害").apply(capacity="victim").accept().grant()
    data = {"practitioner": victim.lawyer.pk, "no_conflict": "经核实不是同一件案子，可以承办。"}
    with pytest.raises(Missing, match="站在两边"):
        victim.take("assign_for_trial", data=data)


def test_the_stage_says_by_which_row_a_lawyer_is_assigned(granted: Criminal, town: Town) -> None:
    def offered(story: Criminal) -> set[str]:
        return {step.name for step in steps_open_to(story.case, story.actor(OFFICER), at=story.at)}

    assert {"assign", "assign_for_trial"} & offered(granted) == {"assign_for_trial"}
    early = Criminal(town, granted.at).apply(capacity="suspect", stage="investigation").accept().grant()
    assert {"assign", "assign_for_trial"} & offered(early) == {"assign"}


# --- refusal, replacement, termination ----------------------------------------------------------------------------


def test_a_refusal_can_be_objected_to_and_set_right(story: Criminal) -> None:
    story.apply().accept().take("decline", data=DECLINE)
    story.serve()
    story.take("object", Role.APPLICANT, WHY)
    story.take("order_grant", Role.SUPERVISOR, WHY)
    assert story.state == "granted"
    assert story.letters[-2:] == ["legal_aid_declined", "legal_aid_objection_ordered"]


def test_whoever_was_replaced_does_not_come_back(handled: Criminal) -> None:
    handled.take("ask_replacement", Role.APPLICANT, WHY)
    first, second = handled.lawyer, another_lawyer(handled.town)
    handled.take("replace_at_trial", data={**REPLACE, "practitioner": second.pk})
    with pytest.raises(Missing, match="已经被更换过"):
        handled.take("replace_at_trial", data={**REPLACE, "practitioner": first.pk})
    handled.take("replace_at_trial", data={**REPLACE, "practitioner": another_lawyer(handled.town, "王律师").pk})
    assert len(handled.case.facts["earlier_assignments"]) == 2


def test_a_request_for_another_lawyer_is_refused_in_writing_with_a_reason(handled: Criminal) -> None:
    handled.take("ask_replacement", Role.APPLICANT, WHY)
    with pytest.raises(Missing):
        handled.take("keep_practitioner", data=WHY)
    handled.take("keep_practitioner", data={**WHY, "reason": "no_proof"})
    assert "投诉" in handled.letter("legal_aid_not_replaced")


@pytest.mark.parametrize("ground", ["fraud", "own_counsel", "asked", "means_changed"])
def test_every_termination_is_written_served_and_can_be_objected_to(handled: Criminal, ground: str) -> None:
    handled.take("terminate", data={"ground": ground, "explanation": "终止的事实和依据写在这里。"})
    assert "可以在收到本决定书之日起15日内" in handled.letter("legal_aid_terminated")
    handled.serve("serve_termination")
    handled.take("object_termination", Role.APPLICANT, WHY)
    handled.take("uphold_termination", Role.SUPERVISOR, WHY)
    handled.hand_in()
    assert handled.state == "closed"


# --- the end of a stage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "stage", "ending", "wrong"),
    [
        ("suspect", "investigation", "charges_proposed", "judgement"),
        ("suspect", "investigation", "dropped", "indicted"),
        ("suspect", "prosecution", "not_prosecuted", "dropped"),
        ("accused", "second_instance", "ruling", "indicted"),
    ],
)
def test_each_stage_ends_with_its_own_paper(
    story: Criminal, capacity: str, stage: str, ending: str, wrong: str
) -> None:
    story.apply(capacity=capacity, stage=stage).accept().grant()
    story.assign().begin_handling()
    with pytest.raises(Missing, match="阶段不符"):
        story.finish(wrong)
    story.finish(ending)
    assert (story.state, story.case.facts["ending_code"]) == ("filing", ending)


def test_a_stage_does_not_end_without_the_paper_that_ends_it(handled: Criminal) -> None:
    data = {"stage": "judgement", "closed_on": handled.today, "outcome": "lighter", "summary": "判决已经送达。"}
    with pytest.raises(Missing, match="裁判或调解文书"):
        handled.take("finish", LAWYER, data)


def test_before_the_trial_there_is_no_court_to_hand_papers_to(story: Criminal) -> None:
    story.apply(capacity="suspect", stage="prosecution").accept().grant()
    story.assign()
    with pytest.raises(NotFromHere, match="没有到法院"):
        story.take("submit_papers", LAWYER, {"submitted_on": story.today})


def test_every_refusal_and_ending_has_a_reason_code_and_a_letter() -> None:
    for name in ("decline", "transfer", "terminate", "keep_practitioner", "no_subsidy"):
        step = PROCEDURE.step(name)
        assert step.letter, name
        assert step.form
        assert {"reason", "ground"} & set(step.form.base_fields), name
