"""Staff see of a step whether they act for themselves or take down what the applicant does."""

from __future__ import annotations

import pytest

from santai.casework.access import procedure_of
from santai.casework.models import Case
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.web.desk.offers import offers_for
from santai.web.steps import known_already
from tests.factories import Town, make_case
from tests.procedures.adviser_story import CLERK, DISPATCHER, LAWYER
from tests.procedures.legal_aid_story import OFFICER
from tests.procedures.legal_aid_story import Story as LegalAid
from tests.procedures.test_village_service import Booking
from tests.web.staff_pages import at_desk, earlier

pytestmark = pytest.mark.django_db
FOR_THEM = "代当事人登记"


def is_for_them(case: Case, user: User, name: str) -> bool:
    case = Case.objects.get(pk=case.pk)
    offers = offers_for(case, Actor.staff(user), at=earlier(0))
    return next(offer.is_for_them for offer in offers if offer.step.name == name)


def test_an_adviser_who_moves_the_appointment_does_so_for_themselves(town: Town) -> None:
    story = Booking(town, earlier())
    story.book()
    story.take("assign", DISPATCHER, {"organisation": town.firm.pk, "practitioner": story.lawyer.pk})
    story.take(
        "schedule", LAWYER, {"appointed_on": story.today, "hour": "23:50", "place": "村委会", "no_conflict": True}
    )
    page = at_desk(town.staff[LAWYER]).get(f"/desk/cases/{story.case.code}").content.decode()
    assert "改期" in page
    assert FOR_THEM not in page


def test_an_officer_takes_down_what_the_applicant_hands_in(town: Town) -> None:
    story = LegalAid(town, earlier())
    assert is_for_them(story.case, town.staff[OFFICER], "apply")
    assert FOR_THEM in at_desk(town.staff[OFFICER]).get(f"/desk/cases/{story.case.code}").content.decode()


def test_the_front_line_speaks_for_people_anyway(town: Town) -> None:
    story = LegalAid(town, earlier())
    assert not is_for_them(story.case, town.staff[CLERK], "apply")


def test_what_a_step_opens_a_case_about_is_not_filled_in_with_this_one() -> None:
    case = make_case(earlier(), procedure="dispute_screening", text="2026年第41周矛盾纠纷排查")
    assert known_already(case, procedure_of(case).step("find_dispute"))["story"] == ""
