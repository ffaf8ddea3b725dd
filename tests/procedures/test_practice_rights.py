"""Practice rights of lawyers: quick response, hand-over with both time stamps, result, publicity; every ending."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.practice_rights import PROCEDURE
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.service_story import APPLICANT, SUPERVISOR, WORDS, Told, on, read

pytestmark = pytest.mark.django_db
REASON = {"explanation": WORDS}
SENT = {"organ": "detention", "organ_name": "市第二看守所", "way": "letter", "request": "请安排会见。"}
RESULT = {"finding": "看守所已经安排会见，情况属实。", "opinion": "会见已经恢复。"}


class Rights(Told):
    def __init__(self, town: Town, at: datetime) -> None:
        self.licence = Practitioner.objects.get(user=town.staff[Role.LAWYER]).licence
        super().__init__(town, "practice_rights", at, name=town.staff[Role.LAWYER].display_name)

    def file(self, **changes: Any) -> Rights:
        filled = {
            "lawyer": self.licence,
            "right": "meeting",
            "organ": "detention",
            "organ_name": "市第二看守所",
            "happened_at": (self.at - timedelta(hours=3)).isoformat(),
            "story": WORDS,
        }
        self.take("file", APPLICANT, {**filled, **changes})
        return self

    def forward(self, step: str = "forward", **changes: Any) -> Rights:
        self.take(step, SUPERVISOR, {**SENT, "forwarded_at": self.at.isoformat(), **changes})
        return self

    def receipt(self, minutes: int = 30) -> Rights:
        arrived = self.at + timedelta(minutes=minutes)
        self.take("confirm_receipt", SUPERVISOR, {"received_at": arrived.isoformat()}, at=arrived)
        return self

    def answered(self) -> Rights:
        self.file().take("accept", SUPERVISOR)
        self.forward().receipt().take(
            "organ_replies",
            SUPERVISOR,
            {"replied_at": (self.at + timedelta(days=1)).isoformat(), "reply": WORDS},
            after=1,
        )
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Rights:
    return Rights(town, monday)


def test_a_blocked_meeting_is_taken_up_handed_over_answered_and_published(story: Rights) -> None:
    story.answered()
    sent, arrived = (story.case.facts["sendings"][0][key] for key in ("forwarded_at", "received_at"))
    assert datetime.fromisoformat(arrived) - datetime.fromisoformat(sent) == timedelta(minutes=30)
    story.take("find_violation", SUPERVISOR, RESULT)
    published = {"text": "一起妨碍会见的投诉查实，已经纠正。", "where": "市司法局网站", "published_on": story.today}
    story.take("publish", SUPERVISOR, published)
    assert take_timed_steps(at=story.at) == 1
    assert story.state == "closed"
    assert story.letters == ["practice_rights_accepted", "practice_rights_forwarded", "practice_rights_result"]
    assert "申诉、控告" in story.letter("practice_rights_result")


def test_an_urgent_matter_is_marked_and_coordinated_at_once(story: Rights) -> None:
    story.file(is_urgent=True).take("accept", SUPERVISOR)
    assert (story.case.urgency, story.case.handler) == (2, story.town.staff[SUPERVISOR])
    call = {"with_whom": "值班所长", "contacted_at": story.at.isoformat(), "record": WORDS}
    entry = story.take("coordinate", SUPERVISOR, call)
    assert "值班所长" not in str(entry.data)
    story.take("restore", SUPERVISOR, RESULT)
    assert story.state == "resolved"


@pytest.mark.parametrize(
    ("change", "told"),
    [("name", "对不上"), ("standing", "不是执业状态"), ("kind", "不是律师的")],
)
def test_only_the_lawyer_with_a_licence_in_force_files(story: Rights, change: str, told: str) -> None:
    if change == "name":
        Practitioner.objects.filter(licence=story.licence).update(name="另一个人")
    elif change == "standing":
        Practitioner.objects.filter(licence=story.licence).update(standing="suspended")
    else:
        Practitioner.objects.filter(licence=story.licence).update(kind="notary")
    with pytest.raises(Missing) as refusal:
        story.file()
    assert told in refusal.value.fields["lawyer"][0]


def test_no_time_stamp_lies_ahead_or_before_the_one_it_follows(story: Rights) -> None:
    with pytest.raises(Missing, match="时间还没有到"):
        story.file(happened_at=(story.at + timedelta(minutes=1)).isoformat())
    story.file().take("accept", SUPERVISOR)
    story.forward()
    with pytest.raises(Missing, match="早于转出的时间"):
        story.take("confirm_receipt", SUPERVISOR, {"received_at": (story.at - timedelta(minutes=5)).isoformat()})


def test_an_answer_needs_the_moment_of_receipt(story: Rights) -> None:
    story.file().take("accept", SUPERVISOR)
    story.forward()
    answer = {"replied_at": story.at.isoformat(), "reply": WORDS}
    with pytest.raises(Missing, match="还没有记录对方收到"):
        story.take("organ_replies", SUPERVISOR, answer)
    story.receipt(0)
    with pytest.raises(NotFromHere, match="已经记录过"):
        story.receipt(0)


def test_an_organ_that_does_not_answer_is_followed_by_the_one_above(story: Rights) -> None:
    story.file().take("accept", SUPERVISOR)
    story.forward().receipt()
    story.take("urge", SUPERVISOR, REASON)
    story.forward("escalate", organ="procuratorate", organ_name="市人民检察院", reason="看守所没有答复。")
    assert story.state == "forwarded"
    assert len(story.case.facts["sendings"]) == 2
    assert "confirm_receipt" in story.offered(SUPERVISOR)
    assert "市人民检察院" in story.letter("practice_rights_forwarded")


def test_what_is_published_names_nobody(story: Rights) -> None:
    story.answered().take("find_none", SUPERVISOR, RESULT)
    with pytest.raises(NotFromHere, match="还没有决定结果是否公开"):
        story.take("close", SUPERVISOR)
    told = f"律师{story.case.applicant.name}反映的情况没有查实。"
    with pytest.raises(Missing, match="申请人的姓名"):
        story.take("publish", SUPERVISOR, {"text": told, "where": "网站", "published_on": story.today})
    story.take("not_publish", SUPERVISOR, {"reason": "pending", **REASON})
    assert "publish" not in story.offered(SUPERVISOR)


def test_a_refusal_names_reason_and_route(story: Rights) -> None:
    story.file()
    story.take("refuse", SUPERVISOR, {"reason": "own_route", "route": "向上一级法院上诉。", **REASON})
    assert story.state == "refused"
    assert "应当通过上诉" in story.letter("practice_rights_refused")
    assert "人民检察院" in story.letter("practice_rights_refused")


def test_a_termination_has_its_letter(story: Rights) -> None:
    story.file().take("accept", SUPERVISOR)
    story.take("terminate", SUPERVISOR, {"reason": "restored", **REASON})
    assert "权利已经恢复" in story.letter("practice_rights_terminated")


def test_what_is_missing_lapses_by_itself_and_can_be_handed_in_before(story: Rights) -> None:
    story.file()
    asked = {"items": "请补充委托手续。", "by": story.today + timedelta(days=2)}
    story.take("ask_for_more", SUPERVISOR, asked)
    assert take_timed_steps(at=story.at + timedelta(days=2)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=3)) == 1
    assert "重新申请" in story.letter("practice_rights_lapsed")


def test_the_lawyer_may_withdraw_and_the_empty_case_is_closed(story: Rights, town: Town) -> None:
    story.file().take("withdraw", APPLICANT, {})
    assert story.state == "withdrawn"
    other = Rights(town, story.at)
    other.take("not_filed", SUPERVISOR, REASON)
    assert other.state == "withdrawn"


# --- clocks -------------------------------------------------------------------------------------------------------

FILE, ACCEPT = ("file", on(9, 30, 16, 20)), ("accept", on(9, 30, 17, 5))


def test_the_quick_response_is_counted_to_the_minute_over_the_national_holiday() -> None:
    assert read(PROCEDURE, "response", FILE).due_at == datetime(2026, 10, 1, 8, 20, tzinfo=UTC)
    late = ("accept", on(10, 1, 16, 21))
    assert read(PROCEDURE, "response", FILE, late).condition == "missed"
    assert read(PROCEDURE, "forwarding", FILE, ACCEPT).due_at == datetime(2026, 10, 1, 9, 5, tzinfo=UTC)


def test_waiting_for_the_lawyer_is_not_counted_to_the_minute() -> None:
    ask, back = ("ask_for_more", on(9, 30, 17, 20)), ("supplement", on(10, 2, 10, 0))
    assert read(PROCEDURE, "response", FILE, ask).condition == "paused"
    assert read(PROCEDURE, "response", FILE, ask, back).due_at == datetime(2026, 10, 3, 1, 0, tzinfo=UTC)


def test_the_organs_days_run_from_its_receipt_and_end_with_its_answer_whenever_recorded() -> None:
    sent = ("forward", on(9, 30, 18))
    arrived = ("confirm_receipt", on(10, 9), {"received_at": "2026-09-27T10:00:00+08:00"})
    assert read(PROCEDURE, "organ", FILE, ACCEPT, sent, arrived).due_on == date(2026, 10, 8)
    answer = ("organ_replies", on(10, 12), {"replied_at": "2026-10-08T17:00:00+08:00"})
    assert read(PROCEDURE, "organ", FILE, ACCEPT, sent, arrived, answer).condition == "met"
    arrived = ("confirm_receipt", on(10, 9), {"received_at": "2026-09-30T18:30:00+08:00"})
    assert read(PROCEDURE, "organ", FILE, ACCEPT, sent, arrived).due_on == date(2026, 10, 10)


def test_the_lawyer_hears_within_three_working_days_of_the_answer() -> None:
    steps = (FILE, ACCEPT, ("forward", on(9, 30, 18)), ("organ_replies", on(9, 30, 18)))
    assert read(PROCEDURE, "result", *steps).due_on == date(2026, 10, 10)
    resolved = (*steps, ("restore", on(9, 30, 19)))
    assert read(PROCEDURE, "publicity", *resolved).due_on == date(2026, 10, 20)
