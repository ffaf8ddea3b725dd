"""Civil legal aid from application to closed file, and every way it can end otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.chain import fault_in
from santai.casework.kernel import all_procedures
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline, missing_from_citizen
from santai.documents import letters
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import legal_aid as forms
from santai.procedures.legal_aid_civil import OFFICE, PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.legal_aid_story import (
    APPLICATION,
    DIRECTOR,
    FINISH,
    KEPT,
    LAWYER,
    OFFICER,
    REASON,
    Story,
)

pytestmark = pytest.mark.django_db


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_wage_claim_walks_from_application_to_paid_subsidy(story: Story) -> None:
    story.apply().accept()
    story.take("grant", after=2)
    story.take("assign", DIRECTOR, {"practitioner": story.lawyer.licence}, after=1)
    story.take("sign_agreement", LAWYER, {"signed_on": story.today}, Doc.AGREEMENT)
    met = {"met_on": story.today, "place": "律所", "told_rights": True, "told_risks": True}
    story.take("meet", LAWYER, met, Doc.MEETING_RECORD)
    story.take("report_progress", LAWYER, {"text": "已经向仲裁委提交申请。"}, after=5)
    story.take("finish", LAWYER, {**FINISH, "closed_on": story.today}, Doc.COURT_PAPER)
    story.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT, after=10)
    story.take("accept_file", OFFICER, {"grade": "good"}, after=3)
    story.pay()
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at, story.case.closed_at) == ("paid", None, story.at)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == [
        "legal_aid_received",
        "legal_aid_granted",
        "legal_aid_assigned",
        "legal_aid_closed",
    ]


def test_the_office_keeps_the_case_and_the_lawyer_becomes_its_handler(handled: Story) -> None:
    assert handled.case.organisation == handled.town.legal_aid
    assert handled.case.handler == handled.town.staff[LAWYER]
    assert handled.case.facts["assignment"]["firm"] == handled.town.firm.pk


def test_the_citizen_reads_the_story_in_plain_words(handled: Story) -> None:
    told = [line.sentence for line in citizen_timeline(handled.case)]
    lawyer = handled.town.staff[LAWYER].display_name
    assert f"已指派{lawyer}为您办理，会尽快与您联系签订委托协议。" in told
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_the_citizen_is_told_when_it_is_their_turn_and_only_then(story: Story) -> None:
    def turns() -> list[str]:
        return [line.sentence for line in missing_from_citizen(story.case)]

    assert "请填写申请表" in turns()[0]
    story.apply()
    assert turns() == []
    story.take("ask_for_more", data={"items": "工资条或考勤表", "by": story.today + timedelta(days=5)})
    assert "工资条或考勤表" in turns()[0]
    story.take("supplement", Role.APPLICANT, {})
    story.take("ask_other_office", data={"office": "呼兰区法律援助中心", "question": "请核查家庭收入情况。"})
    assert turns() == []


def test_the_counter_and_the_office_may_fill_in_the_application_for_a_person(story: Story) -> None:
    for role in (Role.APPLICANT, Role.COUNTER_CLERK, OFFICER):
        assert "apply" in {step.name for step in steps_open_to(story.case, story.actor(role), at=story.at)}


# --- application and supplement -----------------------------------------------------------------------------------


def test_figures_are_asked_for_unless_they_do_not_matter(story: Story) -> None:
    bare = {key: value for key, value in APPLICATION.items() if not key.startswith("household")}
    with pytest.raises(Missing) as refusal:
        story.take("apply", Role.APPLICANT, bare)
    assert set(refusal.value.fields) == {"household_size", "household_income"}
    story.take("apply", Role.APPLICANT, {**bare, "no_limit": "violence"})
    assert story.state == "submitted"


def test_an_unknown_place_is_turned_away_by_its_field(story: Story) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(place="999999")
    assert "没有这个区划" in refusal.value.fields["place"][0]


def test_an_application_without_identity_or_proof_is_not_accepted(story: Story) -> None:
    story.apply(Doc.COMMITMENT)
    with pytest.raises(Missing) as refusal:
        story.accept()
    assert refusal.value.problems == ["缺少材料：与申请事项有关的材料", "缺少材料：身份证明"]


@pytest.mark.parametrize(
    ("choice", "lacking"),
    [({"unchecked": "relief"}, "免予核查经济困难状况的身份证明"), ({"commitment": True}, "诚信承诺书")],
)
def test_a_choice_that_needs_a_proof_is_not_accepted_without_it(story: Story, choice: dict, lacking: str) -> None:
    story.apply(Doc.IDENTITY, Doc.MATTER_PROOF, **{"commitment": False, **choice})
    with pytest.raises(Missing, match=lacking) as refusal:
        story.accept()
    assert "一次列明" in refusal.value.todo


def test_the_same_matter_is_not_accepted_twice(story: Story, town: Town) -> None:
    story.apply().accept()
    second = Story(town, story.at)
    second.case.applicant = story.case.applicant
    second.case.save(update_fields=["applicant"])
    second.citizen = story.citizen
    second.apply()
    with pytest.raises(Missing, match=story.case.code):
        second.accept()


def test_the_receipt_lists_what_was_handed_in(story: Story) -> None:
    body = story.apply().accept().letter("legal_aid_received")
    assert "1. 身份证明" in body
    assert "追索" not in body
    assert "请求确认劳动关系或支付劳动报酬" in body
    assert story.case.code in body


def test_papers_are_asked_for_once_only(story: Story) -> None:
    story.apply()
    ask = {"items": "工资条\n劳动合同", "by": story.today + timedelta(days=5)}
    story.take("ask_for_more", data=ask)
    story.take("supplement", Role.APPLICANT, {}, Doc.MATTER_PROOF, after=1)
    assert story.state == "reviewing"
    with pytest.raises(NotFromHere, match="一次性告知"):
        story.take("ask_for_more", data={**ask, "by": story.today + timedelta(days=9)})
    assert "ask_for_more" not in {step.name for step in steps_open_to(story.case, story.actor(OFFICER), at=story.at)}


def test_the_date_for_papers_must_lie_ahead(story: Story) -> None:
    story.apply()
    with pytest.raises(Missing) as refusal:
        story.take("ask_for_more", data={"items": "工资条或考勤表", "by": story.today})
    assert "by" in refusal.value.fields


def test_papers_that_do_not_come_count_as_a_withdrawal_only_after_the_day(story: Story) -> None:
    story.apply()
    story.take("ask_for_more", data={"items": "工资条或考勤表", "by": story.today + timedelta(days=5)})
    # Saturday 7 March is the day that was set: it moves to Monday.
    for early in (5, 7):
        with pytest.raises(NotFromHere, match="2026-03-09"):
            story.take("lapse", Role.SYSTEM, on=story.at + timedelta(days=early))
        story.at -= timedelta(days=early)
    story.take("lapse", Role.SYSTEM, after=8)
    assert story.state == "deemed_withdrawn"


def test_an_application_for_another_office_is_passed_on_with_the_address(story: Story) -> None:
    story.apply()
    to = {"reason": "other_office", "to": "南岗区法律援助中心，电话0451-12345678", **REASON}
    story.take("transfer", data=to)
    assert story.state == "transferred"
    assert "南岗区法律援助中心" in story.letter("legal_aid_transferred")


# --- handling -----------------------------------------------------------------------------------------------------


def test_a_refused_request_for_another_lawyer_keeps_the_one_there_is(handled: Story) -> None:
    handled.take("ask_replacement", Role.APPLICANT, REASON)
    with pytest.raises(NotFromHere):
        handled.take("ask_replacement", Role.APPLICANT, REASON)
    handled.take("keep_practitioner", data=KEPT, after=2)
    assert handled.case.handler == handled.town.staff[LAWYER]
    with pytest.raises(NotFromHere):
        handled.take("keep_practitioner", data=KEPT)


def test_termination_needs_one_of_the_grounds_of_the_act(handled: Story) -> None:
    assert len(forms.TERMINATION_GROUNDS) == 8
    with pytest.raises(Missing):
        handled.take("terminate", data={"ground": "too_busy", "explanation": "承办人没有时间继续办理。"})


def test_a_terminated_case_still_hands_in_its_file_after_the_window(handled: Story) -> None:
    handled.take("terminate", data={"ground": "own_counsel", "explanation": "受援人自己请了律师办理。"})
    handled.serve("serve_termination")
    handled.take("settle_termination", Role.SYSTEM, after=16)
    handled.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)
    assert handled.state == "file_review"


@pytest.mark.parametrize(("decision", "state"), [("uphold_termination", "filing"), ("order_resumption", "granted")])
def test_an_objection_to_termination_goes_to_the_bureau(handled: Story, decision: str, state: str) -> None:
    handled.take("terminate", data={"ground": "means_changed", "explanation": "家庭收入已经超过标准。"})
    handled.take("object_termination", Role.APPLICANT, REASON)
    handled.take(decision, Role.SUPERVISOR, REASON, after=1)
    assert handled.state == state


def test_a_court_case_is_finished_only_with_the_judgement(handled: Story) -> None:
    finish = {**FINISH, "closed_on": handled.today}
    with pytest.raises(Missing, match="裁判或调解文书"):
        handled.take("finish", LAWYER, finish)
    handled.take("finish", LAWYER, {**finish, "stage": "performed", "outcome": "settled"})
    assert handled.state == "filing"


def test_a_file_lacks_nothing_when_it_is_handed_in(handled: Story) -> None:
    handled.take("finish", LAWYER, {**FINISH, "closed_on": handled.today}, Doc.COURT_PAPER)
    with pytest.raises(Missing, match="约见"):
        handled.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)


def test_a_file_is_returned_mended_and_accepted_by_somebody_else(handled: Story) -> None:
    handled.take("finish", LAWYER, {**FINISH, "closed_on": handled.today}, Doc.COURT_PAPER)
    papers = (Doc.CASE_FILE, Doc.CLOSING_REPORT, Doc.MEETING_RECORD)
    handled.take("hand_in_file", OFFICER, {}, *papers)
    handled.take("return_file", data={"items": "缺少庭审笔录", "by": handled.today + timedelta(days=5)})
    handled.take("hand_in_file", OFFICER, {}, after=2)
    with pytest.raises(NotYou, match="自己的案卷"):
        handled.take("accept_file", OFFICER, {"grade": "good"})
    handled.take("accept_file", DIRECTOR, {"grade": "good"})
    assert handled.state == "closed"


# --- the table ----------------------------------------------------------------------------------------------------


def test_the_recipient_is_never_asked_for_money() -> None:
    fields = {
        (step.name, name, str(field.label))
        for step in PROCEDURE.steps
        if step.form
        for name, field in step.form.base_fields.items()
    }
    asked = {
        (step, name) for step, name, label in fields if any(word in name + label for word in ("fee", "费", "price"))
    }
    assert asked == set()


def test_every_refusal_and_termination_names_a_person_a_reason_and_a_letter() -> None:
    for name in ("decline", "terminate", "transfer", "uphold", "uphold_termination"):
        step = PROCEDURE.step(name)
        assert step.letter
        assert Role.SYSTEM not in step.allowed_roles
        assert step.form
        assert step.form.base_fields["explanation"].required


def test_every_letter_of_legal_aid_has_a_template_and_every_template_a_step() -> None:
    aid = [table for table in all_procedures() if table.name.startswith(("legal_aid", "duty_lawyer"))]
    named = {step.letter for table in aid for step in table.steps} - {""}
    assert {step.letter for step in PROCEDURE.steps} - {""} <= named
    assert named == {kind for kind in letters.kinds() if kind.startswith(("legal_aid", "duty_lawyer"))}


def test_every_state_belongs_to_one_stage() -> None:
    members = [state for states in PROCEDURE.stages.values() for state in states]
    assert sorted(members) == sorted(PROCEDURE.states.values)


def test_every_unconfirmed_limit_is_marked_and_can_be_replaced() -> None:
    for clock in PROCEDURE.clocks:
        assert clock.id
        assert ("待核" in clock.basis or "默认值" in clock.basis) == (clock.confidence == "U"), clock.name


def test_everything_the_system_does_by_itself_the_office_may_do_too() -> None:
    for step in PROCEDURE.steps:
        assert Role.SYSTEM not in step.allowed_roles or step.allowed_roles >= OFFICE


def test_a_document_of_another_kind_does_not_stand_in_for_the_agreement(story: Story) -> None:
    story.apply().accept().grant().assign()
    with pytest.raises(Missing, match="委托协议"):
        story.take("sign_agreement", LAWYER, {"signed_on": story.today}, Doc.OTHER)
