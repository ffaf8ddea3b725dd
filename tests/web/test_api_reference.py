"""What anybody may ask: places, organisations, procedures, is a code genuine; and figures for those in charge."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from santai.casework.kernel import all_procedures
from santai.registry.models import Organisation
from santai.trust.roles import Role
from tests.factories import make_organisation, make_region
from tests.web.api_calls import WAGES, get, post, recent_case, token_of

pytestmark = pytest.mark.django_db


def test_divisions_are_walked_from_the_top():
    make_region()
    assert [one["code"] for one in get("/regions").json()] == ["23"]
    assert [one["code"] for one in get("/regions?parent=2301").json()] == ["230102"]
    assert get("/regions?parent=99").status_code == 404


def test_organisations_are_found_by_place_and_kind_and_closed_ones_are_left_out(town):
    Organisation.objects.filter(pk=town.other_firm.pk).update(is_active=False)
    found = get("/organisations?region=2301&kind=law_firm").json()["organisations"]
    assert [one["id"] for one in found] == [town.firm.pk]
    assert found[0]["region_name"] == "黑龙江省哈尔滨市道里区"


def test_organisations_are_paged_and_none_is_lost():
    make_region()
    made = {make_organisation().pk for _ in range(60)}
    first = get("/organisations?kind=").json()
    second = get(f"/organisations?cursor={first['next_cursor']}").json()
    assert {one["id"] for one in first["organisations"] + second["organisations"]} == made
    assert second["next_cursor"] == ""


@pytest.mark.parametrize("query", ["region=abc", "kind=bakery"])
def test_a_place_or_kind_that_cannot_be_is_explained(query):
    response = get(f"/organisations?{query}")
    assert (response.status_code, list(response.json()["fields"])) == (422, [query.partition("=")[0]])


def test_every_procedure_is_told_as_its_table():
    assert {one["name"] for one in get("/procedures").json()} == {table.name for table in all_procedures()}
    newest = {table.name: table for table in sorted(all_procedures(), key=lambda table: table.in_force)}
    for table in newest.values():
        told = get(f"/procedures/{table.name}").json()
        assert [one["name"] for one in told["steps"]] == [step.name for step in table.steps]
        assert [one["limit"] for one in told["clocks"]] == [str(clock.limit) for clock in table.clocks]
        assert all(one["basis"] for one in told["clocks"])
    assert get("/procedures/alchemy").status_code == 404


def test_anybody_may_check_a_code_and_learns_nothing_private(town):
    case = recent_case()
    told = get(f"/verify/{case.code}").json()
    assert set(told) == {"code", "is_genuine", "procedure_label", "region_name", "opened_on", "stage"}
    assert told["is_genuine"] is True
    mistyped = get(f"/verify/{case.code[:-1]}{(int(case.code[-1]) + 1) % 10}")
    assert (mistyped.status_code, mistyped.json()["detail"]) == (404, "案码有一位输错了，请对照回执再输一次。")


def test_a_text_is_classified_without_being_kept(town):
    told = post("/triage", {"text": WAGES, "region": None}).json()
    assert told["matter"]
    assert 15000 in told["amounts"]
    assert {reason["kind"] for reason in told["reasons"]} >= {"matter", "procedure"}
    assert post("/triage", {"text": "我" * 20_000}).status_code == 422


def test_figures_are_for_those_who_watch_over_the_division(town):
    recent_case(channel="hotline")
    supervisor = token_of(town.staff[Role.SUPERVISOR])
    told = get("/indicators", auth=supervisor).json()
    figures = {one["code"]: one for one in told["indicators"]}
    assert told["region"] == "230102"
    assert figures["received.hotline"]["value"] == 1
    assert figures["rating.hotline"]["value"] is None
    assert get("/indicators?region=2301", auth=supervisor).status_code == 403
    assert get("/indicators", auth=token_of(town.staff[Role.LAWYER])).status_code == 403
    assert get("/indicators?since=2026-03-02&until=2026-03-01", auth=supervisor).status_code == 422
    assert get("/indicators?since=March", auth=supervisor).status_code == 422


def test_the_version_told_is_the_one_that_is_packaged():
    package = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text())
    assert get("/health").json()["version"] == package["project"]["version"]
