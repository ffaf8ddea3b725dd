import logging
from datetime import timedelta

import pytest
from django.db import connection

from santai.notices.adapters import LogAdapter, Message, sms_adapter
from santai.notices.models import Notice
from santai.notices.queue import BACKOFF, LEASE, _claim, inbox, mark_read, queue, send_due
from santai.people.models import Party
from santai.trust.models import User

CODE = "230102010000012026"


def tell(citizen, at, once="step:1", text="律师已接单", **fields):
    queue(text, case_code=CODE, once=once, party=citizen, at=at, **fields)


def test_a_message_goes_out_once(citizen, provider, monday):
    tell(citizen, monday)
    assert send_due(at=monday) == 1
    assert send_due(at=monday + timedelta(days=1)) == 0
    assert [(message.phone, message.text, message.key) for message in provider.taken] == [
        ("13812345678", "律师已接单", "step:1")
    ]
    assert Notice.objects.get().sent_at == monday


def test_the_same_step_tells_once_however_often_it_is_queued(citizen, monday):
    tell(citizen, monday)
    tell(citizen, monday, text="又一次")
    assert [notice.text for notice in Notice.objects.all()] == ["律师已接单"]


def test_queueing_is_one_statement(citizen, monday, django_assert_num_queries):
    with django_assert_num_queries(1):
        tell(citizen, monday)
    with django_assert_num_queries(1):
        tell(citizen, monday)


def test_a_message_is_not_sent_before_it_is_queued(citizen, provider, monday):
    tell(citizen, monday)
    assert send_due(at=monday - timedelta(seconds=1)) == 0


@pytest.mark.parametrize("way", ["sms", "desk", "pigeon"])
def test_a_message_to_nobody_or_by_no_way_is_a_fault_of_the_caller(db, way):
    with pytest.raises(ValueError):
        queue("有人吗", case_code=CODE, once="x", way=way)
    assert not Notice.objects.exists()


def test_a_member_of_staff_without_a_phone_gets_no_text_message(lawyer):
    with pytest.raises(ValueError, match="phone"):
        queue("有新案件", case_code=CODE, once="x", user=lawyer, way="sms")


@pytest.mark.parametrize("once", ["", "x" * 121])
def test_a_key_that_does_not_fit_is_refused_not_cut(citizen, once):
    with pytest.raises(ValueError, match="key"):
        tell(citizen, None, once=once)


def test_a_text_that_is_too_long_is_cut_visibly(citizen, monday):
    tell(citizen, monday, text="长" * 501)
    text = Notice.objects.get().text
    assert (len(text), text[-1]) == (500, "…")


def test_a_failed_message_is_tried_after_1_5_30_and_120_minutes_and_then_given_up(citizen, provider, monday):
    tell(citizen, monday)
    provider.faults = [ConnectionError("gateway away")] * 9
    now, waits = monday, []
    for _ in BACKOFF:
        assert send_due(at=now) == 0
        notice = Notice.objects.get()
        waits.append((notice.send_after - now).total_seconds() / 60)
        assert notice.fault == "ConnectionError: gateway away"
        assert send_due(at=notice.send_after - timedelta(seconds=1)) == 0
        now = notice.send_after
    assert waits == [1, 5, 30, 120]
    send_due(at=now)
    assert len(provider.faults) == 4
    assert send_due(at=now + timedelta(days=9)) == 0
    assert len(provider.faults) == 4


def test_a_message_that_gets_through_at_last_leaves_no_fault(citizen, provider, monday):
    tell(citizen, monday)
    provider.faults = [ConnectionError("gateway away")]
    send_due(at=monday)
    assert send_due(at=monday + timedelta(minutes=1)) == 1
    notice = Notice.objects.get()
    assert (notice.fault, notice.attempts) == ("", 2)


def test_one_bad_message_does_not_hold_up_the_others(citizen, provider, monday):
    for number in range(3):
        tell(citizen, monday, once=f"step:{number}")
    provider.faults = [ConnectionError("gateway away")]
    assert send_due(at=monday) == 2


def test_two_workers_that_read_the_same_row_send_it_once(citizen, monday):
    tell(citizen, monday)
    one, other = Notice.objects.get(), Notice.objects.get()
    assert _claim(one, monday)
    assert not _claim(other, monday)


def test_a_worker_that_comes_while_another_is_sending_sends_nothing(citizen, provider, monday, monkeypatch):
    tell(citizen, monday)
    meanwhile = []

    def slowly(message: Message) -> None:
        meanwhile.append(send_due(at=monday + timedelta(minutes=2)))
        provider.taken.append(message)

    monkeypatch.setattr(provider, "send", slowly)
    assert send_due(at=monday) == 1
    assert meanwhile == [0]
    assert len(provider.taken) == 1


