"""What members of staff do over the public API, each with their own token; and who they are."""

from __future__ import annotations

import threading
from io import BytesIO
from random import Random
from typing import Any

import segno

from santai.demo.logins import DEMO_PASSWORD, token_of
from santai.demo.rehearsal.browser import Browser, Network, Refused
from santai.documents.models import DocumentKind

DISPATCHER, LEAD = "dispatcher", "lead"
CITY = "2301"


def logged_in(network: Network, username: str) -> Browser:
    browser = Browser(network)
    browser.get("/login")
    browser.submit("/login", {"username": username, "password": DEMO_PASSWORD})
    return browser


class Office:
    """The API as staff use it. `browser` is a dispatcher's, logged in: it knows who works where."""

    def __init__(self, network: Network, browser: Browser, rng: Random) -> None:
        self.network, self.browser, self.rng = network, browser, rng
        self.client = network.client()
        self.staff: dict[tuple[int, str], list[tuple[str, str]]] = {}
        self.bodies: dict[tuple[str, str], list[dict[str, Any]]] = {}

    # --- the API --------------------------------------------------------------------------------------------------

    def call(self, method: str, path: str, user: str = "", **request: Any) -> Any:
        headers = {"Authorization": f"Bearer {token_of(user)}"} if user else {}
        answer = self.network.send(self.client, method, f"api/v1/{path}", headers=headers, **request)
        if answer.is_error:
            raise Refused(answer.status_code, f"{method} {path}", answer.text[:400])
        return answer.json()

    def case(self, code: str, user: str = DISPATCHER) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"cases/{code}", user)
        return found

    def step(self, code: str, name: str, user: str, **data: Any) -> dict[str, Any]:
        given = {"data": data}
        taken: dict[str, Any] = self.call("POST", f"cases/{code}/steps/{name}", user, json=given)
        return taken

    def papers(self, code: str, user: str, *kinds: DocumentKind) -> None:
        for kind in kinds:
            upload = {"file": (f"{kind.label}.png", sample(kind), "image/png")}
            self.call("POST", f"cases/{code}/documents", user, params={"kind": kind.value}, files=upload)

    # --- who is who -----------------------------------------------------------------------------------------------

    def colleagues(self, organisation: int, named: str = "") -> list[tuple[str, str]]:
        """(login, name) of those who may be given a case there."""
        key = (organisation, named)
        if key not in self.staff:
            found = self.browser.json(f"/desk/lookup/handlers?organisation={organisation}&q={named}")["options"]
            self.staff[key] = [(row["value"], row["label"].split(" · ")[0]) for row in found]
        return self.staff[key]

    def holder(self, case: dict[str, Any]) -> str:
        """The login of whoever the case was given to, or of somebody of the organisation it waits for."""
        organisation, name = case["organisation_id"], case["handler"]
        found = [login for login, called in self.colleagues(organisation, name) if name in ("", called)]
        if not found:
            raise LookupError(f"{case['code']}: nobody at {case['organisation']} can take it ({name or 'anybody'})")
        return found[0] if name else self.rng.choice(found)

    def organisations(self, kind: str, region: str) -> list[dict[str, Any]]:
        """Those of a county, else of its city."""
        key = (kind, region)
        if key not in self.bodies:
            found = self.call("GET", "organisations", params={"kind": kind, "region": region})["organisations"]
            self.bodies[key] = found or self.organisations(kind, region[:4])
        return self.bodies[key]

    def licence(self, name: str, organisation: str) -> str:
        found = self.browser.json(f"/desk/lookup/practitioners?q={name}")["options"]
        return next((str(row["value"]) for row in found if row["label"].endswith(f"· {organisation}")), "")


_samples: dict[tuple[str, int], bytes] = {}
_drawing = threading.Lock()


def sample(kind: DocumentKind, number: int = 1) -> bytes:
    """A small picture that says what paper it stands for; another number is another picture."""
    with _drawing:
        if (kind, number) not in _samples:
            picture = BytesIO()
            words = f"演练材料：{kind.label}" + (f"（第{number}份）" if number > 1 else "")
            segno.make(words).save(picture, kind="png", scale=4)
            _samples[kind, number] = picture.getvalue()
        return _samples[kind, number]
