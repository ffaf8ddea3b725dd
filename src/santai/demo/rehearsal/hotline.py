"""The hotline as an agent uses it: the caller's number opens their history; the agent writes down and reads out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from santai.demo.rehearsal.browser import Browser
from santai.demo.rehearsal.page import CannotFill, Page
from santai.demo.rehearsal.people import Citizen
from santai.demo.rehearsal.seat import Seat

ROOM = "/hotline/"
SAID = "said"


class Hotline:
    """Calls of one citizen, answered at this seat."""

    def __init__(self, seat: Seat, citizen: Citizen) -> None:
        self.seat, self.citizen = seat, citizen

    def raise_need(self, text: str) -> str:
        person = self.citizen
        need = {"text": text, "name": person.name, "phone": person.phone, "region": person.region}
        with self._call() as browser:
            page = browser.submit(f"{ROOM}need", {**need, "id_number": person.id_number})
            code = _asked_for(page.url, "done")
            if not code:
                raise CannotFill(f"nothing was taken in at {page.url}: {page.faults}")
            return code

    def go_on(self, code: str, words: str) -> None:
        with self._call(code) as browser:
            browser.get(f"{ROOM}?case={code}&step=add")
            browser.submit(f"{ROOM}cases/{code}/steps/add", {"text": words})

    def rate(self, code: str, score: int, comment: str) -> None:
        with self._call(code) as browser:
            browser.get(f"{ROOM}?case={code}")
            browser.submit(f"{ROOM}cases/{code}/rate", {"score": score, "comment": comment})

    def history(self, code: str) -> list[str]:
        """What the agent reads of a case, and of those it was referred to."""
        with self._call(code) as browser:
            page = browser.get(f"{ROOM}?case={code}")
            lines = page.texts(SAID)
            for child in _children(page, code):
                lines += browser.get(f"{ROOM}?case={child}").texts(SAID)
            return lines

    @contextmanager
    def _call(self, about: str = "") -> Iterator[Browser]:
        """The number alone must show the agent the case it is about. The next call ends this one."""
        with self.seat.occupied() as browser:
            page = browser.get(f"{ROOM}?phone={self.citizen.phone}")
            if page.has_form(f"{ROOM}call"):
                page = browser.submit(f"{ROOM}call")
            if about and not page.links(f"case={about}"):
                raise CannotFill(f"{about} is not in the history the caller's number opens")
            yield browser


def _children(page: Page, code: str) -> list[str]:
    """Cases of another kind the page links to: digits 7 and 8 of a code name its procedure."""
    linked = dict.fromkeys(_asked_for(link, "case") for link in page.links("case="))
    return [other for other in linked if other and other[6:8] != code[6:8]]


def _asked_for(url: str, name: str) -> str:
    return parse_qs(urlsplit(url).query).get(name, [""])[0]
