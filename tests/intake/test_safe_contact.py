"""How somebody wants to be reached is taken in with the need; nobody changes it for a person they only know by name."""

from __future__ import annotations

import pytest

from santai.intake.receive import Applicant, BadNeed, Need, receive
from santai.people.models import ContactRule, Party
from santai.people.safe_contact import Wish, rule_of
from santai.trust.actors import Actor, Channel
from santai.trust.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "丈夫经常打我，想离婚，不敢让他知道。"


def need(wish: Wish, *, channel: Channel = Channel.WEB, verified: bool = False, text: str = TEXT) -> Need:
    return Need(
        channel=channel,
        text=text,
        region="230102",
        applicant=Applicant("赵小花", "13811110000"),
        phone_verified=verified,
        safe_contact=wish,
    )


@pytest.fixture(autouse=True)
def _place(town: factories.Town) -> None:
    """Somewhere to live."""


def test_it_holds_from_the_first_message_on(monday):
    case = receive(need(Wish(no_sms=True), verified=True), actor=Actor(channel=Channel.WEB), at=monday).case
    rule = rule_of(case.applicant)
    assert rule is not None
    assert (rule.no_sms, rule.set_at) == (True, monday)


def test_whoever_types_a_known_persons_name_and_phone_changes_nothing(monday):
    web = Actor(channel=Channel.WEB)
    first = receive(need(Wish(is_neutral=True), verified=True), actor=web, at=monday).case
    receive(need(Wish(safe_phone="13999999999"), text="另一件事，请尽快联系我。"), actor=web, at=monday)
    rule = rule_of(first.applicant)
    assert rule is not None
    assert (rule.is_neutral, rule.safe_phone) == (True, "")


def test_staff_who_speak_with_them_may_and_empty_fields_keep_what_holds(town, monday):
    agent = Actor.staff(town.staff[Role.HOTLINE_AGENT], Channel.HOTLINE)
    receive(need(Wish(no_sms=True), channel=Channel.HOTLINE), actor=agent, at=monday)
    receive(need(Wish(), channel=Channel.HOTLINE, text="再问一件别的事情。"), actor=agent, at=monday)
    rule = rule_of(Party.objects.get())
    assert rule is not None
    assert (rule.no_sms, rule.set_by) == (True, town.staff[Role.HOTLINE_AGENT])


def test_a_wish_that_cannot_be_kept_is_named_at_its_field(monday):
    with pytest.raises(BadNeed) as refused:
        receive(need(Wish(safe_phone="12")), actor=Actor(channel=Channel.WEB), at=monday)
    assert set(refused.value.fields) == {"safe_phone"}
    assert not ContactRule.objects.exists()
