from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from santai.registry.models import Organisation, Region
from santai.trust.memberships import current_memberships, grant, members_in_charge, regions_of, roles_of
from santai.trust.models import Membership, User
from santai.trust.roles import SEPARATE_DUTIES, Role

LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 3, 2)


def organisation_in(code: str) -> Organisation:
    region, _ = Region.objects.get_or_create(code=code, defaults={"name": code, "full_name": code, "level": len(code)})
    return Organisation.objects.create(name=f"单位{code}", kind="bureau", region=region)


def test_a_granted_role_is_held_from_its_first_day(clerk, bureau):
    grant(clerk, Role.COUNTER_CLERK, bureau, TODAY)
    assert roles_of(clerk, on=date(2026, 3, 1)) == frozenset()
    assert roles_of(clerk, on=TODAY) == {Role.COUNTER_CLERK}


def test_a_role_is_held_to_its_last_day_and_not_beyond(clerk, bureau):
    grant(clerk, Role.COUNTER_CLERK, bureau, LONG_AGO, until=TODAY)
    assert roles_of(clerk, on=TODAY) == {Role.COUNTER_CLERK}
    assert roles_of(clerk, on=date(2026, 3, 3)) == frozenset()


def test_nobody_and_a_dismissed_account_hold_nothing(clerk, bureau):
    grant(clerk, Role.COUNTER_CLERK, bureau, LONG_AGO)
    clerk.is_active = False
    assert current_memberships(clerk, TODAY) == []
    assert roles_of(AnonymousUser()) == frozenset()


def test_memberships_are_read_once_per_user_object(clerk, bureau, django_assert_num_queries):
    grant(clerk, Role.COUNTER_CLERK, bureau, LONG_AGO)
    fresh = User.objects.get(pk=clerk.pk)
    with django_assert_num_queries(1):
        assert roles_of(fresh, TODAY) == {Role.COUNTER_CLERK}
        assert regions_of(fresh, Role.COUNTER_CLERK, TODAY) == ["230102"]
        assert current_memberships(fresh, TODAY)[0].organisation == bureau


def test_a_new_grant_is_seen_at_once(clerk, bureau):
    assert roles_of(clerk, TODAY) == frozenset()
    grant(clerk, Role.COUNTER_CLERK, bureau, LONG_AGO)
    assert roles_of(clerk, TODAY) == {Role.COUNTER_CLERK}


def test_a_division_inside_another_one_adds_nothing(clerk, bureau):
    for organisation in (bureau, organisation_in("2301"), organisation_in("2302")):
        grant(clerk, Role.SUPERVISOR, organisation, LONG_AGO)
    assert regions_of(clerk, Role.SUPERVISOR, TODAY) == ["2301", "2302"]
    assert regions_of(clerk, Role.AUDITOR, TODAY) == []


@pytest.mark.parametrize("first", sorted(SEPARATE_DUTIES))
@pytest.mark.parametrize("second", sorted(SEPARATE_DUTIES))
def test_no_two_of_the_three_duties_in_one_hand(clerk, bureau, first, second):
    grant(clerk, first, bureau, LONG_AGO)
    elsewhere = organisation_in("2301")
    if first == second:
        assert grant(clerk, second, elsewhere, TODAY).pk
        return
    with pytest.raises(ValidationError, match="三个不同的人"):
        grant(clerk, second, elsewhere, TODAY)
    assert Membership.objects.count() == 1


def test_one_duty_may_follow_another_that_has_ended(clerk, bureau):
    grant(clerk, Role.AUDITOR, bureau, LONG_AGO, until=date(2026, 3, 1))
    grant(clerk, Role.SYSTEM_ADMIN, bureau, TODAY)
    assert roles_of(clerk, TODAY) == {Role.SYSTEM_ADMIN}


def test_a_duty_that_begins_on_the_last_day_of_another_is_refused(clerk, bureau):
    grant(clerk, Role.AUDITOR, bureau, LONG_AGO, until=TODAY)
    with pytest.raises(ValidationError, match="三个不同的人"):
        grant(clerk, Role.SYSTEM_ADMIN, bureau, TODAY)


def test_a_past_duty_may_be_entered_beside_a_later_one(clerk, bureau):
    grant(clerk, Role.AUDITOR, bureau, TODAY)
    assert grant(clerk, Role.SYSTEM_ADMIN, bureau, LONG_AGO, until=date(2025, 12, 31)).pk


def test_a_separate_duty_goes_with_ordinary_work(clerk, bureau):
    grant(clerk, Role.AUDITOR, bureau, LONG_AGO)
    grant(clerk, Role.LAWYER, bureau, LONG_AGO)
    assert roles_of(clerk, TODAY) == {Role.AUDITOR, Role.LAWYER}


def test_the_same_role_twice_and_an_end_before_the_beginning_are_told_in_chinese(clerk, bureau):
    grant(clerk, Role.LAWYER, bureau, LONG_AGO)
    with pytest.raises(ValidationError, match="已经有这个角色"):
        grant(clerk, Role.LAWYER, bureau, LONG_AGO)
    with pytest.raises(ValidationError, match="不能早于"):
        grant(clerk, Role.NOTARY, bureau, TODAY, until=LONG_AGO)


def test_an_unknown_role_cannot_be_granted(clerk, bureau):
    with pytest.raises(ValidationError):
        grant(clerk, "emperor", bureau, LONG_AGO)


def member(name: str, role: Role, organisation: Organisation, **fields: object) -> int:
    user = User.objects.create(username=name, display_name=name, **fields)
    Membership.objects.create(user=user, role=role, organisation=organisation, since=LONG_AGO)
    return user.pk


def test_the_nearest_division_that_has_anybody_is_in_charge(bureau):
    city = member("city", Role.DISPATCHER, organisation_in("2301"))
    assert members_in_charge({Role.DISPATCHER}, region="230102001") == {city}
    county = member("county", Role.DISPATCHER, bureau)
    member("elsewhere", Role.DISPATCHER, organisation_in("2302"))
    assert members_in_charge({Role.DISPATCHER}, region="230102001") == {county}
    assert members_in_charge({Role.DISPATCHER}, region="230103") == {city}


def test_those_in_charge_of_an_organisation_are_its_active_members(bureau):
    here = member("here", Role.LAWYER, bureau)
    member("gone", Role.LAWYER, bureau, is_active=False)
    member("notary", Role.NOTARY, bureau)
    assert members_in_charge({Role.LAWYER}, organisation_id=bureau.pk) == {here}
