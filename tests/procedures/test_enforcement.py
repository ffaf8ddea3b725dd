"""Administrative penalties up to the decision: the ordinary way, on the spot, hearing, review, no penalty."""

from __future__ import annotations

from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.procedures.enforcement import PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town, make_staff
from tests.procedures.enforcement_story import (
    DISCUSSION,
    HEAD,
    LARGE,
    OFFICER,
    OPINION,
    REASON,
    REASONS,
    REVIEWED,
    REVIEWER,
    SMALL,
    SUSPENSION,
    Enforcement,
    on,
)

pytestmark = pytest.mark.django_db
ON_SITE = {
    "done_on": "2026-03-02",
    "place": "当事人办公室",
    "showed": True,
    "told_rights": True,
    "found": "查看了收费登记和委托合同。",
}
HEARING = {"place": "区司法局三楼听证室"}
HELD = {"attended": True, "signed": True, "opinion": "双方质证充分，处罚意见适当。"}


@pytest.fixture
def story(town: Town) -> Enforcement:
    return Enforcement(town, on(3, 2))


# --- the ordinary way ---------------------------------------------------------------------------------------------


def test_an_ordinary_penalty_goes_from_filing_to_the_end_of_remedies(story: Enforcement) -> None:
    story.assigned()
    story.take("inspect", OFFICER, ON_SITE, Doc.SITE_RECORD, Doc.AV_SITE)
    story.take("collect", story.second, {"kind": "documentary", "source": "收条一张，证明收取费用。"}, Doc.EVIDENCE)
    story.proposed().take("notify")
    story.take("serve_notice", OFFICER, {"served_on": story.day(), "way": "in_person"})
    story.take("state", Role.APPLICANT, {"text": "我已经退还了费用，请从轻处理。"})
    story.take("to_decision", OFFICER, OPINION, after=10)
    story.decided().served().pay("2000").perform()
    story.take("archive", OFFICER, {"pages": 60, "term": "long"}, Doc.CASE_FILE)
    assert story.state == "archived"
    story.take("end", Role.SYSTEM, on=on(9, 30))
    assert story.state == "ended"
    told = [kind for kind in story.letters if kind != "service_return"]
    assert told == ["enforcement_officers", "enforcement_notice", "enforcement_penalty"]
    assert story.letters.count("service_return") == 2


def test_the_decision_tells_amount_grounds_and_remedies(story: Enforcement) -> None:
    story.punished()
    told = story.letter("enforcement_penalty")
    for words in ("罚款2,000.00元", "律师法第四十七条", "裁量基准版本", "60日", "6个月", "百分之三", "人民政府"):
        assert words in told
    assert story.party.name in told


def test_the_party_reads_what_happens_and_not_what_the_officers_write(story: Enforcement) -> None:
    story.punished().served()
    told = "".join(line.sentence for line in citizen_timeline(story.case))
    assert "15日内" in told
    assert OPINION["opinion"] not in told
    assert "法制审核" not in told


def test_two_officers_with_certificates_investigate(story: Enforcement) -> None:
    data = {
        "lead": story.lead.pk,
        "lead_certificate": "执法01",
        "second": story.lead.pk,
        "second_certificate": "执法01",
    }
    with pytest.raises(Missing, match="不得少于两人|同一个人"):
        story.take("assign_officers", HEAD, data)
    with pytest.raises(Missing, match="不是本机关"):
        story.take("assign_officers", HEAD, {**data, "second": story.town.staff[Role.LAWYER].pk})
    story.assigned()
    stranger = make_staff(OFFICER, story.town.bureau)
    with pytest.raises(NotYou):
        story.take("inspect", stranger, ON_SITE, Doc.SITE_RECORD, Doc.AV_SITE)


def test_nothing_is_investigated_before_officers_are_named(story: Enforcement) -> None:
    with pytest.raises(NotFromHere, match="指派"):
        story.take("collect", OFFICER, {"kind": "documentary", "source": "收条一张。"}, Doc.EVIDENCE)


