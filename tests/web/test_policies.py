"""The policy library for everybody, asking somebody to search, and being told of what is new; all without a script."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from santai.knowledge.models import Entry, Subscription
from santai.knowledge.subscribing import MOST
from santai.people.models import Party
from santai.people.safe_contact import Wish, set_rule
from santai.trust.roles import Role
from santai.web.portal.library import PAGE
from tests import factories
from tests.knowledge.entry_texts import published
from tests.knowledge.test_search import NASTY
from tests.web.portal_steps import WHO, prove, shown_code

pytestmark = pytest.mark.django_db
FEES, PLAN, LOCAL = "公证收费要公示", "公共法律服务建设规划", "道里区公证便民办法"


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    """The code for a phone stands on the page."""
    settings.DEMO = True


@pytest.fixture
def shelf(library: Path) -> None:
    county = factories.make_region("230102")
    add("fees", FEES, "公证", "收费公示", issuer="司法部", issued_on=date(2021, 5, 1))
    add("plan", PLAN, "规划", issuer="省司法厅", issued_on=date(2022, 9, 15))
    add("local", LOCAL, "公证", region=county, issuer="区司法局", issued_on=date(2024, 1, 2))
    published("answer", title="不是政策的答复")


def add(slug: str, title: str, *topics: str, **fields: Any) -> Entry:
    told = {"summary": f"{title}。", "body": f"## 要点\n{title}。", "asked": (), "topics": topics}
    return published(slug, kind=Entry.Kind.POLICY, title=title, **told, **fields)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return str(response.content.decode())


def shown(html: str) -> list[str]:
    """Titles in the order of the page."""
    return sorted((title for title in (FEES, PLAN, LOCAL) if f">{title}</a>" in html), key=html.index)


def test_all_policies_and_nothing_else_the_newest_first(client, shelf):
    html = page(client, "/policies")
    assert shown(html) == [LOCAL, PLAN, FEES]
    assert "不是政策的答复" not in html
    assert 'href="/library/fees"' in html
    assert "2021年5月1日" in html


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("topic=公证", [LOCAL, FEES]),
        ("region=2301", [LOCAL, PLAN, FEES]),
        ("region=230102", [LOCAL, PLAN, FEES]),
        ("region=230103", [PLAN, FEES]),
        ("issuer=司法部", [FEES]),
        ("year=2022", [PLAN]),
        ("q=公证收费公示", [FEES]),
        ("topic=公证&year=2022", []),
    ],
)
def test_each_filter_narrows(client, shelf, query, left):
    found = shown(page(client, f"/policies?{query}"))
    assert found == left or (query.startswith("q=") and found and left[0] in found)


def test_topics_say_how_many_there_are_among_those_shown(client, shelf):
    assert '公证 <span class="number muted">2</span>' in page(client, "/policies")
    html = page(client, "/policies?region=230103&topic=公证")
    assert '公证 <span class="number muted">1</span>' in html
    assert 'aria-current="true"' in html


def test_an_unknown_filter_is_told(client, shelf):
    assert "没有这个主题" in page(client, "/policies?topic=没有的", 422)
    assert shown(page(client, "/policies?year=abc", 422)) == [LOCAL, PLAN, FEES]


@pytest.mark.parametrize("words", NASTY)
def test_nothing_typed_breaks_the_page(client, shelf, words):
    assert client.get("/policies", {"q": words}).status_code == 200


def test_a_longer_list_has_pages_that_keep_the_filters(client, library):
    for number in range(PAGE + 1):
        add(f"rule-{number}", f"第{number}个办法", "公证")
    html = page(client, "/policies?topic=公证")
    assert "第 1 / 2 页" in html
    assert f"?topic={quote('公证')}&amp;page=2" in html


def test_the_page_asks_the_database_the_same_however_much_there_is(client, shelf, django_assert_max_num_queries):
    for number in range(15):
        add(f"rule-{number}", f"第{number}个办法", f"主题{number}")
    with django_assert_max_num_queries(8):
        page(client, "/policies?topic=公证")


def test_what_was_searched_in_vain_begins_the_request(client, shelf):
    html = page(client, "/policies?q=&topic=公证&region=230102&year=2022")
    assert "没有找到这样的政策" in html
    assert "3个工作日" in html
    wanted = {"q": "海外亲属公证补贴", "topic": "公证", "region": "230102", "year": "2022"}
    answer = client.post("/policies/search-for-me", wanted, follow=True)
    assert answer.redirect_chain[-1][0] == "/request/"
    begun = answer.content.decode()
    assert "请帮我收集这方面的规定和案例：海外亲属公证补贴；主题是公证；在哈尔滨市道里区适用；2022年的" in begun


def test_a_phone_is_proved_first_and_leads_back(client, shelf):
    factories.make_region("230102")
    wish = {"topic": "公证", "region": "230102"}
    answer = client.post("/policies/subscribe", wish, follow=True)
    assert answer.redirect_chain[-1][0] == "/progress?then=policies"
    assert "先验证手机" in answer.content.decode()
    client.post("/progress", {"phone": WHO["phone"]})
    back = client.post("/progress/code", {"code": shown_code(client, "/progress/code")})
    assert back.url == f"/policies?topic={quote('公证')}&region=230102#subscribe"
    assert not Subscription.objects.exists()


def test_whoever_only_wants_their_cases_is_not_led_away(client, shelf):
    client.post("/policies/subscribe", {})
    client.get("/progress")
    client.post("/progress", {"phone": WHO["phone"]})
    assert client.post("/progress/code", {"code": shown_code(client, "/progress/code")}).url == "/my"


def test_a_proved_phone_subscribes_once_for_its_own_party(client, shelf):
    person = factories.make_party(phone=WHO["phone"])
    other = factories.make_party("别的人")
    set_rule(other, Wish(safe_phone=WHO["phone"]))
    prove(client)
    for _ in range(2):
        answer = client.post("/policies/subscribe", {"topic": "公证", "region": "230102"}, follow=True)
        assert "订好了" in answer.content.decode()
    row = Subscription.objects.get()
    assert (row.party, row.user, row.topic, row.region_id) == (person, None, "公证", "230102")


def test_a_new_phone_gives_a_name(client, shelf):
    prove(client)
    assert "您的姓名" in page(client, "/policies")
    refused = client.post("/policies/subscribe", {"topic": "公证"})
    assert (refused.status_code, Party.objects.count()) == (422, 0)
    assert "请填写姓名" in refused.content.decode()
    client.post("/policies/subscribe", {"topic": "公证", "name": "王小明"})
    assert Subscription.objects.get().party.name == "王小明"


def test_whoever_forbade_messages_is_told_that_none_will_come(client, shelf):
    set_rule(factories.make_party(phone=WHO["phone"]), Wish(no_sms=True))
    prove(client)
    assert "不会发短信给您" in client.post("/policies/subscribe", {}, follow=True).content.decode()


def test_a_topic_or_place_that_is_none_is_refused(client, shelf):
    factories.make_party(phone=WHO["phone"])
    prove(client)
    assert client.post("/policies/subscribe", {"topic": "没有的"}).status_code == 422
    assert client.post("/policies/subscribe", {"region": "110101"}).status_code == 422
    assert not Subscription.objects.exists()


def test_too_many_are_refused_in_words(client, shelf):
    person = factories.make_party(phone=WHO["phone"])
    rows = [Subscription(party=person, topic=f"主题{n}", since=person.created_at) for n in range(MOST)]
    Subscription.objects.bulk_create(rows)
    prove(client)
    answer = client.post("/policies/subscribe", {"topic": "公证"})
    assert answer.status_code == 422
    assert f"最多订阅 {MOST} 项" in answer.content.decode()


def test_stopping_can_be_undone(client, shelf):
    person = factories.make_party(phone=WHO["phone"])
    since = person.created_at - timedelta(days=3)
    row = Subscription.objects.create(party=person, topic="公证", since=since)
    prove(client)
    html = client.post("/my/policies/stop", {"row": row.pk}, follow=True).content.decode()
    assert "取消了：公证，不限地区" in html
    assert not Subscription.objects.exists()
    client.post("/my/policies/undo")
    assert Subscription.objects.get().since == since
    client.post("/my/policies/undo")
    assert Subscription.objects.count() == 1


def test_nobody_sees_or_stops_what_is_anothers(client, shelf):
    row = Subscription.objects.create(
        party=factories.make_party(), topic="公证", since=factories.make_party().created_at
    )
    assert client.get("/my/policies").url == "/progress?then=policies"
    client.post("/my/policies/stop", {"row": row.pk})
    prove(client)
    client.post("/my/policies/stop", {"row": row.pk})
    client.post("/my/policies/stop", {"row": 10**30})
    assert "公证，不限地区" not in page(client, "/my/policies")
    assert Subscription.objects.filter(pk=row.pk).exists()


def test_staff_subscribe_with_their_account(client, shelf):
    clerk = factories.make_staff(Role.COUNTER_CLERK, factories.make_organisation())
    client.force_login(clerk)
    answer = client.post("/policies/subscribe", {"topic": "公证"}, follow=True)
    assert "工作台" in answer.content.decode()
    assert Subscription.objects.get().user == clerk


def test_the_library_leads_to_the_policies(client, shelf):
    assert 'href="/policies"' in page(client, "/library?kind=policy").split("<footer")[0]
    assert 'href="/policies"' in page(client, "/").split("<footer")[1]
