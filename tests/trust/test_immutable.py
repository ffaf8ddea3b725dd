from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from santai.trust.immutable import NeverChanged, allowing_sql, forbid_changes, forbidding_sql
from santai.trust.looks import write_look
from santai.trust.models import SensitiveLook

TABLE = "scratch_diary"


def run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def diary(db: None) -> Iterator[None]:
    run([f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, words text)", f"INSERT INTO {TABLE} VALUES (1, 'so it was')"])
    yield
    run([f"DROP TABLE {TABLE}"])


@pytest.fixture
def kept_diary(diary: None) -> None:
    run(forbidding_sql(TABLE, connection.vendor))


def words() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT words FROM {TABLE} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("change", [f"UPDATE {TABLE} SET words = 'no'", f"DELETE FROM {TABLE}"])
def test_the_database_refuses_to_change_or_delete_a_kept_row(kept_diary, change):
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        run([change])
    assert words() == ["so it was"]


def test_a_kept_row_cannot_be_replaced_by_an_insert(kept_diary):
    behind = {
        "sqlite": f"INSERT OR REPLACE INTO {TABLE} VALUES (1, 'no')",
        "postgresql": f"INSERT INTO {TABLE} VALUES (1, 'no') ON CONFLICT (id) DO UPDATE SET words = 'no'",
    }
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        run([behind[connection.vendor]])
    assert words() == ["so it was"]


def test_a_kept_table_still_takes_new_rows(kept_diary):
    run([f"INSERT INTO {TABLE} VALUES (2, 'and so')"])
    assert words() == ["so it was", "and so"]


def test_the_protection_can_be_taken_back(kept_diary):
    run(allowing_sql(TABLE, connection.vendor))
    run([f"UPDATE {TABLE} SET words = 'changed'"])
    assert words() == ["changed"]


def test_two_tables_may_be_kept(kept_diary):
    run(["CREATE TABLE scratch_second (id integer)", "INSERT INTO scratch_second VALUES (1)"])
    run(forbidding_sql("scratch_second", connection.vendor))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(["DELETE FROM scratch_second"])
    run(["DROP TABLE scratch_second"])


def test_the_migration_operation_does_and_undoes_it(diary):
    class Editor:
        def __init__(self) -> None:
            self.connection = connection

        def execute(self, statement: str, params: None) -> None:
            run([statement])

    operation = forbid_changes(TABLE)
    operation.code(None, Editor())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run([f"DELETE FROM {TABLE}"])
    operation.reverse_code(None, Editor())
    run([f"DELETE FROM {TABLE}"])
    assert words() == []


def test_a_table_name_is_not_a_place_for_sql():
    with pytest.raises(ValueError):
        forbidding_sql("t; DROP TABLE t", "sqlite")


def test_an_unknown_database_is_refused_rather_than_left_open():
    with pytest.raises(NotImplementedError):
        forbidding_sql(TABLE, "mysql")


@pytest.fixture
def seen(party, clerk) -> SensitiveLook:
    return write_look(party.pk, user=clerk, what=["phone"], reason="回访当事人")


def test_a_look_cannot_be_saved_again_or_deleted(seen):
    seen.reason = "别的理由"
    with pytest.raises(NeverChanged):
        seen.save()
    with pytest.raises(NeverChanged):
        seen.delete()
    with pytest.raises(NeverChanged):
        SensitiveLook.objects.update(reason="别的理由")
    with pytest.raises(NeverChanged):
        SensitiveLook.objects.filter(pk=seen.pk).delete()
    assert SensitiveLook.objects.get().reason == "回访当事人"