def test_what_must_be_filmed_is_refused_without_the_film(story: Enforcement) -> None:
    story.assigned()
    with pytest.raises(Missing, match="现场检查音视频"):
        story.take("inspect", OFFICER, ON_SITE, Doc.SITE_RECORD)
    with pytest.raises(Missing, match="登记保存音视频"):
        story.take(
            "keep_evidence",
            HEAD,
            {"items": "2025年收费账册一本", "place": "本局", "ground": "账册可能被销毁。"},
            Doc.SEIZURE_LIST,
        )
    story.proposed().take("notify")
    story.take("serve_notice", OFFICER, {"served_on": story.day(), "way": "in_person"})
    story.considered().decided()
    left = {"served_on": story.day(), "way": "left", "witnesses": "社区工作人员，全程录像"}
    with pytest.raises(Missing, match="留置送达要有音视频"):
        story.take("serve_fine", OFFICER, left)
    with pytest.raises(Missing, match="留置送达音视频"):
        story.take("leave_fine", OFFICER, left)
    story.take("leave_fine", OFFICER, left, Doc.AV_SERVICE)
    assert story.state == "paying"


def test_a_recording_says_with_what_and_from_when_to_when(story: Enforcement) -> None:
    story.assigned()
    film = {"stage": "investigation", "device": "ZF-07", "began_at": "2026-03-02T08:00", "ended_at": "2026-03-02T08:30"}
    with pytest.raises(Missing, match="没有音视频"):
        story.take("record", OFFICER, film)
    with pytest.raises(Missing, match="晚于开始"):
        story.take("record", OFFICER, {**film, "ended_at": film["began_at"]}, Doc.AV_OTHER)
    with pytest.raises(Missing, match="晚于现在"):
        story.take("record", OFFICER, {**film, "ended_at": "2026-03-02T10:00"}, Doc.AV_OTHER)
    assert story.take("record", OFFICER, film, Doc.AV_OTHER).data["device"] == "ZF-07"


# --- who does not decide ------------------------------------------------------------------------------------------


def test_whoever_investigated_neither_reviews_nor_decides_even_after_being_replaced(story: Enforcement) -> None:
    from santai.trust.models import Membership

    for role in (HEAD, REVIEWER):
        Membership.objects.create(user=story.lead, role=role, organisation=story.town.bureau, since="2020-01-01")
    story.told().considered()
    with pytest.raises(NotYou, match="参加过调查"):
        story.take("decide_penalty", story.lead, {**SMALL, **REASONS})
    story.take("send_back", HEAD, {"reason": "facts", "explanation": "请补充询问委托人，查清金额。"})
    third = make_staff(OFFICER, story.town.bureau)
    data = {"lead": third.pk, "lead_certificate": "3", "second": story.second.pk, "second_certificate": "2"}
    with pytest.raises(Missing, match="更换的理由"):
        story.take("assign_officers", HEAD, data)
    story.take("assign_officers", HEAD, {**data, "note": "原主办人员调离岗位。"})
    with pytest.raises(NotYou):
        story.take("drop", story.lead, {"reason": "mistaken", **REASON})


def test_a_recused_officer_is_not_named_again_and_a_refusal_has_a_letter(story: Enforcement) -> None:
    story.assigned().take("ask_recusal", Role.APPLICANT, {"explanation": "主办人员是对方当事人的亲戚。"})
    with pytest.raises(NotFromHere):
        story.take("ask_recusal", Role.APPLICANT, {"explanation": "再说一次，请回避。"})
    story.take("grant_recusal", HEAD, REASON)
    with pytest.raises(Missing, match="已经回避"):
        story.assigned()
    other = Enforcement(story.town, on(3, 2)).assigned()
    other.take("ask_recusal", Role.APPLICANT, {"explanation": "主办人员态度不好。"})
    other.take("refuse_recusal", HEAD, {"reason": "no_interest", **REASON})
    assert "不予回避" in other.letter("enforcement_recusal_refused")


def test_every_step_of_authority_is_closed_to_the_party_and_to_other_offices(story: Enforcement) -> None:
    story.told()
    offered = {step.name for step in steps_open_to(story.case, story.actor(Role.APPLICANT), at=story.at)}
    assert offered == {"ask_recusal", "state", "waive", "ask_hearing"}
    for role in (Role.LAWYER, Role.COUNTER_CLERK, Role.SUPERVISOR):
        assert steps_open_to(story.case, story.town.actor(role), at=story.at) == []


