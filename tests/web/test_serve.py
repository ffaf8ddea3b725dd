import socket

import pytest
from django.core.management import CommandError

from santai.web.management.commands import serve


def test_the_port_comes_from_the_environment_when_none_is_given(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert serve.port_from_environment() == 8123
    monkeypatch.setenv("PORT", " ")
    assert serve.port_from_environment() == 8000


def test_a_port_that_is_no_number_is_refused_in_words(monkeypatch):
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(CommandError, match="PORT"):
        serve.port_from_environment()


def test_a_port_in_use_names_another_to_try():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"127.0.0.1:{port}.*\n.*--port"):
            serve.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_a_port_that_cannot_be_is_refused(port):
    with pytest.raises(CommandError, match="65535"):
        serve.check_port("127.0.0.1", port)


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_served():
    serve.check_database()


@pytest.mark.django_db
def test_an_empty_home_is_told_what_to_run_first(monkeypatch):
    monkeypatch.setattr(serve.MigrationExecutor, "migration_plan", lambda self, targets: [("something", False)])
    with pytest.raises(CommandError, match="santai demo.*santai migrate"):
        serve.check_database()


def test_static_files_are_collected_once(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert serve.static_files_are_old()
    (tmp_path / serve.MANIFEST).write_text("{}")
    assert not serve.static_files_are_old()
