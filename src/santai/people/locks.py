"""Two requests about one person wait for each other."""

from __future__ import annotations

from django.db import connection, transaction


def take_turns(*indexes: str) -> None:
    """Hold these blind indexes until the transaction ends. Must be called inside one.

    SQLite needs nothing: its transactions are IMMEDIATE and so already queue.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take_turns() needs a transaction")
    if connection.vendor != "postgresql":
        return
    # In one order for everybody: two requests that hold each other's index would never end.
    keys = sorted(int(index[:15], 16) for index in set(indexes) if index)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