# --- amounts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"fine": "4000"}, "不在“一般”的幅度1,500.00至3,500.00元"),
        ({"fine": "2000", "revoke": True}, "没有规定吊销"),
        ({"grade": "light", "fine": "1000"}, "须选择至少一项从轻"),
        ({"grade": "heavy", "fine": "4000"}, "须选择至少一项从重"),
        ({"row": "LS50", "fine": "40000"}, "不是本案当事人的类别"),
        ({"row": "JD37", "fine": "", "warning": "", "months": "6"}, "不适用"),
        ({"fine": "", "warning": ""}, "没有填写任何处罚"),
        ({"fine": "-1"}, "不能是负数"),
        ({"fine": "99999999999"}, "罚款"),
        ({"row": "nothing"}, "违法行为"),
    ],
)
def test_no_amount_is_typed_without_a_rule(story: Enforcement, change: dict[str, Any], problem: str) -> None:
    story.assigned()
    with pytest.raises(Missing, match=problem):
        story.proposed({**SMALL, **change})


def test_the_decision_is_never_heavier_than_what_the_party_was_told(story: Enforcement) -> None:
    story.told().considered()
    with pytest.raises(Missing, match="重于告知"):
        story.decided({**SMALL, "fine": "3000"})
    with pytest.raises(Missing, match="重于告知"):
        story.decided({**LARGE, "fine": "3000"})
    story.decided({**SMALL, "fine": "1500"})
    assert story.state == "decided"


# --- notice, defence, hearing -------------------------------------------------------------------------------------


def test_nothing_is_decided_before_the_party_had_five_working_days(story: Enforcement) -> None:
    story.told()
    with pytest.raises(NotFromHere, match="2026-03-09"):
        story.take("to_decision", OFFICER, OPINION, on=on(3, 9, 23))
    story.take("to_decision", OFFICER, OPINION, on=on(3, 10, 0))
    assert story.state == "deciding"


def test_a_hearing_is_held_by_somebody_else_and_told_seven_working_days_before(story: Enforcement) -> None:
    story.told(SUSPENSION)
    assert "要求听证" in story.letter("enforcement_notice")
    story.take("ask_hearing", Role.APPLICANT, {"text": "处罚太重，请举行听证。"}, after=1)
    call = {**HEARING, "host": story.reviewer.pk, "held_on": "2026-03-12"}
    with pytest.raises(Missing, match="最晚应当在2026-03-02"):
        story.take("call_hearing", HEAD, {**call, "held_on": "2026-03-11"})
    with pytest.raises(Missing, match="参加过本案调查"):
        story.take("call_hearing", HEAD, {**call, "host": story.second.pk})
    with pytest.raises(Missing, match="法定情形"):
        story.take("call_hearing", HEAD, {**call, "is_closed": True})
    story.take("call_hearing", HEAD, call)
    with pytest.raises(NotYou, match="主持"):
        story.take("hold_hearing", HEAD, {**HELD, "held_on": "2026-03-12"}, Doc.HEARING_MINUTES, Doc.AV_HEARING)
    story.at = on(3, 12)
    with pytest.raises(Missing, match="听证音视频"):
        story.take("hold_hearing", REVIEWER, {**HELD, "held_on": "2026-03-12"}, Doc.HEARING_MINUTES)
    story.take("hold_hearing", REVIEWER, {**HELD, "held_on": "2026-03-12"}, Doc.HEARING_MINUTES, Doc.AV_HEARING)
    assert story.state == "review"
    story.reviewed().decided(SUSPENSION)
    assert story.state == "decided"


def test_a_hearing_that_is_refused_has_a_reason_and_leaves_the_right_to_be_heard(story: Enforcement) -> None:
    story.told()
    story.take("ask_hearing", Role.APPLICANT, {"text": "请举行听证。"})
    story.take("refuse_hearing", HEAD, {"reason": "out_of_scope", **REASON})
    assert "陈述和申辩" in story.letter("enforcement_hearing_refused")
    with pytest.raises(NotFromHere):
        story.take("ask_hearing", Role.APPLICANT, {"text": "再请一次。"})
    story.take("state", Role.APPLICANT, {"text": "我认为不应处罚。"})
    assert story.state == "defence"


def test_an_officer_gives_up_nobodys_right_without_what_the_party_signed(story: Enforcement) -> None:
    story.told()
    with pytest.raises(Missing, match="当事人签字"):
        story.take("waive", OFFICER, REASON)
    story.take("waive", OFFICER, REASON, Doc.STATEMENT)
    story.take("to_decision", OFFICER, OPINION)
    assert story.state == "deciding"


# --- review and discussion ----------------------------------------------------------------------------------------


