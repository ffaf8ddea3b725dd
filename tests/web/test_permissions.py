"""Every address of the platform for every role and for nobody: what route_table.py says is what happens.

A route that is not in the table fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from santai.casework.models import BudgetLine, CaseDocument, DeclaredInterest, Payment
from santai.documents.copies import mark_of
from santai.documents.models import Letter
from santai.notices.models import Notice
from santai.registry.duty import DutyPlace, DutyShift
from santai.registry.models import OrganisationKind
from santai.trust.models import Membership
from santai.trust.roles import Role
from santai.web import live
from santai.web.models import SavedFilter
from tests import factories
from tests.web.route_table import IN, LOGIN, STAFF, TABLE, Row
from tests.web.staff_pages import at_desk, case_in_hand


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield path
        elif isinstance(entry, URLResolver):
            yield from routes(entry, path)


@dataclass(frozen=True)
class Story:
    """One case in hand, and whatever the addresses name."""

    people: dict[Role, object]
    values: dict[str, dict[str, object]]

    def path(self, route: str) -> str:
        values = {**self.values["any"], **self.values.get(route, {})}
        path = "/" + route.replace("^", "nowhere")
        for part in ("str:", "int:", "slug:"):
            path = path.replace(f"<{part}", "<")
        for name, value in values.items():
            path = path.replace(f"<{name}>", str(value))
        return path


@pytest.fixture
def story(town: factories.Town) -> Story:
    case = case_in_hand(town)
    lawyer = town.staff[Role.LAWYER]
    paper = CaseDocument.objects.create(
        case=case, file=factories.make_file(), kind="other", channel="web", added_by="x", added_at=timezone.now()
    )
    letter = Letter.objects.get(case_code=case.code)
    notice = Notice.objects.create(user=lawyer, way="desk", text="催办", once="x", case_code=case.code)
    kept = SavedFilter.objects.create(user=lawyer, name="急的", scope="mine")
    office = BudgetLine.objects.create(organisation=town.legal_aid, year=2026, purpose="legal_aid", amount=9000)
    subsidy = Payment.objects.create(
        case=case,
        line=office,
        payee=lawyer.practitioner,
        item="legal_aid.civil",
        quote={"lines": [], "label": "补贴", "total": "0", "basis": "x", "is_confirmed": False},
        amount=0,
        prepared_by=town.staff[Role.LEGAL_AID_OFFICER],
        prepared_at=timezone.now(),
    )
    tie = DeclaredInterest.objects.create(
        practitioner=lawyer.practitioner, relation="kin", name="王五", declared_by=lawyer, declared_at=timezone.now()
    )
    numbers = {
        "desk/interests/<int:pk>/end": tie.pk,
        "desk/money/payments/<int:pk>/<str:verb>": subsidy.pk,
        "desk/duty/shifts/<int:pk>/cancel": _shift(town).pk,
        "desk/filters/<int:pk>": kept.pk,
        "desk/cases/<str:code>/documents/<int:pk>": paper.pk,
        "desk/cases/<str:code>/documents/<int:pk>/read": paper.pk,
        "desk/cases/<str:code>/letters/<int:pk>": letter.pk,
        "desk/cases/<str:code>/recordings/<int:pk>": paper.pk,
        "disclosure/<int:pk>": 1,
        "desk/library/questions/<int:pk>/aside": 999,
        "disclosure/<int:pk>/correct": 1,
        "desk/contacts/<int:pk>/dossier": 1,
        "desk/cases/<str:code>/letters/<int:pk>/pdf": letter.pk,
        "desk/cases/<str:code>/letters/<int:pk>/sign": letter.pk,
        "desk/cases/<str:code>/letters/<int:pk>/signatures": letter.pk,
        "counter/cases/<str:code>/letters/<int:pk>/pdf": letter.pk,
        "counter/cases/<str:code>/letters/<int:pk>/sign": letter.pk,
        "desk/notices/<int:pk>": notice.pk,
        "desk/people/organisations/<int:pk>": town.bureau.pk,
        "desk/people/memberships/<int:pk>/end": Membership.objects.get(user=lawyer).pk,
    }
    anything = {
        "code": case.code,
        "step": "add",
        "ticket": "nobodys",
        "form": "pdf",
        "verb": "approve",
        "by": "phone",
        "part": "what",
        "number": letter.number,
        "mark": mark_of(letter),
        "party_id": case.applicant_id,
        "person": case.applicant_id,
        "name": "work_order",
        "law": "nowhere",
        "slug": "nowhere",
        "key": "nobodys",
        "page": "first",
        "what": "submit",
        "article": "1",
    }
    return Story(_everybody(town), {"any": anything, **{route: {"pk": pk} for route, pk in numbers.items()}})


def _shift(town: factories.Town) -> DutyShift:
    place = DutyPlace.objects.create(name="看守所", kind="detention", organisation=town.legal_aid)
    starts_at = timezone.now() + timedelta(days=1)
    return DutyShift.objects.create(
        place=place,
        practitioner=town.staff[Role.LAWYER].practitioner,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        planned_by=town.staff[Role.LEGAL_AID_OFFICER],
    )


def _everybody(town: factories.Town) -> dict[Role, object]:
    elsewhere = factories.make_organisation(OrganisationKind.NOTARY)
    missing = STAFF - set(town.staff)
    return {**town.staff, **{role: factories.make_staff(role, elsewhere) for role in missing}}


def outcome(client: Client, row: Row, path: str) -> object:
    if path.startswith("/api/"):
        body = {} if row.method == "GET" else {"data": row.data, "content_type": "application/json"}
        response = getattr(client, row.method.lower())(path + row.query, **body)
    else:
        response = getattr(client, row.method.lower())(path + row.query, row.data)
    if response.streaming:
        list(response.streaming_content)
    status = response.status_code
    assert status < 500, f"{path} broke"
    if status in (301, 302) and response.headers["Location"].startswith("/login"):
        return LOGIN
    return status if status in (401, 403, 404) else IN


def test_every_address_is_in_the_table():
    assert sorted(set(routes()) - set(TABLE)) == []


def test_the_table_names_no_address_that_is_gone():
    assert set(TABLE) <= set(routes())


@pytest.mark.parametrize("route", sorted(TABLE))
def test_nobody_and_every_role_get_what_the_table_says(route, story, settings, monkeypatch):
    monkeypatch.setattr(live, "LASTS", 0)
    settings.ENV = settings.ENV.model_copy(update={"public_rate": "1000/m"})
    row, path = TABLE[route], story.path(route)
    found = {"nobody": outcome(Client(raise_request_exception=False), row, path)}
    wanted = {"nobody": row.expected(None)}
    for role, user in story.people.items():
        found[role.value] = outcome(at_desk(user), row, path)
        wanted[role.value] = row.expected(role)
    assert found == wanted
