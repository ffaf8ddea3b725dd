"""An objection to the agreement, and who sits on the tribunal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.refusals import Missing, NotFromHere
from santai.casework.timeline import citizen_timeline
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.arbitration_story import (
    APPLICANT,
    REASON,
    THREE,
    TRIBUNAL,
    Commercial,
    arbitrator,
    commission,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Commercial:
    return Commercial(town, monday)


@pytest.fixture
def accepted(story: Commercial) -> Commercial:
    return story.apply().accept()


@pytest.fixture
def formed(accepted: Commercial) -> Commercial:
    return accepted.pay().form()


@pytest.fixture
def heard(formed: Commercial) -> Commercial:
    return formed.announce().hear()


# --- agreement ----------------------------------------------------------------------------------------------------


def test_an_objection_to_the_agreement_stops_the_hearing_until_it_is_decided(formed: Commercial) -> None:
    formed.take("object_to_agreement", data={"side": "respondent", **REASON})
    with pytest.raises(NotFromHere, match="异议"):
        formed.announce()
    formed.take("agreement_stands", data={"decided_by": "court", **REASON})
    assert "人民法院裁定" in formed.letter("arbitration_agreement_stands")
    formed.announce()
    assert formed.state == "hearing"


def test_no_award_is_made_while_the_agreement_is_in_doubt(formed: Commercial) -> None:
    formed.announce(mode="documents")
    formed.take("object_to_agreement", data={"side": "respondent", **REASON})
    with pytest.raises(NotFromHere, match="异议"):
        formed.award(kind="documents")


def test_an_agreement_that_fails_ends_the_case_with_the_money_back(accepted: Commercial) -> None:
    accepted.pay()
    with pytest.raises(NotFromHere):
        accepted.take("agreement_fails", data={"decided_by": "institution", **REASON})
    accepted.take("object_to_agreement", data={"side": "respondent", **REASON})
    accepted.take("agreement_fails", data={"decided_by": "institution", **REASON})
    body = accepted.letter("arbitration_dismissed")
    assert accepted.state == "dismissed"
    assert "退还受理费4000元" in body
    assert "向人民法院起诉" in body


def test_an_objection_comes_before_the_first_hearing(heard: Commercial) -> None:
    with pytest.raises(NotFromHere, match="首次开庭前"):
        heard.take("object_to_agreement", data={"side": "respondent", **REASON})


# --- tribunal -----------------------------------------------------------------------------------------------------


def test_a_tribunal_has_three_members_or_one(accepted: Commercial) -> None:
    accepted.pay()
    with pytest.raises(Missing, match="三人或者一人"):
        accepted.form({**TRIBUNAL, "second": "李仲裁"})
    with pytest.raises(Missing, match="同一位"):
        accepted.form({**THREE, "third": "李仲裁"})
    accepted.form(THREE)
    assert accepted.case.facts["tribunal"]["names"] == "张仲裁、李仲裁、王仲裁"
    assert "首席仲裁员：张仲裁" in accepted.letter("arbitration_tribunal")


def test_a_sole_arbitrator_is_named_as_such(formed: Commercial) -> None:
    assert "独任仲裁员：张仲裁" in formed.letter("arbitration_tribunal")


def test_every_obstacle_of_an_arbitrator_is_named(accepted: Commercial, town: Town) -> None:
    accepted.pay()
    lawyer = town.staff[Role.LAWYER].practitioner
    arbitrator("外来仲裁", commission("别处仲裁委员会"))
    arbitrator("停职仲裁", accepted.body, standing=Practitioner.Standing.SUSPENDED)
    for name, words in (
        (lawyer.name, "不是仲裁员"),
        ("外来仲裁", "不在本机构的仲裁员名册上"),
        ("停职仲裁", "停止执业"),
    ):
        with pytest.raises(Missing, match=words):
            accepted.form({**TRIBUNAL, "presiding": name})


def test_a_namesake_of_a_party_needs_a_written_check(accepted: Commercial) -> None:
    accepted.pay()
    arbitrator(accepted.case.applicant.name, accepted.body)
    choice = {**TRIBUNAL, "presiding": accepted.case.applicant.name}
    with pytest.raises(Missing, match="应当回避"):
        accepted.form(choice)
    accepted.form({**choice, "no_conflict": "核对身份证号，不是同一人。"})


def test_who_handled_another_matter_of_the_party_does_not_sit(accepted: Commercial, town: Town) -> None:
    accepted.pay()
    earlier = Commercial(town, accepted.at)
    earlier.case.applicant, earlier.case.handler = accepted.case.applicant, accepted.secretary
    earlier.case.save(update_fields=["applicant", "handler"])
    arbitrator("秘书仲裁", accepted.body, user=accepted.secretary)
    with pytest.raises(Missing, match="承办过"):
        accepted.form({**TRIBUNAL, "presiding": "秘书仲裁"})


def ask_recusal(story: Commercial, known_on: date | None = None) -> None:
    story.take(
        "ask_recusal",
        APPLICANT,
        {
            "side": "applicant",
            "arbitrator": "张仲裁",
            "ground": "kin",
            "known_on": known_on or story.today,
            **REASON,
        },
    )


def test_a_recusal_stops_the_hearing_and_a_refusal_lets_it_go_on(formed: Commercial) -> None:
    ask_recusal(formed)
    with pytest.raises(NotFromHere, match="回避"):
        formed.announce()
    formed.take("keep_arbitrator", data=REASON)
    assert "驳回" in formed.letter("arbitration_recusal_refused")
    with pytest.raises(NotFromHere):
        formed.take("keep_arbitrator", data=REASON)
    formed.announce()


def test_a_recused_arbitrator_is_replaced_by_another(formed: Commercial) -> None:
    ask_recusal(formed)
    for data, words in (
        ({"leaving": "钱仲裁", "presiding": "李仲裁"}, "没有“钱仲裁”"),
        ({"leaving": "张仲裁", "presiding": "张仲裁"}, "不能再有"),
        ({**THREE, "leaving": "张仲裁", "presiding": arbitrator("新仲裁", formed.body).pk}, "人数不变"),
    ):
        with pytest.raises(Missing, match=words):
            formed.take("replace_arbitrator", data={"chosen_by": "appointed", **REASON, **data})
    data = {"leaving": "张仲裁", "presiding": "李仲裁", "chosen_by": "appointed", **REASON}
    formed.take("replace_arbitrator", data=data)
    assert formed.case.facts["tribunal"]["names"] == "李仲裁"
    assert "张仲裁不再担任" in formed.letter("arbitration_replaced")
    formed.announce()


def test_a_ground_known_before_the_first_hearing_is_not_kept_for_later(heard: Commercial) -> None:
    with pytest.raises(Missing, match="首次开庭前"):
        ask_recusal(heard, known_on=heard.today - timedelta(days=5))
    ask_recusal(heard)
    with pytest.raises(NotFromHere, match="回避"):
        heard.award()


def test_nobody_is_recused_after_the_last_hearing(formed: Commercial) -> None:
    formed.announce().hear(is_last=True)
    with pytest.raises(Missing, match="最后一次开庭"):
        ask_recusal(formed)


def test_what_an_arbitrator_discloses_reaches_the_parties(formed: Commercial) -> None:
    formed.take("disclose", data={"arbitrator": "张仲裁", "text": "曾与对方代理人同校。"})
    assert "同校" in citizen_timeline(formed.case)[-1].sentence
