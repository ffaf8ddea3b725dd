"""Judicial confirmation: together, in time, of what a court confirms; and what follows each answer of the court."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import missing_from_citizen
from santai.documents import letters
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import judicial_confirmation as forms
from santai.procedures.judicial_confirmation import PROCEDURE
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_party, make_practitioner, make_staff
from tests.procedures.mediation_story import (
    AGREEMENT,
    CITIZEN,
    CLERK,
    COURT_PAPER,
    MEDIATOR,
    REASON,
    Confirmation,
    Mediation,
    agreed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Confirmation:
    return Confirmation(agreed(town, monday))


@pytest.fixture
def confirmed(story: Confirmation) -> Confirmation:
    return story.check().submit().filed().confirm()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_an_agreement_is_confirmed_performed_and_settled(story: Confirmation) -> None:
    story.check().submit().filed().confirm()
    story.take("performed", data={"performed_on": story.today, "finding": "通道已经让出。"})
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at) == ("settled", None)
    assert story.letters == ["judicial_confirmation_application", "judicial_confirmation_confirmed"]


def test_the_mediation_reads_the_answer_of_the_court_as_soon_as_there_is_one(confirmed: Confirmation) -> None:
    assert confirmed.mediation.facts["confirmation"] == "司法确认：确认有效"
    told = confirmed.mediation.reload().case.log.latest("number").told
    assert told == "司法确认：确认有效。"


def test_the_application_names_both_sides_the_agreement_and_the_court(story: Confirmation) -> None:
    body = story.check().letter("judicial_confirmation_application")
    for words in (story.case.applicant.name, "李大山", "道里区人民法院", "恢复通道", "2026年3月2日"):
        assert words in body


def test_the_citizen_sees_that_it_is_their_turn(story: Confirmation) -> None:
    assert "申请司法确认" in missing_from_citizen(story.case)[0].sentence
    story.check().submit().filed()
    assert missing_from_citizen(story.case) == []
    ask = {"items": "房屋权属证明", "by": story.today + timedelta(days=5)}
    story.take("court_asks_more", data=ask)
    assert "房屋权属证明" in missing_from_citizen(story.case)[0].sentence


def test_the_confirmation_comes_to_the_committee_that_mediated(town: Town, monday: datetime) -> None:
    home = make_organisation("mediation", name="医疗纠纷人民调解委员会")
    mediator = make_practitioner(make_staff(MEDIATOR, home), home, kind="mediator")
    mediation = Mediation(town, monday).apply()
    mediation.take("hand_to_committee", data={"committee": home.pk, **REASON})
    town.staff[MEDIATOR] = mediator.user
    town.staff[Role.COMMITTEE_HEAD] = make_staff(Role.COMMITTEE_HEAD, home)
    mediation.reply().accept().name().begin().meet().draft().sign()
    story = Confirmation(mediation)
    story.take("check_agreement", CITIZEN, {**AGREEMENT, "effective_on": story.effective_on})
    assert (story.case.organisation, story.case.handler) == (home, mediator.user)


def test_an_agreement_made_elsewhere_is_confirmed_as_well(town: Town, monday: datetime) -> None:
    story = Confirmation.__new__(Confirmation)
    story.town, story.at = town, monday
    story.case = make_case(monday, procedure="judicial_confirmation", applicant=make_party())
    story.citizen = Actor.applicant(story.case.applicant_id)
    story.check(effective_on=date(2026, 2, 20), body="某街道人民调解委员会")
    with pytest.raises(Missing, match="调解协议书"):
        story.submit()
    story.submit(Doc.CONFIRMATION_APPLICATION, Doc.IDENTITY, Doc.MEDIATION_AGREEMENT).filed().confirm()
    assert story.state == "confirmed"


# --- what is not confirmed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [key for key, _ in forms.NOT_CONFIRMABLE])
def test_what_a_court_does_not_confirm_is_stopped_with_the_reason_before_anybody_goes_there(
    story: Confirmation, kind: str
) -> None:
    label = dict(forms.NOT_CONFIRMABLE)[kind]
    with pytest.raises(Missing) as refusal:
        story.check(subject=[kind])
    assert refusal.value.problems == [f"法院不确认这类协议：{label}"]
    assert "不能申请司法确认" in refusal.value.todo
    story.take("cannot_apply", data={"reason": kind, **REASON})
    assert story.state == "not_applied"
    body = story.letter("judicial_confirmation_unavailable")
    assert label in body
    assert "起诉" in body


def test_every_obstacle_is_named_at_once(story: Confirmation) -> None:
    with pytest.raises(Missing) as refusal:
        story.check(subject=["title", "adoption"])
    assert len(refusal.value.problems) == 2


@pytest.mark.parametrize("reason", ["late", "one_side", "oral", "no_body"])
def test_other_reasons_not_to_apply_show_another_way(story: Confirmation, reason: str) -> None:
    story.check().take("cannot_apply", data={"reason": reason, **REASON})
    assert dict(forms.CANNOT_REASONS)[reason] in story.letter("judicial_confirmation_unavailable")
    assert story.mediation.facts["confirmation"] == "司法确认：不能申请司法确认"


def test_the_day_of_effect_is_the_one_of_the_mediation(story: Confirmation) -> None:
    with pytest.raises(Missing, match="2026-03-02"):
        story.check(effective_on=date(2026, 3, 1))


# --- together and in time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["applicant_agrees", "other_agrees", "filed_on", "way"])
def test_both_sides_apply_together(story: Confirmation, lacking: str) -> None:
    story.check()
    with pytest.raises(Missing) as refusal:
        story.submit(**{lacking: ""})
    assert lacking in refusal.value.fields


def test_an_application_needs_its_paper_and_the_identities(story: Confirmation) -> None:
    story.check()
    with pytest.raises(Missing, match="司法确认申请书"):
        story.submit(Doc.IDENTITY)
    with pytest.raises(Missing, match="身份证明"):
        story.submit(Doc.CONFIRMATION_APPLICATION)
    with pytest.raises(Missing, match="代理权证明"):
        story.submit(by_agent=True)


def test_papers_of_the_mediation_need_not_be_handed_in_again(story: Confirmation) -> None:
    story.check()
    assert not story.case.documents.exists()
    story.submit()
    assert "mediation_agreement" not in set(story.case.documents.values_list("kind", flat=True))


def test_a_postmark_on_the_last_day_is_in_time_and_the_day_after_is_not(story: Confirmation) -> None:
    story.check()
    # Thirty days from 2 March: 1 April.
    story.at += timedelta(days=33)
    with pytest.raises(Missing, match="2026-04-01"):
        story.submit(filed_on=date(2026, 4, 2))
    with pytest.raises(Missing, match="早于协议生效日"):
        story.submit(filed_on=date(2026, 3, 1))
    story.submit(filed_on=date(2026, 4, 1), way="post", received_on=date(2026, 4, 3))
    assert story.state == "submitted"


def test_the_parties_may_withdraw_until_the_court_has_ruled(story: Confirmation) -> None:
    story.check().submit().filed().take("withdraw", CITIZEN)
    assert story.state == "withdrawn"
    again = Confirmation(story.mediation.reload())
    again.check().submit().filed().confirm()
    with pytest.raises(NotFromHere):
        again.take("withdraw", CITIZEN)


def test_one_confirmation_at_a_time(story: Confirmation) -> None:
    with pytest.raises(NotFromHere, match="已经在办理"):
        story.mediation.reload().take("confirm_in_court", CITIZEN)


# --- the court ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [key for key, _ in forms.COURT_REFUSALS])
def test_a_court_that_does_not_take_the_case_leaves_other_ways(story: Confirmation, reason: str) -> None:
    story.check().submit()
    with pytest.raises(Missing, match="裁判"):
        story.take("court_refuses", data={"reason": reason, **REASON})
    story.take("court_refuses", MEDIATOR, {"reason": reason, **REASON}, *COURT_PAPER)
    assert story.state == "not_filed"
    assert dict(forms.COURT_REFUSALS)[reason] in story.letter("judicial_confirmation_not_filed")


@pytest.mark.parametrize("reason", [key for key, _ in forms.REJECTIONS])
def test_a_rejection_says_why_and_what_is_left(story: Confirmation, reason: str) -> None:
    story.check().submit().filed()
    story.take("reject", MEDIATOR, {"reason": reason, "served_on": story.today, **REASON}, *COURT_PAPER)
    assert story.state == "rejected"
    body = story.letter("judicial_confirmation_rejected")
    assert dict(forms.REJECTIONS)[reason] in body
    assert "起诉" in body


@pytest.mark.parametrize("lacking", ["reason", "explanation"])
@pytest.mark.parametrize(("step", "far"), [("cannot_apply", 0), ("court_refuses", 2), ("reject", 3)])
def test_no_refusal_is_taken_without_reason_and_explanation(
    story: Confirmation, step: str, far: int, lacking: str
) -> None:
    for go in (story.check, story.submit, story.filed)[:far]:
        go()
    data = {"reason": "law" if step == "reject" else "title", "served_on": story.today, **REASON}
    with pytest.raises(Missing) as refusal:
        story.take(step, MEDIATOR, {key: value for key, value in data.items() if key != lacking}, *COURT_PAPER)
    assert set(refusal.value.fields) == {lacking}


def test_what_the_court_asks_for_and_does_not_get_counts_as_a_withdrawal(story: Confirmation) -> None:
    story.check().submit().filed()
    story.take("court_asks_more", data={"items": "房屋产权证明", "by": story.today + timedelta(days=5)})
    story.take("court_deems_withdrawn", MEDIATOR, REASON, *COURT_PAPER, after=6)
    assert story.state == "withdrawn"


@pytest.mark.parametrize("role", [CITIZEN, Role.LAWYER, Role.SYSTEM])
@pytest.mark.parametrize("step", ["court_accepts", "court_refuses"])
def test_what_the_court_did_is_recorded_by_staff(story: Confirmation, role: Role, step: str) -> None:
    story.check().submit()
    with pytest.raises(NotYou):
        story.take(step, role, {}, *COURT_PAPER)


@pytest.mark.parametrize("step", ["court_accepts", "court_refuses"])
def test_a_supervisor_records_nothing_about_what_a_committee_mediated(story: Confirmation, step: str) -> None:
    story.check().submit()
    with pytest.raises(NotFromHere, match="主持调解的组织"):
        story.take(step, Role.SUPERVISOR, {}, *COURT_PAPER)


def test_dates_of_the_court_follow_each_other(story: Confirmation) -> None:
    story.check().submit()
    for wrong in (story.today - timedelta(days=1), story.today + timedelta(days=1)):
        with pytest.raises(Missing):
            story.take("court_accepts", data={"accepted_on": wrong, "case_number": "1号"})
    story.filed()
    with pytest.raises(Missing, match="早于裁定日期"):
        story.confirm(served_on=story.today - timedelta(days=1))


# --- objections ---------------------------------------------------------------------------------------------------


def test_a_party_objects_in_time_and_the_court_upholds_its_ruling(confirmed: Confirmation) -> None:
    confirmed.take("object", CITIZEN, {"filed_on": confirmed.today, **REASON})
    confirmed.take("objection_fails", MEDIATOR, {"decided_on": confirmed.today, **REASON}, *COURT_PAPER)
    assert confirmed.state == "confirmed"
    assert "仍然有效" in confirmed.letter("judicial_confirmation_objection")


def test_an_objection_that_succeeds_ends_the_confirmation(confirmed: Confirmation) -> None:
    confirmed.take("object", CITIZEN, {"filed_on": confirmed.today, **REASON})
    confirmed.take("objection_stands", MEDIATOR, {"decided_on": confirmed.today, **REASON}, *COURT_PAPER)
    assert confirmed.state == "revoked"
    assert "另行协商" in confirmed.letter("judicial_confirmation_revoked")


def test_a_third_party_is_noted_before_it_objects(confirmed: Confirmation) -> None:
    with pytest.raises(NotFromHere, match="利害关系人"):
        confirmed.take("third_party_objects", data={"filed_on": confirmed.today, **REASON})
    confirmed.take("note_third_party", data={"name": "王老五", "knew_on": confirmed.today, **REASON})
    confirmed.take("third_party_objects", data={"filed_on": confirmed.today, **REASON})
    assert confirmed.state == "objection"


# --- execution ----------------------------------------------------------------------------------------------------


def test_nobody_asks_for_execution_before_the_last_day_of_performance(confirmed: Confirmation) -> None:
    data = {"filed_on": confirmed.today, "owed": "围墙还没有拆。"}
    with pytest.raises(Missing, match="还没有届满"):
        confirmed.take("apply_execution", CITIZEN, data)
    confirmed.at += timedelta(days=1)
    confirmed.take("apply_execution", CITIZEN, {**data, "filed_on": confirmed.today})
    assert confirmed.state == "execution"
    confirmed.take("performed", data={"performed_on": confirmed.today, "finding": "法院执行完毕。"})
    assert confirmed.state == "settled"


def test_a_case_is_not_closed_while_a_party_may_still_object(confirmed: Confirmation) -> None:
    with pytest.raises(NotFromHere, match="2026-03-17"):
        confirmed.take("close", data=REASON)
    confirmed.take("close", data=REASON, after=16)
    assert confirmed.state == "settled"


# --- roles and the table ------------------------------------------------------------------------------------------


def test_a_clerk_may_help_the_person_and_a_lawyer_has_no_part(story: Confirmation) -> None:
    assert "check_agreement" in {step.name for step in steps_open_to(story.case, story.actor(CLERK), at=story.at)}
    assert steps_open_to(story.case, story.actor(Role.LAWYER), at=story.at) == []
    assert steps_open_to(story.case, story.actor(Role.SUPERVISOR), at=story.at) == []


def test_every_letter_of_the_table_has_a_template_and_every_template_a_step() -> None:
    named = {step.letter for step in PROCEDURE.steps} - {""}
    assert named == {kind for kind in letters.kinds() if kind.startswith("judicial_confirmation")}


def test_every_refusal_names_a_person_a_reason_and_a_letter() -> None:
    for name in ("cannot_apply", "court_refuses", "reject"):
        step = PROCEDURE.step(name)
        assert step.letter
        assert Role.SYSTEM not in step.allowed_roles
        assert step.form.base_fields["reason"].required


def test_every_state_belongs_to_one_stage() -> None:
    members = [state for states in PROCEDURE.stages.values() for state in states]
    assert sorted(members) == sorted(PROCEDURE.states.values)
