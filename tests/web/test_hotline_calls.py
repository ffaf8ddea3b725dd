"""The console and the telephone: when a call rang, who answered it, and what the lead of the hotline sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from santai.casework.models import Case
from santai.intake import calls
from santai.intake.models import CallRecord
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
PHONE, SECRET = "13800001111", "not-a-secret-but-long-enough-for-a-test"
NEED = {
    "text": "老板拖欠我三个月工资",
    "name": "赵大川",
    "phone": PHONE,
    "region": "230102",
    "kind": "person",
    "key": "k",
}


@pytest.fixture
def agent(town):
    return at_desk(town.staff[Role.HOTLINE_AGENT])


@pytest.fixture
def telephone(settings):
    settings.ENV = settings.ENV.model_copy(update={"hotline_ring_secret": SECRET})
    return Client(enforce_csrf_checks=True)


def tell(telephone: Client, secret: str = SECRET, **told: Any) -> Any:
    body = {"call": "a-1", "number": PHONE, **told}
    headers = {"Authorization": f"Bearer {secret}"}
    return telephone.post("/hotline/ring", body, content_type="application/json", headers=headers)


# --- the console --------------------------------------------------------------------------------------------------


def test_a_call_rings_until_the_agent_presses_answer(agent, town):
    agent.get("/hotline/", {"phone": PHONE})
    record = CallRecord.objects.get()
    assert (record.organisation, record.agent, record.answered_at) == (town.hotline, None, None)
    page = agent.get("/hotline/").content.decode()
    assert "来电振铃" in page
    assert "结束通话" not in page
    page = agent.post("/hotline/call", follow=True).content.decode()
    record.refresh_from_db()
    assert record.agent == town.staff[Role.HOTLINE_AGENT]
    assert record.answered_at >= record.rang_at
    assert "通话中" in page
    agent.post("/hotline/end")
    record.refresh_from_db()
    assert record.ended_at is not None


def test_whoever_writes_down_a_need_has_answered_and_the_call_knows_the_case(agent, town):
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/need", NEED)
    record = CallRecord.objects.get()
    assert record.agent == town.staff[Role.HOTLINE_AGENT]
    assert record.case_code == Case.objects.get().code


def test_a_consultation_asked_for_on_the_phone_has_the_seconds_of_the_call(agent, town):
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/call")
    agent.post("/hotline/need", {**NEED, "procedure": "consultation"})
    child = Case.objects.get(procedure="consultation")
    assert [entry.step for entry in child.log.order_by("number")] == ["open", "ring", "pick_up"]
    assert child.clocks.get(name="pick_up").condition == "met"


def test_a_typed_number_is_an_answered_call_without_a_ring(agent):
    agent.post("/hotline/call", {"phone": PHONE})
    record = CallRecord.objects.get()
    assert record.rang_at is None
    assert record.answered_at is not None


def test_a_call_a_colleague_answered_is_not_answered_again(agent, town):
    colleague = at_desk(factories.make_staff(Role.HOTLINE_AGENT, town.hotline))
    agent.get("/hotline/", {"phone": PHONE})
    colleague.get("/hotline/", {"phone": PHONE})
    assert CallRecord.objects.count() == 1
    agent.post("/hotline/call")
    page = colleague.post("/hotline/call", follow=True)
    assert "已经由同事接起" in page.content.decode()
    assert page.context["call"] is None
    assert CallRecord.objects.get().agent == town.staff[Role.HOTLINE_AGENT]


def test_not_answering_leaves_the_call_to_others(agent):
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/end")
    record = CallRecord.objects.get()
    assert (record.agent, record.ended_at) == (None, None)


def test_the_next_call_ends_the_one_before_and_a_page_shown_again_does_not(agent):
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/call")
    agent.get("/hotline/", {"phone": PHONE})
    assert CallRecord.objects.count() == 1
    agent.get("/hotline/", {"phone": "13900002222"})
    first, second = CallRecord.objects.order_by("pk")
    assert first.ended_at is not None
    assert second.agent is None


# --- the telephone system -----------------------------------------------------------------------------------------


def test_the_telephone_says_since_when_it_rings(agent, telephone, town):
    since = timezone.now() - timedelta(seconds=12)
    assert tell(telephone, rang_at=since.isoformat(), line="法律咨询").status_code == 201
    assert tell(telephone, rang_at=since.isoformat()).status_code == 201
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/call")
    record = CallRecord.objects.get()
    assert (record.rang_at, record.line, record.organisation) == (since, "法律咨询", town.hotline)
    assert record.answered_at > since + timedelta(seconds=11)


def test_a_second_ring_of_the_same_number_is_another_call(agent, telephone):
    agent.post("/hotline/call", {"phone": PHONE})
    tell(telephone)
    agent.get("/hotline/", {"phone": PHONE})
    assert "来电振铃" in agent.get("/hotline/").content.decode()


def test_without_the_secret_nobody_tells_of_calls(telephone, town, settings):
    assert tell(telephone, secret="wrong").status_code == 401
    assert telephone.post("/hotline/ring", {}, content_type="application/json").status_code == 401
    settings.ENV = settings.ENV.model_copy(update={"hotline_ring_secret": ""})
    assert tell(telephone, secret="").status_code == 404
    assert not CallRecord.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"call": ""}, "call"),
        ({"number": "1" * 31}, "number"),
        ({"rang_at": "gestern"}, "rang_at"),
        ({"rang_at": "2020-01-01T00:00:00+08:00"}, "rang_at"),
        ({"rang_at": "2999-01-01T00:00:00+08:00"}, "rang_at"),
        ({"hotline": 0}, "hotline"),
        ({"line": "线" * 61}, "line"),
    ],
)
def test_what_cannot_be_a_call_is_named(telephone, town, told, field):
    answer = tell(telephone, **told)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert not CallRecord.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_refused_and_breaks_nothing(telephone, town, body):
    headers = {"Authorization": f"Bearer {SECRET}"}
    answer = telephone.post("/hotline/ring", body, content_type="application/json", headers=headers)
    assert answer.status_code == 422


def test_of_several_hotlines_the_telephone_names_its_own(telephone, town):
    second = factories.make_organisation("hotline", region="2303")
    assert "写明是哪一家" in tell(telephone).json()["fields"]["hotline"][0]
    assert tell(telephone, hotline=second.pk).status_code == 201
    assert CallRecord.objects.get().organisation == second


# --- the lead -----------------------------------------------------------------------------------------------------


def test_the_lead_sees_the_share_and_who_was_slow_and_no_number(agent, town):
    now = timezone.now()
    for seconds in (5, 9, 31):
        record = calls.ring(town.hotline, PHONE, at=now - timedelta(seconds=60))
        calls.answer(record, town.staff[Role.HOTLINE_AGENT], at=record.rang_at + timedelta(seconds=seconds))
    calls.answered_unseen(town.hotline, PHONE, town.staff[Role.HOTLINE_AGENT], at=now)
    page = at_desk(town.staff[Role.HOTLINE_LEAD]).get("/hotline/answering").content.decode()
    for told in ("66.6%", "31 秒", town.staff[Role.HOTLINE_AGENT].display_name, "另有 1 通", "GB/T 33358-2016"):
        assert told in page
    assert PHONE not in page
    assert agent.get("/hotline/answering").status_code == 403


def test_before_the_first_call_the_lead_is_told_what_will_be_here(town):
    page = at_desk(town.staff[Role.HOTLINE_LEAD]).get("/hotline/answering").content.decode()
    assert "还没有记下来电" in page


def test_another_hotlines_lead_sees_only_their_own(town):
    calls.ring(town.hotline, PHONE, at=timezone.now() - timedelta(minutes=5))
    other = factories.make_staff(Role.HOTLINE_LEAD, factories.make_organisation("hotline", region="2303"))
    assert at_desk(other).get("/hotline/answering").context["days"] == []
