"""Mediation by an administrative organ: its own officials, a head who decides, both sides willing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.notices.models import Notice
from santai.procedures.administrative_mediation import PROCEDURE
from santai.procedures.forms import administrative_mediation as own
from santai.procedures.forms.mediation import END_GROUNDS
from santai.procedures.rules.administrative_mediation import ROUTES, USUAL_ROUTE
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_case, make_organisation, make_party, make_staff
from tests.procedures.legal_aid_story import Story
from tests.procedures.mediation_story import ALARM, DRAFT, END, FILE, REASON, SESSION, on

pytestmark = pytest.mark.django_db
OFFICIAL, HEAD, CITIZEN = Role.SUPERVISOR, Role.BUREAU_HEAD, Role.APPLICANT
DISPUTE = {
    "dispute": "lawyer_fee",
    "other_name": "某某律师事务所",
    "other_contact": "中山路8号",
    "story": "律师没有出庭，退费谈不拢，要求退一半。",
    "request": "退还代理费一万元。",
}
LONGER = {"applicant_agrees": True, "other_agrees": True, "reason": "等所里开合伙人会议。", "amount": 10}


class Talks(Story):
    def __init__(self, town: Town, at: datetime, **fields: Any) -> None:
        self.town, self.at = town, at
        self.case = make_case(at, procedure="administrative_mediation", applicant=make_party(**fields))
        self.citizen = Actor.applicant(self.case.applicant_id)

    def actor(self, role: Role | User) -> Actor:
        if isinstance(role, User):
            return Actor.staff(User.objects.get(pk=role.pk))
        return super().actor(role)

    def take(self, name: str, role: Any = OFFICIAL, data: Mapping[str, Any] | None = None, *rest: Any, **more: Any):
        return super().take(name, role, data, *rest, **more)

    def apply(self, **changes: Any) -> Talks:
        self.take("apply", CITIZEN, {**DISPUTE, **changes})
        return self

    def reply(self, reply: str = "agrees") -> Talks:
        self.take("ask_other_side", data={"way": "phone", "asked_on": self.today})
        self.take("record_reply", data={"side": "other", "reply": reply, "replied_on": self.today})
        return self

    def accept(self) -> Talks:
        self.take("accept", data={})
        return self

    def name(self, who: User | None = None) -> Talks:
        chosen = who or self.town.staff[OFFICIAL]
        self.take("name_official", HEAD, {"handler": chosen.pk, "not_involved": True})
        return self

    def begin(self) -> Talks:
        told = {"told_on": self.today, "way": "speech", "told_applicant": True, "told_other": True}
        self.take("tell_rights", data=told)
        return self

    def meet(self) -> Talks:
        self.take("hold_session", OFFICIAL, {**SESSION, "held_on": self.today}, Doc.MEDIATION_RECORD)
        return self

    def sign(self) -> Talks:
        self.take("draft_agreement", data=DRAFT)
        names = ("applicant_signed_on", "other_signed_on", "mediator_signed_on", "sealed_on", "due_on")
        self.take("take_effect", OFFICIAL, dict.fromkeys(names, self.today), Doc.MEDIATION_AGREEMENT)
        return self

    def agreed(self) -> Talks:
        return self.apply().reply().accept().name().begin().meet().sign()


@pytest.fixture
def story(town: Town, monday: datetime) -> Talks:
    return Talks(town, monday)


@pytest.fixture
def table(story: Talks) -> Talks:
    return story.apply().reply().accept().name().begin()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_fee_dispute_walks_to_the_archived_file(story: Talks) -> None:
    story.agreed().take("performed", data={"performed_on": story.today, "finding": "当场退还五千元。"})
    story.take("archive", OFFICIAL, FILE, Doc.IDENTITY, Doc.CASE_FILE)
    assert story.state == "archived"
    assert story.letters == [
        "administrative_mediation_registered",
        "administrative_mediation_accepted",
        "administrative_mediation_rights",
        "administrative_mediation_agreement",
    ]


def test_the_bureau_holds_the_case_and_the_named_official_handles_it(story: Talks) -> None:
    story.agreed()
    assert (story.case.organisation, story.case.handler) == (story.town.bureau, story.town.staff[OFFICIAL])


def test_the_agreement_may_go_to_the_court_and_comes_back(story: Talks) -> None:
    story.agreed().take("confirm_in_court", CITIZEN)
    child = story.case.children.get()
    assert (child.procedure, PROCEDURE.has_answered(story.state)) == ("judicial_confirmation", True)
    with pytest.raises(NotFromHere, match="正在办理|已经在办理"):
        story.take("confirm_in_court", CITIZEN)


def test_whoever_mediated_follows_the_agreement_at_the_court_and_no_other_supervisor_does(story: Talks) -> None:
    story.agreed().take("confirm_in_court", CITIZEN)
    child = story.case.children.get()
    assert (child.organisation, child.handler) == (story.town.bureau, story.town.staff[OFFICIAL])
    check = {"effective_on": story.today, "court_by": "body", "court": "道里区人民法院"}
    elsewhere = make_staff(OFFICIAL, make_organisation("bureau", region="2301"))
    with pytest.raises(NotFromHere, match="主持调解的组织"):
        take_step(child, "check_agreement", actor=story.actor(elsewhere), data=check, at=story.at)
    official = story.actor(story.town.staff[OFFICIAL])
    take_step(child, "check_agreement", actor=official, data=check, at=story.at)
    child.refresh_from_db()
    assert {"cannot_apply", "submit"} <= {step.name for step in steps_open_to(child, official, at=story.at)}


# --- who may act --------------------------------------------------------------------------------------------------


def test_a_supervisor_of_another_bureau_has_no_row_here(story: Talks) -> None:
    province = make_staff(OFFICIAL, make_organisation("bureau", region="23"))
    story.apply()
    actor = story.actor(province)
    assert steps_open_to(story.case, actor, at=story.at) == [
        step for step in steps_open_to(story.case, actor, at=story.at) if step.name in {"supplement", "raise_alarm"}
    ]
    with pytest.raises(NotFromHere, match="另一个机关"):
        story.take("accept", province, {})


def test_once_named_only_that_official_mediates(table: Talks) -> None:
    colleague = make_staff(OFFICIAL, table.town.bureau)
    with pytest.raises(NotFromHere, match="另一位调解人员"):
        table.take("draft_agreement", colleague, DRAFT)


@pytest.mark.parametrize("step", ["name_official", "replace_official", "keep_official", "extend_days", "call_complex"])
def test_an_official_does_not_take_the_heads_decisions(step: str) -> None:
    assert PROCEDURE.step(step).allowed_roles == {HEAD}


def test_nobody_from_elsewhere_and_nobody_who_acted_in_the_matter_is_named(story: Talks) -> None:
    story.apply().reply().accept()
    stranger = make_staff(OFFICIAL, make_organisation("bureau"))
    for who in (stranger, story.town.staff[Role.MEDIATOR]):
        with pytest.raises(Missing, match="不是本机关的工作人员"):
            story.name(who)
    earlier = Talks(story.town, story.at)
    earlier.case.applicant = story.case.applicant
    earlier.case.save()
    earlier.citizen = story.citizen
    colleague = make_staff(OFFICIAL, story.town.bureau)
    earlier.apply().take("ask_other_side", colleague, {"way": "phone", "asked_on": story.today})
    with pytest.raises(Missing, match="应当回避"):
        story.name(colleague)


def test_recusal_is_answered_by_the_head_with_a_reason_or_another_official(table: Talks) -> None:
    with pytest.raises(NotFromHere, match="没有待答复"):
        table.take("keep_official", HEAD, REASON)
    table.take("ask_replacement", CITIZEN, REASON)
    assert Notice.objects.filter(user=table.town.staff[HEAD], text__contains="申请回避").exists()
    table.take("keep_official", HEAD, REASON)
    assert "随时要求终止" in table.letter("administrative_mediation_not_replaced")
    change = {"not_involved": True, **REASON}
    with pytest.raises(Missing, match="同一个人"):
        table.take("replace_official", HEAD, {"handler": table.town.staff[OFFICIAL].pk, **change})
    colleague = make_staff(OFFICIAL, table.town.bureau)
    table.take("replace_official", HEAD, {"handler": colleague.pk, **change})
    assert table.case.handler == colleague


# --- not accepted, handed on, withdrawn ---------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [key for key, _ in own.DECLINE_REASONS])
def test_a_refusal_says_why_and_where_else_to_go(story: Talks, reason: str) -> None:
    replies = {"refused": "refuses", "unreachable": "unreachable"}
    story.apply().reply(replies.get(reason, "agrees"))
    story.take("decline", data={"reason": reason, "route": "道里区人民法院立案庭", **REASON})
    body = story.letter("administrative_mediation_not_accepted")
    for words in (dict(own.DECLINE_REASONS)[reason], "立案庭", "12348", "行政复议"):
        assert words in body


@pytest.mark.parametrize("lacking", ["reason", "explanation", "route"])
def test_a_refusal_without_reason_or_route_is_not_taken(story: Talks, lacking: str) -> None:
    data = {"reason": "out_of_scope", "route": "区政府信访局", **REASON}
    story.apply()
    with pytest.raises(Missing) as refusal:
        story.take("decline", data={key: value for key, value in data.items() if key != lacking})
    assert set(refusal.value.fields) == {lacking}


def test_nobody_is_mediated_against_their_will(story: Talks) -> None:
    story.apply().reply("refuses")
    with pytest.raises(Missing, match="对方还没有同意"):
        story.accept()


def test_a_dispute_goes_to_the_organ_that_is_competent(story: Talks) -> None:
    other = make_organisation("bureau", name="南岗区司法局")
    data = {"organ": "南岗区司法局", **REASON}
    story.apply()
    for body, words in (("", "没有选择"), (story.town.firm.pk, "不是行政机关"), (story.town.bureau.pk, "已经在")):
        with pytest.raises(Missing, match=words):
            story.take("hand_over", data={**data, "body": body})
    story.take("hand_over", data={**data, "body": other.pk})
    assert (story.state, story.case.organisation) == ("registered", other)
    assert "南岗区司法局" in story.letter("administrative_mediation_transferred")


def test_an_organ_that_is_not_on_the_platform_gets_a_letter(story: Talks) -> None:
    story.apply().take("hand_out", data={"organ": "区市场监督管理局", **REASON})
    assert story.state == "moved"
    assert "区市场监督管理局" in story.letter("administrative_mediation_transferred")


@pytest.mark.parametrize("far", ["requested", "registered", "accepted", "named"])
def test_the_person_withdraws_until_the_talks_begin(story: Talks, far: str) -> None:
    for state, go in (("registered", story.apply), ("accepted", lambda: story.reply().accept()), ("named", story.name)):
        if story.state != far:
            go()
            assert story.state == state
    story.take("withdraw", CITIZEN, {})
    assert story.state == "withdrawn"


def test_whoever_does_not_apply_leaves_nothing_open(story: Talks) -> None:
    story.take("not_applied", data=REASON)
    assert story.state == "withdrawn"


# --- endings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [key for key, _ in END_GROUNDS if key != "expired"])
def test_talks_that_fail_show_the_ways_that_are_left(table: Talks, ground: str) -> None:
    table.take("terminate", data={**END, "ground": ground})
    body = table.letter("administrative_mediation_terminated")
    for words in (dict(END_GROUNDS)[ground], USUAL_ROUTE, "法律援助"):
        assert words in body


@pytest.mark.parametrize("kind", sorted(ROUTES))
def test_about_the_organs_own_acts_review_and_suit_stay_open(town: Town, monday: datetime, kind: str) -> None:
    talks = Talks(town, monday).apply(dispute=kind).reply().accept().name().begin()
    talks.take("stop", CITIZEN, {})
    assert "行政复议" in talks.letter("administrative_mediation_terminated")
    assert talks.state == "failed"


def test_the_time_is_not_over_before_it_is(table: Talks) -> None:
    with pytest.raises(Missing, match="还没有届满"):
        table.take("terminate", data={**END, "ground": "expired"})
    table.take("terminate", data={**END, "ground": "expired"}, after=40)


def test_an_agreement_that_is_not_kept_leads_to_the_court(story: Talks) -> None:
    story.agreed()
    data = {"reason": "not_performed", "owed": "五千元没有退。", "urged_on": story.today}
    with pytest.raises(Missing, match="还没有届满"):
        story.take("not_performed", data=data)
    story.take("not_performed", data=data, after=2)
    assert "人民法院起诉" in story.letter("administrative_mediation_not_performed")


def test_danger_goes_to_the_police_before_anything_else(table: Talks) -> None:
    table.take("raise_alarm", data=ALARM)
    assert table.case.urgency == Case.Urgency.URGENT
    with pytest.raises(NotFromHere, match="公安机关"):
        table.meet()
    table.take("report_police", data={"station": "道里分局", "way": "110"})
    assert "本机关正在调解" in table.letter("administrative_mediation_police_report")
    table.meet()


def test_an_applicant_takes_no_step_of_the_organ(story: Talks) -> None:
    story.apply()
    for step in ("accept", "decline", "hand_out"):
        with pytest.raises(NotYou):
            story.take(step, CITIZEN, {})


# --- clocks -------------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> Talks:
    """Monday 28 September 2026. National Day is 1 to 7 October; 10 October is a working Saturday."""
    import_package_years([2026])
    return Talks(town, on(9, 28))


def test_five_working_days_to_accept_and_five_more_for_a_complex_dispute(autumn: Talks) -> None:
    autumn.apply()
    assert autumn.clock("acceptance").due_on == date(2026, 10, 10)
    autumn.take("call_complex", HEAD, {"explanation": "涉及三家律所。"}, on=on(10, 9))
    assert autumn.clock("acceptance").due_on == date(2026, 10, 16)
    with pytest.raises(NotFromHere, match="延长过"):
        autumn.take("call_complex", HEAD, {"explanation": "还是很复杂。"})


def test_what_is_not_ours_is_handed_on_in_three_working_days(autumn: Talks) -> None:
    autumn.apply()
    assert autumn.clock("transfer").due_on == date(2026, 10, 8)
    autumn.take("hand_out", data={"organ": "区市场监督管理局", **REASON}, on=on(10, 8))
    assert autumn.clock("transfer").condition == "met"


def test_thirty_days_of_talks_roll_over_the_holiday_and_are_lengthened_by_both(town: Town) -> None:
    import_package_years([2026])
    talks = Talks(town, on(9, 3)).apply().reply().accept().name().begin()
    assert talks.clock("mediation").due_on == date(2026, 10, 8)
    talks.take("ask_extension", data=REASON)
    for side in ("applicant_agrees", "other_agrees"):
        with pytest.raises(Missing):
            talks.take("extend_days", HEAD, {**LONGER, side: False})
    talks.take("extend_days", HEAD, LONGER)
    assert talks.clock("mediation").due_on == date(2026, 10, 13)


def test_time_that_is_over_is_not_lengthened(table: Talks) -> None:
    with pytest.raises(Missing, match="已经届满"):
        table.take("extend_days", HEAD, LONGER, after=60)


def test_recusal_is_answered_in_three_working_days_and_police_hear_within_the_hour(autumn: Talks) -> None:
    autumn.apply().reply().accept().name().take("ask_replacement", CITIZEN, REASON, on=on(9, 30))
    assert autumn.clock("replacement").due_on == date(2026, 10, 10)
    autumn.take("raise_alarm", data=ALARM, on=on(10, 1, 23, minute=30))
    assert autumn.clock("police").due_at == on(10, 2, 0, minute=30)


def test_confirmation_follow_up_and_file_have_their_days(autumn: Talks) -> None:
    autumn.agreed()
    assert autumn.clock("confirmation_window").due_on == date(2026, 10, 28)
    assert autumn.clock("follow_up").due_on == date(2026, 10, 13)
    autumn.take("performed", data={"performed_on": autumn.today, "finding": "当场退还。"})
    assert autumn.clock("archive").due_on == date(2026, 10, 28)
