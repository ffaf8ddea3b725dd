"""The one door: whatever a need comes in through, it becomes one case, or every fault is named and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from santai.casework.actions import take_step
from santai.casework.chain import fault_in
from santai.casework.models import Case
from santai.dispatch.models import PoolNote
from santai.documents.models import Letter, Serial
from santai.intake import receive as door
from santai.intake.models import Arrival
from santai.intake.receive import Applicant, BadNeed, KeyReused, Need, receive
from santai.people.models import Party
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.roles import Role
from tests.at_once import at_the_same_instant
from tests.factories import Town, make_file, make_region

NAME, PHONE, ID_NUMBER = "王小明", "13812345678", "11010519491231002X"
WAGES = "老板拖欠我三个月工资，一共两万四千元，怎么办？"
WEB = Actor(channel=Channel.WEB)
NEED = Need(Channel.WEB, WAGES, "230102", Applicant(NAME, PHONE))

pytestmark = pytest.mark.django_db


def faults(**wrong: Any) -> dict[str, list[str]]:
    who = {name: wrong.pop(name) for name in ("name", "phone", "id_number", "kind") if name in wrong}
    with pytest.raises(BadNeed) as caught:
        receive(replace(NEED, applicant=replace(NEED.applicant, **who), **wrong), actor=WEB)
    assert caught.value.status == 422
    assert caught.value.todo
    assert caught.value.problems == [told for messages in caught.value.fields.values() for told in messages]
    return caught.value.fields


def written() -> dict[str, int]:
    """How many rows every table of the platform holds, so that nothing half-done hides anywhere."""
    models = [model for model in apps.get_models() if model.__module__.startswith("santai.")]
    return {model.__name__: model._default_manager.count() for model in models}


# --- taken in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.HOTLINE, Channel.COUNTER, Channel.API])
def test_each_channel_leads_to_the_same_case(town: Town, monday: datetime, channel: Channel) -> None:
    clerks = {Channel.HOTLINE: Role.HOTLINE_AGENT, Channel.COUNTER: Role.COUNTER_CLERK}
    actor = town.actor(clerks[channel], channel) if channel in clerks else Actor(channel=channel)
    received = receive(replace(NEED, channel=channel), actor=actor, at=monday)
    case = Case.objects.get(pk=received.case.pk)
    opening = case.log.order_by("number")[0]
    assert (case.channel, case.text, case.region, case.procedure) == (channel, WAGES, "230102", "work_order")
    assert opening.role == clerks.get(channel, Role.APPLICANT)
    assert opening.channel == channel
    assert fault_in(case.log.order_by("number"), code=case.code, version=case.version) == ""
    assert Letter.objects.get(case_code=case.code).kind == "acceptance"


def test_the_arrival_is_on_record(town: Town, monday: datetime) -> None:
    need = replace(NEED, idempotency_key="web-1", phone_verified=True)
    received = receive(need, actor=WEB, at=monday)
    arrival = Arrival.objects.get()
    assert (arrival.case, arrival.party, arrival.channel) == (received.case, received.case.applicant, Channel.WEB)
    assert (arrival.received_at, arrival.phone_verified, arrival.idempotency_key) == (monday, True, "web-1")


def test_what_triage_found_is_kept_with_its_reasons(town: Town, monday: datetime) -> None:
    case = receive(replace(NEED, groups=("migrant_worker",)), actor=WEB, at=monday).case
    assert case.matter == "劳动纠纷"
    assert case.facts["groups"] == ["migrant_worker"]
    assert case.facts["amounts"] == [24000]
    assert any("工资" in text for _, text in case.facts["reasons"])


def test_a_clear_need_is_dispatched_at_once(town: Town, monday: datetime) -> None:
    case = receive(NEED, actor=WEB, at=monday).case
    assert case.state == "dispatched"
    assert case.organisation is not None
    assert case.log.get(step="dispatch").data["reasons"]


def test_without_anybody_who_could_take_it_the_need_waits_in_the_pool(monday: datetime) -> None:
    make_region()
    case = receive(NEED, actor=WEB, at=monday).case
    assert (case.state, case.organisation) == ("received", None)
    assert PoolNote.objects.get(case=case).reason


def test_a_fault_in_dispatching_does_not_lose_the_need(
    town: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dispatch_and_fail(case: Case, *, at: datetime) -> None:
        take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=at)
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(door, "dispatch", dispatch_and_fail)
    case = receive(NEED, actor=WEB, at=monday).case
    assert Case.objects.get().state == case.state == "received"
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.other_firm.pk}, at=monday)
    assert fault_in(case.log.order_by("number"), code=case.code, version=case.version) == ""


def test_markup_is_words_and_nothing_else(town: Town, monday: datetime) -> None:
    text = "<script>alert('欠薪')</script> 老板欠我工资 <b>三个月</b>"
    assert receive(replace(NEED, text=text), actor=WEB, at=monday).case.text == text


def test_emoji_stay_and_characters_no_database_keeps_are_left_out(town: Town, monday: datetime) -> None:
    text = "老板\x00欠我\ud83d三个月工资😭👨‍👩‍👧"
    case = receive(replace(NEED, text=text, matter="\ud83d\x00"), actor=WEB, at=monday).case
    case.refresh_from_db()
    assert case.text == "老板欠我三个月工资😭👨‍👩‍👧"


def test_a_company_comes_with_its_credit_code(town: Town, monday: datetime, uscc: str) -> None:
    who = Applicant("哈尔滨某某餐饮有限公司", "045187654321", uscc.lower(), Party.Kind.COMPANY)
    case = receive(replace(NEED, applicant=who), actor=WEB, at=monday).case
    assert (case.applicant.kind, case.applicant.id_number) == ("company", uscc)


@pytest.fixture
def uscc() -> str:
    from stdnum.cn import uscc as credit_code

    body = "91230102MA18ABCD1"
    return body + str(credit_code.calc_check_digit(body))


def test_papers_that_come_with_the_need_are_on_the_case(town: Town, monday: datetime) -> None:
    paper = make_file()
    case = receive(replace(NEED, documents=(paper,)), actor=WEB, at=monday).case
    assert [(one.file, one.channel) for one in case.documents.all()] == [(paper, Channel.WEB)]


# --- refused ------------------------------------------------------------------------------------------------------


def test_every_fault_is_named_at_once(town: Town) -> None:
    before = written()
    found = faults(
        name="",
        phone="138",
        id_number="110105194912310021",
        text="？",
        region="990000",
        groups=("king",),
        idempotency_key="k" * 81,
        channel="pigeon",
    )
    assert set(found) == {"name", "phone", "id_number", "text", "region", "groups", "idempotency_key", "channel"}
    assert written() == before


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"region": ""}, "region", "请选择"),
        ({"region": "999999"}, "region", "没有这个地区"),
        ({"region": "2301\x00"}, "region", "没有这个地区"),
        ({"region": "\ud800"}, "region", "没有这个地区"),
        ({"id_number": "1101051949123100"}, "id_number", "少了 2 位"),
        ({"id_number": "1101051949123100211"}, "id_number", "多了 1 位"),
        ({"id_number": "110105194912310029"}, "id_number", "校验位不对"),
        ({"id_number": "11010519490231002X"}, "id_number", "1949-02-31 不存在"),
        ({"id_number": "9811051949123100２X"}, "id_number", "请对照证件"),
        ({"id_number": "AB0105194912310021"}, "id_number", "不认识的字符"),
        ({"text": ""}, "text", "写下您遇到的事"),
        ({"text": " \n\t　"}, "text", "写下您遇到的事"),
        ({"text": "\u200b\u200b\u200b\u200b\u200b"}, "text", "写下您遇到的事"),
        ({"text": "？？？！！！"}, "text", "写下您遇到的事"),
        ({"text": "冤" * 200_000}, "text", "写得太长了（200000字），最多10000字"),
        ({"groups": ("migrant_worker", "king")}, "groups", "不认识的特殊群体"),
        ({"name": "王\x00明"}, "name", "看不见的字符"),
        ({"name": "<b>王</b>"}, "name", "不能有“<”"),
        ({"name": "王\ud800明"}, "name", "看不见的字符"),
        ({"phone": "1381234567"}, "phone", "少了 1 位"),
        ({"phone": "13812345678\x00"}, "phone", "只能有数字"),
        ({"kind": "robot"}, "kind", "个人还是单位"),
        ({"kind": "company", "name": "某某公司", "id_number": ID_NUMBER}, "id_number", "统一社会信用代码"),
        ({"channel": Channel.SYSTEM}, "channel", "网络、热线、窗口或接口"),
        ({"idempotency_key": "k\x00"}, "idempotency_key", "提交编号"),
    ],
)
def test_a_fault_is_told_in_plain_words_beside_its_field(
    town: Town, wrong: dict[str, Any], field: str, told: str
) -> None:
    before = written()
    found = faults(**wrong)
    assert list(found) == [field]
    assert told in found[field][0]
    assert written() == before


def test_an_id_number_that_belongs_to_somebody_else_is_a_fault_of_the_name(town: Town, monday: datetime) -> None:
    who = Applicant(NAME, PHONE, ID_NUMBER)
    receive(replace(NEED, applicant=who), actor=WEB, at=monday)
    before = written()
    assert "另一个姓名" in faults(name="李大力", id_number=ID_NUMBER)["name"][0]
    assert written() == before


def test_a_failure_in_the_middle_leaves_nothing(town: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    before = written()
    monkeypatch.setattr(door, "attach_documents", fail)
    with pytest.raises(OSError, match="full"):
        receive(NEED, actor=WEB, at=monday)
    assert written() == before
    assert not Serial.objects.filter(prefix__startswith="case:").exists()


# --- repeated -----------------------------------------------------------------------------------------------------


def test_the_same_key_and_body_lead_to_the_same_case_however_late(town: Town, monday: datetime) -> None:
    need = replace(NEED, idempotency_key="press-1")
    first = receive(need, actor=WEB, at=monday)
    again = receive(need, actor=WEB, at=monday + timedelta(days=3))
    assert (first.is_duplicate, again.is_duplicate, again.case) == (False, True, first.case)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "邻居噪音扰民，怎么办？"},
        {"region": "230103"},
        {"groups": ("elderly",)},
        {"applicant": Applicant("李大力", PHONE)},
    ],
)
def test_the_same_key_with_another_body_is_a_conflict(town: Town, monday: datetime, other: dict[str, Any]) -> None:
    make_region("230103", "南岗区", "黑龙江省哈尔滨市南岗区")
    receive(replace(NEED, idempotency_key="press-1"), actor=WEB, at=monday)
    before = written()
    with pytest.raises(KeyReused) as caught:
        receive(replace(NEED, idempotency_key="press-1", **other), actor=WEB, at=monday)
    assert caught.value.status == 409
    assert written() == before


def test_a_key_belongs_to_whoever_sent_it(town: Town, monday: datetime) -> None:
    clerk, agent = town.actor(Role.COUNTER_CLERK), town.actor(Role.HOTLINE_AGENT)
    mine = receive(replace(NEED, idempotency_key="1"), actor=clerk, at=monday)
    theirs = receive(replace(NEED, idempotency_key="1", text="邻居噪音扰民，怎么办？"), actor=agent, at=monday)
    assert mine.case != theirs.case


def test_the_same_person_and_text_within_ten_minutes_are_one_need(town: Town, monday: datetime) -> None:
    first = receive(NEED, actor=WEB, at=monday)
    repeated = replace(NEED, text=f"  {WAGES}\n", channel=Channel.API, applicant=Applicant(NAME, "138 1234 5678"))
    soon = receive(repeated, actor=Actor(channel=Channel.API), at=monday + timedelta(minutes=9, seconds=59))
    late = receive(NEED, actor=WEB, at=monday + timedelta(minutes=10))
    assert (soon.is_duplicate, soon.case) == (True, first.case)
    assert (late.is_duplicate, late.case == first.case) == (False, False)


def test_another_person_with_the_same_words_has_a_need_of_their_own(town: Town, monday: datetime) -> None:
    first = receive(NEED, actor=WEB, at=monday)
    other = receive(replace(NEED, applicant=Applicant("李大力", "13912345678")), actor=WEB, at=monday)
    assert other.case != first.case


def test_papers_that_come_with_the_repetition_are_not_lost(town: Town, monday: datetime) -> None:
    first = receive(NEED, actor=WEB, at=monday)
    paper = make_file()
    for _ in range(2):
        receive(replace(NEED, documents=(paper,)), actor=WEB, at=monday + timedelta(minutes=1))
    assert [one.file for one in first.case.documents.all()] == [paper]


on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's test database has one connection")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@on_postgres
def test_six_presses_at_the_same_instant_make_one_case(town: Town, monday: datetime) -> None:
    results, raised = at_the_same_instant(*[lambda: receive(NEED, actor=WEB, at=monday)] * 6)
    assert raised == []
    assert {one.case.pk for one in results} == {Case.objects.get().pk}
    assert sorted(one.is_duplicate for one in results) == [False] + [True] * 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@on_postgres
def test_one_key_for_two_needs_at_the_same_instant_is_a_conflict_and_not_a_crash(town: Town, monday: datetime) -> None:
    clerk = town.actor(Role.COUNTER_CLERK)
    people = [Applicant("李大力", "13912345671"), Applicant("赵小兰", "13912345672"), Applicant(NAME, PHONE)]

    def sending(who: Applicant) -> Callable[[], Any]:
        return lambda: receive(replace(NEED, idempotency_key="k", applicant=who), actor=clerk, at=monday)

    results, raised = at_the_same_instant(*map(sending, people))
    assert len(results) == 1
    assert [type(fault) for fault in raised] == [KeyReused, KeyReused]
    assert Case.objects.count() == 1


# --- sealed -------------------------------------------------------------------------------------------------------


def test_phone_and_id_number_stand_in_no_row_of_any_table(town: Town, monday: datetime) -> None:
    who = Applicant(NAME, PHONE, ID_NUMBER)
    receive(replace(NEED, applicant=who, idempotency_key="k"), actor=WEB, at=monday)
    leaks = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            content = repr(cursor.fetchall())
            leaks += [(table, secret) for secret in (PHONE, ID_NUMBER) if secret in content]
    assert leaks == []
