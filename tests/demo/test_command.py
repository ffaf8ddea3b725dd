"""The command as it is run: a home of its own, a real file, two processes."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.utils.timezone import localdate

from santai.casework.kernel import procedures_in_force

REQUESTS = 100


def santai(home, *arguments):
    environment = {**os.environ, "SANTAI_HOME": str(home), "SANTAI_DEMO": "false", "SANTAI_DATABASE_URL": ""}
    start = "from santai.config.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        env={**environment, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    run = santai(folder, "demo", "--requests", str(REQUESTS))
    assert run.returncode == 0, run.stderr[-2000:]
    assert "演示省建好了" in run.stdout
    assert "诉求" in run.stderr
    return folder


@pytest.fixture
def database(home):
    connection = sqlite3.connect(home / "santai.sqlite3")
    yield connection
    connection.close()


def test_two_processes_lose_nothing_and_mix_nothing_up(database):
    needs = "SELECT count(*) FROM casework_case WHERE procedure = 'work_order'"
    assert database.execute(needs).fetchone()[0] > REQUESTS
    assert database.execute("SELECT count(*) FROM intake_arrival").fetchone() == database.execute(needs).fetchone()
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    far, near = database.execute("SELECT sum(id > 10000000), sum(id <= 10000000) FROM casework_case").fetchone()
    assert min(far, near) > REQUESTS / 4


def test_numbers_go_on_where_both_halves_stopped(database):
    given_out = dict(database.execute("SELECT prefix, last FROM documents_serial"))
    letters = [prefix for prefix in given_out if prefix.startswith("letter:")]
    assert (
        sum(given_out[prefix] for prefix in letters)
        == database.execute("SELECT count(*) FROM documents_letter").fetchone()[0]
    )


def test_what_each_office_has_approved_is_known_from_both_halves(database):
    approved = """
        SELECT line.committed, coalesce(sum(payment.amount), 0) FROM casework_budgetline line
        LEFT JOIN casework_payment payment ON payment.line_id = line.id AND payment.approved_at IS NOT NULL
        GROUP BY line.id"""
    lines = [(float(committed), float(paid)) for committed, paid in database.execute(approved)]
    assert sum(paid > 0 for _, paid in lines) > 1
    assert all(committed == paid for committed, paid in lines)


def test_cases_of_every_procedure_are_there(database):
    shown = {name for (name,) in database.execute("SELECT DISTINCT procedure FROM casework_case")}
    assert {table.name for table in procedures_in_force(localdate())} <= shown


def test_every_chain_verifies_afterwards(home):
    run = santai(home, "audit", "verify")
    assert run.returncode == 0, run.stderr[-2000:]


def test_the_home_is_in_demo_mode_from_now_on(home):
    run = santai(home, "shell", "-c", "from django.conf import settings; print('DEMO', settings.DEMO)")
    assert "DEMO True" in run.stdout


def test_nothing_is_left_of_the_second_half(home):
    assert {file.name for file in home.iterdir() if "half" in file.name} == set()
    assert (home / "demo").is_file()


def test_force_builds_a_fresh_one(tmp_path):
    for arguments in (["--requests", "0"], ["--requests", "3", "--force"]):
        run = santai(tmp_path, "demo", *arguments)
        assert run.returncode == 0, run.stderr[-2000:]
    connection = sqlite3.connect(tmp_path / "santai.sqlite3")
    assert connection.execute("SELECT count(*) FROM casework_case WHERE parent_id IS NULL").fetchone() == (3,)
    connection.close()
