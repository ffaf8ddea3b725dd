"""Whatever a form is filled in with, the answer is no fault of the server, and no NUL gets past the door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

import santai.web
from santai.web.addresses import without_nul
from tests.web.route_table import TABLE, Row
from tests.web.staff_pages import at_desk
from tests.web.test_permissions import Story
from tests.web.test_permissions import story as _story

pytestmark = pytest.mark.django_db
story = _story
POSTED = sorted(route for route, row in TABLE.items() if row.method == "POST" and not route.startswith("api/"))
READ_DIRECTLY = re.compile(r'POST(?:\.get|\.getlist)?[(\[]"(\w+)"')
SOURCES = [path.read_text() for path in Path(santai.web.__file__).parent.rglob("*.py")]
NAMES = {name for source in SOURCES for name in READ_DIRECTLY.findall(source)}


ODD = {"nul": "\x00", "within": "a\x00b", "square": "²", "long": "9" * 5000, "minus": "-1", "far": "\u202e\U00020bb7"}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_body_is_a_fault_of_the_server(story: Story, odd: str) -> None:
    faults = {}
    for route in POSTED:
        row, path = TABLE[route], story.path(route)
        posted = {**{name: odd for name in NAMES}, **{name: odd for name in row.data}}
        for client in (Client(), _allowed(story, row)):
            client.raise_request_exception = False
            status = client.post(path, posted).status_code
            if status >= 500:
                faults[path] = status
    assert faults == {}


def _allowed(story: Story, row: Row) -> Client:
    role = min(row.allowed & set(story.people), default=None)
    return at_desk(story.people[role]) if role else Client()


def seen_through_the_door(request: HttpRequest) -> HttpRequest:
    seen: list[HttpRequest] = []

    def keep(handed_on: HttpRequest) -> HttpResponse:
        seen.append(handed_on)
        return HttpResponse()

    without_nul(keep)(request)
    return seen[0]


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_nul_in_a_form_is_left_out(kind: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\na\x00b\r\n--x--\r\n'
    body = part if kind.endswith("=x") else b"q=a%00b"
    request = RequestFactory().generic("POST", "/", body, content_type=kind)
    posted = seen_through_the_door(request).POST
    assert posted.getlist("q") == ["ab"]
    with pytest.raises(AttributeError):
        posted["q"] = "x"  # type: ignore[index]


def test_a_form_without_nul_is_handed_on_as_it_came() -> None:
    request = RequestFactory().post("/", {"q": ["a", "b"]})
    before = request.POST
    assert seen_through_the_door(request).POST is before


def test_the_body_of_a_program_is_not_touched() -> None:
    request = RequestFactory().post("/api/v1/cases", b'{"q": "a"}', content_type="application/json")
    assert seen_through_the_door(request).body == b'{"q": "a"}'
