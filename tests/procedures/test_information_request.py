"""Requests for government information: receipt, correction, third party, seven kinds of answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.information_request import PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.service_story import APPLICANT, HEAD, OFFICER, WORDS, Told, on, read

pytestmark = pytest.mark.django_db
REASON = {"explanation": WORDS}
CONSULT = {"third_party": "某某律师事务所", "content": WORDS}


class Request(Told):
    def __init__(self, town: Town, at: datetime) -> None:
        super().__init__(town, "information_request", at)

    def request(self, **changes: Any) -> Request:
        asked = {"content": "2025年法律援助经费决算", "form_wanted": "electronic", "way": "online"}
        given = {"submitted_by": "online"}
        self.take("request", APPLICANT, {**asked, **given, **changes})
        return self

    def register(self) -> Request:
        self.request().take("register", OFFICER)
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Request:
    return Request(town, monday)


ANSWERS = [
    ("provide", {}, "provided", "予以公开"),
    ("withhold", {"reason": "process"}, "withheld", "过程性信息"),
    ("not_held", {"searched": "查了档案室和办公系统，由张三查找。"}, "not_held", "查了档案室"),
    ("not_ours", {"to": "市财政局"}, "not_ours", "市财政局"),
    ("not_handled", {"reason": "petition"}, "not_handled", "信访、投诉、举报"),
    ("provide_partly", {"reason": "internal", "provided": "总数已经公开。"}, "partly", "总数已经公开"),
]


@pytest.mark.parametrize(("step", "data", "state", "told"), ANSWERS)
def test_every_kind_of_answer_has_its_article_letter_and_remedy(
    story: Request, step: str, data: dict[str, Any], state: str, told: str
) -> None:
    story.register().take(step, OFFICER, {**REASON, **data})
    assert story.state == state
    letter = story.letter("information_reply")
    assert told in letter
    assert PROCEDURE.step(step).basis in letter
    must_review_first = step in {"withhold", "provide_partly"}
    assert ("应当先自知道之日起60日内申请行政复议" in letter) is must_review_first
    assert "第五十一条" in letter


def test_a_third_party_is_asked_before_its_interest_is_a_reason(story: Request) -> None:
    story.register()
    with pytest.raises(Missing, match="还没有征求第三方的意见"):
        story.take("withhold", OFFICER, {"reason": "third_party", **REASON})
    entry = story.take("consult", OFFICER, {**CONSULT, "received_on": story.today})
    assert "某某律师事务所" not in str(entry.data)
    assert "某某律师事务所" not in story.letter("information_consult")
    story.take("third_party_replied", OFFICER, {"agrees": "no", "opinion": WORDS}, after=1)
    story.take("withhold", OFFICER, {"reason": "third_party", **REASON})
    assert story.state == "withheld"


def test_a_silent_third_party_holds_nothing_up(story: Request) -> None:
    story.register().take("consult", OFFICER, {**CONSULT, "received_on": story.today})
    with pytest.raises(NotFromHere, match="还没有届满"):
        story.take("third_party_silent", OFFICER)
    assert take_timed_steps(at=story.at + timedelta(days=21)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=22)) == 1
    assert story.state == "handling"


def test_too_often_is_a_reason_only_after_the_person_was_asked_why(story: Request) -> None:
    story.register()
    often = {"reason": "too_often", **REASON}
    with pytest.raises(Missing, match="还没有请申请人说明理由"):
        story.take("not_handled", OFFICER, often)
    story.take("ask_reason", OFFICER, REASON)
    story.take("explain_reason", APPLICANT, {"reason": "要写论文。写论文用。"})
    assert "ask_reason" not in story.offered(OFFICER)
    story.take("not_handled", OFFICER, often)


def test_a_reason_that_never_comes_does_not_hold_the_answer_up(story: Request) -> None:
    story.register().take("ask_reason", OFFICER, REASON)
    story.take("go_on", OFFICER, REASON)
    assert story.state == "handling"


def test_a_request_that_is_not_corrected_is_taken_as_given_up(story: Request) -> None:
    story.request()
    story.take("ask_for_more", OFFICER, {"items": "请写明年度。写清楚。", "by": story.today + timedelta(days=3)})
    assert take_timed_steps(at=story.at + timedelta(days=3)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=4)) == 1
    assert "视为放弃申请" in story.letter("information_abandoned")


def test_corrections_are_asked_for_once(story: Request) -> None:
    story.request()
    story.take("ask_for_more", OFFICER, {"items": "请写明年度。写清楚。", "by": story.today + timedelta(days=3)})
    story.take("supplement", APPLICANT, {"note": "2025年度。"}, after=1)
    assert "ask_for_more" not in story.offered(OFFICER)


def test_the_head_lengthens_the_answer_once_and_in_time(story: Request) -> None:
    story.register()
    with pytest.raises(Missing, match="最多延长20个工作日"):
        story.take("extend", HEAD, {"amount": 21, **REASON})
    story.take("extend", HEAD, {"amount": 20, **REASON})
    assert "extend" not in story.offered(HEAD)
    late = Request(story.town, story.at).register()
    with pytest.raises(Missing, match="已经超过答复期限"):
        late.take("extend", HEAD, {"amount": 5, **REASON}, after=60)


def test_a_letter_needs_the_day_it_arrived_and_the_web_does_not(story: Request) -> None:
    with pytest.raises(Missing) as refusal:
        story.request(submitted_by="registered")
    assert "received_on" in refusal.value.fields
    story.request()
    assert "您于2026年3月2日提出" in story.letter("information_received")
    assert story.clock("answer").due_on == date(2026, 3, 30)
    posted = Request(story.town, story.at)
    posted.request(submitted_by="registered", received_on=date(2026, 2, 26))
    assert posted.clock("answer").due_on == date(2026, 3, 25)  # Saturday 28 February is a working day


def test_receipt_cannot_lie_ahead(story: Request) -> None:
    with pytest.raises(Missing, match="日期不能晚于今天"):
        story.request(received_on=story.today + timedelta(days=1))


@pytest.mark.parametrize(("step", "who"), [("not_requested", OFFICER), ("withdraw", APPLICANT)])
def test_it_can_be_dropped(story: Request, step: str, who: Role) -> None:
    story.take(step, who, REASON)
    assert story.state == "withdrawn"


# --- GI01 ---------------------------------------------------------------------------------------------------------

ASKED, TAKEN = ("request", on(9, 25), {"received_on": "2026-09-24"}), ("register", on(9, 28))


def test_twenty_working_days_run_from_receipt_over_the_holidays_and_the_make_up_day() -> None:
    # 28 to 30 September, 8 to 10 October are six; the other fourteen end on Thursday the 29th.
    assert read(PROCEDURE, "answer", ASKED).due_on == date(2026, 10, 29)
    assert read(PROCEDURE, "answer", ASKED, TAKEN).due_on == date(2026, 10, 29)


def test_an_extension_adds_twenty_more() -> None:
    assert read(PROCEDURE, "answer", ASKED, TAKEN, ("extend", on(10, 9), {"amount": 20})).due_on == date(2026, 11, 26)


def test_the_time_of_the_third_party_is_not_counted() -> None:
    consult = ("consult", on(9, 30), {"received_on": "2026-10-09"})
    assert read(PROCEDURE, "answer", ASKED, TAKEN, consult).condition == "paused"
    assert read(PROCEDURE, "third_party", ASKED, TAKEN, consult).due_on == date(2026, 10, 29)
    back = ("third_party_replied", on(10, 20))
    # Three days are used up; seventeen are left from 21 October.
    assert read(PROCEDURE, "answer", ASKED, TAKEN, consult, back).due_on == date(2026, 11, 12)


def test_a_corrected_request_starts_the_twenty_days_anew() -> None:
    steps = (ASKED, ("ask_for_more", on(9, 29)), ("supplement", on(10, 9)))
    assert read(PROCEDURE, "answer", *steps).due_on == date(2026, 11, 5)


def test_the_notice_to_correct_is_due_in_seven_working_days() -> None:
    assert read(PROCEDURE, "supplement_notice", ASKED).due_on == date(2026, 10, 12)
    assert read(PROCEDURE, "supplement_notice", ASKED, ("ask_for_more", on(10, 13))).condition == "missed"
