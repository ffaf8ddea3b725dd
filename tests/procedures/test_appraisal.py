"""Forensic appraisal from commission to closed file: the whole way, refusals, endings, and what follows an opinion."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.actions import take_step
from santai.casework.chain import fault_in
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import missing_from_citizen
from santai.documents.models import DocumentKind as Doc
from santai.procedures.appraisal import PROCEDURE
from santai.procedures.forms.appraisal import REJECTION_GROUNDS, TERMINATION_GROUNDS
from santai.trust.roles import Role
from tests.factories import Town, make_case
from tests.procedures.appraisal_story import (
    ASK,
    COMMISSION,
    DRAFT,
    EXTEND,
    FILED,
    FIRST,
    HEAD,
    ISSUE,
    PAPERS,
    REASON,
    REJECT,
    SECOND,
    TERMINATE,
    THIRD,
    Appraisal,
)

pytestmark = pytest.mark.django_db
REPEAT = {"ground": "no_basis", "explanation": "原意见没有说明依据的标准条款。"}


@pytest.fixture
def story(town: Town, monday: datetime) -> Appraisal:
    return Appraisal(town, monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_an_appraisal_walks_from_commission_to_closed_file(story: Appraisal) -> None:
    story.issued()
    assert PROCEDURE.has_answered(story.state)
    story.take("archive", FIRST, FILED, Doc.CASE_FILE, after=20)
    assert take_timed_steps(at=story.at + timedelta(days=300)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=400)) == 1
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at) == ("closed", None)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == ["appraisal_accepted", "appraisal_agreed", "appraisal_opinion"]


def test_the_opinion_carries_code_experts_reviewer_and_dissent(story: Appraisal) -> None:
    story.at_work().submit().take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"})
    story.take("issue", FIRST, {**ISSUE, "dissent": "第二鉴定人认为构成九级。"})
    body = story.letter("appraisal_opinion")
    first, second, third = story.experts
    for words in (story.case.code, first.licence, second.licence, third.name, "构成九级", DRAFT["conclusion"], "3年内"):
        assert words in body


def test_a_referring_work_order_goes_on_when_the_opinion_is_issued(story: Appraisal) -> None:
    order = make_case(story.at, applicant=story.case.applicant)
    dispatcher = story.town.actor(Role.DISPATCHER)
    take_step(order, "refer", actor=dispatcher, data={"procedure": "appraisal"}, at=story.at)
    story.case = order.children.get()
    assert story.case.organisation == story.institution
    story.issued()
    order.refresh_from_db()
    assert order.state == "finished"


def test_the_client_is_told_when_it_is_their_turn_and_in_whole_sentences(story: Appraisal) -> None:
    assert missing_from_citizen(story.case)
    story.commission()
    assert not missing_from_citizen(story.case)
    story.take("ask_materials", THIRD, ASK)
    assert "复查片" in missing_from_citizen(story.case)[0].sentence
    told = [entry.told for entry in story.case.log.all()]
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


# --- commission and acceptance ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", PAPERS)
def test_a_commission_needs_the_letter_and_the_materials(story: Appraisal, lacking: Doc) -> None:
    with pytest.raises(Missing, match=lacking.label):
        story.take("commission", Role.APPLICANT, COMMISSION, *(kind for kind in PAPERS if kind != lacking))


def test_an_agency_is_named_and_the_institution_is_an_appraisal_institution(story: Appraisal) -> None:
    for changes, field in (({"agency": ""}, "agency"), ({"institution": story.town.firm.pk}, "institution")):
        with pytest.raises(Missing) as refusal:
            story.commission(**changes)
        assert field in refusal.value.fields


def test_materials_are_asked_for_and_handed_in(story: Appraisal) -> None:
    story.commission().take("ask_materials", THIRD, ASK)
    story.take("hand_in_materials", Role.APPLICANT, {}, Doc.MATTER_PROOF, after=3)
    story.accept()
    assert story.state == "agreeing"


def test_the_law_has_seven_grounds_of_rejection() -> None:
    assert len(REJECTION_GROUNDS) == 7


@pytest.mark.parametrize("ground", [key for key, _ in REJECTION_GROUNDS])
def test_a_rejection_names_ground_and_remedy_and_returns_the_materials(story: Appraisal, ground: str) -> None:
    story.commission()
    with pytest.raises(Missing) as refusal:
        story.take("reject", HEAD, {**REJECT, "returned": False})
    assert "returned" in refusal.value.fields
    story.take("reject", HEAD, {**REJECT, "ground": ground})
    body = story.letter("appraisal_rejected")
    for words in (dict(REJECTION_GROUNDS)[ground], "材料已经退还", story.town.bureau.name, "另行委托"):
        assert words in body
    assert story.state == "rejected"


def test_the_same_matter_is_not_accepted_while_another_appraisal_of_it_runs(story: Appraisal) -> None:
    first = Appraisal(story.town, story.at)
    first.case.applicant = story.case.applicant
    first.case.save()
    first.citizen = story.citizen
    first.commission()
    story.commission()
    with pytest.raises(Missing, match=first.case.code):
        story.accept()
    first.take("withdraw", Role.APPLICANT, {})
    story.accept()
    assert story.state == "agreeing"


def test_an_institution_with_one_such_expert_does_not_accept(story: Appraisal) -> None:
    for expert in story.experts[1:]:
        expert.matters = ["物证类"]
        expert.save()
    story.commission()
    with pytest.raises(Missing, match="只有1名"):
        story.accept()


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.LAWYER, Role.COUNTER_CLERK, Role.SUPERVISOR, Role.SYSTEM])
@pytest.mark.parametrize("step", ["accept", "reject"])
def test_nobody_but_the_institution_decides(story: Appraisal, role: Role, step: str) -> None:
    story.commission()
    with pytest.raises(NotYou):
        story.take(step, role, REJECT)


def test_what_binds_the_institution_is_for_its_head_and_what_is_found_for_the_experts(story: Appraisal) -> None:
    story.commission()
    for step in ("agree_time", "accept", "reject"):
        with pytest.raises(NotYou, match="鉴定机构负责人"):
            story.take(step, THIRD, REJECT)
    story.accept()
    with pytest.raises(NotYou):
        story.take("sign", THIRD, story.signing(), Doc.AGREEMENT)
    story.sign()
    for step in ("extend", "terminate", "replace_expert"):
        with pytest.raises(NotYou):
            story.take(step, THIRD, {**EXTEND, **TERMINATE})
    with pytest.raises(NotYou):
        story.take("record", HEAD, {})
    story.submit().take("pass_review", HEAD, {"opinion": "程序和依据符合规定。"})
    assert story.case.facts["reviewer"] == story.head.display_name


def test_the_letter_of_more_time_names_the_head_who_granted_it(story: Appraisal) -> None:
    story.at_work().take("extend", HEAD, EXTEND)
    assert f"经机构负责人{story.head.display_name}批准" in story.letter("appraisal_extended")


def test_before_the_agreement_the_client_withdraws_alone(story: Appraisal) -> None:
    story.commission().accept().take("withdraw", Role.APPLICANT, {})
    assert story.state == "withdrawn"


def test_a_commission_that_never_comes_is_closed(story: Appraisal) -> None:
    story.take("not_commissioned", FIRST, REASON)
    assert story.state == "withdrawn"


# --- review and issue ---------------------------------------------------------------------------------------------


def test_work_without_a_record_is_not_reviewed(story: Appraisal) -> None:
    story.at_work()
    with pytest.raises(NotFromHere, match="过程记录"):
        story.take("submit", FIRST, DRAFT)


@pytest.mark.parametrize("who", [FIRST, SECOND])
def test_nobody_reviews_their_own_work(story: Appraisal, who: int) -> None:
    story.at_work().submit()
    for step in ("pass_review", "send_back"):
        with pytest.raises(NotYou, match="不能复核"):
            story.take(step, who, {"opinion": "复核意见在这里。", **REASON})


def test_a_reviewer_sends_back_and_does_not_issue(story: Appraisal) -> None:
    story.at_work().submit().take("send_back", THIRD, REASON)
    story.take("submit", SECOND, DRAFT)
    story.take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"})
    with pytest.raises(NotYou, match="本案的鉴定人办理"):
        story.take("issue", THIRD, ISSUE)


@pytest.mark.parametrize("missing", ["first_signed", "second_signed"])
def test_both_experts_sign(story: Appraisal, missing: str) -> None:
    story.at_work().submit().take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"})
    with pytest.raises(Missing) as refusal:
        story.take("issue", FIRST, {**ISSUE, missing: False})
    assert set(refusal.value.fields) == {missing}


# --- termination --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [key for key, _ in TERMINATION_GROUNDS])
def test_a_termination_names_ground_fee_and_remedy(story: Appraisal, ground: str) -> None:
    story.at_work().take("terminate", HEAD, {**TERMINATE, "ground": ground})
    body = story.letter("appraisal_terminated")
    for words in (dict(TERMINATION_GROUNDS)[ground], "部分退还", story.town.bureau.name):
        assert words in body
    assert PROCEDURE.has_answered(story.state)
    story.take("archive_ending", FIRST, FILED, Doc.CASE_FILE)
    assert story.state == "closed"


def test_a_client_asks_to_stop_and_the_institution_ends_it(story: Appraisal) -> None:
    story.at_work().take("ask_to_stop", Role.APPLICANT, REASON)
    assert story.state == "appraising"
    with pytest.raises(NotYou):
        story.take("terminate", Role.APPLICANT, TERMINATE)


def test_a_suspension_is_told_with_its_ground(story: Appraisal) -> None:
    story.at_work().take("suspend", FIRST, {"ground": "unstable", **REASON})
    assert "还不稳定" in story.letter("appraisal_suspended")
    story.take("resume", Role.APPLICANT, {})
    assert story.state == "appraising"
