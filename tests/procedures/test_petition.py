"""A petition: explained, handed over with two receipts, followed; PT01 to PT04 over holidays, make-up days, pauses."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.chain import fault_in
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from tests.factories import Town, make_case, make_party, make_practitioner, make_staff
from tests.procedures.adviser_story import (
    APPLICANT,
    CLERK,
    DECLINE,
    LAWYER,
    REASON,
    SUPERVISOR,
    on,
)
from tests.procedures.petition_story import REPLY, ROUTE, Petition

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Petition:
    return Petition(town, monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_petition_is_handed_over_answered_and_accepted(story: Petition) -> None:
    story.replied()
    story.take("accept_result", APPLICANT)
    assert story.state == "closed"
    assert story.letters == ["petition_transferred", "petition_receipt", "petition_result"]
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""


def test_both_receipts_are_told_side_by_side(story: Petition) -> None:
    opened_at = story.at
    story.register()
    story.at = story.at + timedelta(hours=5)
    story.hand_over()
    body = story.letter("petition_transferred")
    assert f"平台收到的时间：2026年3月2日{opened_at.hour}时00分" in body
    assert "转交的时间：2026年3月2日14时00分" in body
    story.received(story.at + timedelta(hours=2))
    letter = story.letter("petition_receipt")
    assert "平台收到的时间：2026年3月2日9时00分" in letter
    assert "信访工作机构收到的时间：2026年3月2日16时00分" in letter
    assert story.facts["receipts"]["office_received"]["received_at"].startswith("2026-03-02T16:00")


def test_the_petitioner_reads_it_in_plain_words(story: Petition) -> None:
    story.replied()
    told = [line.sentence for line in citizen_timeline(story.case)]
    assert any("已转给某镇人民政府" in sentence for sentence in told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


# --- route and hand-over ------------------------------------------------------------------------------------------


def test_a_statutory_route_is_explained_and_the_person_decides(story: Petition) -> None:
    story.register()
    with pytest.raises(NotFromHere, match="还没有解释"):
        story.take("choose_route", APPLICANT, {})
    story.take("explain_route", CLERK, {"route": "review", **ROUTE})
    assert "行政复议" in story.letter("petition_route")
    story.take("choose_route", APPLICANT, {})
    assert story.state == "guided"


def test_whoever_insists_is_handed_over_all_the_same(story: Petition) -> None:
    story.register()
    story.take("explain_route", CLERK, {"route": "review", **ROUTE})
    story.hand_over()
    assert story.state == "sent"


def test_the_desk_does_not_decide_that_it_is_no_petition(story: Petition) -> None:
    story.register()
    story.take("explain_route", CLERK, {"route": "petition", **ROUTE})
    with pytest.raises(NotFromHere, match="走信访途径"):
        story.take("choose_route", APPLICANT, {})
    with pytest.raises(NotYou):
        story.take("transfer", LAWYER, {})


def test_an_accusation_never_goes_to_the_one_it_accuses(story: Petition) -> None:
    with pytest.raises(Missing, match="请写明"):
        story.register(kind="accusation")
    story.register(kind="accusation", accused="某镇人民政府")
    assert "某镇人民政府" not in str(story.facts["petition"]["accused"])
    with pytest.raises(Missing, match="不能把检举"):
        story.hand_over("某镇人民政府信访办")
    story.hand_over("道里区信访局").received(story.at)
    with pytest.raises(Missing, match="不能把检举"):
        story.take("office_passes_on", CLERK, {"kind": "sent", "unit": "某镇人民政府", "passed_on": story.today})


def test_more_than_five_representatives_are_not_taken_in(story: Petition) -> None:
    with pytest.raises(Missing, match="不能大于5"):
        story.register(persons=30, representatives=6)
    story.register(persons=30, representatives=5)


def test_the_receipt_is_not_before_the_hand_over_and_not_in_the_future(story: Petition) -> None:
    story.register()
    with pytest.raises(Missing, match="早于平台收到"):
        story.take("transfer", CLERK, {"office": "区信访局", "way": "post", "told_secret": True,
                                       "sent_at": story.at - timedelta(days=1)})  # fmt: skip
    story.hand_over()
    with pytest.raises(Missing, match="早于转交"):
        story.take("office_received", CLERK, {"received_at": story.at - timedelta(hours=1)})
    with pytest.raises(Missing, match="晚于现在"):
        story.take("office_received", CLERK, {"received_at": story.at + timedelta(hours=1)})


def test_a_returned_hand_over_goes_to_another_office(story: Petition) -> None:
    story.register().hand_over()
    story.take("office_returns", CLERK, {"returned_on": story.today, **REASON})
    assert story.state == "recognised"
    story.hand_over("哈尔滨市信访局")


def test_what_is_not_accepted_names_a_reason_and_a_way_on(story: Petition) -> None:
    story.with_office()
    with pytest.raises(Missing):
        story.take("office_declines", CLERK, {"reason": "under_way", "notice_on": story.today})
    story.take("office_declines", CLERK, {"reason": "ended", "notice_on": story.today, **DECLINE})
    assert story.state == "not_accepted"
    assert "复核终结" in story.letter("petition_not_accepted")


def test_the_office_may_guide_to_the_law(story: Petition) -> None:
    story.with_office()
    story.take("office_guides", CLERK, {"route": "court", "guided_on": story.today, **ROUTE})
    assert (story.state, story.letters[-1]) == ("guided", "petition_guided")


# --- the unit -----------------------------------------------------------------------------------------------------


def test_a_unit_that_objects_sends_it_back_to_the_office(story: Petition) -> None:
    story.with_unit()
    with pytest.raises(NotFromHere, match="还没有登记"):
        story.take("unit_objects", CLERK, {"objected_on": story.today, **REASON})
    story.received(story.at, "unit_received")
    story.take("unit_objects", CLERK, {"objected_on": story.today, **REASON})
    assert story.state == "with_office"
    assert story.clock("objection").condition == "met"


def test_the_unit_may_guide_to_the_law_too(story: Petition) -> None:
    story.handling()
    story.take("unit_guides", CLERK, {"route": "arbitration", "guided_on": story.today, **ROUTE})
    assert story.state == "guided"


def test_an_extension_names_who_approved_it_and_is_granted_once(story: Petition) -> None:
    story.handling()
    extend = {"amount": 30, "approved_by": "镇长", **REASON}
    with pytest.raises(Missing, match="最多延长30日"):
        story.take("extend", CLERK, {**extend, "amount": 31})
    story.take("extend", CLERK, extend)
    with pytest.raises(NotFromHere, match="已经延长过"):
        story.take("extend", CLERK, extend)
    assert story.letters[-1] == "petition_extended"


# --- review and recheck -------------------------------------------------------------------------------------------


def test_both_instances_may_be_used_and_the_last_ends_it(story: Petition) -> None:
    story.replied()
    story.take("ask_review", APPLICANT, {"filed_on": story.today, **REASON})
    story.received(story.at, "review_received")
    story.take("review_reply", CLERK, {**REPLY, "outcome": "explained", "replied_on": story.today,
                                       "served_on": story.today}, after=5)  # fmt: skip
    story.take("ask_recheck", APPLICANT, {"filed_on": story.today, **REASON}, after=2)
    story.received(story.at, "recheck_received")
    story.take("hold_hearing", CLERK, {"held_on": story.today, "note": ""})
    story.take("hearing_over", CLERK, {"text": "听证记录已归档。"}, after=4)
    story.take("recheck_reply", CLERK, {**REPLY, "outcome": "explained", "replied_on": story.today,
                                        "served_on": story.today})  # fmt: skip
    assert (story.state, story.letters[-1]) == ("ended", "petition_ended")
    with pytest.raises(NotFromHere):
        story.take("ask_review", APPLICANT, {"filed_on": story.today, **REASON})


def test_nobody_asks_after_the_window_and_nobody_answers_before_it_is_over(story: Petition) -> None:
    story.replied()
    assert take_timed_steps(at=story.at + timedelta(days=30)) == 0
    with pytest.raises(Missing, match="期限到"):
        story.take("ask_review", APPLICANT, {"filed_on": story.today + timedelta(days=31), **REASON}, after=31)
    assert take_timed_steps(at=on(4, 2)) == 1
    assert story.refresh().state == "closed"


# --- withdrawal, lawyer -------------------------------------------------------------------------------------------


def test_the_petitioner_may_withdraw_at_any_time_until_the_end(story: Petition, town: Town) -> None:
    story.register()
    story.take("withdraw", APPLICANT, {})
    later = Petition(town, story.at).with_unit()
    later.take("withdraw_later", APPLICANT, {})
    assert (story.state, later.state) == ("withdrawn", "withdrawn")


def test_a_lawyer_helps_and_never_one_who_counsels_the_unit(story: Petition, town: Town) -> None:
    story.with_unit()
    with pytest.raises(NotYou):
        story.take("assign_lawyer", LAWYER, {})
    story.take("assign_lawyer", SUPERVISOR, {"practitioner": story.lawyer.pk})
    story.take("lawyer_assists", LAWYER, {"kind": "analysis", "done_on": story.today,
                                          "text": "材料齐全，建议先等镇里的答复。"})  # fmt: skip
    counselled = Petition(town, story.at)
    counselled.register().hand_over().received(counselled.at)
    organ = make_case(story.at, procedure="government_counsel", applicant=make_party("道里区某局", kind="company"))
    organ.facts = {"counsel": {"id": story.lawyer.pk}}
    organ.save()
    counselled.take("office_passes_on", CLERK, {"kind": "sent", "unit": "道里区某局", "passed_on": counselled.today})
    with pytest.raises(Missing, match="法律顾问"):
        counselled.take("assign_lawyer", SUPERVISOR, {"practitioner": counselled.lawyer.pk})
    colleague = make_staff(LAWYER, town.firm)
    person = make_practitioner(colleague, town.firm)
    counselled.take("assign_lawyer", SUPERVISOR, {"practitioner": person.pk})


def test_a_major_matter_is_reported_at_once_and_the_petitioner_does_not_read_it(story: Petition) -> None:
    story.with_unit()
    story.take("report_major", CLERK, {"kind": "safety", "text": "当事人情绪激动，扬言自伤。"})
    told = " ".join(line.sentence for line in citizen_timeline(story.case))
    assert "扬言自伤" not in told
