"""A small browser without JavaScript: cookies, pages, forms, redirects. It fails loudly, in the page's own words."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import httpx

from santai.demo.rehearsal.page import CannotFill, Form, Page

Upload = tuple[str, bytes, str]
TIMEOUT = httpx.Timeout(60.0)
MOST_TRIES = 20
USUAL_WAIT, LONGEST_WAIT = 5.0, 70.0


class Refused(Exception):
    """The server answered with an error. The message carries what the page or the API said."""

    def __init__(self, status: int, where: str, said: str) -> None:
        super().__init__(f"{status} {where}: {said or 'no explanation'}")
        self.status = status


class Network:
    """One pool of connections to one server, shared by many browsers."""

    def __init__(
        self,
        url: str,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url.rstrip("/") + "/"
        # A kept connection stays with one process of the server, and the others would have nothing to do.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.transport = transport or httpx.HTTPTransport(limits=limits)
        self.sleep = sleep

    def client(self) -> httpx.Client:
        return httpx.Client(
            transport=self.transport, base_url=self.url, timeout=TIMEOUT, follow_redirects=True, trust_env=False
        )

    def send(self, client: httpx.Client, method: str, url: str, **request: Any) -> httpx.Response:
        """Asked to slow down, it does, for as long as the server says."""
        for _ in range(MOST_TRIES):
            answer = client.request(method, url, **request)
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                return answer
            self.sleep(_wait(answer))
        return answer


def _wait(answer: httpx.Response) -> float:
    told = answer.headers.get("Retry-After", "")
    return min(float(told), LONGEST_WAIT) if told.isdecimal() else USUAL_WAIT


class Browser:
    """Somebody's browser: its own cookies, one page at a time."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.client = network.client()
        self.page = Page(network.url, 0, "")

    def get(self, url: str) -> Page:
        return self._show(self.network.send(self.client, "GET", urljoin(self.page.url, url)))

    def json(self, url: str) -> Any:
        answer = self.network.send(self.client, "GET", urljoin(self.page.url, url))
        if answer.is_error:
            raise Refused(answer.status_code, url, answer.text[:200])
        return answer.json()

    def submit(
        self,
        action: str,
        filling: dict[str, Any] | None = None,
        *,
        button: str = "",
        value: str = "",
        files: dict[str, Upload] | None = None,
    ) -> Page:
        """Fill in the form of this page whose address contains `action`, and send it."""
        form = self.page.form(action)
        sent: dict[str, Any] = form.filled(filling or {})
        target = form.action
        if button:
            pressed = form.button(button, value)
            target = pressed.action or target
            sent[pressed.name] = [*sent.get(pressed.name, ()), pressed.value]
        return self._show(self._send(form, urljoin(self.page.url, target), sent, files))

    def _send(self, form: Form, url: str, sent: dict[str, Any], files: dict[str, Upload] | None) -> httpx.Response:
        if not form.is_post:
            return self.network.send(self.client, "GET", url, params=sent)
        lacking = set(files or ()) - set(form.files)
        if lacking:
            raise CannotFill(f"{form.action}: no place for the files {sorted(lacking)}, only {form.files}")
        headers = {"Referer": self.page.url}
        return self.network.send(self.client, "POST", url, data=sent, files=files or None, headers=headers)

    def _show(self, answer: httpx.Response) -> Page:
        self.page = Page(str(answer.url), answer.status_code, answer.text)
        if answer.is_error:
            raise Refused(answer.status_code, self.page.url, "；".join(self.page.faults))
        return self.page
