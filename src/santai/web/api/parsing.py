"""What goes over the wire: cleaned before anything looks at it, and readable on the way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser
from ninja.renderers import JSONRenderer


class NotJson(Exception):
    """The body is of another kind. The message is for the caller."""


class PlainJson(JSONRenderer):
    """Chinese is written as it is: half the size, and a person can read it."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class CleanParser(Parser):
    """JSON only, in UTF-8, without the invisible characters that a database refuses."""

    def parse_body(self, request: HttpRequest) -> Any:
        given = request.content_type or ""
        if given != "application/json":
            raise NotJson(f"这里只接受JSON，收到的是{given[:60] or '没有写明类型的内容'}")
        return cleaned(json.loads(request.body, parse_constant=_no_number))

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        return {name: cleaned(value) for name, value in super().parse_querydict(data, list_fields, request).items()}


def cleaned(value: Any) -> Any:
    """Without NUL characters. UnicodeEncodeError for half a character (a lone surrogate)."""
    if isinstance(value, str):
        value.encode()
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
