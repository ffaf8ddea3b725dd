"""Special groups: what is said is 待核实 until somebody has seen the document, no longer than the document lasts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from santai.people.groups import PROOFS, standings, verified_groups, verify, withdraw
from santai.people.models import GroupMembership, Party, SpecialGroup
from santai.trust.roles import Role
from tests import factories
from tests.at_once import at_the_same_instant

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def clerk():
    return factories.make_staff(Role.COUNTER_CLERK, factories.make_organisation("centre"))


@pytest.fixture
def party() -> Party:
    return factories.make_party(groups=["disabled", "migrant_worker"])


def seen(party, clerk, at: datetime, group: str = "disabled", **given: object) -> GroupMembership:
    return verify(party, group, document_id=factories.make_file("残疾人证.pdf").pk, user=clerk, at=at, **given)


def words(party, on: date = DAY) -> list[str]:
    return [standing.in_words for standing in standings(party, on)]


def test_what_somebody_says_of_themselves_is_to_be_checked(party):
    assert words(party) == ["残疾人（待核实）", "农民工（待核实）"]
    assert verified_groups(party, DAY) == frozenset()


def test_a_document_somebody_saw_verifies_it(party, clerk, monday):
    held = seen(party, clerk, monday)
    assert words(party) == ["残疾人（已核实）", "农民工（待核实）"]
    standing = standings(party, DAY)[0]
    assert (standing.checked_by, standing.membership_id) == (clerk.display_name, held.pk)


def test_it_counts_until_the_last_day_of_the_document(party, clerk, monday):
    seen(party, clerk, monday, valid_until=DAY)
    assert verified_groups(party, DAY) == {"disabled"}
    assert verified_groups(party, DAY + timedelta(days=1)) == frozenset()
    assert words(party, DAY + timedelta(days=1))[0] == "残疾人（待核实）"


def test_a_document_that_has_run_out_is_no_evidence(party, clerk, monday):
    with pytest.raises(ValidationError, match="过期"):
        seen(party, clerk, monday, valid_until=DAY - timedelta(days=1))


def test_a_group_seen_on_paper_is_on_the_list_without_being_declared(party, clerk, monday):
    seen(party, clerk, monday, "low_income")
    party.refresh_from_db()
    assert "low_income" in party.groups


def test_a_second_check_replaces_the_first_and_both_are_kept(party, clerk, monday):
    first = seen(party, clerk, monday)
    second = seen(party, clerk, monday + timedelta(days=1), valid_until=date(2030, 1, 1))
    first.refresh_from_db()
    assert first.ended_reason == "重新核实"
    assert [standing.membership_id for standing in standings(party, DAY) if standing.is_verified] == [second.pk]


def test_what_proves_wrong_is_withdrawn_with_a_reason(party, clerk, monday):
    held = seen(party, clerk, monday)
    with pytest.raises(ValidationError):
        withdraw(held, user=clerk, reason=" ")
    withdraw(held, user=clerk, reason="证件是别人的", at=monday)
    party.refresh_from_db()
    assert (verified_groups(party, DAY), party.groups) == (frozenset(), ["migrant_worker"])
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMembership.objects.update(ended_reason="")


def test_a_group_nobody_knows_is_refused(party, clerk, monday):
    with pytest.raises(ValidationError):
        seen(party, clerk, monday, "rich")


def test_every_group_says_what_proves_it():
    assert set(PROOFS) == set(SpecialGroup)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one connection only")
def test_of_several_checks_at_once_one_holds(monday):
    clerk = factories.make_staff(Role.COUNTER_CLERK, factories.make_organisation("centre"))
    party = factories.make_party()
    done, refused = at_the_same_instant(*[lambda: seen(party, clerk, monday) for _ in range(4)])
    assert GroupMembership.objects.filter(party=party, ended_at__isnull=True).count() == 1
    assert len(done) + len(refused) == 4
    assert all(isinstance(fault, ValidationError) for fault in refused)
