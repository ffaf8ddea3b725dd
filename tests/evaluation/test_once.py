"""A person who has rated the procedure is not asked again for the request it came from."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.trust.roles import Role
from tests.factories import Town, make_case
from tests.procedures.adviser_story import APPLICANT, LAWYER, REASON, SUPERVISOR, VillageContract, VillageService

pytestmark = pytest.mark.django_db
BOOK = {"village": "榆树村", "kind": "advice", "way": "on_site", "story": "邻居占了我家的宅基地，想问怎么办。"}
SERVED = {"begins": "14:00", "ends": "16:00", "kind": "advice", "persons": 1, "advice": "先找村委会调解。"}


@pytest.fixture
def booking(town: Town, monday: datetime) -> VillageService:
    """Asked for in a request, served and confirmed."""
    VillageContract(town, monday).in_force()
    story = VillageService(town, monday)
    order = make_case(monday, applicant=story.case.applicant)
    take_step(order, "apply_for", actor=story.citizen, data={"procedure": "village_service"}, at=monday)
    story.case = order.children.get()
    story.take("book", APPLICANT, BOOK)
    appointed = {"appointed_on": story.today, "hour": "14:00", "place": "村委会", "no_conflict": True}
    story.take("schedule", LAWYER, appointed)
    story.take("arrive", LAWYER, {"arrived_on": story.today, "hour": "14:00", "place": "村委会"})
    story.take("log_service", LAWYER, {**SERVED, "visited_on": story.today})
    story.take("confirm", APPLICANT)
    return story


def request_of(story: VillageService) -> Case:
    return Case.objects.get(children=story.case)


def test_the_request_waits_until_the_service_is_rated_and_takes_the_rating_over(booking: VillageService) -> None:
    assert request_of(booking).state == "referred"
    booking.take("rate", APPLICANT, {"score": 4})
    order = request_of(booking)
    assert (order.state, order.rating) == ("rated", 4)
    rated = order.log.latest("number")
    assert (rated.step, rated.role, rated.at) == ("rate", Role.APPLICANT, booking.at)


def test_whoever_was_not_content_is_asked_once_more_after_the_revisit(booking: VillageService) -> None:
    booking.take("rate_poor", APPLICANT, {"score": 1, "comment": "没有讲清楚"})
    booking.take("follow_up", SUPERVISOR, REASON)
    order = request_of(booking)
    assert (order.state, order.rating) == ("finished", None)


def test_who_has_not_rated_is_asked(booking: VillageService) -> None:
    booking.take("rate_poor", APPLICANT, {"score": 2, "comment": "没有讲清楚"})
    Case.objects.filter(pk=booking.case.pk).update(rating=None)
    booking.refresh().take("follow_up", SUPERVISOR, REASON)
    assert request_of(booking).state == "finished"
