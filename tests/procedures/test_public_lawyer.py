"""A public lawyer's certificate: the unit applies, conditions are explained, the head decides, the year is assessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.chain import fault_in
from santai.casework.models import Parameter
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.people.models import Party
from santai.procedures.public_lawyer import PROCEDURE
from santai.procedures.rules.public_lawyer import criteria
from santai.trust.models import Membership, User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import LONG_AGO, Town
from tests.procedures.adviser_story import APPLICANT, DECLINE, HEAD, REASON, REVIEWER, SUPERVISOR, Story, on

pytestmark = pytest.mark.django_db
PAPERS = (Doc.IDENTITY, Doc.QUALIFICATION, Doc.POST_PROOF, Doc.APPROVAL)
APPLY = {
    "lawyer_name": "赵公职",
    "certificate": "A20112301010001",
    "post": "法制科科员",
    "is_chinese": True,
    "is_qualified": True,
    "is_public": True,
    "experience": "legal_work",
    "experience_since": date(2020, 1, 1),
    "good_conduct": True,
    "unit_consents": True,
    "declared": True,
}
REPORT = {"opinion": "材料齐全，符合公职律师管理办法的条件。"}


class PublicLawyer(Story):
    procedure = "public_lawyer"
    name = "道里区某局"

    def apply(self, *papers: Doc, **changes: Any) -> PublicLawyer:
        self.take("apply", APPLICANT, {**APPLY, **changes}, *(papers or PAPERS))
        return self

    def accepted(self, **changes: Any) -> PublicLawyer:
        self.apply(**changes)
        self.take("accept", SUPERVISOR)
        return self

    def reported(self, **changes: Any) -> PublicLawyer:
        self.accepted(**changes)
        self.take("report", REVIEWER, REPORT)
        return self

    def certified(self, **changes: Any) -> PublicLawyer:
        self.reported(**changes)
        self.take("grant", HEAD)
        self.take("file_certificate", SUPERVISOR, {"licence": "12301202610000001", "issued_on_day": self.today})
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> PublicLawyer:
    return PublicLawyer(town, monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_unit_gets_a_certificate_for_its_lawyer(story: PublicLawyer) -> None:
    story.certified()
    assert (story.state, story.facts["licence"]) == ("certified", "12301202610000001")
    body = story.letter("public_lawyer_granted")
    assert "赵公职" in body
    assert "法制科科员" in body
    assert "自2020-01-01起算，2022-01-01满2年" in body
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""


def test_the_lawyers_name_lies_sealed(story: PublicLawyer) -> None:
    story.certified()
    assert "赵公职" not in str(story.facts)
    assert "赵公职" not in str([entry.data for entry in story.case.log.all()])
    assert "赵公职" not in str(Letter.objects.values_list("title", flat=True))


def test_the_unit_reads_it_in_plain_words(story: PublicLawyer) -> None:
    story.certified()
    told = [line.sentence for line in citizen_timeline(story.case)]
    assert "公职律师证已颁发，证号12301202610000001。" in told
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


# --- conditions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"is_qualified": False}, "取得法律职业资格或者律师资格"),
        ({"is_public": False}, "依法履行公职"),
        ({"experience": "neither"}, "从事法律工作二年"),
        ({"experience_since": date(2025, 1, 1)}, "从事法律工作二年"),
        ({"unit_consents": False}, "所在单位同意"),
        ({"bars": ["dishonest", "revoked"]}, "没有不得担任的情形"),
    ],
)
def test_a_condition_that_is_not_met_is_named_and_not_granted(
    story: PublicLawyer, changes: dict[str, Any], why: str
) -> None:
    story.reported(**changes)
    with pytest.raises(Missing) as refusal:
        story.take("grant", HEAD)
    assert any(why in problem for problem in refusal.value.problems)
    story.take("decline", HEAD, {"reason": "untrue", **REASON})
    assert why in story.letter("public_lawyer_declined")
    assert "60日内依法申请行政复议" in story.letter("public_lawyer_declined")


def test_one_year_as_a_judge_counts_to_the_day() -> None:
    application = {**APPLY, "experience": "profession", "bars": [], "experience_since": date(2025, 3, 2)}
    found = criteria(application, date(2026, 3, 1))
    assert not next(one for one in found if "二年" in one.label).is_met
    assert next(one for one in criteria(application, date(2026, 3, 2)) if "二年" in one.label).is_met


def test_who_reviewed_does_not_decide(story: PublicLawyer, town: Town) -> None:
    reviewer = User.objects.get(pk=town.staff[REVIEWER].pk)
    Membership.objects.create(user=reviewer, role=HEAD, organisation=town.bureau, since=LONG_AGO)
    story.accepted()
    story.take("report", user=reviewer, data=REPORT)
    with pytest.raises(NotYou, match="审查的人不能作决定"):
        story.take("grant", user=reviewer)
    story.take("grant", HEAD)


def test_there_is_no_decision_before_a_review(story: PublicLawyer) -> None:
    story.accepted()
    for step, data in (("grant", None), ("decline", {"reason": "conduct", **REASON})):
        with pytest.raises(NotFromHere, match="还没有审查意见"):
            story.take(step, HEAD, data)


def test_a_person_does_not_apply_for_themselves(story: PublicLawyer) -> None:
    Party.objects.filter(pk=story.case.applicant_id).update(kind=Party.Kind.PERSON)
    story.refresh()
    with pytest.raises(Missing, match="不能以个人名义"):
        story.apply()


def test_a_certificate_needs_all_the_papers(story: PublicLawyer) -> None:
    story.apply(Doc.IDENTITY)
    with pytest.raises(Missing) as refusal:
        story.take("accept", SUPERVISOR)
    assert len(refusal.value.problems) == 3


def test_papers_are_asked_for_once_and_late_ones_end_it(story: PublicLawyer) -> None:
    story.apply()
    ask = {"items": "缺任职证明", "by": story.today + timedelta(days=7)}
    story.take("ask_for_more", SUPERVISOR, ask)
    story.take("supplement", APPLICANT, {}, Doc.POST_PROOF)
    with pytest.raises(NotFromHere, match="不能再次要求补正"):
        story.take("ask_for_more", SUPERVISOR, ask)
    other = PublicLawyer(story.town, story.at).apply()
    other.take("ask_for_more", SUPERVISOR, ask)
    assert take_timed_steps(at=other.at + timedelta(days=8)) == 1
    assert other.refresh().state == "withdrawn"


def test_a_certificate_number_has_seventeen_digits(story: PublicLawyer) -> None:
    story.reported()
    story.take("grant", HEAD)
    with pytest.raises(Missing, match="17位数字"):
        story.take("file_certificate", SUPERVISOR, {"licence": "123", "issued_on_day": story.today})
    with pytest.raises(Missing, match="早于决定日期"):
        story.take("file_certificate", SUPERVISOR, {"licence": "12301202610000001",
                                                    "issued_on_day": story.today - timedelta(days=1)})  # fmt: skip


def test_an_application_that_belongs_elsewhere_is_sent_on_with_a_letter(story: PublicLawyer) -> None:
    story.apply()
    story.take("not_accept", SUPERVISOR, {"reason": "not_here", **DECLINE})
    assert story.state == "not_accepted"
    assert "行政诉讼" in story.letter("public_lawyer_not_accepted")


# --- assessment and cancellation ----------------------------------------------------------------------------------


def test_two_failed_years_in_a_row_cost_the_certificate(story: PublicLawyer) -> None:
    story.certified()
    failed = {"grade": "failed", "opinion": "没有履行公职律师职责。"}
    story.take("assess", APPLICANT, {"year": 2026, **failed}, on=on(1, 4, year=2027))
    with pytest.raises(Missing, match="没有连续两个年度"):
        story.take("cancel", HEAD, {"ground": "failed", **REASON})
    story.take("assess", APPLICANT, {"year": 2027, **failed}, on=on(1, 4, year=2028))
    story.take("cancel", HEAD, {"ground": "failed", **REASON})
    assert story.state == "cancelled"
    assert "60日内依法申请行政复议" in story.letter("public_lawyer_cancelled")


def test_an_assessment_is_of_a_year_that_is_over_and_only_once(story: PublicLawyer) -> None:
    story.certified()
    good = {"year": 2026, "grade": "competent", "opinion": "按时完成合法性审查。"}
    with pytest.raises(Missing, match="还没有结束"):
        story.take("assess", APPLICANT, good)
    story.take("assess", APPLICANT, good, on=on(1, 4, year=2027))
    with pytest.raises(Missing, match="已经考核过"):
        story.take("assess", APPLICANT, good)
    with pytest.raises(Missing, match="还没有颁证"):
        story.take("assess", APPLICANT, {**good, "year": 2025})


def test_a_request_to_cancel_is_answered_either_way(story: PublicLawyer) -> None:
    story.certified()
    ask = {"ground": "left", **REASON}
    story.take("ask_cancel", APPLICANT, ask)
    with pytest.raises(NotFromHere, match="正在审查"):
        story.take("ask_cancel", APPLICANT, ask)
    story.take("keep_certified", HEAD, REASON)
    assert "赵公职" in story.letter("public_lawyer_kept")
    with pytest.raises(NotFromHere):
        story.take("keep_certified", HEAD, REASON)
    story.take("cancel", HEAD, {"ground": "asked", **REASON})
    assert story.state == "cancelled"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEGALITY_REVIEWER, Role.LAWYER])
def test_only_the_head_grants(story: PublicLawyer, role: Role) -> None:
    story.reported()
    with pytest.raises(NotYou):
        story.take("grant", role)


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> PublicLawyer:
    """Thursday 24 September 2026; 25 to 27 September and 1 to 7 October off, Saturday 10 October works."""
    import_package_years([2026])
    return PublicLawyer(town, on(9, 24))


def test_the_bureau_says_within_five_working_days_whether_it_accepts(autumn: PublicLawyer) -> None:
    autumn.apply()
    assert autumn.due("acceptance") == date(2026, 10, 9)
    autumn.take("ask_for_more", SUPERVISOR, {"items": "缺任职证明", "by": date(2026, 10, 20)}, on=on(9, 28))
    autumn.take("supplement", APPLICANT, {}, Doc.POST_PROOF, on=on(10, 9))
    assert autumn.due("acceptance") == date(2026, 10, 15)


def test_review_and_decision_have_working_days_of_their_own(autumn: PublicLawyer) -> None:
    autumn.accepted()
    assert autumn.due("report") == date(2026, 10, 29)
    autumn.take("report", REVIEWER, REPORT, on=on(10, 12))
    assert autumn.clock("report").condition == "met"
    assert autumn.due("decision") == date(2026, 10, 26)
    autumn.take("grant", HEAD, on=on(10, 13))
    assert autumn.due("certificate") == date(2026, 10, 27)


def test_the_certificate_counts_from_its_own_date(autumn: PublicLawyer) -> None:
    autumn.reported()
    autumn.take("grant", HEAD, on=on(9, 28))
    autumn.take("file_certificate", SUPERVISOR, {"licence": "12301202610000001", "issued_on_day": date(2026, 10, 9)},
                on=on(10, 28))  # fmt: skip
    # Filed late, but the certificate bears a day within the limit.
    assert autumn.clock("certificate").condition == "met"


def test_a_province_may_replace_the_days_of_review(autumn: PublicLawyer) -> None:
    Parameter.objects.create(
        key="clock.PL02", region="23", value={"count": 10, "unit": "WD"}, since=date(2020, 1, 1), basis="省厅规定"
    )
    autumn.accepted()
    assert autumn.due("report") == date(2026, 10, 15)


def test_every_uncertain_limit_says_so() -> None:
    sure = {clock.id for clock in PROCEDURE.clocks if clock.confidence == "S"}
    assert sure == {"PL01", "PL04"}
