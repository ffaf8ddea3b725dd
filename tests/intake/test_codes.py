import itertools
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from santai.intake import codes
from santai.intake.codes import MOST_PER_HOUR, MOST_WRONG_TRIES, TooManyCodes, forget_old_codes, send_code, verify_code
from santai.intake.models import OneTimeCode
from santai.notices.models import Notice
from santai.notices.queue import send_due
from santai.people.models import Party

PHONE = "13812345678"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, monkeypatch):
    """Codes are told, and come in a known order."""
    settings.DEMO = True
    numbers = itertools.count(271)
    monkeypatch.setattr(codes, "secrets", SimpleNamespace(randbelow=lambda below: next(numbers) % below))


@pytest.fixture
def code(demo, monday) -> str:
    sent = send_code(PHONE, at=monday)
    assert sent
    return sent


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_has_six_digits_even_when_it_is_a_small_number(code):
    assert code == "000271"


def test_codes_are_not_made_in_an_order(settings, monday):
    settings.DEMO = True
    assert len({send_code(f"1381234{number:04}", at=monday) for number in range(20)}) > 15


def test_the_code_is_told_to_the_screen_in_demo_mode_only(settings, monday):
    settings.DEMO = False
    assert send_code(PHONE, at=monday) is None


def test_the_right_code_opens_once(code, monday):
    assert verify_code(PHONE, code, at=monday)
    assert not verify_code(PHONE, code, at=monday)


def test_the_code_may_be_typed_with_full_width_digits_and_spaces(code, monday):
    typed = "".join(chr(0xFF10 + int(digit)) for digit in code)
    assert verify_code("+86 138-1234-5678", f" {typed[:3]} {typed[3:]} ", at=monday)


def test_a_code_lives_ten_minutes(code, monday):
    assert not verify_code(PHONE, code, at=monday + 10 * MINUTE)
    assert verify_code(PHONE, code, at=monday + 10 * MINUTE - timedelta(seconds=1))


def test_a_code_opens_no_other_phone(code, monday):
    send_code("13900000000", at=monday)
    assert not verify_code("13900000000", code, at=monday)
    assert verify_code(PHONE, code, at=monday)


@pytest.mark.parametrize("typed", ["", "000", "abcdef", "1" * 500])
def test_what_is_no_code_opens_nothing(code, monday, typed):
    assert not verify_code(PHONE, typed, at=monday)


@pytest.mark.parametrize("phone", ["", "110", "not a phone", "13900000001"])
def test_a_phone_without_a_code_is_opened_by_nothing(code, monday, phone):
    assert not verify_code(phone, code, at=monday)


def test_after_four_wrong_tries_the_right_code_still_opens(code, monday):
    for _ in range(MOST_WRONG_TRIES - 1):
        assert not verify_code(PHONE, wrong(code), at=monday)
    assert verify_code(PHONE, code, at=monday)


def test_after_five_wrong_tries_the_code_is_dead(code, monday):
    for _ in range(MOST_WRONG_TRIES):
        assert not verify_code(PHONE, wrong(code), at=monday)
    assert not verify_code(PHONE, code, at=monday)


def test_a_new_code_kills_the_old_one(code, monday):
    new = send_code(PHONE, at=monday + MINUTE)
    assert not verify_code(PHONE, code, at=monday + MINUTE)
    assert verify_code(PHONE, new, at=monday + MINUTE)


def test_a_second_code_within_a_minute_is_refused_with_the_time_to_wait(code, monday):
    with pytest.raises(TooManyCodes) as refusal:
        send_code("138 1234 5678", at=monday + timedelta(seconds=20))
    assert (refusal.value.status, refusal.value.wait_seconds) == (429, 40)
    assert "40 秒" in refusal.value.todo
    assert send_code(PHONE, at=monday + MINUTE)


def test_a_sixth_code_within_an_hour_is_refused_until_the_first_is_an_hour_old(demo, monday):
    for number in range(MOST_PER_HOUR):
        send_code(PHONE, at=monday + number * 2 * MINUTE)
    with pytest.raises(TooManyCodes) as refusal:
        send_code(PHONE, at=monday + 20 * MINUTE)
    assert refusal.value.wait_seconds == 40 * 60
    assert "40 分钟" in refusal.value.todo
    assert send_code("13900000000", at=monday + 20 * MINUTE)
    assert send_code(PHONE, at=monday + 60 * MINUTE)


def test_a_refused_request_sends_nothing_and_leaves_the_code_alive(code, monday):
    with pytest.raises(TooManyCodes):
        send_code(PHONE, at=monday)
    assert Notice.objects.count() == OneTimeCode.objects.count() == 1
    assert verify_code(PHONE, code, at=monday)


@pytest.mark.parametrize(("phone", "told"), [("0451-82345678", "座机"), ("110", "短号"), ("", "请填写")])
def test_a_number_that_takes_no_code_is_told_why(phone, told, monday):
    with pytest.raises(ValidationError, match=told):
        send_code(phone, at=monday)


def test_the_code_and_the_phone_stand_nowhere_in_the_database(code):
    with connection.cursor() as cursor:
        for table in ("intake_onetimecode", "notices_notice"):
            cursor.execute(f"SELECT * FROM {table}")
            row = repr([value for value in cursor.fetchone() if isinstance(value, str)])
            assert code not in row
            assert PHONE not in row


def test_the_message_carries_the_code_and_forgets_it(code, monday, monkeypatch):
    sent = []
    adapter = type("Adapter", (), {"send": lambda self, message: sent.append(message)})()
    monkeypatch.setattr("santai.notices.queue.sms_adapter", lambda: adapter)
    assert send_due(at=monday) == 1
    assert (sent[0].phone, code in sent[0].text) == (PHONE, True)
    assert Notice.objects.get().secret == ""


def test_a_message_that_missed_the_life_of_its_code_is_not_sent(code, monday):
    assert send_due(at=monday + 10 * MINUTE) == 0


def test_a_right_code_verifies_every_party_of_the_phone_and_no_other(code, monday):
    for name, phone in (("王小明", PHONE), ("王大明", PHONE), ("李四", "13900000000")):
        Party.objects.create(name=name, phone=phone)
    verify_code(PHONE, wrong(code), at=monday)
    assert not Party.objects.filter(phone_verified_at__isnull=False).exists()
    verify_code(PHONE, code, at=monday)
    verified = {party.name for party in Party.objects.filter(phone_verified_at=monday)}
    assert verified == {"王小明", "王大明"}


def test_old_codes_are_forgotten_after_a_day(code, monday):
    assert forget_old_codes(at=monday + timedelta(days=1)) == 0
    assert forget_old_codes(at=monday + timedelta(days=1, seconds=1)) == 1
