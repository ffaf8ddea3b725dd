"""The dispatcher's pool: give what waits there to whom the platform proposes first."""

from __future__ import annotations

from santai.demo.rehearsal.browser import Browser
from santai.demo.rehearsal.page import CannotFill


def accept_first(dispatcher: Browser, code: str) -> None:
    """From the first page of the pool; what is not on it is given from its own page."""
    pool = dispatcher.get("/desk/pool")
    if pool.has_form(f"/desk/pool/{code}/accept"):
        answer = dispatcher.submit(f"/desk/pool/{code}/accept")
        if answer.faults:
            raise CannotFill(f"{code} was not accepted from the pool: {answer.faults}")
        return
    case = dispatcher.get(f"/desk/cases/{code}?step=dispatch")
    step = "dispatch" if case.has_form(f"/{code}/steps/dispatch") else "redispatch"
    if step == "redispatch":
        case = dispatcher.get(f"/desk/cases/{code}?step=redispatch")
    first = next(value for value in case.form(f"/{code}/steps/{step}").choices["proposal"] if value)
    dispatcher.submit(f"/{code}/steps/{step}", {"proposal": first})
