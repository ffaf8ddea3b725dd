"""Writes the table of settings in docs/operations.md from `Environment`; `--check` only says if it is up to date."""

import sys
from pathlib import Path

from santai.config.environment import Environment

PAGE = Path(__file__).resolve().parent.parent / "docs" / "operations.md"
BEGIN = "<!-- settings: written by tools/settings_table.py -->"
END = "<!-- end of settings -->"


def table() -> str:
    prefix = Environment.model_config["env_prefix"]
    rows = ["| Variable | Default | Meaning |", "|---|---|---|"]
    for name, field in Environment.model_fields.items():
        rows.append(f"| `{(prefix + name).upper()}` | {shown(field.default)} | {field.description or ''} |")
    return "\n".join(rows)


def shown(value: object) -> str:
    """A default as one would type it into the environment: lists are JSON there."""
    text = str(value).lower() if isinstance(value, bool) else str(value).replace("'", '"')
    return f"`{text}`" if text else "(empty)"


def with_table(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main(arguments: list[str]) -> int:
    page = PAGE.read_text()
    if page == with_table(page):
        return 0
    if "--check" in arguments:
        print(f"The settings in {PAGE.name} are out of date: run .venv/bin/python tools/settings_table.py")
        return 1
    PAGE.write_text(with_table(page))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
