"""Yes, no, first help and then yes: each decision, its reasons, and the ways against it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.trust.roles import Role
from tests.procedures.legal_aid_story import (
    DECLINE,
    DIRECTOR,
    LAWYER,
    OFFICER,
    PAPERS,
    REASON,
    Story,
)

pytestmark = pytest.mark.django_db

# --- decision -----------------------------------------------------------------------------------------------------


def test_a_grant_keeps_the_assessment_with_the_version_of_the_standard(story: Story) -> None:
    story.apply().accept().grant()
    kept = story.case.facts["eligibility"]
    assert (kept["overall"], kept["standard_version"], kept["to_be_sampled"]) == ("pass", "23 2024-01-01", True)


def test_a_failed_condition_is_set_aside_only_with_a_reason(story: Story) -> None:
    story.apply(household_income="9000").accept()
    with pytest.raises(Missing, match="每月3000元，标准为2000元，超过标准") as refusal:
        story.grant()
    assert "override" in refusal.value.fields
    story.take("grant", data={"override": "本月突发重病支出，实际生活困难。"})
    assert story.case.facts["eligibility"]["override"].startswith("本月突发重病")


def test_without_commitment_the_office_must_check_first(story: Story) -> None:
    story.apply(Doc.IDENTITY, Doc.MATTER_PROOF, commitment=False).accept()
    with pytest.raises(Missing, match="还没有核查"):
        story.grant()
    story.take("check", data={"checked": "data_sharing", "household_income": "3300", "finding": "社保平台数据一致。"})
    story.grant()
    assert story.case.facts["application"]["household_income"] == "3300"
    assert story.case.facts["eligibility"]["to_be_sampled"] is False


@pytest.mark.parametrize("lacking", ["reason", "explanation"])
def test_a_refusal_without_reason_or_explanation_is_not_taken(story: Story, lacking: str) -> None:
    story.apply().accept()
    with pytest.raises(Missing) as refusal:
        story.take("decline", data={key: value for key, value in DECLINE.items() if key != lacking})
    assert (refusal.value.status, set(refusal.value.fields)) == (422, {lacking})
    assert story.state == "reviewing"


def test_a_refusal_says_why_where_to_object_and_by_when(story: Story) -> None:
    body = story.apply().accept().decline().letter("legal_aid_declined")
    assert "不符合经济困难标准。家庭人均收入超过本地经济困难标准。" in body
    assert f"收到本决定书之日起15日内，向{story.town.bureau.name}提出异议" in body
    assert "行政复议" in body
    assert "行政诉讼" in body


@pytest.mark.parametrize("role", [Role.LAWYER, Role.COUNTER_CLERK, Role.APPLICANT, Role.SUPERVISOR, Role.SYSTEM])
@pytest.mark.parametrize("step", ["grant", "decline"])
def test_nobody_but_the_office_decides(story: Story, role: Role, step: str) -> None:
    story.apply().accept()
    with pytest.raises(NotYou):
        story.take(step, role, DECLINE)


# --- objection ----------------------------------------------------------------------------------------------------


def test_an_objection_that_is_not_upheld_by_the_bureau_ends_the_case_with_the_further_routes(story: Story) -> None:
    story.apply().accept().decline().serve()
    story.take("object", Role.APPLICANT, REASON, after=3)
    story.take("uphold", Role.SUPERVISOR, REASON, after=2)
    assert story.state == "refused"
    body = story.letter("legal_aid_objection_upheld")
    assert "60日内申请行政复议" in body
    assert "6个月内" in body
    assert body.rstrip().splitlines()[-2] == story.town.bureau.name


def test_an_objection_that_succeeds_leads_to_aid_and_assignment_within_three_days(story: Story) -> None:
    story.apply().accept().decline()
    story.take("object", Role.APPLICANT, REASON, after=1)
    story.take("order_grant", Role.SUPERVISOR, REASON, after=1)
    assert story.state == "granted"
    # Decided on Wednesday 4 March; the third day is a Saturday.
    assert story.clock("assign").due_on == date(2026, 3, 9)
    story.assign()
    assert story.state == "assigned"


@pytest.mark.parametrize("role", [OFFICER, DIRECTOR, Role.LAWYER, Role.APPLICANT])
def test_the_office_does_not_judge_objections_to_itself(story: Story, role: Role) -> None:
    story.apply().accept().decline()
    story.take("object", Role.APPLICANT, REASON)
    with pytest.raises(NotYou):
        story.take("uphold", role, REASON)


def test_a_refusal_becomes_final_only_when_it_was_served_and_the_window_is_over(story: Story) -> None:
    story.apply().accept().decline()
    with pytest.raises(NotFromHere, match="送达"):
        story.take("settle", Role.SYSTEM, after=40)
    story.at -= timedelta(days=40)
    story.serve()
    with pytest.raises(NotFromHere, match="2026-03-17"):
        story.take("settle", Role.SYSTEM, after=15)
    story.take("settle", Role.SYSTEM, after=1)
    assert story.state == "refused"


def test_a_late_objection_is_marked_and_still_reaches_the_bureau(story: Story) -> None:
    story.apply().accept().decline().serve()
    story.take("object", Role.APPLICANT, REASON, after=30)
    assert story.state == "objection"
    assert story.case.facts["objection_is_late"] is True


def test_service_cannot_lie_before_the_decision_or_in_the_future_and_counts_once(story: Story) -> None:
    story.apply().accept().decline()
    for wrong in (-1, 1):
        with pytest.raises(Missing) as refusal:
            story.take(
                "serve_decision",
                data={"served_on": story.today + timedelta(days=wrong), "way": "post", "tracking": "EMS1"},
            )
        assert "served_on" in refusal.value.fields
    story.serve()
    with pytest.raises(NotFromHere):
        story.serve()


# --- prior aid ----------------------------------------------------------------------------------------------------


def prior(story: Story, **changes: object) -> dict[str, object]:
    return {
        "ground": "limitation",
        "term_ends_on": story.today + timedelta(days=6),
        "by": story.today + timedelta(days=10),
        "practitioner": story.lawyer.pk,
        "explanation": "仲裁时效还有几天就到期。",
        **changes,
    }


def test_an_urgent_case_is_helped_first_and_confirmed_when_papers_are_there(story: Story) -> None:
    story.apply(Doc.OTHER)
    story.take("provide_prior", data=prior(story))
    assert (story.state, story.case.handler) == ("prior_aid", story.town.staff[LAWYER])
    story.take("report_progress", LAWYER, {"text": "已提交仲裁申请。"})
    with pytest.raises(Missing, match="身份证明"):
        story.take("confirm_prior", after=2)
    story.take("supplement_prior", Role.APPLICANT, {}, *PAPERS)
    story.take("confirm_prior")
    assert story.state == "handling"
    assert story.case.facts["is_prior"] is False


@pytest.mark.parametrize(("left", "says"), [(7, "还有7日"), (-1, "已经届满")])
def test_a_term_that_is_not_about_to_end_is_not_urgent(story: Story, left: int, says: str) -> None:
    story.apply()
    with pytest.raises(Missing, match=says):
        story.take("provide_prior", data=prior(story, term_ends_on=story.today + timedelta(days=left)))


def test_prior_aid_that_turns_out_unfounded_is_terminated(story: Story) -> None:
    story.apply(Doc.OTHER)
    story.take("provide_prior", data=prior(story, ground="preservation", term_ends_on=""))
    story.take("terminate", data={"ground": "other", "explanation": "没有在指定日期前补齐申请材料。"}, after=11)
    assert story.state == "terminated"
