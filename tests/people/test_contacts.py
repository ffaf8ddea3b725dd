from datetime import timedelta

import pytest

from santai.people.models import Contact, Party
from santai.people.parties import CONTACT_HOURS, close_contact, open_contact, open_contacts
from santai.trust.actors import Channel
from santai.trust.models import SensitiveLook, User

MOMENT = timedelta(microseconds=1)
LIFE = timedelta(hours=CONTACT_HOURS)


@pytest.fixture
def caller(db: None) -> Party:
    return Party.objects.create(name="王小明", phone="13812345678")


@pytest.fixture
def call(caller, agent, monday) -> Contact:
    return open_contact(caller, user=agent, channel=Channel.HOTLINE, found_by="phone", at=monday)


def test_a_contact_is_open_from_its_first_moment_for_two_hours(call, agent, monday):
    assert timedelta(hours=2) == LIFE
    assert list(open_contacts(agent, monday)) == [call]
    assert list(open_contacts(agent, monday + LIFE - MOMENT)) == [call]
    assert not open_contacts(agent, monday + LIFE).exists()
    assert not open_contacts(agent, monday - MOMENT).exists()


def test_opening_a_contact_is_written_down_with_how_the_person_was_found(call, caller, agent, monday):
    seen = SensitiveLook.objects.get()
    assert (seen.user, seen.party_id, seen.at) == (agent, caller.pk, monday)
    assert seen.reason == "热线接待，按电话查找"


def test_a_contact_belongs_to_one_member_of_staff(call, monday):
    colleague = User.objects.create(username="colleague", display_name="钱坐席")
    assert not open_contacts(colleague, monday).exists()


def test_opened_again_it_lasts_anew_and_is_written_down_again(call, caller, agent, monday):
    again = open_contact(caller, user=agent, channel=Channel.HOTLINE, found_by="phone", at=monday + timedelta(hours=1))
    assert again == call
    assert again.closes_at == monday + timedelta(hours=3)
    assert SensitiveLook.objects.count() == 2


def test_after_it_ended_or_on_another_channel_a_new_one_begins(call, caller, agent, monday):
    visit = open_contact(caller, user=agent, channel=Channel.COUNTER, found_by="name", at=monday)
    later = open_contact(caller, user=agent, channel=Channel.HOTLINE, found_by="phone", at=monday + LIFE)
    assert len({call.pk, visit.pk, later.pk}) == 3


def test_a_closed_contact_is_closed_at_once(call, agent, monday):
    close_contact(call, at=monday + timedelta(minutes=7))
    assert not open_contacts(agent, monday + timedelta(minutes=7)).exists()


def test_closing_late_does_not_make_it_longer(call, monday):
    close_contact(call, at=monday + timedelta(hours=9))
    call.refresh_from_db()
    assert call.closes_at == monday + LIFE
