"""Records that become leaves, an attacker who owns the database, and a key that is nobody's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from santai.archive.models import Checkpoint
from santai.archive.transparency import keys
from santai.archive.transparency.checkpoints import Kept
from santai.archive.transparency.growing import take_checkpoint
from santai.casework.models import Case
from santai.trust.immutable import allowing_sql
from tests import factories

PROTECTED = (
    "casework_logentry",
    "documents_letter",
    "documents_lettercopy",
    "archive_treeleaf",
    "archive_treenode",
    "archive_checkpoint",
)


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path: Path) -> None:
    settings.ENV = settings.ENV.model_copy(update={"home": tmp_path / "home", "checkpoint_key": ""})


def attack(statement: str, *values: object) -> None:
    """As somebody who owns the database would: without our code and without our triggers."""
    with connection.cursor() as cursor:
        for table in PROTECTED:
            for drop in allowing_sql(table, connection.vendor):
                cursor.execute(drop)
        cursor.execute(statement, values)


@pytest.fixture
def cases(town, monday) -> list[Case]:
    return [factories.make_case(monday + timedelta(minutes=minute)) for minute in range(4)]


@pytest.fixture
def signed(cases, monday) -> list[Checkpoint]:
    """Two checkpoints, an hour and two cases apart."""
    first = take_checkpoint(at=monday + timedelta(hours=1))
    factories.make_case(monday + timedelta(hours=1, minutes=5))
    second = take_checkpoint(at=monday + timedelta(hours=2))
    assert first is not None
    assert second is not None
    return [first, second]


def kept_now() -> Kept:
    return Kept((keys.public_key(),), tuple(row.signed for row in Checkpoint.objects.order_by("pk")))
