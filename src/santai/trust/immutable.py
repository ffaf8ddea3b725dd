"""Rows that are written once: refused in Python by `KeptForever`, and in the database by triggers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn, Self

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

REFUSAL = "rows of this table are never changed or deleted"
FUNCTION = "santai_refuse_change"
EVENTS = ("update", "delete")


class NeverChanged(Exception):
    """The row is a record of what happened; it is neither changed nor deleted."""


class KeptForeverQuerySet(models.QuerySet[Any]):
    def update(self, **_: Any) -> NoReturn:
        raise NeverChanged(REFUSAL)

    def delete(self) -> NoReturn:
        raise NeverChanged(REFUSAL)


class KeptForever(models.Model):
    objects: ClassVar[models.Manager[Self]] = KeptForeverQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged(REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged(REFUSAL)


def forbid_changes(table: str, *, columns: Sequence[str] = ()) -> RunPython:
    """A migration operation after which the database itself refuses UPDATE and DELETE on `table`.

    With `columns` only these may not be updated; a row is never deleted either way.

    TRUNCATE is left to the rights of the database role: on PostgreSQL tests empty tables with it.
    """

    def forward(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        # Again on a table that has them: SQLite forgets triggers when a column is added or altered.
        _run(editor, allowing_sql(table, editor.connection.vendor))
        _run(editor, forbidding_sql(table, editor.connection.vendor, columns))

    def reverse(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, allowing_sql(table, editor.connection.vendor))

    return RunPython(forward, reverse)


def forbidding_sql(table: str, vendor: str, columns: Sequence[str] = ()) -> list[str]:
    """Statements for `vendor` ("sqlite" or "postgresql") that block UPDATE (of `columns`) and DELETE on `table`."""
    for name in (table, *columns):
        _check_name(name)
    updating = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for event, what in zip(EVENTS, (updating, "DELETE"), strict=True)
        ]
    _check_vendor(vendor)
    # One function serves every protected table; the later ones replace it with itself.
    return [
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE {updating} OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
    ]


def allowing_sql(table: str, vendor: str) -> list[str]:
    """The reverse of `forbidding_sql`; the shared function stays."""
    _check_name(table)
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{event}" for event in EVENTS]
    _check_vendor(vendor)
    return [f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}"]


def _run(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)


def _check_name(table: str) -> None:
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", table):
        raise ValueError(f"not a table or column name: {table!r}")


def _check_vendor(vendor: str) -> None:
    if vendor != "postgresql":
        raise NotImplementedError(f"no triggers are written for {vendor}")
