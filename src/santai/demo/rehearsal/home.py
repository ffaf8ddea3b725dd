"""A demo province for one rehearsal: built in a temporary folder, served on a free port, removed afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from santai.demo.rehearsal.plays.clocked import OWN_HOME

SECONDS_TO_START = 60
NO_LIMIT = "100000/m"
CLOCKED = [sys.executable, "-m", "santai.demo.rehearsal.plays.serving"]


@dataclass(frozen=True)
class Home:
    folder: Path
    url: str
    environment: dict[str, str]

    def audit(self) -> str:
        """Verify every chain; the fault in words, or nothing when all verify."""
        done = _santai(self.environment, "audit", "verify")
        return "" if done.returncode == 0 else (done.stderr or done.stdout)[-2000:]


@contextmanager
def own_home(*, requests: int = 0, port: int = 0, on_a_clock: bool = False) -> Iterator[Home]:
    """A served demo province, `on_a_clock` that can be set. RuntimeError, with what was printed, when it cannot be
    built or does not answer."""
    with tempfile.TemporaryDirectory(prefix="santai-rehearsal-") as folder:
        home = _home(Path(folder), port or free_port())
        built = _santai(home.environment, "demo", "--requests", str(requests))
        if built.returncode:
            raise RuntimeError(f"The demo province could not be built:\n{built.stderr[-2000:]}")
        with _served(home, on_a_clock=on_a_clock):
            yield home


def _home(folder: Path, port: int) -> Home:
    url = f"http://127.0.0.1:{port}"
    own = {
        "SANTAI_HOME": str(folder),
        "SANTAI_DEMO": "true",
        "SANTAI_DATABASE_URL": "",
        "SANTAI_PUBLIC_RATE": NO_LIMIT,
        "SANTAI_PUBLIC_URL": url,
        "SANTAI_LOG_LEVEL": "ERROR",
        "PORT": str(port),
        OWN_HOME: "1",
    }
    return Home(folder, url, {**os.environ, **own})


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from santai.config.cli import main; main()", *words]


def inside(home: Home, *words: str) -> int:
    """Run a command on the province itself, its output shown; the exit code."""
    return subprocess.run(_command(*words), env=home.environment, check=False).returncode  # noqa: S603


def _santai(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(*words), env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@contextmanager
def _served(home: Home, *, on_a_clock: bool) -> Iterator[None]:
    log = home.folder / "server.log"
    with log.open("w") as out:
        command = [*CLOCKED, home.environment["PORT"]] if on_a_clock else _command("serve")
        server = subprocess.Popen(command, env=home.environment, stdout=out, stderr=out)  # noqa: S603
        try:
            _await_answer(home.url, server, log)
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _await_answer(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{url}/api/v1/health", timeout=2, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError(f"The server does not answer at {url}:\n{log.read_text()[-2000:]}")
