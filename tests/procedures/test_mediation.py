"""People's mediation from a dispute to an archived file, with every consent it rests on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.access import steps_open_to
from santai.casework.actions import take_step
from santai.casework.chain import fault_in
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline, missing_from_citizen, staff_timeline
from santai.documents import letters
from santai.documents.models import DocumentKind as Doc
from santai.procedures.mediation import COMMITTEE, PROCEDURE
from santai.trust.actors import SYSTEM
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_party, make_practitioner, make_staff
from tests.procedures.mediation_story import (
    CITIZEN,
    CLERK,
    DISPUTE,
    HEAD,
    MEDIATOR,
    REASON,
    Mediation,
    agreed,
    at_the_table,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Mediation:
    return Mediation(town, monday)


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_neighbours_dispute_walks_from_application_to_archived_file(story: Mediation) -> None:
    story.apply().reply().accept().name().begin().meet()
    story.take(
        "invite", data={"name": "赵大爷", "relation": "relative", "applicant_agrees": True, "other_agrees": True}
    )
    story.meet().draft()
    story.at += timedelta(days=1)
    story.sign(due_on=story.today + timedelta(days=30))
    story.at += timedelta(days=31)
    story.take(
        "follow_up", data={"visited_on": story.today, "way": "visit", "finding": "正在拆除。", "due_on": story.today}
    )
    story.fulfil().archive()
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at, story.case.closed_at) == ("archived", None, story.at)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == [
        "mediation_registered",
        "mediation_invitation",
        "mediation_accepted",
        "mediation_rights",
        "mediation_agreement",
        "mediation_follow_up",
        "mediation_file_index",
    ]


def test_the_committee_keeps_the_case_and_the_mediator_handles_it(town: Town, monday: datetime) -> None:
    story = at_the_table(town, monday)
    assert (story.case.organisation, story.case.handler) == (town.mediation, town.staff[MEDIATOR])


def test_the_citizen_reads_the_story_in_plain_words(town: Town, monday: datetime) -> None:
    told = [line.sentence for line in citizen_timeline(agreed(town, monday).case)]
    assert "双方都愿意调解，已经受理，一般在一个月内调解完。" in told
    assert "调解协议从3月2日起生效，双方都要履行。30日内双方可以一起申请司法确认；确认后可以强制执行。" in told
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_the_citizen_is_asked_to_apply_and_then_waits(story: Mediation) -> None:
    assert "可以申请人民调解" in missing_from_citizen(story.case)[0].sentence
    story.apply()
    assert missing_from_citizen(story.case) == []


def test_the_order_behind_the_mediation_goes_on_when_there_is_an_agreement(town: Town, monday: datetime) -> None:
    order = make_case(monday, applicant=make_party(), organisation=town.mediation)
    data = {"organisation": town.mediation.pk, "reasons": "邻里纠纷"}
    take_step(order, "dispatch", actor=SYSTEM, data=data, at=monday)
    take_step(order, "claim", actor=town.actor(MEDIATOR), at=monday)
    take_step(order, "refer", actor=town.actor(MEDIATOR), data={"procedure": "mediation"}, at=monday)
    story = Mediation.__new__(Mediation)
    story.town, story.at, story.case = town, monday, order.children.get()
    story.citizen = town.actor(CLERK)
    story.take("apply", CLERK, DISPUTE)
    story.reply().accept().name().begin().meet().draft()
    order.refresh_from_db()
    assert order.state == "referred"
    story.sign()
    order.refresh_from_db()
    assert order.state == "finished"
    assert "人民调解：已达成协议" in order.log.latest("number").told


# --- registration -------------------------------------------------------------------------------------------------


def test_an_applicant_a_clerk_and_a_mediator_may_bring_the_dispute_in(story: Mediation) -> None:
    open_to = {
        role: {s.name for s in steps_open_to(story.case, story.actor(role), at=story.at)}
        for role in (CITIZEN, CLERK, MEDIATOR)
    }
    assert "apply" in open_to[CITIZEN] & open_to[CLERK]
    assert "register" in open_to[CLERK] & open_to[MEDIATOR]
    assert "register" not in open_to[CITIZEN]


@pytest.mark.parametrize("lacking", ["other_name", "story", "request", "dispute"])
def test_a_dispute_is_not_registered_without_the_other_side_the_story_and_the_wish(
    story: Mediation, lacking: str
) -> None:
    with pytest.raises(Missing) as refusal:
        story.take("apply", CITIZEN, {key: value for key, value in DISPUTE.items() if key != lacking})
    assert set(refusal.value.fields) == {lacking}


@pytest.mark.parametrize("origin", ["court_delegated", "police", "petition"])
def test_who_hands_a_dispute_over_is_named(story: Mediation, origin: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.register(origin, sender="")
    assert set(refusal.value.fields) == {"sender"}
    story.register(origin)
    assert "道里区人民法院" in story.letter("mediation_registered")


def test_a_dispute_goes_to_a_professional_committee_and_its_mediators(story: Mediation, town: Town) -> None:
    traffic = make_organisation("mediation", name="道路交通事故人民调解委员会")
    colleague = make_staff(MEDIATOR, traffic)
    with pytest.raises(Missing, match="不是人民调解委员会"):
        story.take("hand_to_committee", data={"committee": town.firm.pk, **REASON})
    with pytest.raises(Missing, match="已经在这个调委会"):
        story.take("hand_to_committee", data={"committee": town.mediation.pk, **REASON})
    story.apply().take("hand_to_committee", data={"committee": traffic.pk, **REASON})
    town.staff[MEDIATOR] = colleague
    town.staff[HEAD] = make_staff(HEAD, traffic)
    make_practitioner(colleague, traffic, kind="mediator")
    story.reply().accept().name()
    assert (story.case.organisation, story.case.handler) == (traffic, colleague)


def test_whoever_does_not_apply_leaves_nothing_open(story: Mediation) -> None:
    story.take("not_applied", data=REASON)
    assert story.state == "withdrawn"


# --- consent ------------------------------------------------------------------------------------------------------


def test_nobody_is_mediated_before_both_sides_agreed(story: Mediation) -> None:
    story.apply()
    with pytest.raises(Missing, match="对方还没有同意调解"):
        story.accept()
    story.reply("refuses")
    with pytest.raises(Missing, match="对方还没有同意调解"):
        story.accept()
    story.reply("agrees").accept()
    assert story.state == "accepted"


def test_the_committees_own_initiative_needs_the_consent_of_the_first_side_too(story: Mediation) -> None:
    story.register("own_initiative", sender="", applicant_agrees=False).reply()
    with pytest.raises(Missing, match="申请的一方还没有同意调解"):
        story.accept()
    story.take("agree_to_mediate", CITIZEN)
    with pytest.raises(NotFromHere):
        story.take("agree_to_mediate", CITIZEN)
    story.accept()
    assert story.state == "accepted"


def test_a_reply_is_recorded_only_after_the_question(story: Mediation) -> None:
    story.apply()
    with pytest.raises(NotFromHere, match="征询"):
        story.take("record_reply", data={"side": "other", "reply": "agrees", "replied_on": story.today})


def test_whoever_refused_once_is_not_mediated_again_without_a_fresh_consent(town: Town, monday: datetime) -> None:
    party = make_party()
    first = at_the_table(town, monday, applicant=party)
    first.take("stop", CITIZEN)
    second = Mediation(town, monday, applicant=party).apply().reply()
    with pytest.raises(Missing, match=first.case.code) as refusal:
        second.accept()
    assert set(refusal.value.fields) == {"fresh_consent"}
    second.accept(data={"fresh_consent": "双方今天上午到司法所，都表示愿意再谈。"})
    assert second.state == "accepted"


def test_another_dispute_of_the_same_person_is_not_held_up_by_a_refusal(town: Town, monday: datetime) -> None:
    party = make_party()
    at_the_table(town, monday, applicant=party).take("stop", CITIZEN)
    assert Mediation(town, monday, applicant=party).apply(other_name="王五").reply().accept().state == "accepted"


# --- mediators and rights -----------------------------------------------------------------------------------------


def test_the_parties_choice_of_a_mediator_is_kept_or_answered_with_a_reason(town: Town, story: Mediation) -> None:
    other = make_practitioner(make_staff(MEDIATOR, town.mediation), town.mediation, kind="mediator")
    story.apply().reply().accept()
    story.take("choose_mediator", CITIZEN, {"practitioner": other.pk, "both_wish": True})
    with pytest.raises(Missing, match=other.name) as refusal:
        story.name()
    assert set(refusal.value.fields) == {"why_other"}
    story.take("name_mediator", HEAD, data={"practitioner": other.pk, "not_involved": True})
    assert story.case.handler == other.user


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "lawyer"}, "不是人民调解员"),
        ({"standing": "suspended"}, "停止执业"),
        ({"name": "李大山"}, "应当回避"),
        ({"user": None}, "平台账号"),
    ],
)
def test_who_may_not_mediate_is_turned_away_with_the_reason(story: Mediation, change: dict, says: str) -> None:
    story.apply().reply().accept()
    mediator = story.mediator
    for field, value in change.items():
        setattr(mediator, field, value)
    mediator.save()
    with pytest.raises(Missing, match=says):
        story.take("name_mediator", HEAD, data={"practitioner": mediator.pk, "not_involved": True})


def test_a_mediator_of_another_committee_does_not_mediate_here(story: Mediation) -> None:
    home = make_organisation("mediation")
    stranger = make_practitioner(make_staff(MEDIATOR, home), home, kind="mediator")
    story.apply().reply().accept()
    with pytest.raises(Missing, match="不是.*的调解员"):
        story.take("name_mediator", HEAD, data={"practitioner": stranger.pk, "not_involved": True})


def test_a_mediator_declares_that_they_are_not_involved(story: Mediation) -> None:
    story.apply().reply().accept()
    with pytest.raises(Missing) as refusal:
        story.take("name_mediator", HEAD, data={"practitioner": story.mediator.pk})
    assert set(refusal.value.fields) == {"not_involved"}


def test_a_party_may_ask_for_another_mediator_and_gets_one(town: Town, monday: datetime) -> None:
    story = at_the_table(town, monday)
    story.take("ask_replacement", CITIZEN, {"explanation": "调解员是对方的老同学。"})
    change = {"not_involved": True, **REASON}
    with pytest.raises(Missing, match="同一个人"):
        story.take("replace_mediator", Role.SUPERVISOR, {"practitioner": story.mediator.pk, **change})
    other = make_practitioner(make_staff(MEDIATOR, town.mediation), town.mediation, kind="mediator")
    story.take("replace_mediator", Role.SUPERVISOR, {"practitioner": other.pk, **change})
    assert (story.state, story.case.handler) == ("mediating", other.user)
    with pytest.raises(NotYou):
        story.meet()


def test_no_session_is_held_before_both_sides_know_their_rights(story: Mediation) -> None:
    story.apply().reply().accept().name()
    with pytest.raises(NotFromHere):
        story.meet()
    told = {"told_on": story.today, "way": "speech", "told_applicant": True}
    with pytest.raises(Missing) as refusal:
        story.take("tell_rights", data=told)
    assert set(refusal.value.fields) == {"told_other"}
    story.begin().meet()
    assert "随时要求终止调解" in story.letter("mediation_rights")


def test_a_session_is_recorded_with_its_paper(town: Town, monday: datetime) -> None:
    story = at_the_table(town, monday)
    session = {"held_on": story.today, "way": "online", "present": "双方", "record": "双方在线说明了情况。"}
    with pytest.raises(Missing, match="调解笔录"):
        story.take("hold_session", data=session)
    with pytest.raises(Missing, match="不能晚于今天"):
        story.take(
            "hold_session", MEDIATOR, {**session, "held_on": story.today + timedelta(days=1)}, Doc.MEDIATION_RECORD
        )


def test_relatives_and_experts_join_only_when_both_sides_agree(town: Town, monday: datetime) -> None:
    story = at_the_table(town, monday)
    with pytest.raises(Missing) as refusal:
        story.take("invite", data={"name": "赵大爷", "relation": "relative", "applicant_agrees": True})
    assert set(refusal.value.fields) == {"other_agrees"}


# --- roles and the table ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [CITIZEN, CLERK, Role.LAWYER, Role.SUPERVISOR, Role.SYSTEM])
@pytest.mark.parametrize("step", ["accept", "decline"])
def test_nobody_but_the_committee_accepts_or_declines(story: Mediation, role: Role, step: str) -> None:
    story.apply().reply()
    with pytest.raises(NotYou):
        story.take(step, role, {"reason": "not_civil", "route": "区政府信访局", **REASON})


def test_a_stranger_and_the_other_committees_mediator_see_nothing(story: Mediation, town: Town) -> None:
    home = make_organisation("mediation")
    town.staff[MEDIATOR] = make_staff(MEDIATOR, home)
    assert steps_open_to(story.case, story.actor(MEDIATOR), at=story.at) == []


def test_mediation_asks_nobody_for_money() -> None:
    fields = [
        name + str(field.label)
        for step in PROCEDURE.steps
        if step.form
        for name, field in step.form.base_fields.items()
    ]
    assert [field for field in fields if any(word in field for word in ("fee", "费", "price"))] == []


def test_every_refusal_and_termination_names_a_person_a_reason_a_letter_and_a_way_on() -> None:
    for name in ("decline", "terminate", "not_performed"):
        step = PROCEDURE.step(name)
        assert step.letter
        assert step.allowed_roles <= COMMITTEE
        assert {"reason", "ground"} & set(step.form.base_fields)


def test_every_letter_of_the_table_has_a_template_and_every_template_a_step() -> None:
    named = {step.letter for step in PROCEDURE.steps} - {""}
    assert named == {kind for kind in letters.kinds() if kind.startswith("mediation_")}


def test_every_state_belongs_to_one_stage() -> None:
    members = [state for states in PROCEDURE.stages.values() for state in states]
    assert sorted(members) == sorted(PROCEDURE.states.values)


def test_every_unconfirmed_limit_is_marked_and_can_be_replaced() -> None:
    for clock in PROCEDURE.clocks:
        assert clock.id
        assert ("待核" in clock.basis or "默认值" in clock.basis) == (clock.confidence == "U"), clock.name
    assert len({clock.id for clock in PROCEDURE.clocks}) == len(PROCEDURE.clocks)


def test_how_to_reach_the_other_side_is_sealed_and_read_by_those_who_may_see_the_case(story: Mediation) -> None:
    story.apply()
    entry = story.case.log.get(step="apply")
    assert DISPUTE["other_contact"] not in str(entry.data) + str(story.case.facts)
    assert DISPUTE["other_contact"] in {told for line in staff_timeline(story.case) for _, told in line.details}