def test_a_message_of_a_worker_that_died_is_taken_up_after_the_lease(citizen, provider, monday):
    tell(citizen, monday)
    assert _claim(Notice.objects.get(), monday)
    assert send_due(at=monday + LEASE - timedelta(seconds=1)) == 0
    assert send_due(at=monday + LEASE) == 1


def test_a_landline_is_given_up_at_once(provider, monday, db):
    tell(Party.objects.create(name="李四", phone="045182345678"), monday)
    assert send_due(at=monday) == 0
    assert Notice.objects.get().fault == "这个号码收不到短信"
    assert send_due(at=monday + timedelta(days=1)) == 0
    assert provider.taken == []


def test_an_expired_message_is_not_sent(citizen, provider, monday):
    tell(citizen, monday, expires_at=monday + timedelta(minutes=10))
    assert send_due(at=monday + timedelta(minutes=10)) == 0
    assert provider.taken == []
    assert Notice.objects.get().fault == "过期未发"


def send_secret(at, **fields):
    text = "验证码{secret}，请不要告诉别人"
    queue(text, case_code="", once="code:1", phone="13900000000", secret="314159", at=at, **fields)


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_notice")
        return repr(cursor.fetchall())


def test_a_secret_reaches_the_phone_and_never_the_table(provider, monday, db):
    send_secret(monday)
    assert "314159" not in stored()
    assert "13900000000" not in stored()
    send_due(at=monday)
    assert [message.text for message in provider.taken] == ["验证码314159，请不要告诉别人"]


def test_a_sent_secret_is_erased(provider, monday, db):
    send_secret(monday)
    assert Notice.objects.get().secret == "314159"
    send_due(at=monday)
    assert Notice.objects.get().secret == ""


def test_an_expired_secret_is_erased(provider, monday, db):
    send_secret(monday, expires_at=monday)
    send_due(at=monday)
    assert Notice.objects.get().secret == ""


def test_a_fault_tells_neither_secret_nor_phone(provider, monday, db):
    send_secret(monday)
    provider.faults = [ValueError("13900000000 refused: 验证码314159")]
    send_due(at=monday)
    assert Notice.objects.get().fault == "ValueError: 139****0000 refused: 验证码***"


def test_the_log_tells_neither_secret_nor_phone(caplog):
    with caplog.at_level(logging.INFO):
        LogAdapter().send(Message(phone="13812345678", words="验证码{secret}", key="x", secret="314159"))
    assert "验证码******" in caplog.text
    assert "138****5678" in caplog.text
    assert "314159" not in caplog.text
    assert "314159" not in repr(Message(phone="13812345678", words="验证码{secret}", key="x", secret="314159"))


def test_an_installation_names_its_own_adapter(settings):
    settings.SMS_ADAPTER = "santai.notices.adapters.LogAdapter"
    assert isinstance(sms_adapter(), LogAdapter)
    settings.SMS_ADAPTER = "santai.notices.nowhere.Adapter"
    with pytest.raises(ImportError):
        sms_adapter()


def desk(user, at, once):
    queue("有新案件", case_code=CODE, once=once, user=user, way="desk", at=at)


def test_a_message_to_the_desk_is_there_at_once_and_not_sent(lawyer, provider, monday):
    desk(lawyer, monday, "a")
    assert [notice.once for notice in inbox(lawyer)] == ["a"]
    assert send_due(at=monday) == 0


def test_the_inbox_is_ones_own_and_latest_first(lawyer, monday):
    colleague = User.objects.create(username="other", display_name="周律师")
    desk(lawyer, monday, "a")
    desk(lawyer, monday + timedelta(minutes=1), "b")
    queue("有新案件", case_code=CODE, once="c", user_id=colleague.pk, way="desk", at=monday)
    assert [notice.once for notice in inbox(lawyer)] == ["b", "a"]
    assert [notice.once for notice in inbox(colleague)] == ["c"]


def test_a_read_message_leaves_the_inbox_and_keeps_when_it_was_read(lawyer, monday):
    desk(lawyer, monday, "a")
    desk(lawyer, monday, "b")
    assert mark_read(lawyer, [Notice.objects.get(once="a").pk], at=monday) == 1
    assert [notice.once for notice in inbox(lawyer)] == ["b"]
    assert mark_read(lawyer, at=monday + timedelta(hours=1)) == 1
    assert Notice.objects.get(once="a").read_at == monday


def test_nobody_reads_the_messages_of_another(lawyer, monday):
    colleague = User.objects.create(username="other", display_name="周律师")
    desk(lawyer, monday, "a")
    assert mark_read(colleague, [Notice.objects.get().pk], at=monday) == 0
    assert inbox(lawyer).count() == 1
