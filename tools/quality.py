"""Runs every check that is not a test, whatever the others say, and ends with a table of what each said."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CODE = ("src", "tests", "tools")
CHECKS = {
    "style (ruff check)": ("ruff", "check", *CODE),
    "layout (ruff format)": ("ruff", "format", "--check", *CODE),
    "types (mypy strict)": ("mypy", "src", "tools"),
    "imports (import-linter)": ("lint-imports", "--no-cache"),
    "sizes": ("python", "tools/sizes.py"),
    "migrations": ("santai", "makemigrations", "--check", "--dry-run"),
    # The committed description is what other systems build on: it changes only when somebody says so.
    "API description": ("santai", "openapi", "--check"),
    "procedure pages": ("santai", "docs", "--check"),
    "settings page": ("python", "tools/settings_table.py", "--check"),
}


def main(words: list[str]) -> int:
    """With words as arguments, only the checks whose name has one of them."""
    results = []
    for name, (program, *arguments) in CHECKS.items():
        if words and not any(word in name for word in words):
            continue
        print(f"== {name}", flush=True)
        start = time.monotonic()
        status = subprocess.run([BIN / program, *arguments], cwd=ROOT).returncode
        results.append((name, status == 0, time.monotonic() - start))
    print("\n" + "\n".join(f"{'ok    ' if good else 'FAILED'} {took:6.1f} s  {name}" for name, good, took in results))
    return 0 if all(good for _, good, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
