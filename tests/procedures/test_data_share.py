"""Data sharing between organs: one day, ten and ten more, twenty to provide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from santai.casework.refusals import Missing, NotYou
from santai.procedures.data_share import PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.service_story import APPLICANT, OFFICER, SUPERVISOR, WORDS, Told, on, read

pytestmark = pytest.mark.django_db
REASON = {"explanation": WORDS}
ITEM = {"item": "律师执业许可信息", "duty": WORDS, "use": WORDS, "way": "interface"}


class Share(Told):
    def __init__(self, town: Town, at: datetime, kind: str = "company") -> None:
        super().__init__(town, "data_share", at, name="市公安局", kind=kind)

    def request(self, step: str = "request_conditional") -> Share:
        self.take(step, APPLICANT, ITEM)
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Share:
    return Share(town, monday)


def test_shared_data_is_provided_doubted_corrected_and_closed(story: Share) -> None:
    story.request("request_open").take("agree", OFFICER, {})
    story.take("provide", OFFICER, {"record": WORDS})
    story.take("ask_correction", SUPERVISOR, {"doubt": WORDS})
    with pytest.raises(NotYou, match="不能自己校核"):
        story.take("correct", SUPERVISOR, {"result": WORDS})
    story.take("correct", OFFICER, {"result": WORDS})
    story.take("close", APPLICANT, {})
    assert (story.state, story.letters) == ("closed", ["data_share_agreed"])


def test_a_person_does_not_ask_for_shared_data(town: Town, monday: datetime) -> None:
    with pytest.raises(Missing, match="个人不能申请"):
        Share(town, monday, kind="person").request()


def test_what_is_shared_without_conditions_cannot_be_refused(story: Share) -> None:
    story.request("request_open")
    assert "refuse" not in story.offered(OFFICER)


def test_a_refusal_names_its_reason_and_the_way_on(story: Share) -> None:
    story.request().take("refuse", OFFICER, {"reason": "beyond_duty", **REASON})
    assert "超出申请部门履行职责的需要" in story.letter("data_share_refused")
    assert "主管部门协调" in story.letter("data_share_refused")


def test_the_answer_is_lengthened_once_and_in_time(story: Share) -> None:
    story.request().take("extend", OFFICER, {"amount": 10, **REASON})
    assert "extend" not in story.offered(OFFICER)
    late = Share(story.town, story.at).request()
    with pytest.raises(Missing, match="已经超过答复期限"):
        late.take("extend", OFFICER, {"amount": 1, **REASON}, after=40)


@pytest.mark.parametrize(("step", "who"), [("not_requested", OFFICER), ("withdraw", APPLICANT)])
def test_it_can_be_dropped(story: Share, step: str, who: Role) -> None:
    story.take(step, who, REASON)
    assert story.state == "withdrawn"


OPEN, CONDITIONAL = ("request_open", on(9, 30)), ("request_conditional", on(9, 24))


@pytest.mark.parametrize(
    ("clock", "steps", "due_on"),
    [
        ("answer_open", (OPEN,), date(2026, 10, 8)),
        ("answer_open", (("request_open", on(10, 9)),), date(2026, 10, 10)),
        ("answer_conditional", (CONDITIONAL,), date(2026, 10, 15)),
        ("answer_conditional", (CONDITIONAL, ("extend", on(10, 9), {"amount": 10})), date(2026, 10, 29)),
        ("provision", (OPEN, ("agree", on(9, 30))), date(2026, 11, 3)),
        (
            "correction",
            (OPEN, ("agree", on(9, 30)), ("provide", on(9, 30)), ("ask_correction", on(9, 30))),
            date(2026, 10, 20),
        ),
    ],
)
def test_the_working_days_step_over_the_holidays(clock: str, steps: Any, due_on: date) -> None:
    assert read(PROCEDURE, clock, *steps).due_on == due_on
