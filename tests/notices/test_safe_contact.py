"""No message goes out against what a person asked for: not to that phone, not with those words, not at that hour."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from santai.casework.actions import take_step
from santai.intake.codes import TEXT
from santai.notices import adapters
from santai.notices.models import Notice
from santai.notices.queue import queue, send_due
from santai.people.models import ContactRule, Party
from santai.people.safe_contact import NEUTRAL, NEUTRAL_CODE, Wish, route_for, rule_of, set_rule
from santai.trust.actors import SYSTEM, Actor
from santai.trust.roles import Role
from tests import factories
from tests.at_once import at_the_same_instant

pytestmark = pytest.mark.django_db
HOME, SAFE = "13811110000", "13911110000"
TOLD = "【法律服务】您的申请已受理。案码2301。如有疑问，请拨打12348。"
SERVICE_WORDS = ("法律", "12348", "案码", "律师", "援助")


@pytest.fixture
def sent(monkeypatch) -> list[adapters.Message]:
    messages: list[adapters.Message] = []

    class Provider:
        def send(self, message: adapters.Message) -> None:
            messages.append(message)

    monkeypatch.setattr("santai.notices.queue.sms_adapter", Provider)
    return messages


@pytest.fixture
def party() -> Party:
    return factories.make_party("赵小花", HOME)


def tell(party: Party, at: datetime, once: str = "1") -> None:
    queue(TOLD, case_code="", once=once, party=party, at=at)


def test_without_a_rule_it_goes_as_always(party, sent, monday):
    tell(party, monday)
    assert send_due(at=monday) == 1
    assert [(message.phone, message.text) for message in sent] == [(HOME, TOLD)]


def test_nothing_goes_to_a_phone_that_is_not_safe(party, sent, monday):
    tell(party, monday)
    set_rule(party, Wish(no_sms=True), at=monday)
    assert send_due(at=monday) == 0
    assert sent == []
    notice = Notice.objects.get()
    assert "当事人要求" in notice.fault
    assert send_due(at=monday + timedelta(days=30)) == 0


def test_it_goes_to_the_safe_phone_alone(party, sent, monday):
    set_rule(party, Wish(no_sms=True, safe_phone=SAFE), at=monday)
    tell(party, monday)
    send_due(at=monday)
    assert [message.phone for message in sent] == [SAFE]


def test_no_word_tells_of_the_service(party, sent, monday):
    set_rule(party, Wish(is_neutral=True), at=monday)
    tell(party, monday)
    send_due(at=monday)
    assert sent[0].text == NEUTRAL
    assert not any(word in NEUTRAL + NEUTRAL_CODE for word in SERVICE_WORDS)


@pytest.mark.parametrize(
    ("since", "until", "hour", "goes_at"),
    [
        (time(9), time(11), 9, None),
        (time(9), time(11), 10, None),
        (time(9), time(11), 11, (3, 9)),
        (time(9), time(11), 8, (2, 9)),
        (time(22), time(6), 23, None),
        (time(22), time(6), 5, None),
        (time(22), time(6), 9, (2, 22)),
    ],
)
def test_it_waits_for_the_safe_hours_over_midnight_too(party, sent, monday, since, until, hour, goes_at):
    set_rule(party, Wish(safe_from=since, safe_until=until), at=monday)
    at = monday.replace(hour=hour)
    tell(party, at)
    send_due(at=at)
    if goes_at is None:
        assert len(sent) == 1
        return
    notice = Notice.objects.get()
    later = at.replace(day=goes_at[0], hour=goes_at[1])
    assert (sent, notice.send_after, notice.attempts) == ([], later, 0)
    assert send_due(at=later - timedelta(minutes=1)) == 0
    assert send_due(at=later) == 1


@pytest.mark.parametrize("nights", [1, 9])
def test_waiting_for_the_hours_is_no_attempt_however_often(party, sent, monday, nights):
    set_rule(party, Wish(safe_from=time(9), safe_until=time(10)), at=monday)
    tell(party, monday)
    for night in range(nights):
        Notice.objects.update(send_after=monday)
        send_due(at=monday.replace(hour=20) + timedelta(days=night))
    assert send_due(at=monday + timedelta(days=nights)) == 1


def test_a_code_is_not_sent_to_a_phone_that_is_not_safe_but_to_the_safe_one(party, sent, monday):
    set_rule(party, Wish(no_sms=True, is_neutral=True, safe_phone=SAFE), at=monday)
    for number in (HOME, SAFE):
        queue(TEXT, case_code="", once=number, phone=number, secret="123456", at=monday)
    send_due(at=monday)
    assert [(message.phone, message.text) for message in sent] == [(SAFE, "您的验证码是123456，10分钟内有效。")]


def test_somebody_else_on_the_same_phone_does_not_betray_them(party, sent, monday):
    set_rule(party, Wish(no_sms=True), at=monday)
    tell(factories.make_party("赵大山", HOME), monday)
    send_due(at=monday)
    assert sent == []


def test_a_rule_that_ended_or_was_lifted_holds_no_more(party, sent, monday):
    set_rule(party, Wish(no_sms=True), at=monday)
    assert set_rule(party, Wish(), at=monday) is None
    assert (rule_of(party), ContactRule.objects.count()) == (None, 1)
    tell(party, monday)
    assert send_due(at=monday) == 1


def test_each_change_is_kept_with_who_made_it(party, town, monday):
    agent = town.staff[Role.HOTLINE_AGENT]
    set_rule(party, Wish(is_neutral=True), at=monday)
    set_rule(party, Wish(no_sms=True), user=agent, at=monday)
    assert [(rule.set_by, rule.ended_at is None) for rule in ContactRule.objects.order_by("pk")] == [
        (None, False),
        (agent, True),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRule.objects.update(ended_at=None)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(safe_phone="123"),
        Wish(safe_from=time(9)),
        Wish(safe_until=time(9)),
        Wish(safe_from=time(9), safe_until=time(9)),
    ],
)
def test_a_wish_that_cannot_be_kept_is_told(party, wish):
    with pytest.raises(ValidationError):
        set_rule(party, wish)
    assert not ContactRule.objects.exists()


def test_the_phone_is_sealed_and_the_words_hide_it(party, monday):
    rule = set_rule(party, Wish(no_sms=True, safe_phone=SAFE, note="接电话的不是本人就挂断"), at=monday)
    with connection.cursor() as cursor:
        cursor.execute("SELECT safe_phone, note FROM people_contactrule")
        stored = "".join(cursor.fetchone())
    assert SAFE not in stored
    assert "挂断" not in stored
    assert "139****0000" in "".join(rule.in_words())


def test_a_whole_story_sends_nothing_against_the_rule(town, party, sent, monday):
    set_rule(party, Wish(no_sms=True, is_neutral=True, safe_phone=SAFE), at=monday)
    case = factories.make_case(monday, applicant=party)
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=monday)
    take_step(case, "claim", actor=Actor.staff(town.staff[Role.LAWYER]), at=monday)
    take_step(case, "finish", actor=Actor.staff(town.staff[Role.LAWYER]), data={"answer": "可以申请仲裁。"}, at=monday)
    assert Notice.objects.filter(party=party).count() >= 3
    send_due(at=monday)
    assert {message.phone for message in sent} == {SAFE}
    assert {message.text for message in sent} == {NEUTRAL}


def test_where_a_message_goes_is_asked_in_few_queries(party, monday, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        route_for(party, "", has_secret=False, at=monday)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one connection only")
def test_of_several_changes_at_once_one_rule_holds(monday):
    party = factories.make_party()
    wishes = [Wish(no_sms=True), Wish(is_neutral=True), Wish(safe_phone=SAFE)]
    done, failed = at_the_same_instant(*[lambda wish=wish: set_rule(party, wish, at=monday) for wish in wishes])
    assert (len(done), failed) == (3, [])
    assert ContactRule.objects.filter(party=party, ended_at__isnull=True).count() == 1
