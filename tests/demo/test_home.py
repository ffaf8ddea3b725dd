import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from santai.demo import home
from santai.demo.management.commands import demo as command
from santai.registry.regions import load_regions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.ENV = settings.ENV.model_copy(update={"secure": False, "database_url": "", "demo": False})


@pytest.fixture
def built(monkeypatch):
    """What the build was asked for, in place of building."""
    asked = []

    def build_demo(*, requests, processes, now, report):
        asked.append(requests)
        home.mark(home.READY, at=now)

    monkeypatch.setattr(command, "build_demo", build_demo)
    return asked


def run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_an_empty_home_may_become_a_demo(built):
    assert "演示省建好了" in run("--requests", "7")
    assert built == [7]


def test_a_second_run_changes_nothing(built):
    run()
    assert "没有改动" in run()
    assert built == [3000]


def test_force_begins_with_an_empty_database(built, monkeypatch):
    cleared = []
    monkeypatch.setattr(home, "start_afresh", lambda: cleared.append(True))
    run()
    run("--force")
    assert (built, cleared) == ([3000, 3000], [True])


def test_a_build_that_was_broken_off_begins_again(built, monkeypatch):
    cleared = []
    monkeypatch.setattr(home, "start_afresh", lambda: cleared.append(True))
    home.mark(home.BUILDING, at=timezone.now())
    run()
    assert (built, cleared) == ([3000], [True])


@pytest.mark.parametrize("arguments", [[], ["--force"]])
def test_a_database_with_data_of_its_own_is_never_touched(built, arguments):
    factories.make_organisation()
    with pytest.raises(CommandError, match="不是演示数据"):
        run(*arguments)
    assert built == []


def test_not_even_in_demo_mode(built, settings):
    settings.DEMO = True
    factories.make_organisation()
    with pytest.raises(CommandError, match="不是演示数据"):
        run()


def test_a_marker_of_another_database_does_not_count(built):
    factories.make_organisation()
    words = {"status": home.READY, "database": "postgresql/elsewhere"}
    home.marker().write_text(json.dumps(words))
    with pytest.raises(CommandError, match="不是演示数据"):
        run("--force")


@pytest.mark.parametrize("words", ["", "not json", "[]"])
def test_a_marker_nobody_can_read_does_not_count(words):
    home.marker().write_text(words)
    assert home.status() == ""


def test_regions_alone_are_not_data(built):
    load_regions("23")
    run()
    assert built == [3000]


@pytest.mark.parametrize("change", [{"secure": True}, {"database_url": "postgres://x/y"}])
def test_an_installation_set_up_for_production_must_be_told_twice(built, settings, change):
    settings.ENV = settings.ENV.model_copy(update={**change, "demo": False})
    with pytest.raises(CommandError, match="SANTAI_DEMO=true"):
        run()
    settings.ENV = settings.ENV.model_copy(update={"demo": True})
    run()
    assert built == [3000]


@pytest.mark.parametrize("count", ["-1", "100001"])
def test_a_number_nobody_can_mean_is_refused(built, count):
    with pytest.raises(CommandError, match="0 到 100000"):
        run("--requests", count)


def test_starting_afresh_is_refused_where_no_demo_was_begun():
    with pytest.raises(home.NotADemoHome):
        home.start_afresh()
