"""Preserving evidence on site: two persons, minutes, digests, seals."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms.notarization import DECLINE_GROUNDS, NOT_ACCEPTED_GROUNDS
from santai.procedures.forms.notarization_evidence import BROKEN_OFF
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_organisation, make_staff
from tests.procedures.notarization_special_story import DIRECTOR, NOTARY, REASON, Evidence
from tests.procedures.notarization_story import DECLINE, FILED, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Evidence:
    return Evidence(town, monday)


def test_evidence_walks_from_application_to_closed_file(story: Evidence) -> None:
    story.recorded().sealed().told().approved().certified().deliver()
    story.archived()
    assert story.state == "closed"
    assert story.letters == ["notarization_accepted", "notarization_evidence_certificate"]


def test_the_certificate_carries_times_persons_digests_and_the_seal(story: Evidence) -> None:
    story.recorded()
    body = story.sealed().told().approved().certified().letter("notarization_evidence_certificate")
    media = story.case.documents.filter(kind=Doc.RECORDING).select_related("file")
    for words in (
        "2026年3月2日10时30分至2026年3月2日11时00分",
        story.colleague.display_name,
        *(paper.file.sha256 for paper in media),
        "公封2026第8号",
        "1年内",
    ):
        assert words in body


def test_two_different_persons_of_the_office_go(story: Evidence) -> None:
    story.apply().accept()
    stranger = make_staff(NOTARY, make_organisation(OrganisationKind.NOTARY))
    for companion in (story.notary, stranger, story.town.staff[Role.MEDIATOR]):
        with pytest.raises(Missing) as refusal:
            story.take("plan_visit", NOTARY, story.plan(companion=companion.pk))
        assert set(refusal.value.fields) == {"companion"}
    with pytest.raises(Missing, match="已经过去"):
        story.take("plan_visit", NOTARY, story.plan(on_day=story.today - timedelta(days=1)))


def test_nothing_is_recorded_without_an_agreed_visit_or_without_media(story: Evidence) -> None:
    story.apply().accept()
    with pytest.raises(NotFromHere, match="约定"):
        story.take("record_acts", NOTARY, story.on_site(), Doc.NOTARY_RECORD, Doc.RECORDING)
    story.take("plan_visit", NOTARY, story.plan())
    with pytest.raises(Missing, match="录音录像"):
        story.take("record_acts", NOTARY, story.on_site(), Doc.NOTARY_RECORD)


@pytest.mark.parametrize(
    ("began", "ended", "words"),
    [("2026-03-02 10:50", "2026-03-02 10:30", "早于开始"), ("2026-03-02 10:50", "2026-03-02 19:00", "还没有到"),
     ("2026-03-01 10:50", "2026-03-02 10:55", "约定现场保全"), ("昨天", "2026-03-02 10:55", "请写成")],
)  # fmt: skip
def test_the_minutes_of_the_record_are_possible_ones(story: Evidence, began: str, ended: str, words: str) -> None:
    story.planned().at += timedelta(hours=2)
    data = story.on_site(began=began, ended=ended)
    with pytest.raises(Missing, match=words):
        story.take("record_acts", NOTARY, data, Doc.NOTARY_RECORD, Doc.RECORDING)


@pytest.mark.parametrize("lacking", ["clean_device", "notary_there", "record", "present"])
def test_a_record_without_clean_device_notary_or_words_is_none(story: Evidence, lacking: str) -> None:
    story.planned().at += timedelta(hours=2)
    data = story.on_site(**{lacking: ""})
    with pytest.raises(Missing) as refusal:
        story.take("record_acts", NOTARY, data, Doc.NOTARY_RECORD, Doc.RECORDING)
    assert set(refusal.value.fields) == {lacking}


def test_the_platform_computes_the_digests_and_notices_when_a_file_is_gone(story: Evidence) -> None:
    story.recorded()
    assert [len(one["sha256"]) for one in story.case.facts["media"]] == [64]
    story.sealed().told().approved()
    facts = {**story.case.facts, "media": [{"name": "原始视频.mp4", "sha256": "0" * 64}]}
    Case.objects.filter(pk=story.case.pk).update(facts=facts)
    story.case.refresh_from_db()
    with pytest.raises(Missing, match="校验值对不上：原始视频.mp4"):
        story.certified()


def test_originals_are_sealed_or_it_is_said_why_not(story: Evidence) -> None:
    story.recorded().told()
    with pytest.raises(NotFromHere, match="封存"):
        story.approved()
    story.take("no_seal", NOTARY, {"explanation": "只有网页截图，已经留存校验值。"})
    with pytest.raises(NotFromHere, match="已经登记过"):
        story.sealed()
    assert "没有需要封存的原件" in story.approved().certified().letter("notarization_evidence_certificate")


def test_a_second_visit_needs_a_second_seal(story: Evidence) -> None:
    story.recorded().sealed().told()
    story.take("plan_visit", NOTARY, story.plan())
    story.at += timedelta(hours=1)
    for lacking, given in (("录音录像", Doc.NOTARY_RECORD), ("笔录", Doc.RECORDING)):
        with pytest.raises(Missing, match=f"{lacking}.*以前交来的不算"):
            story.take("record_acts", NOTARY, story.on_site(), given)
    story.take("record_acts", NOTARY, story.on_site(), Doc.NOTARY_RECORD, Doc.RECORDING)
    with pytest.raises(NotFromHere, match="封存"):
        story.approved()
    assert len(story.case.facts["acts"]) == 2


@pytest.mark.parametrize("reason", [key for key, _ in BROKEN_OFF])
def test_a_visit_that_fails_is_told_and_planned_again(story: Evidence, reason: str) -> None:
    story.planned().take("break_off", NOTARY, {"reason": reason, **REASON})
    assert REASON["explanation"] in story.case.log.latest("number").told
    with pytest.raises(NotFromHere):
        story.take("record_acts", NOTARY, story.on_site(), Doc.NOTARY_RECORD, Doc.RECORDING)
    story.take("plan_visit", NOTARY, story.plan())


@pytest.mark.parametrize("ground", [key for key, _ in DECLINE_GROUNDS])
def test_a_refusal_names_its_ground_and_remedy(story: Evidence, ground: str) -> None:
    story.apply().accept().take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    assert dict(DECLINE_GROUNDS)[ground] in story.letter("notarization_declined")
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)
    assert story.state == "closed"


@pytest.mark.parametrize("ground", ["withdrawn", "death", "obstruction", "other"])
def test_a_termination_names_its_ground_and_remedy(story: Evidence, ground: str) -> None:
    story.planned()
    if ground == "withdrawn":
        story.take("ask_to_stop", Role.APPLICANT, REASON)
    story.take("terminate", DIRECTOR, {"ground": ground, "refund": "all", **REASON})
    assert "公证协会" in story.letter("notarization_terminated")


@pytest.mark.parametrize("reason", [key for key, _ in NOT_ACCEPTED_GROUNDS])
def test_an_application_is_turned_away_with_reason_and_route(story: Evidence, reason: str) -> None:
    story.apply().take("turn_away", NOTARY, {"reason": reason, "route": "南岗区公证处，电话见公示", **REASON})
    assert "南岗区公证处" in story.letter("notarization_not_accepted")


@pytest.mark.parametrize("lacking", ["what", "where", "about", "purpose"])
def test_an_application_says_what_where_and_why(story: Evidence, lacking: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(**{lacking: ""})
    assert set(refusal.value.fields) == {lacking}


def test_an_urgent_application_says_why_and_is_answered_within_a_day(story: Evidence) -> None:
    urgent = {**story.application, "why_urgent": ""}
    with pytest.raises(Missing) as refusal:
        story.take("apply_urgently", Role.APPLICANT, urgent)
    assert set(refusal.value.fields) == {"why_urgent"}
    story.take("apply_urgently", Role.APPLICANT, {**urgent, "why_urgent": "明天就要拆除。"})
    assert story.case.urgency == Case.Urgency.URGENT


# --- clocks -------------------------------------------------------------------------------------------------------


@pytest.fixture
def holidays(town: Town) -> Evidence:
    """Wednesday 30 September 2026, the day before National Day; 10 October is a working Saturday."""
    import_package_years([2025, 2026])
    return Evidence(town, on(9, 30))


def test_the_answer_to_an_urgent_application_counts_to_the_minute_through_the_holidays(holidays: Evidence) -> None:
    holidays.take("apply_urgently", Role.APPLICANT, {**holidays.application, "why_urgent": "明天就要拆除。"})
    assert holidays.clock("urgent_answer").due_at == on(10, 1)
    assert holidays.clock("urgent_answer", on(10, 1, 8)).is_overdue is False
    holidays.take("turn_away", NOTARY, {"reason": "dispute", "route": "道里区人民法院", **REASON}, on=on(10, 1, 10))
    assert holidays.clock("urgent_answer").condition == "missed"


def test_an_ordinary_application_has_no_urgent_clock(story: Evidence) -> None:
    story.apply()
    assert "urgent_answer" not in {clock.name for clock in story.case.clocks.all()}


def test_originals_are_sealed_by_the_next_working_day_over_the_holidays(holidays: Evidence) -> None:
    holidays.recorded()
    assert holidays.clock("seal").due_on == date(2026, 10, 8)
    holidays.sealed()
    assert holidays.clock("seal").condition == "met"


def test_the_certificate_clock_of_the_law_runs_and_pauses_here_too(holidays: Evidence) -> None:
    holidays.apply().accept()
    assert holidays.clock("certificate").due_on == date(2026, 10, 27)
    holidays.take("halt", NOTARY, REASON, on=on(10, 8))
    assert holidays.clock("certificate").condition == "paused"
    # 8 October was the first day; fourteen follow 12 October.
    holidays.take("resume", NOTARY, {}, on=on(10, 12))
    assert holidays.clock("certificate").due_on == date(2026, 10, 30)
