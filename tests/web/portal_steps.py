"""How a citizen walks through the portal, for the tests of it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

TEXT = "老板拖欠我三个月工资，打电话也不接。"
WHO = {"kind": "person", "name": "王小明", "phone": "13812345678", "region": "230102", "id_number": ""}


def tell(client: Client, text: str = TEXT, **who: Any) -> None:
    """The first two screens."""
    client.post("/request/", {"text": text})
    client.post("/request/who", {**WHO, **who})


def shown_code(client: Client, path: str) -> str:
    """The one-time code that demo mode shows on the page."""
    found = re.search(r"验证码是：(\d{6})", client.get(path).content.decode())
    assert found, "no code on the page"
    return found[1]


def draft_key(client: Client) -> str:
    found = re.search(r'name="key" value="([^"]+)"', client.get("/request/check").content.decode())
    assert found
    return found[1]


def send(client: Client, **fields: str) -> Any:
    """Ask for a code and send the request with it."""
    key = draft_key(client)
    client.post("/request/code")
    return client.post("/request/check", {"code": shown_code(client, "/request/check"), "key": key, **fields})


def submit(client: Client, text: str = TEXT, **who: Any) -> str:
    """A whole request; returns the code of the case."""
    tell(client, text, **who)
    answer = send(client)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url.rsplit("/", 1)[1])


def prove(client: Client, phone: str = WHO["phone"]) -> None:
    client.post("/progress", {"phone": phone})
    client.post("/progress/code", {"code": shown_code(client, "/progress/code")})
