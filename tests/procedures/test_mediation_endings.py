"""How a mediation ends: an agreement in writing or by word, none, one that is not kept; and a whole file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.notices.models import Notice
from santai.procedures.forms import mediation as forms
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.mediation_story import (
    ALARM,
    CITIZEN,
    CLERK,
    DRAFT,
    END,
    FILE,
    MEDIATOR,
    REASON,
    Confirmation,
    Mediation,
    agreed,
    at_the_table,
)

pytestmark = pytest.mark.django_db
SIGNATURES = ("applicant_signed_on", "other_signed_on", "mediator_signed_on", "sealed_on")


@pytest.fixture
def story(town: Town, monday: datetime) -> Mediation:
    return Mediation(town, monday)


@pytest.fixture
def table(town: Town, monday: datetime) -> Mediation:
    return at_the_table(town, monday)


@pytest.fixture
def signed(town: Town, monday: datetime) -> Mediation:
    return agreed(town, monday)


# --- not accepted -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [key for key, _ in forms.DECLINE_REASONS])
def test_a_refusal_says_why_and_where_else_to_go(story: Mediation, reason: str) -> None:
    replies = {"refused": "refuses", "unreachable": "unreachable"}
    story.apply().reply(replies.get(reason, "agrees"))
    story.take("decline", data={"reason": reason, "route": "道里区人民法院立案庭", **REASON})
    assert story.state == "not_accepted"
    body = story.letter("mediation_not_accepted")
    assert dict(forms.DECLINE_REASONS)[reason] in body
    assert "道里区人民法院立案庭" in body


@pytest.mark.parametrize("lacking", ["reason", "explanation", "route"])
def test_a_refusal_without_reason_explanation_or_route_is_not_taken(story: Mediation, lacking: str) -> None:
    data = {"reason": "not_civil", "route": "区政府信访局", **REASON}
    story.apply()
    with pytest.raises(Missing) as refusal:
        story.take("decline", data={key: value for key, value in data.items() if key != lacking})
    assert set(refusal.value.fields) == {lacking}


def test_a_refusal_by_the_other_side_is_on_record_before_it_is_the_reason(story: Mediation) -> None:
    story.apply()
    with pytest.raises(Missing, match="没有“明确拒绝调解”的记录"):
        story.take("decline", data={"reason": "refused", "route": "道里区人民法院", **REASON})


def test_who_handed_the_dispute_over_reads_that_it_was_not_accepted(story: Mediation) -> None:
    story.register("petition", sender="道里区信访局").take(
        "decline", data={"reason": "not_civil", "route": "区政府信访局", **REASON}
    )
    assert "道里区信访局：" in story.letter("mediation_not_accepted")


@pytest.mark.parametrize("far", ["requested", "registered", "accepted", "named"])
def test_an_application_can_be_withdrawn_until_the_talks_begin(story: Mediation, far: str) -> None:
    for state, go in (("registered", story.apply), ("accepted", lambda: story.reply().accept()), ("named", story.name)):
        if story.state != far:
            go()
            assert story.state == state or far != state
    story.take("withdraw", CITIZEN)
    assert story.state == "withdrawn"


# --- a written agreement ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", SIGNATURES)
def test_an_agreement_takes_effect_only_with_every_signature_and_the_seal(table: Mediation, lacking: str) -> None:
    table.meet().draft()
    with pytest.raises(Missing) as refusal:
        table.sign(**{lacking: ""})
    assert set(refusal.value.fields) == {lacking}
    assert table.state == "signing"


def test_all_missing_signatures_are_named_at_once(table: Mediation) -> None:
    table.meet().draft()
    with pytest.raises(Missing) as refusal:
        table.sign(**dict.fromkeys(SIGNATURES, ""))
    assert set(refusal.value.fields) == set(SIGNATURES)


def test_an_agreement_without_the_signed_paper_does_not_take_effect(table: Mediation) -> None:
    table.meet().draft()
    with pytest.raises(Missing, match="调解协议书"):
        table.take("take_effect", data=table.signatures())


def test_the_last_signature_or_seal_is_the_day_of_effect(table: Mediation) -> None:
    table.meet().draft()
    table.at += timedelta(days=3)
    table.sign(
        applicant_signed_on=date(2026, 3, 2), other_signed_on=date(2026, 3, 4), mediator_signed_on=date(2026, 3, 4)
    )
    assert table.facts["agreement"]["effective_on"] == "2026-03-05"


def test_nobody_signs_tomorrow_and_nothing_is_due_before_the_effect(table: Mediation) -> None:
    table.meet().draft()
    with pytest.raises(Missing, match="不能晚于今天"):
        table.sign(sealed_on=table.today + timedelta(days=1))
    with pytest.raises(Missing, match="早于协议生效日"):
        table.sign(due_on=table.today - timedelta(days=1))


@pytest.mark.parametrize("year", [1, 1026, 9999])
def test_a_year_nobody_can_mean_is_turned_away_by_its_field(table: Mediation, year: int) -> None:
    table.meet().draft()
    with pytest.raises(Missing) as refusal:
        table.sign(due_on=date(year, 3, 2))
    assert refusal.value.fields == {"due_on": ["请核对年份。"]}


def test_an_agent_signs_only_with_authority(table: Mediation) -> None:
    table.meet().draft()
    with pytest.raises(Missing, match="代理权证明"):
        table.sign(by_agent=True)


def test_the_agreement_names_the_parties_the_facts_and_the_terms(table: Mediation) -> None:
    body = table.meet().draft().letter("mediation_agreement")
    for words in (table.case.applicant.name, "李大山", DRAFT["facts"], DRAFT["terms"], "30日内"):
        assert words in body


def test_an_agreement_that_is_changed_is_talked_about_and_drafted_again(table: Mediation) -> None:
    table.meet().draft().take("reopen_talks", data=REASON)
    assert table.state == "mediating"
    table.draft().sign()
    assert table.state == "agreed"


@pytest.mark.parametrize("role", [CITIZEN, CLERK, Role.SUPERVISOR, Role.SYSTEM])
def test_nobody_but_the_mediator_declares_an_agreement_effective(table: Mediation, role: Role) -> None:
    table.meet().draft()
    with pytest.raises(NotYou):
        table.take("take_effect", role, table.signatures(), Doc.MEDIATION_AGREEMENT)


# --- an oral agreement --------------------------------------------------------------------------------------------


def test_an_oral_agreement_is_registered_and_effective_the_same_day(table: Mediation) -> None:
    table.meet().agree_orally()
    assert (table.state, table.facts["agreement"]["effective_on"]) == ("agreed", table.today.isoformat())
    assert DRAFT["terms"] in table.letter("mediation_oral_agreement")
    table.fulfil().archive()
    assert "口头协议登记表" in table.facts["contents"]


def test_an_oral_agreement_needs_both_sides_to_want_no_paper(table: Mediation) -> None:
    with pytest.raises(Missing) as refusal:
        table.agree_orally(no_writing_wanted=False)
    assert set(refusal.value.fields) == {"no_writing_wanted"}


def test_an_oral_agreement_goes_to_court_only_after_it_was_written_down(table: Mediation) -> None:
    table.meet().agree_orally()
    with pytest.raises(NotFromHere, match="口头协议"):
        table.take("confirm_in_court", CITIZEN)
    table.at += timedelta(days=2)
    table.take("put_in_writing", MEDIATOR, {**DRAFT, **table.signatures()}, Doc.MEDIATION_AGREEMENT)
    with pytest.raises(NotFromHere, match="书面"):
        table.take("put_in_writing", MEDIATOR, {**DRAFT, **table.signatures()}, Doc.MEDIATION_AGREEMENT)
    table.take("confirm_in_court", CITIZEN)
    assert table.facts["agreement"]["effective_on"] == table.today.isoformat()


# --- no agreement -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [key for key, _ in forms.END_GROUNDS if key != "expired"])
def test_every_ground_ends_the_talks_with_a_letter_that_names_the_ways_on(table: Mediation, ground: str) -> None:
    table.take("terminate", data={**END, "ground": ground})
    assert table.state == "failed"
    body = table.letter("mediation_terminated")
    assert dict(forms.END_GROUNDS)[ground] in body
    for way in ("人民法院起诉", "申请仲裁", "行政机关"):
        assert way in body


def test_the_time_is_used_up_only_when_it_is_used_up(table: Mediation) -> None:
    with pytest.raises(Missing, match="还没有届满"):
        table.take("terminate", data={**END, "ground": "expired"})
    table.take("terminate", data={**END, "ground": "expired"}, after=32)
    assert table.state == "failed"


def test_a_party_may_end_the_talks_at_any_time_without_a_reason(table: Mediation) -> None:
    table.take("stop", CITIZEN)
    assert (table.state, table.facts["is_refused"]) == ("failed", True)
    assert "要求终止" in table.letter("mediation_terminated")


def test_a_signature_refused_ends_in_no_agreement(table: Mediation) -> None:
    table.meet().draft().take("terminate", data={**END, "ground": "no_signature"})
    table.archive()
    assert "调解协议书" not in table.facts["contents"]
    assert "终止调解通知书" in table.facts["contents"]


def test_a_labour_dispute_that_fails_is_shown_the_way_to_arbitration(town: Town, monday: datetime) -> None:
    story = Mediation(town, monday).apply(dispute="labour").reply()
    story.accept("accept_labour", {"applied_on": story.today}).name().begin()
    story.take("terminate", data=END)
    assert "劳动争议仲裁委员会" in story.letter("mediation_terminated")


# --- danger -------------------------------------------------------------------------------------------------------


def test_a_danger_makes_the_case_urgent_tells_the_bureau_and_stops_the_talks_until_the_police_know(
    table: Mediation,
) -> None:
    table.take("raise_alarm", data=ALARM)
    assert table.case.urgency == Case.Urgency.URGENT
    assert Notice.objects.filter(case_code=table.case.code, user=table.town.staff[Role.SUPERVISOR]).exists()
    with pytest.raises(NotFromHere, match="激化预警"):
        table.meet()
    with pytest.raises(NotFromHere, match="激化预警"):
        table.draft()
    table.take("report_police", data={"station": "道里分局新阳派出所", "way": "110"})
    assert "新阳派出所" in table.letter("mediation_police_report")
    table.meet()


def test_the_police_are_not_told_of_a_danger_nobody_saw_and_the_citizen_does_not_read_of_it(table: Mediation) -> None:
    with pytest.raises(NotFromHere):
        table.take("report_police", data={"station": "派出所", "way": "110"})
    assert table.take("raise_alarm", CLERK, ALARM).told == ""


# --- performance --------------------------------------------------------------------------------------------------


def test_an_agreement_that_is_not_kept_leads_to_court(signed: Mediation) -> None:
    broken = {"reason": "not_performed", "owed": "占道的围墙还没有拆。", "urged_on": signed.today}
    with pytest.raises(Missing, match="还没有届满"):
        signed.take("not_performed", data=broken)
    signed.take("not_performed", data=broken, after=1)
    body = signed.letter("mediation_not_performed")
    assert "向人民法院起诉" in body
    assert "支付令" not in body
    signed.take("leave_to_court", data=REASON)
    signed.archive()
    assert signed.state == "archived"


def test_wages_agreed_and_not_paid_may_be_claimed_by_a_payment_order(town: Town, monday: datetime) -> None:
    story = Mediation(town, monday).apply(dispute="labour").reply()
    story.accept("accept_labour", {"applied_on": story.today}).name().begin().meet().draft().sign()
    story.take(
        "not_performed", data={"reason": "not_performed", "owed": "欠薪8000元。", "urged_on": story.today}, after=1
    )
    assert "支付令" in story.letter("mediation_not_performed")


def test_a_confirmed_agreement_that_is_not_kept_leads_to_execution(signed: Mediation) -> None:
    Confirmation(signed).check().submit().filed().confirm()
    signed.reload()
    data = {"reason": "not_performed", "owed": "围墙还没有拆。", "urged_on": signed.today}
    signed.take("not_performed", data=data, after=1)
    assert "申请强制执行" in signed.letter("mediation_not_performed")
    signed.fulfil()
    assert signed.state == "fulfilled"


def test_a_dispute_about_the_agreement_need_not_wait_for_the_last_day(signed: Mediation) -> None:
    data = {"reason": "disputed", "owed": "对通道宽度的理解不同。", "urged_on": signed.today}
    signed.take("not_performed", data=data)
    assert signed.state == "unperformed"


# --- replies and the file -----------------------------------------------------------------------------------------


def test_a_court_gets_its_answer_before_the_file_is_closed(town: Town, monday: datetime) -> None:
    story = Mediation(town, monday).register("court_delegated").reply()
    story.accept_from_court("accept_delegated").name().begin().meet()
    story.take("terminate", data=END)
    assert "依法登记立案" in story.letter("mediation_terminated")
    with pytest.raises(Missing, match="给移交单位的复函"):
        story.archive()
    story.take("reply_to_sender", data={"result": "双方分歧太大，调解不成，请依法立案。", "papers_back": True})
    assert "材料随函退回" in story.letter("mediation_reply")
    with pytest.raises(NotFromHere):
        story.take("reply_to_sender", data={"result": "双方分歧太大，调解不成，请依法立案。"})
    story.archive()
    assert story.state == "archived"


def test_a_dispute_nobody_handed_over_needs_no_answer_to_anybody(signed: Mediation) -> None:
    with pytest.raises(NotFromHere):
        signed.take("reply_to_sender", data={"result": "已经达成协议，正在履行。"})


def test_a_file_is_not_closed_without_proof_of_identity(signed: Mediation) -> None:
    signed.fulfil()
    with pytest.raises(Missing, match="身份证明"):
        signed.take("archive", data=FILE)


def test_a_file_without_a_record_of_the_talks_names_it(table: Mediation) -> None:
    table.draft().sign().fulfil()
    with pytest.raises(Missing) as refusal:
        table.archive()
    assert refusal.value.problems == ["案卷缺少：调解记录"]
    table.archive(Doc.IDENTITY, Doc.MEDIATION_RECORD)
    assert table.state == "archived"


def test_the_index_of_the_file_lists_what_is_in_it(signed: Mediation) -> None:
    signed.fulfil().archive(Doc.IDENTITY, Doc.PERFORMANCE)
    body = signed.letter("mediation_file_index")
    for item in ("申请书或受理登记表", "权利义务告知书", "身份证明", "调解记录", "调解协议书", "履行凭证"):
        assert item in body
    assert "授权委托书" not in body
    assert "10年" in body
