"""Whatever goes wrong, a program gets a problem document in Chinese, never a page and never a trace."""

from __future__ import annotations

import base64
import json
import re

import pytest
from django.db import DatabaseError
from django.test import Client

from santai.casework.refusals import Missing, NotFromHere, NotYou, Stale
from santai.trust.models import ApiToken
from santai.trust.roles import Role
from santai.web.api import cases, reference
from santai.web.api.problems import slug
from santai.web.api.service import PREFIX, api
from santai.web.management.commands.openapi import description
from tests.web.api_calls import PROBLEM, call, get, need, post, proof_of, recent_case, token_of, upload

pytestmark = pytest.mark.django_db
PUBLIC = {
    "POST /api/v1/requests",
    "POST /api/v1/codes",
    "GET /api/v1/requests/{code}",
    "GET /api/v1/regions",
    "GET /api/v1/organisations",
    "GET /api/v1/procedures",
    "GET /api/v1/procedures/{name}",
    "GET /api/v1/verify/{code}",
    "GET /api/v1/verify/letters/{mark}",
    "POST /api/v1/triage",
    "GET /api/v1/knowledge/search",
    "GET /api/v1/knowledge/entries/{slug}",
    "GET /api/v1/checkpoints",
    "GET /api/v1/checkpoints/latest",
    "GET /api/v1/checkpoints/consistency",
    "GET /api/v1/checkpoints/keys",
    "GET /api/v1/health",
}
SAMPLE = {
    "code": "2301020120260000019",
    "step": "claim",
    "name": "work_order",
    "party_id": "1",
    "person": "1",
    "number": "x",
    "mark": "0" * 16,
    "slug": "unpaid-wages",
}


@pytest.fixture(scope="module")
def schema():
    return json.loads(description())


def operations(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def addresses():
    for name, _ in operations(json.loads(description())):
        method, path = name.split(" ")
        yield name, method, path.removeprefix(PREFIX[:-1]).format(**SAMPLE)


def is_problem(response, status):
    body = json.loads(response.content)
    assert (response.status_code, response["Content-Type"], body["status"]) == (status, PROBLEM, status)
    assert re.search(r"[\u4e00-\u9fff]", body["title"] + body["detail"])
    return body


@pytest.mark.parametrize(("name", "method", "path"), [one for one in addresses() if one[0] not in PUBLIC])
def test_a_stranger_is_refused_by_every_operation_that_is_not_public(name, method, path):
    response = call(method, path, {} if method == "POST" else None)
    is_problem(response, 401)
    assert "WWW-Authenticate" in response


@pytest.mark.parametrize(("name", "method", "path"), list(addresses()))
def test_a_wrong_token_is_refused_and_not_taken_for_a_stranger(name, method, path):
    unaware = {"/codes", "/regions", "/organisations", "/procedures", "/procedures/work_order", "/health"}
    if path in unaware or path.startswith(("/verify", "/checkpoints")):
        return
    path += "?q=欠薪" if path == "/knowledge/search" else ""
    body = {"/requests": need(), "/triage": {"text": "欠薪"}}.get(path, {})
    for wrong in ("Bearer nonsense", "Proof nonsense", "Basic YTpi"):
        is_problem(call(method, path, body if method == "POST" else None, auth=wrong), 401)


def test_a_demo_token_opens_nothing_outside_demo_mode(town, settings):
    ApiToken.issue(town.staff[Role.LAWYER], "演示", token="demo-lawyer")
    settings.DEMO = False
    is_problem(get("/cases", auth="Bearer demo-lawyer"), 401)
    settings.DEMO = True
    assert get("/cases", auth="Bearer demo-lawyer").status_code == 200


def test_a_session_opens_the_api_and_needs_its_token_to_change_anything(town):
    case = recent_case()
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.staff[Role.DISPATCHER])
    assert client.get("/api/v1/cases").status_code == 200
    address = f"/api/v1/cases/{case.code}/steps/decline"
    sent = {"data": json.dumps({"data": {}}), "content_type": "application/json"}
    assert is_problem(client.post(address, **sent), 403)["type"] == "urn:santai:problem:csrf"
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(address, **sent, headers={"X-CSRFToken": "a" * 32}).status_code == 422


def test_a_person_with_a_proof_does_not_see_the_desk(town):
    proof = proof_of(recent_case().applicant)
    for path in ("/cases", "/indicators"):
        is_problem(get(path, auth=proof), 401)


@pytest.mark.parametrize("path", ["/", "/nothing", "/requests/", "/cases/1/2/3"])
def test_an_address_that_does_not_exist_is_a_problem_too(path):
    is_problem(get(path), 404)


def test_a_wrong_method_names_the_right_one():
    response = call("DELETE", "/requests")
    assert "POST" in is_problem(response, 405)["todo"]
    assert response["Allow"] == "POST"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"text": NaN}', b'{"text": "\\ud800"}', b"[" * 100_000])
def test_what_is_not_json_is_told_so(body):
    response = Client().generic("POST", "/api/v1/triage", body, content_type="application/json")
    is_problem(response, 400)


@pytest.mark.parametrize("body", [b"[]", b"1", b'"x"', b"null", b""])
def test_json_of_another_shape_is_told_what_is_missing(body):
    response = Client().generic("POST", "/api/v1/triage", body, content_type="application/json")
    is_problem(response, 422)


