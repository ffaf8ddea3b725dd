"""An arbitrator sees the cases whose tribunal they sit on, presiding or not, and no others."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from santai.casework.access import case_for, cases_for, roles_on, steps_open_to
from santai.casework.models import Case
from santai.casework.refusals import NotYou
from santai.casework.worklist import worklist
from santai.notices.models import Notice
from santai.registry.models import Practitioner
from santai.trust.actors import Actor
from santai.trust.models import User
from tests.factories import Town
from tests.procedures.arbitration_story import REASON, THREE, Commercial, Labour, Story, arbitrator, commission
from tests.web.api_calls import get, token_of
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
MEMBERS = ("张仲裁", "李仲裁", "王仲裁")


@pytest.fixture
def formed(town: Town, monday: datetime) -> Commercial:
    story = Commercial(town, monday).apply().accept().pay()
    arbitrator("孙仲裁", story.body)
    return story.form(THREE)


def account(story: Story, name: str) -> User:
    """As at a new request: nothing read before."""
    found = Practitioner.objects.get(name=name, organisation=story.body)
    return User.objects.get(pk=found.user_id)


def seen_by(user: User) -> set[str]:
    return set(cases_for(Actor.staff(user)).values_list("code", flat=True))


def listed_for(user: User, scope: str = "mine") -> list[str]:
    return [case.code for case in worklist(Actor.staff(user), scope).rows]


def test_every_member_of_the_tribunal_sees_the_case_and_a_colleague_does_not(formed: Commercial) -> None:
    for name in MEMBERS:
        user = account(formed, name)
        assert seen_by(user) == {formed.case.code}, name
        assert listed_for(user) == listed_for(user, "organisation") == [formed.case.code], name
        assert case_for(Actor.staff(user), formed.case.code) == formed.case
    stranger = account(formed, "孙仲裁")
    assert seen_by(stranger) == set()
    assert listed_for(stranger) == listed_for(stranger, "organisation") == []
    with pytest.raises(Case.DoesNotExist):
        case_for(Actor.staff(stranger), formed.case.code)


def test_a_case_that_nobody_has_in_hand_is_no_arbitrators(town: Town, monday: datetime) -> None:
    story = Labour(town, monday).apply()
    assert story.case.handler is None
    assert story.case.organisation == story.body
    for name in MEMBERS:
        assert seen_by(account(story, name)) == set(), name
    arbitrators = Practitioner.objects.filter(organisation=story.body).values("user")
    assert not Notice.objects.filter(case_code=story.case.code, user__in=arbitrators).exists()


def test_whoever_sits_without_presiding_reads_and_does_not_act(formed: Commercial) -> None:
    second = Actor.staff(account(formed, "李仲裁"))
    assert roles_on(formed.case, second) == frozenset()
    assert steps_open_to(formed.case, second) == []
    with pytest.raises(NotYou):
        formed.take("suspend", account(formed, "李仲裁"), {"ground": "appraisal", **REASON})
    assert steps_open_to(formed.case, Actor.staff(account(formed, "张仲裁")))


def test_whoever_leaves_the_tribunal_no_longer_sees_it_and_the_newcomer_does(formed: Commercial) -> None:
    new = {**THREE, "leaving": "王仲裁", "third": "孙仲裁", **REASON}
    formed.take("replace_arbitrator", data=new)
    assert seen_by(account(formed, "王仲裁")) == set()
    assert seen_by(account(formed, "孙仲裁")) == {formed.case.code}


def test_a_seat_opens_nothing_that_another_body_holds(formed: Commercial) -> None:
    Case.objects.filter(pk=formed.case.pk).update(organisation=commission("别处仲裁委员会"))
    assert seen_by(account(formed, "李仲裁")) == set()


def test_a_decided_case_stays_readable_for_its_tribunal(formed: Commercial) -> None:
    formed.announce().hear().award()
    assert seen_by(account(formed, "王仲裁")) == {formed.case.code}


def test_the_page_opens_for_the_tribunal_and_is_unknown_to_others(formed: Commercial) -> None:
    address = f"/desk/cases/{formed.case.code}"
    for name, status in (("张仲裁", 200), ("李仲裁", 200), ("王仲裁", 200), ("孙仲裁", 404)):
        assert at_desk(account(formed, name)).get(address).status_code == status, name


def test_the_api_answers_the_tribunal_and_knows_nothing_for_others(formed: Commercial) -> None:
    for name, status, listed in (("李仲裁", 200, 1), ("孙仲裁", 404, 0)):
        auth = token_of(account(formed, name))
        assert get(f"/cases/{formed.case.code}", auth=auth).status_code == status, name
        assert len(get("/cases?scope=mine", auth=auth).json()["cases"]) == listed, name


def test_the_list_of_an_arbitrator_is_one_query_however_many_cases(
    formed: Commercial, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = Actor.staff(account(formed, "李仲裁"))
    list(cases_for(actor))
    with django_assert_num_queries(1):
        list(cases_for(actor))
    with django_assert_num_queries(1):
        worklist(actor, "mine")
