"""Numbers that are given out once and in order."""

from __future__ import annotations

from django.db import connection

from santai.documents.models import Serial

COUNT_UP = (
    "INSERT INTO {table} (prefix, last) VALUES (%s, 1) "
    "ON CONFLICT (prefix) DO UPDATE SET last = {table}.last + 1 RETURNING last"
)


def next_number(prefix: str) -> int:
    """The next number under a prefix (at most 40 characters), from 1.

    One statement, which holds the row until the surrounding transaction ends: two at once get two numbers, and a number
    whose transaction is undone is given out again, so that there are no gaps.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT_UP.format(table=Serial._meta.db_table), [prefix])
        (number,) = cursor.fetchone()
    return int(number)
