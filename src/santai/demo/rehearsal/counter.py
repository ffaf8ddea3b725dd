"""The counter as a clerk uses it: find the visitor by what they show, one question a screen, papers, the rating."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from santai.demo.rehearsal.browser import Browser
from santai.demo.rehearsal.office import sample
from santai.demo.rehearsal.page import CannotFill, Page
from santai.demo.rehearsal.people import Citizen
from santai.demo.rehearsal.seat import Seat
from santai.documents.models import DocumentKind

ROOM = "/counter/"
RECEIPT = re.compile(r"/cases/(\d+)/receipt")
SAID = "said"


class Counter:
    """Visits of one citizen, served at this seat."""

    def __init__(self, seat: Seat, citizen: Citizen) -> None:
        self.seat, self.citizen = seat, citizen

    def raise_need(self, text: str) -> str:
        person = self.citizen
        with self.seat.occupied() as browser:
            self._see_off(browser.get(f"{ROOM}need/what"))
            browser.submit("/need/what", {"text": text})
            browser.submit("/need/who", {"name": person.name, "phone": person.phone, "id_number": person.id_number})
            browser.submit("/need/where", {"region": person.region})
            page = browser.submit("/need/check")
            found = RECEIPT.search(page.url)
            if not found:
                raise CannotFill(f"no receipt at {page.url}: {page.faults}")
            return found.group(1)

    def go_on(self, code: str, words: str) -> None:
        """The visitor brings the paper they were asked for; `words` is its name."""
        with self._visit(code) as browser:
            browser.get(f"{ROOM}cases/{code}/papers")
            paper = (words, sample(DocumentKind.OTHER), "image/png")
            browser.submit(f"/{code}/papers", {"kind": DocumentKind.OTHER.value}, files={"files": paper})

    def rate(self, code: str, score: int, comment: str) -> None:
        with self._visit(code) as browser:
            browser.get(f"{ROOM}cases/{code}/rate")
            browser.submit(f"/{code}/rate", {"score": score, "comment": comment})

    def history(self, code: str) -> list[str]:
        with self._visit(code) as browser:
            return browser.get(f"{ROOM}cases/{code}").texts(SAID)

    @contextmanager
    def _visit(self, about: str) -> Iterator[Browser]:
        """Every other visitor has their ID card with them, the others tell their phone."""
        with self.seat.occupied() as browser:
            page = self._found(browser)
            if not page.links(f"{ROOM}cases/{about}"):
                raise CannotFill(f"{about} is not among what the visitor brought before")
            yield browser

    def _see_off(self, page: Page) -> None:
        """Whoever was served before; finding the next visitor ends a visit as well."""
        if page.has_form(f"{ROOM}leave"):
            self.seat.browser.submit(f"{ROOM}leave")
            self.seat.browser.get(f"{ROOM}need/what")

    def _found(self, browser: Browser) -> Page:
        person = self.citizen
        by, told = ("id_number", person.id_number) if int(person.phone) % 2 else ("phone", person.phone)
        browser.get(f"{ROOM}find/{by}")
        browser.submit(f"/find/{by}", {"q": told})
        return browser.submit(f"{ROOM}choose", button="person")
