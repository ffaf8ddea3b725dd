"""Notarized wills: two persons, a sealed file, revocation while alive, copies only after death."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.chain import fault_in
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms.notarization import DECLINE_GROUNDS, NOT_ACCEPTED_GROUNDS
from santai.procedures.forms.notarization_will import INTEREST, REFUSALS
from santai.procedures.notarization_will import PROCEDURE
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role
from tests.factories import Town, make_organisation, make_practitioner, make_staff
from tests.procedures.notarization_special_story import DIRECTOR, NOTARY, REASON, Will
from tests.procedures.notarization_story import ASK, DECLINE, FILED, RECHECK, Notarization

pytestmark = pytest.mark.django_db
CONTENT = "房屋一套由女儿继承。"


@pytest.fixture
def will(town: Town, monday: datetime) -> Will:
    return Will(town, monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_will_walks_from_application_to_the_sealed_shelf(will: Will) -> None:
    will.delivered()
    will.take("register_will", NOTARY, {"registered_on": will.today, "number": "2026-8"})
    assert (will.state, PROCEDURE.has_answered(will.state)) == ("kept", True)
    assert will.case.facts["file"]["kind"] == "密卷"
    assert fault_in(will.case.log.order_by("number"), code=will.case.code, version=will.case.version) == ""
    assert will.letters == ["notarization_accepted", "notarization_will_certificate"]
    body = will.letter("notarization_will_certificate")
    for words in ("密卷", "随时撤回", will.notary.display_name, will.case.code, "1年内"):
        assert words in body


def test_nothing_of_the_will_lies_readable_in_the_database(will: Will) -> None:
    will.dead().take("give_copy", DIRECTOR, {"who": "李小梅", "interest": "heir", "proof": "死亡证明、户口簿"})
    kept = repr([*will.case.log.values_list("data", "told"), will.case.facts])
    for words in (CONTENT, "赵公证", "李小梅", "能说清家里有谁"):
        assert words not in kept
    assert CONTENT in will.letter("notarization_will_copy")


def test_no_sentence_or_message_speaks_of_what_is_in_the_will(will: Will) -> None:
    told = " ".join(entry.told for entry in will.delivered().case.log.all())
    assert CONTENT not in told
    assert "遗嘱" not in told
    assert "None" not in told


# --- application and capacity -------------------------------------------------------------------------------------


def test_a_minor_makes_no_will(town: Town, monday: datetime) -> None:
    with pytest.raises(Missing, match="民法典第一千一百四十三条"):
        Will(town, monday, groups=["minor"]).apply()


@pytest.mark.parametrize("lacking", ["is_adult", "in_person"])
def test_age_and_presence_are_confirmed_by_the_testator(will: Will, lacking: str) -> None:
    with pytest.raises(Missing) as refusal:
        will.apply(**{lacking: False})
    assert set(refusal.value.fields) == {lacking}


def test_nobody_at_a_hotline_or_counter_stands_in_for_the_testator() -> None:
    assert not [step.name for step in PROCEDURE.steps if step.allowed_roles & FRONT_LINE]


def test_the_director_names_the_notary_before_anybody_accepts(will: Will) -> None:
    will.apply()
    with pytest.raises(NotYou):
        will.take("accept", NOTARY, {"fee": "full"})
    with pytest.raises(NotFromHere, match="还没有指定"):
        will.take("accept", DIRECTOR, {"fee": "full"})
    will.assign().accept()
    assert (will.state, will.case.handler) == ("reviewing", will.notary)


def test_a_stranger_is_not_named_notary(will: Will) -> None:
    elsewhere = make_organisation(OrganisationKind.NOTARY)
    stranger = make_staff(NOTARY, elsewhere)
    make_practitioner(stranger, elsewhere, kind="notary")
    will.apply()
    with pytest.raises(Missing, match="不是本处的公证员"):
        will.take("assign", DIRECTOR, {"handler": stranger.pk})


def test_a_will_is_made_only_by_somebody_found_able(will: Will) -> None:
    will.accepted()
    with pytest.raises(Missing, match="民事行为能力"):
        will.made()
    will.able("doubtful")
    with pytest.raises(Missing, match="民事行为能力"):
        will.made()
    will.able().made()


@pytest.mark.parametrize(
    "lacking", ["second_name", "fit_to_witness", "nobody_else", "recorded", "read_and_signed", "content"]
)
def test_a_will_needs_the_second_person_the_recording_and_the_signature(will: Will, lacking: str) -> None:
    will.accepted().able()
    with pytest.raises(Missing) as refusal:
        will.made(**{lacking: ""})
    assert set(refusal.value.fields) == {lacking}


def test_without_record_and_recording_no_will_is_made_and_none_is_made_tomorrow(will: Will) -> None:
    will.accepted().able()
    with pytest.raises(Missing, match="录音录像"):
        will.take("make_will", NOTARY, {}, Doc.NOTARY_RECORD)
    with pytest.raises(Missing, match="不能晚于今天"):
        will.made(made_on=will.today + timedelta(days=1))


def test_approval_waits_for_the_signed_will(will: Will) -> None:
    will.accepted().able()
    with pytest.raises(NotFromHere, match="谈话、录像和签名"):
        will.take("submit", NOTARY, {"text": "证词", "opinion": "意见"})


def test_nobody_approves_their_own_will_case(will: Will) -> None:
    make_practitioner(will.director, will.office, kind="notary")
    will.apply().take("assign", DIRECTOR, {"handler": will.director.pk})
    will.take("accept", DIRECTOR, {"fee": "full"})
    with pytest.raises(NotYou, match="承办人不能审批"):
        will.take("decline", DIRECTOR, DECLINE)


# --- endings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [key for key, _ in DECLINE_GROUNDS])
def test_a_refusal_names_its_ground_and_remedy_and_is_filed_for_long(will: Will, ground: str) -> None:
    will.accepted().take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    body = will.letter("notarization_declined")
    assert dict(DECLINE_GROUNDS)[ground] in body
    assert "公证协会" in body
    with pytest.raises(Missing, match="密卷"):
        will.take("archive_ending", NOTARY, {**FILED, "term": "short"}, Doc.CASE_FILE)
    will.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)
    assert will.state == "closed"


@pytest.mark.parametrize("ground", ["withdrawn", "death", "obstruction", "other"])
def test_a_will_case_is_ended_with_letter_and_remedy(will: Will, ground: str) -> None:
    will.accepted()
    if ground == "withdrawn":
        will.take("ask_to_stop", Role.APPLICANT, REASON)
    will.take("terminate", DIRECTOR, {"ground": ground, "refund": "all", **REASON})
    assert "公证协会" in will.letter("notarization_terminated")


@pytest.mark.parametrize("reason", [key for key, _ in NOT_ACCEPTED_GROUNDS])
def test_an_application_is_turned_away_with_reason_and_route(will: Will, reason: str) -> None:
    will.apply().assign().take("turn_away", NOTARY, {"reason": reason, "route": "省公证处，电话见公示", **REASON})
    assert will.state == "not_accepted"
    assert "省公证处" in will.letter("notarization_not_accepted")


def test_papers_are_asked_for_and_the_testator_may_withdraw_before_acceptance(will: Will) -> None:
    will.apply(Doc.IDENTITY).assign()
    with pytest.raises(Missing, match="与申请事项有关的材料"):
        will.accept()
    will.take("ask_papers", NOTARY, ASK)
    will.take("hand_in", Role.APPLICANT, {}, Doc.MATTER_PROOF)
    will.take("withdraw", Role.APPLICANT, {})
    assert will.state == "withdrawn"


# --- in keeping ---------------------------------------------------------------------------------------------------


def test_the_testator_revokes_in_person_and_gets_it_in_writing(will: Will) -> None:
    will.delivered().take("ask_revocation", Role.APPLICANT, after=30)
    assert will.state == "kept"
    data = {"declared_on": will.today, "second_name": "赵公证", "able": True, "new_will": True}
    with pytest.raises(NotYou):
        will.take("revoke_will", Role.APPLICANT, data)
    with pytest.raises(Missing, match="录音录像.*以前交来的不算"):
        will.take("revoke_will", NOTARY, data, Doc.NOTARY_RECORD)
    will.take("revoke_will", NOTARY, data, Doc.NOTARY_RECORD, Doc.RECORDING)
    assert will.state == "revoked"
    assert "另立" in will.letter("notarization_will_revoked")
    assert "公证协会" in will.letter("notarization_will_revoked")


def test_a_revocation_before_the_will_is_a_mistake(will: Will) -> None:
    will.delivered()
    data = {"declared_on": will.today - timedelta(days=400), "second_name": "赵公证", "able": True}
    with pytest.raises(Missing, match="早于立遗嘱"):
        will.take("revoke_will", NOTARY, data, Doc.NOTARY_RECORD, Doc.RECORDING)


def test_a_will_is_registered_once(will: Will) -> None:
    data = {"registered_on": will.delivered().today, "number": "2026-8"}
    will.take("register_will", NOTARY, data)
    with pytest.raises(NotFromHere, match="已经登记"):
        will.take("register_will", NOTARY, data)


# --- after death --------------------------------------------------------------------------------------------------


def test_nobody_is_given_the_will_while_the_testator_lives(will: Will) -> None:
    will.delivered()
    with pytest.raises(NotFromHere):
        will.take("give_copy", DIRECTOR, {"who": "李小梅", "interest": "heir", "proof": "户口簿"})
    with pytest.raises(Missing, match="死亡证明"):
        will.take("note_death", NOTARY, {"died_on": will.today, "told_by": "邻居"})


@pytest.mark.parametrize("interest", [key for key, _ in INTEREST])
def test_after_death_the_director_alone_gives_the_will_to_whoever_has_an_interest(will: Will, interest: str) -> None:
    data = {"who": "李小梅", "interest": interest, "proof": "死亡证明、户口簿"}
    will.dead()
    with pytest.raises(NotYou):
        will.take("give_copy", NOTARY, data)
    with pytest.raises(NotFromHere, match="还没有人领取"):
        will.take("close_file", DIRECTOR)
    will.take("give_copy", DIRECTOR, data)
    body = will.letter("notarization_will_copy")
    for words in ("李小梅", dict(INTEREST)[interest], CONTENT, "诉讼"):
        assert words in body
    will.take("close_file", DIRECTOR)
    assert will.state == "opened"


@pytest.mark.parametrize("reason", [key for key, _ in REFUSALS])
def test_whoever_is_refused_reads_why_and_what_else_there_is(will: Will, reason: str) -> None:
    will.dead().take("refuse_copy", DIRECTOR, {"who": "张某", "reason": reason, **REASON})
    body = will.letter("notarization_will_no_copy")
    for words in ("张某", dict(REFUSALS)[reason], "公证协会", "人民法院"):
        assert words in body
    assert CONTENT not in body


def test_a_death_that_was_none_is_corrected_unless_the_will_is_out(will: Will) -> None:
    will.dead().take("mistaken_death", DIRECTOR, {"explanation": "死亡证明是同名的人的。"})
    assert will.state == "kept"
    will.take("note_death", NOTARY, {"died_on": will.today, "told_by": "派出所"}, Doc.DEATH_PROOF)
    will.take("give_copy", DIRECTOR, {"who": "李小梅", "interest": "heir", "proof": "户口簿"})
    with pytest.raises(NotFromHere, match="已经按去世提供过"):
        will.take("mistaken_death", DIRECTOR, {"explanation": "又弄错了一次。"})


def test_nobody_dies_before_the_will_or_tomorrow(will: Will) -> None:
    will.delivered()
    for days, words in ((-400, "早于立遗嘱"), (1, "不能晚于今天")):
        data = {"died_on": will.today + timedelta(days=days), "told_by": "女儿"}
        with pytest.raises(Missing, match=words):
            will.take("note_death", NOTARY, data, Doc.DEATH_PROOF)


def test_a_re_check_of_the_certificate_takes_nothing_confidential_along(will: Will) -> None:
    will.delivered()
    other = Notarization(will.town, will.at)
    other.take("ask_recheck_of_closed", Role.APPLICANT, {**RECHECK, "certificate": will.case.code})
    assert other.state == "recheck"
    assert set(other.case.facts["application"]) == {"item", "item_label"}
    assert "will" not in other.case.facts


def test_the_common_table_leads_a_will_to_its_own(town: Town, monday: datetime) -> None:
    story = Notarization(town, monday)
    with pytest.raises(Missing, match="专门的程序"):
        story.apply(item="will")
    story.take("use_own_table", Role.APPLICANT, {"procedure": "notarization_will"})
    child = story.case.children.get()
    assert (story.state, child.procedure, child.organisation) == ("moved", "notarization_will", story.office)
