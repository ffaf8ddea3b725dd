"""How an administrative review is held up, ends and is decided, and what comes after."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.trust.models import Membership, User
from tests.factories import LONG_AGO, Town
from tests.procedures.adviser_story import APPLICANT, CLERK, HEAD, REASON, REVIEWER, on
from tests.procedures.review_story import DECIDE, OPINION, SERVED, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Review:
    return Review(town, monday)


@pytest.fixture
def trial(story: Review) -> Review:
    return story.apply().accept()


# --- suspension, termination, mediation, withdrawal ---------------------------------------------------------------


def test_a_suspension_and_its_end_are_told_in_writing(trial: Review) -> None:
    trial.take("suspend", REVIEWER, {"ground": "law_question", **REASON})
    assert "法律适用问题" in trial.letter("review_suspended")
    with pytest.raises(NotFromHere, match="正在中止"):
        trial.take("suspend", REVIEWER, {"ground": "other", **REASON})
    trial.take("resume", REVIEWER, {}, after=10)
    assert trial.letters[-1] == "review_resumed"
    with pytest.raises(NotFromHere, match="没有中止"):
        trial.take("resume", REVIEWER, {})


def test_sixty_days_of_suspension_may_end_the_review_for_some_grounds_only(trial: Review) -> None:
    with pytest.raises(Missing, match="没有中止"):
        trial.take("terminate", HEAD, {"ground": "no_progress", **REASON})
    trial.take("suspend", REVIEWER, {"ground": "other", **REASON})
    with pytest.raises(Missing, match="也不终止"):
        trial.take("terminate", HEAD, {"ground": "no_progress", **REASON}, after=61)
    trial.take("resume", REVIEWER, {})
    trial.take("suspend", REVIEWER, {"ground": "incapable", **REASON})
    with pytest.raises(Missing, match="还没有届满"):
        trial.take("terminate", HEAD, {"ground": "no_progress", **REASON}, after=60)
    trial.take("terminate", HEAD, {"ground": "no_progress", **REASON}, after=61)
    assert trial.state == "terminated"
    assert "15日内向人民法院提起行政诉讼" in trial.letter("review_terminated")


def test_the_applicant_may_withdraw_before_and_after_acceptance(story: Review, town: Town) -> None:
    story.apply()
    story.take("withdraw", APPLICANT, {})
    other = Review(town, story.at).apply().accept()
    other.take("ask_withdraw", APPLICANT, {"explanation": "行政机关已改正。", "is_voluntary": True})
    with pytest.raises(NotFromHere, match="正在审查"):
        other.take("ask_withdraw", APPLICANT, {"explanation": "行政机关已改正。", "is_voluntary": True})
    other.take("refuse_withdraw", HEAD, REASON)
    other.take("ask_withdraw", APPLICANT, {"explanation": "行政机关已改正。", "is_voluntary": True})
    other.take("allow_withdraw", HEAD, REASON)
    assert (story.state, other.state) == ("withdrawn", "terminated")
    assert "准予撤回" in other.letter("review_terminated")


def test_a_mediated_case_ends_when_both_have_signed(trial: Review) -> None:
    trial.take("mediate", REVIEWER, {"text": "撤销处罚决定，退还已缴罚款。", "is_voluntary": True})
    with pytest.raises(NotFromHere, match="正在等双方签收"):
        trial.take("mediate", REVIEWER, {"text": "另一份协议。", "is_voluntary": True})
    trial.take("repudiate", APPLICANT, REASON)
    trial.take("mediate", REVIEWER, {"text": "撤销处罚决定，退还已缴罚款。", "is_voluntary": True})
    trial.take("sign_mediation", REVIEWER, {"served_on": trial.today, **SERVED})
    assert trial.state == "settled"


# --- decision and after -------------------------------------------------------------------------------------------


def test_who_reviewed_does_not_decide(trial: Review, town: Town) -> None:
    reviewer = User.objects.get(pk=town.staff[REVIEWER].pk)
    Membership.objects.create(user=reviewer, role=HEAD, organisation=town.bureau, since=LONG_AGO)
    trial.heard()
    with pytest.raises(NotFromHere, match="还没有复议机构的审查意见"):
        trial.take("decide_for", HEAD, DECIDE)
    trial.take("propose", user=reviewer, data=OPINION)
    with pytest.raises(NotYou, match="不能作复议决定"):
        trial.take("decide_for", user=reviewer, data=DECIDE)
    trial.take("decide_for", HEAD, DECIDE)


def test_a_proposal_may_be_sent_back_and_then_decided(trial: Review) -> None:
    trial.proposed()
    trial.take("send_back", HEAD, REASON)
    with pytest.raises(NotFromHere, match="还没有复议机构的审查意见"):
        trial.take("decide_for", HEAD, DECIDE)
    trial.take("propose", REVIEWER, OPINION)
    trial.take("decide_against", HEAD, {**DECIDE, "result": "maintained"})
    assert "维持" in trial.letter("review_decision")


def test_a_dismissal_is_a_decision_with_a_remedy(trial: Review) -> None:
    trial.decided("dismiss")
    assert trial.facts["result_label"] == "驳回行政复议申请"
    assert "15日内向人民法院" in trial.letter("review_decision")


def test_a_decision_is_served_and_may_be_sued_about(trial: Review) -> None:
    trial.served()
    assert trial.due("sue") == date(2026, 3, 17)
    trial.take("sue", APPLICANT, {"court": "道里区人民法院", "filed_on": trial.today})
    assert trial.state == "court"


def test_without_a_suit_the_review_ends_after_the_window(trial: Review) -> None:
    trial.served()
    assert take_timed_steps(at=on(3, 17, 23)) == 0
    assert take_timed_steps(at=on(3, 18)) == 1
    assert trial.refresh().state == "closed"


def test_an_organ_that_does_not_perform_is_ordered_to(trial: Review) -> None:
    trial.served()
    trial.take("report_unperformed", APPLICANT, REASON)
    with pytest.raises(NotFromHere, match="正在处理"):
        trial.take("report_unperformed", APPLICANT, REASON)
    trial.take("order_performance", HEAD, {"by": trial.today + timedelta(days=15), **REASON})
    assert "责令你机关" in trial.letter("review_performance")


def test_a_reviewed_citizen_may_apply_for_legal_aid_free_of_charge(trial: Review) -> None:
    trial.take("refer_to_aid", CLERK, {})
    child = trial.case.children.get()
    assert (child.procedure, child.applicant_id) == ("legal_aid_civil", trial.case.applicant_id)


def test_what_the_applicant_may_do_while_it_is_on_trial(trial: Review) -> None:
    offered = {step.name for step in steps_open_to(trial.case, trial.citizen, at=trial.at)}
    assert offered == {"ask_norm_review", "ask_withdraw"}
