"""A database to measure in: beside the configured one, of the same kind, and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from santai.demo.province import build_province
from santai.workdays.calendar import forget
from santai.workdays.imports import import_package_years


@contextmanager
def scratch_province() -> Iterator[None]:
    """The demo province without a single request, in a database of its own. Nothing of the installation is touched."""
    real_name = str(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(prefix="santai-bench-") as folder:
        # In memory SQLite would be measured without its disk.
        is_file = connection.vendor == "sqlite"
        name = str(Path(folder) / "bench.sqlite3") if is_file else f"santai_bench_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = name
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            fill()
            yield
        finally:
            connection.creation.destroy_test_db(real_name, verbosity=0)
            forget()


def fill() -> None:
    from django.utils.timezone import localdate

    forget()
    import_package_years()
    build_province(on=localdate())
    analyse()


def analyse() -> None:
    """Tell the planner how large the tables are; PostgreSQL does it by itself within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
