import re

import pytest
from django.core.management import get_commands, load_command_class

OURS = {name: app for name, app in get_commands().items() if str(app).startswith("santai.")}
# Every Django command has these.
COMMON = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_command_says_what_it_does(name):
    assert load_command_class(OURS[name], name).help.strip()


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_option_of_a_command_says_what_it_is_for(name):
    parser = load_command_class(OURS[name], name).create_parser("santai", name)
    options = [action for action in parser._actions if action.option_strings and action.dest not in COMMON]
    assert [option.dest for option in options if not option.help] == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_operations_page_knows_the_command(name, root):
    assert f"`santai {name.replace('_', '-')}" in (root / "docs" / "operations.md").read_text()


def test_the_operations_page_names_no_command_that_does_not_exist(root):
    told = re.findall(r"`santai ([a-z-]+)", (root / "docs" / "operations.md").read_text())
    named = {name.replace("-", "_") for name in told}
    assert named - set(get_commands()) == set()
