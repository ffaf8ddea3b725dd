"""Whoever wants to hear of new policies hears of each once, and of no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from santai.knowledge.entries import publishing
from santai.knowledge.models import Entry, Subscription
from santai.knowledge.periodic import tell_of_new_policies
from santai.knowledge.subscribing import (
    MOST,
    SETTLING,
    TooManySubscriptions,
    subscribe,
    subscriptions_of,
    tell_subscribers,
    unsubscribe,
)
from santai.notices.models import Notice
from santai.notices.queue import send_due
from santai.people.models import Party
from santai.people.safe_contact import Wish, set_rule
from santai.trust.models import User
from santai.trust.roles import Role
from tests import factories
from tests.at_once import at_the_same_instant
from tests.knowledge.entry_texts import AT, published, wording

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's test database has one connection")
LATER = AT + timedelta(hours=1)
NOON = AT + timedelta(hours=3)


@pytest.fixture
def person() -> Party:
    return factories.make_party()


@pytest.fixture
def clerk() -> User:
    return factories.make_staff(Role.COUNTER_CLERK, factories.make_organisation())


def policy(slug: str, *topics: str, region: str = "", at: Any = LATER, **fields: Any) -> Entry:
    place = factories.make_region(region) if region else None
    title = fields.pop("title", f"关于{slug}的办法")
    return published(slug, kind=Entry.Kind.POLICY, region=place, at=at, topics=topics, title=title, **fields)


def texts() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("text", flat=True))


def test_a_new_policy_is_told_once_with_its_address(person, settings):
    subscribe(person, topic="欠薪", at=AT)
    policy("wages", "欠薪")
    assert tell_subscribers(NOON) == 1
    assert tell_subscribers(NOON) == 0
    assert tell_subscribers(NOON + timedelta(days=1)) == 0
    notice = Notice.objects.get()
    assert (notice.party, notice.way, notice.case_code) == (person, Notice.Way.SMS, "")
    assert "《关于wages的办法》" in notice.text
    assert f"{settings.ENV.public_url.rstrip('/')}/library/wages" in notice.text
    assert "/my/policies" in notice.text


@pytest.mark.parametrize(
    ("topic", "region", "is_told"),
    [
        ("", "", True),
        ("公证", "", True),
        ("欠薪", "", False),
        ("公证", "2301", True),
        ("公证", "230102", True),
        ("公证", "230103", False),
        ("欠薪", "230102", False),
    ],
)
def test_only_the_topic_and_place_that_were_asked_for(person, topic, region, is_told):
    subscribe(person, topic=topic, region=factories.make_region(region) if region else None, at=AT)
    policy("fees", "公证", "收费", region="230102")
    assert tell_subscribers(NOON) == is_told


def test_what_holds_everywhere_is_told_in_every_place(person):
    subscribe(person, region=factories.make_region("230102"), at=AT)
    policy("everywhere", "公证")
    policy("whole-city", "公证", region="2301")
    assert tell_subscribers(NOON) == 1
    assert "《关于everywhere的办法》" in texts()[0]
    assert "《关于whole-city的办法》" in texts()[0]


def test_nothing_from_before_the_subscription_is_told(person):
    policy("old", "公证", at=AT)
    subscribe(person, at=AT + timedelta(minutes=1))
    assert tell_subscribers(NOON) == 0


def test_an_answer_or_a_guide_is_no_policy(person):
    subscribe(person, at=AT)
    published("answer", at=LATER)
    assert tell_subscribers(NOON) == 0


def test_two_subscriptions_that_fit_make_one_message(person):
    subscribe(person, at=AT)
    subscribe(person, topic="公证", at=AT + timedelta(minutes=5))
    policy("fees", "公证")
    assert tell_subscribers(NOON) == 1
    assert len(texts()) == 1


def test_several_at_a_time_come_in_one_message_that_says_how_many(person):
    subscribe(person, at=AT)
    for number in range(4):
        policy(f"rule-{number}", "公证", at=LATER + timedelta(minutes=number))
    assert tell_subscribers(NOON) == 1
    assert "《关于rule-3的办法》、《关于rule-2的办法》等4件" in texts()[0]
    assert "/policies" in texts()[0]


def test_a_new_wording_is_told_again(person):
    subscribe(person, at=AT)
    entry = policy("fees", "公证")
    tell_subscribers(NOON)
    changed = wording(title="改过的办法", topics=("公证",))
    publishing.publish_file(entry, changed, digest="2", at=NOON)
    assert tell_subscribers(NOON + timedelta(hours=1)) == 1
    assert "《改过的办法》" in texts()[1]


def test_what_was_withdrawn_or_has_expired_is_not_told(person, clerk):
    subscribe(person, at=AT)
    publishing.withdraw(policy("wrong", "公证"), "写错了", by=clerk, at=LATER)
    policy("over", "公证", expires_on=AT.date() - timedelta(days=1))
    assert tell_subscribers(NOON) == 0


def test_what_is_published_late_in_a_slow_transaction_is_not_missed(person):
    """Its time is taken before others can see it: meanwhile the subscribers were told of others."""
    subscribe(person, at=AT)
    policy("quick", "公证", at=LATER)
    tell_subscribers(LATER + SETTLING + timedelta(seconds=1))
    policy("slow", "公证", at=LATER + timedelta(seconds=2))
    assert tell_subscribers(NOON) == 1
    assert "《关于slow的办法》" in texts()[1]


def test_staff_are_told_at_their_desk_and_not_after_they_left(clerk):
    subscribe(clerk, at=AT)
    policy("fees", "公证")
    assert tell_subscribers(NOON) == 1
    notice = Notice.objects.get()
    assert (notice.user, notice.way) == (clerk, Notice.Way.DESK)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    policy("next", "公证", at=NOON)
    assert tell_subscribers(NOON + timedelta(hours=1)) == 0


def test_no_message_leaves_for_whoever_forbade_them(person):
    set_rule(person, Wish(no_sms=True), at=AT)
    subscribe(person, at=AT)
    policy("fees", "公证")
    tell_subscribers(NOON)
    assert send_due(at=NOON) == 0
    assert Notice.objects.get().sent_at is None


def test_a_message_that_could_not_go_out_for_a_week_stays(person):
    subscribe(person, at=AT)
    policy("fees", "公证")
    tell_subscribers(NOON)
    assert send_due(at=NOON + timedelta(days=8)) == 0


def test_nobody_is_woken_at_night(person):
    subscribe(person, at=AT)
    policy("fees", "公证")
    assert tell_of_new_policies(at=AT.replace(hour=23)) == 0
    assert tell_of_new_policies(at=AT.replace(hour=8) + timedelta(days=1)) == 1


def test_telling_takes_no_query_for_each_subscriber_and_policy(django_assert_max_num_queries):
    for _ in range(12):
        subscribe(factories.make_party(), at=AT)
    for number in range(5):
        policy(f"rule-{number}", "公证")
    with django_assert_max_num_queries(14):
        assert tell_subscribers(NOON) == 12


def test_an_idle_round_moves_everybody_on_in_three_statements(person, django_assert_max_num_queries):
    row = subscribe(person, at=AT)
    with django_assert_max_num_queries(3):
        tell_subscribers(NOON)
    row.refresh_from_db()
    assert row.told_until == NOON - SETTLING


def test_the_same_wish_is_kept_once(person):
    assert subscribe(person, topic="公证", at=AT) == subscribe(person, topic="公证", at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(party=person, topic="公证", since=AT)


def test_nobody_subscribes_without_end(person):
    for number in range(MOST):
        subscribe(person, topic=f"主题{number}", at=AT)
    with pytest.raises(TooManySubscriptions):
        subscribe(person, topic="再来一个", at=AT)


def test_only_ones_own_is_stopped_and_taken_up_again_without_a_gap(person):
    row = subscribe(person, at=AT)
    assert unsubscribe([factories.make_party()], row.pk) is None
    gone = unsubscribe([person], row.pk)
    policy("meanwhile", "公证")
    assert tell_subscribers(NOON) == 0
    assert gone is not None
    subscribe(person, at=timezone.now(), since=gone.since)
    assert subscriptions_of([person]).count() == 1
    assert tell_subscribers(NOON) == 1


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_instant_tell_it_once(person):
    subscribe(person, at=AT)
    policy("fees", "公证")
    told, raised = at_the_same_instant(*[lambda: tell_subscribers(NOON)] * 2)
    assert raised == []
    assert sorted(told) == [0, 1]
    assert len(texts()) == 1


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_wish_pressed_twice_at_the_same_instant_is_kept_once(person):
    kept, raised = at_the_same_instant(*[lambda: subscribe(person, topic="公证", at=AT).pk] * 2)
    assert raised == []
    assert len(set(kept)) == Subscription.objects.count() == 1
