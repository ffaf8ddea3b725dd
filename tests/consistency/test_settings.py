import re

from santai.config.environment import Environment


def test_every_setting_says_what_it_is_for():
    silent = [name for name, field in Environment.model_fields.items() if not (field.description or "").endswith(".")]
    assert silent == []


def test_the_operations_page_lists_every_setting_as_it_is(root, tool):
    page = (root / "docs" / "operations.md").read_text()
    assert page == tool("settings_table").with_table(page), "run .venv/bin/python tools/settings_table.py"


def test_no_page_or_build_file_names_a_setting_that_does_not_exist(root):
    known = {f"SANTAI_{name.upper()}" for name in Environment.model_fields}
    pages = [*root.glob("*.md"), *root.glob("docs/**/*.md"), root / "Makefile", *root.glob("tools/*")]
    named = {word for page in pages if page.is_file() for word in re.findall(r"SANTAI_[A-Z_]+[A-Z]", page.read_text())}
    assert named - known == set()
