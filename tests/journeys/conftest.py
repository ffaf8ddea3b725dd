"""Whole stories in a real browser, against one server with its own demo province."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from santai.demo.logins import DEMO_PASSWORD
from santai.demo.rehearsal.browser import Network
from santai.demo.rehearsal.home import own_home
from santai.demo.rehearsal.office import DISPATCHER, Office, logged_in
from tests.journeys.helpers import Desk, People

CHROMIUM = os.environ.get("SANTAI_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = {360: 740, 768: 1024, 1280: 800}
REQUESTS = 300
PATIENCE_MS = 15_000

expect.set_options(timeout=PATIENCE_MS)
logging.getLogger("httpx").setLevel(logging.WARNING)
Opens = Callable[..., Page]
Shot = Callable[..., None]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with own_home(requests=REQUESTS) as home:
        yield home.url
        broken = home.audit()
    assert not broken, broken


@pytest.fixture(scope="session")
def network(server: str) -> Network:
    return Network(server)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained about. A journey in which a script fails is no success."""
    return []


@pytest.fixture
def opens(chromium: Browser, server: str, faults: list[str]) -> Iterator[Opens]:
    """Somebody's own browser: `opens("/progress", width=360, javascript=False)`."""
    contexts: list[BrowserContext] = []

    def complain(message: ConsoleMessage) -> None:
        # A refused form answers 4xx, which the console reports as well; the page itself is checked for that.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"{message.location.get('url', '')}: {message.text}")

    def open_page(path: str = "/", *, width: int = 1280, javascript: bool = True, scheme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=server,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": WIDTHS.get(width, 800)},
            java_script_enabled=javascript,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def staff(opens: Opens) -> Opens:
    """A member of staff at their own screen: `staff("lawyer", "/desk/")`."""

    def sit_down(username: str, path: str = "", **how: object) -> Page:
        page = opens("/login", **how)
        page.get_by_label("登录名", exact=True).fill(username)
        page.get_by_label("密码", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(lambda url: "/login" not in url)
        if path:
            page.goto(path)
        return page

    return sit_down


@pytest.fixture(scope="session")
def office(network: Network) -> Office:
    """Staff who work out of sight, over the API."""
    return Office(network, logged_in(network, DISPATCHER), Random(7))


@pytest.fixture(scope="session")
def people() -> People:
    return People()


@pytest.fixture
def desk(network: Network, office: Office, people: People) -> Desk:
    """Brings a case to where a journey begins, without showing how."""
    return Desk(network, office, people)


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Shot:
    """Keep pictures of a page at every width we design for."""
    folder = Path(os.environ.get("SCREENSHOTS") or "var/screenshots")

    def keep(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        if before:
            page.set_viewport_size(before)

    return keep