def test_without_review_and_discussion_a_grave_case_is_not_decided(story: Enforcement) -> None:
    story.told(LARGE)
    story.take("waive", Role.APPLICANT, REASON)
    with pytest.raises(NotFromHere, match="未经法制审核"):
        story.take("to_decision", OFFICER, OPINION)
    story.take("to_review", OFFICER, OPINION)
    with pytest.raises(NotYou):
        story.take("pass_review", OFFICER, REVIEWED, Doc.LEGALITY_OPINION)
    with pytest.raises(Missing, match="职业资格"):
        story.take("pass_review", REVIEWER, {**REVIEWED, "is_qualified": ""}, Doc.LEGALITY_OPINION)
    story.take("pass_review", REVIEWER, REVIEWED, Doc.LEGALITY_OPINION)
    with pytest.raises(Missing, match="集体讨论"):
        story.decided(LARGE)
    story.take("discuss", HEAD, {**DISCUSSION, "held_on": story.day()}, Doc.DISCUSSION_RECORD)
    story.decided(LARGE)
    assert story.state == "decided"


def test_what_the_reviewer_sends_back_is_told_and_reviewed_afresh(story: Enforcement) -> None:
    story.told(LARGE).considered("to_review")
    story.take("return_review", REVIEWER, {"reason": "facts", "explanation": "请补充委托人的询问笔录。"})
    assert story.state == "investigating"
    story.proposed(LARGE).take("notify")
    with pytest.raises(NotFromHere, match="送达"):
        story.take("to_review", OFFICER, OPINION)


# --- no penalty, transfer, dropped --------------------------------------------------------------------------------


def other(story: Enforcement, outcome: str, step: str = "propose_other", **more: Any) -> None:
    data = {"outcome": outcome, "facts": "查明当事人已经主动退还费用。", **more}
    story.assigned().take(step, OFFICER, data, Doc.INVESTIGATION_REPORT)


def test_no_penalty_has_its_reason_its_letter_and_its_remedy(story: Enforcement) -> None:
    other(story, "no_penalty")
    with pytest.raises(Missing, match="教育"):
        story.take("decide_no_penalty", HEAD, {"reason": "slight", **REASON})
    story.take("decide_no_penalty", HEAD, {"reason": "slight", "educated": True, **REASON})
    assert "6个月" in story.letter("enforcement_no_penalty")
    story.served("serve_unpunished")
    assert story.state == "performed"
    assert Case.objects.filter(procedure="publication").count() == 0


def test_what_cannot_be_proven_is_not_punished(story: Enforcement) -> None:
    other(story, "not_established")
    story.take("decide_not_established", HEAD, REASON)
    assert "违法事实不能成立" in story.letter("enforcement_not_established")


def test_a_crime_goes_to_the_judicial_organ_and_may_come_back(story: Enforcement) -> None:
    with pytest.raises(Missing, match="法制审核"):
        other(story, "judicial", gravity=["rights"])
    story.take(
        "propose_grave",
        OFFICER,
        {"outcome": "judicial", "facts": "查明数额巨大，涉嫌诈骗犯罪。", "gravity": ["rights"]},
        Doc.INVESTIGATION_REPORT,
    )
    story.reviewed().take("transfer_judicial", HEAD, {"to": "道里区公安分局", **REASON}, Doc.HANDOVER, after=1)
    told = "".join(line.sentence for line in citizen_timeline(story.case))
    assert "移送有关机关" in told
    assert "公安" not in told
    story.take("judicial_returned", OFFICER, {"received_on": story.day(30), **REASON}, after=30)
    assert story.state == "investigating"
    with pytest.raises(Missing, match="没有向当事人告知"):
        other_again(story)


def other_again(story: Enforcement) -> None:
    other(story, "no_penalty")
    story.decided()


def test_a_dropped_case_has_a_reason_and_a_letter(story: Enforcement) -> None:
    story.take("drop", HEAD, {"reason": "twice", **REASON})
    assert story.state == "dropped"
    assert "撤销立案" in story.letter("enforcement_dropped")


def test_electronic_service_needs_the_signed_consent(story: Enforcement) -> None:
    story.punished()
    with pytest.raises(Missing, match="同意电子送达"):
        story.served(way="online")
    story.served(way="online", consented=True)
    assert "电子送达" in story.letter("service_return")
    assert story.state == "paying"


def test_the_table_speaks_plainly_and_every_step_has_its_article() -> None:
    assert [step.name for step in PROCEDURE.steps if not step.basis] == []
    refusals = [step for step in PROCEDURE.steps if step.name.startswith(("refuse", "decide_no", "drop"))]
    assert all(step.letter for step in refusals)