def test_a_form_is_not_json():
    response = Client().post("/api/v1/triage", {"text": "欠薪"})
    assert "application/json" in is_problem(response, 415)["todo"]


def test_an_invisible_character_does_no_harm(town):
    assert post("/triage", {"text": "老板欠\x00薪"}).status_code == 200
    assert get("/organisations?region=23%00").status_code == 200
    assert get("/cases?matter=%00a", auth=token_of(town.staff[Role.LAWYER])).status_code == 200


def cursor(*key):
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "path",
    [
        "/verify/²",
        "/cases?scope=region&cursor=x",
        f"/cases?scope=region&cursor={cursor('0001-01-01T00:00:00+23:59', 1)}",
        f"/cases?scope=region&cursor={cursor('2026-03-02T00:00:00', 1)}",
        f"/cases?scope=region&cursor={cursor('', 10**30)}",
        "/indicators?since=0001-01-01",
        "/indicators?until=9999-12-31",
        "/organisations?cursor=a2:b",
    ],
)
def test_an_odd_address_is_no_fault_of_ours(town, path):
    assert get(path, auth=token_of(town.staff[Role.SUPERVISOR])).status_code in {200, 404, 422}


@pytest.mark.parametrize(
    "body",
    [
        {"documents": [10**30]},
        {"version": 10**30},
        {"data": {"organisation": "²"}},
        {"data": {"organisation": "9" * 30}},
        {"data": {"organisation": {"a": [1]}}},
    ],
)
def test_an_odd_step_is_no_fault_of_ours(town, body):
    address = f"/cases/{recent_case().code}/steps/dispatch"
    is_problem(post(address, body, auth=token_of(town.staff[Role.DISPATCHER])), 409 if "version" in body else 422)


def test_a_body_of_unreasonable_size_is_not_read(settings):
    client = Client()
    huge = {"CONTENT_LENGTH": str((settings.ENV.upload_limit_mb + 2) * 2**20)}
    is_problem(client.post("/api/v1/triage", b"{}", content_type="application/json", **huge), 413)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    is_problem(post("/triage", {"text": "我" * 200}), 413)


def test_a_broken_upload_is_a_bad_request(town):
    auth = token_of(town.staff[Role.DISPATCHER])
    case = recent_case()
    response = Client().generic(
        "POST",
        f"/api/v1/cases/{case.code}/documents",
        b"--x",
        content_type="multipart/form-data",
        headers={"Authorization": auth},
    )
    is_problem(response, 400)


def test_our_own_mistake_shows_a_number_and_no_trace(town, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(cases, "worklist", broken)
    response = get("/cases", auth=token_of(town.staff[Role.LAWYER]))
    body = is_problem(response, 500)
    assert "编号" in body["detail"]
    assert b"secret detail" not in response.content


def test_health_tells_when_the_database_does_not_answer(monkeypatch):
    assert get("/health").json()["db"] is True

    def silent():
        raise DatabaseError

    monkeypatch.setattr(reference.connection, "cursor", silent)
    is_problem(get("/health"), 503)


def test_no_answer_may_be_kept_by_a_cache(town):
    assert get("/health")["Cache-Control"] == "no-store"
    assert get("/cases")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "name"),
    [(NotFromHere, "not-from-here"), (Stale, "stale"), (NotYou, "not-you"), (Missing, "missing")],
)
def test_each_refusal_has_a_type_that_does_not_change(kind, name):
    assert slug(kind.__name__) == name


def test_every_operation_has_a_name_of_its_own_and_says_what_it_is_for(schema):
    found = list(operations(schema))
    names = [operation["operationId"] for _, operation in found]
    assert len(names) == len(set(names))
    assert [name for name, operation in found if not re.search(r"[\u4e00-\u9fff]", operation["summary"])] == []


# Read by a program, or kept by a person.
ALSO_PDF = {"GET /api/v1/dossiers/{person}": ["application/json", "application/pdf"]}


def test_every_error_is_described_as_a_problem(schema):
    for name, operation in operations(schema):
        assert {"400", "405", "413", "500"} <= set(operation["responses"]), name
        for status, response in operation["responses"].items():
            answers = ALSO_PDF.get(name, ["application/pdf" if name.endswith("/pdf") else "application/json"])
            assert sorted(response["content"]) == ([PROBLEM] if int(status) >= 400 else answers), (name, status)


def test_operations_that_need_a_caller_say_so(schema):
    for name, operation in operations(schema):
        assert (name in PUBLIC) == ({} in operation.get("security", [{}])), name


def test_every_field_of_a_request_is_described(schema):
    parts = schema["components"]["schemas"]
    bare = [
        f"{name}.{field}"
        for name, part in parts.items()
        if name.endswith("In")
        for field, shape in part["properties"].items()
        if "$ref" not in shape and not shape.get("description")
    ]
    assert bare == []


def test_the_description_is_public_and_the_same_as_the_printed_one(schema):
    assert get("/openapi.json").json()["paths"].keys() == schema["paths"].keys()


def test_every_operation_is_served():
    assert len(list(addresses())) == sum(
        len(view.operations) for _, r in api._routers for view in r.path_operations.values()
    )


def test_an_upload_to_nowhere_is_a_problem():
    is_problem(upload("/requests", "a.txt", b"text"), 415)
