"""axe finds no serious fault on any public page or main page of the staff, at phone and desk width, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from santai.demo.rehearsal.office import Office
from tests.journeys.conftest import Opens
from tests.journeys.helpers import Desk, People
from tests.journeys.test_web import prove_the_phone

pytestmark = pytest.mark.journey
SERIOUS = frozenset({"serious", "critical"})
SCREENS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
MISSING = "/no/such/page"
PUBLIC = (
    "/",
    "/request/",
    "/progress",
    "/services",
    "/find",
    "/find?what=people",
    "/verify",
    "/verify/{code}",
    "/disclosure",
    "/disclosure/discretion",
    "/deposit/check",
    "/verify/file",
    "/laws",
    "/about",
    "/login",
    MISSING,
)
OF_STAFF = {
    "lawyer": ("/desk/", "/desk/mine", "/desk/ours", "/desk/notices"),
    "dispatcher": ("/desk/pool", "/desk/region", "/desk/cases/{code}", "/desk/cases/{code}?step=dispatch"),
    "supervisor": ("/desk/watch", "/desk/screening", "/desk/cases/{code}?step=supervise"),
    "security": ("/desk/looks",),
    "sysadmin": ("/desk/people",),
    "agent": ("/hotline/", "/hotline/?phone=13900001111"),
    "lead": ("/hotline/answering",),
    "clerk": ("/counter/", "/counter/find/id_number", "/counter/need/what", "/counter/need/who", "/counter/need/where"),
}
# Procedures whose pages look their own way, each before whoever works on it.
CASES_OF = (
    ("mediator", "dispute_screening"),
    ("mediator", "mediation"),
    ("supervisor", "administrative_mediation"),
    ("enforcer", "enforcement"),
    ("notary", "notarization_evidence"),
    ("notary", "notarization_overseas"),
    ("notary", "notarization_execution"),
)


def serious_faults(page: Page, path: str) -> Iterator[str]:
    """On every screen. The page is loaded once: size and colours change under it, as they do for a reader."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok or path == MISSING, f"{path}: {answer.status}"
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
        yield from _told(f"{path} {width} {scheme}", found)


def _told(where: str, found: list[dict[str, Any]]) -> Iterator[str]:
    for fault in found:
        if fault["impact"] in SERIOUS:
            for node in fault["nodes"][:4]:
                yield f"{where} {fault['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"


@pytest.fixture(scope="module")
def code(network: Any, office: Any, people: People) -> str:
    desk = Desk(network, office, people)
    return desk.need(people.somebody(), "我想问问，村里的地被占了找谁？")


def test_the_public_pages_have_no_serious_fault(opens: Opens, code: str) -> None:
    page = opens("/")
    faults = [fault for path in PUBLIC for fault in serious_faults(page, path.format(code=code))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("username", OF_STAFF)
def test_the_staff_pages_have_no_serious_fault(staff: Opens, code: str, username: str) -> None:
    page = staff(username)
    faults = [fault for path in OF_STAFF[username] for fault in serious_faults(page, path.format(code=code))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("username", "procedure"), CASES_OF)
def test_the_case_pages_of_a_procedure_have_no_serious_fault(
    staff: Opens, office: Office, username: str, procedure: str
) -> None:
    asked = {"procedure": procedure, "scope": "organisation", "size": "3"}
    cases = office.call("GET", "cases", username, params=asked)["cases"]
    assert cases, f"the demo shows {username} no {procedure}"
    paths = [f"/desk/cases/{case['code']}" for case in cases]
    forms = [
        f"{path}?step={case['available_steps'][0]['name']}"
        for path, case in zip(paths, cases, strict=True)
        if case["available_steps"]
    ]
    page = staff(username)
    faults = [fault for path in [*paths[:1], *forms[:2]] for fault in serious_faults(page, path)]
    assert not faults, "\n".join(faults)


def test_the_citizens_own_pages_have_no_serious_fault(opens: Opens, people: People, desk: Desk) -> None:
    citizen = people.somebody()
    own = desk.need(citizen)
    desk.finished(own)
    page = opens(f"/progress?code={own}")
    page.get_by_label("手机号").fill(citizen.phone)
    page.get_by_role("button", name="获取验证码").click()
    prove_the_phone(page, "查看我的事")
    for path in ("/my", f"/my/{own}", f"/receipt/{own}", "/my/looks", "/my/dossier", "/my/contact"):
        faults = list(serious_faults(page, path))
        assert not faults, "\n".join(faults)
