"""Two processes on one SQLite demo: the second works in a copy of the file, and its new rows are copied back.

SQLite has one writer at a time: two processes gain nothing in one file. The two never meet: each takes the requests
of other counties, so that no case code, letter number or serial is given out twice, and the second numbers its rows
from FAR on. Rows that were there before are only read, but for what each office has spent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from santai.casework.models import BudgetLine
from santai.documents.models import Serial

FAR = 10_000_000
LINES = BudgetLine._meta.db_table
SPENT = (
    f"UPDATE main.{LINES} SET committed = theirs.committed FROM half.{LINES} AS theirs "  # noqa: S608 - a constant
    f"WHERE theirs.id = main.{LINES}.id AND theirs.committed > main.{LINES}.committed"
)
Report = Callable[[int], None]
Work = Callable[[Report], None]


class HalfFailed(Exception):
    """The second process ended with an error, which it has printed."""


def possible() -> bool:
    return connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).is_file()


def work_side_by_side(mine: Work, theirs: Work, report: Report) -> None:
    """Do `mine` here and `theirs` in a second process at the same time. Each reports what it has done."""
    with _copy_of_database() as copy:
        context = get_context("fork")
        receiving, sending = context.Pipe(duplex=False)
        # No open connection may cross a fork.
        connection.close()
        other = context.Process(target=_work_in, args=(copy, theirs, sending))
        other.start()
        sending.close()
        mine(lambda done: report(done + _heard(receiving)))
        for done in _still_to_hear(receiving):
            report(done)
        other.join()
        if other.exitcode:
            raise HalfFailed(f"the second process ended with {other.exitcode}")
        _copy_back(copy)


@contextmanager
def _copy_of_database() -> Iterator[Path]:
    copy = Path(settings.HOME) / "demo-half.sqlite3"
    try:
        copy.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        yield copy
    finally:
        for file in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
            file.unlink(missing_ok=True)


def _work_in(copy: Path, work: Work, sending: Connection) -> None:
    connection.settings_dict["NAME"] = str(copy)
    with connection.cursor() as cursor:
        for model in _numbered_models():
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, FAR])
    work(sending.send)
    connection.close()


def _heard(receiving: Connection) -> int:
    """What the other process has reported meanwhile, without waiting for it."""
    done = 0
    try:
        while receiving.poll():
            done += receiving.recv()
    except EOFError:
        pass
    return done


def _still_to_hear(receiving: Connection) -> Iterator[int]:
    try:
        while True:
            yield receiving.recv()
    except EOFError:
        return


def _numbered_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if isinstance(model._meta.pk, models.AutoField)]


def _copy_back(copy: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS half", [str(copy)])
        with transaction.atomic():
            for model in _numbered_models():
                cursor.execute(_copying(model, f"id > {FAR}"))
            cursor.execute(_copying(Serial, "prefix NOT IN (SELECT prefix FROM main.documents_serial)"))
            cursor.execute(SPENT)
        cursor.execute("DETACH DATABASE half")


def _copying(model: type[models.Model], which: str) -> str:
    table = model._meta.db_table
    stored = (field for field in model._meta.local_concrete_fields if not field.generated)
    columns = ", ".join(f'"{field.column}"' for field in stored)
    return f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM half."{table}" WHERE {which}'  # noqa: S608
