import os
import re

import pytest

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def targets(root):
    """Name and help line of each target."""
    return dict(re.findall(r"^([a-z-]+):(?!=).*?##\s*(.+)$", (root / "Makefile").read_text(), re.MULTILINE))


def pins(root, name):
    return dict(PIN.findall((root / name).read_text()))


def test_every_make_target_has_a_help_line(root, targets):
    makefile = (root / "Makefile").read_text()
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    assert sorted(declared) == sorted(targets)


def test_the_pages_name_no_make_target_that_does_not_exist(root, targets):
    pages = [*root.glob("*.md"), *root.glob("docs/*.md")]
    named = {
        word
        for page in pages
        for word in re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)(?=[`\s|])", commands(page.read_text()))
    }
    assert named - set(targets) == set()


def commands(text):
    """What a page shows as something to type: between back quotes, or in an indented or fenced block."""
    fenced = re.findall(r"```.*?```", text, re.DOTALL)
    return "\n".join([*fenced, *re.findall(r"`[^`\n]+`", text), *re.findall(r"^    .+$", text, re.MULTILINE)])


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_its_digests_and_without_an_address(root, name):
    text = (root / name).read_text()
    blocks = [block for block in re.split(r"\n(?=[A-Za-z0-9])", text) if block[0].isalnum()]
    assert [block.split()[0] for block in blocks if not PIN.match(block) or "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert not re.search(r"^--?(index|extra|find|trusted|i |f )", text, re.MULTILINE)


def test_testing_uses_the_same_versions_as_running(root):
    run, dev = pins(root, "requirements.txt"), pins(root, "requirements-dev.txt")
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


def test_every_requirement_that_is_asked_for_is_pinned(root):
    for name in ("requirements", "requirements-dev"):
        asked = re.findall(r"^([A-Za-z0-9._-]+)", (root / f"{name}.in").read_text(), re.MULTILINE)
        pinned = {pin.lower().replace("_", "-") for pin in pins(root, f"{name}.txt")}
        assert {word.lower().replace("_", "-") for word in asked if not word.startswith("-")} - pinned == set()


def test_ci_runs_everything_on_both_databases_and_in_a_browser(root):
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    for target in ("build", "test", "test-postgres", "journeys", "quality"):
        assert re.search(rf"make .*\b{target}\b", script.read_text()), target
