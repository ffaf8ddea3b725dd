"""What happens to a labour award: suit, challenge, or force of law; and the need it answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.actions import take_step
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere
from santai.trust.roles import Role
from tests.factories import Town, make_case
from tests.procedures.arbitration_story import (
    APPLICANT,
    REASON,
    Labour,
    keep_minimum_wage,
)

pytestmark = pytest.mark.django_db
COURT = {"court": "道里区人民法院"}


@pytest.fixture
def story(town: Town, monday: datetime) -> Labour:
    keep_minimum_wage()
    return Labour(town, monday)


@pytest.fixture
def formed(story: Labour) -> Labour:
    return story.apply().accept().form()


@pytest.fixture
def heard(formed: Labour) -> Labour:
    return formed.announce().hear().mediate()


def suit(story: Labour, party: str, **changes: object) -> dict[str, object]:
    return {**COURT, "party": party, "filed_on": story.today, **changes}


# --- to the court or into force -----------------------------------------------------------------------------------


def test_the_worker_may_sue_on_a_final_award_and_the_employer_may_not(heard: Labour) -> None:
    heard.award(wages="12000").serve("serve_worker").serve("serve_employer_final")
    with pytest.raises(Missing, match="用人单位不能起诉"):
        heard.take("sue", data=suit(heard, "employer"))
    heard.take("sue", APPLICANT, suit(heard, "worker"))
    assert heard.state == "court"


def test_either_may_sue_on_an_award_that_is_not_final(heard: Labour) -> None:
    heard.award(wages="50000").serve("serve_employer")
    heard.take("sue", data=suit(heard, "employer"))
    assert heard.state == "court"


def test_a_person_sues_only_for_themselves(heard: Labour) -> None:
    heard.award(wages="50000").serve("serve_employer")
    with pytest.raises(Missing, match="只能代表自己"):
        heard.take("sue", APPLICANT, suit(heard, "employer"))


def test_after_fifteen_days_the_award_is_in_force_unless_the_court_takes_the_case(heard: Labour) -> None:
    heard.award(wages="50000").serve("serve_worker")
    late = heard.today + timedelta(days=16)
    with pytest.raises(Missing, match="裁决已经生效"):
        heard.take("sue", APPLICANT, suit(heard, "worker", filed_on=late), after=16)
    heard.take("sue", APPLICANT, suit(heard, "worker", filed_on=late, court_accepted=True), after=16)
    assert heard.state == "court"


def test_an_award_takes_effect_when_both_windows_are_over(heard: Labour) -> None:
    heard.award(wages="12000").serve("serve_worker")
    with pytest.raises(NotFromHere, match="还没有送达用人单位"):
        heard.take("close", after=20)
    heard.serve("serve_employer_final")
    assert take_timed_steps(at=heard.at + timedelta(days=30)) == 0
    assert take_timed_steps(at=heard.at + timedelta(days=32)) == 1
    assert heard.state == "closed"


def test_an_award_the_worker_never_received_does_not_take_effect(heard: Labour) -> None:
    heard.award(wages="12000").serve("serve_employer_final")
    with pytest.raises(NotFromHere, match="还没有送达劳动者"):
        heard.take("close", after=90)


def test_only_the_employer_asks_to_set_a_final_award_aside(heard: Labour) -> None:
    heard.award(wages="50000").serve("serve_employer")
    with pytest.raises(Missing, match="不是终局裁决"):
        heard.take("report_court", data=suit(heard, "employer"))
    with pytest.raises(Missing, match="用人单位"):
        heard.take("report_court", APPLICANT, suit(heard, "worker"))


RULING = {"court": "哈尔滨市中级人民法院", "number": "（2026）黑01民特2号", **REASON}


@pytest.fixture
def challenged(heard: Labour) -> Labour:
    heard.award(wages="12000").serve("serve_worker").serve("serve_employer_final")
    heard.take("report_court", data=suit(heard, "employer"), after=5)
    return heard


def test_while_the_court_looks_at_it_the_worker_may_still_sue_and_the_employer_may_not(challenged: Labour) -> None:
    with pytest.raises(Missing, match="用人单位不能起诉"):
        challenged.take("sue", data=suit(challenged, "employer"))
    challenged.take("sue", APPLICANT, suit(challenged, "worker"))
    assert challenged.state == "court"


def test_a_late_challenge_is_turned_away(heard: Labour) -> None:
    heard.award(wages="12000").serve("serve_employer_final")
    with pytest.raises(Missing, match="申请撤销的期限"):
        heard.take("report_court", data=suit(heard, "employer", filed_on=heard.today + timedelta(days=33)), after=33)


def test_a_challenge_that_fails_leaves_the_award(challenged: Labour) -> None:
    challenged.take("court_upholds", data={**RULING, "served_on": challenged.today}, after=1)
    assert challenged.state == "awarded"


def test_an_award_set_aside_may_be_sued_upon_for_fifteen_days(challenged: Labour) -> None:
    challenged.take("court_sets_aside", data={**RULING, "served_on": challenged.today})
    assert "15日内" in challenged.letter("arbitration_labour_set_aside")
    challenged.take("sue", data=suit(challenged, "employer"), after=3)
    assert challenged.state == "court"


def test_an_award_set_aside_and_not_sued_upon_is_closed(challenged: Labour) -> None:
    challenged.take("court_sets_aside", data={**RULING, "served_on": challenged.today})
    with pytest.raises(NotFromHere):
        challenged.take("not_sued", after=15)
    # The fifteenth day falls on 清明: the period ends on the first working day after it.
    challenged.take("not_sued", Role.SYSTEM, after=18)
    assert challenged.state == "closed"


def test_an_award_is_corrected_or_not(heard: Labour) -> None:
    heard.award(wages="12000")
    ask = {"side": "applicant", "explanation": "第二项金额的小数点写错了。"}
    heard.take("ask_correction", APPLICANT, ask)
    with pytest.raises(NotFromHere, match="补正请求"):
        heard.take("close", after=90)
    heard.take("refuse_correction", data=REASON)
    heard.take("correct", data={"text": "第二项改为4000.50元。"})
    assert heard.letters[-2:] == ["arbitration_correction_refused", "arbitration_corrected"]


# --- the need it answers ------------------------------------------------------------------------------------------


def test_the_work_order_goes_on_when_the_award_is_made(town: Town, monday: datetime) -> None:
    keep_minimum_wage()
    story = Labour(town, monday)
    need = make_case(monday, applicant=story.case.applicant)
    take_step(need, "refer", actor=town.actor(Role.DISPATCHER), data={"procedure": "arbitration_labour"}, at=monday)
    story.case = need.children.get()
    story.apply().accept().form().announce().hear().mediate()
    need.refresh_from_db()
    assert need.state == "referred"
    story.award(wages="12000")
    need.refresh_from_db()
    assert (need.state, story.state) == ("finished", "awarded")
