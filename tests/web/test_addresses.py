"""No address, however made, is a fault of the server; the databases differ in what they can look up."""

from __future__ import annotations

import pytest
from django.test import Client

from santai.trust.roles import Role
from tests import factories
from tests.web.route_table import TABLE
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
PLAIN = sorted(f"/{route}" for route, row in TABLE.items() if "<" not in route and row.method == "GET")
NAMES = (
    "q",
    "on",
    "page",
    "code",
    "kind",
    "region",
    "body",
    "status",
    "procedure",
    "view",
    "next",
    "id",
    "phone",
    "year",
)
ODD = "%0%000"


@pytest.mark.parametrize(
    "path", ["/laws/%00", "/laws/a/%00", "/verify/%00", "/desk/cases/%00", "/api/v1/cases/%00", "/%00"]
)
def test_a_path_with_a_nul_is_not_found(client: Client, path: str):
    assert client.get(path).status_code == 404


def test_a_query_with_a_nul_is_read_without_it(town: factories.Town):
    roles = (Role.COUNTER_CLERK, Role.LEGAL_AID_DIRECTOR, Role.SUPERVISOR, Role.SYSTEM_ADMIN)
    staff = [Client(), *(at_desk(town.staff[role]) for role in roles)]
    for client in staff:
        faults = {
            path: answer.status_code
            for path in PLAIN
            for query in ("%00", ODD)
            if (answer := client.get(f"{path}?" + "&".join(f"{name}={query}" for name in NAMES))).status_code >= 500
        }
        assert faults == {}
