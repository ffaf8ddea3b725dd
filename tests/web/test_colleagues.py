"""Who is offered where a form asks for one of the body's own people, and which step stands out meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from santai.casework.models import Case
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.offers import offers_for, open_step
from santai.web.portal.offers import offers_for as citizen_offers
from tests.factories import Town, make_organisation, make_practitioner, make_staff
from tests.procedures.mediation_story import HEAD, MEDIATOR, REASON, Mediation
from tests.procedures.notarization_special_story import Will
from tests.web.staff_pages import earlier

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town) -> Mediation:
    return Mediation(town, earlier())


def colleague_of(story: Mediation) -> Any:
    user = make_staff(MEDIATOR, story.town.mediation)
    return make_practitioner(user, story.town.mediation, kind="mediator")


def main_of(case: Case, user: User) -> str:
    offers = offers_for(Case.objects.get(pk=case.pk), Actor.staff(user), at=timezone.now())
    return next(offer.step.name for offer in offers if offer.is_main)


def suggested(case: Case, step: str, user: User) -> list[Any]:
    opened = open_step(case, step, Actor.staff(user), action="", at=timezone.now())
    assert opened is not None
    return opened.suggested.choices


def test_a_mediator_is_led_from_asking_to_accepting(story: Mediation) -> None:
    mediator = story.town.staff[MEDIATOR]
    story.apply()
    assert main_of(story.case, mediator) == "ask_other_side"
    story.take("ask_other_side", data={"way": "phone", "asked_on": story.today})
    assert main_of(story.case, mediator) == "record_reply"
    story.take("record_reply", data={"side": "other", "reply": "agrees", "replied_on": story.today})
    assert main_of(story.case, mediator) == "accept"
    story.accept().name().begin()
    assert main_of(story.case, mediator) == "hold_session"
    story.meet()
    assert main_of(story.case, mediator) == "draft_agreement"
    story.draft()
    assert main_of(story.case, mediator) == "take_effect"


def test_the_heads_answer_stands_out_when_somebody_wants_another_mediator(story: Mediation) -> None:
    story.apply().reply().accept().name().begin().take("ask_replacement", Role.APPLICANT, REASON)
    assert main_of(story.case, story.town.staff[HEAD]) == "replace_mediator"


def test_only_mediators_of_the_committee_are_suggested_the_wished_one_first(story: Mediation) -> None:
    story.apply().reply().accept()
    wished, elsewhere = colleague_of(story), make_organisation("mediation")
    make_practitioner(make_staff(MEDIATOR, elsewhere), elsewhere, kind="mediator")
    head = story.town.staff[HEAD]
    assert {one.title for one in suggested(story.case, "name_mediator", head)} == {story.mediator.name, wished.name}
    story.take("choose_mediator", Role.APPLICANT, {"practitioner": wished.pk, "both_wish": True})
    first, second = suggested(story.case, "name_mediator", head)
    assert (first.title, first.reasons[0]) == (wished.name, "双方希望由这一位调解")
    assert second.title == story.mediator.name


def test_whoever_mediates_now_is_not_suggested_as_the_next(story: Mediation) -> None:
    other = colleague_of(story)
    story.apply().reply().accept().name()
    found = suggested(story.case, "replace_mediator", story.town.staff[HEAD])
    assert [one.title for one in found] == [other.name]


def test_a_citizen_chooses_the_mediator_from_a_list(story: Mediation) -> None:
    story.apply().reply().accept()
    offer = next(one for one in citizen_offers([story.case], story.citizen) if one.step.name == "choose_mediator")
    assert offer.form is not None
    choices = offer.form.fields["practitioner"].widget.choices  # type: ignore[attr-defined]
    assert choices == [("", "请选择"), (story.mediator.licence, story.mediator.name)]


def test_only_notaries_of_the_office_are_suggested_for_a_will(town: Town) -> None:
    will = Will(town, earlier()).apply()
    found = suggested(will.case, "assign", will.director)
    assert {one.title for one in found} == {will.notary.display_name, will.colleague.display_name}
    will.assign()
    assert main_of(will.case, will.notary) == "accept"
    will.accept()
    assert main_of(will.case, will.notary) == "check_capacity"
