"""Re-check of a certificate: who may ask until when, who looks at it, and the five ways it can end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.models import Case, Parameter
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms.notarization import RECHECK_REFUSALS
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_party, make_practitioner, make_staff
from tests.procedures.notarization_story import (
    ASK,
    DIRECTOR,
    FILED,
    FIX,
    NOTARY,
    PROPOSAL,
    REASON,
    RECHECK,
    REPORT,
    Notarization,
    on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Notarization:
    return Notarization(town, monday)


@pytest.fixture
def closed(story: Notarization) -> Notarization:
    """Issued on 2 March 2026, received on the 3rd, closed a year later."""
    story.delivered().take("archive", NOTARY, FILED, Doc.CASE_FILE)
    story.take("settle", Role.SYSTEM, on=on(3, 10, year=2027))
    return story


def again(story: Notarization, at: datetime, **changes: object) -> Case:
    """Somebody asks for a re-check of a certificate whose case is closed."""
    original = story.case
    stranger = make_party("赵六")
    story.case = make_case(at, procedure="notarization", applicant=stranger)
    story.citizen = type(story.citizen).applicant(stranger.pk)
    data = {**RECHECK, "certificate": original.code, **changes}
    story.take("ask_recheck_of_closed", Role.APPLICANT, data, on=at)
    return story.case


# --- the window ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "is_late"), [(3, False), (4, True)])
def test_a_party_asks_within_a_year_of_receiving_the_certificate(story: Notarization, day: int, is_late: bool) -> None:
    story.delivered()
    story.take("ask_recheck", Role.APPLICANT, RECHECK, on=on(3, day, 23, year=2027))
    assert story.case.facts["recheck_is_late"] is is_late


@pytest.mark.parametrize(("day", "is_late"), [(1, False), (2, True)])
def test_an_interested_person_asks_within_a_year_of_knowing(closed: Notarization, day: int, is_late: bool) -> None:
    case = again(closed, on(8, day, year=2029), who="interested", knew_on=date(2028, 8, 1))
    assert case.facts["recheck_is_late"] is is_late


def test_after_twenty_years_nobody_asks_any_more(closed: Notarization) -> None:
    closed.case.facts["certificate"]["issued_on"] = "2006-03-02"
    closed.case.save()
    case = again(closed, on(3, 10, year=2027), who="interested", knew_on=date(2027, 3, 9))
    assert case.facts["recheck_is_late"] is True


def test_an_interested_person_says_when_they_knew(story: Notarization) -> None:
    story.delivered()
    with pytest.raises(Missing) as refusal:
        story.take("ask_recheck", Role.APPLICANT, {**RECHECK, "who": "interested"})
    assert "knew_on" in refusal.value.fields


def test_a_late_request_is_not_examined_but_answered_with_a_letter(story: Notarization) -> None:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK, after=400)
    with pytest.raises(Missing, match="超过了申请复查的期限"):
        story.take("assign_recheck", DIRECTOR, {"handler": story.colleague.pk})
    story.take("refuse_recheck", DIRECTOR, {"reason": "late", **REASON})
    assert "民事诉讼" in story.letter("notarization_recheck_refused")


@pytest.mark.parametrize("reason", [key for key, _ in RECHECK_REFUSALS])
def test_each_refusal_of_a_re_check_names_reason_and_remedy(story: Notarization, reason: str) -> None:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK)
    story.take("refuse_recheck", DIRECTOR, {"reason": reason, **REASON})
    body = story.letter("notarization_recheck_refused")
    for words in (dict(RECHECK_REFUSALS)[reason], "公证协会", story.town.bureau.name):
        assert words in body
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)
    assert story.state == "closed"


def test_the_window_may_be_set_by_a_parameter(story: Notarization) -> None:
    Parameter.objects.create(
        key="clock.NT04", region="23", value={"count": 30, "unit": "CD"}, since="2026-01-01", basis="试行"
    )
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK, after=40)
    assert story.case.facts["recheck_is_late"] is True


# --- a certificate whose case is closed ---------------------------------------------------------------------------


def test_a_closed_certificate_is_re_checked_in_a_case_of_its_own(closed: Notarization) -> None:
    original = closed.case
    case = again(closed, on(8, 1, year=2028), who="interested", knew_on=date(2028, 7, 1))
    assert (case.facts["recheck_of"], case.organisation) == (original.code, closed.office)
    with pytest.raises(Missing, match="原来承办的公证员"):
        closed.take("assign_recheck", DIRECTOR, {"handler": closed.notary.pk})
    closed.take("assign_recheck", DIRECTOR, {"handler": closed.colleague.pk})
    closed.take("report_recheck", closed.colleague, PROPOSAL)
    closed.decide("uphold")
    assert original.code in closed.letter("notarization_recheck")


@pytest.mark.parametrize("code", ["1234567890123456789", "没有"])
def test_an_unknown_certificate_is_named_so(story: Notarization, code: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.take("ask_recheck_of_closed", Role.APPLICANT, {**RECHECK, "certificate": code})
    assert "certificate" in refusal.value.fields


def test_a_case_without_certificate_cannot_be_re_checked(story: Notarization) -> None:
    unfinished = make_case(story.at, procedure="notarization")
    with pytest.raises(Missing, match="没有找到这份公证"):
        story.take("ask_recheck_of_closed", Role.APPLICANT, {**RECHECK, "certificate": unfinished.code})


# --- who looks at it ----------------------------------------------------------------------------------------------


def test_the_first_notary_does_not_re_check(story: Notarization) -> None:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK)
    with pytest.raises(Missing, match="原来承办的公证员"):
        story.take("assign_recheck", DIRECTOR, {"handler": story.notary.pk})


def test_the_re_checker_is_a_notary_of_the_office(story: Notarization) -> None:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK)
    with pytest.raises(Missing, match="只有公证员"):
        story.take("assign_recheck", DIRECTOR, {"handler": story.director.pk})


def test_neither_the_first_notary_nor_the_re_checker_decides(story: Notarization) -> None:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK)
    make_practitioner(story.director, story.office, kind="notary")
    story.take("assign_recheck", DIRECTOR, {"handler": story.director.pk})
    story.take("report_recheck", DIRECTOR, PROPOSAL)
    with pytest.raises(NotYou, match="复查人"):
        story.decide("uphold")
    story.decide("uphold", make_staff(DIRECTOR, story.office))
    assert story.state == "rechecked"


@pytest.mark.parametrize("step", ["uphold", "correct", "complete", "revoke_partly", "revoke"])
def test_a_notary_does_not_decide_a_re_check(story: Notarization, step: str) -> None:
    story.recheck_reported()
    with pytest.raises(NotYou):
        story.decide(step, story.colleague)


# --- how it ends --------------------------------------------------------------------------------------------------


def test_an_upheld_certificate_is_told_with_the_further_ways(story: Notarization) -> None:
    story.recheck_reported().decide("uphold")
    body = story.letter("notarization_recheck")
    assert "决定：维持" in body
    assert "民事诉讼" in body
    assert story.state == "rechecked"


@pytest.mark.parametrize(("step", "label"), [("correct", "更正"), ("complete", "补正"), ("revoke_partly", "部分撤销")])
def test_a_faulty_certificate_is_reported_the_same_day_and_mended(story: Notarization, step: str, label: str) -> None:
    story.recheck_reported().decide(step)
    assert "10日内" in story.letter("notarization_recheck")
    with pytest.raises(NotFromHere, match="报告公证协会"):
        story.take("fix", story.colleague, FIX)
    story.take("report_result", story.colleague, REPORT)
    with pytest.raises(NotFromHere, match="已经报告过"):
        story.take("report_result", story.colleague, REPORT)
    story.take("fix", story.colleague, FIX, after=3)
    assert f"{label}如下" in story.letter("notarization_fixed")
    story.take("archive_ending", story.colleague, FILED, Doc.CASE_FILE)
    assert story.state == "closed"


def test_a_revoked_certificate_is_void_from_the_start_and_announced(story: Notarization) -> None:
    story.recheck_reported().decide("revoke")
    assert "自始无效" in story.letter("notarization_recheck")
    announced = {"place": "公证处门户网站", "announced_on": story.at.date()}
    with pytest.raises(NotFromHere, match="报告公证协会"):
        story.take("announce", story.colleague, announced)
    story.take("report_result", story.colleague, REPORT)
    with pytest.raises(Missing, match="日期不能晚于今天"):
        story.take("announce", story.colleague, {**announced, "announced_on": story.at.date() + timedelta(days=1)})
    story.take("announce", story.colleague, announced)
    assert "公证处门户网站" in story.letter("notarization_revoked")
    assert story.state == "rechecked"


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_decision_bears_the_day_it_is_made(story: Notarization, shift: int) -> None:
    story.recheck_reported()
    with pytest.raises(Missing) as refusal:
        story.take("uphold", DIRECTOR, {"decided_on": story.at.date() + timedelta(days=shift), **REASON})
    assert "decided_on" in refusal.value.fields


def test_proof_may_be_asked_for_while_re_checking(story: Notarization) -> None:
    story.delivered().take("ask_recheck", Role.APPLICANT, RECHECK)
    story.take("assign_recheck", DIRECTOR, {"handler": story.colleague.pk})
    story.take("ask_recheck_proof", story.colleague, ASK)
    story.take("recheck_supplement", Role.APPLICANT, {}, Doc.MATTER_PROOF, after=4)
    assert story.state == "rechecking"
