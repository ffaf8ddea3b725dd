"""Forensic appraisal from commission to closed file: the whole way, refusals, endings, and what follows an opinion."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.actions import take_step
from santai.casework.chain import fault_in
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import missing_from_citizen
from santai.documents.models import DocumentKind as Doc
from santai.procedures.appraisal import PROCEDURE
from santai.procedures.forms.appraisal import REJECTION_GROUNDS, REPEAT_GROUNDS, TERMINATION_GROUNDS
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation
from tests.procedures.appraisal_story import (
    ASK,
    COMMISSION,
    CORRECT,
    DRAFT,
    EXTEND,
    FILED,
    FIRST,
    ISSUE,
    PAPERS,
    REASON,
    REJECT,
    SECOND,
    TERMINATE,
    THIRD,
    Appraisal,
    hire,
)

pytestmark = pytest.mark.django_db
REPEAT = {"ground": "no_basis", "explanation": "原意见没有说明依据的标准条款。"}


@pytest.fixture
def story(town: Town, monday: datetime) -> Appraisal:
    return Appraisal(town, monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_an_appraisal_walks_from_commission_to_closed_file(story: Appraisal) -> None:
    story.issued()
    assert PROCEDURE.has_answered(story.state)
    story.take("archive", FIRST, FILED, Doc.CASE_FILE, after=20)
    assert take_timed_steps(at=story.at + timedelta(days=300)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=400)) == 1
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at) == ("closed", None)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == ["appraisal_accepted", "appraisal_agreed", "appraisal_opinion"]


def test_the_opinion_carries_code_experts_reviewer_and_dissent(story: Appraisal) -> None:
    story.at_work().submit().take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"})
    story.take("issue", FIRST, {**ISSUE, "dissent": "第二鉴定人认为构成九级。"})
    body = story.letter("appraisal_opinion")
    first, second, third = story.experts
    for words in (story.case.code, first.licence, second.licence, third.name, "构成九级", DRAFT["conclusion"], "3年内"):
        assert words in body


def test_a_referring_work_order_goes_on_when_the_opinion_is_issued(story: Appraisal) -> None:
    order = make_case(story.at, applicant=story.case.applicant)
    dispatcher = story.town.actor(Role.DISPATCHER)
    take_step(order, "refer", actor=dispatcher, data={"procedure": "appraisal"}, at=story.at)
    story.case = order.children.get()
    assert story.case.organisation == story.institution
    story.issued()
    order.refresh_from_db()
    assert order.state == "finished"


def test_the_client_is_told_when_it_is_their_turn_and_in_whole_sentences(story: Appraisal) -> None:
    assert missing_from_citizen(story.case)
    story.commission()
    assert not missing_from_citizen(story.case)
    story.take("ask_materials", THIRD, ASK)
    assert "复查片" in missing_from_citizen(story.case)[0].sentence
    told = [entry.told for entry in story.case.log.all()]
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


# --- commission and acceptance ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", PAPERS)
def test_a_commission_needs_the_letter_and_the_materials(story: Appraisal, lacking: Doc) -> None:
    with pytest.raises(Missing, match=lacking.label):
        story.take("commission", Role.APPLICANT, COMMISSION, *(kind for kind in PAPERS if kind != lacking))


def test_an_agency_is_named_and_the_institution_is_an_appraisal_institution(story: Appraisal) -> None:
    for changes, field in (({"agency": ""}, "agency"), ({"institution": story.town.firm.pk}, "institution")):
        with pytest.raises(Missing) as refusal:
            story.commission(**changes)
        assert field in refusal.value.fields


def test_materials_are_asked_for_and_handed_in(story: Appraisal) -> None:
    story.commission().take("ask_materials", THIRD, ASK)
    story.take("hand_in_materials", Role.APPLICANT, {}, Doc.MATTER_PROOF, after=3)
    story.accept()
    assert story.state == "agreeing"


def test_the_law_has_seven_grounds_of_rejection() -> None:
    assert len(REJECTION_GROUNDS) == 7


@pytest.mark.parametrize("ground", [key for key, _ in REJECTION_GROUNDS])
def test_a_rejection_names_ground_and_remedy_and_returns_the_materials(story: Appraisal, ground: str) -> None:
    story.commission()
    with pytest.raises(Missing) as refusal:
        story.take("reject", THIRD, {**REJECT, "returned": False})
    assert "returned" in refusal.value.fields
    story.take("reject", THIRD, {**REJECT, "ground": ground})
    body = story.letter("appraisal_rejected")
    for words in (dict(REJECTION_GROUNDS)[ground], "材料已经退还", story.town.bureau.name, "另行委托"):
        assert words in body
    assert story.state == "rejected"


def test_the_same_matter_is_not_accepted_while_another_appraisal_of_it_runs(story: Appraisal) -> None:
    first = Appraisal(story.town, story.at)
    first.case.applicant = story.case.applicant
    first.case.save()
    first.citizen = story.citizen
    first.commission()
    story.commission()
    with pytest.raises(Missing, match=first.case.code):
        story.accept()
    first.take("withdraw", Role.APPLICANT, {})
    story.accept()
    assert story.state == "agreeing"


def test_an_institution_with_one_such_expert_does_not_accept(story: Appraisal) -> None:
    for expert in story.experts[1:]:
        expert.matters = ["物证类"]
        expert.save()
    story.commission()
    with pytest.raises(Missing, match="只有1名"):
        story.accept()


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.LAWYER, Role.COUNTER_CLERK, Role.SUPERVISOR, Role.SYSTEM])
@pytest.mark.parametrize("step", ["accept", "reject"])
def test_nobody_but_the_institution_decides(story: Appraisal, role: Role, step: str) -> None:
    story.commission()
    with pytest.raises(NotYou):
        story.take(step, role, REJECT)


def test_before_the_agreement_the_client_withdraws_alone(story: Appraisal) -> None:
    story.commission().accept().take("withdraw", Role.APPLICANT, {})
    assert story.state == "withdrawn"


def test_a_commission_that_never_comes_is_closed(story: Appraisal) -> None:
    story.take("not_commissioned", FIRST, REASON)
    assert story.state == "withdrawn"


# --- review and issue ---------------------------------------------------------------------------------------------


def test_work_without_a_record_is_not_reviewed(story: Appraisal) -> None:
    story.at_work()
    with pytest.raises(NotFromHere, match="过程记录"):
        story.take("submit", FIRST, DRAFT)


@pytest.mark.parametrize("who", [FIRST, SECOND])
def test_nobody_reviews_their_own_work(story: Appraisal, who: int) -> None:
    story.at_work().submit()
    for step in ("pass_review", "send_back"):
        with pytest.raises(NotYou, match="不能复核"):
            story.take(step, who, {"opinion": "复核意见在这里。", **REASON})


def test_a_reviewer_sends_back_and_does_not_issue(story: Appraisal) -> None:
    story.at_work().submit().take("send_back", THIRD, REASON)
    story.take("submit", SECOND, DRAFT)
    story.take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"})
    with pytest.raises(NotYou, match="本案的鉴定人办理"):
        story.take("issue", THIRD, ISSUE)


@pytest.mark.parametrize("missing", ["first_signed", "second_signed"])
def test_both_experts_sign(story: Appraisal, missing: str) -> None:
    story.at_work().submit().take("pass_review", THIRD, {"opinion": "程序和依据符合规定。"})
    with pytest.raises(Missing) as refusal:
        story.take("issue", FIRST, {**ISSUE, missing: False})
    assert set(refusal.value.fields) == {missing}


# --- termination --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [key for key, _ in TERMINATION_GROUNDS])
def test_a_termination_names_ground_fee_and_remedy(story: Appraisal, ground: str) -> None:
    story.at_work().take("terminate", THIRD, {**TERMINATE, "ground": ground})
    body = story.letter("appraisal_terminated")
    for words in (dict(TERMINATION_GROUNDS)[ground], "部分退还", story.town.bureau.name):
        assert words in body
    assert PROCEDURE.has_answered(story.state)
    story.take("archive_ending", FIRST, FILED, Doc.CASE_FILE)
    assert story.state == "closed"


def test_a_client_asks_to_stop_and_the_institution_ends_it(story: Appraisal) -> None:
    story.at_work().take("ask_to_stop", Role.APPLICANT, REASON)
    assert story.state == "appraising"
    with pytest.raises(NotYou):
        story.take("terminate", Role.APPLICANT, TERMINATE)


def test_a_suspension_is_told_with_its_ground(story: Appraisal) -> None:
    story.at_work().take("suspend", FIRST, {"ground": "unstable", **REASON})
    assert "还不稳定" in story.letter("appraisal_suspended")
    story.take("resume", Role.APPLICANT, {})
    assert story.state == "appraising"


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
    with pytest.raises(Missing):
        story.take("supplementary", THIRD, more)
    story.take("supplementary", THIRD, more, Doc.COMMISSION, after=5)
    with pytest.raises(NotFromHere, match="过程记录"):
        story.take("submit", FIRST, DRAFT)
    story.submit().issue()
    assert "补充鉴定" in story.letter("appraisal_opinion")
    assert story.letters.count("appraisal_opinion") == 2


def test_a_supplementary_commission_does_not_precede_the_opinion(story: Appraisal) -> None:
    story.issued()
    data = {"reason": "omitted", "effective_on": story.at.date() - timedelta(days=1), **REASON}
    with pytest.raises(Missing) as refusal:
        story.take("supplementary", THIRD, data)
    assert "effective_on" in refusal.value.fields


def test_an_expert_who_lost_the_licence_gives_no_supplementary_opinion(story: Appraisal) -> None:
    story.issued()
    story.experts[FIRST].standing = "suspended"
    story.experts[FIRST].save()
    with pytest.raises(Missing, match="停止执业"):
        story.take("supplementary", THIRD, {"reason": "omitted", "effective_on": story.at.date(), **REASON})


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
        other.take("sign", THIRD, other.signing(practitioner=moved.pk), Doc.AGREEMENT)


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
