"""An objection to the agreement, and who sits on the tribunal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.notices.models import Notice
from santai.registry.models import Practitioner
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case
from tests.procedures.arbitration_story import (
    APPLICANT,
    ARBITRATOR,
    HEAD,
    REASON,
    SECRETARY,
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


def test_the_tribunal_too_may_rule_on_the_agreement_in_its_own_name(formed: Commercial) -> None:
    formed.take("object_to_agreement", data={"side": "respondent", **REASON})
    for role, decided_by in ((ARBITRATOR, "institution"), (SECRETARY, "tribunal")):
        with pytest.raises(Missing, match="由仲裁庭决定的"):
            formed.take("agreement_stands", role, {"decided_by": decided_by, **REASON})
    formed.take("agreement_stands", ARBITRATOR, {"decided_by": "tribunal", **REASON})
    body = formed.letter("arbitration_agreement_stands")
    assert "决定由仲裁庭作出" in body
    assert "第三十一条" in body


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


# --- who does what ------------------------------------------------------------------------------------------------


def test_the_head_appoints_whom_the_parties_have_not_chosen(accepted: Commercial) -> None:
    accepted.pay()
    appointed = {**TRIBUNAL, "chosen_by": "appointed"}
    for who in (SECRETARY, APPLICANT):
        with pytest.raises(NotYou, match="仲裁机构负责人"):
            accepted.take("appoint_tribunal", who, appointed)
    accepted.take("appoint_tribunal", HEAD, appointed)
    assert (accepted.state, accepted.letters[-1]) == ("formed", "arbitration_tribunal")


def test_the_case_is_in_the_hands_of_the_one_who_presides(formed: Commercial) -> None:
    colleague = Practitioner.objects.get(name="李仲裁", organisation=formed.body).user
    assert formed.case.handler == formed.presiding
    assert "award" not in {step.name for step in steps_open_to(formed.case, Actor.staff(colleague), at=formed.at)}
    formed.announce().hear()
    for who in (SECRETARY, HEAD, colleague):
        with pytest.raises(NotYou):
            formed.take("award", who, {})
    formed.award()
    assert formed.case.log.latest("number").role == Role.ARBITRATOR


def test_arbitrators_who_do_not_sit_hear_nothing_of_the_case(formed: Commercial) -> None:
    told = Notice.objects.filter(case_code=formed.case.code, text__startswith="组成仲裁庭")
    assert set(told.exclude(user=None).values_list("user", flat=True)) == {
        formed.secretary.pk,
        formed.head.pk,
        formed.presiding.pk,
    }


def test_whoever_presides_has_an_account_of_an_arbitrator(accepted: Commercial) -> None:
    accepted.pay()
    arbitrator("兼任仲裁", accepted.body, user=accepted.secretary)
    Practitioner.objects.filter(name="张仲裁", organisation=accepted.body).update(user=None)
    for name, words in (("张仲裁", "还没有可用的平台账号"), ("兼任仲裁", "没有“仲裁员”角色")):
        with pytest.raises(Missing, match=words):
            accepted.form({"presiding": name})
    accepted.form({**THREE, "presiding": "李仲裁", "second": "张仲裁"})


def test_the_head_decides_on_recusal_and_not_the_secretary(formed: Commercial) -> None:
    ask_recusal(formed)
    with pytest.raises(NotFromHere, match="由仲裁机构负责人决定"):
        formed.take("keep_arbitrator", SECRETARY, REASON)
    with pytest.raises(NotYou):
        formed.take("keep_arbitrator", ARBITRATOR, REASON)
    formed.take("keep_arbitrator", HEAD, REASON)


def test_where_the_head_sits_the_commission_decides_and_the_secretary_records_it(accepted: Commercial) -> None:
    accepted.pay()
    arbitrator("主任仲裁", accepted.body, user=accepted.head)
    accepted.form({**THREE, "second": "主任仲裁"})
    ask_recusal(accepted, arbitrator="主任仲裁")
    with pytest.raises(NotFromHere, match="您是本案仲裁员"):
        accepted.take("keep_arbitrator", HEAD, REASON)
    leaving = {**THREE, "leaving": "主任仲裁", **REASON}
    accepted.take("replace_arbitrator", SECRETARY, leaving)
    assert accepted.case.facts["tribunal"]["names"] == "张仲裁、李仲裁、王仲裁"


def test_whoever_left_the_tribunal_does_not_come_back(formed: Commercial) -> None:
    formed.take("replace_arbitrator", data={"leaving": "张仲裁", "presiding": "李仲裁", **REASON})
    assert formed.case.handler == formed.presiding
    with pytest.raises(Missing, match="已经回避或者被更换"):
        formed.take("replace_arbitrator", data={"leaving": "李仲裁", "presiding": "张仲裁", **REASON})


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


def test_who_advised_the_party_in_another_matter_does_not_sit(accepted: Commercial) -> None:
    accepted.pay()
    adviser = arbitrator("顾问仲裁", accepted.body)
    make_case(accepted.at, applicant=accepted.case.applicant, handler=adviser.user)
    with pytest.raises(Missing, match="顾问仲裁为当事人（或同名的人）办理过案件"):
        accepted.form({**TRIBUNAL, "presiding": "顾问仲裁"})


def test_who_decided_an_earlier_case_of_the_party_may_sit_again(formed: Commercial) -> None:
    first = formed.case
    formed.case = make_case(formed.at, procedure=formed.procedure, applicant=first.applicant)
    formed.apply().accept().pay().form()
    assert formed.case.handler == first.handler


def ask_recusal(story: Commercial, known_on: date | None = None, arbitrator: str = "张仲裁") -> None:
    story.take(
        "ask_recusal",
        APPLICANT,
        {
            "side": "applicant",
            "arbitrator": arbitrator,
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
            formed.take("replace_arbitrator", data={**REASON, **data})
    data = {"leaving": "张仲裁", "presiding": "李仲裁", **REASON}
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
