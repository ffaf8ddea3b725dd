"""Notarization by video for citizens abroad: listed items only, identity first, everything recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.actions import attach_documents
from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_overseas as forms
from santai.procedures.forms.notarization import DECLINE_GROUNDS
from santai.procedures.rules.notarization_items import ITEMS
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_file
from tests.procedures.notarization_special_story import DIRECTOR, MOMENT, NOTARY, REASON, Overseas
from tests.procedures.notarization_story import DECLINE, FILED, Notarization, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Overseas:
    return Overseas(town, monday)


def list_posts(*posts: str) -> None:
    Parameter.objects.create(
        key="notarization.overseas_posts", region="23", value=list(posts), since=date(2022, 5, 5), basis="试点名单"
    )


def test_a_mandate_walks_over_video_to_the_closed_file(story: Overseas) -> None:
    story.held().approved().certified().deliver()
    story.archived()
    assert story.state == "closed"
    assert story.letters == ["notarization_accepted", "notarization_certificate"]
    told = " ".join(story.case.log.values_list("told", flat=True))
    assert "北京时间3月2日14:00" in told


@pytest.mark.parametrize("item", sorted(set(ITEMS) - set(forms.ALLOWED)))
def test_what_is_not_on_the_list_is_not_done_over_video(story: Overseas, item: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(item=item)
    assert set(refusal.value.fields) == {"item"}


@pytest.mark.parametrize("lacking", ["is_citizen", "used_here", "embassy_cannot", "voluntary", "alone", "residence"])
def test_each_condition_is_confirmed(story: Overseas, lacking: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.apply(**{lacking: ""})
    assert set(refusal.value.fields) == {lacking}


def test_only_a_post_on_the_list_takes_part(story: Overseas) -> None:
    list_posts("驻悉尼总领馆")
    with pytest.raises(Missing, match="没有开通") as refusal:
        story.apply()
    assert "驻悉尼总领馆" in refusal.value.todo
    story.apply(post="驻悉尼总领馆").accept()
    with pytest.raises(Missing, match="没有开通"):
        story.book(5)


def test_a_statement_about_property_belongs_to_an_open_domestic_case(story: Overseas) -> None:
    disposing = {"item": "statement", "disposes": True}
    with pytest.raises(Missing) as refusal:
        story.apply(**disposing)
    assert set(refusal.value.fields) == {"linked"}
    for code in (story.case.code[::-1], story.case.code):
        with pytest.raises(Missing, match="没有找到"):
            story.apply(**disposing, linked=code)
    with pytest.raises(Missing, match="只有声明"):
        story.apply(disposes=True, linked="1")
    linked = Notarization(story.town, story.at).case.code
    story.held(**disposing, linked=linked).approved()
    with pytest.raises(Missing, match="纸质原件"):
        story.certified()
    story.at += timedelta(days=1)
    original = {"received_on": story.today, "same": True}
    with pytest.raises(Missing, match="以前交来的不算"):
        story.take("receive_original", NOTARY, original)
    assert Doc.MATTER_PROOF in set(story.case.documents.values_list("kind", flat=True))
    story.take("receive_original", NOTARY, original, Doc.MATTER_PROOF)
    story.certified()
    assert story.state == "issued"


def test_where_no_property_is_disposed_of_no_original_is_awaited(story: Overseas) -> None:
    story.held()
    with pytest.raises(NotFromHere, match="不用等原件"):
        story.take("receive_original", NOTARY, {"received_on": story.today, "same": True}, Doc.MATTER_PROOF)


def test_nobody_talks_before_it_is_certain_who_talks(story: Overseas) -> None:
    story.apply().accept()
    with pytest.raises(NotFromHere, match="约好视频"):
        story.take("check_identity", NOTARY, story.IDENTITY)
    story.book(5)
    with pytest.raises(NotFromHere, match="核对本人身份"):
        story.take("hold_video", NOTARY, story.video(), Doc.RECORDING, Doc.NOTARY_RECORD)
    with pytest.raises(NotFromHere, match="视频谈话"):
        story.approved()


@pytest.mark.parametrize("lacking", ["face_matches", "post_confirms", "officer", "document"])
def test_face_document_and_the_post_must_all_agree(story: Overseas, lacking: str) -> None:
    story.booked()
    with pytest.raises(Missing) as refusal:
        story.take("check_identity", NOTARY, {**story.IDENTITY, lacking: ""})
    assert set(refusal.value.fields) == {lacking}


@pytest.mark.parametrize("lacking", ["nobody_else", "told_meaning", "signed_on_screen", "recorded", "note"])
def test_a_talk_without_recording_or_signature_is_none(story: Overseas, lacking: str) -> None:
    story.booked().at += timedelta(hours=6)
    story.take("check_identity", NOTARY, story.IDENTITY)
    with pytest.raises(Missing) as refusal:
        story.take("hold_video", NOTARY, story.video(**{lacking: ""}), Doc.RECORDING, Doc.NOTARY_RECORD)
    assert set(refusal.value.fields) == {lacking}
    with pytest.raises(Missing, match="录音录像"):
        story.take("hold_video", NOTARY, story.video(), Doc.NOTARY_RECORD)


def test_a_video_is_booked_ahead_and_ends_by_now(story: Overseas) -> None:
    story.apply().accept()
    with pytest.raises(Missing, match="已经过去"):
        story.book(-1)
    ahead = (story.at + timedelta(hours=1)).strftime(MOMENT)
    story.book(1)
    story.take("check_identity", NOTARY, story.IDENTITY)
    with pytest.raises(Missing, match="还没有到"):
        story.take("hold_video", NOTARY, story.video(ended=ahead), Doc.RECORDING, Doc.NOTARY_RECORD)


def test_the_original_may_come_before_its_receipt_is_recorded(story: Overseas) -> None:
    linked = Notarization(story.town, story.at).case.code
    story.held(item="statement", disposes=True, linked=linked).at += timedelta(days=1)
    attach_documents(story.case, [(make_file(), Doc.MATTER_PROOF)], actor=story.citizen, at=story.at)
    story.at += timedelta(days=1)
    story.take("receive_original", NOTARY, {"received_on": story.today, "same": True})
    assert story.case.log.latest("number").step == "receive_original"


def test_each_video_has_its_own_recording(story: Overseas) -> None:
    story.booked().take("not_identified", NOTARY, {"reason": "connection", **REASON}, Doc.RECORDING)
    story.book(5)
    story.at += timedelta(hours=6)
    story.take("check_identity", NOTARY, story.IDENTITY)
    with pytest.raises(Missing, match="录音录像、照片（要这一次的"):
        story.take("hold_video", NOTARY, story.video(), Doc.NOTARY_RECORD)


@pytest.mark.parametrize("ground", [key for key, _ in forms.VIDEO_GROUNDS])
def test_a_video_that_fails_is_on_record_before_it_is_the_ground_of_refusal(story: Overseas, ground: str) -> None:
    story.booked()
    with pytest.raises(Missing, match="没有通过的记录"):
        story.take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    story.take("not_identified", NOTARY, {"reason": ground, **REASON}, Doc.RECORDING)
    story.take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    body = story.letter("notarization_declined")
    assert dict(forms.VIDEO_GROUNDS)[ground] in body
    assert "公证协会" in body
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE)
    assert story.state == "closed"


@pytest.mark.parametrize("ground", [key for key, _ in DECLINE_GROUNDS])
def test_the_nine_grounds_hold_here_too_and_not_for_the_handler(story: Overseas, ground: str) -> None:
    story.apply().accept()
    with pytest.raises(NotYou):
        story.take("decline", NOTARY, {**DECLINE, "ground": ground})
    story.take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    assert dict(DECLINE_GROUNDS)[ground] in story.letter("notarization_declined")


def test_a_video_that_failed_may_be_held_again(story: Overseas) -> None:
    story.booked().take("not_identified", NOTARY, {"reason": "connection", **REASON}, Doc.RECORDING)
    with pytest.raises(NotFromHere):
        story.take("check_identity", NOTARY, story.IDENTITY)
    story.book(5)
    story.take("check_identity", NOTARY, story.IDENTITY)


@pytest.mark.parametrize("reason", [key for key, _ in forms.TURNED_AWAY])
def test_whoever_is_turned_away_reads_why_and_what_else_there_is(story: Overseas, reason: str) -> None:
    story.apply().take("turn_away", NOTARY, {"reason": reason, "route": "驻奥克兰总领馆领事公证", **REASON})
    body = story.letter("notarization_not_accepted")
    for words in (dict(forms.TURNED_AWAY)[reason], "领事公证", "公证协会"):
        assert words in body


@pytest.mark.parametrize("ground", ["withdrawn", "death", "obstruction", "other"])
def test_a_termination_has_its_ground_and_remedy(story: Overseas, ground: str) -> None:
    story.booked()
    if ground == "withdrawn":
        story.take("ask_to_stop", Role.APPLICANT, REASON)
    story.take("terminate", DIRECTOR, {"ground": ground, "refund": "all", **REASON})
    assert "公证协会" in story.letter("notarization_terminated")


def test_the_video_is_booked_within_five_working_days_without_the_time_of_waiting(town: Town) -> None:
    import_package_years([2025, 2026])
    story = Overseas(town, on(9, 29)).apply().accept()
    # 30 September, then 8, 9 and the make-up Saturday 10 October, then Monday 12.
    assert story.clock("video").due_on == date(2026, 10, 12)
    story.take("ask_for_more", NOTARY, {"items": "护照复印件", "by": date(2026, 12, 1)}, on=on(9, 30))
    story.take("supplement", Role.APPLICANT, {}, on=on(10, 12))
    assert story.clock("video").due_on == date(2026, 10, 16)
