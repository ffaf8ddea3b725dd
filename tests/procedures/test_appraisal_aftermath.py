"""After an opinion: correction, supplementary and repeated appraisal, appearance in court."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms.appraisal import REPEAT_GROUNDS
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role
from tests.factories import Town, make_organisation
from tests.procedures.appraisal_story import (
    CORRECT,
    DRAFT,
    EXTEND,
    FILED,
    FIRST,
    HEAD,
    REASON,
    THIRD,
    Appraisal,
    hire,
)

pytestmark = pytest.mark.django_db
REPEAT = {"ground": "no_basis", "explanation": "原意见没有说明依据的标准条款。"}


@pytest.fixture
def story(town: Town, monday: datetime) -> Appraisal:
    return Appraisal(town, monday)


# --- correction and supplementary appraisal -----------------------------------------------------------------------


def test_a_correction_mends_the_wording_and_leaves_the_opinion(story: Appraisal) -> None:
    story.issued().take("correct", FIRST, CORRECT)
    assert "不改变鉴定意见的原意" in story.letter("appraisal_corrected")
    assert story.case.facts["conclusion"] == DRAFT["conclusion"]


def test_the_opinion_itself_is_never_corrected(story: Appraisal) -> None:
    story.issued()
    with pytest.raises(Missing, match="改变原意"):
        story.take("correct", FIRST, {**CORRECT, "old": "十级", "new": "九级"})
    with pytest.raises(Missing) as refusal:
        story.take("correct", FIRST, {**CORRECT, "meaning_kept": False})
    assert "meaning_kept" in refusal.value.fields
    with pytest.raises(NotYou):
        story.take("correct", THIRD, CORRECT)


def test_a_supplementary_appraisal_is_done_again_by_the_same_experts(story: Appraisal) -> None:
    story.issued()
    more = {"reason": "omitted", "effective_on": story.at.date() + timedelta(days=5), **REASON}
    story.at += timedelta(days=5)
    with pytest.raises(Missing, match="鉴定委托书（要这一次的"):
        story.take("supplementary", HEAD, more)
    story.take("supplementary", HEAD, more, Doc.COMMISSION)
    with pytest.raises(NotFromHere, match="过程记录"):
        story.take("submit", FIRST, DRAFT)
    story.submit().issue()
    assert "补充鉴定" in story.letter("appraisal_opinion")
    assert story.letters.count("appraisal_opinion") == 2


def test_a_supplementary_commission_does_not_precede_the_opinion(story: Appraisal) -> None:
    story.issued()
    data = {"reason": "omitted", "effective_on": story.at.date() - timedelta(days=1), **REASON}
    with pytest.raises(Missing) as refusal:
        story.take("supplementary", HEAD, data)
    assert "effective_on" in refusal.value.fields


def test_an_expert_who_lost_the_licence_gives_no_supplementary_opinion(story: Appraisal) -> None:
    story.issued()
    story.experts[FIRST].standing = "suspended"
    story.experts[FIRST].save()
    with pytest.raises(Missing, match="停止执业"):
        story.take("supplementary", HEAD, {"reason": "omitted", "effective_on": story.at.date(), **REASON})


# --- repeated appraisal -------------------------------------------------------------------------------------------


def repeated(story: Appraisal) -> Appraisal:
    """The new case, with another institution at hand."""
    story.issued().take("repeat", Role.APPLICANT, REPEAT)
    other = Appraisal(story.town, story.at)
    other.case, other.citizen = story.case.children.get(), story.citizen
    return other


def test_a_repeated_appraisal_is_a_linked_case_at_another_institution(story: Appraisal) -> None:
    other = repeated(story)
    for institution in ("", story.institution.pk):
        with pytest.raises(Missing, match="另一家鉴定机构"):
            other.commission(institution=institution)
    other.commission(institution=other.institution.pk).accept().sign().submit().issue()
    assert other.case.facts["repeats"] == story.case.code
    assert story.case.code in other.letter("appraisal_opinion")
    assert [entry.step for entry in story.case.log.order_by("number")][-1] == "child_closed"


@pytest.mark.parametrize("ground", [key for key, _ in REPEAT_GROUNDS])
def test_each_ground_of_the_law_opens_a_repeated_appraisal_once(story: Appraisal, ground: str) -> None:
    story.issued().take("repeat", Role.APPLICANT, {**REPEAT, "ground": ground})
    with pytest.raises(NotFromHere, match="重新鉴定正在办理"):
        story.take("repeat", Role.APPLICANT, REPEAT)


def test_the_experts_of_the_first_opinion_do_not_repeat_it(story: Appraisal) -> None:
    other = repeated(story)
    moved = story.experts[FIRST]
    moved.organisation = other.institution
    moved.save()
    other.commission(institution=other.institution.pk).accept()
    with pytest.raises(Missing, match="是原鉴定的鉴定人"):
        other.take("sign", HEAD, other.signing(practitioner=moved.pk), Doc.AGREEMENT)


def test_an_opinion_whose_case_is_closed_is_repeated_by_its_code(story: Appraisal) -> None:
    story.issued()
    elsewhere = make_organisation(OrganisationKind.APPRAISAL)
    new = Appraisal(story.town, story.at)
    with pytest.raises(Missing) as refusal:
        new.commission(earlier="1234567890123456789", institution=elsewhere.pk)
    assert "earlier" in refusal.value.fields
    with pytest.raises(Missing, match="另一家"):
        new.commission(earlier=story.case.code, institution=story.institution.pk)
    new.commission(earlier=story.case.code, institution=elsewhere.pk)
    assert new.case.facts["repeats"] == story.case.code


# --- court --------------------------------------------------------------------------------------------------------


def summons(notified: date, hearing: date, **changes: object) -> dict[str, object]:
    return {"court": "道里区人民法院", "hearing_on": hearing, "notified_on": notified, **changes}


def test_a_summons_less_than_three_days_ahead_needs_the_experts_consent(story: Appraisal) -> None:
    story.issued()
    # Monday 2 March: three days before Thursday the 5th is today, before the 4th it is not.
    today = story.at.date()
    with pytest.raises(Missing, match="3日前") as refusal:
        story.take("summon", FIRST, summons(today, date(2026, 3, 4)))
    assert "agreed" in refusal.value.fields
    story.take("summon", FIRST, summons(today, date(2026, 3, 5)))
    story.take("summon", FIRST, summons(today, date(2026, 3, 4), agreed="鉴定人当天有空，同意出庭。"))
    assert len(story.case.facts["court_diary"]) == 2


def test_a_hearing_lies_after_its_notice_and_the_notice_after_the_opinion(story: Appraisal) -> None:
    story.issued()
    today = story.at.date()
    for notified, hearing, field in (
        (today, today, "hearing_on"),
        (date(1, 1, 1), date(1, 1, 2), "notified_on"),
        (today - timedelta(days=1), date(2026, 4, 1), "notified_on"),
    ):
        with pytest.raises(Missing) as refusal:
            story.take("summon", FIRST, summons(notified, hearing))
        assert field in refusal.value.fields


def test_an_expert_who_does_not_come_in_person_names_the_excuse(story: Appraisal) -> None:
    story.issued()
    with pytest.raises(NotFromHere, match="没有待记录"):
        story.take("appear", FIRST, {"appearance": "attended", "note": "当庭回答了质询。"})
    story.take("summon", FIRST, summons(story.at.date(), date(2026, 3, 20)))
    with pytest.raises(Missing) as refusal:
        story.take("appear", FIRST, {"appearance": "video", "note": "经法院同意视频作证。"})
    assert "excuse" in refusal.value.fields
    data = {"appearance": "video", "excuse": "distance", "note": "经法院同意视频作证。"}
    story.take("appear", FIRST, data, after=18)
    assert story.case.facts["court_diary"][0]["excuse"] == "distance"


def test_the_file_is_needed_to_archive_and_extension_needs_somebody_else(story: Appraisal) -> None:
    story.at_work()
    with pytest.raises(NotYou):
        story.take("extend", FIRST, EXTEND)
    story.submit().issue()
    with pytest.raises(Missing, match="案卷材料"):
        story.take("archive", FIRST, FILED)


def test_another_institution_has_no_role(story: Appraisal) -> None:
    stranger = hire(make_organisation(OrganisationKind.APPRAISAL))
    story.commission()
    with pytest.raises(NotYou):
        story.take("accept", stranger.user)
