"""Numbers are given out once, in order, without gaps."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from santai.documents.models import Serial
from santai.documents.serials import next_number


@pytest.mark.django_db
def test_each_prefix_counts_from_one_by_itself() -> None:
    assert [next_number("case:A"), next_number("case:A"), next_number("case:B")] == [1, 2, 1]


@pytest.mark.django_db
def test_a_number_whose_transaction_is_undone_is_given_out_again() -> None:
    next_number("letter:A")
    with transaction.atomic():
        assert next_number("letter:A") == 2
        transaction.set_rollback(True)
    assert next_number("letter:A") == 2


@pytest.mark.django_db
def test_a_number_costs_one_query_whether_or_not_its_prefix_exists(django_assert_num_queries) -> None:
    for expected in (1, 2):
        with transaction.atomic(), django_assert_num_queries(1):
            assert next_number("case:A") == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="an in-memory SQLite database has one connection")
@pytest.mark.postgres
def test_two_at_once_never_get_the_same_number_even_for_a_new_prefix() -> None:
    found: list[int] = []

    def take_some() -> None:
        found.extend(next_number("case:new") for _ in range(20))
        connection.close()

    threads = [threading.Thread(target=take_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 81))
    assert Serial.objects.get(prefix="case:new").last == 80
