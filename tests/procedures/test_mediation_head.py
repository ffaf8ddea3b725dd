"""What the head of a committee decides, where disputes come from, and what else the file must hold."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.notices.models import Notice
from santai.procedures.forms import mediation as forms
from santai.procedures.rules.mediation_agreement import contents_of
from santai.trust.models import Membership, User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import LONG_AGO, Town, make_organisation, make_practitioner, make_staff
from tests.procedures.mediation_story import (
    CITIZEN,
    HEAD,
    MEDIATOR,
    REASON,
    Mediation,
    agreed,
    at_the_table,
    on,
)

pytestmark = pytest.mark.django_db
LONGER = {"applicant_agrees": True, "other_agrees": True, "reason": "还要等测绘结果。", "amount": 1}
LOOKED = {"way": "visit", "asked": "村委会主任", "finding": "通道原来宽三米，现在剩一米。"}


@pytest.fixture
def table(town: Town, monday: datetime) -> Mediation:
    return at_the_table(town, monday)


# --- the head decides ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["name_mediator", "replace_mediator", "keep_mediator", "extend", "extend_days"])
def test_a_mediator_neither_appoints_nor_replaces_nor_lengthens(table: Mediation, step: str) -> None:
    with pytest.raises((NotYou, NotFromHere)):
        table.take(step, MEDIATOR, {})


def test_a_mediator_asks_for_more_time_and_the_head_grants_it(table: Mediation) -> None:
    table.take("ask_extension", MEDIATOR, REASON)
    assert Notice.objects.filter(user=table.town.staff[HEAD], text__contains="报请延长").exists()
    table.take("extend", HEAD, LONGER)
    assert "mediation_extended" in table.letters


def test_a_request_for_another_mediator_is_answered_by_the_head_with_a_reason(table: Mediation) -> None:
    with pytest.raises(NotFromHere, match="没有待答复"):
        table.take("keep_mediator", HEAD, REASON)
    table.take("ask_replacement", CITIZEN, REASON)
    with pytest.raises(Missing) as refusal:
        table.take("keep_mediator", HEAD, {"explanation": ""})
    assert set(refusal.value.fields) == {"explanation"}
    table.take("keep_mediator", HEAD, {"explanation": "经核实，调解员和对方没有亲属关系。"})
    body = table.letter("mediation_not_replaced")
    for words in ("没有亲属关系", "随时要求终止", "司法行政机关"):
        assert words in body
    with pytest.raises(NotFromHere):
        table.take("keep_mediator", HEAD, REASON)


def test_nobody_answers_a_request_about_themselves(table: Mediation) -> None:
    mediator = table.town.staff[MEDIATOR]
    Membership.objects.create(user=mediator, role=HEAD, organisation=table.town.mediation, since=LONG_AGO)
    table.take("ask_replacement", CITIZEN, REASON)
    table.town.staff[HEAD] = User.objects.get(pk=mediator.pk)
    with pytest.raises(NotYou, match="就是您本人"):
        table.take("keep_mediator", HEAD, REASON)
    table.take("keep_mediator", Role.SUPERVISOR, REASON)


def test_a_mediator_steps_back_and_the_head_names_another(table: Mediation) -> None:
    table.take("recuse_self", MEDIATOR, {"explanation": "我和申请人是表兄弟。"})
    town = table.town
    other = make_practitioner(make_staff(MEDIATOR, town.mediation), town.mediation, kind="mediator")
    table.take("replace_mediator", HEAD, {"practitioner": other.pk, "not_involved": True, **REASON})
    assert table.case.handler == other.user


def test_a_request_for_another_mediator_is_answered_in_three_working_days(town: Town) -> None:
    import_package_years([2026])
    table = at_the_table(town, on(9, 30))
    table.take("ask_replacement", CITIZEN, REASON)
    # 8 and 9 October, and the make-up Saturday.
    assert table.clock("replacement").due_on == date(2026, 10, 10)
    table.take("keep_mediator", HEAD, REASON, on=on(10, 10))
    assert table.clock("replacement").condition == "met"
    table.take("ask_replacement", CITIZEN, REASON, on=on(10, 12))
    assert table.clock("replacement").due_on == date(2026, 10, 15)


# --- where disputes come from -------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["police", "petition", "government", "own_initiative", "court_delegated"])
@pytest.mark.parametrize("kind", [key for key, _ in forms.UNSUITABLE])
def test_what_nobody_mediates_is_registered_and_not_accepted(
    town: Town, monday: datetime, origin: str, kind: str
) -> None:
    story = Mediation(town, monday).register(origin, unsuitable=[kind]).reply()
    step = "accept_delegated" if origin == "court_delegated" else "accept"
    with pytest.raises(Missing, match=dict(forms.UNSUITABLE)[kind]):
        story.accept(step, {"received_on": story.today}, Doc.HANDOVER)
    story.take("decline", data={"reason": "reserved", "route": "道里区人民法院立案庭", **REASON})
    assert story.state == "not_accepted"


@pytest.mark.parametrize("origin", ["police", "petition"])
def test_police_and_petition_hand_over_only_with_the_consent_of_both(town: Town, monday: datetime, origin: str) -> None:
    story = Mediation(town, monday).register(origin, sender="道里区信访局", applicant_agrees=False)
    story.reply()
    with pytest.raises(Missing, match="申请的一方还没有同意"):
        story.accept()
    story.take("agree_to_mediate", CITIZEN)
    story.accept()


def test_whoever_hands_over_is_named(town: Town, monday: datetime) -> None:
    with pytest.raises(Missing) as refusal:
        Mediation(town, monday).register("police", sender="")
    assert set(refusal.value.fields) == {"sender"}


def test_a_dispute_of_a_trade_is_told_of_the_committee_of_that_trade(town: Town, monday: datetime) -> None:
    make_organisation("mediation", name="道里区医疗纠纷人民调解委员会")
    story = Mediation(town, monday).apply(dispute="medical")
    assert "道里区医疗纠纷人民调解委员会" in story.letter("mediation_registered")
    other = Mediation(town, monday).apply()
    assert "医疗纠纷人民调解委员会" not in other.letter("mediation_registered")


# --- the file -----------------------------------------------------------------------------------------------------


def test_an_investigation_is_recorded_with_its_paper_and_sealed_source(table: Mediation) -> None:
    with pytest.raises(Missing, match="调查记录"):
        table.take("investigate", MEDIATOR, {**LOOKED, "done_on": table.today})
    table.take("investigate", MEDIATOR, {**LOOKED, "done_on": table.today}, Doc.INVESTIGATION)
    assert "村委会主任" not in repr(table.case.log.latest("number").data)


def test_the_contents_list_asks_for_what_was_done(town: Town, monday: datetime) -> None:
    story = agreed(town, monday)
    done = frozenset({"investigate", "follow_up", "hold_session", "tell_rights"})
    required = {item.label for item in contents_of(story.case, done) if item.is_required}
    assert {"调查记录", "回访记录", "调解记录", "权利义务告知书", "身份证明"} <= required
    fewer = {item.label for item in contents_of(story.case, frozenset()) if item.is_required}
    assert not {"调查记录", "回访记录"} & fewer


def test_a_visit_to_see_the_performance_leaves_its_record(town: Town, monday: datetime) -> None:
    story = agreed(town, monday)
    visit = {"visited_on": story.today, "way": "visit", "finding": "通道已经让出一半。", "due_on": story.today}
    story.take("follow_up", MEDIATOR, visit)
    assert "通道已经让出一半" in story.letter("mediation_follow_up")
