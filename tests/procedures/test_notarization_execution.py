"""Enforceable debt instruments and execution certificates: the debtor is heard, the court's word is recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.models import CaseParty
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_execution as forms
from santai.procedures.forms.notarization import DECLINE_GROUNDS, NOT_ACCEPTED_GROUNDS
from santai.procedures.notarization_execution import PROCEDURE
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_practitioner
from tests.procedures.notarization_special_story import DIRECTOR, DRAFT, NOTARY, REASON, Execution
from tests.procedures.notarization_story import DECLINE, FILED, on

pytestmark = pytest.mark.django_db
APPLICANT = Role.APPLICANT


@pytest.fixture
def story(town: Town, monday: datetime) -> Execution:
    return Execution(town, monday)


# --- the instrument -----------------------------------------------------------------------------------------------


def test_a_loan_walks_from_certificate_to_execution_and_closed_file(story: Execution) -> None:
    story.noticed().take("performed", APPLICANT, {"performed_on": story.today, "finding": "执行款5万元已到账。"})
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)
    assert story.state == "closed"
    assert story.letters == [
        "notarization_accepted",
        "notarization_certificate",
        "notarization_execution_inquiry",
        "notarization_execution_certificate",
    ]


@pytest.mark.parametrize("lacking", ["has_promise", "both_apply", "what", "debtor", "last_due_on"])
def test_without_promise_joint_application_or_payment_nothing_begins(story: Execution, lacking: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(**{lacking: ""})
    assert set(refusal.value.fields) == {lacking}


def test_the_debtor_is_sealed_and_known_as_a_party(story: Execution) -> None:
    story.apply()
    assert "周欠款" not in repr([story.case.facts, *story.case.log.values_list("data", "told")])
    assert [one.name for one in CaseParty.objects.filter(case=story.case)] == ["周欠款"]


def test_the_instrument_itself_is_needed_to_accept(story: Execution) -> None:
    story.apply(Doc.IDENTITY, Doc.MATTER_PROOF)
    with pytest.raises(Missing, match="债权文书"):
        story.accept()


@pytest.mark.parametrize("lacking", ["has_payment", "no_dispute", "has_promise", "told", "verify_by", "answer_days"])
def test_what_a_court_would_not_enforce_is_not_certified(story: Execution, lacking: str) -> None:
    story.apply().accept()
    with pytest.raises(Missing) as refusal:
        story.take("check_instrument", NOTARY, {**story.CHECK, lacking: ""})
    assert set(refusal.value.fields) == {lacking}
    with pytest.raises(NotFromHere, match="核对债权文书"):
        story.take("submit", NOTARY, DRAFT)


@pytest.mark.parametrize("ground", [key for key, _ in DECLINE_GROUNDS])
def test_the_nine_grounds_of_refusal_hold(story: Execution, ground: str) -> None:
    story.checked().take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    assert dict(DECLINE_GROUNDS)[ground] in story.letter("notarization_declined")
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)


@pytest.mark.parametrize("ground", ["withdrawn", "death", "obstruction", "other"])
def test_a_termination_has_its_ground_and_remedy(story: Execution, ground: str) -> None:
    story.checked()
    if ground == "withdrawn":
        story.take("ask_to_stop", APPLICANT, REASON)
    story.take("terminate", DIRECTOR, {"ground": ground, "refund": "all", **REASON})
    assert "公证协会" in story.letter("notarization_terminated")


@pytest.mark.parametrize("reason", [key for key, _ in NOT_ACCEPTED_GROUNDS])
def test_an_application_is_turned_away_with_route(story: Execution, reason: str) -> None:
    story.apply().take("turn_away", NOTARY, {"reason": reason, "route": "道里区人民法院立案庭", **REASON})
    assert "立案庭" in story.letter("notarization_not_accepted")


def test_a_debt_that_is_paid_needs_no_certificate(story: Execution) -> None:
    story.in_force()
    with pytest.raises(Missing):
        story.take("performed", APPLICANT, {"performed_on": story.today + timedelta(days=1), "finding": "还清了。"})
    story.take("performed", APPLICANT, {"performed_on": story.today, "finding": "还清了本金。"})
    assert story.state == "fulfilled"


# --- the request --------------------------------------------------------------------------------------------------


def test_what_is_not_due_is_not_in_default(story: Execution) -> None:
    story.in_force()
    with pytest.raises(Missing, match="还没有届满"):
        story.take("ask_execution", APPLICANT, story.REQUEST, Doc.PERFORMANCE)
    long_ago = {**story.REQUEST, "due_on": date(2025, 1, 1)}
    with pytest.raises(Missing, match="早于公证书"):
        story.take("ask_execution", APPLICANT, long_ago, Doc.PERFORMANCE)


def test_a_request_needs_proof_of_what_was_not_done(story: Execution) -> None:
    story.in_force().at = on(5, 6)
    with pytest.raises(Missing, match="履行凭证"):
        story.take("ask_execution", APPLICANT, story.REQUEST)


@pytest.mark.parametrize("far", ["requested", "inquiring", "proposed"])
def test_the_creditor_may_withdraw_the_request_and_ask_again(story: Execution, far: str) -> None:
    getattr(story, far)()
    assert story.state == far
    story.take("withdraw_execution", APPLICANT, {})
    assert story.state == "delivered"
    story.take("ask_execution", APPLICANT, story.REQUEST, Doc.PERFORMANCE)


# --- the debtor is heard ------------------------------------------------------------------------------------------


def test_the_debtor_reads_the_sum_and_how_long_there_is_to_answer(story: Execution) -> None:
    body = story.inquiring().letter("notarization_execution_inquiry")
    for words in ("周欠款", "50000", "10日内", "不知道怎么办的"):
        assert words in body


def test_nobody_proposes_before_the_debtor_was_heard_or_the_time_is_over(story: Execution) -> None:
    story.inquiring()
    with pytest.raises(NotFromHere, match="向债务人核实中"):
        story.take("propose", NOTARY, {"result": "issue", "opinion": "可以出具执行证书。"})
    with pytest.raises(NotFromHere, match="还没有届满"):
        story.take("no_answer", NOTARY)


def test_silence_is_noted_by_itself_when_the_agreed_days_are_over(story: Execution) -> None:
    story.inquiring()
    assert take_timed_steps(at=story.at + timedelta(days=10)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=14)) == 1
    assert take_timed_steps(at=story.at + timedelta(days=15)) == 0
    story.case.refresh_from_db()
    story.take("propose", NOTARY, {"result": "issue", "opinion": "债务人没有答复，可以出具。"}, after=15)
    story.take("issue_execution", DIRECTOR, story.CERTIFY)
    assert "没有答复" in story.letter("notarization_execution_certificate")


def test_a_proven_objection_is_answered_before_a_certificate_is_issued(story: Execution) -> None:
    story.proposed("objects_with_proof")
    with pytest.raises(Missing) as refusal:
        story.take("issue_execution", DIRECTOR, story.CERTIFY)
    assert set(refusal.value.fields) == {"why_not_followed"}
    reasoned = {**story.CERTIFY, "why_not_followed": "收条的日期在另一笔借款之后。"}
    story.take("issue_execution", DIRECTOR, reasoned)
    assert "另一笔借款" in story.letter("notarization_execution_certificate")


def test_no_more_is_certified_than_was_asked_for(story: Execution) -> None:
    story.proposed()
    with pytest.raises(Missing) as refusal:
        story.take("issue_execution", DIRECTOR, {**story.CERTIFY, "amount": "50000.01"})
    assert set(refusal.value.fields) == {"amount"}


def test_who_verified_does_not_decide(story: Execution) -> None:
    make_practitioner(story.director, story.office, kind="notary")
    story.proposed()
    story.case.handler = story.director
    story.case.save()
    for step, data in (
        ("issue_execution", story.CERTIFY),
        ("refuse_execution", {"reason": "unclear", **REASON}),
        ("return_proposal", REASON),
    ):
        with pytest.raises(NotYou, match="承办人不能审批"):
            story.take(step, DIRECTOR, data)


def test_a_proposal_goes_back_and_comes_again(story: Execution) -> None:
    story.proposed().take("return_proposal", DIRECTOR, REASON)
    assert story.state == "heard"
    story.take("inquire", NOTARY, {"way": "post", "served_on": story.today})
    story.take("record_answer", NOTARY, {"answer": "objects", "answered_on": story.today, "words": "数额不对。"})
    story.take("propose", NOTARY, {"result": "refuse", "opinion": "数额不明确，建议不予出具。"})


@pytest.mark.parametrize("reason", [key for key, _ in forms.REFUSALS])
def test_a_refusal_sends_the_creditor_to_the_court(story: Execution, reason: str) -> None:
    story.proposed().take("refuse_execution", DIRECTOR, {"reason": reason, **REASON})
    body = story.letter("notarization_execution_refused")
    for words in (dict(forms.REFUSALS)[reason], "直接向人民法院起诉", "公证协会", "第八条"):
        assert words in body
    assert PROCEDURE.has_answered(story.state)
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)


# --- the court ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [key for key, _ in forms.COURT_REFUSALS])
def test_what_a_court_does_not_enforce_is_recorded_with_the_ways_left(story: Execution, reason: str) -> None:
    ruling = {"case_number": "（2026）黑0102执异8号", "decided_on": story.noticed().today, "reason": reason, **REASON}
    with pytest.raises(Missing, match="裁判"):
        story.take("court_refuses", NOTARY, ruling)
    story.take("court_refuses", NOTARY, ruling, Doc.COURT_PAPER)
    body = story.letter("notarization_execution_not_enforced")
    for words in (dict(forms.COURT_REFUSALS)[reason], "起诉", "复查", "12348"):
        assert words in body
    assert story.state == "not_enforced"


def test_a_contest_is_rejected_or_goes_on_and_is_lengthened_once(story: Execution) -> None:
    story.noticed()
    for step, data in (("court_extends", {"amount": 30}), ("court_rejects_contest", {})):
        with pytest.raises((NotFromHere, Missing)):
            story.take(step, NOTARY, data)
    contest = {"filed_on": story.today, "grounds": "已经还清了这笔钱。"}
    story.take("contest", NOTARY, contest)
    with pytest.raises(NotFromHere, match="正在审查"):
        story.take("contest", NOTARY, contest)
    story.take("court_extends", NOTARY, {"amount": 30})
    with pytest.raises(NotFromHere, match="延长过一次"):
        story.take("court_extends", NOTARY, {"amount": 30})
    ruling = {"case_number": "（2026）黑0102执异9号", "decided_on": story.today}
    story.take("court_rejects_contest", NOTARY, ruling, Doc.COURT_PAPER)
    assert story.state == "executable"


def test_a_notice_before_the_certificate_is_a_mistake(story: Execution) -> None:
    story.executable()
    notice = {"court": "道里区人民法院", "case_number": "8号", "served_on": story.today - timedelta(days=3)}
    with pytest.raises(Missing, match="早于执行证书"):
        story.take("note_execution", APPLICANT, notice)


# --- clocks -------------------------------------------------------------------------------------------------------


@pytest.fixture
def dated(town: Town, monday: datetime) -> Execution:
    """Labour Day 2026 is 1 to 5 May, and 9 May is a working Saturday; National Day 1 to 7 October, 10 October works."""
    import_package_years([2025, 2026])
    return Execution(town, monday)


def test_the_agreed_days_to_answer_count_and_roll_over_the_holiday(dated: Execution) -> None:
    dated.requested(on(9, 24))
    dated.take("inquire", NOTARY, {"way": "phone", "served_on": date(2026, 9, 24)})
    # Ten days end on 4 October, inside the holiday.
    assert dated.clock("debtor_answer").due_on == date(2026, 10, 8)
    assert dated.clock("debtor_answer").limit.count == 10


def test_the_certificate_clock_stands_still_while_the_debtor_may_answer(dated: Execution) -> None:
    dated.requested(on(5, 6))
    assert dated.clock("execution_certificate").due_on == date(2026, 5, 26)
    dated.take("inquire", NOTARY, {"way": "phone", "served_on": dated.today}, on=on(5, 8))
    assert dated.clock("execution_certificate").condition == "paused"
    answer = {"answer": "confirms", "answered_on": date(2026, 5, 15), "words": "没有异议。"}
    dated.take("record_answer", NOTARY, answer, on=on(5, 15))
    # 7 and 8 May are two; thirteen follow 15 May.
    assert dated.clock("execution_certificate").due_on == date(2026, 6, 3)


def test_the_make_up_saturday_counts_towards_the_certificate(dated: Execution) -> None:
    dated.requested(on(5, 8))
    assert dated.clock("execution_certificate").due_on == date(2026, 5, 28)


def test_two_years_to_ask_the_court_begin_again_with_the_request(dated: Execution) -> None:
    dated.requested(on(5, 6))
    assert dated.clock("execution").due_on == date(2028, 5, 8) or dated.clock("execution").is_provisional
    dated.take("withdraw_execution", APPLICANT, {})
    dated.take("ask_execution", APPLICANT, dated.REQUEST, Doc.PERFORMANCE, on=on(6, 8))
    assert (dated.clock("execution").due_on or date.max) >= date(2028, 6, 8)


def test_fifteen_days_to_contest_and_sixty_plus_thirty_for_the_court(dated: Execution) -> None:
    dated.noticed()
    served = dated.today
    assert dated.clock("contest").due_on == served + timedelta(days=15)
    dated.take("contest", NOTARY, {"filed_on": served, "grounds": "已经还清了。"}, after=3)
    # The day of filing counts, not the day somebody writes it down.
    assert (dated.clock("contest").condition, dated.clock("contest").stopped_at.day) == ("met", served.day)
    assert dated.clock("court_review").due_on == date(2026, 7, 6)
    dated.take("court_extends", NOTARY, {"amount": 30})
    assert dated.clock("court_review").due_on == date(2026, 8, 4)
