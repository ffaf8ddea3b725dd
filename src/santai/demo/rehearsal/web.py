"""The web as a citizen without JavaScript uses it: three screens, a one-time code, their own cases."""

from __future__ import annotations

from santai.demo.rehearsal.browser import Browser, Network
from santai.demo.rehearsal.page import CannotFill, Page
from santai.demo.rehearsal.people import Citizen

SHOWN_CODE = r"验证码是：(\d+)"
SAID = "said"


class Web:
    """One citizen's own browser."""

    def __init__(self, network: Network, citizen: Citizen) -> None:
        self.browser = Browser(network)
        self.citizen = citizen
        self.has_proven = False

    def raise_need(self, text: str) -> str:
        person, browser = self.citizen, self.browser
        browser.get("/request/")
        browser.submit("/request/", {"text": text})
        who = {"name": person.name, "phone": person.phone, "region": person.region, "id_number": person.id_number}
        browser.submit("/request/who", who)
        shown = browser.submit("/request/code").search(SHOWN_CODE)
        receipt = browser.submit("/request/check", {"code": shown})
        self.has_proven = True
        return _code_in(receipt)

    def prove(self, code: str) -> Page:
        """Show with a one-time code that the phone is theirs; opens the case."""
        self.browser.get("/progress")
        asked = self.browser.submit("/progress", {"phone": self.citizen.phone, "code": code})
        page = self.browser.submit("/progress/code", {"code": asked.search(SHOWN_CODE)})
        self.has_proven = True
        return page

    def go_on(self, code: str, words: str) -> None:
        self.take(code, "add", text=words)

    def rate(self, code: str, score: int, comment: str) -> None:
        self.take(code, "rate" if score > 2 else "rate_poor", score=score, comment=comment)

    def take(self, code: str, step: str, **filling: object) -> None:
        self._open(code)
        self.browser.submit(f"/my/{code}/steps/{step}", filling)

    def history(self, code: str) -> list[str]:
        """What the citizen is told, found again by way of the list of their cases."""
        if not self.has_proven:
            self.prove("")
        mine = self.browser.get("/my")
        if not mine.links(f"/my/{code}"):
            raise CannotFill(f"{code} is not in the list of its citizen's cases")
        return self.browser.get(f"/my/{code}").texts(SAID)

    def _open(self, code: str) -> None:
        if not self.has_proven:
            self.prove(code)
        # Always anew: what others did since is not on a page loaded before.
        self.browser.get(f"/my/{code}")


def _code_in(receipt: Page) -> str:
    code = receipt.url.rstrip("/").rsplit("/", 1)[-1]
    if "/receipt/" not in receipt.url or not code.isdigit():
        raise CannotFill(f"no receipt at {receipt.url}: {receipt.faults}")
    return code
