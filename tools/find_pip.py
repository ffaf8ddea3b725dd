"""Finds a pip for an environment made without one; Debian gives python3 neither pip nor ensurepip.

In this order: the environment's own, this Python's, ensurepip, Debian's pip wheel (as installed, else the package is
fetched and unpacked without installing it, which needs no root), the wheel in the package index pip is configured for.
"""

import configparser
import hashlib
import html.parser
import os
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path

DEBIAN_WHEELS = "usr/share/python-wheels"
DEBIAN_PACKAGE = "python3-pip-whl"
HELP = """No pip was found, nor a way to fetch one. Install it in one of these ways, then run make again:
  Debian, Ubuntu:  apt-get install python3-pip      (or python3-venv)
  elsewhere:       the package of your system that gives `python3 -m pip` or `python3 -m ensurepip`
or set PIP_INDEX_URL to the package index of your house."""


def command(python: Path, folder: Path) -> list[str]:
    """How to start a pip that installs into the environment of `python`; keep `folder` until it has run."""
    if _runs([python, "-m", "pip", "--version"]):
        return [str(python), "-m", "pip"]
    if _runs([sys.executable, "-m", "pip", "--python", python, "--version"]):
        return [sys.executable, "-m", "pip", "--python", str(python)]
    if _runs([python, "-m", "ensurepip"]):
        return [str(python), "-m", "pip"]
    wheel = _wheel_in(Path("/")) or _from_debian(folder) or _from_index(folder)
    if wheel is None:
        sys.exit(HELP)
    return [str(python), f"{wheel}/pip"]


def _runs(line: Sequence[str | Path], folder: Path | None = None) -> bool:
    return subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder).returncode == 0


def _wheel_in(root: Path) -> Path | None:
    return max((root / DEBIAN_WHEELS).glob("pip-*.whl"), default=None)


def _from_debian(folder: Path) -> Path | None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    print(f"This machine has no pip: unpacking Debian's {DEBIAN_PACKAGE} for it (nothing is installed) ...", flush=True)
    fetch = ["apt-get", "download", DEBIAN_PACKAGE]
    # Where the package lists were never fetched, they go to our own folder: /var/lib/apt belongs to root.
    own = [f"-oDir::State={folder}/state", f"-oDir::Cache={folder}/cache", "-oAPT::Sandbox::User="]
    if not _runs(fetch, folder):
        (folder / "state/lists/partial").mkdir(parents=True)
        (folder / "cache/archives/partial").mkdir(parents=True)
        if not (_runs(["apt-get", *own, "update"]) and _runs([fetch[0], *own, *fetch[1:]], folder)):
            return None
    package = next(folder.glob("*.deb"))
    return _wheel_in(folder) if _runs(["dpkg-deb", "--extract", package, folder]) else None


def _from_index(folder: Path) -> Path | None:
    """The newest pip wheel of the configured index; its listing carries the digest that the file must have."""
    index = _configured_index()
    if not index:
        return None
    page = f"{index.rstrip('/')}/pip/"
    links = _Links()
    with urllib.request.urlopen(page) as answer:
        links.feed(answer.read().decode())
    newest = max(links.wheels, key=_version, default="")
    if not newest:
        return None
    address, _, digest = urllib.parse.urljoin(page, newest).partition("#")
    with urllib.request.urlopen(address) as answer:
        body = answer.read()
    if digest.startswith("sha256=") and hashlib.sha256(body).hexdigest() != digest.removeprefix("sha256="):
        sys.exit(f"The pip fetched from {address} is not the one its index lists: stopped.")
    wheel = folder / Path(urllib.parse.urlsplit(address).path).name
    wheel.write_bytes(body)
    return wheel


def _configured_index() -> str:
    config = configparser.ConfigParser()
    config.read(["/etc/pip.conf", Path.home() / ".pip/pip.conf", Path.home() / ".config/pip/pip.conf"])
    return os.environ.get("PIP_INDEX_URL") or str(config.get("global", "index-url", fallback=""))


def _version(link: str) -> tuple[int, ...]:
    """Sorts releases by number; anything else (betas) comes first."""
    number = link.rpartition("/")[2].split("-")[1]
    return tuple(map(int, number.split("."))) if number.replace(".", "").isdecimal() else ()


class _Links(html.parser.HTMLParser):
    """Collects the addresses of the pip wheels on a page of a package index."""

    def __init__(self) -> None:
        super().__init__()
        self.wheels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if tag == "a" and "/pip-" in f"/{target}" and target.partition("#")[0].endswith("-py3-none-any.whl"):
            self.wheels.append(target)


if __name__ == "__main__":
    print(command(Path(sys.argv[1]), Path(sys.argv[2])))
