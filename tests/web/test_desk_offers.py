"""Which step stands out: what this role came for, and not what it may take down for the citizen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.offers import offers_for
from tests.factories import Town, make_case, make_party, make_staff
from tests.procedures.enforcement_story import OFFICER, OPINION, Enforcement, on
from tests.procedures.notarization_special_story import NOTARY, Will
from tests.web.staff_pages import case_in_hand, earlier

pytestmark = pytest.mark.django_db


def main_of(case: Case, user: User, at: object = None) -> str:
    actor = Actor.staff(User.objects.get(pk=user.pk))
    offers = offers_for(Case.objects.get(pk=case.pk), actor, at=at or timezone.now())
    return next(offer.step.name for offer in offers if offer.is_main)


def test_an_officer_is_led_on_by_their_own_steps_and_not_by_those_of_the_party(town: Town) -> None:
    story = Enforcement(town, on(3, 2)).assigned()
    assert main_of(story.case, story.lead, story.at) == "propose_penalty"
    story.proposed().take("notify")
    story.take("serve_notice", OFFICER, {"served_on": story.day(), "way": "in_person"})
    assert main_of(story.case, story.lead, story.at) not in {"ask_hearing", "state", "waive"}
    assert main_of(story.case, story.lead, story.at + timedelta(days=9)) == "to_decision"


def test_the_head_came_to_decide_and_not_to_extend(town: Town) -> None:
    story = Enforcement(town, on(3, 2)).told()
    story.take("to_decision", OFFICER, OPINION, after=9)
    assert main_of(story.case, story.head, story.at) == "decide_penalty"


def test_an_extension_stands_out_when_it_was_asked_for(town: Town) -> None:
    case = case_in_hand(town)
    data = {"amount": 2, "reason": "需要到外地核实材料。"}
    take_step(case, "ask_extension", actor=town.actor(Role.LAWYER), data=data, at=earlier(1))
    assert main_of(case, town.staff[Role.DISPATCHER]) == "extend"


def test_whoever_speaks_for_people_is_offered_what_people_do(town: Town) -> None:
    case = make_case(earlier(), procedure="administrative_licence", applicant=make_party())
    assert main_of(case, town.staff[Role.COUNTER_CLERK]) == "apply"


def test_where_nothing_leads_on_the_first_own_step_stands_out(town: Town) -> None:
    story = Enforcement(town, on(3, 2))
    assert main_of(story.case, story.head, story.at) == "assign_officers"
    assert main_of(story.case, story.lead, story.at) == "record"


def mains_of(will: Will, user: User) -> list[str]:
    offers = offers_for(will.case, Actor.staff(User.objects.get(pk=user.pk)), at=will.at)
    return [offer.step.name for offer in offers if offer.is_main]


def test_of_a_kept_will_nothing_stands_out_until_something_is_asked(town: Town, monday: datetime) -> None:
    will = Will(town, monday)
    will.delivered()
    for user in (will.notary, will.director):
        assert mains_of(will, user) == ["register_will"]
    will.take("register_will", NOTARY, {"registered_on": will.today, "number": "2026-8"})
    for user in (will.notary, will.director):
        assert mains_of(will, user) == []
    will.take("ask_revocation", Role.APPLICANT, after=3)
    for user in (will.notary, will.director):
        assert mains_of(will, user) == ["revoke_will"]


def test_a_wish_to_revoke_comes_before_the_register(town: Town, monday: datetime) -> None:
    will = Will(town, monday)
    will.delivered().take("ask_revocation", Role.APPLICANT, after=1)
    assert mains_of(will, will.notary) == ["revoke_will"]


def test_the_head_of_an_office_is_not_led_to_take_a_case_from_whoever_has_it(town: Town) -> None:
    case = case_in_hand(town)
    director = make_staff(Role.LEGAL_AID_DIRECTOR, town.firm)
    assert main_of(case, director) == "finish"
