"""The draw of a quarter: who could be drawn, that it comes out the same, and what the office shows of quality."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from santai.casework.models import Case, Parameter
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.evaluation.models import Sample
from santai.evaluation.samples import (
    SHARE_KEY,
    TARGET_KEY,
    Purpose,
    Quarter,
    draw_sample,
    drawn_cases,
    is_honest,
    pool_of,
    quality_of,
)
from santai.trust.immutable import NeverChanged
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.legal_aid_story import DIRECTOR, FINISH, LAWYER, OFFICER, Story, keep_standard

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = Quarter(2026, 1)
APRIL = datetime(2026, 4, 1, 9, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _standard(db: None) -> None:
    keep_standard()


def closed(town: Town, at: datetime) -> Story:
    story = Story(town, at).apply().accept().grant().assign().begin_handling()
    story.take("finish", LAWYER, {**FINISH, "closed_on": story.today}, Doc.COURT_PAPER, Doc.MEETING_RECORD)
    story.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)
    story.take("accept_file", data={"grade": "good"})
    return story


def drawn(town: Town, purpose: str = Purpose.COMMITMENT, at: datetime = APRIL) -> Sample:
    return draw_sample(purpose, organisation=town.legal_aid, quarter=FIRST, actor=town.actor(OFFICER), at=at)


# --- quarters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "name"), [("2026-03-31", "2026Q1"), ("2026-04-01", "2026Q2"), ("2026-12-31", "2026Q4")]
)
def test_a_day_belongs_to_its_quarter(day: str, name: str) -> None:
    assert Quarter.of(date.fromisoformat(day)).name == name


def test_quarters_follow_one_another_over_the_year() -> None:
    assert Quarter(2026, 4).next == Quarter(2027, 1)
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter.named("2026Q3").label == "2026年第三季度"


@pytest.mark.parametrize("text", ["", "2026Q5", "2026Q0", "26Q1", "2026Q01", "1899Q1", "xQy"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Quarter.named(text)


# --- the draw -----------------------------------------------------------------------------------------------------


def test_only_what_was_granted_on_a_commitment_in_the_quarter_can_be_drawn(town: Town, monday: datetime) -> None:
    inside = Story(town, monday).apply().accept().grant()
    checked = Story(town, monday).apply().accept()
    checked.take("check", data={"checked": "data_sharing", "finding": "社保平台数据一致。"})
    checked.grant()
    Story(town, monday).apply().accept()
    later = Story(town, APRIL).apply().accept().grant()
    found = pool_of(Purpose.COMMITMENT, town.legal_aid, FIRST)
    assert found == [inside.case.pk]
    assert later.case.pk not in found


def test_only_what_was_closed_in_the_quarter_is_reviewed_by_peers(town: Town, monday: datetime) -> None:
    one = closed(town, monday)
    Story(town, monday).apply().accept().grant()
    assert pool_of(Purpose.PEER_REVIEW, town.legal_aid, FIRST) == [one.case.pk]


def test_a_fifth_is_drawn_rounded_up_and_each_becomes_a_case(town: Town, monday: datetime) -> None:
    stories = [Story(town, monday).apply().accept().grant() for _ in range(6)]
    sample = drawn(town)
    assert (len(sample.pool), sample.share, len(sample.drawn)) == (6, 20, 2)
    assert set(sample.drawn) <= {story.case.pk for story in stories}
    children = list(drawn_cases(sample))
    assert {child.parent_id for child in children} == set(sample.drawn)
    assert {(child.procedure, child.organisation) for child in children} == {
        ("legal_aid_commitment_check", town.legal_aid)
    }


def test_the_same_quarter_drawn_again_comes_out_the_same(town: Town, monday: datetime) -> None:
    for _ in range(6):
        Story(town, monday).apply().accept().grant()
    sample = drawn(town)
    assert is_honest(sample)
    others = [key for key in sample.pool if key not in sample.drawn]
    sample.drawn = [others[0], *sample.drawn[1:]]
    assert not is_honest(sample)


def test_a_quarter_is_drawn_once_and_the_list_is_never_changed(town: Town, monday: datetime) -> None:
    Story(town, monday).apply().accept().grant()
    sample = drawn(town)
    with pytest.raises(NotFromHere, match="已经抽过"):
        drawn(town)
    assert Case.objects.filter(procedure="legal_aid_commitment_check").count() == 1
    sample.drawn = []
    with pytest.raises(NeverChanged):
        sample.save()


def test_a_quarter_that_is_not_over_and_one_without_cases_are_not_drawn(town: Town, monday: datetime) -> None:
    with pytest.raises(Missing, match="没有可以抽的案件"):
        drawn(town)
    Story(town, monday).apply().accept().grant()
    with pytest.raises(NotFromHere, match="还没有结束"):
        drawn(town, at=datetime(2026, 3, 31, 23, 59, tzinfo=SHANGHAI))


@pytest.mark.parametrize("role", [LAWYER, Role.SUPERVISOR, Role.DISPATCHER])
def test_only_the_office_itself_draws(town: Town, monday: datetime, role: Role) -> None:
    Story(town, monday).apply().accept().grant()
    with pytest.raises(NotYou):
        draw_sample(Purpose.COMMITMENT, organisation=town.legal_aid, quarter=FIRST, actor=town.actor(role), at=APRIL)


def test_the_share_is_a_parameter_of_the_province(town: Town, monday: datetime) -> None:
    Parameter.objects.create(
        key=SHARE_KEY[Purpose.COMMITMENT], region="23", value=100, since="2025-01-01", basis="本省抽查办法"
    )
    for _ in range(3):
        Story(town, monday).apply().accept().grant()
    assert len(drawn(town).drawn) == 3


def test_a_peer_reads_the_file_of_the_case(town: Town, monday: datetime) -> None:
    closed(town, monday)
    child = drawn_cases(drawn(town, Purpose.PEER_REVIEW)).get()
    assert set(child.documents.values_list("kind", flat=True)) == {Doc.CASE_FILE, Doc.CLOSING_REPORT}


# --- the share of good files --------------------------------------------------------------------------------------


def confirmed(town: Town, grade: str) -> None:
    case = Case.objects.create(
        code=f"2301021420260{Case.objects.count():06d}",
        procedure="legal_aid_peer_review",
        procedure_version="2022-01-01",
        state="confirmed",
        applicant=Case.objects.first().applicant,  # type: ignore[union-attr]
        region="230102",
        organisation=town.legal_aid,
        channel="web",
        text="x",
        facts={"grade": grade},
        opened_at=APRIL,
        closed_at=APRIL,
    )
    assert case.pk


@pytest.mark.parametrize(
    ("grades", "percent", "is_met"),
    [
        (("excellent", "good", "good", "good", "qualified"), 80, True),
        (("excellent", "good", "good", "qualified", "unqualified"), 60, False),
        (("good",) * 7 + ("qualified",) * 2, 77, False),
    ],
)
def test_excellent_and_good_together_are_held_against_eighty_in_a_hundred(
    town: Town, monday: datetime, grades: tuple[str, ...], percent: int, is_met: bool
) -> None:
    Story(town, monday)
    for grade in grades:
        confirmed(town, grade)
    found = quality_of([town.legal_aid], region="230102", on=APRIL.date())
    assert (found.total, found.percent, found.is_met) == (len(grades), percent, is_met)


def test_without_reviews_there_is_no_share_and_the_target_is_a_parameter(town: Town) -> None:
    assert quality_of([town.legal_aid], region="230102", on=APRIL.date()).share is None
    Parameter.objects.create(key=TARGET_KEY, region="23", value=90, since="2025-01-01", basis="本省评估办法")
    assert quality_of([town.legal_aid], region="230102", on=APRIL.date()).target == 90


def test_the_director_draws_as_well(town: Town, monday: datetime) -> None:
    Story(town, monday).apply().accept().grant()
    given = {"organisation": town.legal_aid, "quarter": FIRST, "actor": town.actor(DIRECTOR), "at": APRIL}
    assert draw_sample(Purpose.COMMITMENT, **given).drawn_by == town.staff[DIRECTOR]
