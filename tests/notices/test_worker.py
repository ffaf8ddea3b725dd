import os
import signal
from datetime import timedelta

import pytest
from django.core.management import call_command

from santai.notices import periodic
from santai.notices.models import Notice, PeriodicRun
from santai.notices.periodic import every, run_due
from santai.notices.queue import queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds(no_jobs) -> list:
    """A job every five minutes that notes when it ran."""
    ran: list = []

    @every(minutes=5)
    def note(*, at):
        ran.append(at)

    return ran


def test_a_job_runs_when_it_is_due_and_not_before(rounds, monday):
    for minutes in (0, 1, 4, 5, 6, 20):
        run_due(at=monday + timedelta(minutes=minutes))
    assert [(at - monday).total_seconds() / 60 for at in rounds] == [0, 5, 20]


def test_two_workers_with_the_same_plan_run_a_job_once(rounds, monday):
    (job,) = periodic.JOBS.values()
    assert periodic._claim(job, None, monday)
    assert not periodic._claim(job, None, monday)
    later = monday + timedelta(minutes=5)
    planned = PeriodicRun.objects.get().due_at
    assert periodic._claim(job, planned, later)
    assert not periodic._claim(job, planned, later)


def test_a_job_that_fails_stops_no_other_and_comes_again(no_jobs, monday, caplog):
    ran = []

    @every(hours=1)
    def breaks(*, at):
        ran.append("breaks")
        raise RuntimeError("no")

    @every(hours=1)
    def works(*, at):
        ran.append("works")

    run_due(at=monday)
    run_due(at=monday + timedelta(hours=1))
    assert ran == ["breaks", "works"] * 2
    assert "breaks failed" in caplog.text


def test_a_round_without_work_costs_one_query(rounds, monday, django_assert_num_queries):
    run_due(at=monday)
    with django_assert_num_queries(1):
        run_due(at=monday + timedelta(minutes=1))


def test_a_job_without_an_interval_is_refused(no_jobs):
    with pytest.raises(ValueError, match="interval"):
        every()


def test_jobs_of_every_room_are_found():
    periodic.discover()
    assert "santai.intake.periodic.forget_codes" in periodic.JOBS


def test_one_round_sends_and_runs_and_ends(rounds, provider, citizen, capsys):
    queue("律师已接单", case_code="", once="a", party=citizen)
    call_command("worker", "--once")
    assert Notice.objects.get().sent_at
    assert len(rounds) == 1
    assert "发出通知 1 条，执行定时任务 1 项" in capsys.readouterr().out


def test_one_round_that_fails_is_heard_of(rounds, provider, monkeypatch):
    monkeypatch.setattr(periodic, "run_due", lambda at: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("worker", "--once")


@pytest.fixture
def one_connection(monkeypatch) -> None:
    """The test's connection must survive the end of a round."""
    monkeypatch.setattr("santai.notices.management.commands.worker.close_old_connections", lambda: None)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_round_end_and_then_stops_the_worker(no_jobs, provider, one_connection, number, capsys):
    done = []

    @every(minutes=5)
    def is_interrupted(*, at):
        os.kill(os.getpid(), number)
        done.append(at)

    before = signal.getsignal(number)
    call_command("worker", "--every", "3600")
    assert len(done) == 1
    assert "已停止" in capsys.readouterr().out
    assert signal.getsignal(number) is before


def test_a_round_that_fails_does_not_end_the_worker(no_jobs, provider, one_connection, monkeypatch, caplog):
    calls = []

    def breaks_once(*, at):
        calls.append(at)
        if len(calls) == 1:
            raise ConnectionError("database away")
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(periodic, "run_due", breaks_once)
    call_command("worker", "--every", "0")
    assert len(calls) == 2
    assert "database away" in caplog.text
