"""Makes `.venv` with the pinned requirements and the `santai` command; runs on a bare Python 3.11.

    python3 tools/build.py              what running the platform needs (requirements.txt)
    python3 tools/build.py dev          what testing it needs (requirements-dev.txt)
    python3 tools/build.py with uv      one more tool, not pinned, for a maintainer

Does nothing when the pins have not changed since the last time.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import find_pip

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PINS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
OLDEST = (3, 11)
# Started through sh, because a kernel's "#!" line breaks on a folder name that is long or has a space.
COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from santai.config.cli import main

sys.exit(main())
"""


def main(arguments: list[str]) -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Santai needs Python {'.'.join(map(str, OLDEST))} or newer; this is {sys.version.split()[0]}.")
    make_environment()
    if arguments[:1] == ["with"]:
        install(arguments[1:])
        return
    install_pins(arguments[0] if arguments else "run")


def make_environment() -> None:
    if VENV.exists() and not is_usable():
        print("The environment in .venv does not fit this Python any more: making it anew.")
        shutil.rmtree(VENV)
    if not VENV.exists():
        # Debian leaves ensurepip out of python3, so that a plain `python3 -m venv` fails there.
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)


def is_usable() -> bool:
    """False after an upgrade of the system's Python: the packages then lie in a folder the new one does not read."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST} or not any('site-packages' in p for p in sys.path))"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", check]).returncode == 0


def install_pins(kind: str) -> None:
    pins = PINS[kind]
    stamp = VENV / f".installed-{kind}"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        count = sum(1 for line in pins.read_text().splitlines() if "==" in line)
        print(f"Installing {count} packages from {pins.name} into .venv (about half a minute) ...", flush=True)
        install(["--require-hashes", "--requirement", str(pins)])
        stamp.write_text(wanted)
    write_command()


def install(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pip = find_pip.command(PYTHON, Path(folder))
        done = subprocess.run([*pip, "install", "-qq", "--no-input", "--disable-pip-version-check", *arguments])
    if done.returncode:
        sys.exit(
            "Installing failed; the lines above say why. Nothing was changed outside .venv: mend it and try again."
        )


def write_command() -> None:
    """What `pip install -e .` would do, without the build tools it would have to fetch unpinned."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    (packages / "santai.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "santai"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


if __name__ == "__main__":
    main(sys.argv[1:])
