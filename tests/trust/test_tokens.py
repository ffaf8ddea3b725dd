from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from santai.trust.models import ApiToken


def test_a_token_names_its_holder(clerk):
    assert ApiToken.holder(ApiToken.issue(clerk, "接口联调")) == clerk


def test_a_token_is_stored_as_a_keyed_hash_only(clerk):
    plain = ApiToken.issue(clerk, "接口联调")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust_apitoken")
        assert plain not in repr(cursor.fetchall())


def test_an_expired_token_opens_nothing(clerk):
    past, future = timezone.now() - timedelta(seconds=1), timezone.now() + timedelta(hours=1)
    assert ApiToken.holder(ApiToken.issue(clerk, "过期", expires_at=past)) is None
    assert ApiToken.holder(ApiToken.issue(clerk, "有效", expires_at=future)) == clerk


@pytest.mark.parametrize("guess", ["", "x", "王"])
def test_a_guess_opens_nothing(clerk, guess):
    ApiToken.issue(clerk, "接口联调")
    assert ApiToken.holder(guess) is None


def test_letter_case_and_width_of_a_token_count(clerk):
    plain = ApiToken.issue(clerk, "接口联调", token="abcDEF123")
    assert ApiToken.holder(plain.swapcase()) is None


def test_the_token_of_a_dismissed_account_opens_nothing(clerk):
    plain = ApiToken.issue(clerk, "接口联调")
    clerk.is_active = False
    clerk.save()
    assert ApiToken.holder(plain) is None
